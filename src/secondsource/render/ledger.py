"""positions, shifts and pledges -> the grid of who holds what, the dated ledgers behind it, and pledges with later deeds."""

from collections import defaultdict

from secondsource.model import Dossier, Pledge, Position, Record, Shift
from secondsource.render.lines import Line, Words, assertion, statement, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import HOLDS, OUTCOMES, SHIFTS, day, machine_day, plain, since

DOWN, ACROSS = 12, 8  # actors and objects that a grid can hold and still be read
UNMOVED = frozenset({"new", "repeated"})


class Entry(Record, frozen=True, kw_only=True):
    """One position: what, when, under which conditions, by how many origins, and how it differs from the one before."""

    act: str
    holds: str
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
    since_day: str
    moved: bool
    weight: int

    @property
    def latest(self) -> Entry:
        return self.entries[-1]


class Grid(Record, frozen=True, kw_only=True):
    """Actors down, objects across; a cell is a ledger or None. `more`: ledgers that are left to the lists below it."""

    objects: tuple[str, ...]
    more: int
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
    # Undated entries are listed first: nobody knows that they are the latest.
    positions = sorted(positions, key=lambda p: (((p.when.earliest or p.when.latest) if p.when else None) or "", p.id))
    entries = tuple(_entry(look, p, moved.get(p.id)) for p in positions)
    first = _first(entries)
    changed = any(entry.shift not in {*UNMOVED, None} for entry in entries)
    name = look.actor_name(actor) or actor
    return Ledger(
        id=f"p-{actor.rpartition('-')[2][:6]}-{thing}",
        actor=name,
        actor_id=actor,
        object=plain(thing),
        entries=entries,
        since=since(positions[first].when),
        since_day=day(positions[first].when),
        moved=changed,
        weight=len(entries) + 3 * changed + sum(bool(e.conditions) for e in entries),
    )


def _first(entries: tuple[Entry, ...]) -> int:
    """Where the unbroken run of equal positions that ends with the latest begins."""
    first = len(entries) - 1
    while first > 0 and entries[first].shift == "repeated":
        first -= 1
    return first


def _entry(look: Lookup, position: Position, shift: Shift | None) -> Entry:
    utterance = look.utterances.get(position.utterance or "")
    said = look.attributions.get(utterance.attributions[0]) if utterance and utterance.attributions else None
    return Entry(
        act=plain(position.act),
        holds=HOLDS.get(position.act, plain(position.act)),
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


def sides(found: tuple[Ledger, ...]) -> tuple[tuple[str, tuple[Ledger, ...]], ...]:
    """Actors with their ledgers, the most spoken of first; of one actor's, the objects first on which most actors speak."""
    shared: defaultdict[str, set[str]] = defaultdict(set)
    held: defaultdict[str, list[Ledger]] = defaultdict(list)
    for ledger in found:
        shared[ledger.object].add(ledger.actor)
        held[ledger.actor].append(ledger)
    for ledgers_of in held.values():
        ledgers_of.sort(key=lambda x: (-len(shared[x.object]), -x.weight, x.object))
    order = sorted(held, key=lambda name: (-sum(x.weight + len(shared[x.object]) for x in held[name]), name))
    return tuple((name, tuple(held[name])) for name in order)


def grid(found: tuple[Ledger, ...]) -> Grid:
    """Actors and objects with the most ledgers first."""
    actors: dict[str, int] = defaultdict(int)
    objects: dict[str, int] = defaultdict(int)
    for ledger in found:
        actors[ledger.actor] += ledger.weight
        objects[ledger.object] += ledger.weight
    across = sorted(objects, key=lambda name: (-objects[name], name))[:ACROSS]
    cells = {(ledger.actor, ledger.object): ledger for ledger in found}
    down = sorted(actors, key=lambda name: (-actors[name], name))[:DOWN]
    rows = tuple((a, tuple(cells.get((a, o)) for o in across)) for a in down)
    shown = sum(cell is not None for _, row in rows for cell in row)
    return Grid(objects=tuple(across), rows=rows, more=len(found) - shown)


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
