"""claims -> incidents: the deeds at one place and time that several claims tell of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from secondsource.model import Claim, Components, Incident, Link, Reading, Record, When, identify, least

DEEDS = frozenset(
    {
        "strike",
        "clash",
        "capture",
        "withdraw",
        "destroy",
        "casualties",
        "displace",
        "arrest",
        "release",
        "exchange",
        "sign",
        "violate",
    }
)


class _Deed(Record, frozen=True, kw_only=True):
    claim: Claim
    place: str
    figures: tuple[str, ...]


def incidents(
    readings: Sequence[Reading], actor_of: Mapping[str, str], components: Components, story_of: Mapping[str, str]
) -> tuple[tuple[Link, ...], tuple[Incident, ...]]:
    """Links of claims to incidents, and the incidents, within a story. A deed without a place or a day stands in none: two
    strikes on one town a week apart are two, and a deed that nobody dated cannot be told from another."""
    by_place: defaultdict[tuple[str, str, str], list[_Deed]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims:
            if (deed := _deed(claim, reading, actor_of)) is not None:
                by_place[claim.act, deed.place, story_of.get(claim.article, "")].append(deed)
    links: list[Link] = []
    made: list[Incident] = []
    for (act, place, _), deeds in sorted(by_place.items()):
        cluster = components((d.claim.id for d in deeds), _meeting(deeds))
        groups: defaultdict[str, list[_Deed]] = defaultdict(list)
        for deed in deeds:
            groups[cluster[deed.claim.id]].append(deed)
        for group in groups.values():
            incident = _incident(act, place, group)
            made.append(incident)
            links += [Link(kind="incident", member=d.claim.id, cluster=incident.id) for d in group]
    return tuple(sorted(links, key=lambda link: link.member)), tuple(sorted(made, key=lambda i: i.id))


def _deed(claim: Claim, reading: Reading, actor_of: Mapping[str, str]) -> _Deed | None:
    place = actor_of.get(claim.place) if claim.place else None
    when = claim.when
    if claim.act not in DEEDS or claim.realis != "actual" or claim.polarity != "positive" or place is None:
        return None
    if when is None or when.precision not in {"day", "hour", "minute", "range"} or not (when.earliest and when.latest):
        return None
    counted = tuple(f.id for f in reading.figures if any(q.span.covers(f.evidence[0]) for q in claim.evidence))
    return _Deed(claim=claim, place=place, figures=counted)


def _days(when: When | None) -> tuple[str, str]:
    return ((when.earliest or "")[:10], (when.latest or "")[:10]) if when else ("", "")


def _meeting(deeds: Sequence[_Deed]) -> Iterator[tuple[str, str]]:
    """Deeds whose days touch, each with one before it: enough for components, and linear in their number."""
    latest: tuple[str, str] | None = None
    for deed in sorted(deeds, key=lambda d: (_days(d.claim.when), d.claim.id)):
        start, end = _days(deed.claim.when)
        if latest is not None and start <= latest[0]:
            yield latest[1], deed.claim.id
        latest = max(latest, (end, deed.claim.id)) if latest else (end, deed.claim.id)


def _incident(act: str, place: str, deeds: Sequence[_Deed]) -> Incident:
    dated = sorted((d.claim.when for d in deeds if d.claim.when), key=lambda w: (w.precision != "day", w.earliest or ""))
    return Incident(
        id=identify("incident", least(d.claim.id for d in deeds)),
        act=act,
        place=place,
        when=dated[0] if dated else None,
        claims=tuple(sorted(d.claim.id for d in deeds)),
        figures=tuple(sorted({f for d in deeds for f in d.figures})),
    )
