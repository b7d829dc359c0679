"""parts of a date -> intervals of days

Everything that can be computed on a calendar and needs no words. An interval has both ends inclusive; None is an open end.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from secondsource.model import Precision

FIRST_YEAR, LAST_YEAR = 1000, 2199


class Interval(NamedTuple):
    """From `low` to `high`; `clock` ("16:25", "16:25") for a moment of the day `low`; `note` is what is odd about it.

    `counted_from`: the day that a relative time was counted from, None for one that names itself.
    """

    low: date | None
    high: date | None
    precision: Precision
    note: str = ""
    counted_from: date | None = None
    clock: tuple[str, str] | None = None

    @property
    def known(self) -> bool:
        return self.precision != "unknown"


class Published(NamedTuple):
    """The first and the last day on which the article can have been published."""

    first: date
    last: date


def unknown(note: str = "") -> Interval:
    return Interval(None, None, "unknown", note)


def make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def one_day(day: date) -> Interval:
    return Interval(day, day, "day")


def one_or_none(day: date | None) -> Interval:
    return one_day(day) if day else unknown("no such day")


def days(low: date, high: date) -> Interval:
    return Interval(low, high, "day" if low == high else "range")


def shift(day: date, by: int) -> date | None:
    """`by` days later; None outside the calendar."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def month_of(year: int, month: int) -> Interval:
    """The month; `month` may run past 12 or below 1, and the year follows."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return unknown()
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_of(year: int) -> Interval:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return unknown()
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def years(first: int, last: int) -> Interval:
    return span(year_of(first), year_of(last))


def week_of(day: date, weeks: int = 0) -> Interval:
    """The week, Monday to Sunday, `weeks` after that of `day`."""
    monday = shift(day, 7 * weeks - day.weekday())
    sunday = shift(day, 7 * weeks - day.weekday() + 6)
    return Interval(monday, sunday, "range") if monday and sunday else unknown()


def weekend_of(day: date, weeks: int = 0) -> Interval:
    week = week_of(day, weeks)
    return Interval(week.high - timedelta(days=1), week.high, "range") if week.high else unknown()


def weekday_before(weekday: int, day: date, strictly: bool = False) -> date | None:
    """The last `weekday` up to `day`; with `strictly` never `day` itself."""
    back = (day.weekday() - weekday) % 7
    return shift(day, -(back or 7) if strictly else -back)


def weekday_after(weekday: int, day: date) -> date | None:
    """The next `weekday` after `day`."""
    return shift(day, (weekday - day.weekday()) % 7 or 7)


def third(whole: Interval, which: str) -> Interval:
    """The early, middle or late third of a month (1-10, 11-20, 21-), a year (four months each) or a week."""
    low, high = whole.low, whole.high
    if low is None or high is None:
        return unknown(whole.note)
    if whole.precision == "month":
        cuts = {"early": (1, 10), "middle": (11, 20), "late": (21, high.day)}[which]
        return Interval(low.replace(day=cuts[0]), low.replace(day=cuts[1]), "range", whole.note, whole.counted_from)
    if whole.precision == "year":
        first = {"early": 1, "middle": 5, "late": 9}[which]
        last = month_of(high.year, first + 3).high
        return Interval(low.replace(month=first), last, "range", whole.note, whole.counted_from)
    if (high - low).days == 6:
        cuts = {"early": (0, 1), "middle": (2, 3), "late": (4, 6)}[which]
        return Interval(shift(low, cuts[0]), shift(low, cuts[1]), "range", whole.note, whole.counted_from)
    return unknown(whole.note)


def decade(start: int, which: str | None) -> Interval:
    """The ten years from `start`, or its years 0-3, 4-6, 7-9."""
    first, last = {None: (0, 9), "early": (0, 3), "middle": (4, 6), "late": (7, 9)}[which]
    return years(start + first, start + last)


def night_of(day: Interval) -> Interval:
    """A night runs into the next day."""
    if day.high is None or day.low is None:
        return unknown(day.note)
    return Interval(day.low, shift(day.high, 1), "range", day.note, day.counted_from)


def span(first: Interval, last: Interval) -> Interval:
    """From the beginning of one to the end of the other; unknown where that runs backwards."""
    if not (first.known and last.known) or first.low is None or last.high is None or first.low > last.high:
        return unknown(first.note or last.note)
    note = "; ".join(dict.fromkeys(n for n in (first.note, last.note) if n))
    return Interval(first.low, last.high, "range", note, first.counted_from or last.counted_from)


def opened(word: str, whole: Interval) -> Interval:
    """since, after, until and before leave one end open; one that is not known stays unknown."""
    low, high = whole.low, whole.high
    if word == "since":
        low, high = low, None
    elif word == "after":
        low, high = (shift(high, 1) if high else None), None
    elif word == "before":
        low, high = None, (shift(low, -1) if low else None)
    else:
        low, high = None, high
    if not whole.known or (low is None and high is None):
        return unknown(whole.note)
    return Interval(low, high, "range", whole.note, whole.counted_from)


def counted(published: Published | None, count: Callable[[date], Interval]) -> Interval:
    """`count` from the day of publication. Where that is one of several days, only what holds from each of them is kept."""
    if published is None:
        return unknown("the day of publication is not known")
    found = count(published.first)
    if published.last != published.first and count(published.last) != found:
        return unknown("the day of publication is not known to the day")
    return found._replace(counted_from=published.first) if found.known else found
