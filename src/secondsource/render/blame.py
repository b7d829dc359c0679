"""accusations -> who blames whom, each pair once, those who blame each other beside each other."""

import re
from collections import defaultdict

from secondsource.model import Claim, Record
from secondsource.render.lines import OWN_VOICE, STEM, Line, assertion, side_told
from secondsource.render.lookup import Lookup

NEXT = re.compile(r"\s+(?:the\s+)?([^\W\d_]+)")
# Beginnings of the words that a line may be told with; an accusation by another word is left to the statements.
BLAMING = ("blam", "accus", "charg", "alleg", "held", "hold", "point")
CRITICISING = ("condemn", "criti", "denounc", "deplor", "slam", "lambast", "decr", "rebuk", "protest")


class Blame(Record, frozen=True, kw_only=True):
    """One accuser and one accused with the lines that tell it.

    `accused` None: the words name nobody who could be told; its side is then proposed from the adjective. `blames`: the words
    blame or accuse; else they criticise or condemn. `mutual`: the accused, or its side, blames back.
    """

    id: str
    accuser: str
    accuser_side: str | None
    accused: str | None
    accused_side: str | None
    blames: bool
    mutual: bool
    lines: tuple[Line, ...]
    low: int
    high: int
    articles: int


def blames(look: Lookup) -> tuple[Blame, ...]:
    """Who accuses whom; mutual accusations first, then those that most articles carry."""
    held: defaultdict[tuple[str, str, bool], list[Claim]] = defaultdict(list)
    named = {claim.attribution for claim in look.claims.values() if claim.attribution and _accused(look, claim)}
    for claim in look.claims.values():
        accuser, accused = _accuser(look, claim), _accused(look, claim)
        if accused is None or not accuser or accused == accuser or (not accused and claim.attribution in named):
            continue
        verb = _verb(look, claim)
        if verb:
            held[accuser, accused, verb.startswith(BLAMING)].append(claim)
    camps = {
        (_camp(look, accuser), _camp(look, accused) if accused else _toward(look, claims[0]))
        for (accuser, accused, _), claims in held.items()
    }
    made = []
    for (accuser, accused, blaming), claims in held.items():
        name, lines = look.actor_name(accuser) or accuser, _lines(look, claims)
        target = look.actor_name(accused)
        toward = "" if target else _toward(look, claims[0])
        articles = {line.article for line in lines}
        low, high = look.origins_of(articles)
        camp = (toward or _camp(look, accused), _camp(look, accuser))
        made.append(
            Blame(
                id=f"b-{claims[0].id.rpartition('-')[2][:10]}",
                accuser=name,
                accuser_side=side_told(look, accuser, name),
                accused=target,
                accused_side=side_told(look, accused, target) if target else look.actor_name(toward),
                blames=blaming,
                mutual=bool(accused or toward) and camp in camps and camp[0] != camp[1],
                lines=lines,
                low=low,
                high=high,
                articles=len(articles),
            )
        )
    return tuple(sorted(made, key=lambda b: (not b.mutual, b.accused is None, not b.blames, -b.articles, b.accuser, b.id)))


def _accused(look: Lookup, claim: Claim) -> str | None:
    """The actor who is accused, "" where the words name nobody who could be told; None: no accusation."""
    if claim.polarity != "positive":
        return None
    if claim.act == "accuse":
        return look.actor_of.get(claim.target or "", "")
    said = look.attributions.get(claim.attribution or "")
    if said and said.cue.kind == "accuse":
        return look.actor_of.get(claim.actor or "")  # the deed that is laid to somebody's charge
    return None


def _accuser(look: Lookup, claim: Claim) -> str:
    """The actor who accuses: the claim's own, or else the one who says it."""
    if claim.act == "accuse" and (actor := look.actor_of.get(claim.actor or "")):
        return actor if actor in look.actors else ""
    said = look.attributions.get(claim.attribution or "")
    speakers = look.speaker_actors(said) if said else ()
    return speakers[0].id if len(speakers) == 1 else ""


def _verb(look: Lookup, claim: Claim) -> str:
    """The word of blame, folded, from where it begins to be one."""
    said = look.attributions.get(claim.attribution or "")
    verb = claim.cue if claim.act == "accuse" else said.cue.evidence if said else None
    words = (verb or claim.evidence[0]).exact.casefold().split()
    return next((word for word in words if word.startswith((*BLAMING, *CRITICISING))), "")


def _toward(look: Lookup, claim: Claim) -> str:
    """The side whose adjective stands right after the word of blame ("accused Orsenian sappers"): a proposal; else ""."""
    cue = claim.cue
    if cue is None:
        return ""
    found = NEXT.match(look.articles[claim.article].text, cue.end)
    sides = {side.id: side.name for a in look.actors if (side := look.side(a))}
    fits = [i for i, name in sides.items() if found and found[1].startswith(name[: max(STEM, len(name) - 2)])]
    return fits[0] if len(fits) == 1 else ""


def _camp(look: Lookup, actor: str) -> str:
    side = look.side(actor)
    return side.id if side else actor


def _lines(look: Lookup, claims: list[Claim]) -> tuple[Line, ...]:
    """The lines, accusations before the deeds that they name, then oldest first."""
    lines = [(claim.act != "accuse", assertion(look, claim)) for claim in claims]
    lines.sort(key=lambda pair: (pair[0], pair[1].manner == OWN_VOICE, pair[1].sort, pair[1].number, pair[1].id))
    return tuple(line for _, line in lines)
