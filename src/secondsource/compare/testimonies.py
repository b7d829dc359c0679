"""readings and links -> testimonies: every claim and figure with who stands behind it."""

from collections.abc import Iterable, Iterator, Mapping

from secondsource.model import Actor, Attribution, Claim, Figure, Reading, Testimony, When

# A side is the state or group at the end of these links.
TO_A_SIDE = ("speaks_for", "part_of", "metonym_of")


def sides(actors: Iterable[Actor]) -> dict[str, str]:
    """Actor -> the actor at the end of its links: a minister's state, a capital's state; itself where it has no link."""
    by_id = {actor.id: actor for actor in actors}

    def side(actor: Actor, seen: frozenset[str]) -> str:
        for kind in TO_A_SIDE:
            for relation in actor.relations:
                if relation.kind == kind and relation.to in by_id and relation.to not in seen:
                    return side(by_id[relation.to], seen | {relation.to})
        return actor.id

    return {name: side(actor, frozenset({name})) for name, actor in by_id.items()}


def testimonies(
    readings: Iterable[Reading],
    actor_of: Mapping[str, str],
    origin_of: Mapping[str, str],
    utterance_of: Mapping[str, str],
    side_of: Mapping[str, str],
) -> tuple[Testimony, ...]:
    """One testimony a claim, a figure and an attribution that stands in an utterance, in the order of their ids."""
    found: list[Testimony] = []
    for reading in readings:
        found += _statements(reading, actor_of, origin_of, utterance_of)
        said = {attribution.id: attribution for attribution in reading.attributions}
        for record in _records(reading):
            attribution = said.get(record.attribution) if record.attribution else None
            asserters = _asserters(attribution, actor_of)
            claim = record if isinstance(record, Claim) else None
            actor = actor_of.get(claim.actor) if claim and claim.actor else None
            found.append(
                Testimony(
                    id=record.id,
                    article=reading.article.id,
                    origin=origin_of[reading.article.id],
                    evidence=record.evidence,
                    asserters=asserters,
                    utterance=utterance_of.get(attribution.id) if attribution else None,
                    claim=claim,
                    figure=record if isinstance(record, Figure) else None,
                    unfit=_unfit(record, reading),
                    actor=actor,
                    target=actor_of.get(claim.target) if claim and claim.target else None,
                    place=actor_of.get(claim.place) if claim and claim.place else None,
                    sides=tuple(sorted({side_of[a] for a in asserters})),
                    actor_side=side_of.get(actor) if actor else None,
                    day=_day(record, attribution, reading),
                )
            )
    return tuple(sorted(found, key=lambda t: t.id))


def _statements(
    reading: Reading, actor_of: Mapping[str, str], origin_of: Mapping[str, str], utterance_of: Mapping[str, str]
) -> Iterator[Testimony]:
    for attribution in reading.attributions:
        if attribution.id in utterance_of and attribution.content:
            yield Testimony(
                id=attribution.id,
                article=reading.article.id,
                origin=origin_of[reading.article.id],
                evidence=attribution.content,
                asserters=_asserters(attribution, actor_of),
                utterance=utterance_of[attribution.id],
                attribution=attribution,
                day=attribution.said,
            )


def _unfit(record: Claim | Figure, reading: Reading) -> str:
    """What the reading noted against the time that the claim rests on."""
    if isinstance(record, Figure) or record.when is None:
        return ""
    notes = [t.note for t in reading.times if t.note and t.when == record.when and record.evidence[0].span.covers(t.quote)]
    return notes[0] if notes else ""


def _records(reading: Reading) -> Iterator[Claim | Figure]:
    yield from reading.claims
    yield from reading.figures


def _asserters(attribution: Attribution | None, actor_of: Mapping[str, str]) -> tuple[str, ...]:
    if attribution is None:
        return ()
    return tuple(sorted({actor_of[s.mention] for s in attribution.speakers if s.mention and s.mention in actor_of}))


def _day(record: Claim | Figure, attribution: Attribution | None, reading: Reading) -> When | None:
    if isinstance(record, Figure) and record.as_of:
        return record.as_of
    if attribution and attribution.said and attribution.said.earliest:
        return attribution.said
    return reading.article.published.value
