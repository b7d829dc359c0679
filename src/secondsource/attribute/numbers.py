"""words of a sentence -> the numbers in it, with their bounds

Digits with separators, words, dozens, soft plurals, ranges, and what stands before or after a number and bounds it. What is no
plain number (a damaged run of digits, a model, a fraction, money) is left out whole.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from secondsource.attribute.words import Lows, Word
from secondsource.model import Bound

Item = TypeVar("Item")
RUN = re.compile(r"\d[\d.,]*(?<![.,])")
PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?")
DASHES = frozenset("-–—")
PARTS = {"quarter": 0.25, "half": 0.5}
GLUE = frozenset("/:.,'")
LARGEST = 10**10  # more than all people; a larger number is a misprint


class Value(NamedTuple):
    """A bare number from word `first` up to `stop`; `scale` is the last factor printed ("8 million": 1000000)."""

    first: int
    stop: int
    amount: float
    vague: bool = False
    scale: int = 1
    article: bool = False


class Number(NamedTuple):
    """A number with its bounds: words `first` up to `stop` are printed as one, the bare number begins at word `core`."""

    first: int
    core: int
    stop: int
    low: float
    high: float | None
    bound: Bound
    increment: bool = False
    vague: bool = False


def by_first(pairs: Iterable[tuple[tuple[str, ...], Item]]) -> dict[str, tuple[tuple[tuple[str, ...], Item], ...]]:
    """Entries with what they stand for by their first word, in the order given: most places of a text begin none."""
    held: defaultdict[str, list[tuple[tuple[str, ...], Item]]] = defaultdict(list)
    for entry, item in pairs:
        held[entry[0]].append((entry, item))
    return {word: tuple(found) for word, found in held.items()}


def entries(words: str) -> tuple[tuple[str, ...], ...]:
    """ "at_least no_fewer_than" as tuples of words, the longest first."""
    return tuple(sorted((tuple(entry.split("_")) for entry in words.split()), key=len, reverse=True))


class Numbers:
    """The table `numbers`, ready for reading."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.units = {word: n for n, word in enumerate(table["units"].split())}
        self.tens = {word: 10 * n + 20 for n, word in enumerate(table["tens"].split())}
        self.scales: dict[str, int] = table["scales"]
        vague = sorted(table["vague"].items(), key=lambda kv: -kv[0].count("_"))
        self.vague = by_first((tuple(key.split("_")), n) for key, n in vague)
        before = [(entry, bound) for bound, words in table["before"].items() for entry in entries(words)]
        self.before = by_first(sorted(before, key=lambda pair: -len(pair[0])))
        self.after = tuple((entry, bound) for bound, words in table["after"].items() for entry in entries(words))
        self.not_before = {word: frozenset(verbs.split()) for word, verbs in table["not_before"].items()}
        self.crossed = frozenset(table["rising"]["more_than"].split())
        self.counts = frozenset(table["rising"]["counts"].split())
        self.changes = frozenset(table["rising"]["changes"].split())
        # Every word with which a number or what bounds it can begin, but for figures.
        words = {*self.units, *self.tens, *self.scales, *self.vague, *self.before, *self.crossed, *PARTS}
        self.begins = frozenset(words | {"a", "an", "between", "from", "and", "-"})
        self.signs_before = frozenset(table["not_counted"]["signs_before"].split())
        self.signs_after = frozenset(table["not_counted"]["signs_after"].split())
        self.fractions = frozenset(table["not_counted"]["fractions"].split())


class NumberReader:
    """The numbers of one sentence. `taken`: spans that are times and hold no numbers."""

    def __init__(self, text: str, words: list[Word], numbers: Numbers, taken: Iterable[tuple[int, int]] = ()) -> None:
        self.text, self.words, self.numbers = text, words, numbers
        self.low: Callable[[int], str] = Lows(enumerate(word.low for word in words)).__getitem__
        starts = [w.start for w in words]
        self.blocked = {n for a, b in taken for n in range(bisect_left(starts, a), bisect_left(starts, b))}

    def all(self) -> list[Number]:
        """All numbers, left to right."""
        out, i = [], 0
        while i < len(self.words):
            low = self.low(i)
            number = self.number(i) if low in self.numbers.begins or low.isdecimal() else None
            if number is not None:
                out.append(number)
            i = number.stop if number else self.after_run(i)
        return out

    def follows(self, i: int, entry: tuple[str, ...]) -> int | None:
        return i + len(entry) if all(self.low(i + n) == low for n, low in enumerate(entry)) else None

    def after_run(self, i: int) -> int:
        """The next place to look at: past the whole run where a run of digits begins."""
        if not self.low(i).isdecimal():
            return i + 1
        run = RUN.match(self.text, self.words[i].start)
        end = run.end() if run else self.words[i].end
        while i < len(self.words) and self.words[i].start < end:
            i += 1
        return i

    # -- a number with what bounds it

    def number(self, i: int) -> Number | None:
        first, core, bounds = i, i, []
        for _ in range(3):
            step = self.prefix(core)
            if step is None:
                break
            bounds.append(step[0])
            core = step[1]
        value = self.between(core) or self.spanning(core)
        if value is None:
            return None
        low, high = value
        stop, after = self.suffix(high.stop)
        bounds += after
        if self.spoiled(low.first, stop):
            return None
        return self.bounded(first, low, high, stop, bounds)

    def prefix(self, i: int) -> tuple[str, int] | None:
        entries = self.numbers.before.get(self.low(i), ())
        found = next(((bound, stop) for entry, bound in entries if (stop := self.follows(i, entry))), None)
        if found is None and self.low(i) in self.numbers.crossed and self.is_count(i):
            return "more_than", i + 1
        if found is not None and self.low(i - 1) in self.numbers.not_before.get(self.low(i), ()):
            return None
        return found

    def is_count(self, i: int) -> bool:
        """Whether "crossed" at `i` speaks of a toll or a number of something."""
        return any(self.low(j) in self.numbers.counts for j in range(max(0, i - 14), i))

    def suffix(self, i: int) -> tuple[int, list[str]]:
        for entry, bound in self.numbers.after:
            stop = self.follows(i, entry)
            if stop is not None and self.low(stop) != "than":
                return stop, [bound]
        return i, []

    def between(self, i: int) -> tuple[Value, Value] | None:
        """ "between 30 and 40", "from 3,000 to 4,000"; "rose from 212 to 240" are two numbers."""
        link = {"between": ("and",), "from": ("to",)}.get(self.low(i))
        changes = any(self.low(j) in self.numbers.changes for j in range(max(0, i - 4), i))
        if link is None or (self.low(i) == "from" and changes):
            return None
        return self.pair(i, self.value(i + 1), link)

    def spanning(self, i: int) -> tuple[Value, Value] | None:
        """ "15 to 20", "25-30", "Seven or eight", or one number alone."""
        value = self.value(i)
        if value is None:
            return None
        links = ("or",) if self.low(i - 1) == "from" else ("or", "to")
        return self.pair(i, value, (*links, *DASHES)) or (value, value)

    def pair(self, i: int, low: Value | None, links: tuple[str, ...]) -> tuple[Value, Value] | None:
        if low is None or low.vague or self.low(low.stop) not in links:
            return None
        high = self.value(low.stop + 1)
        if high is None or high.vague or high.article:
            return None
        if low.scale < high.scale and low.amount < high.amount / high.scale:
            low = low._replace(amount=low.amount * high.scale)
        return (low._replace(first=i), high) if low.amount < high.amount else None

    def bounded(self, first: int, low: Value, high: Value, stop: int, bounds: list[str]) -> Number | None:
        increment = "increment" in bounds
        bound = next((b for b in reversed(bounds) if b != "increment"), "exact")
        a, b = low.amount, high.amount
        made: tuple[float, float | None, Bound]
        if low.vague:
            made = (a, None, "vague")
        elif bound == "at_most":
            made = (0, b, "at_most")
        elif bound == "less_than":
            made = (0, b - 1, "less_than")
        elif bound == "nearly":
            made = (-(-9 * a // 10), b - 1, "less_than")
        elif bound == "at_least":
            made = (a, None, "at_least")
        elif bound == "more_than":
            made = (a + 1, None, "more_than")
        elif a != b:
            made = (a, b, "range")
        else:
            made = (-(-9 * a // 10), 11 * a // 10, "about") if bound == "about" else (a, a, "exact")
        if a > LARGEST or b > LARGEST or a != int(a) or b != int(b) or (made[1] is not None and made[1] < made[0]):
            return None
        return Number(first, low.first, stop, made[0], made[1], made[2], increment, low.vague)

    # -- a bare number

    def value(self, i: int) -> Value | None:
        if i in self.blocked or i >= len(self.words):
            return None
        return self.soft(i) or (self.digits(i) if self.low(i).isdecimal() else self.spelled(i))

    def soft(self, i: int) -> Value | None:
        for entry, least in self.numbers.vague.get(self.low(i), ()):
            stop = self.follows(i, entry)
            if stop is None:
                continue
            scale = self.numbers.scales.get(self.low(stop), 1) if least == 3 else 1
            return Value(i, stop + (scale > 1), least * scale, vague=True)
        return None

    def digits(self, i: int) -> Value | None:
        start = self.words[i].start
        run = RUN.match(self.text, start)
        if run is None or not PLAIN.fullmatch(run.group()) or not self.words[i].low.isascii():
            return None
        printed, stop = run.group(), self.after_run(i)
        if len(printed) > 1 and printed[0] == "0" and printed[1] != ".":
            return None
        while len(printed) <= 3 * 4 and "," not in printed and "." not in printed and self.grouped(stop, printed):
            printed, stop = printed + self.low(stop), stop + 1
        decimal = re.fullmatch(r"\d+\.\d+", printed) is not None
        amount = float(printed) if decimal else float(re.sub(r"[.,]", "", printed)) if len(printed) < 20 else LARGEST * 10.0
        scale = self.numbers.scales.get(self.low(stop), 1)
        if decimal and scale == 1:
            return None
        return Value(i, stop + (scale > 1), round(amount * scale, 3), scale=scale)

    def grouped(self, stop: int, printed: str) -> bool:
        """Whether three digits follow after one space: "12 000"."""
        if not (len(printed) > 0 and stop < len(self.words) and len(self.low(stop)) == 3 and self.low(stop).isdecimal()):
            return False
        gap = self.text[self.words[stop - 1].end : self.words[stop].start]
        return gap in (" ", "\u00a0", "\u202f") and self.after_run(stop) == stop + 1

    def spelled(self, i: int) -> Value | None:
        """ "twenty-three", "one hundred and twenty", "a dozen", "half a million", "a quarter of a million"."""
        if self.low(i) == "half" and self.low(i + 1) == "a" and (scale := self.numbers.scales.get(self.low(i + 2))):
            return Value(i, i + 3, scale / 2)
        part = PARTS.get(self.low(i))
        if part and self.low(i - 1) in ("a", "") and self.follows(i + 1, ("of", "a")):
            scale = self.numbers.scales.get(self.low(i + 3), 0)
            return Value(i, i + 4, scale * part) if scale >= 1000 else None
        if self.low(i) not in ("a", "an"):
            return self.summed(i, article=False)
        if self.low(i + 1) in PARTS:
            whole = self.spelled(i + 1)
            return whole._replace(first=i) if whole else None
        return self.summed(i + 1, article=True) if self.low(i + 1) in self.numbers.scales else None

    def summed(self, i: int, article: bool) -> Value | None:
        """The sum of the number words from `i`; `article`: "a" stands before them and is one."""
        between = self.low(i - 1) == "between"  # "between two hundred and three thousand" has two numbers
        total, current, last, j = 0, 1 if article else 0, 1, i
        while j < len(self.words):
            low = self.low(j)
            scale = self.numbers.scales.get(low)
            if scale is not None:
                if current >= 100 > scale // 2 or (j == i and not article):
                    break  # nobody counts "three hundred dozen"; a bare "hundred" is no number
                last, total, current = scale, *self.scaled(total, current, scale)
            elif low in self.numbers.units and current % 10 == 0 and (current % 100 == 0 or self.numbers.units[low] < 10):
                current += self.numbers.units[low]
            elif low in self.numbers.tens and current % 100 == 0:
                current += self.numbers.tens[low]
            elif not self.links(j, last, between):
                break
            j += 1
        first = i - 1 if article else i
        return Value(first, j, float(min(total + current, LARGEST * 10)), scale=last, article=article) if j > i else None

    def scaled(self, total: int, current: int, scale: int) -> tuple[int, int]:
        """(finished thousands, running rest) after a scale word."""
        return (total, max(current, 1) * scale) if scale < 1000 else (total + max(current, 1) * scale, 0)

    def links(self, j: int, last: int, between: bool) -> bool:
        """ "and" in "one hundred and twenty", the hyphen of "twenty-three"."""
        if self.low(j) == "and":
            return last >= 100 and not between and self.small(j + 1)
        return self.low(j) == "-" and self.hyphen(j)

    def small(self, j: int) -> bool:
        """A number below a hundred, which can follow "hundred and"."""
        return self.low(j) in self.numbers.units or self.low(j) in self.numbers.tens

    def hyphen(self, j: int) -> bool:
        unit = self.numbers.units.get(self.low(j + 1), 0)
        return self.words[j].glued and self.low(j - 1) in self.numbers.tens and 0 < unit < 10

    # -- what makes a number none

    def spoiled(self, first: int, stop: int) -> bool:
        """Part of a word or name ("T-72", "58-year-old", "3rd"), money, a percentage, a fraction, a negative number."""
        before, after = self.low(first - 1), self.low(stop)
        if self.words[first].glued and (before in DASHES or before in GLUE or before.isalnum()):
            return True
        if (
            stop < len(self.words)
            and self.words[stop].glued
            and (after.isalnum() or after in DASHES or after in ("/", ":", "+"))
        ):
            return True
        if before in ("a", "an") and self.low(first).isdecimal():
            return True  # "a 911 caller"
        if (
            before in ("x", "×", "minus")
            or after in ("x", "×")
            or before in self.numbers.signs_before
            or after in self.numbers.signs_after
        ):
            return True
        if after in self.numbers.fractions or (before == "of" and self.low(first - 2) in self.numbers.fractions):
            return True
        if any(n in self.blocked for n in range(first, stop)) or self.is_share(first, stop):
            return True
        return after.isdecimal() or (before.isdecimal() and first - 1 not in self.blocked)

    def is_share(self, first: int, stop: int) -> bool:
        """ "one in five"."""
        if self.low(stop) == "in" and self.value(stop + 1):
            return True
        return self.low(first - 1) == "in" and self.low(first - 2) in self.numbers.units
