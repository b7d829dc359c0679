"""two figures that answer one question -> what the rules on figures say of them."""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Sequence

from secondsource.compare.intervals import CAPPED, OPEN, SOFT, apart, counted, days, gap, grew, order, same, shrank
from secondsource.model import Figure, Testimony

Verdict = tuple[str, str]
# A toll that names nobody counts everybody; these words name everybody.
EVERYBODY = frozenset(
    {"", "people", "persons", "lives", "both sides", "people on both sides", "people from both sides", "all sides"}
)


LOCATED = re.compile(r"\b(?:[Aa]t|[Ii]n|[Nn]ear|[Oo]utside) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})")
SHARE = re.compile(r"\b(?:including|among them|of (?:them|whom|which)) (?:the |at least |about )?(\d[\d,]*|[a-z]+)\b")
NUMERALS = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
SMALL = {word: number for number, word in enumerate(NUMERALS.split(), 1)}
CALENDAR = frozenset({*month_name, *month_abbr, *day_name, *day_abbr})
SOLDIERS = {"troops": "soldiers", "servicemen": "soldiers", "troopers": "soldiers"}


def whose(figure: Figure) -> str:
    """Whose dead or losses are counted, as a key; "" for everybody's."""
    words = " ".join((figure.whose or "").casefold().split()).removeprefix("the ")
    return "" if words in EVERYBODY else words


def victims(figure: Figure) -> str:
    """Whose dead of one incident, by the head of the words: "Malian soldiers" there are "soldiers" here, and troops."""
    words = whose(figure).split()
    return SOLDIERS.get(words[-1], words[-1]) if words else ""


def same_victims(a: Figure, b: Figure) -> bool:
    """Whether two figures of one incident count the same people: of two that say more than the head, both the same."""
    one, other = whose(a).split()[:-1], whose(b).split()[:-1]
    return victims(a) == victims(b) and (not one or not other or one == other)


def figures_count_different_things(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """What is counted, whose, scope or place differs, or a party counts the other side's."""
    a, b = left.figure, right.figure
    if not (a and b):
        return None
    if a.counted != b.counted:
        return "not_comparable", f"{a.counted} are not {b.counted}"
    if left.enemy != right.enemy:
        return "not_comparable", "a party's figure for the other side's losses is a series of its own"
    one_event = a.scope == b.scope == "incident"
    if whose(a) != whose(b) and not (one_event and same_victims(a, b)):
        return "not_comparable", f"{whose(a) or 'all sides'} against {whose(b) or 'all sides'}"
    if a.scope != b.scope or a.scope == "unknown":
        return "not_comparable", f"one counts {_scope(a)}, the other {_scope(b)}"
    if a.scope == "increment":
        return "not_comparable", "each counts what came since its own last count"
    if left.place and right.place and left.place != right.place:
        return "not_comparable", "they count at two places"
    return None


def figures_of_two_days(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Figures of an incident whose sentences give days that are not one: perhaps two incidents."""
    a, b = left.figure, right.figure
    if not (a and b) or not a.scope == b.scope == "incident" or not (left.happened and right.happened):
        return None
    if any(gap(x, y) in {0, None} for x in left.happened for y in right.happened):
        return None
    return "not_comparable", "perhaps two incidents: the sentences give two days"


def one_counts_a_share_more(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """ "72 dead including five attackers" and 67: the one leaves out what the other says that it includes."""
    a, b = left.figure, right.figure
    if not (a and b) or a.high != a.low or b.high != b.low:
        return None
    more, less = (left, b) if a.low > b.low else (right, a)
    whole = max(a.low, b.low)
    for found in SHARE.finditer(max(more.evidence, key=lambda q: q.end - q.start).exact):
        share = _number(found[1])
        if share and whole - share == less.low:
            return "compatible", f"{whole:,.0f} with {share:,.0f} whom the other leaves out"
    return None


def _number(word: str) -> int:
    return int(word.replace(",", "")) if word[0].isdigit() else SMALL.get(word.casefold(), 0)


def _scope(figure: Figure) -> str:
    words = {"incident": "one event", "increment": "an addition", "cumulative": "all so far"}
    return words.get(figure.scope, "nobody says what")


def one_counter_later(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """The same counter gives a new figure on a later day."""
    pair = _in_order(left, right)
    if pair is None or not same_counter(left, right):
        return None
    earlier, later = pair
    if grew(earlier, later):
        return "updates", f"the same counter, later and higher: {counted(earlier)}, then {counted(later)}"
    if shrank(earlier, later):
        return "revised", f"the same counter, later and lower: {counted(earlier)}, then {counted(later)}"
    return None


def toll_grew(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """A running total that is higher on a later day, by another or an unnamed counter."""
    pair = _in_order(left, right)
    if pair is None or pair[0].scope != "cumulative" or not grew(*pair):
        return None
    earlier, later = pair
    who = "other counter" if earlier.counter and later.counter else "counters are not both named"
    return "updates", f"a running total, later and higher ({who}): {counted(earlier)}, then {counted(later)}"


def figures_exclude_each_other(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Disjoint figures of one day by two counters, or a lower total later by another counter; neither vague."""
    a, b = left.figure, right.figure
    if not (a and b) or {a.bound, b.bound} & SOFT or not apart(a, b) or same_counter(left, right):
        return None
    if left.article == right.article and (left.own_voice or right.own_voice):
        return None  # one page that gives two figures in its own voice has most often two things in mind
    if a.scope == "cumulative" and not _one_matter(left, right):
        return None
    if a.scope == "incident" and not _one_place(left, right):
        return None  # perhaps two incidents of one story: not one that contradicts itself
    day = order(left.day, right.day)
    if day == 0 or (day is not None and a.scope == "incident" and _next_day(left, right)):
        return "conflicts", f"as of one day: {counted(a)} against {counted(b)}"
    pair = _in_order(left, right)
    if pair is not None and a.scope == "cumulative" and shrank(*pair):
        return "conflicts", f"later and lower, by another counter: {counted(pair[0])}, then {counted(pair[1])}"
    return None


def figures_agree_only_loosely(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Figures that overlap only because a bound is open or vague."""
    a, b = left.figure, right.figure
    if not (a and b) or apart(a, b) or (same(a, b) and a.bound not in SOFT):
        return None
    if {a.bound, b.bound} & (SOFT | OPEN | CAPPED):
        return "compatible", f"{counted(a)} and {counted(b)} can both be so"
    return None


def figures_agree(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Equal figures, or equal within rounding."""
    a, b = left.figure, right.figure
    if not (a and b) or {a.bound, b.bound} & SOFT or apart(a, b) or not _one_matter(left, right):
        return None
    return "supports", f"both give {counted(a)}" if same(a, b) else f"{counted(a)} and {counted(b)} are one, rounded"


def figures_cannot_be_ordered(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Disjoint, but nobody can tell whether it is a change or a contradiction."""
    a, b = left.figure, right.figure
    if not (a and b) or not apart(a, b) or left.article == right.article:
        return None
    return "possible", f"{counted(a)} and {counted(b)}: an update or a contradiction, the days or words do not tell"


def same_counter(left: Testimony, right: Testimony) -> bool:
    """One office or person counted both times."""
    if left.asserters and right.asserters:
        return bool(set(left.asserters) & set(right.asserters))
    a, b = left.figure, right.figure
    return bool(a and b and a.counter and b.counter and a.counter.casefold() == b.counter.casefold())


def _in_order(left: Testimony, right: Testimony) -> tuple[Figure, Figure] | None:
    a, b = left.figure, right.figure
    day = order(left.day, right.day)
    if not (a and b) or not day:
        return None
    return (a, b) if day < 0 else (b, a)


def _next_day(left: Testimony, right: Testimony) -> bool:
    a, b = left.day, right.day
    if not (a and b and a.earliest and b.earliest and a.latest and b.latest):
        return False
    return max(days(a.earliest, b.latest), days(b.earliest, a.latest)) <= 1


def _one_place(left: Testimony, right: Testimony) -> bool:
    """Both are known to count at one place: as it was read, or by a name after "at", "in" or "near" in both sentences."""
    if left.place or right.place:
        return left.place == right.place
    return left.story is not None and left.story == right.story and bool(_located(left) & _located(right))


def _located(t: Testimony) -> set[str]:
    sentence = max(t.evidence, key=lambda q: q.end - q.start).exact
    return {name for name in LOCATED.findall(sentence) if name.split()[0] not in CALENDAR}


def _one_matter(left: Testimony, right: Testimony) -> bool:
    """Totals of two stories are totals of two matters, unless both name one place."""
    return left.story == right.story or (left.place is not None and left.place == right.place)
