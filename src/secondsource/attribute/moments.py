"""words at one place of a sentence -> the single moment they name

A day, a month, a year, a week, with or without a time of day. Each method takes a place and gives a Hit or None. Nothing is
filled in: what the words and the day of publication do not settle stays unknown.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from secondsource.attribute import days
from secondsource.attribute.days import Interval, Published, counted, one_day, unknown
from secondsource.attribute.timewords import Calendar
from secondsource.attribute.words import Word

NIGHTS = ("night", "midnight")
PARTS = ("morning", "afternoon", "evening")
PERIODS = ("week", "month", "year", "weekend", "decade", "century")
MAX_AGO = 2000


class Hit(NamedTuple):
    """A time from word `first` up to `stop`. `kind` says what was printed: two ends of a range are of one kind."""

    first: int
    stop: int
    interval: Interval
    kind: str = "day"


class Moments:
    """One sentence. `ahead(i)`: whether the words around word `i` speak of the future.

    `base(i)`: the day from which "today" counts at word `i`: that of speaking where it is named, else of publication.
    """

    def __init__(
        self, words: list[Word], calendar: Calendar, published: Published | None,
        ahead: Callable[[int], bool], base: Callable[[int], Published | None],
    ) -> None:  # fmt: skip
        self.words, self.calendar, self.published = words, calendar, published
        self.ahead, self.base = ahead, base

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def among(self, i: int, key: str) -> bool:
        return self.low(i) in self.calendar.sets[key]

    def follows(self, i: int, *lows: str) -> int | None:
        """The place after the words `lows` at `i`, if they stand there."""
        return i + len(lows) if all(self.low(i + n) == low for n, low in enumerate(lows)) else None

    def over(self, i: int, *lows: str) -> int:
        """The place after one of `lows`, or `i` itself."""
        return i + 1 if self.low(i) in lows else i

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i].text[:1].isupper()

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
        if not (hour.isdecimal() and len(hour) <= 2) or self.low(i - 1) in (":", ".") and self.words[i].glued:
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

    # -- a day, a month, a year

    def day(self, i: int) -> Hit | None:
        readings = (
            self.numeric, self.dated, self.deictic, self.ago, self.part_of, self.parted_weekday, self.decade, self.third_of,
            self.period, self.month, self.year,
        )  # fmt: skip
        return next((hit for read in readings if (hit := read(i))), None)

    def numeric(self, i: int) -> Hit | None:
        """ "2031-06-11", "27/04/2031", "30.05.2031". Two readings (03/04/2031) and impossible parts are unknown."""
        parts = [self.low(i + n) for n in range(5)]
        mark = parts[1]
        glued = all(w.glued for w in self.words[i + 1 : i + 5])
        if mark not in ("-", "/", ".") or parts[3] != mark or not glued or not all(p.isdecimal() for p in parts[::2]):
            return None
        if self.low(i - 1) == mark and self.words[i].glued or self.low(i + 5) == mark and self.low(i + 6).isdecimal():
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
        return (month[0], day[0], month[1]) if day and month and self.capital(month[1] - 1 - (self.low(month[1] - 1) == ".")) else None

    def month_day(self, j: int) -> tuple[int, int, int] | None:
        month = self.month_at(j)
        day = self.day_number(self.over(month[1], "the")) if month else None
        if month is None or day is None or (self.low(day[1]) == ":" and self.words[day[1]].glued) or self.among(day[1], "counted_after"):
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
        if self.low(i + 1) in (",", ".") and self.low(i + 2).isdecimal() and self.words[i + 1].glued and self.words[i + 2].glued:
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
        """As `year_after`; a number straight after a day of a month is a year whatever follows, and "11 and 12 2016" share one."""
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
        """The most recent such date up to `base`, or the next one where the sentence speaks of the future or the weekday says so."""
        near = [d for year in range(base.year - 8, base.year + 9) if (d := days.make_day(year, month, day))]
        behind, coming = max((d for d in near if d <= base), default=None), min((d for d in near if d >= base), default=None)
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
        if found is None:
            return None
        year, stop = self.year_after(found[1])
        if self.among(stop, "names_after") and self.capital(stop):
            return None
        if year is not None:
            return Hit(i, stop, days.month_of(year, found[0]), "month")
        named = self.capital(stop) and not self.words[i].possessive and self.low(i - 1) not in ("in", "since", "until", "by", "during")
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
        closed = not self.low(year[1]).isalpha() or self.low(year[1]) in ("and", "or", "by", "the", "when", "after", "as", "but")
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
        for lows, by in ((("the", "day", "before", "yesterday"), -2), (("the", "day", "after", "tomorrow"), 2)):
            if stop := self.follows(i, *lows) or self.follows(i, *lows[1:]):
                return Hit(i, stop, self.offset(i, by))
        by = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(self.low(i))
        if by is not None:
            return self.parted(start, i + 1, self.offset(i, by))
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
            day = days.weekday_after(weekday, base)
        else:
            day = days.weekday_before(weekday, base, strictly=step in ("last", "past"))
        return one_day(day) if day else unknown()

    def in_name(self, j: int, first: int) -> bool:
        """A weekday before or after another capitalised word belongs to a name ("Sunday Times"), but "on Sunday President X"."""
        if self.low(j - 1) in self.calendar.sets["names_before"]:
            return True
        if self.words[j].possessive or not self.capital(j + 1) or self.low(j + 1) in self.calendar.sets["parts"]:
            return False
        if self.among(j + 1, "names_after"):
            return True
        before = self.low(first - 1)
        free = before.isalpha() and not self.capital(first - 1) and before not in ("the", "a", "an", "in", "of", "by", "for", "with", "to")
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
        j = next((k for entry in self.calendar.prefixes if (k := self.follows(i, *entry))), None)
        j = j or (i + 1 if self.among(i, "parts") else None)
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
        if by is None or word not in PERIODS[:4] or self.low(j) in ("previous", "current", "coming") and self.low(j - 1) != "the":
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
        for entry in self.calendar.about:
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
        if number is None or self.low(number[1] + 1) not in ("ago", "earlier") or self.low(number[1]) not in self.calendar.units:
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
