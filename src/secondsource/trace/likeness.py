"""two runs of words -> how far they say the same: shared content of the one and of the other, and the longest run in common."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from secondsource.model import Record
from secondsource.trace.words import Word, Words, content, counted

SAME_MEANING = 0.7  # "pullout" for "withdrawal", against the same word
# Words that many statements of one kind share weigh less than what they are about.
SAME_RUN = 6  # words in a row that nobody writes twice by chance
SENSES = 2  # words of content that are no names, shared by whatever says the same; a shorter sentence has fewer to share
TELLING = 3  # of them with content


class Likeness(Record, frozen=True, kw_only=True):
    """`here`, `there`: the share of the content of each that the other has too; `run`: the longest run of equal words;
    `equal`: the share of the longer one's words that are equal in order; `shared`: how many words of content both have;
    `sense`, `senses`: score and number of shared words without names, where they were counted."""

    here: float
    there: float
    run: int = 0
    telling: int = 0
    equal: float = 0.0
    shared: int = 0
    contained: bool = False
    cut: bool = False
    sense: float = 1.0
    senses: int = 99

    @property
    def score(self) -> float:
        """Both shares, the larger one counting more: a short headline may be all in a long sentence."""
        return 0.6 * max(self.here, self.there) + 0.4 * min(self.here, self.there)

    @property
    def same_run(self) -> bool:
        return self.run >= SAME_RUN and self.telling >= TELLING


NOTHING = Likeness(here=0.0, there=0.0)


def quick(here: Sequence[Word], there: Sequence[Word]) -> Likeness:
    """Shared content only: what tells whether a closer look is worth it."""
    left, right = counted(here), counted(there)
    if left.stems.keys().isdisjoint(right.stems) and left.meanings.keys().isdisjoint(right.meanings):
        return NOTHING
    one, many_left = _shared(left, right)
    other, _ = _shared(right, left)
    return Likeness(here=one, there=other, shared=many_left)


def close(here: Sequence[Word], there: Sequence[Word], seen: Likeness) -> Likeness:
    """A quick likeness with the order of the words."""
    a, b = counted(here).folded, counted(there).folded
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    longest = max(blocks, key=lambda block: block.size, default=None)
    run = longest.size if longest else 0
    telling = len(content(here[longest.a : longest.a + run])) if longest else 0
    equal = sum(block.size for block in blocks)
    return Likeness(
        here=seen.here, there=seen.there, shared=seen.shared, run=run, telling=telling, equal=equal / max(len(a), len(b), 1),
        contained=run == len(a), cut=equal == len(b) and len(b) < len(a), **sensed(here, there),
    )  # fmt: skip


def sensed(here: Sequence[Word], there: Sequence[Word]) -> dict[str, Any]:
    """`sense` and `senses` of two runs of words."""
    left, right = counted(here).plain, counted(there).plain
    like = quick(left, right)
    return {"sense": like.score, "senses": like.shared + max(0, SENSES - len(left)) if like.shared or not left else 0}


def _shared(left: Words, right: Words) -> tuple[float, int]:
    """The share of the left words' weight that the right has too, and how many words that is."""
    stems, meanings = right.stems, right.meanings
    used: dict[str, int] = {}
    meant: dict[str, int] = {}
    total = found = 0.0
    many = 0
    for word in left.content:
        total += word.weight
        if stems.get(word.stem, 0) > used.get(word.stem, 0):
            used[word.stem] = used.get(word.stem, 0) + 1
            found += word.weight
            many += 1
        elif word.meaning and meanings.get(word.meaning, 0) > meant.get(word.meaning, 0):
            meant[word.meaning] = meant.get(word.meaning, 0) + 1
            found += SAME_MEANING * word.weight
            many += 1
    return found / total if total else 0.0, many
