"""attributions -> utterances: all reports of one act of speech, so that one interview in ten outlets is one witness.

Attributions join when the same speakers spoke and neither day nor venue speaks against it: inside one article by the same
venue and day, across articles by the same venue and day, or by words that both report.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from secondsource.model import Attribution, Components, Count, Link, Quote, Reading, Record, Utterance, When, identify, least
from secondsource.resolve.entities import fold

# Two accounts of one act of speech share half of the shorter one's content words, and not fewer than three.
SHARED_WORDS = 0.5
FEWEST_WORDS = 3
SHORTEST = 4  # letters: leaves most function words out without a list
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}|\d+")
# Kinds that report an inner state or no words at all are no act of speech to be relayed.
NO_SPEECH = frozenset({"believe", "silence"})


class _Report(Record, frozen=True, kw_only=True):
    id: str
    article: str
    speakers: tuple[str, ...]
    when: When | None
    venue: str | None
    words: frozenset[str]


def utterances(
    readings: Sequence[Reading], actor_of: Mapping[str, str], count: Count, components: Components
) -> tuple[tuple[Link, ...], tuple[Utterance, ...]]:
    """Links of attributions to utterances, and the utterances. Attributions without a known speaker stand in none."""
    reports = [r for reading in readings for r in _reports(reading, actor_of)]
    by_speaker: defaultdict[tuple[str, ...], list[_Report]] = defaultdict(list)
    for report in reports:
        by_speaker[report.speakers].append(report)
    edges = [(a.id, b.id) for group in by_speaker.values() for a, b in combinations(group, 2) if _one_act(a, b)]
    cluster = components((r.id for r in reports), edges)
    members: defaultdict[str, list[_Report]] = defaultdict(list)
    for report in reports:
        members[cluster[report.id]].append(report)
    made = [_utterance(found, count) for found in members.values()]
    links = [Link(kind="utterance", member=a, cluster=u.id) for u in made for a in u.attributions]
    return tuple(sorted(links, key=lambda link: link.member)), tuple(sorted(made, key=lambda u: u.id))


def _reports(reading: Reading, actor_of: Mapping[str, str]) -> Iterable[_Report]:
    for attribution in reading.attributions:
        speakers = tuple(sorted({actor_of[s.mention] for s in attribution.speakers if s.mention and s.mention in actor_of}))
        if speakers and attribution.cue.kind not in NO_SPEECH and attribution.parent is None:
            yield _Report(
                id=attribution.id,
                article=reading.article.id,
                speakers=speakers,
                when=attribution.said,
                venue=_venue(attribution),
                words=_words(attribution.content),
            )


def _venue(attribution: Attribution) -> str | None:
    """Where it was said, folded: a channel it was given to, else a place or occasion."""
    for relay in attribution.relays:
        if relay.kind in {"told", "speaking_to", "broadcast_by", "posted_on"}:
            return " ".join(fold(relay.name))
    return " ".join(fold(attribution.venue.exact)) if attribution.venue else None


def _words(content: Iterable[Quote]) -> frozenset[str]:
    return frozenset(word.casefold() for quote in content for word in WORD.findall(quote.exact))


def _one_act(left: _Report, right: _Report) -> bool:
    if left.venue and right.venue and left.venue != right.venue:
        return False
    days = _same_day(left.when, right.when)
    if days is False:
        return False
    venue = left.venue is not None and left.venue == right.venue
    if left.article == right.article:
        return venue if days is None else venue or left.venue is None or right.venue is None
    shared = len(left.words & right.words)
    overlap = shared >= FEWEST_WORDS and shared >= SHARED_WORDS * min(len(left.words), len(right.words))
    return overlap or (venue and bool(days))


def _same_day(left: When | None, right: When | None) -> bool | None:
    """Whether two known intervals can be one day; None where one of them is not known."""
    if left is None or right is None or not (left.earliest and left.latest and right.earliest and right.latest):
        return None
    return left.earliest[:10] <= right.latest[:10] and right.earliest[:10] <= left.latest[:10]


def _utterance(reports: Sequence[_Report], count: Count) -> Utterance:
    dated = sorted((r.when for r in reports if r.when and r.when.earliest), key=lambda w: (_length(w), w.earliest or ""))
    venues = sorted({r.venue for r in reports if r.venue})
    low, high = count({r.article for r in reports})
    return Utterance(
        id=identify("utterance", least(r.id for r in reports)),
        speakers=reports[0].speakers,
        when=dated[0] if dated else None,
        venue=venues[0] if venues else None,
        attributions=tuple(sorted(r.id for r in reports)),
        origins_low=low,
        origins_high=high,
    )


def _length(when: When) -> int:
    """0 for a day or less, 1 for more: the sharpest time is the one to show."""
    return 0 if (when.earliest or "")[:10] == (when.latest or "")[:10] else 1
