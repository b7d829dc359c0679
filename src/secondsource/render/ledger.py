"""positions, shifts and pledges -> the grid of who holds what, the dated ledgers behind it, and pledges with later deeds."""

from collections import defaultdict

from secondsource.model import Dossier, Pledge, Position, Record, Shift
from secondsource.render.lines import Line, Words, assertion, statement, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import OUTCOMES, SHIFTS, day, machine_day, plain

UNMOVED = frozenset({"new", "repeated"})


class Entry(Record, frozen=True, kw_only=True):
    """One position: what, when, under which conditions, by how many origins, and how it differs from the one before."""

    act: str
    day: str
    machine_day: str | None
    conditions: tuple[Words, ...]
    words: tuple[Words, ...]
    origins: int
    shift: str | None
    shift_words: str
    reason: str
    line: Line | None


class Ledger(Record, frozen=True, kw_only=True):
    """All positions of one actor on one object, oldest first. `since`: from when on the latest is held, as reported."""

    id: str
    actor: str
    actor_id: str
    object: str
    entries: tuple[Entry, ...]
    since: str
    moved: bool
    weight: int

    @property
    def latest(self) -> Entry:
        return self.entries[-1]


class Grid(Record, frozen=True, kw_only=True):
    """Actors down, objects across; a cell is a ledger or None."""

    objects: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Ledger | None, ...]], ...]


class Promise(Record, frozen=True, kw_only=True):
    """One pledge with the later deeds reported on its object."""

    id: str
    parties: tuple[str, ...]
    object: str
    day: str
    outcome: str
    outcome_words: str
    words: tuple[Words, ...]
    deeds: tuple[Line, ...]


def ledgers(look: Lookup, dossier: Dossier) -> tuple[Ledger, ...]:
    """Every actor's ledger on every object, the most moved and most spoken of first."""
    held: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in dossier.positions:
        held[position.actor, position.object].append(position)
    moved: dict[str | None, Shift] = {shift.end: shift for shift in dossier.shifts if shift.end}
    made = [_ledger(look, actor, thing, positions, moved) for (actor, thing), positions in held.items()]
    return tuple(sorted(made, key=lambda x: (-x.weight, x.actor, x.object)))


def _ledger(look: Lookup, actor: str, thing: str, positions: list[Position], moved: dict[str | None, Shift]) -> Ledger:
    positions = sorted(positions, key=lambda p: (((p.when.earliest or p.when.latest) if p.when else None) or "9999", p.id))
    entries = tuple(_entry(look, p, moved.get(p.id)) for p in positions)
    changed = any(entry.shift not in {*UNMOVED, None} for entry in entries)
    name = look.actor_name(actor) or actor
    return Ledger(
        id=f"p-{actor.rpartition('-')[2][:6]}-{thing}",
        actor=name,
        actor_id=actor,
        object=plain(thing),
        entries=entries,
        since=_since(positions, entries),
        moved=changed,
        weight=len(entries) + 3 * changed + sum(bool(e.conditions) for e in entries),
    )


def _since(positions: list[Position], entries: tuple[Entry, ...]) -> str:
    """The first day of the unbroken run of equal positions that ends with the latest."""
    first = len(entries) - 1
    while first > 0 and entries[first].shift == "repeated":
        first -= 1
    return day(positions[first].when)


def _entry(look: Lookup, position: Position, shift: Shift | None) -> Entry:
    utterance = look.utterances.get(position.utterance or "")
    said = look.attributions.get(utterance.attributions[0]) if utterance and utterance.attributions else None
    return Entry(
        act=plain(position.act),
        day=day(position.when),
        machine_day=machine_day(position.when),
        conditions=words_of(look, position.conditions),
        words=words_of(look, position.evidence[:2]),
        origins=len(position.origins),
        shift=shift.kind if shift else None,
        shift_words=SHIFTS.get(shift.kind, shift.kind) if shift else "",
        reason=shift.reason if shift else "",
        line=statement(look, said) if said else None,
    )


def grid(found: tuple[Ledger, ...]) -> Grid:
    """Actors and objects with the most ledgers first."""
    actors: dict[str, int] = defaultdict(int)
    objects: dict[str, int] = defaultdict(int)
    for ledger in found:
        actors[ledger.actor] += ledger.weight
        objects[ledger.object] += ledger.weight
    across = sorted(objects, key=lambda name: (-objects[name], name))
    cells = {(ledger.actor, ledger.object): ledger for ledger in found}
    down = sorted(actors, key=lambda name: (-actors[name], name))
    return Grid(objects=tuple(across), rows=tuple((a, tuple(cells.get((a, o)) for o in across)) for a in down))


def promises(look: Lookup, dossier: Dossier) -> tuple[Promise, ...]:
    """Pledges, oldest first."""
    made = [(pledge.when, _promise(look, pledge)) for pledge in dossier.pledges]
    made.sort(key=lambda pair: (((pair[0].earliest or pair[0].latest) if pair[0] else None) or "9999", pair[1].id))
    return tuple(promise for _, promise in made)


def _promise(look: Lookup, pledge: Pledge) -> Promise:
    deeds = [assertion(look, look.claims[name]) for name in pledge.deeds if name in look.claims]
    return Promise(
        id=f"g-{pledge.id.rpartition('-')[2][:10]}",
        parties=tuple(look.actor_name(p) or p for p in pledge.parties),
        object=plain(pledge.object),
        day=day(pledge.when),
        outcome=pledge.outcome,
        outcome_words=OUTCOMES.get(pledge.outcome, plain(pledge.outcome)),
        words=words_of(look, pledge.evidence[:2]),
        deeds=tuple(sorted(deeds, key=lambda line: (line.sort, line.id))),
    )
