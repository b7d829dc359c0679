"""text -> the absolute dates that stand in it, and interval arithmetic on days

Only dates that name themselves are read here ("4 October 2020", "2020-11-17 16:37", "Oct. 4, 2020 4:25 p.m."); what is
relative ("on Sunday", "yesterday") is the business of others. Nothing is filled in: a date without a year has none.
"""

import re
from datetime import date, datetime, timedelta

from secondsource.model import Precision, Record, When

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?)?"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?)|\s?(?:hrs|hours)\b)?"
)
_ZONE = (
    r"(?:\s?\(?(?P<zone>Z\b|UTC\b|GMT(?:[+-]\d{1,2})?\b|[+-]\d\d:?\d\d\b|[ECMP][SD]?T\b|BST\b|CES?T\b|"
    r"EES?T\b|MSK\b|IST\b|AES?T\b|AEDT\b))?"
)
_FORMS = (
    rf"(?P<isoyear>{_YEAR})(?P<sep>[-/.])(?P<isomonth>0?[1-9]|1[0-2])(?P=sep)(?P<isoday>3[01]|[12]\d|0?[1-9])(?!\d)",
    (
        rf"(?P<d1>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|"
        rf"th)?(?:\s+of)?[\s-]{{1,2}}(?P<m1>{_MONTH})\b\.?(?:,?[\s-]{{1,2}}(?P<y1>{_YEAR})\b)?"
    ),
    rf"(?P<m2>{_MONTH})\b\.?\s{{0,2}}(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!:)(?:(?:\s?,\s{{0,2}}|\s{{1,2}})(?P<y2>{_YEAR})\b)?",
    rf"(?P<m3>{_MONTH})\b\.?,?(?:\s+of)?\s+(?P<y3>{_YEAR})\b",
    rf"(?P<n1>3[01]|[12]\d|0?[1-9])(?P<sep2>[-/.])(?P<n2>3[01]|[12]\d|0?[1-9])(?P=sep2)(?P<y4>{_YEAR})(?!\d)",
)
_DATE = re.compile(
    rf"(?<![\w/])(?:(?P<weekday>{_WEEKDAY})\b\.?,?\s{{1,2}}(?:the\s)?)?(?:{'|'.join(_FORMS)})"
    rf"(?:(?:,|\s?[-–—|·•]|T)?\s{{0,2}}(?:at\s)?(?<=[\sT]){_CLOCK}{_ZONE}(?!\w))?",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(rf"(?<![\w:.]){_CLOCK}{_ZONE}(?!\w)(?:,|\s?[|·•–-])?\s(?:on\s)?$", re.IGNORECASE)


class Dated(Record, frozen=True, kw_only=True):
    """A date as it stands in a text: offsets there, its parts, and what is odd about it.

    `year` None: not printed. `day` None: a month. `clock`: "HH:MM" or None. `weekday`: as printed, 0 is Monday.
    `either`: the other reading of a numeric date whose day and month could be exchanged.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    clock: str | None = None
    zone: str | None = None
    weekday: int | None = None
    either: date | None = None

    @property
    def on(self) -> date | None:
        """The day, if the words name one fully."""
        if self.year is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def consistent(self) -> bool:
        """Does the printed weekday fit the printed date?"""
        return self.on is None or self.weekday is None or self.on.weekday() == self.weekday


def dates(text: str, offset: int = 0) -> list[Dated]:
    """The absolute dates of `text`, left to right; `offset` is added to their places. Impossible dates are left out."""
    found = []
    for match in _DATE.finditer(text):
        dated = _read(match, text, offset)
        if dated is not None:
            found.append(dated)
    return found


def _read(match: re.Match[str], text: str, offset: int) -> Dated | None:
    part = match.groupdict()
    either = None
    if part["isoyear"]:
        year, month, day = int(part["isoyear"]), int(part["isomonth"]), int(part["isoday"])
    elif part["y4"]:
        year, first, second = int(part["y4"]), int(part["n1"]), int(part["n2"])
        day, month = (second, first) if second > 12 else (first, second)
        if month > 12:
            return None
        if first <= 12 and second <= 12 and first != second and part["sep2"] != ".":  # with full stops the day comes first
            either = _day(year, first, second)
    else:
        name = part["m1"] or part["m2"] or part["m3"]
        month = MONTHS[name.lower()]
        if name.islower() and name == "may" and not (part["y1"] or part["y2"] or part["y3"]):
            return None  # "may 5" is as often a verb with a number
        printed = part["y1"] or part["y2"] or part["y3"]
        year = int(printed) if printed else 0
        day = int(part["d1"] or part["d2"] or 0)
    if day and _day(year or 2000, month, day) is None:
        return None
    clock, zone, end = _clock(part), part["zone"], match.end()
    if clock is None and part["hour"]:
        zone, end = None, match.start("hour")  # a bare number after a date is no hour
        end = match.start() + len(text[match.start() : end].rstrip(" ,-–—|·•T").removesuffix(" at").rstrip(" ,"))
    start = match.start()
    if clock is None:
        before = _CLOCK_FIRST.search(text, max(0, start - 24), start)
        if before and _clock(before.groupdict()):
            clock, zone, start = _clock(before.groupdict()), before["zone"], before.start()
    weekday = WEEKDAYS[part["weekday"].lower()] if part["weekday"] else None
    return Dated(
        start=start + offset, end=end + offset, year=year or None, month=month, day=day or None,
        clock=clock, zone=zone, weekday=weekday, either=either,
    )  # fmt: skip


def _clock(part: dict[str, str | None]) -> str | None:
    """ "HH:MM" if the words name a time of day: minutes or a.m./p.m. must be there."""
    if part["hour"] is None or (part["minute"] is None and part["half"] is None):
        return None
    hour, minute = int(part["hour"]), int(part["minute"] or 0)
    half = (part["half"] or "").lower()[:1]
    if half and hour > 12:
        return f"{hour:02}:{minute:02}"
    if half == "p":
        hour = hour % 12 + 12
    elif half == "a":
        hour %= 12
    return f"{hour:02}:{minute:02}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def when(dated: Dated, words: str | None) -> When | None:
    """The interval that a date with a year names; None without a year. A numeric date of two readings is their range."""
    if dated.year is None:
        return None
    if dated.day is None:
        first = date(dated.year, dated.month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return When(earliest=first.isoformat(), latest=last.isoformat(), precision="month", text=words)
    day = date(dated.year, dated.month, dated.day)
    if dated.either is not None:
        low, high = sorted((day, dated.either))
        return When(earliest=low.isoformat(), latest=high.isoformat(), precision="range", text=words)
    if dated.clock is not None:
        stamp = f"{day.isoformat()}T{dated.clock}"  # the clock of the page: its zone is told apart
        return When(earliest=stamp, latest=stamp, precision="minute", text=words)
    return span(day, day, words)


def span(first: date, last: date, words: str | None = None) -> When:
    """The days from `first` to `last`."""
    precision: Precision = "day" if first == last else "range"
    return When(earliest=first.isoformat(), latest=last.isoformat(), precision=precision, text=words)


def day_of(value: str) -> date | None:
    """The calendar day of an ISO 8601 value or of any single absolute date; None if it names none."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        pass
    for dated in dates(value.strip()[:80]):
        if dated.on is not None and dated.either is None:
            return dated.on
    return None


def stamp_of(value: str, words: str | None = None) -> When | None:
    """The interval of one machine-written or human-written stamp; None if it names no full date."""
    for dated in dates(value.strip()[:80]):
        if dated.year is not None:
            return when(dated, words or value)
    return None


def on_or_before(weekday: int, day: date) -> date:
    """The last `weekday` up to and including `day`."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
