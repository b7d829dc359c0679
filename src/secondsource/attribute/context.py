"""attributions, times, figures -> which of them stand in each sentence, so that no claim looks through all of them"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from secondsource.attribute.belonging import reaches
from secondsource.attribute.deed import Deed
from secondsource.attribute.tree import Tree
from secondsource.model import Attribution, Figure, Mention, Quote, Sentence, TimeExpression


class Context:
    """What was read of an article before its claims, by sentence."""

    def __init__(
        self, sentences: Sequence[Sentence], attributions: Sequence[Attribution], times: Sequence[TimeExpression],
        figures: Sequence[Figure], mentions: Iterable[Mention],
    ) -> None:  # fmt: skip
        self._starts = [s.start for s in sentences]
        self._contents: defaultdict[int, list[tuple[Quote, Attribution]]] = defaultdict(list)
        self._cues: defaultdict[int, list[Attribution]] = defaultdict(list)
        self._times: defaultdict[int, list[TimeExpression]] = defaultdict(list)
        self._figures: defaultdict[int, list[Figure]] = defaultdict(list)
        self._mentions = {m.id: m for m in mentions}
        self._by_id = {a.id: a for a in attributions}
        for a in attributions:
            for quote in a.content:
                for n in range(self._number(quote.start), self._number(quote.end - 1) + 1):
                    self._contents[n].append((quote, a))
            if a.cue.evidence is not None:
                self._cues[self._number(a.cue.evidence.start)].append(a)
        for t in times:
            self._times[self._number(t.quote.start)].append(t)
        for f in figures:
            self._figures[self._number(f.evidence[0].start)].append(f)

    def _number(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def cued(self, number: int, place: int) -> Attribution | None:
        """The attribution whose cue stands at `place`."""
        held = ((a, a.cue.evidence) for a in self._cues[number])
        return next((a for a, words in held if words is not None and words.start <= place < words.end), None)

    def inner(self, number: int, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content holds `[start, end)`."""
        held = [(q.end - q.start, q.start, a) for q, a in self._contents[number] if q.start <= start and end <= q.end]
        return min(held, key=lambda h: h[:2])[2] if held else None

    def parent(self, attribution: Attribution) -> Attribution | None:
        return self._by_id.get(attribution.parent or "")

    def when(self, number: int, tree: Tree, deed: Deed) -> TimeExpression | None:
        """The time in the deed's own clause: on the deed before on the clause, not in another clause."""
        best: tuple[int, TimeExpression] | None = None
        for t in self._times[number]:
            words = tree.at(t.quote.start, t.quote.end)
            top = tree.top(words) if words else None
            distance = reaches(tree, top, deed) if top is not None and not dates_a_start(tree, top, t) else None
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, t)
        return best[1] if best else None

    def figure(self, number: int, start: int, end: int) -> Figure | None:
        """The first figure that stands in `[start, end)`."""
        return next((f for f in self._figures[number] if any(start <= q.start and q.end <= end for q in f.evidence)), None)

    def speakers(self, attribution: Attribution | None) -> tuple[str, ...]:
        """The words, full names and roles of the speakers."""
        found: list[str] = []
        for s in attribution.speakers if attribution else ():
            m = self._mentions.get(s.mention or "")
            words = (s.evidence.exact if s.evidence else None, m.name if m else None, *(m.roles if m else ()))
            found += [w for w in words if w]
        return tuple(found)


def dates_a_start(tree: Tree, top: int, time: TimeExpression) -> bool:
    """ "since the outbreak of the war in 1990": the year is that of the outbreak, not of what is told."""
    if time.quote.exact.lower().startswith("since"):
        return False
    above = tree.ancestors(top)
    start = next((n for n, k in enumerate(above) if tree.lower(k) == "since" or tree.is_verb(k)), 0)
    return start > 0 and tree.lower(above[start]) == "since"
