"""sentence, dossier -> passport: whose it is said to be, through whom it came to which page, and what changed on the way."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from secondsource.model import (
    PASTED,
    Attribution,
    Chain,
    Change,
    Count,
    Match,
    Omission,
    Passport,
    Reading,
    When,
    quote_of,
)
from secondsource.trace.asides import not_asked, objections
from secondsource.trace.asking import Asked, Refused, asked
from secondsource.trace.chains import SHARED, Chains
from secondsource.trace.changes import Side, changes
from secondsource.trace.comparing import between, quote_at, quoted, side
from secondsource.trace.ground import named
from secondsource.trace.likeness import quick
from secondsource.trace.matching import Findings, search
from secondsource.trace.passages import Library
from secondsource.trace.restated import FEWEST
from secondsource.trace.words import CONTENT, Vocabulary, Word, content, fold

SAME_LENGTH = 4  # words: a passage that is no longer than this beside the pasted words is compared whole

__all__ = ["Library", "Vocabulary", "passport"]


def passport(sentence: str, library: Library, count: Count, reading: Reading | None = None) -> Passport:
    """The sentence's passport. `count`: articles -> independent origins; `reading`: what was read from the sentence itself, if
    it was; without it a frame in the sentence ("…, she said") is not told from what was said. Never raises for any text."""
    wanted = asked(sentence, reading, library.vocabulary)
    if isinstance(wanted, Refused):
        if wanted.status != "other_language":
            return Passport(sentence=sentence, status=wanted.status, answer=wanted.answer)
        words = library.vocabulary.words(sentence)
        findings = search(Asked(text=sentence, words=words, core=words), library)
        findings = replace(findings, matches=tuple(m for m in findings.matches if m.kind == "same_words"))
        if not findings.matches:
            return Passport(sentence=sentence, status="other_language", answer=wanted.answer)
        wanted = Asked(text=sentence, words=words, core=words)
    else:
        findings = search(wanted, library)
    if not findings.matches:
        return _missing(wanted, library, findings)
    return _found(wanted, library, findings, count)


def _missing(wanted: Asked, library: Library, findings: Findings) -> Passport:
    """Nothing carries it: what comes near, or where else its words stand."""
    if aside := _beside(wanted, library):
        kind = aside.segment.replace("_", " ")
        article = "an" if kind[0] in "aeiou" else "a"
        text = (
            f"No report carries it. Its words stand in {article} {kind} on {library.article(aside.article).name}, "
            "which is evidence for nothing."
        )
        return Passport(sentence=wanted.text, status="not_evidence", answer=text, nearest=(aside,))
    near = findings.nearest
    if len(content(wanted.core)) < FEWEST and not near:
        text = "It has too few words of its own to be told from other sentences: paste the whole sentence that it stands in."
        return Passport(sentence=wanted.text, status="not_found", answer=text)
    told = "; ".join(f"{library.article(m.article).name}: {m.why}" for m in near)
    text = f"No article carries it. The nearest {'is' if len(near) == 1 else 'are'}: {told}." if near else (
        "No article carries it, and none comes near it."
    )  # fmt: skip
    return Passport(
        sentence=wanted.text, status="not_found", answer=text, possible=findings.possible, nearest=near,
        pasted=_pasted(wanted, library, near[0]) if near else (),
    )  # fmt: skip


def _beside(wanted: Asked, library: Library) -> Match | None:
    """The same words in a comment, a note or an advert."""
    folded = [w.folded for w in wanted.words]
    for reading in library.dossier.readings:
        for start, end, kind in ((s.start, s.end, s.kind) for s in reading.article.segments):
            if kind in {"title", "subheading", "body"}:
                continue
            words = library.vocabulary.words(reading.article.text, start, end)
            place = _run([w.folded for w in words], folded)
            if place is not None:
                quote = reading.article.quote(words[place].start, words[place + len(folded) - 1].end)
                return Match(
                    article=reading.article.id, words=quote, kind="same_words", sure="certain", score=1.0, segment=kind,
                    why="the same words, in what is evidence for nothing",
                )  # fmt: skip
    return None


def _run(words: Sequence[str], wanted: Sequence[str]) -> int | None:
    size = len(wanted)
    return next(
        (i for i in range(len(words) - size + 1) if words[i] == wanted[0] and list(words[i : i + size]) == list(wanted)), None
    )


def _found(wanted: Asked, library: Library, findings: Findings, count: Count) -> Passport:
    title_only = all(m.segment == "title" for m in findings.matches) and any(_marked(library, m) for m in findings.matches)
    found = tuple(replace(m, attribution=None, speakers=()) for m in findings.matches) if title_only else findings.matches
    chains = Chains(wanted, library, found).all()
    chains = tuple(_changed(chain, chains, library) for chain in chains)
    if title_only:
        chains = tuple(replace(c, matches=tuple(_nobodys(m) for m in c.matches)) for c in chains)
    matches = tuple(m for c in chains for m in c.matches)
    speakers = _speakers(chains, library)
    carriers = list(dict.fromkeys(c.article for c in chains))
    low, high = count(carriers)
    told = [m for m in matches if m.segment == "body"] or matches
    spoken = [library.attributions[m.attribution] for m in told if m.attribution]
    against = objections(wanted, library, matches, chains)
    other = _other_speaker(wanted, library, matches) if speakers else ""
    channel = next((h.name for c in chains for h in c.hops if h.kind == "channel"), None)
    best = min(matches, key=lambda m: (m.kind != "same_words", m.kind != "cut", -m.score))
    made = Passport(
        sentence=wanted.text,
        status="other_speaker"
        if other
        else "two_speakers"
        if len(speakers) > 1
        else "headline_only"
        if title_only
        else "found",
        answer="",
        speakers=speakers,
        said=_said(spoken),
        venue=next((a.venue for a in spoken if a.venue), None),
        addressee=next((a.addressee for a in spoken if a.addressee and a.addressee.exact not in (channel or "")), None),
        channel=channel,
        documents=tuple(c.article for c in chains if library.article(c.article).document),
        chains=chains,
        possible=findings.possible,
        articles=len(carriers),
        origins_low=low,
        origins_high=high,
        wordings=_wordings(matches, library),
        objections=against,
        left_out=_left_out(library, chains),
        pasted=_misnamed(wanted, library, best, other)
        if other
        else ()
        if best.kind == "same_words"
        else _pasted(wanted, library, best),
        not_asked=not_asked(library, matches, chains, against),
    )
    return _public(replace(made, answer=_answer(made, other, _of_several(spoken))), library)


def _public(made: Passport, library: Library) -> Passport:
    """The passport without ids that the dossier does not have."""
    if not any(m.attribution in library.added for c in made.chains for m in c.matches):
        return made
    chains = tuple(
        replace(c, matches=tuple(replace(m, attribution=None) if m.attribution in library.added else m for m in c.matches))
        for c in made.chains
    )
    return replace(made, chains=chains)


def _nobodys(match: Match) -> Match:
    """A headline's quotation with what it is against the text below it: nobody's."""
    text = "the headline quotes what the text has nobody say"
    return replace(match, changes=(Change(kind="headline_drift", text=text, after=(match.words,)), *match.changes))


def _marked(library: Library, match: Match) -> bool:
    """Whether a headline prints the words in quotation marks."""
    text = library.article(match.article).text
    return text[max(0, match.words.start - 1) : match.words.start + 1].strip()[:1] in tuple("\"“„«‘'")


def _of_several(spoken: Sequence[Attribution]) -> str:
    """The words for speakers who are no one mouth: "both governments"."""
    held = (s.evidence.exact for a in spoken for s in a.speakers if s.evidence)
    return next((words for words in held if fold(words.split()[0]) in SHARED), "")


def _answer(made: Passport, other: str, several: str) -> str:
    origins = f"{made.origins_low}" if made.origins_low == made.origins_high else f"{made.origins_low}–{made.origins_high}"
    counted = (
        f"{made.articles} {'article carries' if made.articles == 1 else 'articles carry'} it, from {origins} "
        f"{'origin' if origins == '1' else 'origins'}, in {made.wordings} {'wording' if made.wordings == 1 else 'wordings'}."
    )
    if other:
        return f"No article has {other} say it: it is said to be by {' and '.join(made.speakers)}. {counted}"
    if len(made.speakers) > 1:
        return f"{len(made.speakers)} speakers are said to have said it: {' and '.join(made.speakers)}. {counted}"
    if made.status == "headline_only":
        return f"It stands in quotation marks in a headline, and nobody on these pages is told to have said it. {counted}"
    if made.speakers:
        return f"Said to have been said by {made.speakers[0]}. {counted}"
    if several:
        return f"It is laid to “{several}”, and to nobody by name. {counted}"
    return f"Nobody is said to have said it: it is the articles' own voice. {counted}"


def _speakers(chains: Sequence[Chain], library: Library) -> tuple[str, ...]:
    """Names of the mouths, each once; the names of one actor are one, and descriptions stand back behind names. None where
    several say what some pages say in their own voice: then it is nobody's."""
    held: dict[str, str] = {}
    for chain in chains:
        for hop in chain.hops:
            if hop.kind == "speaker":
                held.setdefault(hop.actor or hop.name, hop.name)
    sure = {actor: name for actor, name in held.items() if actor in library.actors and named(library.actors[actor])}
    held = sure or held
    if len(held) > 1 and not all(any(h.kind == "speaker" for h in c.hops) for c in chains):
        return ()
    made: dict[frozenset[str], str] = {}
    for name in held.values():
        heads = _heads(name)
        same = next((h for h in made if len(h & heads) > 1 and (h <= heads or heads <= h)), heads)
        made.setdefault(same, name)
    return tuple(made.values())


def _heads(name: str) -> frozenset[str]:
    """The words of a name that tell whose it is: "Orsenia's Health Ministry" and "Health Ministry of Orsenia" have the same."""
    return frozenset(fold(word) for word in name.split()) - {"of", "the", "a", "for"}


def _other_speaker(wanted: Asked, library: Library, matches: Sequence[Match]) -> str:
    """The speaker whom the pasted frame names, where no match is that one's."""
    if not wanted.speaker or not wanted.saying:
        return ""
    known = False
    for match in matches:
        if match.attribution is None:
            continue
        for attribution in library.outermost(match.attribution):
            held = {w.stem for text in library.described(attribution) for w in library.vocabulary.words(text)}
            if held & wanted.speaker:
                return ""
            known = known or bool(held)
    if not known:
        return ""
    frame = [w for w in wanted.words if w.stem in wanted.speaker]
    named = [w for w in frame if w.name or wanted.text[w.start : w.start + 1].isupper()]
    return wanted.text[named[0].start : named[-1].end] if named else ""


def _misnamed(wanted: Asked, library: Library, match: Match, other: str) -> tuple[Change, ...]:
    """The speaker in the page's words, and the one in the pasted frame."""
    start = wanted.text.index(other)
    after = quote_of(PASTED, wanted.text, start, start + len(other))
    held = library.attributions[match.attribution].speakers if match.attribution else ()
    before = tuple(s.evidence for s in held if s.evidence)
    words = "; ".join(q.exact for q in before)
    return (Change(kind="changed", text=f"“{words}” became “{other}”", before=before, after=(after,)),)


def _said(spoken: Sequence[Attribution]) -> When | None:
    """The sharpest day that the words state."""
    dated = [a.said for a in spoken if a.said and a.said.earliest]
    return min(dated, key=lambda w: ((w.earliest or "")[:10] != (w.latest or "")[:10], w.earliest or ""), default=None)


def _wordings(matches: Sequence[Match], library: Library) -> int:
    """How many: equal words are one, with or without a frame; headlines are none, unless there is nothing else."""
    body = [m for m in matches if m.segment == "body"] or list(matches)
    made = {tuple(w.folded for w in library.vocabulary.words(m.words.exact)) for m in body if m.kind != "same_words"}
    return len(made) + any(m.kind == "same_words" for m in body)


def _changed(chain: Chain, chains: Sequence[Chain], library: Library) -> Chain:
    """The chain with, for each match, what changed against the words before it: its own page's quotation for a headline or a
    lead, else the page it comes from, else the surest words of another page."""
    body = [m for m in chain.matches if m.segment == "body"]
    first = next((m for m in body if quoted(library, m)), next(iter(body), chain.matches[0]))
    above = next((h.article for h in reversed(chain.hops[:-1]) if h.article), None)
    upper = next((c for c in chains if c.article == above), None)
    made: list[Match] = []
    for match in chain.matches:
        above_it = _closest(match, upper.matches, library) if upper else None
        if match is not first and (
            match.segment == "title" or above_it is None or _alike(library, above_it, match) < _alike(library, first, match)
        ):
            before: Match | None = first
        elif above_it:
            before = above_it
        else:
            before = _elsewhere(match, chain, chains)
        if before is None or before is match:
            made.append(_born(library, match, chains) if match is first else match)
        else:
            found = between(library, before, match)
            made.append(replace(match, against=before.words, changes=found))
    return replace(chain, matches=tuple(made))


def _born(library: Library, match: Match, chains: Sequence[Chain]) -> Match:
    """The match with a figure or a day that is another one in the article that it copies, which so does not carry it."""
    for other in sorted(library.copies.get(match.article, frozenset()) - {c.article for c in chains}):
        across = library.across(match.article, other)
        span = next((across[s] for s in across if s[0] <= match.words.start < s[1]), None)
        if span:
            before = Match(
                article=other, words=library.article(other).quote(*span), kind="altered", sure="possible", score=0.0, why=""
            )
            found = [c for c in between(library, before, match) if c.kind in {"figure_changed", "date_changed"}]
            if found:
                return replace(match, against=before.words, changes=tuple(found))
    return match


def _left_out(library: Library, chains: Sequence[Chain]) -> tuple[Omission, ...]:
    """Copies of a page that carries it which leave it out."""
    carriers = {c.article for c in chains}
    made: dict[str, Omission] = {}
    for chain in chains:
        match = chain.matches[0]
        for other in sorted(library.copies.get(chain.article, frozenset()) - carriers):
            made.setdefault(other, Omission(article=other, words=match.words))
    return tuple(made[a] for a in sorted(made))


def _alike(library: Library, left: Match, right: Match) -> float:
    """How much of the content of two matches is shared."""
    return quick(library.vocabulary.words(left.words.exact), library.vocabulary.words(right.words.exact)).score


def _closest(match: Match, others: Sequence[Match], library: Library) -> Match:
    """Of the words on the page before, those that these come from."""
    same = [m for m in others if (m.segment == "title") == (match.segment == "title")] or list(others)
    return max(same, key=lambda m: _alike(library, m, match))


def _elsewhere(match: Match, chain: Chain, chains: Sequence[Chain]) -> Match | None:
    """The surest words of another article, where these are looser."""
    order = ("same_words", "cut", "altered", "quotation", "paraphrase", "headline", "figure", "claim")
    rest = [c.matches[0] for c in chains if c.article != chain.article]
    best = min(rest, key=lambda m: order.index(m.kind), default=None)
    if best is None or (order.index(best.kind), -best.score) >= (order.index(match.kind), -match.score):
        return None
    return best


def _pasted(wanted: Asked, library: Library, match: Match) -> tuple[Change, ...]:
    """What differs between the nearest words and the sentence as it was pasted."""
    bare = wanted.text[:1] in "\"“«„‘'" and wanted.core is wanted.words
    marked = bare or (wanted.saying is not None and "“" in wanted.text)
    after = Side(
        words=wanted.core,
        quoted=True if marked else None,
        figures=tuple((f.counted, f.low, f.high, f.bound) for f in wanted.figures),
    )
    before = side(library, match)
    folded = {w.stem for w in wanted.core}
    inside = before.words if len(before.words) <= len(wanted.core) + SAME_LENGTH else _stretch(before.words, folded)
    held = replace(before, words=inside, headline=False)
    said = changes(held, after, partial(quote_at, library, match.article), partial(quote_of, PASTED, wanted.text), frozenset())
    return tuple(c for c in said if c.kind not in {"headline_drift", "quote_to_paraphrase"})


def _stretch(words: Sequence[Word], wanted: set[str]) -> tuple[Word, ...]:
    """From the first to the last word that both have: what stands around it was left out by whoever cut the sentence."""
    places = [i for i, w in enumerate(words) if w.stem in wanted and (w.weight >= CONTENT or len(w.folded) > 3)]
    return tuple(words[places[0] : places[-1] + 1]) if places else tuple(words)
