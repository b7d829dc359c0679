"""attributions -> utterances: all reports of one act of speech, so that one interview in ten outlets is one witness.

Attributions join when the same speakers spoke and neither day, venue nor figures speak against it: inside one article, since a
report most often tells of one occasion; across articles by the same quotation, by the same venue and day, by words or by slots
that both report. The same long quotation is one act of speech even where one page does not name the speaker.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from secondsource.model import (
    Attribution,
    Components,
    Count,
    Figure,
    Link,
    Quote,
    Reading,
    Record,
    Utterance,
    When,
    identify,
    least,
)
from secondsource.resolve.naming import fold

# Two accounts of one act of speech share half of the shorter one's content words, and not fewer than three.
SHARED_WORDS = 0.5
FEWEST_WORDS = 3
SHORTEST = 4  # letters: leaves most function words out without a list
LONG_QUOTE = 8  # words in a row that are one quotation, whoever is said to have said it
SAME_QUOTE = 6  # words in a row that nobody says twice by chance
LATE_DAYS = 10  # a report without a day of speech is taken to be of something said within these days before it
TELLING = 10  # a smaller number is no slot that two statements share only if they are one
MANY = 60  # above this many reports of one speaker, only those are compared that share a rarer word or a venue
COMMON = 40
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}|\d+")
# Kinds that report an inner state or no words at all are no act of speech to be relayed.
NO_SPEECH = frozenset({"believe", "silence"})
# Acts that a speaker tells of, again and again; demands, offers, refusals are the speaker's own, and made once.
TOLD = frozenset(
    {
        "say", "strike", "clash", "casualties", "capture", "withdraw", "destroy", "displace", "arrest", "start", "end",
        "mobilise", "meet", "violate",
    }
)  # fmt: skip
GIVEN_TO = frozenset({"told", "speaking_to", "broadcast_by", "posted_on"})


class Report(Record, frozen=True, kw_only=True):
    """One attribution as it is compared: `runs` are words in a row of direct speech, `figures` (counted, low, high), `plain`
    the words that are no names."""

    id: str
    article: str
    speakers: tuple[str, ...]
    key: tuple[str, ...]
    when: When | None
    span: tuple[str, str] | None
    venue: str | None
    words: frozenset[str]
    plain: frozenset[str]
    runs: frozenset[str]
    long_runs: frozenset[str]
    slots: frozenset[tuple[str, str]]
    figures: tuple[tuple[str, float, float | None], ...]


def utterances(
    readings: Sequence[Reading], actor_of: Mapping[str, str], count: Count, components: Components
) -> tuple[tuple[Link, ...], tuple[Utterance, ...]]:
    """Links of attributions to utterances, and the utterances. Attributions without a speaker stand in none."""
    reports = [r for reading in readings for r in _reports(reading, actor_of)]
    by_speaker: defaultdict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        by_speaker[report.key].append(report)
    edges = [(a.id, b.id) for group in by_speaker.values() for a, b in _compared(group) if one_act(a, b)]
    edges += _quoted_alike(reports)
    cluster = components((r.id for r in reports), edges)
    members: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        members[cluster[report.id]].append(report)
    made = [_utterance(found, count) for found in members.values()]
    links = [Link(kind="utterance", member=a, cluster=u.id) for u in made for a in u.attributions]
    return tuple(sorted(links, key=lambda link: link.member)), tuple(sorted(made, key=lambda u: u.id))


def _reports(reading: Reading, actor_of: Mapping[str, str]) -> Iterator[Report]:
    figures: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in reading.figures:
        if figure.attribution:
            figures[figure.attribution].append(figure)
    slots: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in reading.claims:
        if claim.attribution and claim.object and claim.act not in TOLD:
            slots[claim.attribution].add((claim.act, claim.object))
    named = {mention.id for mention in reading.mentions if mention.name}
    for attribution in reading.attributions:
        speakers = tuple(sorted({actor_of[s.mention] for s in attribution.speakers if s.mention and s.mention in actor_of}))
        words = " ".join(fold(" ".join(s.evidence.exact for s in attribution.speakers if s.evidence)))
        known = any(s.mention in named for s in attribution.speakers)
        if (speakers or words) and attribution.cue.kind not in NO_SPEECH and attribution.parent is None:
            yield Report(
                id=attribution.id,
                article=reading.article.id,
                speakers=speakers,
                key=speakers if known else (f"words:{words}",),
                when=attribution.said,
                span=_span(attribution.said, reading.article.published.value),
                venue=_venue(attribution),
                words=_words(attribution.content),
                plain=_plain(attribution.content),
                runs=spoken_runs(attribution, SAME_QUOTE),
                long_runs=spoken_runs(attribution, LONG_QUOTE),
                slots=frozenset(slots[attribution.id]),
                figures=tuple((f.counted, f.low, f.high) for f in figures[attribution.id]),
            )


def _span(said: When | None, published: When | None) -> tuple[str, str] | None:
    """The days on which it can have been said: its own, else those before the page's."""
    if said and said.earliest and said.latest:
        return said.earliest[:10], said.latest[:10]
    last = (published.latest or published.earliest) if published else None
    if last is None:
        return None
    return (date.fromisoformat(last[:10]) - timedelta(days=LATE_DAYS)).isoformat(), last[:10]


def _venue(attribution: Attribution) -> str | None:
    """Where it was said, folded: a channel it was given to, else a place or occasion."""
    for relay in attribution.relays:
        if relay.kind in GIVEN_TO:
            return " ".join(fold(relay.name))
    return " ".join(fold(attribution.venue.exact)) if attribution.venue else None


def _words(content: Iterable[Quote]) -> frozenset[str]:
    return frozenset(word.casefold() for quote in content for word in WORD.findall(quote.exact))


def _plain(content: Iterable[Quote]) -> frozenset[str]:
    return frozenset(word for quote in content for word in WORD.findall(quote.exact) if word.islower() or word.isdigit())


def spoken_runs(attribution: Attribution, size: int) -> frozenset[str]:
    """Runs of words of direct speech: equal ones are one act of speech, whatever days and venues are printed."""
    if attribution.mode == "indirect":
        return frozenset()
    made: set[str] = set()
    for quote in attribution.content:
        words = re.findall(r"\w+", quote.exact.casefold())
        made |= {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}
    return frozenset(made)


def _quoted_alike(reports: Iterable[Report]) -> Iterator[tuple[str, str]]:
    """Reports with one long quotation, of which at least one does not name the speaker."""
    first: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (r.key[0].startswith("words:"), r.id)):
        for run in sorted(report.long_runs):
            before = first.setdefault(run, report)
            if before is not report and report.key[0].startswith("words:"):
                yield before.id, report.id


def _compared(group: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Pairs of one speaker's reports; of a speaker who is quoted very often, those that share something rarer."""
    if len(group) <= MANY:
        for n, left in enumerate(group):
            for right in group[n + 1 :]:
                yield left, right
        return
    index: defaultdict[str, list[int]] = defaultdict(list)
    for n, report in enumerate(group):
        keys = {f"run:{min(report.runs)}"} if report.runs else set()
        for key in {*report.words, *keys, f"in:{report.article}", f"at:{report.venue} {report.span}"}:
            index[key].append(n)
    pairs: set[tuple[int, int]] = set()
    for holders in index.values():
        reach = len(holders) if len(holders) <= COMMON else 2
        pairs |= {(a, b) for k, a in enumerate(holders) for b in holders[k + 1 : k + 1 + reach]}
    for a, b in sorted(pairs):
        yield group[a], group[b]


def one_act(left: Report, right: Report) -> bool:
    """Whether two reports of the same speakers can only be of one act of speech."""
    if left.runs & right.runs:
        return True
    if not _one_venue(left.venue, right.venue) or _figures_differ(left, right):
        return False
    meet = _meet(left.span, right.span)
    if meet is False:
        return False
    at_one_place = left.venue is not None and right.venue is not None
    if left.article == right.article:
        return (left.when is None) == (right.when is None) or at_one_place
    return _overlap(left, right) or (at_one_place and bool(meet)) or (bool(meet) and _slots(left, right))


def _one_venue(left: str | None, right: str | None) -> bool:
    """No two different venues; "interfax" and "the interfax news agency" are one."""
    if left is None or right is None:
        return True
    a, b = set(left.split()), set(right.split())
    return a <= b or b <= a


def _figures_differ(left: Report, right: Report) -> bool:
    """Both count the same thing, otherwise: two statements, unless one article gives both."""
    if left.article == right.article:
        return False
    pairs = [(a, b) for a in left.figures for b in right.figures if a[0] == b[0]]
    return bool(pairs) and not any(a[1:] == b[1:] for a, b in pairs)


def _overlap(left: Report, right: Report) -> bool:
    """Enough words in common; without a day for both, names do not count: all that one leader says of another names him."""
    dated = left.when is not None and right.when is not None
    mine, theirs = (left.words, right.words) if dated else (left.plain, right.plain)
    shared = len(mine & theirs)
    return shared >= FEWEST_WORDS and shared >= SHARED_WORDS * min(len(mine), len(theirs))


def _slots(left: Report, right: Report) -> bool:
    """One figure that is not said by chance, or the same act on the same object with a word in common."""
    numbers = {f for f in left.figures if f[1] >= TELLING} & set(right.figures)
    return bool(numbers) or bool(left.slots & right.slots and left.words & right.words)


def _meet(left: tuple[str, str] | None, right: tuple[str, str] | None) -> bool | None:
    """Whether two spans of days have one in common; None where one of them is not known."""
    if left is None or right is None:
        return None
    return left[0] <= right[1] and right[0] <= left[1]


def _utterance(reports: Sequence[Report], count: Count) -> Utterance:
    dated = sorted((r.when for r in reports if r.when and r.when.earliest), key=lambda w: (_length(w), w.earliest or ""))
    venues = sorted({r.venue for r in reports if r.venue})
    low, high = count({r.article for r in reports})
    return Utterance(
        id=identify("utterance", least(r.id for r in reports)),
        speakers=tuple(sorted({s for r in reports for s in r.speakers})),
        when=dated[0] if dated else None,
        venue=venues[0] if venues else None,
        attributions=tuple(sorted(r.id for r in reports)),
        origins_low=low,
        origins_high=high,
    )


def _length(when: When) -> int:
    """0 for a day or less, 1 for more: the sharpest time is the one to show."""
    return 0 if (when.earliest or "")[:10] == (when.latest or "")[:10] else 1
