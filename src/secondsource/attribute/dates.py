"""words at one place of a sentence -> the date, month, year or decade printed there

Each method takes a place and gives a Hit or None. Nothing is filled in: what the words and the day of publication do not settle
stays unknown.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from secondsource.attribute import days
from secondsource.attribute.days import Interval, Published, counted, one_day, unknown
from secondsource.attribute.timewords import Calendar
from secondsource.attribute.words import Lows, Word


class Hit(NamedTuple):
    """A time from word `first` up to `stop`. `kind` says what was printed: two ends of a range are of one kind."""

    first: int
    stop: int
    interval: Interval
    kind: str = "day"


class Dates:
    """One sentence. `ahead(i)`: whether the words around word `i` speak of the future.

    `base(i)`: the day from which "today" counts at word `i`: that of speaking where it is named, else of publication.
    """

    def __init__(
        self, words: list[Word], calendar: Calendar, published: Published | None,
        ahead: Callable[[int], bool], base: Callable[[int], Published | None],
    ) -> None:  # fmt: skip
        self.words, self.calendar, self.published = words, calendar, published
        # Asked for some hundred times a word: what stands at a place, "" outside the sentence.
        self.low: Callable[[int], str] = Lows(enumerate(word.low for word in words)).__getitem__
        self.ahead, self.base = ahead, base
        self.before: Hit | None = None  # the time read last

    def among(self, i: int, key: str) -> bool:
        return self.low(i) in self.calendar.sets[key]

    def follows(self, i: int, *lows: str) -> int | None:
        """The place after the words `lows` at `i`, if they stand there."""
        if self.low(i) != lows[0]:  # most places fail here, and every place is asked
            return None
        return i + len(lows) if all(self.low(i + n) == low for n, low in enumerate(lows)) else None

    def over(self, i: int, *lows: str) -> int:
        """The place after one of `lows`, or `i` itself."""
        return i + 1 if self.low(i) in lows else i

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i].text[:1].isupper()

    def numeric(self, i: int) -> Hit | None:
        """ "2031-06-11", "27/04/2031", "30.05.2031". Two readings (03/04/2031) and impossible parts are unknown."""
        parts = [self.low(i + n) for n in range(5)]
        mark = parts[1]
        glued = all(w.glued for w in self.words[i + 1 : i + 5])
        if mark not in ("-", "/", ".") or parts[3] != mark or not glued or not all(p.isdecimal() for p in parts[::2]):
            return None
        if (self.low(i - 1) == mark and self.words[i].glued) or (self.low(i + 5) == mark and self.low(i + 6).isdecimal()):
            return None
        a, b, c = (int(p[:4]) for p in parts[::2])
        sizes = [len(p) for p in parts[::2]]
        if sizes[0] == 4 and sizes[1] <= 2 >= sizes[2]:
            return Hit(i, i + 5, self.full(a, b, c), "date")
        if sizes[2] != 4 or sizes[0] > 2 or sizes[1] > 2:
            return None
        if a <= 12 and b <= 12 and a != b and mark != ".":
            return Hit(i, i + 5, unknown("day and month could be exchanged"), "date")
        return Hit(i, i + 5, self.full(c, b, a) if a > 12 or mark == "." else self.full(c, a, b), "date")

    def full(self, year: int, month: int, day: int) -> Interval:
        return days.one_or_none(days.make_day(year, month, day))

    def dated(self, i: int) -> Hit | None:
        """ "[Sunday,] 2 March [2031]", "[Sunday,] March 2[, 2031]", "27th of September"."""
        weekday = self.calendar.weekdays.get(self.low(i)) if self.capital(i) else None
        j = i
        if weekday is not None:
            j = self.over(self.over(self.over(i + 1, "."), ","), "the")
        printed = self.day_month(j) or self.month_day(j)
        if printed is None:
            numeric = self.numeric(j) if j > i else None
            return Hit(i, numeric.stop, self.checked(numeric.interval, weekday), "date") if numeric else None
        month, day, stop = printed
        if self.low(j) == "may" and not self.capital(j):
            return None
        year, stop = self.year_of_day(stop)
        if self.among(stop, "names_after") and self.capital(stop):
            return None
        interval = self.checked(self.yearless(i, month, day, year, weekday), weekday)
        return Hit(i, stop, interval, "date" if year else "dayless_year")

    def checked(self, interval: Interval, weekday: int | None) -> Interval:
        """A weekday that does not fit the date is marked; the date stays."""
        if weekday is None or interval.low is None or interval.low.weekday() == weekday:
            return interval
        return interval._replace(note=f"the weekday printed does not fit: {interval.low.isoformat()} is a {interval.low:%A}")

    def day_month(self, j: int) -> tuple[int, int, int] | None:
        day = self.day_number(j)
        month = self.month_at(self.over(day[1], "of", "-")) if day else None
        return (month[0], day[0], month[1]) if day and month else None

    def month_day(self, j: int) -> tuple[int, int, int] | None:
        month = self.month_at(j)
        day = self.day_number(self.over(month[1], "the")) if month else None
        if month is None or day is None or self.among(day[1], "counted_after"):
            return None
        if self.low(day[1]) == ":" and self.words[day[1]].glued:
            return None
        return month[0], day[0], day[1]

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of a month: "27", "27th", "the fourth"."""
        if self.low(i).isdecimal() and len(self.low(i)) <= 2 and 1 <= int(self.low(i)) <= 31:
            return int(self.low(i)), i + 1 + (self.low(i + 1) in ("st", "nd", "rd", "th") and self.words[i + 1].glued)
        nth = self.nth(i) if self.low(i) in self.calendar.ordinals or self.low(i) in self.calendar.tens else None
        return nth if nth and nth[0] <= 31 else None

    def nth(self, i: int) -> tuple[int, int] | None:
        if self.low(i).isdecimal() and len(self.low(i)) <= 3 and self.low(i + 1) in ("st", "nd", "rd", "th"):
            return int(self.low(i)), i + 2
        if self.low(i + 1) == "-" and f"{self.low(i)}-{self.low(i + 2)}" in self.calendar.ordinals:
            return self.calendar.ordinals[f"{self.low(i)}-{self.low(i + 2)}"], i + 3
        return (self.calendar.ordinals[self.low(i)], i + 1) if self.low(i) in self.calendar.ordinals else None

    def month_at(self, i: int) -> tuple[int, int] | None:
        """(month, stop); an abbreviation takes its full stop along."""
        month = self.calendar.months.get(self.low(i))
        if month is None or not self.capital(i):
            return None
        return month, i + 1 + (self.low(i) not in self.calendar.full and self.low(i + 1) == "." and self.words[i + 1].glued)

    def year_number(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if len(low) != 4 or not low.isdecimal() or not days.FIRST_YEAR <= int(low) <= days.LAST_YEAR:
            return None
        glued = self.low(i + 2).isdecimal() and self.words[i + 1].glued and self.words[i + 2].glued
        if glued and self.low(i + 1) in (",", "."):
            return None
        return int(low), i + 1

    def year_after(self, i: int) -> tuple[int | None, int]:
        """The year after a date, and the place after it: "2031", ", 2031", "of 2031", "this year", "last year"."""
        year = self.year_number(i) or self.year_number(i + 1 if self.low(i) in (",", "of") else i)
        if year and not self.among(year[1], "counted_after"):
            return year
        steps = {"this": 0, "last": -1, "next": 1}
        j = self.over(i, "of", ",")
        if self.low(j) in steps and self.low(j + 1) == "year" and self.published:
            return self.published.first.year + steps[self.low(j)], j + 2
        return None, i

    def year_of_day(self, i: int) -> tuple[int | None, int]:
        """As `year_after`; a number straight after a day of a month is a year, and "11 and 12 2016" share one."""
        year = self.year_number(i)
        if year and 1900 <= year[0] <= 2100:
            return year
        second = self.day_number(i + 1) if self.low(i) == "and" else None
        if second and (shared := self.year_number(second[1] + (self.low(second[1]) == ","))):
            return shared[0], i
        return self.year_after(i)

    def yearless(self, i: int, month: int, day: int, year: int | None, weekday: int | None = None) -> Interval:
        if year is not None:
            return self.full(year, month, day)
        if days.make_day(2000, month, day) is None:
            return unknown("no such day")
        return counted(self.published, lambda base: self.nearest_date(i, month, day, base, weekday))

    def nearest_date(self, i: int, month: int, day: int, base: date, weekday: int | None) -> Interval:
        """The most recent such date up to `base`, or the next one where the sentence or the weekday says so."""
        near = [d for year in range(base.year - 8, base.year + 9) if (d := days.make_day(year, month, day))]
        behind = max((d for d in near if d <= base), default=None)
        coming = min((d for d in near if d >= base), default=None)
        if behind is None or coming is None:
            return unknown()
        first, second = (coming, behind) if self.ahead(i) else (behind, coming)
        return one_day(second if first.weekday() != weekday == second.weekday() else first)

    def month(self, i: int) -> Hit | None:
        """A month with a year, or alone after a word that makes it a time."""
        found = self.month_at(i)
        moved = self.low(i) in ("last", "next", "this") and self.month_at(i + 1)
        if moved and not self.day_number(moved[1]):
            step = self.low(i)
            return Hit(i, moved[1], counted(self.published, lambda base: self.moved_month(step, moved[0], base)), "month")
        if found is None or self.month_day(i):
            return None  # a day that was refused ("April 7th Street") leaves no month behind
        year, stop = self.year_after(found[1])
        if self.among(stop, "names_after") and self.capital(stop):
            return None
        if year is not None:
            return Hit(i, stop, days.month_of(year, found[0]), "month")
        free = self.words[i].possessive or self.low(i - 1) in ("in", "since", "until", "by", "during")
        named = self.capital(stop) and not free
        article = self.low(i - 1) == "the" and self.low(stop).isalpha() and not self.capital(stop)
        bare = self.among(i - 1, "before_month") or article or (self.low(i - 1) == "-" and self.low(i - 2) == "mid")
        if named or not (bare or self.words[i].possessive) or self.low(i) not in self.calendar.full:
            return None
        return Hit(i, stop, counted(self.published, lambda base: self.nearest_month(i, found[0], base)), "month")

    def moved_month(self, step: str, month: int, base: date) -> Interval:
        if step == "this":
            return days.month_of(base.year, month)
        if step == "last":
            return days.month_of(base.year - (month >= base.month), month)
        return days.month_of(base.year + (month <= base.month), month)

    def nearest_month(self, i: int, month: int, base: date) -> Interval:
        ahead = self.ahead(i)
        return days.month_of(base.year + (month < base.month if ahead else -(month > base.month)), month)

    def year(self, i: int) -> Hit | None:
        """ "1994", "the year 1207"; not a number that counts something or is part of a name."""
        if self.low(i) == "year" and (year := self.year_number(i + 1)):
            return Hit(i, year[1], days.year_of(year[0]), "year")
        year = self.year_number(i)
        if year is None or self.among(year[1], "counted_after") or (self.words[i].glued and not self.opens(i)):
            return None
        if (self.low(i - 1) == "of" and self.among(i - 2, "quantity_before")) or self.among(year[1], "zones"):
            return None
        modern = 1800 <= year[0] <= 2099
        article = self.low(i - 1) in ("the", "a", "his", "her", "its", "their") and self.low(year[1]).isalpha() and modern
        follows = self.low(year[1])
        closed = not follows.isalpha() or follows in ("and", "or", "by", "the", "when", "after", "as", "but")
        bare = self.among(i - 1, "before_year") and (modern or closed)
        named = self.low(i - 1) in ("(", "-") and self.low(year[1]) in (")", "-") and modern
        return Hit(i, year[1], days.year_of(year[0]), "year") if article or bare or named or self.opens(i) else None

    def opens(self, i: int) -> bool:
        """Whether a year may stand glued to the word before: "(1994", "mid-2012"."""
        return self.low(i - 1) in ("(", "“", '"') or (self.low(i - 1) == "-" and self.low(i - 2) in self.calendar.thirds)

    def decade(self, i: int) -> Hit | None:
        """ "1980s", "early 1990s", "mid-1990s"."""
        which = self.calendar.thirds.get(self.low(i))
        j = i if which is None else self.over(self.over(self.over(i + 1, "-", "of"), "of"), "the")
        start = self.year_number(j)
        if start is None or start[0] % 10 or self.low(j + 1) not in ("s", "'s") or not self.words[j + 1].glued:
            return None
        return Hit(i, j + 2, days.decade(start[0], which), "decade")
