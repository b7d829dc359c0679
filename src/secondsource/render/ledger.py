"""positions, shifts and pledges -> the grid of who holds what, the dated ledgers behind it, and pledges with later deeds."""

from collections import defaultdict

from secondsource.model import Dossier, Pledge, Position, Quote, Record, Shift
from secondsource.render.lines import Line, Words, assertion, office, side_told, statement, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import OUTCOMES, SHIFTS, day, machine_day, plain
from secondsource.render.stances import heading, known, noun, sentence, topic

DOWN, ACROSS = 12, 8  # actors and objects that a grid can hold and still be read
IN_FULL = 160  # code points of a quotation that a position shows whole
UNMOVED = frozenset({"new", "repeated"})


class Entry(Record, frozen=True, kw_only=True):
    """One position: what, when, under which conditions, by how many origins, and how it differs from the one before.

    `holds`: a sentence without its subject ("refuses talks"). `told`: whether the words are a quotation or the report's.
    """

    act: str
    holds: str
    noun: str
    told: str
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
    """All positions of one actor on one object, oldest first. `known`: since when the latest is held and when it was last
    heard, as reported. `side`: for whom the actor is proposed to speak; `told_side`: the same where name and role do not say
    it. `dropped`: when it was taken back."""

    id: str
    actor: str
    actor_id: str
    object: str
    entries: tuple[Entry, ...]
    known: str
    known_day: str
    sort: str
    moved: bool
    weight: int
    heading: str
    role: str | None = None
    side: str | None = None
    told_side: str | None = None
    dropped: str | None = None

    @property
    def latest(self) -> Entry:
        return self.entries[-1]


class Grid(Record, frozen=True, kw_only=True):
    """Actors (each by one of its ledgers) down, objects across; a cell is a ledger or None. `more`: ledgers that are left
    to the lists below it."""

    objects: tuple[str, ...]
    more: int
    rows: tuple[tuple[Ledger, tuple[Ledger | None, ...]], ...]


class Side(Record, frozen=True, kw_only=True):
    """One side with the positions of all who are proposed to speak for it, or one actor whose side the records do not say.
    `alone`: no actor is joined to it."""

    name: str
    alone: bool
    held: tuple[Ledger, ...]


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
    back = {(shift.actor, shift.object): shift for shift in dossier.shifts if shift.end is None}
    made = [_ledger(look, positions, moved, back.get(key)) for key, positions in held.items()]
    return tuple(sorted(made, key=lambda x: (-x.weight, x.actor, x.object)))


def _ledger(look: Lookup, positions: list[Position], moved: dict[str | None, Shift], back: Shift | None) -> Ledger:
    # Undated entries are listed first: nobody knows that they are the latest.
    positions = sorted(positions, key=lambda p: (_start(p), p.id))
    actor, thing = positions[0].actor, positions[0].object
    entries = tuple(_entry(look, p, moved.get(p.id)) for p in positions)
    first = _first(entries)
    changed = any(entry.shift not in {*UNMOVED, None} for entry in entries)
    name = look.actor_name(actor) or actor
    side = look.side(actor)
    role = _role(look, actor, name)
    return Ledger(
        id=f"p-{actor.rpartition('-')[2][:6]}-{thing}",
        actor=name,
        actor_id=actor,
        object=topic(thing),
        entries=entries,
        known=known(positions[first].when, positions[-1].when),
        known_day=day(positions[-1].when),
        sort=_start(positions[-1]),
        moved=changed,
        weight=len(entries) + 3 * changed + sum(bool(e.conditions) for e in entries),
        heading=heading(thing),
        role=role,
        side=side.name if side else None,
        told_side=side_told(look, actor, f"{name} {role or ''}"),
        dropped=day(back.when) if back else None,
    )


def _start(position: Position) -> str:
    return ((position.when.earliest or position.when.latest) if position.when else None) or ""


def _role(look: Lookup, actor: str, name: str) -> str | None:
    """The role as printed that says most: one that names the side first."""
    held = look.actors.get(actor)
    roles = [r for r in (held.roles if held else ()) if office(r, name)]
    return min(roles, key=lambda r: (side_told(look, actor, r) is not None, r.islower(), len(r), r), default=None)


def _first(entries: tuple[Entry, ...]) -> int:
    """Where the unbroken run of equal positions that ends with the latest begins."""
    first = len(entries) - 1
    while first > 0 and entries[first].shift == "repeated":
        first -= 1
    return first


def _entry(look: Lookup, position: Position, shift: Shift | None) -> Entry:
    utterance = look.utterances.get(position.utterance or "")
    said = look.attributions.get(utterance.attributions[0]) if utterance and utterance.attributions else None
    evidence = sorted(position.evidence, key=lambda q: not look.quoted(q))
    apart = tuple({" ".join(q.exact.split()): q for q in reversed(evidence)}.values())[::-1][:2]
    quoted = look.quoted(apart[0])
    apart = tuple(dict.fromkeys(_in_full(look, q) for q in apart if look.quoted(q) == quoted))
    return Entry(
        act=plain(position.act),
        holds=sentence(position),
        noun=noun(position.act),
        told="quoted" if quoted else "reported",
        day=day(position.when),
        machine_day=machine_day(position.when),
        conditions=words_of(look, position.conditions, said=True),
        words=words_of(look, apart),
        origins=len(position.origins),
        shift=shift.kind if shift else None,
        shift_words=SHIFTS.get(shift.kind, shift.kind) if shift else "",
        reason=shift.reason if shift else "",
        line=statement(look, said) if said else None,
    )


def _in_full(look: Lookup, quote: Quote) -> Quote:
    """A short quotation whole, where only some of its words are the evidence."""
    whole = look.quotation(quote)
    return whole if whole and len(whole.exact) <= IN_FULL else quote


def sides(found: tuple[Ledger, ...]) -> tuple[Side, ...]:
    """Positions by side, the sides with most said first and single actors last; within a side what was heard last first: an
    editor who reads one line must not read an old refusal above a new agreement."""
    shared: defaultdict[str, set[str]] = defaultdict(set)
    held: defaultdict[str, list[Ledger]] = defaultdict(list)
    for ledger in found:
        shared[ledger.object].add(ledger.actor_id)
        held[ledger.side or ledger.actor].append(ledger)
    made = []
    for name, mine in held.items():
        mine.sort(key=lambda x: x.object)
        mine.sort(key=lambda x: x.sort, reverse=True)
        made.append(Side(name=name, alone=all(x.side is None for x in mine), held=tuple(mine)))
    return tuple(sorted(made, key=lambda s: (s.alone, -sum(x.weight + len(shared[x.object]) for x in s.held), s.name)))


def grid(found: tuple[Ledger, ...]) -> Grid:
    """Actors and objects with the most ledgers first; actors of one side together."""
    actors: dict[str, int] = defaultdict(int)
    objects: dict[str, int] = defaultdict(int)
    camps: dict[str, int] = defaultdict(int)
    for ledger in found:
        actors[ledger.actor_id] += ledger.weight
        objects[ledger.heading] += ledger.weight
        camps[ledger.side or ledger.actor] += ledger.weight
    first = {ledger.actor_id: ledger for ledger in found}
    across = sorted(objects, key=lambda name: (-objects[name], name))[:ACROSS]
    cells = {(ledger.actor_id, ledger.heading): ledger for ledger in found}
    down = sorted(actors, key=lambda name: (-actors[name], first[name].actor, name))[:DOWN]
    down.sort(key=lambda name: (-camps[first[name].side or first[name].actor], first[name].side or first[name].actor))
    rows = tuple((first[a], tuple(cells.get((a, o)) for o in across)) for a in down)
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
        object=topic(pledge.object),
        day=day(pledge.when),
        outcome=pledge.outcome,
        outcome_words=OUTCOMES.get(pledge.outcome, plain(pledge.outcome)),
        words=words_of(look, tuple(dict.fromkeys(_in_full(look, q) for q in pledge.evidence[:2]))),
        deeds=tuple(sorted(deeds, key=lambda line: (line.sort, line.id))),
    )
