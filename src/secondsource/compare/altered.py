"""two near copies -> the slots in which they differ: who, how many, how, when, where, by whom.

The two texts are aligned word by word. A stretch that stands in the place of another is a change of a slot only if both sides
fill the same slot with other words: spellings, commas, synonyms and sentences left out are no change of fact.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import OSA

from secondsource.model import SPOKEN, Article, Judgement, Quote, Reading, Record, identify

WORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST = 14  # words; a longer stretch is another sentence, not another filler
MOST_WORDS = 3000
ALIKE = 0.75  # spellings of one word
PLACE_BEFORE = frozenset(
    {
        "in", "near", "at", "from", "to", "of", "around", "outside", "on", "into", "towards", "western", "eastern"
    }
)  # fmt: skip
PLACE_AFTER = frozenset(
    {
        "province", "city", "town", "village", "district", "suburb", "suburbs", "countryside", "neighbourhood"
    }
)  # fmt: skip
DAYS = frozenset(name.casefold() for name in calendar.day_name)
MONTHS = {name[:3].casefold() for name in calendar.month_name if name}
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
YEAR = re.compile(r"(?:19|20)\d\d")
DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
DAY_OF_MONTH = 31


class Change(Record, frozen=True, kw_only=True):
    """A slot with the words of the one page and those of the other."""

    slot: str
    before: Quote
    after: Quote


class Means:
    """The table of means and people, ready for look-ups."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.of = {word: kind for kind, words in table["means"].items() for word in words.split()}
        people = table["people"]
        self.victims, self.forces, self.hurt = (frozenset(people[k].split()) for k in ("victims", "forces", "hurt"))


class _Text:
    """The words of a report, as printed and folded, with their offsets."""

    def __init__(self, article: Article) -> None:
        self.article = article
        found = [m for s in article.segments if s.kind in SPOKEN for m in WORD.finditer(article.text, s.start, s.end)]
        self.spans = [m.span() for m in found[:MOST_WORDS]]
        self.printed = [m.group() for m in found[:MOST_WORDS]]
        self.folded = [w.casefold().replace(",", "") for w in self.printed]

    def quote(self, start: int, stop: int) -> Quote:
        return self.article.quote(self.spans[start][0], self.spans[stop - 1][1])


def changes(left: Article, right: Article, means: Means) -> tuple[Change, ...]:
    """The slots that differ, one change each: the one whose words recur most often, then the first."""
    a, b = _Text(left), _Text(right)
    found: dict[str, dict[tuple[str, ...], list[Change]]] = {}
    for x, y in _stretches(a, b):
        slot = _slot(a, x, b, y, means)
        if slot:
            change = Change(slot=slot, before=a.quote(*x), after=b.quote(*y))
            key = (change.before.exact.casefold(), change.after.exact.casefold())
            found.setdefault(slot, {}).setdefault(key, []).append(change)
    return tuple(max(kinds.values(), key=lambda c: (len(c), -c[0].before.start))[0] for _, kinds in sorted(found.items()))


def altered(readings: Iterable[Reading], copies: Iterable[tuple[str, str]], means: Means) -> tuple[Judgement, ...]:
    """A judgement for every slot that differs between two copies, with the words of both."""
    by_id = {reading.article.id: reading for reading in readings}
    made: list[Judgement] = []
    for left, right in sorted(copies):
        for change in changes(by_id[left].article, by_id[right].article, means):
            claims = tuple(sorted({*_resting(by_id[left], change.before), *_resting(by_id[right], change.after)}))
            names = by_id[left].article.name, by_id[right].article.name
            words = f"“{change.before.exact}” in {names[0]}, “{change.after.exact}” in {names[1]}"
            made.append(
                Judgement(
                    id=identify("judgement", "copy_altered", left, right, change.slot),
                    kind="copy_altered",
                    rule="a_copy_changes_a_slot",
                    claims=claims,
                    reason=f"{change.slot.replace('_', ' ')}: {words}",
                    evidence=(change.before, change.after),
                )
            )
    return tuple(sorted(made, key=lambda j: j.id))


def _resting(reading: Reading, quote: Quote) -> Iterator[str]:
    """Claims and figures whose words hold the changed ones."""
    rests = [(c.id, c.evidence) for c in reading.claims] + [(f.id, f.evidence) for f in reading.figures]
    for name, evidence in rests:
        if any(q.start <= quote.start and quote.end <= q.end for q in evidence):
            yield name


def _stretches(a: _Text, b: _Text) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of both that stand in each other's place, short ones only."""
    for tag, x, x_end, y, y_end in SequenceMatcher(None, a.folded, b.folded, autojunk=False).get_opcodes():
        if tag == "replace" and x_end - x <= LONGEST and y_end - y <= LONGEST:
            yield (x, x_end), (y, y_end)


def _slot(a: _Text, x: tuple[int, int], b: _Text, y: tuple[int, int], means: Means) -> str | None:
    one, other = a.folded[slice(*x)], b.folded[slice(*y)]
    if _same_words(one, other):
        return None
    times = _times(one), _times(other)
    if times[0] and times[1]:
        return "when" if _other_time(*times) else None
    kinds = {means.of[w] for w in one if w in means.of}, {means.of[w] for w in other if w in means.of}
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        return "how"
    if _number(one) and _number(other):
        return "how_many" if _number(one) != _number(other) else None
    return _person_or_place(a, x, b, y, means)


def _person_or_place(a: _Text, x: tuple[int, int], b: _Text, y: tuple[int, int], means: Means) -> str | None:
    one, other = set(a.folded[slice(*x)]), set(b.folded[slice(*y)])
    named = _names(a, x, means), _names(b, y, means)
    people = means.victims | means.forces
    if (one & people or named[0]) and (other & people or named[1]) and (one & people or other & people):
        victims = (one | other) & means.victims or _hurt(a, x, means) or _hurt(b, y, means)
        return "who" if victims else "by_whom"
    if named[0] and named[1] and not named[0] & named[1]:
        return "where" if _placed(a, x) or _placed(b, y) else None
    return None


def _names(text: _Text, span: tuple[int, int], means: Means) -> set[str]:
    """Words with a capital that are no time, no title of a force and not the first of a sentence by form alone."""
    words = zip(text.printed[slice(*span)], text.folded[slice(*span)], strict=True)
    return {w for p, w in words if p[0].isupper() and len(w) > 2 and not _times([w]) and w not in means.of and w not in LEADING}


LEADING = frozenset(
    {
        "the", "and", "but", "this", "that", "these", "those", "his", "her", "its", "their", "they", "she", "for", "after"
    }
)  # fmt: skip


def _placed(text: _Text, span: tuple[int, int]) -> bool:
    """A preposition of place before or inside the words, or a kind of place after or inside them."""
    start, stop = span
    inside = set(text.folded[start:stop])
    before = text.folded[max(0, start - 1) : start]
    after = text.folded[stop : stop + 1]
    return bool(set(before) & PLACE_BEFORE or set(after) & PLACE_AFTER or inside & PLACE_AFTER or inside & {"in", "near", "at"})


def _hurt(text: _Text, span: tuple[int, int], means: Means) -> bool:
    """Who was killed: the words stand before "were killed" or after "killed", and not after "by"."""
    start, stop = span
    before = text.folded[max(0, start - 2) : start]
    return "by" not in before and bool(means.hurt & {*before, *text.folded[stop : stop + 3]})


def _same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Only spelt or hyphenated otherwise."""
    left, right = "".join(one).replace("-", ""), "".join(other).replace("-", "")
    return left == right or float(OSA.normalized_similarity(left, right)) >= ALIKE


def _times(words: Sequence[str]) -> set[tuple[str, str]]:
    """(kind, value) of every word for a time."""
    found: set[tuple[str, str]] = set()
    for n, word in enumerate(words):
        if word in DAYS or word.removesuffix("s") in DAYS:
            found.add(("weekday", word.removesuffix("s")))
        elif MONTH.fullmatch(word) and word[:3] in MONTHS and (len(word) == 3 or word in FULL_MONTHS):
            found.add(("month", word[:3]))
            around = [*words[max(0, n - 1) : n], *words[n + 1 : n + 2]]
            found |= {("day", w.lstrip("0")) for w in around if w.isdigit() and int(w) <= DAY_OF_MONTH}
        elif YEAR.fullmatch(word):
            found.add(("year", word))
        elif DATE.fullmatch(word):
            found.add(("date", word))
    return found


FULL_MONTHS = frozenset(name.casefold() for name in calendar.month_name if name)


def _other_time(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    """A part that both give differs; or the two give different parts."""
    shared = {kind for kind, _ in one} & {kind for kind, _ in other}
    differ = any({v for k, v in one if k == kind} != {v for k, v in other if k == kind} for kind in shared)
    return differ or not shared


def _number(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w for w in words if w.isdigit())
