"""Promises between records, executable: a dossier -> the same dossier, or BrokenInvariant.

Each function is one promise of ARCHITECTURE.md and yields what breaks it, in words. `check` runs them all; the pipeline calls
it on every dossier it makes, so that nothing is ever shown on words that are not there.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec

from secondsource.errors import BrokenInvariant
from secondsource.model import SPOKEN, Claim, Dossier, Figure, Quote, Record


def quotes_in(value: object) -> Iterator[Quote]:
    """Every Quote inside a record, however deep."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from quotes_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from quotes_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from quotes_in(item)


def quotes_are_verbatim(dossier: Dossier) -> Iterator[str]:
    """Promise 1: `quote.exact == text[start:end]`, for every Quote anywhere."""
    texts = {reading.article.id: reading.article.text for reading in dossier.readings}
    for quote in quotes_in(dossier):
        text = texts.get(quote.article)
        if text is None:
            yield f"a quote of {quote.article}, which is not in the dossier"
        elif text[quote.start : quote.end] != quote.exact or not quote.exact:
            yield f"{quote.article} [{quote.start}, {quote.end}) is not {quote.exact!r}"


def segments_are_in_order(dossier: Dossier) -> Iterator[str]:
    """Segments of one article stand in order, inside the text, and do not overlap."""
    for reading in dossier.readings:
        last = 0
        for segment in reading.article.segments:
            if not last <= segment.start < segment.end <= len(reading.article.text):
                yield f"{reading.article.name}: segment {segment.kind} [{segment.start}, {segment.end}) after {last}"
            last = segment.end


def evidence_is_spoken(dossier: Dossier) -> Iterator[str]:
    """Promise 4: comments, notes and adverts are evidence for no attribution, claim or figure."""
    for reading in dossier.readings:
        spoken = [s.span for s in reading.article.segments if s.kind in SPOKEN]
        rests: list[tuple[str, tuple[Quote, ...]]] = [(a.id, a.content) for a in reading.attributions]
        rests += [(record.id, record.evidence) for record in chain[Claim | Figure](reading.claims, reading.figures)]
        for name, quotes in rests:
            for quote in quotes:
                if not any(span.start < quote.end and quote.start < span.end for span in spoken):
                    yield f"{reading.article.name}: {name} rests on words outside the report: {quote.exact!r}"


def ids_are_unique(dossier: Dossier) -> Iterator[str]:
    """Promise 2: an id names one record."""
    ids = [reading.article.id for reading in dossier.readings]
    for r in dossier.readings:
        ids += [m.id for m in r.mentions] + [a.id for a in r.attributions] + [t.id for t in r.times]
        ids += [f.id for f in r.figures] + [c.id for c in r.claims]
    ids += [a.id for a in dossier.actors] + [o.id for o in dossier.origins] + [s.id for s in dossier.stories]
    ids += [u.id for u in dossier.utterances] + [i.id for i in dossier.incidents] + [q.id for q in dossier.questions]
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"the id {name} names {times} records"


def every_article_has_one_origin(dossier: Dossier) -> Iterator[str]:
    """An article is in exactly one origin."""
    held = Counter(article for origin in dossier.origins for article in origin.articles)
    for reading in dossier.readings:
        if dossier.origins and held[reading.article.id] != 1:
            yield f"{reading.article.name} is in {held[reading.article.id]} origins"


def counts_are_ordered(dossier: Dossier) -> Iterator[str]:
    """0 <= origins_low <= origins_high <= origins that there are."""
    most = len(dossier.origins)
    counted = [(u.id, u.origins_low, u.origins_high) for u in dossier.utterances]
    answers = [answer for question in dossier.questions for answer in question.answers]
    counted += [(a.id, a.reported_by.origins_low, a.reported_by.origins_high) for a in answers]
    for name, low, high in counted:
        if not 0 <= low <= high <= most:
            yield f"{name} counts {low} to {high} origins of {most}"


def references_exist(dossier: Dossier) -> Iterator[str]:
    """Ids that records give of each other name records of the same article."""
    for reading in dossier.readings:
        mentions = {mention.id for mention in reading.mentions}
        said = {attribution.id for attribution in reading.attributions}
        for attribution in reading.attributions:
            if attribution.parent not in said | {None}:
                yield f"{attribution.id} has an unknown parent"
            if any(speaker.mention not in mentions | {None} for speaker in attribution.speakers):
                yield f"{attribution.id} has an unknown speaker"
        for claim in reading.claims:
            if not {claim.actor, claim.target, claim.place, *claim.co_actors} <= mentions | {None}:
                yield f"{claim.id} names an unknown mention"
            if claim.attribution not in said | {None}:
                yield f"{claim.id} has an unknown attribution"


PROMISES: tuple[Callable[[Dossier], Iterator[str]], ...] = (
    quotes_are_verbatim,
    segments_are_in_order,
    evidence_is_spoken,
    ids_are_unique,
    every_article_has_one_origin,
    counts_are_ordered,
    references_exist,
)


def check(dossier: Dossier) -> Dossier:
    """The dossier itself. Raises BrokenInvariant with the first broken promise's words."""
    for promise in PROMISES:
        for broken in promise(dossier):
            raise BrokenInvariant(f"{promise.__name__}: {broken}")
    return dossier


def fingerprint(dossier: Dossier) -> str:
    """All records as canonical JSON: equal strings are equal dossiers."""
    return msgspec.json.encode(dossier, order="deterministic").decode()
