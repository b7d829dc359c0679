"""asked sentence, library -> which passages carry it, why, and how sure; and what comes near without carrying it.

First equal words (anchors), then looser likeness inside what the anchors fix: the same act of speech, the same article, the same
speaker about the same days, the same origin. Without such ground only a likeness that leaves little open counts. What says the
same by the dossier's own rules (one figure, one answer to one question) carries the figure or the claim alone.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from secondsource.model import Attribution, Claim, Figure, Match, MatchKind, Record, Surety
from secondsource.trace.asking import Asked
from secondsource.trace.ground import Ground, days, figures_differ
from secondsource.trace.likeness import Likeness, close, quick
from secondsource.trace.passages import Library, Passage
from secondsource.trace.words import Word, content

WORTH = 0.22  # a quick score below which nothing is looked at more closely
ANCHOR = 0.75  # equal words in order: the same sentence with a word or two changed
SOFT = 0.6  # without any equal words, the passage that is nearest, if it is as near as this
BESIDE = 0.08  # other passages as near as the nearest one
FEWEST = 2  # words of content in common, for anything at all
NEAR = 3  # how many near misses are shown
WHY: dict[MatchKind, str] = {
    "same_words": "the same words",
    "cut": "the same words, cut",
    "altered": "the same words but for a few",
    "quotation": "another wording of the same statement, quoted",
    "paraphrase": "a paraphrase",
    "headline": "a headline made of it",
    "figure": "the figure alone",
    "claim": "the claim alone",
}


class Found(Record, frozen=True, kw_only=True):
    """A passage with its likeness to the sentence and the ground on which it counts."""

    passage: Passage
    likeness: Likeness
    ground: str = ""
    need: float = 0.0
    against: str = ""


class Findings(Record, frozen=True, kw_only=True):
    """What carries the sentence, what may, and the nearest that do not."""

    matches: tuple[Match, ...] = ()
    possible: tuple[Match, ...] = ()
    nearest: tuple[Match, ...] = ()


def search(asked: Asked, library: Library) -> Findings:
    """All passages that carry the sentence, each stretch of an article once, the surest first."""
    core = content(asked.core)
    near = [f for article in library.likely(asked.core) for f in _looked(asked, library, article)] if len(core) >= FEWEST else []
    near.sort(key=_rank)
    anchors = [f for f in near if _anchor(asked, f)]
    firm = bool(anchors)
    if not anchors:
        anchors = _soft(asked, library, near)
    if not anchors:
        return Findings(nearest=_nearest(library, near))
    ground = Ground(asked, library, [f.passage for f in anchors])
    kept: list[Found] = []
    others: list[Found] = []
    for found in _again(asked, library, ground, near):
        judged = _judged(found, ground, firm)
        (kept if not judged.against else others).append(judged)
    alone = list(ground.alone({f.passage.article for f in kept}))
    matches = _once([_match(asked, library, f) for f in kept] + alone)
    held = {m.article for m in matches}
    apart = [f for f in others if f.passage.article not in held]
    possible = _once(
        [_match(asked, library, f, possible=True) for f in apart if f.likeness.score >= f.need - 0.1 and f.ground and not f.likeness.same_run]
    )
    return Findings(matches=matches, possible=possible[:NEAR], nearest=_nearest(library, apart))


def _looked(asked: Asked, library: Library, article: str) -> Iterable[Found]:
    for passage in library.passages(article):
        words = asked.words if passage.whole else asked.core
        seen = quick(words, passage.words)
        if seen.score >= WORTH and seen.shared >= FEWEST:
            yield Found(passage=passage, likeness=close(words, passage.words, seen))


def _rank(found: Found) -> tuple[float, bool, str, int, int]:
    like = found.likeness
    return (-max(like.score, like.equal), found.passage.whole, found.passage.article, found.passage.start, found.passage.end)


def _anchor(asked: Asked, found: Found) -> bool:
    """Equal words: all of the sentence, a cut of it, or all but a few of them."""
    like = found.likeness
    if like.contained and len(asked.core) >= FEWEST:
        return True
    if like.cut and like.run == len(found.passage.words):
        return like.same_run or (like.shared >= 3 and like.here >= 0.4)
    return like.equal >= ANCHOR or (like.same_run and like.score >= 0.5)


def _soft(asked: Asked, library: Library, near: Sequence[Found]) -> list[Found]:
    """Where no words are equal: the nearest passages, if they leave little open."""
    fit = [f for f in near if f.likeness.score >= SOFT and f.likeness.shared >= 3 and not figures_differ(asked, library, f.passage)]
    if asked.speaker:
        fit = [f for f in fit if _spoken(asked, library, f.passage)]
    return [f for f in fit if f.likeness.score >= fit[0].likeness.score - BESIDE]


def _spoken(asked: Asked, library: Library, passage: Passage) -> bool:
    """Whether the passage's speakers can be the sentence's."""
    if passage.attribution is None:
        return True
    names = [n for a in library.outermost(passage.attribution) for n in library.names(a)]
    held = {w.stem for n in names for w in library.vocabulary.words(n)}
    for actor in library.speakers(passage.attribution):
        held |= {w.stem for alias in library.actors[actor].aliases for w in library.vocabulary.words(alias)}
    return not held or bool(held & asked.speaker)


def _again(asked: Asked, library: Library, ground: Ground, near: Sequence[Found]) -> list[Found]:
    """What came near, and the passages of articles that share the ground, now also measured against the anchors' own words."""
    seen = {(f.passage.article, f.passage.spans, f.passage.whole): f for f in near}
    for article in ground.articles():
        for passage in library.passages(article):
            key = (article, passage.spans, passage.whole)
            best = seen.get(key)
            for words in ground.wordings(asked, passage):
                like = quick(words, passage.words)
                if like.shared >= FEWEST and like.score >= WORTH and (best is None or like.score > best.likeness.score):
                    best = Found(passage=passage, likeness=close(words, passage.words, like))
            if best is not None:
                seen[key] = best
    return sorted(seen.values(), key=_rank)


def _judged(found: Found, ground: Ground, firm: bool) -> Found:
    """With the ground it stands on, how near it must be there, and what speaks against it."""
    name, need = ground.of(found.passage, found.likeness)
    against = ground.against(found.passage, found.likeness)
    if not against and found.likeness.score < need:
        shared = f"{found.likeness.score:.0%} of the content is shared"
        against = f"{shared}, too little {'for ' + name if name else 'without the same speaker, day or words'}"
    if not firm and not against and found.likeness.score < SOFT - BESIDE and name not in {"the same act of speech", "the same article"}:
        against = "no words are equal, and too little is shared"
    return replace(found, ground=name, need=need, against=against)


def _match(asked: Asked, library: Library, found: Found, *, possible: bool = False) -> Match:
    passage, like = found.passage, found.likeness
    attribution = library.attributions.get(passage.attribution or "")
    kind = _kind(passage, like, attribution)
    why = WHY[kind] if kind in {"same_words", "cut", "altered"} or not found.ground else f"{WHY[kind]}: {found.ground}"
    sure: Surety = "possible" if possible else "certain" if kind in {"same_words", "cut"} else "likely"
    return Match(
        article=passage.article,
        words=library.quote(passage),
        kind=kind,
        sure=sure,
        score=round(min(1.0, max(like.score, like.equal)), 3),
        why=why,
        segment=passage.segment,
        mode=attribution.mode if attribution else None,
        attribution=passage.attribution,
        utterance=library.utterance_of.get(passage.attribution or ""),
        speakers=library.speakers(passage.attribution),
    )


def _kind(passage: Passage, like: Likeness, attribution: Attribution | None) -> MatchKind:
    if like.contained:
        return "same_words"
    if like.cut and like.run == len(passage.words):
        return "cut"
    if like.equal >= ANCHOR:
        return "altered"
    if passage.segment != "body":
        return "headline"
    return "quotation" if attribution and attribution.mode != "indirect" else "paraphrase"


def _once(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Of matches that overlap in one article, the best."""
    order: dict[MatchKind, int] = {kind: n for n, kind in enumerate(WHY)}
    held: list[Match] = []
    for match in sorted(matches, key=lambda m: (order[m.kind], -m.score, m.article, m.words.start, m.words.end)):
        if not any(m.article == match.article and m.words.start < match.words.end and match.words.start < m.words.end for m in held):
            held.append(match)
    return tuple(held)


def _nearest(library: Library, near: Sequence[Found]) -> tuple[Match, ...]:
    """The nearest passages of different articles, and why they are not it."""
    made: dict[str, Match] = {}
    for found in sorted(near, key=_rank):
        if found.passage.article not in made and len(made) < NEAR:
            reason = found.against or f"{found.likeness.score:.0%} of the content is shared, and no run of equal words"
            attribution = library.attributions.get(found.passage.attribution or "")
            made[found.passage.article] = Match(
                article=found.passage.article, words=library.quote(found.passage), sure="possible",
                kind=_kind(found.passage, found.likeness, attribution), score=round(found.likeness.score, 3), why=reason,
                segment=found.passage.segment, attribution=found.passage.attribution,
                speakers=library.speakers(found.passage.attribution),
            )  # fmt: skip
    return tuple(made.values())
