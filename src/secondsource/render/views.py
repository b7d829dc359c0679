"""dossier -> one view of it, as plain text for a terminal or as JSON: who copies whom; where the sides stand."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from secondsource.model import Dossier, Origin, Position, Standing
from secondsource.render.lines import side_told
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import RELATIONS, clipped, day, origins, plain, plural, within
from secondsource.render.quoting import cut, inner, whole
from secondsource.render.stances import heading, sentence

Json = dict[str, Any]
REPLIES = {
    "accepts": "accepts",
    "refuses": "refuses",
    "offers": "offers",
    "offers_on_terms": "offers, on a condition,",
    "demands": "demands",
}
WORDS = 160  # characters of evidence on one line of a terminal


def sources_json(dossier: Dossier) -> bytes:
    """Outlets, articles, origins with their reasons, and relations."""
    articles = [
        {
            "id": r.article.id,
            "name": r.article.name,
            "outlet": r.article.outlet,
            "published": r.article.published,
            "relations": r.article.relations,
        }
        for r in dossier.readings
    ]
    held = {"articles": articles, "outlets": dossier.outlets, "origins": dossier.origins, "problems": dossier.problems}
    return msgspec.json.format(msgspec.json.encode(held, order="deterministic"), indent=1) + b"\n"


def sources_text(dossier: Dossier) -> str:
    """Each origin with its articles, why they are one, and the words that show it."""
    look = Lookup(dossier)
    low = sum(origin.known for origin in dossier.origins)
    head = f"{plural(len(look.ordered), 'article')}, {origins(low, len(dossier.origins))}"
    return "\n".join([head, *(line for origin in _by_size(dossier.origins) for line in _origin(look, origin))]) + "\n"


def _by_size(found: Iterable[Origin]) -> list[Origin]:
    return sorted(found, key=lambda o: (-len(o.articles), o.name or "~", o.id))


def _origin(look: Lookup, origin: Origin) -> Iterator[str]:
    unknown = "" if origin.known else " (nobody says whose words these are: it counts only in the upper number of origins)"
    yield f"\n{origin.name or 'origin not stated'}{unknown}"
    for article in look.ordered:
        if article.id in origin.articles:
            relations = "; ".join(dict.fromkeys(f"{RELATIONS[r.kind]} {r.name}" for r in article.relations))
            outlet = article.outlet.value or "outlet not stated"
            published = day(article.published.value) or "date not known"
            shown = f" ({relations})" if relations else ""
            yield f"  [{look.numbers[article.id]}] {outlet}, {published}: {article.name}{shown}"
    for reason in origin.reasons:
        yield f"  {reason.kind.replace('_', ' ')}: {plain(reason.text)}"
        for quote in reason.evidence[:2]:
            yield f"      [{look.numbers[quote.article]}] “{inner(clipped(whole(quote.exact), WORDS))}”"


def positions_json(dossier: Dossier, standings: Iterable[Standing]) -> bytes:
    """The ledger, its shifts, pledges, and where the sides stand; actors by id with their names beside."""
    stands = tuple(standings)
    shown = {s.object for s in stands}
    held = {
        "actors": {a.id: a.name for a in dossier.actors},
        "standing": stands,
        "positions": [p for p in dossier.positions if p.object in shown],
        "shifts": [s for s in dossier.shifts if s.object in shown],
        "pledges": [p for p in dossier.pledges if p.object in shown],
    }
    return msgspec.json.format(msgspec.json.encode(held, order="deterministic"), indent=1) + b"\n"


def positions_text(dossier: Dossier, standings: Iterable[Standing]) -> str:
    """Per object: who holds what now and since when, who answered whom, what stands unanswered, and the dated ledger."""
    look = Lookup(dossier)
    lines = [line for standing in standings for line in _standing(look, standing)]
    return "\n".join(lines).lstrip("\n") + "\n" if lines else "No positions were found in these reports.\n"


def _standing(look: Lookup, standing: Standing) -> Iterator[str]:
    held = {p.id: p for p in look.dossier.positions if p.object == standing.object}
    moved = {s.end: s for s in look.dossier.shifts if s.object == standing.object}
    yield f"\n{heading(standing.object).upper()}"
    for name in (*standing.latest, *standing.undated):
        yield f"  {_line(look, held[name])}"
    for pair in standing.common:
        yield f"  both would give something: {' and '.join(within(_name(look, held[p])) for p in pair)}"
    for gap in standing.gaps:
        yield f"  apart: {_name(look, held[gap.left])} and {_name(look, held[gap.right])}: {plain(gap.reason)}"
    for reply in standing.replies:
        yield f"  {_name(look, held[reply.by])} {REPLIES[reply.kind]} what {within(_name(look, held[reply.to]))} asked"
    for name, since in standing.unanswered:
        yield f"  unanswered since {since or 'a day not known'}: {_name(look, held[name])} {sentence(held[name])}"
    ledger = [
        p for p in look.dossier.positions if p.id in held and p.id not in standing.latest and p.id not in standing.undated
    ]
    if ledger:
        yield "  before:"
    for position in sorted(ledger, key=lambda p: ((p.when.latest if p.when else None) or "", p.id)):
        yield f"    {_line(look, position)}"
    for shift in moved.values():
        if shift.kind not in {"new"} and shift.end in held:
            yield f"  {shift.kind}: {_name(look, held[shift.end])}: {plain(shift.reason)}"


def _name(look: Lookup, position: Position) -> str:
    actor = look.actors.get(position.actor)
    return actor.name if actor else position.actor


def _line(look: Lookup, position: Position) -> str:
    when = day(position.when) or "date not known"
    terms = "; ".join(f"“{inner(whole(q.exact))}”" for q in position.conditions)
    first = min(position.evidence, key=lambda q: not look.quoted(q))
    words = inner(clipped(cut(look.articles[first.article].text, first.start, first.end), WORDS))
    told = "quoted" if look.quoted(first) else "reported"
    condition = f" Terms: {terms}." if terms else ""
    name = _name(look, position)
    side = side_told(look, position.actor, name)
    who = f"{name} (proposed side: {side})" if side else name
    return f"{when}  {who} {sentence(position)}.{condition} {told.capitalize()}: “{words}” [{look.numbers[first.article]}]"
