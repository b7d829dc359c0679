"""two testimonies that answer one question -> the judgement of the first rule that fits.

`RULES` is DESIGN's table in its order. Each rule is a small function with a name that the dossier prints; it returns what it
says and why, or None where it does not fit. Nothing but these rules decides conflict.
"""

from collections.abc import Callable, Sequence
from datetime import date

from secondsource.model import Figure, Judgement, Testimony, When, identify

Verdict = tuple[str, str]  # the kind of judgement, and its reason
Rule = Callable[[Testimony, Testimony], Verdict | None]

ROUNDING = 0.05  # "1,200" for 1,187: within one part in twenty two exact figures are one figure, rounded
VAGUE = frozenset({"vague"})
OPEN = frozenset({"at_least", "more_than"})


def weekday_or_count_does_not_fit(left: Testimony, right: Testimony) -> Verdict | None:
    """One article gives two days for one event."""
    if left.article != right.article or not (left.claim and right.claim and left.claim.when and right.claim.when):
        return None
    if _disjoint(left.claim.when, right.claim.when):
        return "internally_inconsistent", f"one report gives both {_days(left.claim.when)} and {_days(right.claim.when)}"
    return None


def figures_count_different_things(left: Testimony, right: Testimony) -> Verdict | None:
    """What is counted, whose or scope differs."""
    a, b = left.figure, right.figure
    if not (a and b):
        return None
    if a.counted != b.counted or a.scope != b.scope:
        return "not_comparable", f"{a.counted} ({a.scope}) is not {b.counted} ({b.scope})"
    return None


def one_counter_later(left: Testimony, right: Testimony) -> Verdict | None:
    """The same counter gives a new figure on a later day."""
    a, b = left.figure, right.figure
    if not (a and b and _same_counter(left, right)):
        return None
    order = _order(left.day, right.day)
    if order is None or a.bound in VAGUE or b.bound in VAGUE or (a.low, a.high) == (b.low, b.high):
        return None
    earlier, later = (a, b) if order < 0 else (b, a)
    if later.low > earlier.low:
        return "updates", f"the same counter, later and higher: {_range(earlier)}, then {_range(later)}"
    if later.low < earlier.low and later.high is not None and later.high < earlier.low:
        return "revised", f"the same counter, later and lower: {_range(earlier)}, then {_range(later)}"
    return None


def toll_grew(left: Testimony, right: Testimony) -> Verdict | None:
    """A running total that is higher on a later day, by another or an unnamed counter."""
    a, b = left.figure, right.figure
    if not (a and b and a.scope == b.scope == "cumulative"):
        return None
    order = _order(left.day, right.day)
    if order is None or a.bound in VAGUE or b.bound in VAGUE:
        return None
    earlier, later = (a, b) if order < 0 else (b, a)
    if later.low > earlier.low:
        who = "counters are not named" if not (a.counter or b.counter) else "other counter"
        return "updates", f"a running total, later and higher ({who}): {_range(earlier)}, then {_range(later)}"
    return None


def figures_exclude_each_other(left: Testimony, right: Testimony) -> Verdict | None:
    """Disjoint figures of one day, or a lower one later by another counter; neither vague."""
    a, b = left.figure, right.figure
    if not (a and b) or a.bound in VAGUE or b.bound in VAGUE or not _apart(a, b):
        return None
    order = _order(left.day, right.day)
    if left.day is None or right.day is None:
        return None
    if order is None:
        return "conflicts", f"as of the same day: {_range(a)} against {_range(b)}"
    earlier, later = (a, b) if order < 0 else (b, a)
    if later.low < earlier.low and a.scope != "increment":
        return "conflicts", f"later and lower, by another counter: {_range(earlier)}, then {_range(later)}"
    return None


def figures_agree_only_loosely(left: Testimony, right: Testimony) -> Verdict | None:
    """Figures that overlap only because a bound is open or vague."""
    a, b = left.figure, right.figure
    if not (a and b) or _apart(a, b):
        return None
    if (a.low, a.high, a.bound) == (b.low, b.high, b.bound) and a.bound not in VAGUE:
        return None
    if {a.bound, b.bound} & (VAGUE | OPEN):
        return "compatible", f"{_range(a)} and {_range(b)} can both be so"
    return None


def figures_agree(left: Testimony, right: Testimony) -> Verdict | None:
    """Equal figures, or equal within rounding."""
    a, b = left.figure, right.figure
    if not (a and b) or a.bound in VAGUE or b.bound in VAGUE:
        return None
    if (a.low, a.high) == (b.low, b.high) or (not _apart(a, b) and _close(a, b)):
        return "supports", f"both give {_range(a)}"
    return None


def days_exclude_each_other(left: Testimony, right: Testimony) -> Verdict | None:
    """Times of one event that share no day."""
    if not (left.claim and right.claim and left.claim.when and right.claim.when):
        return None
    if left.claim.polarity == right.claim.polarity and _disjoint(left.claim.when, right.claim.when):
        return "conflicts", f"{_days(left.claim.when)} against {_days(right.claim.when)}"
    return None


def days_agree(left: Testimony, right: Testimony) -> Verdict | None:
    """The same day, or a coarser time that contains it."""
    if not (left.claim and right.claim and left.claim.when and right.claim.when):
        return None
    a, b = left.claim.when, right.claim.when
    if left.claim.polarity != right.claim.polarity or not (a.earliest and b.earliest):
        return None
    if _days(a) == _days(b):
        return "supports", f"both give {_days(a)}"
    if not _disjoint(a, b):
        return "compatible", f"{_days(a)} and {_days(b)} can both be so"
    return None


def blamed_denies(left: Testimony, right: Testimony) -> Verdict | None:
    """Asserted; negated only by the party it is said of."""
    pair = _opposed(left, right)
    if pair is None:
        return None
    asserted, negated = pair
    if asserted.actor_side and asserted.actor_side in negated.sides and asserted.actor_side not in asserted.sides:
        return "denied", "the party it is said of denies it"
    return None


def speakers_answer_otherwise(left: Testimony, right: Testimony) -> Verdict | None:
    """One speaker asserts what another negates."""
    pair = _opposed(left, right)
    if pair is None or not (pair[0].asserters and pair[1].asserters):
        return None
    if set(pair[0].asserters) & set(pair[1].asserters):
        return None
    return "disputed", "one speaker says so, another says that it is not so"


def origins_contradict(left: Testimony, right: Testimony) -> Verdict | None:
    """One origin asserts in its own voice what an independent one negates in its own voice."""
    pair = _opposed(left, right)
    if pair is None or pair[0].origin == pair[1].origin or pair[0].asserters or pair[1].asserters:
        return None
    return "conflicts", "two origins say the opposite in their own voice"


def two_reports_of_one_statement(left: Testimony, right: Testimony) -> Verdict | None:
    """Two articles report the same act of speech: it was said, as both have it."""
    if left.attribution and right.attribution and left.utterance == right.utterance:
        return "supports", "both report the same statement"
    return None


def opposed_blame(left: Testimony, right: Testimony) -> Verdict | None:
    """Opposed agents are blamed for one deed."""
    if not (left.claim and right.claim) or left.claim.act != "accuse" or right.claim.act != "accuse":
        return None
    if left.target and right.target and left.target != right.target:
        return "disputed", "each is blamed by the other"
    return None


RULES: tuple[Rule, ...] = (
    figures_count_different_things,
    one_counter_later,
    toll_grew,
    figures_exclude_each_other,
    figures_agree_only_loosely,
    figures_agree,
    weekday_or_count_does_not_fit,
    days_exclude_each_other,
    days_agree,
    blamed_denies,
    speakers_answer_otherwise,
    origins_contradict,
    opposed_blame,
    two_reports_of_one_statement,
)


def judge_alone(testimony: Testimony, question: str) -> Judgement | None:
    """What a testimony says against itself: a weekday that is not the date's."""
    if not testimony.unfit:
        return None
    rule = weekday_or_count_does_not_fit.__name__
    made = identify("judgement", (testimony.id,), rule, question)
    claims = (testimony.id,)
    return Judgement(
        id=made, kind="internally_inconsistent", rule=rule, claims=claims, reason=testimony.unfit, question=question
    )


def judge(left: Testimony, right: Testimony, question: str, rules: Sequence[Rule] = RULES) -> Judgement | None:
    """The judgement of the first rule that fits these two testimonies, whatever their order; None where none does."""
    first, second = sorted((left, right), key=lambda t: t.id)
    for rule in rules:
        if verdict := rule(first, second):
            kind, reason = verdict
            pair = (first.id, second.id)
            made = identify("judgement", pair, rule.__name__, question)
            return Judgement(id=made, kind=kind, rule=rule.__name__, claims=pair, reason=reason, question=question)
    return None


def _opposed(left: Testimony, right: Testimony) -> tuple[Testimony, Testimony] | None:
    """(who asserts, who negates), where exactly one of them negates."""
    if not (left.claim and right.claim) or left.claim.polarity == right.claim.polarity:
        return None
    return (left, right) if left.claim.polarity == "positive" else (right, left)


def _same_counter(left: Testimony, right: Testimony) -> bool:
    a, b = left.figure, right.figure
    if a and b and a.counter and b.counter:
        return a.counter.casefold() == b.counter.casefold() or bool(set(left.asserters) & set(right.asserters))
    return bool(set(left.asserters) & set(right.asserters))


def _apart(a: Figure, b: Figure) -> bool:
    return (a.high is not None and a.high < b.low and not _close(a, b)) or (
        b.high is not None and b.high < a.low and not _close(a, b)
    )


def _close(a: Figure, b: Figure) -> bool:
    """Equal within rounding: the rounder of two figures may differ by one part in twenty. "12" and "13" are not close."""
    more, less = max(a.low, b.low), min(a.low, b.low)
    rounded = any(f.low >= 100 and f.low % 50 == 0 for f in (a, b))
    return more == less or (rounded and more - less <= ROUNDING * more)


def _order(left: When | None, right: When | None) -> int | None:
    """-1 or 1 where one day lies before the other by more than a day, None where they may be one day or are not known."""
    if not (left and right and left.latest and right.latest and left.earliest and right.earliest):
        return None
    if _gap(left.latest, right.earliest) > 1:
        return -1
    if _gap(right.latest, left.earliest) > 1:
        return 1
    return None


def _gap(earlier: str, later: str) -> int:
    return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days


def _disjoint(a: When, b: When) -> bool:
    """No common day; an open end reaches to the other's."""
    if not (a.earliest or a.latest) or not (b.earliest or b.latest):
        return False
    before = bool(a.latest and b.earliest and a.latest[:10] < b.earliest[:10])
    after = bool(b.latest and a.earliest and b.latest[:10] < a.earliest[:10])
    return before or after


def _days(when: When) -> str:
    earliest, latest = (when.earliest or "…")[:10], (when.latest or "…")[:10]
    return earliest if earliest == latest else f"{earliest} to {latest}"


def _range(figure: Figure) -> str:
    low = f"{figure.low:,.0f}"
    if figure.high is None:
        return f"{low} or more"
    return low if figure.high == figure.low else f"{low} to {figure.high:,.0f}"
