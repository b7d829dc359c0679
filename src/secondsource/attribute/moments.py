"""words at one place of a sentence -> the single moment they name

A day, a week, a month, a year, with or without a time of day; what is relative counts from the day of publication or of
speaking.
"""

from collections.abc import Callable
from datetime import date

from secondsource.attribute import days
from secondsource.attribute.dates import Dates, Hit
from secondsource.attribute.days import Interval, counted, one_day, unknown

PARTS = ("morning", "afternoon", "evening")
PERIODS = ("week", "month", "year", "weekend")
MAX_AGO = 2000
DAY_BUT_ONE = ((("the", "day", "before", "yesterday"), -2), (("the", "day", "after", "tomorrow"), 2))


class Moments(Dates):
    """One sentence: what stands at a place."""

    # -- a moment: a day, perhaps with a time of day

    def moment(self, i: int) -> Hit | None:
        clock = self.clock(i)
        if clock is not None:
            start, stop, span = clock
            j = self.over(self.over(stop, ","), "on")
            day = self.day(j) if j < stop + 3 else None
            if day is None:
                return Hit(start, stop, unknown("no day is named"), "moment")
            return Hit(start, day.stop, self.at(day.interval, span), "moment")
        day = self.day(i)
        if day is None:
            return None
        k = self.over(day.stop, ",")
        j = self.over(k, "at", "t")
        late = self.clock(j)
        if late is not None and (j > k or (self.low(j + 1) in (":", ".") and day.kind == "date")):
            return Hit(i, late[1], self.at(day.interval, late[2]), "moment")
        return day

    def at(self, day: Interval, clock: tuple[str, str]) -> Interval:
        if day.low is None or day.low != day.high:
            return day if not day.known else unknown(day.note)
        return day._replace(clock=clock, precision="minute" if clock[0] == clock[1] else "hour")

    def clock(self, i: int) -> tuple[int, int, tuple[str, str]] | None:
        """(first, stop, (from, to)) of "16:25", "9.15pm", "6 a.m."; the span is an hour where no minute is printed."""
        hour = self.low(i)
        if not (hour.isdecimal() and len(hour) <= 2) or (self.low(i - 1) in (":", ".") and self.words[i].glued):
            return None
        minute, j = None, i + 1
        if self.low(j) in (":", ".") and len(self.low(j + 1)) == 2 and self.low(j + 1).isdecimal() and self.words[j + 1].glued:
            minute, j = self.low(j + 1), j + 2
        half, stop = self.half(j)
        if half is None and (minute is None or self.low(i + 1) == "."):
            return None
        h, m = int(hour), int(minute or 0)
        if half and h <= 12:
            h = h % 12 + (12 if half == "p" else 0)
        if h > 23 or m > 59 or (self.low(stop) in (":", ".") and self.low(stop + 1).isdecimal() and self.words[stop].glued):
            return None
        stop = self.follows(stop, "local", "time") or stop
        zone = self.among(stop, "zones")
        ends = (f"{h:02}:{m:02}", f"{h:02}:{m if minute else 59:02}")
        return i, stop + zone, (ends[0] + "+00:00" * zone, ends[1] + "+00:00" * zone)

    def half(self, j: int) -> tuple[str | None, int]:
        """("a" or "p", stop) of "am", "p.m."; the full stop after "p.m" belongs to it unless it ends the sentence."""
        if self.low(j) in ("am", "pm"):
            return self.low(j)[0], j + 1
        if self.low(j) in ("a", "p") and self.low(j + 1) == "." and self.low(j + 2) == "m":
            return self.low(j), j + 4 if self.low(j + 3) == "." else j + 3
        return None, j

    def day(self, i: int) -> Hit | None:
        readings = (
            self.numeric, self.dated, self.deictic, self.ago, self.part_of, self.parted_weekday, self.decade, self.third_of,
            self.period, self.month, self.year,
        )  # fmt: skip
        return next((hit for read in readings if (hit := read(i))), None)

    # -- counted from the day of publication or of speaking

    def today(self, i: int, count: Callable[[date], Interval]) -> Interval:
        return counted(self.base(i), count)

    def offset(self, i: int, by: int) -> Interval:
        return self.today(i, lambda base: one_day(days.shift(base, by) or base))

    def deictic(self, i: int) -> Hit | None:
        """today, yesterday, tomorrow, tonight, overnight, last night, this morning, the day before yesterday."""
        start = i
        if self.low(i) in ("early", "late", "earlier", "later") and self.low(i + 1) in ("today", "yesterday", "tomorrow"):
            i += 1
        for lows, by in DAY_BUT_ONE if self.low(i) in ("the", "day") else ():
            if stop := self.follows(i, *lows) or self.follows(i, *lows[1:]):
                return Hit(i, stop, self.offset(i, by))
        step = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(self.low(i))
        named = self.capital(i) and self.capital(i - 1)  # "Dorvan Today" is a paper
        if step is not None and not named:
            return self.parted(start, i + 1, self.offset(i, step))
        if self.low(i) == "tonight":
            return Hit(i, i + 1, days.night_of(self.offset(i, 0)))
        if self.low(i) == "overnight" or self.follows(i, "last", "night"):
            return Hit(i, i + 1 + (self.low(i) == "last"), days.night_of(self.offset(i, -1)))
        if self.low(i) in ("this", "early", "earlier", "later", "late"):
            j = i + (self.low(i) != "this")
            if self.low(j) == "this" and self.low(j + 1) in PARTS:
                return Hit(i, j + 2, self.offset(j, 0))
        return None

    def parted(self, first: int, stop: int, day: Interval, kind: str = "day") -> Hit:
        """A part of a day is that day; a night runs into the next."""
        if self.low(stop) == "night":
            return Hit(first, stop + 1, days.night_of(day), kind)
        return Hit(first, stop + (self.among(stop, "parts")), day, kind)

    def weekday(self, i: int) -> Hit | None:
        """ "Sunday", "last Sunday", "this coming Saturday", "Monday last week"; None where it is part of a name."""
        j = i
        while j < i + 2 and self.low(j) in ("last", "next", "this", "coming", "past"):
            j += 1
        step = self.low(j - 1) if j > i else ""
        wanted = self.calendar.weekdays.get(self.low(j))
        if wanted is None or not self.capital(j) or self.low(j) not in self.calendar.full or self.in_name(j, i):
            return None
        weeks = {"last": -1, "this": 0, "next": 1}
        if not step and self.low(j + 1) in weeks and self.low(j + 2) == "week":
            by = weeks[self.low(j + 1)]
            return Hit(i, j + 3, self.today(j, lambda base: self.in_week(base, wanted, by)), "weekday")
        return Hit(i, j + 1, counted(self.published, lambda base: self.near_weekday(i, step, wanted, base)), "weekday")

    def in_week(self, base: date, weekday: int, weeks: int) -> Interval:
        low = days.week_of(base, weeks).low
        day = days.shift(low, weekday) if low else None
        return one_day(day) if day else unknown()

    def near_weekday(self, i: int, step: str, weekday: int, base: date) -> Interval:
        if step == "this":
            return self.in_week(base, weekday, 0)
        if step in ("next", "coming") or (not step and self.ahead(i)):
            if not step:
                base = self.foretold(i) or base
            day = days.weekday_after(weekday, base)
        else:
            day = days.weekday_before(weekday, base, strictly=step in ("last", "past"))
        return one_day(day) if day else unknown()

    def foretold(self, i: int) -> date | None:
        """The day of speaking in "said on Monday that talks would begin on Wednesday": what was to come counts from it."""
        said = self.before
        if said is None or said.interval.low is None or said.interval.low != said.interval.high:
            return None
        return said.interval.low if any(self.low(k) == "would" for k in range(said.stop, i)) else None

    def in_name(self, j: int, first: int) -> bool:
        """A weekday beside another capitalised word belongs to a name ("Sunday Times"), but "on Sunday President X"."""
        if self.low(j - 1) in self.calendar.sets["names_before"]:
            return True
        if self.words[j].possessive or not self.capital(j + 1) or self.low(j + 1) in self.calendar.sets["parts"]:
            return False
        if self.among(j + 1, "names_after"):
            return True
        before = self.low(first - 1)
        bound = before in ("the", "a", "an", "in", "of", "by", "for", "with", "to")
        free = before == "on" or (before.isalpha() and not self.capital(first - 1) and not bound)
        return not (free or first < j or self.low(first - 1) == ",")

    def parted_weekday(self, i: int) -> Hit | None:
        """ "Monday", "Monday morning", "Sunday night", "late Saturday", "Late on Saturday"."""
        j = i
        if self.low(i) in ("early", "late"):
            j = self.over(i + 1, "on")
        found = self.weekday(j)
        if found is None:
            return None
        stop = self.over(found.stop, "early", "late")
        stop = stop if stop > found.stop and (self.among(stop, "parts") or self.low(stop) == "night") else found.stop
        return self.parted(i, stop, found.interval, "weekday")

    def part_of(self, i: int) -> Hit | None:
        """ "morning of 30 August", "early hours of Friday", "dawn on Thursday"."""
        j = i + 1 if self.among(i, "parts") else None
        if self.low(i) in self.calendar.prefixes_begin:
            j = next((k for entry in self.calendar.prefixes if (k := self.follows(i, *entry))), j)
        if j is None or self.low(j) not in ("of", "on"):
            return None
        j = self.over(j + 1, "the")
        inner = self.dated(j) or self.parted_weekday(j) or self.numeric(j)
        return Hit(i, inner.stop, inner.interval) if inner else None

    def third_of(self, i: int) -> Hit | None:
        """ "end of September", "mid-April", "late 2012", "end of last month", "start of the year"."""
        which = self.calendar.thirds.get(self.low(i))
        if which is None:
            return None
        j = self.over(self.over(self.over(i + 1, "-"), "of"), "the")
        noun = self.low(i) in ("beginning", "start", "middle", "end")
        if noun and self.low(i + 1) != "of":
            return None
        inner = self.period(j) or self.month(j) or self.year(j)
        if inner is None and noun and self.low(j) in ("month", "year", "week") and self.low(j - 1) == "the":
            word = self.low(j)
            inner = Hit(j, j + 1, self.today(j, lambda base: self.whole(word, base, 0)))
        if inner is None or inner.kind == "moment":
            return None
        return Hit(i, inner.stop, days.third(inner.interval, which), "third")

    def period(self, i: int) -> Hit | None:
        """ "last week", "this year", "next month", "earlier this week"."""
        j = self.over(i, "earlier", "later")
        by = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}.get(self.low(j))
        word = self.low(j + 1)
        definite = self.low(j) in ("previous", "current", "coming")
        if self.low(i) == "weekend" and self.low(i - 1) == "the" and self.low(i - 2) in ("over", "at", "during"):
            return Hit(i, i + 1, self.today(i, lambda base: days.weekend_of(base, 0 if base.weekday() > 4 else -1)), "weekend")
        if by is None or word not in PERIODS or (definite and self.low(j - 1) != "the"):
            return None
        return Hit(i, j + 2, self.today(j, lambda base: self.whole(word, base, by)), word)

    def whole(self, word: str, base: date, by: int) -> Interval:
        if word == "week":
            return days.week_of(base, by)
        if word == "weekend":
            return days.weekend_of(base, by)
        return days.month_of(base.year, base.month + by) if word == "month" else days.year_of(base.year + by)

    def ago(self, i: int) -> Hit | None:
        """ "three days ago", "a year ago"; a vague or bounded number names no day."""
        j, vague = i, False
        for entry in self.calendar.about if self.low(j) in self.calendar.about_begins else ():
            k = self.follows(j, *entry)
            j, vague = (k, True) if k else (j, vague)
        if self.low(j) in ("a", "") and self.among(j + 1, "vague_numbers"):
            j += 1
        if self.among(j, "vague_numbers"):
            number: tuple[int, int] | None = (0, self.over(j + 1, "of"))
            vague = True
        else:
            number = self.calendar.number(self.words, j)
        if number is None and self.low(i) in self.calendar.units and self.low(i).endswith("s"):
            number, vague = (0, i), True
        if number is None or self.low(number[1]) not in self.calendar.units:
            return None
        if self.low(number[1] + 1) not in ("ago", "earlier"):
            return None
        unit, stop = self.calendar.units[self.low(number[1])], number[1] + 2
        if vague or unit == "other" or self.low(stop - 1) == "earlier" or number[0] > MAX_AGO:
            return Hit(i, stop, unknown())
        return Hit(i, stop, self.today(i, lambda base: self.back(unit, number[0], base)), "ago")

    def back(self, unit: str, n: int, base: date) -> Interval:
        if unit == "day":
            day = days.shift(base, -n)
            return one_day(day) if day else unknown()
        if unit == "week":
            return days.week_of(base, -n)
        return days.month_of(base.year, base.month - n) if unit == "month" else days.year_of(base.year - n)
