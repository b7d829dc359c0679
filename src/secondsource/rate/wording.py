"""words of a position -> what is strong, wide, soon and many in them, so that two entries can be laid side by side"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from secondsource.model import Record

WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?(?:-[^\W_]+)*|\d[\d,.]*\d")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# How far behind a number its noun may stand: "forty of the captured conscripts".
NOUN_WITHIN = 4
# Two forms of one word share this many letters: "demand", "demanded"; shorter words must be equal but for a plural's s.
STEM = 6


class Deadline(Record, frozen=True, kw_only=True):
    """A time by which: its words, and the last day (None: not a day that can be counted)."""

    words: str
    days: float | None = None
    last: str | None = None


class Stress(Record, frozen=True, kw_only=True):
    """What is strong, wide, soon and many in a run of words. Lists hold the words as printed, folded."""

    absolute: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    limit: tuple[str, ...] = ()
    mild: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    whole: tuple[tuple[str, str], ...] = ()
    part: tuple[str, ...] = ()
    amounts: tuple[tuple[float, str, frozenset[str]], ...] = ()
    deadline: Deadline | None = None
    stems: frozenset[str] = frozenset()


class Lexicon:
    """The table strength.toml, ready to be asked."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.phrases = {name: _phrases(held) for name, held in {**table["stress"], **table["scope"]}.items()}
        self.numbers: dict[str, float] = {name: float(n) for name, n in table["number"].items()}
        self.units: dict[str, float] = {name: float(n) for name, n in table["days"].items()}
        self.same = {word: row for row, held in table["same"].items() for word in reversed(held.split())}
        self.skip = frozenset(table["skip"]["words"].split())

    def stress(self, text: str, day: str | None = None) -> Stress:
        """What the words `text` stress. `day`: when they were said, an ISO date, for "by Thursday"."""
        words = tokens(text)
        deadline, taken = self._deadline(words, day)
        found = {
            name: tuple(self._found(words, name))
            for name in ("absolute", "urgent", "limit", "mild", "announced", "again", "part")
        }
        return Stress(
            **found,
            whole=tuple(self._wholes(words)),
            amounts=tuple(self._amounts(words, taken)),
            deadline=deadline,
            stems=self.stems(text),
        )

    def stems(self, text: str) -> frozenset[str]:
        """The content words of `text`, forms of one word and words for one thing made one."""
        return frozenset(self._stem(word) for word in tokens(text) if word not in self.skip or word in self.same)

    def _stem(self, word: str) -> str:
        if word in self.same:
            return f"={self.same[word]}"
        bare = re.sub(r"['’]s?$", "", word)
        return bare[:STEM] if len(bare) > STEM else re.sub(r"(?<=..[^s])s$", "", bare)

    def _found(self, words: list[str], name: str) -> Iterator[str]:
        for start in range(len(words)):
            for phrase in self.phrases[name].get(words[start], ()):
                if tuple(words[start : start + len(phrase)]) == phrase:
                    yield " ".join(phrase)
                    break

    def _wholes(self, words: list[str]) -> Iterator[tuple[str, str]]:
        for i, word in enumerate(words):
            if (word,) in self.phrases["whole"].get(word, ()):
                rest = [w for w in words[i + 1 : i + 1 + NOUN_WITHIN] if w not in self.skip]
                yield word, self._stem(rest[0]) if rest else ""

    def _amounts(self, words: list[str], taken: set[int]) -> Iterator[tuple[float, str, frozenset[str]]]:
        i = 0
        while i < len(words):
            value, size = self._number(words, i)
            if value is None or i in taken:
                i += 1
                continue
            rest = words[i + size : i + size + NOUN_WITHIN]
            if not rest or rest[0] not in MONTHS:
                nouns = [self._stem(w) for w in rest if w not in self.skip and w not in self.units]
                yield value, " ".join(words[i : i + size + 1]), frozenset(nouns)
            i += size

    def _number(self, words: list[str], i: int) -> tuple[float | None, int]:
        """The number that begins at word `i`, and how many words it takes: "forty-two", "three hundred", "1,200"."""
        total: float | None = None
        size = 0
        for word in words[i : i + 3]:
            value = self._value(word)
            if value is None:
                break
            total = value if total is None else total * value if value >= 100 else total + value
            size += 1
        return total, max(size, 1)

    def _value(self, word: str) -> float | None:
        if word[0].isdigit():
            digits = word.replace(",", "")
            return float(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else None
        parts = [self.numbers.get(p) for p in word.split("-")]
        return sum(p for p in parts if p is not None) if all(p is not None for p in parts) else None

    def _deadline(self, words: list[str], day: str | None) -> tuple[Deadline | None, set[int]]:
        """The first time by which in the words, and the places of the words that it takes."""
        for i, word in enumerate(words):
            if word not in {"by", "before", "until", "within", "in", "than"} or i + 1 == len(words):
                continue
            rest = words[i + 1 : i + 5]
            if made := self._span(word, rest) or _calendar(word, rest, day):
                return made, set(range(i, i + 5))
            if word in {"before", "until"}:
                return Deadline(words=" ".join([word, *rest])), set(range(i, i + 5))
        return None, set()

    def _span(self, opener: str, rest: list[str]) -> Deadline | None:
        """ "within a week", "in three months"."""
        if opener not in {"within", "in"}:
            return None
        for k in range(min(3, len(rest))):
            if rest[k] in self.units:
                number, _ = self._number(rest, 0)
                if k and number is None and rest[0] not in {"a", "an", "the"}:
                    return None
                return Deadline(words=" ".join([opener, *rest[: k + 1]]), days=(number or 1) * self.units[rest[k]])
        return None


def tokens(text: str) -> list[str]:
    """The words of a text, folded."""
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def _phrases(held: str) -> dict[str, list[tuple[str, ...]]]:
    made: dict[str, list[tuple[str, ...]]] = {}
    for entry in held.split():
        phrase = tuple(entry.split("_"))
        made.setdefault(phrase[0], []).append(phrase)
    return {first: sorted(found, key=len, reverse=True) for first, found in made.items()}


def _calendar(opener: str, rest: list[str], day: str | None) -> Deadline | None:
    """ "by 1 June", "before Thursday", "until the autumn", "by the end of the year": the last day, where `day` is known."""
    said = date.fromisoformat(day[:10]) if day else None
    for k, word in enumerate(rest):
        text = " ".join([opener, *rest[: k + 1]])
        if word in MONTHS:
            beside = [w for w in (rest[k - 1] if k else "", rest[k + 1] if k + 1 < len(rest) else "") if w.isdigit()]
            number = int(beside[0]) if beside and int(beside[0]) <= 31 else None
            if opener == "in" and number is None:
                return Deadline(words=text, last=_ahead(said, MONTHS.index(word) + 1, 28))
            return Deadline(words=text, last=_ahead(said, MONTHS.index(word) + 1, number or 1))
        if word in WEEKDAYS:
            ahead = (WEEKDAYS.index(word) - said.weekday()) % 7 or 7 if said else 0
            return Deadline(words=text, last=(said + timedelta(days=ahead)).isoformat() if said else None)
        if word in SEASONS:
            return Deadline(words=text, last=_ahead(said, SEASONS[word], 21))
        if word in {"year", "month", "week"} and k and rest[k - 1] in {"the", "this", "is"} and opener != "in":
            return Deadline(words=text, last=_end_of(said, word))
    return None


def _ahead(said: date | None, month: int, number: int) -> str | None:
    """The next such day on or after `said`."""
    if said is None:
        return None
    try:
        this = date(said.year, month, number)
        return (this if this >= said else date(said.year + 1, month, number)).isoformat()
    except ValueError:  # 29 February, 31 June
        return None


def _end_of(said: date | None, unit: str) -> str | None:
    if said is None:
        return None
    if unit == "week":
        return (said + timedelta(days=6 - said.weekday())).isoformat()
    if unit == "year":
        return date(said.year, 12, 31).isoformat()
    return ((said.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)).isoformat()
