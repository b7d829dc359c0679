"""positions, shifts -> where the sides stand on each object: common ground, gaps, who answered whom, what stands unanswered"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from secondsource.model import Gap, Position, Reply, Shift, Standing
from secondsource.rate.shifts import GIVING, NAMES, day_of, in_order, shown

ASKING = frozenset({"demand", "appeal", "offer", "conditional_offer", "threaten"})
ANSWERS = {
    "accept": "accepts", "agree": "accepts", "promise": "accepts", "refuse": "refuses", "offer": "offers",
    "conditional_offer": "offers_on_terms", "demand": "demands",
}  # fmt: skip
SURE = frozenset({"accept", "agree", "promise", "offer"})


def standing(
    positions: Iterable[Position],
    shifts: Iterable[Shift],
    actor: str | None = None,
    thing: str | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Standing, ...]:
    """Where the sides stand, objects with most actors first.

    `thing`: only this object. `actor`: only objects on which an actor stands whose name holds these words; `names` gives the
    names of actor ids.
    """
    held: defaultdict[str, list[Position]] = defaultdict(list)
    for position in positions:
        held[position.object].append(position)
    repeats = {s.end: s.start for s in shifts if s.kind == "repeated" and s.end and s.start}
    wanted = {label: found for label, found in held.items() if thing in {None, label} and _has(found, actor, names or {})}
    made = [_standing(label, found, repeats) for label, found in wanted.items()]
    return tuple(sorted(made, key=lambda s: (-len(s.latest), s.object)))


def _has(positions: Sequence[Position], actor: str | None, names: Mapping[str, str]) -> bool:
    if actor is None:
        return True
    return any(actor.casefold() in names.get(who, who).casefold() for p in positions for who in (p.actor, p.side or p.actor))


def _standing(label: str, positions: Sequence[Position], repeats: Mapping[str, str]) -> Standing:
    dated = [p for p in in_order(positions) if day_of(p.when)]
    by_id = {p.id: p for p in dated}
    latest = {p.actor: p for p in dated}
    last = sorted(latest.values(), key=lambda p: (day_of(p.when) or "", p.id), reverse=True)
    replies = tuple(_replies(dated))
    answered = {reply.to for reply in replies}
    open_ones = [p for p in last if p.act in ASKING and p.act != "threaten" and p.id not in answered]
    return Standing(
        object=label,
        latest=tuple(p.id for p in last),
        undated=tuple(p.id for p in positions if not day_of(p.when)),
        common=tuple((a.id, b.id) for a, b in combinations(last, 2) if _apart(a, b) and _both_give(a, b)),
        gaps=tuple(gap for a, b in combinations(last, 2) if _apart(a, b) for gap in _gap(a, b)),
        replies=replies,
        unanswered=tuple((p.id, day_of(_first(p, by_id, repeats).when) or "") for p in open_ones),
    )


def _apart(left: Position, right: Position) -> bool:
    """Two of one side are shown beside each other, not against each other."""
    return left.actor != right.actor and (left.side or left.actor) != (right.side or right.actor)


def _both_give(left: Position, right: Position) -> bool:
    return left.act in GIVING and right.act in GIVING


def _gap(left: Position, right: Position) -> Iterator[Gap]:
    acts = {left.act, right.act}
    if "refuse" in acts and acts != {"refuse"}:
        yield Gap(left=left.id, right=right.id, reason=_against(left, right))
        return
    for one, other in ((left, right), (right, left)):
        if one.act == "conditional_offer" and other.act not in SURE:
            terms = "; ".join(f"“{q.exact}”" for q in one.conditions)
            yield Gap(
                left=one.id,
                right=other.id,
                reason=f"the terms of the one stand open: {terms}; the other has {NAMES[other.act]}",
            )
            return
    if acts == {"demand"}:
        yield Gap(left=left.id, right=right.id, reason=_against(left, right))


def _against(left: Position, right: Position) -> str:
    return f"{NAMES[left.act]}, {shown(left)}, against {NAMES[right.act]}, {shown(right)}"


def _replies(dated: Sequence[Position]) -> Iterator[Reply]:
    """Each answer with the latest open entry of another side that it can be an answer to."""
    for place, answer in enumerate(dated):
        if answer.act not in ANSWERS:
            continue
        for asked in reversed(dated[:place]):
            if asked.act in ASKING and _apart(asked, answer) and _addressed(asked, answer):
                if answer.act != "demand" or asked.act in {"offer", "conditional_offer", "demand"}:
                    yield Reply(to=asked.id, by=answer.id, kind=ANSWERS[answer.act])
                break


def _addressed(asked: Position, answer: Position) -> bool:
    """Whether the one can have been meant for the other, by what the words say of whom they address."""
    to_answerer = asked.target is None or asked.target in {answer.actor, answer.side}
    to_asker = answer.target is None or answer.target in {asked.actor, asked.side}
    meant = asked.target in {answer.actor, answer.side} or answer.target in {asked.actor, asked.side}
    return meant or (to_answerer and to_asker)


def _first(position: Position, by_id: Mapping[str, Position], repeats: Mapping[str, str]) -> Position:
    """The first entry of an unbroken run of repetitions that ends with this one."""
    while position.id in repeats and repeats[position.id] in by_id:
        position = by_id[repeats[position.id]]
    return position
