"""claims -> incidents: the deeds at one place and time that several claims tell of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

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
    readings: Sequence[Reading], actor_of: Mapping[str, str], components: Components
) -> tuple[tuple[Link, ...], tuple[Incident, ...]]:
    """Links of claims to incidents, and the incidents. A deed without a place or a day stands in none: two strikes on one
    town a week apart are two, and a deed that nobody dated cannot be told from another."""
    by_place: defaultdict[tuple[str, str], list[_Deed]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims:
            if (deed := _deed(claim, reading, actor_of)) is not None:
                by_place[claim.act, deed.place].append(deed)
    links: list[Link] = []
    made: list[Incident] = []
    for (act, place), deeds in sorted(by_place.items()):
        one = ((a.claim.id, b.claim.id) for a, b in combinations(deeds, 2) if _same_day(a.claim.when, b.claim.when))
        cluster = components((d.claim.id for d in deeds), one)
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


def _same_day(left: When | None, right: When | None) -> bool:
    if not (left and right and left.earliest and left.latest and right.earliest and right.latest):
        return False
    return left.earliest[:10] <= right.latest[:10] and right.earliest[:10] <= left.latest[:10]


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
