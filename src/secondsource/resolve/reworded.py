"""wordings -> pairs of articles of which one is the other in other words.

Whoever rewords a text swaps words and turns sentences, but keeps its figures, names and quotations, most often in their order.
So the two are aligned on these and on the beginnings of content words; no list of synonyms. Independent reports of one story
share names too, but not nearly all of them, in one order, with the same figures. A short report of an event holds little but
the names that everybody has: where the other one holds many more, names prove nothing, and the wording must show the copy.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import LCSseq

from secondsource.model import Quote, Record
from secondsource.resolve.overlap import Pair
from secondsource.resolve.wording import Wording

# Anchors (figures, names, quotations) that both have; below, there is too little to tell.
FEWEST = 10
# Least shares, and the least sum of the three, set with 28 reworded cases and 150 real independent pairs in view: the lowest
# copy sums to 1.88, the highest independent pair to 1.59.
ANCHORS, ORDER, CONTENT, SUM = 0.70, 0.45, 0.14, 1.75
# Share of the anchors of the one that has more, and, below it, of the words of the shorter in common runs of three. 28 cases
# have at least .73 of the first; of 150 pairs and ten more real stories, independent ones have at most .58 and .34.
MUTUAL, NESTED = 0.65, 0.40
RARE = 50  # anchors that more articles have propose nothing
PROPOSING = 4  # rare anchors that a pair must share to be looked at
STEM = 5  # letters: words are compared by their beginnings, since rewording bends them
SHOWN = 3

# Numerals, so that "thirteen" meets "13".
NUMERALS = (
    {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
    | {"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16"}
    | {"seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50"}
    | {"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
)
SENTENCE_ENDS = frozenset('.!?:;"“”')


class Anchored(Record, frozen=True, kw_only=True):
    """What rewording keeps of an article: anchors in the text's order, and the beginnings of its content words."""

    anchors: tuple[str, ...]
    content: frozenset[str]
    where: dict[str, int]
    text: Wording


class Likeness(Record, frozen=True, kw_only=True):
    """Shares, 0 to 1: of the smaller one's anchors that both have (`same`) and that come in one order, of its content words;
    of the larger one's anchors (`mutual`); of the shorter one's words in common runs of three (`worded`, where it is asked)."""

    same: float
    order: float
    content: float
    mutual: float
    worded: float = 0.0

    @property
    def sum(self) -> float:
        return self.same + self.order + self.content


def anchored(text: Wording) -> Anchored:
    """Figures, names and quotations in order, each once; a capital at a sentence's start is a name if it is one elsewhere."""
    page = text.article.text
    capital = [page[start].isupper() for start in text.starts]
    names = {word for place, word in enumerate(text.words) if capital[place] and not _opens(text, place)}
    where: dict[str, int] = {}
    content: set[str] = set()
    for place, word in enumerate(text.words):
        if word[0].isdigit():
            where.setdefault("#" + word.replace(",", ""), place)
        elif word in NUMERALS:
            where.setdefault("#" + NUMERALS[word], place)
        elif word in names and capital[place]:
            where.setdefault(word, place)
        elif len(word) >= STEM:
            content.add(word[:STEM])
    said = tuple(f'"{quote}' for quote in dict.fromkeys(text.quotes))
    return Anchored(anchors=(*where, *said), content=frozenset(content), where=where, text=text)


def _opens(text: Wording, place: int) -> bool:
    """Whether the word stands first in a sentence or a line."""
    before = text.article.text[max(0, text.starts[place] - 4) : text.starts[place]]
    return place == 0 or "\n" in before or before.rstrip()[-1:] in SENTENCE_ENDS


def likeness(a: Anchored, b: Anchored) -> Likeness | None:
    """How far two texts hold the same; None where there is too little to compare, or too little of it is the same."""
    few, many = sorted((len(a.anchors), len(b.anchors)))
    words = min(len(a.content), len(b.content))
    shared = len(set(a.anchors) & set(b.anchors))
    if shared < FEWEST or not words or shared < ANCHORS * few:
        return None
    order = float(LCSseq.similarity(a.anchors, b.anchors)) / few
    mutual = shared / many
    worded = 0.0 if mutual >= MUTUAL else max(a.text.covered(b.text.traces()), b.text.covered(a.text.traces()))
    content = len(a.content & b.content) / words
    return Likeness(same=shared / few, order=order, content=content, mutual=mutual, worded=worded)


def is_reworded(found: Likeness | None) -> bool:
    if found is None or found.order < ORDER or found.content < CONTENT or found.sum < SUM:
        return False
    return found.mutual >= MUTUAL or found.worded >= NESTED


def reworded(texts: Mapping[str, Wording], known: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Reworded copies among pairs that are not `known` to hang together already."""
    held = {name: anchored(text) for name, text in texts.items()}
    seen = set(known)
    for left, right in _proposed(held):
        shares = None if (left, right) in seen else likeness(held[left], held[right])
        if shares is not None and is_reworded(shares):
            evidence = _shown(texts[left], held[left], texts[right], held[right])
            yield Pair(left=left, right=right, kind="reworded_copy", share=shares.same, evidence=evidence)


def _proposed(held: Mapping[str, Anchored]) -> Iterator[tuple[str, str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(held):
        for anchor in held[name].anchors:
            index[anchor].append(name)
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    for holders in index.values():
        if 2 <= len(holders) <= RARE:
            for place, left in enumerate(holders):
                for right in holders[place + 1 :]:
                    shared[left, right] += 1
    return iter(sorted(pair for pair, many in shared.items() if many >= PROPOSING))


def _shown(a: Wording, one: Anchored, b: Wording, other: Anchored) -> tuple[Quote, ...]:
    """Places where both keep several anchors together: the words around them, of each."""
    common = [x for x in one.where if x in other.where]
    chosen = common[:: max(1, len(common) // SHOWN)][:SHOWN]
    return tuple(_around(text, kept.where[anchor]) for anchor in chosen for text, kept in ((a, one), (b, other)))


def _around(text: Wording, place: int, reach: int = 4) -> Quote:
    first = max(0, place - reach)
    return text.quote(first, min(len(text.words), place + reach + 1) - first)
