"""wordings -> pairs of articles that share words: copies, and texts that lean on each other in part.

An exact index of 8-grams proposes; nothing is missed and no parameter is hidden. Thresholds are refitted after quotations are
removed (`bench/bench_corroboration.py` prints the error rates): of 150 pairs of independent reports of one story one shares
more than 2.5 % of the shorter one's 8-grams (7.3 %: one passage, perhaps an agency's), none is covered to more than 31 %.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from secondsource.model import Quote, Record
from secondsource.resolve.wording import Wording

COMMON = 50  # an 8-gram in more articles than this proposes no pair by itself: a formula, or a text that is copied very often
PARTLY = 0.05  # share of the shorter one's 8-grams: below, nothing is said
COPY = 0.45  # share of either's words in common runs of three: above, the text is a copy, below it leans on the other in part
FEWEST = 5  # shared 8-grams below this are no sign of anything
PART = 4000  # articles whose 8-grams are indexed at a time
SHOWN = 3  # longest shared passages kept as evidence
LONGEST_ALIGNED = 4000  # words; beyond, passages are found by their 8-grams alone


class Pair(Record, frozen=True, kw_only=True):
    """Two articles (ids, left < right), how they hang together, how far, and words of both that show it."""

    left: str
    right: str
    kind: str
    share: float
    evidence: tuple[Quote, ...]


def overlaps(texts: Mapping[str, Wording]) -> Iterator[Pair]:
    """Pairs that share enough words outside quotations, copies first told apart from partial ones."""
    firsts = _firsts(texts)
    for name, first in sorted(firsts.items()):
        if name != first:
            yield _pair(texts[first], texts[name], "copy", 1.0)
    chosen = {name: texts[name] for name, first in firsts.items() if name == first}
    for (left, right), shared in sorted(_shared(chosen).items()):
        a, b = chosen[left], chosen[right]
        smaller = min(len(a.keys), len(b.keys))
        if shared >= min(FEWEST, smaller) and shared >= PARTLY * smaller:
            far = max(a.covered(b.traces()), b.covered(a.traces()))
            yield _pair(a, b, "copy" if far >= COPY else "partly_derived", max(far, shared / smaller))


def _firsts(texts: Mapping[str, Wording]) -> dict[str, str]:
    """Article -> the least article with exactly its words, so that a thousand equal pages cost a thousand, not a million.
    Pages without a word are equal to none."""
    held: dict[int, str] = {}
    return {n: held.setdefault(texts[n].everything, n) if texts[n].words else n for n in sorted(texts)}


def _shared(texts: Mapping[str, Wording]) -> Counter[tuple[str, str]]:
    """Pairs with the number of 8-grams that both hold. A part of the 8-grams at a time: the index of all would not fit."""
    shared: Counter[tuple[str, str]] = Counter()
    names = sorted(texts)
    parts = 1 + len(names) // PART
    for part in range(parts):
        index: defaultdict[int, list[str]] = defaultdict(list)
        for name in names:
            for gram in texts[name].keys if parts == 1 else [k for k in texts[name].keys if k % parts == part]:
                index[gram].append(name)
        _count(index, shared)
    return shared


def _count(index: Mapping[int, list[str]], shared: Counter[tuple[str, str]]) -> None:
    for holders in index.values():
        if 2 <= len(holders) <= COMMON:
            for place, left in enumerate(holders):
                for right in holders[place + 1 :]:
                    shared[left, right] += 1
        elif len(holders) > COMMON:
            # Copied very often: each with the first is enough, since copies of one text are one component.
            for right in holders[1:]:
                shared[holders[0], right] += 1


def _pair(a: Wording, b: Wording, kind: str, share: float) -> Pair:
    return Pair(left=a.article.id, right=b.article.id, kind=kind, share=min(1.0, share), evidence=passages(a, b))


def passages(a: Wording, b: Wording) -> tuple[Quote, ...]:
    """The longest passages that both hold, as words of each; where there is none (no report at all) the first words."""
    blocks = _blocks(a, b)
    evidence = [w.quote(at, size) for x, y, size in blocks for w, at in ((a, x), (b, y))]
    if not evidence:
        evidence = [w.quote(0, min(8, len(w.words))) for w in (a, b) if w.words]
    return tuple(evidence)


def _blocks(a: Wording, b: Wording) -> list[tuple[int, int, int]]:
    """(word in a, word in b, number of words), longest first."""
    if max(len(a.words), len(b.words)) <= LONGEST_ALIGNED and a.everything != b.everything:
        found = SequenceMatcher(None, a.words, b.words, autojunk=False).get_matching_blocks()
        runs = [(m.a, m.b, m.size) for m in found if m.size]
    else:
        runs = _runs(a, b)
    return sorted(runs, key=lambda r: (-r[2], r[0]))[:SHOWN]


def _runs(a: Wording, b: Wording) -> list[tuple[int, int, int]]:
    """Common runs grown from common 8-grams: linear, whatever the length."""
    runs: list[tuple[int, int, int]] = []
    done = -1
    theirs = b.grams
    for gram, x in sorted(a.grams.items(), key=lambda item: item[1]):
        y = theirs.get(gram)
        if y is None or x <= done:
            continue
        size = 0
        while x + size < len(a.words) and y + size < len(b.words) and a.words[x + size] == b.words[y + size]:
            size += 1
        if size:
            runs.append((x, y, size))
            done = x + size
    return runs
