"""two times given for one event -> what the rules on days say of them."""

from collections.abc import Sequence

from secondsource.compare.intervals import contains, disjoint, equal, spelled
from secondsource.model import Testimony, When

Verdict = tuple[str, str]


def _times(left: Testimony, right: Testimony) -> tuple[When, When] | None:
    """The two times, where both assert when something happened."""
    if not (dated(left) and dated(right)):
        return None
    a, b = moment(left), moment(right)
    return (a, b) if a and b else None


def moment(t: Testimony) -> When | None:
    """When the event was. "Since 27 September" dates a beginning, "until Friday" an end: the known side is the day."""
    if t.claim is None or t.claim.when is None:
        return None
    when = t.claim.when
    if t.claim.act == "start" and when.earliest and when.latest is None:
        return When(earliest=when.earliest, latest=when.earliest, precision="day", text=when.text)
    if t.claim.act == "end" and when.latest and when.earliest is None:
        return When(earliest=when.latest, latest=when.latest, precision="day", text=when.text)
    return when


def dated(t: Testimony) -> bool:
    """Whether the day is what the claim is asked for: an event that happened, once."""
    return t.claim is not None and t.claim.when is not None and t.claim.polarity == "positive" and t.claim.act in EVENTS


# Acts that happen at one time, so that two times for one of them exclude each other.
EVENTS = frozenset({"start", "end", "sign", "capture", "meet", "exchange", "release", "destroy", "yield"})


def one_report_gives_two_days(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """One article gives two days for one event: its weekday, or its count of days, does not fit its date."""
    pair = _times(left, right)
    if pair is None or left.article != right.article or left.asserters != right.asserters or not disjoint(*pair):
        return None
    return "internally_inconsistent", f"one report gives both {spelled(pair[0])} and {spelled(pair[1])}"


def days_exclude_each_other(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Times of one event that have nothing in common, at the precision that both share."""
    pair = _times(left, right)
    if pair is None or not disjoint(*pair):
        return None
    return "conflicts", f"{spelled(pair[0])} against {spelled(pair[1])}"


def days_agree(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """The same time."""
    pair = _times(left, right)
    return ("supports", f"both give {spelled(pair[0])}") if pair and equal(*pair) else None


def coarser_day_fits(left: Testimony, right: Testimony, peers: Sequence[Testimony]) -> Verdict | None:
    """A coarser time supports the one answer that it contains, and is compatible with several."""
    pair = _times(left, right)
    if pair is None:
        return None
    wide, narrow = (pair[0], pair[1]) if contains(*pair) else (pair[1], pair[0])
    if not contains(wide, narrow):
        return None
    others = [when for t in peers if dated(t) and (when := moment(t))]
    if any(contains(wide, other) and disjoint(other, narrow) for other in others):
        return "compatible", f"{spelled(wide)} contains {spelled(narrow)} and another answer too"
    return "supports", f"{spelled(wide)} contains {spelled(narrow)}, and no other answer"


def days_overlap_only(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Neither contains the other, and they are not apart."""
    pair = _times(left, right)
    return ("possible", f"{spelled(pair[0])} and {spelled(pair[1])} overlap in part") if pair else None
