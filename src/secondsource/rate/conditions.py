"""two lists of conditions -> which were added, which are gone, and which became sharper or milder"""

import re
from collections.abc import Iterator, Sequence

from secondsource.model import Record
from secondsource.rate.wording import Deadline, Lexicon, Stress

# Two wordings are one condition where they share a third of the shorter one's content words.
SHARED = 0.34
# Rows of strength.toml that are deeds, not things.
DEEDS = frozenset({"=leave", "=release", "=hand", "=stop", "=lift", "=replace", "=pay", "=apologise", "=recognise", "=sign"})
# "and" parts two conditions only where a clause of its own follows it.
AND = re.compile(
    r"\s*,?\s+and\s+(?:that\s+|if\s+|once\s+)?(?=\S+(?:\s+\S+){0,4}\s+(?:is|are|was|were|has|have|would|will|must)\b)"
)

# +1 asks for more or gives less, -1 the reverse; and the words that show it.
Move = tuple[int, str]


class Difference(Record, frozen=True, kw_only=True):
    """What became of the conditions: words of those added and gone, and moves inside those that stayed."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


def difference(
    before: Sequence[str], after: Sequence[str], lexicon: Lexicon, days: tuple[str | None, str | None]
) -> Difference:
    """Lay two lists of conditions side by side. `days`: when each was said."""
    old = [part for words in before for part in _parts(words)]
    new = [part for words in after for part in _parts(words)]
    pairs = dict(_pairs(old, new, lexicon))
    moves = [move for i, j in sorted(pairs.items()) for move in sharper(old[i], new[j], lexicon, days)]
    return Difference(
        added=tuple(words for j, words in enumerate(new) if j not in pairs.values()),
        gone=tuple(words for i, words in enumerate(old) if i not in pairs),
        moves=tuple(moves),
    )


def _parts(words: str) -> Iterator[str]:
    yield from (part for part in AND.split(" ".join(words.split())) if part)


def _pairs(old: Sequence[str], new: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The most alike first; each condition stands in one pair."""
    stems = [lexicon.stems(words) for words in old], [lexicon.stems(words) for words in new]
    alike = [(_share(a, b), i, j) for i, a in enumerate(stems[0]) for j, b in enumerate(stems[1])]
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in sorted(alike, key=lambda found: (-found[0], found[1], found[2])):
        if share >= SHARED and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _share(left: frozenset[str], right: frozenset[str]) -> float:
    """How much two conditions share; nothing where each asks for another deed."""
    if left & DEEDS and right & DEEDS and not left & right & DEEDS:
        return 0.0
    return len(left & right) / (min(len(left), len(right)) or 1)


def sharper(before: str, after: str, lexicon: Lexicon, days: tuple[str | None, str | None]) -> Iterator[Move]:
    """How the same demand became sharper (+1) or milder (-1): more or fewer, sooner or later, all or part, stronger words."""
    old, new = lexicon.stress(before, days[0]), lexicon.stress(after, days[1])
    yield from amounts(old, new)
    yield from soon(old, new)
    yield from strong(old, new)
    if bool(old.announced) != bool(new.announced):
        # A timetable for leaving is less than leaving.
        yield (-1, f"“{new.announced[0]}” is enough now") if new.announced else (1, f"“{old.announced[0]}” is no longer enough")


def amounts(old: Stress, new: Stress) -> Iterator[Move]:
    """More or fewer of one thing, the whole or a part of it."""
    for count, words, nouns in old.amounts:
        like = [(c, w) for c, w, n in new.amounts if n & nouns] or [
            (c, w) for c, w, _ in new.amounts if len(new.amounts) == 1 == len(old.amounts)
        ]
        if like and like[0][0] != count:
            yield (1 if like[0][0] > count else -1), f"“{words}” became “{like[0][1]}”"
            return
    if new.whole and not old.whole:
        yield 1, f"“{new.whole[0][0]}” was added"
    elif old.whole and not new.whole:
        yield -1, f"“{old.whole[0][0]}” is gone"
    elif not (old.whole or new.whole) and bool(old.part) != bool(new.part):
        yield (-1, f"“{new.part[0]}” was added") if new.part else (1, f"“{old.part[0]}” is gone")


def soon(old: Stress, new: Stress) -> Iterator[Move]:
    """Sooner or later. A time that cannot be counted is later than "at once", and sooner than none."""
    left, right = _urgency(old), _urgency(new)
    if left is None and right is None:
        return
    if left is None or right is None:
        found = right or left
        if found is not None and (found.days == 0 or found.last or found.days):
            yield (1, f"“{found.words}” was added") if right else (-1, f"“{found.words}” is gone")
        return
    if left.days is not None and right.days is not None:
        order = right.days - left.days
    elif left.last and right.last:
        order = (right.last > left.last) - (right.last < left.last)
    else:
        order = (right.days != 0) - (left.days != 0)
    if order:
        yield (-1 if order > 0 else 1), f"“{left.words}” became “{right.words}”"


def _urgency(stress: Stress) -> Deadline | None:
    if stress.urgent:
        return Deadline(words=stress.urgent[0], days=0)
    return stress.deadline


def strong(old: Stress, new: Stress) -> Iterator[Move]:
    """Absolute words added or gone; mild words the other way round."""
    if bool(old.absolute) != bool(new.absolute):
        yield (1, f"“{new.absolute[0]}” was added") if new.absolute else (-1, f"“{old.absolute[0]}” is gone")
    elif bool(old.mild) != bool(new.mild) and not (old.absolute or new.absolute):
        yield (-1, f"“{new.mild[0]}” was added") if new.mild else (1, f"“{old.mild[0]}” is gone")
