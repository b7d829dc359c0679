"""readings of one story -> when an undated article of it was probably published, by what the others tell

Basis `hint`, never more, and each article that it rests on is named. Two articles are of one story here when they share a long
quotation, or enough names. From the others come a first day (one that two of them name, before they were published: the report
cannot tell of what had not begun) and a last one (the earliest of them that came after it). Where no such first day is named,
only a shared quotation dates: the same words are printed within days. Nothing is said where the ends lie a fortnight apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from secondsource.model import Quote, Reading, When, WhenField

_APART = timedelta(days=14)
_LONG = 25  # characters from which a quotation is told from a phrase
_NAMES = 5  # names that two articles of one story share at least
_NAME = re.compile(r"(?<=[a-z,;’'”\"] )[A-ZÀ-Þ][\w’'-]{3,30}")
_Dated = tuple[Reading, date, date]


def dated_by_others(readings: Iterable[Reading]) -> Mapping[str, WhenField]:
    """Article id -> a range of days, for each article without a date of its own that is of a story with dated ones."""
    given = tuple(readings)
    dated = [(reading, *days) for reading in given if (days := _days(reading)) is not None]
    found: dict[str, WhenField] = {}
    for reading in given:
        if reading.article.published.value is None and dated:
            field = _by_events(_named_alike(reading, dated)) or _by_words(_worded_alike(reading, dated))
            if field is not None:
                found[reading.article.id] = field
    return found


def _days(reading: Reading) -> tuple[date, date] | None:
    return _ends(reading.article.published.value)


def _ends(value: When | None) -> tuple[date, date] | None:
    if (
        value is None
        or value.earliest is None
        or value.latest is None
        or value.precision not in ("minute", "hour", "day", "range")
    ):
        return None
    return date.fromisoformat(value.earliest[:10]), date.fromisoformat(value.latest[:10])


def _names(reading: Reading) -> frozenset[str]:
    body = (reading.article.text[one.start : one.end] for one in reading.article.segments if one.kind == "body")
    return frozenset(name.removesuffix("’s").removesuffix("'s") for words in body for name in _NAME.findall(words))


def _named_alike(reading: Reading, dated: list[_Dated]) -> list[_Dated]:
    own = _names(reading)
    return [one for one in dated if len(own & _names(one[0])) >= _NAMES]


def _quotations(reading: Reading) -> frozenset[str]:
    direct = (quote for one in reading.attributions if one.mode == "direct" for quote in one.content)
    return frozenset(" ".join(quote.exact.lower().split()) for quote in direct if len(quote.exact) >= _LONG)


def _worded_alike(reading: Reading, dated: list[_Dated]) -> list[_Dated]:
    own = _quotations(reading)
    return [one for one in dated if own & _quotations(one[0])]


def _by_events(others: list[_Dated]) -> WhenField | None:
    """From the first day that two of the others name to the first of them that came out from then on."""
    tellers: defaultdict[date, dict[str, Quote]] = defaultdict(dict)
    for reading, _, last in others:
        for time in reading.times:
            days = _ends(time.when)
            if days is not None and days[0] == days[1] <= last and last - days[0] <= 4 * _APART:
                tellers[days[0]].setdefault(reading.article.name, time.quote)
    begun = min((day for day, names in tellers.items() if len(names) >= 2), default=None)
    if begun is None:
        return None
    after = [one for one in others if one[1] >= begun]
    if not after:
        return None
    nearest = min(after, key=lambda one: (one[2], one[0].article.name))
    return _field(begun, nearest[2], tuple(tellers[begun].values()), {*tellers[begun], nearest[0].article.name})


def _by_words(others: list[_Dated]) -> WhenField | None:
    if not others:
        return None
    evidence = tuple(quote for reading, _, _ in others for quote in reading.article.published.evidence)
    names = {reading.article.name for reading, _, _ in others}
    return _field(min(one[1] for one in others), max(one[2] for one in others), evidence, names)


def _field(first: date, last: date, evidence: tuple[Quote, ...], names: set[str]) -> WhenField | None:
    if last - first > _APART:
        return None
    value = When(earliest=first.isoformat(), latest=last.isoformat(), precision="day" if first == last else "range")
    return WhenField(
        value=value, basis="hint", evidence=evidence, note=f"by what is told and dated in {', '.join(sorted(names))}"
    )
