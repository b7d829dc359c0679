"""positions -> shifts: how each actor's stand on each object moved from entry to entry, and the words that show it

The rules, the first that fits decides:
1. from a yes (accept, agree, promise) to a refusal or back: reversed;
2. another step of refuse or threaten, demand, appeal, conditional offer, offer, agree: hardened or softened;
3. the same step: conditions added, gone, sharper or milder; strong words, amounts, deadlines. All one way: hardened or
   softened; both ways, or one condition in another's place: changed; none: repeated.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from secondsource.model import Position, Quote, Retraction, Shift, When
from secondsource.rate.conditions import Move, amounts, difference, soon, strong
from secondsource.rate.wording import WORD, Lexicon, Stress

# From the hardest stand to the softest. Of one rank: no step between them.
RANK = {
    "threaten": 0, "refuse": 1, "demand": 2, "appeal": 3, "conditional_offer": 4, "offer": 5, "promise": 6, "accept": 6,
    "agree": 6,
}  # fmt: skip
YES = frozenset({"promise", "accept", "agree"})
# What gives something: there more, sooner and surer is softer.
GIVING = frozenset({"conditional_offer", "offer", "promise", "accept", "agree"})
NAMES = {
    "threaten": "a threat", "refuse": "a refusal", "demand": "a demand", "appeal": "an appeal",
    "conditional_offer": "a conditional offer",
    "offer": "an offer", "promise": "a promise", "accept": "an acceptance", "agree": "an agreement",
}  # fmt: skip
QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
# Parts of a day, in their order; of two entries of one day without them the order is not known.
DAY_PARTS = {
    "dawn": 0, "breakfast": 1, "morning": 1, "noon": 2, "midday": 2, "lunch": 2, "afternoon": 3, "evening": 4,
    "nightfall": 5, "night": 5, "midnight": 6,
}  # fmt: skip


def shifts(positions: Iterable[Position], retractions: Iterable[Retraction], words: Mapping[str, Any]) -> tuple[Shift, ...]:
    """The moves of every actor on every object, in their order. `words`: the table strength.toml.

    Undated positions are left out: nothing leads from them or to them.
    """
    lexicon = Lexicon(words)
    held: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in positions:
        if day_of(position.when):
            held[position.actor, position.object].append(position)
    taken: defaultdict[tuple[str, str], list[Retraction]] = defaultdict(list)
    for retraction in retractions:
        taken[retraction.actor, retraction.object].append(retraction)
    return tuple(shift for key in sorted(held) for shift in _moves(held[key], taken[key], lexicon))


def day_of(when: When | None) -> str | None:
    """The day of an entry: when it was said, or the last day on which it can have been."""
    return (when.earliest or when.latest or "")[:10] or None if when else None


def in_order(positions: Iterable[Position]) -> list[Position]:
    """Dated positions, oldest first, those of one day by the part of the day; undated ones behind them."""
    return sorted(positions, key=lambda p: (day_of(p.when) or "9999", _part_of_day(p), -RANK.get(p.act, 0), p.id))


def _part_of_day(position: Position) -> int:
    if position.when and position.when.earliest and "T" in position.when.earliest:
        return int(position.when.earliest[11:13]) // 4
    # The part named nearest to the words: "told breakfast radio no … in the evening she accepted".
    near = [
        (abs(m.start() - at), DAY_PARTS[w])
        for q, at in _places(position)
        for m in WORD.finditer(q.exact)
        if (w := m[0].casefold()) in DAY_PARTS
    ]
    return min(near)[1] if near else -1


def _places(position: Position) -> Iterator[tuple[Quote, int]]:
    """The sentences of a position, and where in each its words begin."""
    for evidence in position.evidence:
        for quote in position.context:
            if quote.article == evidence.article and quote.start <= evidence.start < quote.end:
                yield quote, evidence.start - quote.start


def _moves(positions: Sequence[Position], retractions: Sequence[Retraction], lexicon: Lexicon) -> Iterator[Shift]:
    entries = in_order(positions)
    first = entries[0]
    yield _shift(None, first, "new", f"the first entry: {NAMES[first.act]}, {shown(first)}")
    left = sorted(retractions, key=lambda r: (day_of(r.when) or "9999", r.evidence))
    for before, after in pairwise(entries):
        between = _taken_back(before, after, left)
        if between:
            yield _dropped(before, between)
        elif not _simultaneous(before, after):
            kind, reason = compare(before, after, lexicon)
            yield _shift(before, after, kind, reason)
    if last := _taken_back(entries[-1], None, left):
        yield _dropped(entries[-1], last)


def _simultaneous(before: Position, after: Position) -> bool:
    """Two entries of one day in no known order."""
    parts = _part_of_day(before), _part_of_day(after)
    return day_of(before.when) == day_of(after.when) and (parts[0] == parts[1] or -1 in parts)


def _taken_back(before: Position, after: Position | None, retractions: Iterable[Retraction]) -> Retraction | None:
    start, end = day_of(before.when) or "", (day_of(after.when) if after else None) or "9999"
    for retraction in retractions:
        at = day_of(retraction.when)
        if at and start <= at < end and retraction.act in {None, before.act}:
            return retraction
    return None


def _dropped(before: Position, retraction: Retraction) -> Shift:
    return Shift(
        actor=before.actor,
        object=before.object,
        start=before.id,
        end=None,
        kind="dropped",
        reason=f"{NAMES[before.act]} of {day_of(before.when)} is taken back: “{_short(retraction.evidence[0])}”",
        when=retraction.when,
        evidence=retraction.evidence,
    )


def _shift(before: Position | None, after: Position, kind: str, reason: str) -> Shift:
    return Shift(
        actor=after.actor,
        object=after.object,
        start=before.id if before else None,
        end=after.id,
        kind=kind,
        reason=reason,
        when=after.when,
    )


def compare(before: Position, after: Position, lexicon: Lexicon) -> tuple[str, str]:
    """The kind of a move between two dated positions of one actor on one object, and the reason with the words."""
    said = f": {shown(before)} → {shown(after)}"
    steps = f"from {NAMES[before.act]} to {NAMES[after.act]}"
    if {before.act, after.act} <= YES | {"refuse"} and "refuse" in {before.act, after.act} and before.act != after.act:
        return "reversed", steps + said
    order = RANK[after.act] - RANK[before.act]
    if order:
        return ("softened" if order > 0 else "hardened"), steps + said
    moves = list(_within(before, after, lexicon))
    reason = "; ".join(text for _, text in moves)
    ways = {way for way, _ in moves}
    if len(ways) > 1:
        return "changed", reason
    if ways:
        return ("hardened" if ways == {1} else "softened"), reason
    again = lexicon.stress(_words(after)).again
    noted = f"“{again[0]}”: " if again else ""
    return "repeated", f"{noted}{NAMES[after.act]} again, no word found that narrows or widens it{said}"


def _within(before: Position, after: Position, lexicon: Lexicon) -> Iterator[Move]:
    """The moves between two entries of one rank: +1 harder, -1 softer."""
    days = day_of(before.when), day_of(after.when)
    found = difference([q.exact for q in before.conditions], [q.exact for q in after.conditions], lexicon, days)
    # A condition binds an offer, but loosens a threat, a refusal and a demand.
    weight = 1 if after.act in GIVING else -1
    yield from ((weight, f"the condition “{words}” was added") for words in found.added)
    yield from ((-weight, f"the condition “{words}” is gone") for words in found.gone)
    yield from found.moves
    old, new = (lexicon.stress(_bare(p), day) for p, day in zip((before, after), days, strict=True))
    sense = -1 if after.act in GIVING else 1
    yield from ((way * sense, text) for way, text in _scope(old, new, after.act))


def _scope(old: Stress, new: Stress, act: str) -> Iterator[Move]:
    yield from strong(old, new)
    yield from amounts(old, new)
    if act == "refuse":
        if bool(old.limit) != bool(new.limit):
            yield (-1, f"“{new.limit[0]}” was added") if new.limit else (1, f"“{old.limit[0]}” is gone")
    elif new.urgent or not new.again:
        # Said "once more", an old demand may leave out or spell out its day: that alone moves nothing.
        yield from soon(old, new)


def _bare(position: Position) -> str:
    """The words of a position without its conditions."""
    text = _words(position)
    for quote in position.conditions:
        text = text.replace(quote.exact, " ")
    return text


def _words(position: Position) -> str:
    """The words of a position: its evidence, or the whole of the quotation in which that stands."""
    if not position.evidence:
        return ""
    words = position.evidence[0].exact
    for quote in position.context:
        for spoken in QUOTED.findall(quote.exact):
            if words in spoken:
                return str(spoken)
    return words


def shown(position: Position) -> str:
    return f"“{_short(position.evidence[0])}”" if position.evidence else "no words"


def _short(quote: Quote) -> str:
    words = quote.exact.split()
    return " ".join(words) if len(words) <= 30 else " ".join([*words[:30], "…"])
