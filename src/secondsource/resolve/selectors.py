"""a Decision's target -> the words, and the record on them, that it means, found again in whatever was read this time

A target is a text quote selector: `article` (address, lineage, hash or name), `exact`, `prefix`, `suffix`, and the `slot` that
names the kind of record: statement, claim, claim:ACT, figure, figure:COUNTED, mention, segment, article. No id that a rule has
made is in it, so that it holds for a fresh reading and for a new version of the page.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from secondsource.model import Article, Attribution, Claim, Figure, Mention, Quote, Reading, Segment, Span
from secondsource.resolve.versions import lineage, lineage_of

AROUND = 40  # code points of prefix and suffix
HALF = 0.5  # of the selected words that a record must rest on
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
_GAP = re.compile(r"\s+")
Rested = TypeVar("Rested", Claim, Figure)
Found = Attribution | Claim | Figure | Mention | Segment | Article


class Selectors:
    """The articles by everything that can name them."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = {r.article.id: r for r in readings}
        self.held: defaultdict[str, list[str]] = defaultdict(list)
        for name, reading in self.readings.items():
            for key in names_of(reading.article):
                self.held[key].append(name)

    def articles(self, name: str) -> list[str]:
        """The articles that are called so, by address, lineage, hash or name."""
        return self.held.get(name) or self.held.get(lineage(name) or name) or []

    def spot(self, target: Mapping[str, str]) -> tuple[Reading, Span] | None:
        """Where the target's words stand. Without an article, only where one article alone has them."""
        named = target.get("article")
        among = self.articles(named) if named else list(self.readings)
        places = [(self.readings[a], at) for a in sorted(among) if (at := place(self.readings[a].article.text, target))]
        return places[0] if places and (named or len(places) == 1) else None

    def record(self, target: Mapping[str, str]) -> tuple[Reading, Found] | None:
        """The record that the target means."""
        kind, _, detail = target.get("slot", "statement").partition(":")
        if kind == "article":
            named = sorted(self.articles(target.get("article", "")))
            return (self.readings[named[0]], self.readings[named[0]].article) if named else None
        if kind == "mention" and not target.get("article"):
            return self._named(target.get("exact", ""))
        if (spot := self.spot(target)) is None:
            return None
        reading, span = spot
        found = _record(reading, span, kind, detail, target.get("cue", ""))
        return (reading, found) if found is not None else None

    def _named(self, words: str) -> tuple[Reading, Found] | None:
        """The first mention with these words, or of this name, in any article."""
        for name in sorted(self.readings):
            for mention in self.readings[name].mentions:
                if mention.name == words or mention.quote.exact == words:
                    return self.readings[name], mention
        return None


def names_of(article: Article) -> set[str]:
    """Everything that names an article in a target."""
    return {name for name in (article.id, article.name, article.sha256, article.url, lineage_of(article)) if name}


def target_of(article: Article, start: int, end: int, slot: str, cue: Quote | None = None) -> dict[str, str]:
    """The selector of the words `[start, end)`: what is kept instead of an id."""
    made = {
        "article": lineage_of(article) or article.sha256,
        "exact": article.text[start:end],
        "prefix": article.text[max(0, start - AROUND) : start],
        "suffix": article.text[end : end + AROUND],
        "slot": slot,
    }
    return made | ({"cue": cue.exact} if cue else {})


def place(text: str, target: Mapping[str, str]) -> Span | None:
    """Where `exact` stands: of several places the one whose surroundings are most like prefix and suffix."""
    exact = target.get("exact", "")
    if not exact.strip():
        return None
    found = [Span(at, at + len(exact)) for at in _starts(text, exact)] or _loosely(text, exact)
    if len(found) < 2:
        return found[0] if found else None
    before, after = _plain(target.get("prefix", ""))[::-1], _plain(target.get("suffix", ""))

    def likeness(span: Span) -> int:
        left = _plain(text[max(0, span.start - 2 * AROUND) : span.start])[::-1]
        return _shared(left, before) + _shared(_plain(text[span.end : span.end + 2 * AROUND]), after)

    return max(found, key=lambda span: (likeness(span), -span.start))


def _starts(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found


def _loosely(text: str, exact: str) -> list[Span]:
    """Places that differ in space and in the kind of their marks alone."""
    pattern = r"\s+".join(re.escape(word) for word in exact.translate(_MARKS).split())
    return [Span(m.start(), m.end()) for m in re.finditer(pattern, text.translate(_MARKS))]


def _plain(text: str) -> str:
    return _GAP.sub(" ", text.translate(_MARKS))


def _shared(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _record(reading: Reading, span: Span, kind: str, detail: str, cue: str) -> Any:
    if kind == "segment":
        covering = [s for s in reading.article.segments if s.start < span.end and span.start < s.end]
        return max(covering, key=lambda s: (min(s.end, span.end) - max(s.start, span.start), -s.start), default=None)
    if kind == "mention":
        return _best([(m, (m.quote,)) for m in reading.mentions], span)
    if kind == "claim":
        claims = [c for c in reading.claims if not detail or c.act == detail] or _only(reading.claims, span)
        same = [c for c in claims if cue and c.cue and c.cue.exact == cue and _on(c.evidence, span) > 0]
        return _best([(c, c.evidence) for c in same or claims], span)
    if kind == "figure":
        figures = [f for f in reading.figures if not detail or f.counted == detail] or _only(reading.figures, span)
        return _best([(f, f.evidence) for f in figures], span)
    return _best([(a, a.content or _cue_of(a)) for a in reading.attributions], span)


def _cue_of(said: Attribution) -> tuple[Quote, ...]:
    return (said.cue.evidence,) if said.cue.evidence else ()


def _only(records: Sequence[Rested], span: Span) -> list[Rested]:
    """The one record on these words, where there is one alone."""
    found = [r for r in records if _on(r.evidence, span) > 0]
    return found if len(found) == 1 else []


def _on(quotes: Iterable[Quote], span: Span) -> int:
    return sum(max(0, min(q.end, span.end) - max(q.start, span.start)) for q in quotes)


def _best(records: Iterable[tuple[Any, tuple[Quote, ...]]], span: Span) -> Any:
    """The record that rests on at least half of the words, and on least beside them."""
    wide = span.end - span.start
    scored = []
    for record, quotes in records:
        shared = _on(quotes, span)
        if shared >= HALF * wide:
            total = sum(q.end - q.start for q in quotes)
            scored.append((shared / (wide + total - shared), -min(q.start for q in quotes), record))
    return max(scored, key=lambda s: (s[0], s[1]))[2] if scored else None
