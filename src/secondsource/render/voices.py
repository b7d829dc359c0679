"""who is heard, who is only spoken about, who calls a thing what, and the wordings of one utterance side by side."""

from collections import defaultdict
from difflib import SequenceMatcher

from secondsource.model import Claim, Record, Utterance
from secondsource.render.lines import Line, assertion, statement
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import day
from secondsource.render.timeline import DEEDS

TERM_ACTS_LEAST = 2  # different words for one deed that make a row of terms
COMPARED = 400  # words of each wording that are compared
LITTLE = 3  # letters of words that are in every sentence
ALIKE = 0.5  # share of the shorter wording's words that the longer one has


class Heard(Record, frozen=True, kw_only=True):
    """How much one actor is given to say."""

    name: str
    kind: str
    statements: int
    quoted: int
    words: int
    articles: int
    share: int


class Term(Record, frozen=True, kw_only=True):
    """One thing and the different words for it, each with the lines that use them."""

    thing: str
    words: tuple[tuple[str, tuple[Line, ...]], ...]


class Wording(Record, frozen=True, kw_only=True):
    """One wording; `pieces` are its words, marked where the first wording beside it does not have them there. `also`: lines
    with the very same words."""

    line: Line
    pieces: tuple[tuple[str, bool], ...]
    also: tuple[Line, ...]


class Said(Record, frozen=True, kw_only=True):
    """One act of speech. `groups`: what it said, each in all its wordings; `rest`: lines that one article alone has."""

    id: str
    speakers: tuple[str, ...]
    day: str
    venue: str | None
    low: int
    high: int
    reports: int
    groups: tuple[tuple[Wording, ...], ...]
    rest: tuple[Line, ...]


def heard(look: Lookup) -> tuple[Heard, ...]:
    """Actors who speak, those with the most words first."""
    count: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for a in look.attributions.values():
        size = sum(len(q.exact.split()) for q in a.content)
        for actor in look.speaker_actors(a):
            held = count[actor.id]
            held[0] += 1
            held[1] += a.mode != "indirect"
            held[2] += size
            pages[actor.id].add(a.article)
    every = sum(held[2] for held in count.values()) or 1
    made = [
        Heard(
            name=look.actors[name].name,
            kind=look.actors[name].kind,
            statements=held[0],
            quoted=held[1],
            words=held[2],
            articles=len(pages[name]),
            share=round(100 * held[2] / every),
        )
        for name, held in count.items()
    ]
    return tuple(sorted(made, key=lambda h: (-h.words, -h.statements, h.name)))


def unheard(look: Lookup) -> tuple[tuple[str, int], ...]:
    """Actors whom claims are about and who say nothing themselves, with how many claims are about them."""
    speak = {actor.id for a in look.attributions.values() for actor in look.speaker_actors(a)}
    about: defaultdict[str, int] = defaultdict(int)
    for claim in look.claims.values():
        for name in {look.actor_of.get(m) for m in (claim.actor, claim.target) if m}:
            if name and name not in speak and name in look.actors and look.actors[name].kind not in {"place", "outlet"}:
                about[name] += 1
    return tuple(sorted(((look.actors[n].name, c) for n, c in about.items()), key=lambda pair: (-pair[1], pair[0])))


def terms(look: Lookup) -> tuple[Term, ...]:
    """Deeds on one place or party that different voices call by different words."""
    held: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in look.claims.values():
        where = look.mention_name(claim.place) or look.mention_name(claim.target)
        if claim.cue and where and claim.act in DEEDS and claim.realis == "actual" and claim.polarity == "positive":
            held[claim.act, where].append(claim)
    made = []
    for (act, where), claims in sorted(held.items()):
        by_word: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.cue:
                by_word[" ".join(claim.cue.exact.casefold().split())].append(claim)
        if len(by_word) >= TERM_ACTS_LEAST:
            words = [
                (word, tuple(assertion(look, c) for c in sorted(group, key=lambda c: c.id))) for word, group in by_word.items()
            ]
            if len({line.who for _, lines in words for line in lines}) > 1:
                made.append(Term(thing=f"{where}: {DEEDS[act]}", words=tuple(sorted(words))))
    return tuple(made)


def utterances(look: Lookup, most: int | None = None) -> tuple[Said, ...]:
    """Acts of speech that more than one article reports, those with most origins first, at most `most`."""
    several = (u for u in look.dossier.utterances if len(u.attributions) > 1)
    first = sorted(several, key=lambda u: (-u.origins_high, -len(u.attributions), u.id))[:most]
    made = [_said(look, u) for u in first]
    return tuple(sorted((s for s in made if s.groups), key=lambda s: (-s.high, -s.reports, s.day, s.id)))


def _said(look: Lookup, utterance: Utterance) -> Said:
    lines = [statement(look, look.attributions[name]) for name in utterance.attributions if name in look.attributions]
    lines.sort(key=lambda line: (line.sort, line.number, line.id))
    groups: list[list[Line]] = []
    for line in lines:
        near = (group for group in groups if _alike(_tokens(group[0]), _tokens(line)))
        if (group := next(near, None)) is not None:
            group.append(line)
        else:
            groups.append([line])
    articles = {line.article for line in lines}
    if len(lines) == len(articles):  # each article reports one thing of it: these are its wordings, however unlike
        groups = [lines]
    several = [group for group in groups if len({line.article for line in group}) > 1]
    return Said(
        id=f"u-{utterance.id.rpartition('-')[2][:10]}",
        speakers=tuple(look.actor_name(s) or "speaker not named" for s in utterance.speakers),
        day=day(utterance.when) if utterance.when else "day not said",
        venue=_venue(look, utterance),
        low=utterance.origins_low,
        high=utterance.origins_high,
        reports=len(articles),
        groups=tuple(_wordings(group) for group in several),
        rest=tuple(line for group in groups if group not in several for line in group),
    )


def _venue(look: Lookup, utterance: Utterance) -> str | None:
    """Where it was said, or through whom, as printed."""
    said = [look.attributions[name] for name in utterance.attributions if name in look.attributions]
    printed = [a.venue.exact for a in said if a.venue] + [relay.name for a in said for relay in a.relays]
    return printed[0] if printed and utterance.venue else None


def _words(line: Line) -> list[str]:
    return " […] ".join(w.text for w in line.words).split()[:COMPARED]


def _tokens(line: Line) -> list[str]:
    return _folded(_words(line))


def _folded(words: list[str]) -> list[str]:
    return [w.casefold().strip(".,;:!?\"'“”‘’") for w in words]


def _alike(left: list[str], right: list[str]) -> bool:
    """Whether two runs of words say one thing: most words of the shorter are in the longer, the little ones aside."""
    a, b = ({word for word in words if len(word) > LITTLE} for words in (left, right))
    return bool(a and b) and len(a & b) >= ALIKE * min(len(a), len(b))


def _wordings(lines: list[Line]) -> tuple[Wording, ...]:
    """The wordings of one thing, the first whole, the others against it; the same words stand once."""
    held: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        held.setdefault(tuple(_tokens(line)), []).append(line)
    first = list(next(iter(held)))
    return tuple(Wording(line=same[0], pieces=_against(first, _words(same[0])), also=tuple(same[1:])) for same in held.values())


def _against(first: list[str], words: list[str]) -> tuple[tuple[str, bool], ...]:
    """Words in pieces, each with whether the first wording does not have it at that place."""
    matcher = SequenceMatcher(None, first, _folded(words), autojunk=False)
    pieces: list[tuple[str, bool]] = []
    for tag, _, _, start, end in matcher.get_opcodes():
        if end > start:
            pieces.append((" ".join(words[start:end]), tag != "equal"))
    return tuple(pieces)
