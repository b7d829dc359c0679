"""two times or two figures -> how they lie to each other: apart, inside, before, equal within rounding."""

from datetime import date

from secondsource.model import Figure, When

DAY = 10  # characters of an ISO day
ROUNDING = 0.05  # "1,200" for 1,187: within one part in twenty two figures are one figure, rounded
LARGE, ROUND = 100, 50  # smaller figures are counted, not rounded; a rounded one ends in 50 or 00
SOFT = frozenset({"vague"})
OPEN = frozenset({"at_least", "more_than"})
CAPPED = frozenset({"at_most", "less_than"})  # their lower end is no statement of the speaker


def ends(when: When) -> tuple[str, str] | None:
    """Both ends of a closed interval, at full precision; None where an end is open."""
    return (when.earliest, when.latest) if when.earliest and when.latest else None


def disjoint(left: When, right: When) -> bool:
    """Nothing in common, at the precision that both share; an open end reaches to the other's."""
    before = bool(left.latest and right.earliest and _less(left.latest, right.earliest))
    after = bool(right.latest and left.earliest and _less(right.latest, left.earliest))
    return before or after


def _less(left: str, right: str) -> bool:
    if len(left) == DAY or len(right) == DAY:
        return left[:DAY] < right[:DAY]
    return left < right


def contains(wide: When, narrow: When) -> bool:
    """`narrow` lies inside `wide` and says more."""
    outer, inner = ends(wide), ends(narrow)
    if not (outer and inner) or equal(wide, narrow):
        return False
    return not _less(inner[0], outer[0]) and not _less(outer[1], inner[1]) and width(narrow) <= width(wide)


def equal(left: When, right: When) -> bool:
    return (left.earliest, left.latest) == (right.earliest, right.latest) and bool(left.earliest or left.latest)


def width(when: When) -> int:
    """Days from one end to the other; 0 for a day or less; a month's worth of years where an end is open."""
    found = ends(when)
    return days(*found) if found else 400 * 366


def days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later[:DAY]) - date.fromisoformat(earlier[:DAY])).days


def gap(left: When, right: When) -> int | None:
    """Days between two intervals, 0 where they touch or overlap; None where one is not known."""
    a, b = ends(left), ends(right)
    if not (a and b):
        return None
    return max(0, days(a[1], b[0]), days(b[1], a[0]))


def order(left: When | None, right: When | None) -> int | None:
    """-1 or 1 where one lies on days before the other's, 0 where both are one day, None where that cannot be told."""
    a, b = ends(left) if left else None, ends(right) if right else None
    if not (a and b):
        return None
    if days(a[1], b[0]) > 0:
        return -1
    if days(b[1], a[0]) > 0:
        return 1
    # Days of publication are often known within two ("by 1 or 2 October"): overlapping, they count as one.
    return 0 if max(days(*a), days(*b)) <= 1 else None


def spelled(when: When) -> str:
    """An interval in words: a day, a minute, or its two ends."""
    earliest, latest = when.earliest or "…", when.latest or "…"
    if when.precision not in {"minute", "hour"}:
        earliest, latest = earliest[:DAY], latest[:DAY]
    return earliest if earliest == latest else f"{earliest} to {latest}"


def apart(a: Figure, b: Figure) -> bool:
    """The intervals share no number, even after rounding."""
    lower, upper = (a, b) if (a.high is not None and a.high < b.low) else (b, a)
    return lower.high is not None and lower.high < upper.low and not close(a, b)


def close(a: Figure, b: Figure) -> bool:
    """Equal within rounding: the rounder of two figures may differ by one part in twenty. "12" and "13" are not close."""
    more, less = max(a.low, b.low), min(a.low, b.low)
    rounded = any(f.bound in {"exact", "about"} and f.low >= LARGE and f.low % ROUND == 0 for f in (a, b))
    return more == less or (rounded and not (a.bound in CAPPED or b.bound in CAPPED) and more - less <= ROUNDING * more)


def grew(earlier: Figure, later: Figure) -> bool:
    """The later figure is higher: above the whole of a closed one, above the low end of an open one."""
    if later.bound in SOFT or (earlier.bound in CAPPED and earlier.low == 0 and not apart(earlier, later)):
        return False
    return later.low > (earlier.low if earlier.high is None else earlier.high)


def shrank(earlier: Figure, later: Figure) -> bool:
    return later.high is not None and later.high < earlier.low and not {earlier.bound, later.bound} & SOFT


def same(a: Figure, b: Figure) -> bool:
    return (a.low, a.high, a.bound) == (b.low, b.high, b.bound)


def counted(figure: Figure) -> str:
    """A figure's interval in words."""
    low = f"{figure.low:,.0f}"
    if figure.high is None:
        return f"{low} or more"
    return low if figure.high == figure.low else f"{low} to {figure.high:,.0f}"
