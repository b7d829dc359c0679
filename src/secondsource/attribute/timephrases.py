"""words of a sentence -> the times they name

The words are read from left to right, the longest phrase first. What they do not settle stays unknown.
"""

from datetime import date

from secondsource.attribute import days
from secondsource.attribute.dates import Hit
from secondsource.attribute.days import Interval, one_day, unknown
from secondsource.attribute.moments import Moments

DASHES = frozenset("-–—")
OPENINGS = ("since", "until", "till", "by", "before", "after")


class Phrases(Moments):
    """The reading of one sentence: what bounds, spans or counts single moments."""

    def all(self) -> list[Hit]:
        """All times of the sentence, left to right, none inside another."""
        out, i = [], 0
        last = max((n for n, word in enumerate(self.words) if self.calendar.tells(word.low)), default=-1)
        while i <= last:  # no time begins behind the last word that can make one
            hit = self.widest(i)
            if hit is not None:
                out.append(hit)
                self.before = hit
            i = hit.stop if hit is not None else i + 1
        return out

    def widest(self, i: int) -> Hit | None:
        readings = (self.duration, self.opening, self.range, self.night, self.nth_day, self.moment)
        return next((hit for read in readings if (hit := read(i))), None)

    # -- what stands around a time

    def duration(self, i: int) -> Hit | None:
        """ "for three days", "for more than a decade", "for the past 30 years": found, but no day."""
        if self.low(i) not in ("for", "over", "during", "in"):
            return None
        j = self.over(i + 1, "the", "these")
        past = self.over(j, "past", "last")
        if self.low(i) != "for" and past == j:
            return None
        j = self.amount(past)
        found = self.low(j) in self.calendar.units and j > i and self.ends_span(j)
        return Hit(i, j + 1, unknown(), "duration") if found else None

    def ends_span(self, j: int) -> bool:
        plural = self.low(j).endswith(("s", "ies"))
        return plural or (j > 1 and self.calendar.number(self.words, j - 1) is not None)

    def over(self, j: int, *lows: str) -> int:
        return j + 1 if self.low(j) in lows else j

    def amount(self, j: int) -> int:
        """The place after "more than", "almost", "several", "a few", "44", "a"."""
        for entry in self.calendar.about if self.low(j) in self.calendar.about_begins else ():
            j = self.follows(j, *entry) or j
        if self.low(j) == "a" and self.among(j + 1, "vague_numbers"):
            j += 1
        if self.among(j, "vague_numbers"):
            return self.over(j + 1, "of")
        number = self.calendar.number(self.words, j)
        return number[1] if number else j

    def opening(self, i: int) -> Hit | None:
        """since, until, by, before, after; the possessive of "after Friday's attack" names the day alone."""
        if self.low(i) not in OPENINGS:
            return None
        j = self.follows(i + 1, "at", "least") or self.over(i + 1, "the", "about", "around", "at")
        inner = self.range(j) or self.night(j) or self.moment(j)
        if inner is None or (not inner.interval.known and inner.kind != "moment" and self.low(i) != "since"):
            return None
        within_day = inner.interval.clock is not None or self.among(inner.first, "parts")
        if within_day and self.low(i) in ("before", "after"):
            return None  # "shortly before 6 p.m. on Monday" is that Monday
        if self.words[inner.stop - 1].possessive and self.low(i) != "since":
            return None
        word = {"till": "until"}.get(self.low(i), self.low(i))
        return Hit(i, inner.stop, days.opened(word, inner.interval))

    def range(self, i: int) -> Hit | None:
        """ "between 3 and 5 March", "from Monday to Wednesday", "March 3-5", "27 September – 10 November 2030"."""
        word = self.low(i)
        if word in ("between", "from"):
            links = ("and",) if word == "between" else ("to", "until", "through", "till")
            return self.pair(i, self.over(i + 1, "the"), links)
        if not self.starts_pair(i):
            return None
        first = self.day_number(i)
        if first and self.low(first[1]) == "and" and (hit := self.short_pair(i, i, ("and",))):
            return hit  # "2 and 3 March"
        return self.pair(i, i, tuple(DASHES))

    def starts_pair(self, i: int) -> bool:
        return self.low(i).isdecimal() or self.low(i) in self.calendar.months or self.low(i) in self.calendar.weekdays

    def pair(self, i: int, j: int, links: tuple[str, ...]) -> Hit | None:
        short = self.short_pair(i, j, links)
        if short is not None:
            return short
        first = self.moment(j)
        if first is None or self.low(first.stop) not in links:
            return None
        last = self.moment(self.over(first.stop + 1, "the"))
        if last is None or (first.kind != last.kind and {first.kind, last.kind} != {"date", "dayless_year"}):
            return None
        return Hit(i, last.stop, self.joined(first, last))

    def joined(self, first: Hit, last: Hit) -> Interval:
        """The span of two times. A first one without a year takes that of the last; a weekday moves by a week to its side."""
        a, b = first.interval, last.interval
        if first.kind == "weekday" and a.low and b.high and a.low > b.high:
            if self.ahead(first.first):
                b = one_day(days.shift(b.high, 7) or b.high)
            else:
                a = one_day(days.shift(a.low, -7) or a.low)
        elif first.kind in ("dayless_year", "month") and b.high and (a.counted_from or not a.known):
            a = self.last_before(first, a, b.high)
        return days.span(a, b)

    def last_before(self, first: Hit, otherwise: Interval, end: date) -> Interval:
        """The last month or day of the name printed at `first` that does not begin after `end`."""
        words = [w.low for w in self.words[first.first : first.stop]]
        month = next((self.calendar.months[low] for low in words if low in self.calendar.months), None)
        day = next((found[0] for i in range(first.first, first.stop) if (found := self.day_number(i))), None)
        if month is None:
            return otherwise
        for year in (end.year, end.year - 1):
            one = days.one_or_none(days.make_day(year, month, day or 1))
            made = days.month_of(year, month) if first.kind == "month" else one
            if made.low and made.low <= end:
                return made
        return otherwise

    def short_pair(self, i: int, j: int, links: tuple[str, ...]) -> Hit | None:
        """One month for two days ("3-5 March", "March 3-5", "from 2 to 6 June"), or two years."""
        dashes = (*links, *DASHES, "to")
        a = self.day_number(j)
        if a and self.low(a[1]) in dashes and (second := self.day_number(self.over(a[1] + 1, "the"))):
            month = self.month_at(self.over(second[1], "of"))
            if month:
                return self.two_days(i, month[1], month[0], a[0], second[0])
        month = self.month_at(j)
        if month and (a := self.day_number(month[1])) and self.low(a[1]) in dashes:
            second = self.day_number(self.over(a[1] + 1, "the"))
            if second and not self.month_at(second[1]) and a[0] < second[0]:
                return self.two_days(i, second[1], month[0], a[0], second[0])
        first = self.year_number(j)
        last = self.year_number(first[1] + 1) if first and self.low(first[1]) in links else None
        if first and last and first[0] <= last[0] and not self.among(last[1], "counted_after"):
            return Hit(i, last[1], days.years(first[0], last[0]))
        return None

    def two_days(self, i: int, stop: int, month: int, a: int, b: int) -> Hit | None:
        year, stop = self.year_after(stop)
        low, high = self.yearless(i, month, a, year), self.yearless(i, month, b, year)
        return Hit(i, stop, days.span(low, high))

    # -- nights and counted days

    def night(self, i: int) -> Hit | None:
        """ "night of November 10", "night between Saturday and Sunday", "night of 9-10 September"."""
        if self.low(i) != "night" or self.low(i + 1) not in ("of", "between", "from", "to"):
            return None
        j = i + 1 if self.low(i + 1) in ("between", "from") else self.over(i + 2, "the")
        two = self.range(j) or self.night_to(j)
        if two is not None:
            return Hit(i, two.stop, two.interval)
        inner = self.day(j)
        return Hit(i, inner.stop, days.night_of(inner.interval)) if inner else None

    def night_to(self, j: int) -> Hit | None:
        """ "(night of) June 15 to 16", "Saturday to Sunday"."""
        return self.pair(j, j, ("to", "until", "and", *DASHES))

    def nth_day(self, i: int) -> Hit | None:
        """ "fifth consecutive day on Thursday" is that Thursday; "tenth day of the war" has nothing to count from."""
        nth = self.nth(i)
        if nth is None:
            return None
        run = next((j for w in ("consecutive", "straight", "successive", "running") if (j := self.follows(nth[1], w))), None)
        j = run or nth[1]
        if self.low(j) not in ("day", "night"):
            return None
        j = self.follows(j + 1, "in", "a", "row") or self.follows(j + 1, "running") or j + 1
        row = j > (run or nth[1]) + 1
        k = self.follows(j, "on") or j
        weekday = self.weekday(k) if k > j or self.low(k) in self.calendar.weekdays else None
        if weekday is not None:
            begun = days.shift(weekday.interval.low, 1 - nth[0]) if weekday.interval.low else None
            note = f"by this count the first day is {begun.isoformat()}" if begun else weekday.interval.note
            return Hit(i, weekday.stop, weekday.interval._replace(note=note))
        if self.low(j) == "of" and self.low(j + 1) in ("the", "its", "their", "this"):
            return Hit(i, j + 3, unknown(), "count") if j + 2 < len(self.words) and not self.month_at(j + 2) else None
        entered = self.low(i - 2) in ("for", "entered", "into", "enters", "entering")
        counting = self.low(i - 1) in ("a", "their", "its") and entered
        return Hit(i, j, unknown(), "count") if run or row or counting else None
