"""asked sentence, library -> which passages carry it, why, and how sure; and what comes near without carrying it.

First equal words (anchors), then looser likeness inside what the anchors fix: the same act of speech, the same article, the
same speaker about the same days, the same origin. Without such ground only a likeness that leaves little open counts. What says
the same by the dossier's own rules (one figure, one answer to one question) carries the figure or the claim alone.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from secondsource.model import Attribution, Match, MatchKind, Record, Surety
from secondsource.trace import alone
from secondsource.trace.asking import Asked
from secondsource.trace.ground import LOWER, PAGE, PLACE, Ground, days, figures_differ, known, may_be, meet
from secondsource.trace.likeness import SENSES, Likeness, close, quick
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.restated import FEWEST, Found, copied, meets, one_place, titles, told_by
from secondsource.trace.swaps import astray, swapped
from secondsource.trace.words import content, counted

WORTH = 0.22  # a quick score below which nothing is looked at more closely
ANCHOR = 0.75  # equal words in order: the same sentence with a word or two changed
ALMOST = 0.55  # the same where six words in a row are equal
INSIDE = 0.8  # of the words in common, for them to be somebody's
SENSE = 0.3  # of the content without names, which may stand in every sentence
PART = 0.35  # of what is asked: a passage that has less of it is about one of several things that were pasted
MANY_NAMES = 3
SPOKEN = 0.4  # the same where the frame names the page's own speaker
SOFT = 0.52  # without any equal words, the passage that is nearest, if it is as near as this
BESIDE = 0.08  # other passages as near as the nearest one
WHOLE = 0.99  # of the content: all of it
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


class Findings(Record, frozen=True, kw_only=True):
    """What carries the sentence, what may, and the nearest that do not."""

    matches: tuple[Match, ...] = ()
    possible: tuple[Match, ...] = ()
    nearest: tuple[Match, ...] = ()
    anchors: tuple[Passage, ...] = ()


def search(asked: Asked, library: Library) -> Findings:
    """All passages that carry the sentence, each stretch of an article once, the surest first."""
    asked = _unframed(asked, library)
    if len(content(asked.core)) < FEWEST and not asked.figures:
        return Findings()
    near = sorted(_looked(asked, library), key=_rank)
    turned = [f.passage for f in near if not _is_exact(f) and swapped(asked, library, f.passage, f.likeness)]
    anchors = _anchors(asked, library, near)
    if not anchors and any(f.likeness.equal >= ANCHOR and swapped(asked, library, f.passage, f.likeness) for f in near):
        return Findings(nearest=_nearest(library, [_refused(asked, library, f) for f in near]))
    stated = (
        [] if _exact(anchors) else [*alone.figures(asked, library), *alone.claims(asked, library, library.likely(asked.core))]
    )
    stated = [m for m in stated if not any(p.article == m.article and meets(p, m.words.start, m.words.end) for p in turned)]
    if not anchors and not stated:
        anchors = _soft(asked, library, [f for f in near if not any(one_place(f.passage, p) for p in turned)])
    if not anchors and not stated:
        return Findings(nearest=_nearest(library, [_refused(asked, library, f) for f in near]))
    anchors += told_by(asked, library, anchors)
    ground = Ground(asked, library, [f.passage for f in anchors])
    own_mouth = any(_spoken(asked, library, f.passage) for f in anchors)
    firm = {(f.passage.article, f.passage.spans) for f in anchors}
    kept: list[Found] = []
    others: list[Found] = []
    for found in _again(asked, library, ground, near):
        judged = found if (found.passage.article, found.passage.spans) in firm else _judged(found, ground)
        apart_from = asked.speaker and asked.saying and own_mouth and not ground.in_place(found.passage)
        if apart_from and not judged.against and not _spoken(asked, library, found.passage):
            judged = replace(judged, against="another speaker")
        (kept if not judged.against else others).append(judged)
    kept += copied(asked, library, kept)
    kept += titles(library, kept)
    held = {f.passage.article for f in kept} | {m.article for m in stated}
    said = {f.passage.article for f in anchors if not f.passage.whole}
    told = [f.passage for f in anchors if not f.passage.whole or f.passage.article not in said]
    more = list(alone.answers(library, told, {f.passage.article for f in anchors}))
    stated += [m for m in more if m.article not in held]
    matches = _once([_match(asked, library, f) for f in kept] + stated)
    held = {m.article for m in matches}
    apart = [f for f in others if f.passage.article not in held]
    close_by = [f for f in apart if f.ground and f.likeness.score >= f.need - 0.1 and "shared" in f.against]
    possible = _once([_match(asked, library, f, possible=True) for f in close_by])
    return Findings(
        matches=matches, possible=possible[:NEAR], nearest=_nearest(library, apart), anchors=tuple(f.passage for f in anchors)
    )


def _unframed(asked: Asked, library: Library) -> Asked:
    """The sentence without its frame taken apart, where a speaker on a page says it whole: "N. N. has told me that…"."""
    if asked.core is asked.words:
        return asked
    size = len(asked.words)
    for article in library.likely(asked.words):
        for passage in library.passages(article):
            if passage.whole or len(passage.words) < size:
                continue
            seen = quick(asked.words, passage.words)
            if seen.here >= WHOLE and close(asked.words, passage.words, seen).contained:
                return replace(asked, core=asked.words, speaker=frozenset(), saying=None)
    return asked


def _looked(asked: Asked, library: Library) -> Iterable[Found]:
    """All that shares enough content for a closer look, with the order of its words."""
    core, words = counted(asked.core), counted(asked.words)
    for passage in library.near(words, library.likely(core), WORTH * core.weight / (words.weight or 1.0)):
        seen = quick(words if passage.whole else core, passage.words)
        if seen.score >= WORTH and seen.shared >= FEWEST:
            yield Found(passage=passage, likeness=close(words if passage.whole else core, passage.words, seen))


def _rank(found: Found) -> tuple[float, float, bool, str, int, int]:
    like = found.likeness
    return (
        -max(like.score, like.equal),
        -like.equal,
        found.passage.whole,
        found.passage.article,
        found.passage.start,
        found.passage.end,
    )


def _anchors(asked: Asked, library: Library, near: Sequence[Found]) -> list[Found]:
    """Equal words: all of the sentence, a cut of it, or all but a few of them by a speaker who can be the same."""
    fit = [f for f in near if not (asked.speaker and asked.saying) or _spoken(asked, library, f.passage)]
    exact = [f for f in fit if _is_exact(f)] or [f for f in near if _is_exact(f)]
    single = {(f.passage.article, span) for f in exact for span in f.passage.spans if len(f.passage.spans) == 1}
    exact = [f for f in exact if len(f.passage.spans) == 1 or not any(
        a == f.passage.article and f.passage.start <= s and e <= f.passage.end for a, (s, e) in single)]  # fmt: skip
    speakers = {s for f in exact for s in library.speakers(f.passage.attribution)}
    loose = [
        f for f in fit
        if f not in exact and not _encloses(f.passage, single)
        and (f.likeness.equal >= ANCHOR or (f.likeness.same_run and f.likeness.score >= ALMOST))
        and not swapped(asked, library, f.passage, f.likeness) and not figures_differ(asked, library, f.passage)
        and _among(library, f.passage, speakers)
        and not _denial(asked, library, f.passage)
        and (not exact or any(_one_saying(library, f.passage, e.passage) for e in exact))
    ]  # fmt: skip
    return exact + loose


def _encloses(passage: Passage, single: set[tuple[str, tuple[int, int]]]) -> bool:
    """Whether it is a longer stretch around an exact match: its other sentences are not what is asked."""
    return len(passage.spans) > 1 and any(
        a == passage.article and passage.start <= s and e <= passage.end for a, (s, e) in single
    )


def _one_saying(library: Library, passage: Passage, exact: Passage) -> bool:
    """Whether nearly equal words can be those of an exact match: two quotations that differ are two sayings, unless something
    beside the words says that they are one."""
    if not meet(days(library, passage), days(library, exact)):
        return False
    both = [library.attributions[p.attribution] for p in (passage, exact) if p.attribution]
    if len(both) < 2 or any(a.mode != "direct" for a in both) or passage.article in library.copies.get(exact.article, ()):
        return True
    return library.utterance_of.get(both[0].id, "") == library.utterance_of.get(both[1].id, " ")


def _denial(asked: Asked, library: Library, passage: Passage) -> bool:
    """Whether the passage tells that somebody denies it, and what is asked does not."""
    attribution = library.attributions.get(passage.attribution or "")
    if attribution is None or attribution.cue.kind != "deny" or asked.saying == "deny" or attribution.cue.evidence is None:
        return False
    cue = {w.stem for w in library.vocabulary.words(attribution.cue.evidence.exact)}
    return not cue & {w.stem for w in asked.words}


def _is_exact(found: Found) -> bool:
    like = found.likeness
    if like.contained:
        return True
    return like.cut and like.run == len(found.passage.words) and (like.same_run or (like.shared >= 3 and like.here >= 0.4))


def _exact(anchors: Sequence[Found]) -> bool:
    return any(_is_exact(f) for f in anchors)


def _among(library: Library, passage: Passage, speakers: set[str]) -> bool:
    """Whether the passage's speakers can be one of these; anybody's if these are none."""
    mine = [library.actors[s] for s in library.speakers(passage.attribution) if s in library.actors]
    held = known([library.actors[s] for s in speakers if s in library.actors])
    return not mine or not held or any(may_be(a, b) for a in mine for b in held)


def _soft(asked: Asked, library: Library, near: Sequence[Found]) -> list[Found]:
    """Where no words are equal: the nearest passages, if they leave little open. Less is enough where the frame's speaker, and
    perhaps the one spoken to, are the page's too."""
    fit: list[Found] = []
    for found in near:
        like, passage = found.likeness, found.passage
        if swapped(asked, library, passage, like) or figures_differ(asked, library, passage) or astray(asked, library, passage):
            continue
        if _denial(asked, library, passage):
            continue
        need = SOFT
        if asked.speaker:
            if not _spoken(asked, library, passage):
                continue
            if passage.attribution and library.names(library.attributions[passage.attribution]):
                need = SPOKEN
        names = sum(w.name for w in content(asked.core))  # all of them stand near: "astray" saw to that
        if names < MANY_NAMES and (like.senses < SENSES or like.sense < SENSE):
            continue
        if like.here < PART and not asked.speaker:
            continue
        if like.score >= need and (like.shared >= 3 or (asked.speaker and like.shared >= FEWEST)):
            fit.append(found)
    return [f for f in fit if f.likeness.score >= fit[0].likeness.score - BESIDE]


def _names(library: Library, attribution: Attribution) -> set[str]:
    return {w.stem for text in library.described(attribution) for w in library.vocabulary.words(text)}


def _spoken(asked: Asked, library: Library, passage: Passage) -> bool:
    """Whether the passage's speakers can be the sentence's."""
    if passage.attribution is None:
        return True
    for attribution in library.outermost(passage.attribution):
        held = _names(library, attribution)
        if not held or held & asked.speaker:
            return True
    return False


def _again(asked: Asked, library: Library, ground: Ground, near: Sequence[Found]) -> list[Found]:
    """What came near, and the passages of articles that share the ground, now also measured against the anchors' own words."""
    seen = {(f.passage.article, f.passage.spans, f.passage.whole, f.passage.attribution): f for f in near}
    for article in ground.articles():
        wordings = [asked.core, *ground.wordings(article)]
        for passage in library.passages(article):
            key = (article, passage.spans, passage.whole, passage.attribution)
            best = seen.get(key)
            if best is not None and _is_exact(best):
                continue
            for words in wordings:
                like = quick(words, passage.words)
                near_it = ground.in_place(passage) or (like.shared >= FEWEST and like.score >= WORTH)
                if near_it and (best is None or like.score > best.likeness.score):
                    # Equal to an anchor's words is not equal to what was asked.
                    own = close(asked.core, passage.words, like).equal
                    near_like = replace(close(words, passage.words, like), contained=False, cut=False, equal=own)
                    best = Found(passage=passage, likeness=near_like)
            if best is not None:
                seen[key] = best
    return sorted(seen.values(), key=_rank)


def _judged(found: Found, ground: Ground) -> Found:
    """With the ground it stands on, how near it must be there, and what speaks against it."""
    name, need = ground.of(found.passage, found.likeness)
    against = ground.against(found.passage, found.likeness)
    like = found.likeness
    loose = name != PLACE and not like.contained and not (like.cut and like.same_run)
    if not against and name == PLACE and not like.contained and not _share_stems(found, ground):
        against = "it stands in the same place of a copy and says something else"
    if not against and loose and len(counted(found.passage.words).plain) < SENSES:
        against = "too few words to say it"
    if not against and loose and like.senses < SENSES:
        against = "little but names is shared"
    score = min(like.score, like.sense) if loose and need != LOWER else like.score
    if not against and score < need:
        against = f"{score:.0%} of the content is shared, too little {'for ' + name if name else 'by itself'}"
    if not against and name in {PAGE, ""} and found.likeness.shared < 3 and not found.likeness.contained:
        against = f"only {found.likeness.shared} words of content are shared"
    return replace(found, ground=name, need=need, against=against)


def _share_stems(found: Found, ground: Ground) -> bool:
    """Whether a word of content, no name, is the same in the passage and in the words that it may say again."""
    mine = set(counted(found.passage.words).plain.stems)
    wordings = [ground.asked.core, *ground.wordings(found.passage.article)]
    return any(mine & set(counted(words).plain.stems) for words in wordings)


def _refused(asked: Asked, library: Library, found: Found) -> Found:
    """A near miss without any anchor, with the reason."""
    why = swapped(asked, library, found.passage, found.likeness)
    if not why and figures_differ(asked, library, found.passage):
        why = "it counts otherwise"
    if not why and asked.speaker and not _spoken(asked, library, found.passage):
        why = "another speaker"
    return replace(found, against=why)


def _match(asked: Asked, library: Library, found: Found, *, possible: bool = False) -> Match:
    passage, like = replace(found.passage, attribution=whose(asked, library, found.passage)), found.likeness
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


def whose(asked: Asked, library: Library, passage: Passage) -> str | None:
    """The innermost attribution that reports the words in common: what stands beside a statement is not said by its speaker."""
    wanted = {w.stem for w in (asked.words if passage.whole else asked.core)}
    shared = [w for w in content(passage.words) if w.stem in wanted] or list(content(passage.words))
    best: tuple[float, float, str] | None = None
    for attribution in library.readings[passage.article].attributions:
        inside = sum(any(q.start <= w.start < q.end for q in attribution.content) for w in shared) / max(1, len(shared))
        size = -sum(q.end - q.start for q in attribution.content)
        if inside >= INSIDE and attribution.speakers and (best is None or (size, 0.0) > best[:2]):
            best = (size, 0.0, attribution.id)
    if best:
        inner = _names(library, library.attributions[best[2]]) & {w.stem for w in content(asked.core)}
        chain = library.outermost(best[2]) if asked.speaker and asked.saying and not inner else ()
        return next((a.id for a in chain if _names(library, a) & asked.speaker), best[2])
    attribution_of = library.attributions.get(passage.attribution or "")
    if attribution_of is None or not passage.whole:
        return passage.attribution
    cue = attribution_of.cue.evidence
    framed = cue is not None and any(w.stem in wanted for w in library.vocabulary.words(cue.exact))
    inside = sum(any(q.start <= w.start < q.end for q in attribution_of.content) for w in shared)
    return passage.attribution if framed or 2 * inside >= len(shared) else None


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
        if not any(
            m.article == match.article and m.words.start < match.words.end and match.words.start < m.words.end for m in held
        ):
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
