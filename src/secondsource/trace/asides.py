"""matches -> who speaks against the sentence, who did not answer, and who was never asked, each with the words."""

from collections.abc import Iterable, Iterator, Sequence

from secondsource.model import Attribution, Chain, Match, Objection, Quote
from secondsource.trace.asking import Asked
from secondsource.trace.ground import may_be
from secondsource.trace.likeness import quick
from secondsource.trace.passages import Library

LIKE = 0.34  # of the content, for a denial to be a denial of this
NEXT = 420  # code points after the words: "rejected the demand" is of the demand just told
SHORT = 4  # words of a content that only points back
POINTING = ("the ", "this ", "that", "it", "as ")
WEIGHTY = 2.0  # a word that tells what a denial nearby is about
BLAMING = frozenset({"accuse", "threaten", "demand"})
DEEDS = frozenset({"strike", "destroy", "kill", "attack", "detain", "violate"})  # told by one of another
HEARD = frozenset({"person", "organisation", "state", "group", "unknown"})


def objections(asked: Asked, library: Library, matches: Sequence[Match], chains: Sequence[Chain]) -> tuple[Objection, ...]:
    """Who denies or rejects what the sentence says, and who gave no answer on a page that carries it."""
    mouths = {h.actor for c in chains for h in c.hops if h.actor}
    made: dict[tuple[str, str], Objection] = {}
    for article in sorted({m.article for m in matches}):
        here = [m for m in matches if m.article == article]
        for attribution in library.readings[article].attributions:
            kind = _kind(asked, library, attribution, here)
            if kind is None or _same(library, attribution, mouths):
                continue
            held = [library.person(article, library.actors[s]) for s in library.speakers(attribution.id) if s in library.actors]
            named: list[tuple[str, str | None]] = [(library.called(a), a.id) for a in held]
            named = named or [(name, None) for name in library.names(attribution)]
            for name, actor in named:
                made.setdefault((name, kind), Objection(name=name, kind=kind, words=_words(library, attribution), actor=actor))  # type: ignore[arg-type]
    for objection in _denied(library, matches):
        if objection.actor not in mouths:
            made.setdefault((objection.name, objection.kind), objection)
    return tuple(made[key] for key in sorted(made))


def _kind(asked: Asked, library: Library, attribution: Attribution, here: Sequence[Match]) -> str | None:
    kind = attribution.cue.kind
    if kind == "silence":
        return "no_answer"
    if kind not in {"deny", "refuse"} or attribution.id in {m.attribution for m in here}:
        return None
    word = "denies" if kind == "deny" else "rejects"
    if not attribution.content:
        return None
    content = " ".join(q.exact for q in attribution.content)
    words = library.vocabulary.words(content)
    start = attribution.content[0].start
    known = {w.stem for w in asked.core if w.weight >= WEIGHTY and not w.name}
    near = any(abs(start - m.words.end) <= 2 * NEXT for m in here)
    like = quick(asked.core, words)
    if kind == "deny" and ((like.shared >= 2 and like.score >= LIKE) or (near and known & {w.stem for w in words})):
        return word
    follows = any(0 <= start - m.words.end <= NEXT for m in here)
    if follows and (len(words) <= SHORT or attribution.mode == "mixed") and content.casefold().startswith(POINTING):
        between = [m for m in library.readings[attribution.article].attributions
                   if m.content and any(h.words.end <= m.content[0].start < start for h in here)
                   and m.speakers != attribution.speakers]  # fmt: skip
        return word if len(between) <= 1 else None
    return None


def _words(library: Library, attribution: Attribution) -> Quote:
    """The sentence in which it is said."""
    at = attribution.content[0] if attribution.content else attribution.cue.evidence
    if at is None:
        raise ValueError(f"{attribution.id} has neither content nor cue")
    for passage in library.passages(attribution.article):
        if passage.whole and passage.start <= at.start < passage.end:
            return library.quote(passage)
    return at


def _same(library: Library, attribution: Attribution, mouths: set[str]) -> bool:
    """Whether the speaker is one of those who are said to have said the sentence."""
    mine = [library.actors[s] for s in library.speakers(attribution.id) if s in library.actors]
    return any(may_be(a, library.actors[m]) for a in mine for m in mouths if m in library.actors)


def _denied(library: Library, matches: Sequence[Match]) -> Iterator[Objection]:
    """What the dossier's own questions say of claims that the matches' words hold."""
    mine = {
        claim.id for m in matches for claim in library.readings[m.article].claims
        if any(m.words.start <= q.start and q.end <= m.words.end for q in claim.evidence)
    }  # fmt: skip
    if not mine:
        return
    for question in library.dossier.questions:
        answers = [a for a in question.answers if mine & set(a.claims)]
        for answer in answers:
            for actor in answer.denied_by:
                words = next(
                    (q for other in question.answers if other is not answer
                     and any(x.actor == actor for x in other.asserted_by) for q in other.evidence), None
                )  # fmt: skip
                if words is not None and actor in library.actors:
                    yield Objection(name=library.called(library.actors[actor]), kind="denies", words=words, actor=actor)


def not_asked(
    library: Library, matches: Sequence[Match], chains: Sequence[Chain], against: Iterable[Objection]
) -> tuple[str, ...]:
    """Those whom the words accuse or name as a target, and who are heard on no page that carries them."""
    mouths = {h.actor for c in chains for h in c.hops if h.actor}
    answered = mouths | {o.actor for o in against if o.actor}
    targets: dict[str, str] = {}
    heard: set[str] = set()
    for article in sorted({m.article for m in matches}):
        reading = library.readings[article]
        heard |= {s for a in reading.attributions for s in library.speakers(a.id)}
        for claim in reading.claims:
            inside = any(m.article == article and m.words.start <= q.start and q.end <= m.words.end
                         for m in matches for q in claim.evidence)  # fmt: skip
            blamed = claim.target if claim.act in BLAMING else claim.actor if claim.act in DEEDS and claim.attribution else None
            actor = library.actor_of.get(blamed or "") if inside else None
            if actor and actor in library.actors and library.actors[actor].kind in HEARD:
                targets[actor] = library.called(library.actors[actor])
    voices = [library.actors[a] for a in heard | answered if a in library.actors]
    return tuple(sorted(name for actor, name in targets.items() if not any(may_be(library.actors[actor], v) for v in voices)))
