"""asked sentence, anchors -> where the figure or the claim alone stands, by the records that were read, not by its words."""

from collections.abc import Collection, Iterator, Sequence

from secondsource.model import Claim, Figure, Match
from secondsource.trace.asking import Asked
from secondsource.trace.ground import figures_differ, meet
from secondsource.trace.likeness import close, quick
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.swaps import astray, swapped, telling
from secondsource.trace.words import content

SHORT = 5  # words of content: a sentence that says little beside its figure
LIKE = 0.3  # shared content that a longer one must have with the figure's sentence
DEED = 0.5  # shared content of a sentence that tells the same deed
SENSE = 0.2  # of the content without names: who does it does not tell what is done
AGAINST = frozenset({"deny", "refuse", "silence"})
SPEECH = frozenset({"say", "praise", "deny"})


def figures(asked: Asked, library: Library) -> Iterator[Match]:
    """Figures that count the same thing and count it the same."""
    if not asked.figures:
        return
    short = len(content(asked.core)) <= SHORT
    numbers = {w.stem for w in asked.core if w.stem[0].isdigit()}
    for reading in library.dossier.readings:
        for figure in reading.figures:
            printed = {w.stem for q in figure.evidence for w in library.vocabulary.words(q.exact)}
            if not any(f.counted == figure.counted for f in asked.figures) or not numbers & printed:
                continue
            passage = sentence_of(library, figure)
            if passage and (short or quick(asked.core, passage.words).here >= LIKE):
                yield match(library, reading.article.id, figure, "the same figure of the same thing")


def claims(asked: Asked, library: Library, articles: Collection[str]) -> Iterator[Match]:
    """Claims of the same deed, where most of what is asked stands in the sentence that makes them."""
    wanted = {(c.act, c.polarity) for c in asked.claims if c.act not in SPEECH}
    if not wanted:
        return
    names = {w.stem for w in asked.core if telling(w)}
    for article in articles:
        for claim in library.readings[article].claims:
            passage = sentence_of(library, claim) if (claim.act, claim.polarity) in wanted else None
            if (
                passage is None
                or claim.realis != "actual"
                or _other_day(asked, claim)
                or figures_differ(asked, library, passage)
            ):
                continue
            like = quick(asked.core, passage.words)
            like = close(asked.core, passage.words, like)
            if (
                astray(asked, library, passage)
                or swapped(asked, library, passage, like)
                or not _same_actor(asked, library, claim)
            ):
                continue
            if like.senses < 1 or like.sense < SENSE:
                continue
            if like.here >= DEED or (like.shared >= 2 and names and names <= {w.stem for w in passage.words}):
                yield match(library, article, claim, "the same deed")


def _same_actor(asked: Asked, library: Library, claim: Claim) -> bool:
    """Whether the doer that is asked about, if one is, can be the claim's."""
    asked_for = {w.stem for n in asked.actors for w in library.vocabulary.words(n) if telling(w) or w.weight >= 2}
    if not asked_for:
        return True
    actor = library.actors.get(library.actor_of.get(claim.actor or "", ""))
    names = {w.stem for alias in (actor.aliases if actor else ()) for w in library.vocabulary.words(alias)}
    passage = sentence_of(library, claim)
    return bool(asked_for & (names or {w.stem for w in (passage.words if passage else ())}))


def _other_day(asked: Asked, claim: Claim) -> bool:
    """Whether both say when, and say it otherwise."""
    mine = [(w.earliest[:10], w.latest[:10]) for w in asked.days if w.earliest and w.latest]
    when = claim.when
    if not mine or when is None or not when.earliest or not when.latest:
        return False
    return not any(meet(span, (when.earliest[:10], when.latest[:10])) for span in mine)


def answers(library: Library, anchors: Sequence[Passage], held: Collection[str]) -> Iterator[Match]:
    """Claims and figures elsewhere that give the anchors' answer to the anchors' question, by the dossier's own rules."""
    mine = {
        record.id for article in held for record in _records(library, article)
        if _anchored(record, anchors)
    }  # fmt: skip
    for name in sorted(mine):
        for question, answer in library.answers.get(name, ()):
            for other in answer.claims:
                record = library.records.get(other)
                if record is not None and other not in mine and record.article not in held:
                    yield match(library, record.article, record, f"the same answer to “{question.text}” ({answer.text})")


def _records(library: Library, article: str) -> Iterator[Claim | Figure]:
    """What is claimed and counted in one article."""
    yield from library.readings[article].claims
    yield from library.readings[article].figures


def _anchored(record: Claim | Figure, anchors: Sequence[Passage]) -> bool:
    """Whether the record's words are words of an anchor."""
    return any(
        p.article == q.article and any(a <= q.start and q.end <= b for a, b in p.spans)
        for q in record.evidence
        for p in anchors
    )


def sentence_of(library: Library, record: Claim | Figure) -> Passage | None:
    """The sentence that holds the record's first words."""
    if not record.evidence:
        return None
    quote = record.evidence[0]
    whole = (p for p in library.passages(record.article) if p.whole)
    return next((p for p in whole if p.start <= quote.start and quote.end <= p.end), None)


def match(library: Library, article: str, record: Claim | Figure, why: str) -> Match:
    """The record as a match, with its sentence for words."""
    passage = sentence_of(library, record)
    kind = "figure" if isinstance(record, Figure) else "claim"
    attribution = record.attribution
    if attribution in library.attributions and library.attributions[attribution].cue.kind in AGAINST:
        attribution = None  # who rejects a charge does not say what the charge is about
    return Match(
        article=article,
        words=library.quote(passage) if passage else record.evidence[0],
        kind="figure" if isinstance(record, Figure) else "claim",
        sure="likely",
        score=0.5,
        why=f"the {kind} alone: {why}",
        segment=passage.segment if passage else "body",
        attribution=attribution,
        utterance=library.utterance_of.get(attribution or ""),
        mode=library.attributions[attribution].mode if attribution in library.attributions else None,
        speakers=library.speakers(attribution),
    )


__all__ = ["answers", "claims", "figures"]
