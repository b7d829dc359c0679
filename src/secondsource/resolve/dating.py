"""readings of one story -> when an undated article of it was probably published, by what the others tell

Basis `hint`, never more: the dates of other articles that tell of the same, each named in the note. An article that is dated
itself gets no entry. Nothing is said where the others lie more than a fortnight apart.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from secondsource.model import Quote, Reading, When, WhenField

_APART = timedelta(days=14)
_SHARED = 2  # quotations or figures that two articles must share to tell of one thing
_LONG = 25  # characters from which a quotation is told from a phrase


def dated_by_others(readings: Iterable[Reading]) -> Mapping[str, WhenField]:
    """Article id -> a range of days, for each article without a date of its own that shares words with dated ones."""
    given = tuple(readings)
    dated = [(reading, days) for reading in given if (days := _days(reading)) is not None]
    found: dict[str, WhenField] = {}
    for reading in given:
        if reading.article.published.value is None:
            field = _hint(reading, [pair for pair in dated if _related(reading, pair[0])])
            if field is not None:
                found[reading.article.id] = field
    return found


def _days(reading: Reading) -> tuple[date, date] | None:
    value = reading.article.published.value
    if value is None or value.earliest is None or value.latest is None or value.precision in ("month", "year", "unknown"):
        return None
    return date.fromisoformat(value.earliest[:10]), date.fromisoformat(value.latest[:10])


def _related(one: Reading, other: Reading) -> bool:
    """Do the two share quotations or figures?"""
    shared = _marks(one) & _marks(other)
    return len(shared) >= _SHARED or any(kind == "words" for kind, _ in shared)


def _marks(reading: Reading) -> frozenset[tuple[str, str]]:
    words = {
        ("words", " ".join(quote.exact.lower().split()))
        for attribution in reading.attributions
        if attribution.mode == "direct"
        for quote in attribution.content
        if len(quote.exact) >= _LONG
    }
    figures = {("figure", f"{figure.counted} {figure.low:g}-{figure.high}") for figure in reading.figures if figure.low >= 10}
    return frozenset(words | figures)


def _hint(reading: Reading, others: list[tuple[Reading, tuple[date, date]]]) -> WhenField | None:
    if not others:
        return None
    first = min(days[0] for _, days in others)
    last = max(days[1] for _, days in others)
    if last - first > _APART:
        return None
    value = When(earliest=first.isoformat(), latest=last.isoformat(), precision="day" if first == last else "range")
    evidence: tuple[Quote, ...] = tuple(quote for other, _ in others for quote in other.article.published.evidence)
    names = ", ".join(sorted(other.article.name for other, _ in others))
    return WhenField(value=value, basis="hint", evidence=evidence, note=f"by the dates of {names}")
