"""positions, reports -> pledges: what was promised, agreed or accepted, and what the reports tell of it afterwards

Kept, broken, disputed (each blames the other), failed (and nobody is blamed), not reported. Broken is said only where the
reports' own voice, the breaker or a bystander says so: what one side says of the other makes a pledge disputed at most.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from secondsource.model import Claim, Pledge, Position, Quote, Reading, When, identify
from secondsource.rate.aftermath import Telling, Told
from secondsource.rate.shifts import YES, day_of, in_order

OFFERS = frozenset({"offer", "conditional_offer"})


def pledges(positions: Sequence[Position], readings: Iterable[Reading], told: Telling) -> tuple[Pledge, ...]:
    """One pledge a promise, an agreement or an acceptance; the same one made again is still one."""
    dated = [p for p in in_order(positions) if day_of(p.when)]
    groups: list[list[Position]] = []
    for position in dated:
        if position.act in YES:
            _join(position, groups, dated)
    undated = [[p] for p in positions if not day_of(p.when) and p.act in YES]
    found = list(readings)
    claims = [claim for reading in found for claim in reading.claims]
    made = [_pledge(group, dated, claims, told) for group in [*groups, *undated]]
    made += _failed(claims, told, made)
    return tuple(sorted(made, key=lambda p: (day_of(p.when) or "9999", p.id)))


def _join(position: Position, groups: list[list[Position]], dated: Sequence[Position]) -> None:
    """Into the pledge that it is part of: of one day and object, or made again by the same party with no refusal between."""
    for group in reversed(groups):
        first = group[0]
        if first.object != position.object:
            continue
        together = day_of(first.when) == day_of(position.when) and {first.act, position.act} <= {"agree", "accept"}
        again = any(p.actor == position.actor for p in group) and not _refused(group[-1], position, dated)
        if together or again:
            group.append(position)
            return
    groups.append([position])


def _refused(before: Position, after: Position, dated: Sequence[Position]) -> bool:
    start, end = day_of(before.when) or "", day_of(after.when) or ""
    mine = [p for p in dated if p.actor == after.actor and p.object == after.object]
    return any(p.act not in YES and start <= (day_of(p.when) or "") <= end for p in mine)


def _parties(group: Sequence[Position], dated: Sequence[Position]) -> tuple[str, ...]:
    """Those who bound themselves; who accepts an offer binds him who made it."""
    bound = {p.actor for p in group}
    for position in group:
        if position.act in {"accept", "agree"}:
            at = day_of(position.when) or ""
            before = [p for p in dated if p.object == position.object and p.actor not in bound and (day_of(p.when) or "") <= at]
            latest = {p.actor: p for p in before}
            bound |= {
                p.actor for p in latest.values() if p.act in OFFERS and (p.side or p.actor) != (position.side or position.actor)
            }
    return tuple(sorted(bound))


def _pledge(group: Sequence[Position], dated: Sequence[Position], claims: Sequence[Claim], told: Telling) -> Pledge:
    first = group[0]
    parties = _parties(group, dated)
    renounced = _renounced(group, dated)
    found = told.of(first, parties, group)
    outcome, chosen = _outcome(found, renounced)
    by: tuple[str, ...] = ()
    if outcome == "broken":
        by = tuple(sorted({party for t in chosen for party in t.by})) or (parties if len(parties) == 1 else ())
    quotes = tuple(
        dict.fromkeys([*(t.passage.quote for t in chosen), *(renounced.evidence if renounced and outcome == "broken" else ())])
    )
    at = min(
        (w for w in [*(t.when for t in chosen), renounced.when if renounced and outcome == "broken" else None] if day_of(w)),
        key=_key,
        default=None,
    )
    ended = at if outcome in {"broken", "failed_unattributed", "disputed"} else None
    return Pledge(
        id=identify("pledge", first.id, sorted(parties)),
        parties=parties,
        object=first.object,
        when=first.when,
        outcome=outcome,
        deeds=tuple(sorted({c.id for c in claims for q in quotes if _overlap(c.evidence, q)})),
        evidence=tuple(dict.fromkeys(q for p in group for q in p.evidence)),
        told=quotes,
        ended=ended,
        by=by,
        days=_days(first.when, ended),
    )


def _failed(claims: Iterable[Claim], told: Telling, made: Sequence[Pledge]) -> Iterator[Pledge]:
    """Accords of which only the failure is reported ("four ceasefire attempts have failed"), and nobody is blamed for it."""
    known = [q for pledge in made for q in (*pledge.told, *pledge.evidence)]
    for claim in claims:
        if claim.act != "end" or claim.object not in {"ceasefire", "agreement"} or claim.actor or claim.polarity == "negative":
            continue
        if told.failed(claim.evidence[0].exact) and not any(_overlap(claim.evidence, quote) for quote in known):
            yield Pledge(
                id=identify("pledge", claim.id),
                parties=(),
                object=claim.object,
                when=None,
                outcome="failed_unattributed",
                deeds=(claim.id,),
                evidence=claim.evidence,
                told=claim.evidence,
                ended=claim.when,
            )


def _key(when: When | None) -> str:
    return day_of(when) or "9999"


def _renounced(group: Sequence[Position], dated: Sequence[Position]) -> Position | None:
    """A later refusal of its own object by a party that had promised it."""
    last = {p.actor: p for p in group}
    for position in dated:
        mine = last.get(position.actor)
        if mine and position.act == "refuse" and position.object == mine.object and _key(position.when) > _key(mine.when):
            return position
    return None


def _outcome(found: Sequence[Told], renounced: Position | None) -> tuple[str, Sequence[Told]]:
    """The strongest that is told: each blames the other, one broke it, it failed, it was kept."""
    for kind in ("disputed", "broken", "failed_unattributed"):
        if chosen := [t for t in found if t.kind == kind]:
            return kind, chosen
    if renounced:
        return "broken", ()
    if chosen := [t for t in found if t.kind == "kept"]:
        return "kept", chosen
    return "not_reported", ()


def _overlap(evidence: Iterable[Quote], quote: Quote) -> bool:
    return any(q.article == quote.article and q.start < quote.end and quote.start < q.end for q in evidence)


def _days(start: When | None, end: When | None) -> int | None:
    """Whole days between two known days."""
    if start is None or end is None or not (start.earliest and end.earliest):
        return None
    return (date.fromisoformat(end.earliest[:10]) - date.fromisoformat(start.earliest[:10])).days
