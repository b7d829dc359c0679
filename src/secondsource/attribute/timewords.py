"""table of time words -> what each word can be on a calendar"""

from typing import Any

from secondsource.attribute.words import Word

DEICTIC = frozenset(
    ["today", "yesterday", "tomorrow", "tonight", "overnight", "night", "week", "month", "year", "weekend", "day"]
)


class Calendar:
    """The table `times`, ready for reading."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.months = {name: n + 1 for n, names in enumerate(table["months"]) for name in names.split()}
        self.weekdays = {name: n for n, names in enumerate(table["weekdays"]) for name in names.split()}
        full = [names.split()[0] for key in ("months", "weekdays") for names in table[key]]
        self.full = frozenset(full)
        kinds = ("day", "week", "month", "year", "other")
        self.units = {word: kind for kind in kinds for word in table[f"{kind}_units"].split()}
        self.ordinals = {word: n + 1 for n, word in enumerate(table["ordinals"].split())}
        self.numbers = {word: n for n, word in enumerate(table["numbers"].split())}
        self.tens = {word: 10 * n + 20 for n, word in enumerate(table["tens"].split())}
        self.about = tuple(tuple(entry.split("_")) for entry in table["about"].split())
        self.prefixes = tuple(tuple(entry.split("_")) for entry in table["prefixes_of_parts"].split())
        self.about_begins = frozenset(entry[0] for entry in self.about)
        self.prefixes_begin = frozenset(entry[0] for entry in self.prefixes)
        self.thirds = {word: key for key in ("early", "middle", "late") for word in table[key].split()}
        self.future = frozenset(table["future"].split())
        self.sets: dict[str, frozenset[str]] = {
            key: frozenset(value.split()) for key, value in table.items() if isinstance(value, str)
        }
        self.telling = DEICTIC | self.sets["parts"] | {*self.months, *self.weekdays, *self.units}

    def tells(self, low: str) -> bool:
        """Whether a lower word can be what makes a phrase a time: there is none without a figure or one of these words."""
        return low in self.telling or low.isdecimal()

    def number(self, words: list[Word], i: int) -> tuple[int, int] | None:
        """(value, place after it) of a small number in digits or words, "a" being one."""
        low = words[i].low if i < len(words) else ""
        if low.isdecimal() and len(low) <= 4 and low.isascii():
            return int(low), i + 1
        if low in ("a", "an"):
            return 1, i + 1
        if low in self.numbers:
            return self.numbers[low], i + 1
        if low not in self.tens:
            return None
        j = i + 2 if i + 1 < len(words) and words[i + 1].text == "-" else i + 1
        unit = self.numbers.get(words[j].low, 0) if j < len(words) else 0
        return (self.tens[low] + unit, j + 1) if 0 < unit < 10 else (self.tens[low], i + 1)
