"""passports -> slips for the page: of each statement who carries it, through whom, and what became of its words.

Statements that the same words carry share one slip. A slip cites no words of its own: it links to words that lines cite, or to
the article.
"""

from collections.abc import Mapping

from secondsource.model import Attribution, Chain, Match, Passport, Record
from secondsource.render.lookup import Lookup
from secondsource.render.passport import CHANGES, KINDS, OBJECTIONS
from secondsource.render.phrases import clipped, listed, origins, plural, within
from secondsource.render.quoting import inner, whole
from secondsource.render.stances import either

TITLE = 160  # code points of the sentence at the head of a slip
WORDS = 240  # code points of one wording on a slip
SURE = {"certain": "", "likely": "likely", "possible": "only possibly"}


class Carried(Record, frozen=True, kw_only=True):
    """One wording on one page: in which way it carries the sentence, its words, what changed, and where it stands."""

    how: str
    words: str
    changes: tuple[tuple[str, str], ...]
    anchor: str | None


class Way(Record, frozen=True, kw_only=True):
    """One chain from the mouth to one page."""

    path: str
    number: int
    article: str
    carried: tuple[Carried, ...]


class Slip(Record, frozen=True, kw_only=True):
    """A passport, short. `told`: when, where, to whom, and who objects, each only where words state it."""

    id: str
    who: str
    title: str
    quoted: bool
    counts: str
    answer: str
    told: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...]


class Slips(Record, frozen=True, kw_only=True):
    """All slips, and statement -> its slip's id."""

    made: tuple[Slip, ...]
    of: dict[str, str]


def slips(look: Lookup, passports: Mapping[str, Passport]) -> Slips:
    """The slips of all statements whose words were found; asked for after the page's lines, whose words they link to."""
    made: dict[tuple[object, ...], Slip] = {}
    of: dict[str, str] = {}
    for name, passport in sorted(passports.items(), key=lambda pair: _place(look, pair[0])):
        if not passport.chains:
            continue
        key = (passport.speakers, tuple(sorted({_who(m) for c in passport.chains for m in c.matches})))
        if key not in made:
            made[key] = _slip(look, look.attributions[name], passport)
        of[name] = made[key].id
    return Slips(made=tuple(made.values()), of=of)


def _place(look: Lookup, attribution: str) -> tuple[int, int, str]:
    held = look.attributions[attribution]
    return look.numbers[held.article], held.content[0].start if held.content else 0, attribution


def _who(match: Match) -> tuple[str, str]:
    return match.article, match.attribution or f"{match.words.start}-{match.words.end}"


def _slip(look: Lookup, a: Attribution, p: Passport) -> Slip:
    content, quoted = look.content(a), a.mode == "direct"
    told = [("said on", either(p.said))] if p.said else []
    told += [("at", p.venue.exact)] if p.venue else []
    told += [("to", p.addressee.exact)] if p.addressee else []
    told += [(f"{o.name} {OBJECTIONS[o.kind]}", f"“{inner(whole(o.words.exact))}”") for o in p.objections]
    told += [("not asked on these pages", listed(p.not_asked))] if p.not_asked else []
    told += [
        ("left out by a copy", f"{look.label(o.article)}, article {look.numbers[o.article]}") for o in p.left_out
    ]  # fmt: skip
    return Slip(
        id=f"k-{a.id.rpartition('-')[2][:10]}",
        title=clipped(" […] ".join(inner(whole(q.exact)) for q in content), TITLE),
        who=listed([within(n) if i else n for i, n in enumerate(p.speakers)]) or "No speaker named",
        quoted=quoted,
        counts=f"{plural(p.articles, 'article')}, {origins(p.origins_low, p.origins_high)}, {plural(p.wordings, 'wording')}",
        answer=p.answer,
        told=tuple(told),
        ways=tuple(_way(look, chain) for chain in p.chains),
    )


def _way(look: Lookup, chain: Chain) -> Way:
    hops = [
        look.label(chain.article) if hop.kind == "page" and hop.article == chain.article else hop.name for hop in chain.hops
    ]
    hops = [f"{name} (by comparison)" if hop.basis == "inferred" else name for name, hop in zip(hops, chain.hops, strict=True)]
    return Way(
        path=" → ".join(hops),
        number=look.numbers[chain.article],
        article=chain.article,
        carried=tuple(_carried(look, match) for match in chain.matches),
    )


def _carried(look: Lookup, match: Match) -> Carried:
    quote = match.words
    anchor = look.cited_anchor(quote)
    sure = SURE[match.sure]
    return Carried(
        how=f"{KINDS[match.kind]}{f' ({sure})' if sure else ''}",
        words=clipped(inner(whole(quote.exact)), WORDS),
        changes=tuple((CHANGES[c.kind], c.text) for c in match.changes),
        anchor=anchor,
    )
