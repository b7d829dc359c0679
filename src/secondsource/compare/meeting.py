"""two testimonies -> whether they answer one question: typed slots decide, and a slot that is not known speaks against nothing.

Running totals meet across the whole case; incidents meet at one place within a week; times of one event meet where they lie
near enough to be of one event; a deed meets its denial. A plan, a threat or a thing of the past before the story meets nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from secondsource.compare.days import dated, moment
from secondsource.compare.figures import whose
from secondsource.compare.intervals import SOFT, apart, days, disjoint, ends, gap, width
from secondsource.model import Components, Testimony, When

# Two accounts of one event rarely differ by more: beyond it they are two events (a war does not start twice a week).
ONE_EVENT_DAYS = 7
DAYS_OF_ONE_TELLING = 3  # between reports whose figures name no place
REAL = frozenset({"actual", "background"})
SHORTEST_MONTH = 27
MONTH = 31  # days: years alone date no event that is known by its kind only
# Acts that happen to many places and people in a week: two times for one of them meet only where both name the same one.
NAMED_ONLY = frozenset({"capture", "destroy", "exchange", "yield"})
# A total that is so many times another counts something else: a war's dead, and those of one attack. Tolls of one matter grow
# through the numbers between, so that they still meet.
MANY_TIMES = 25
LONGEST = 400  # days: a claim's "when" that is wider dates nothing
# In a block of more than MANY testimonies each meets only its NEAR neighbours by day: cost stays linear.
MANY, NEAR = 200, 40

Meet = Callable[[Testimony, Testimony], bool]


def meets(left: Testimony, right: Testimony, kind: str = "") -> bool:
    """Whether two testimonies answer one question; `kind`: of the question, where it is known what is asked."""
    if left.figure and right.figure:
        return _figures(left, right)
    if left.attribution and right.attribution:
        return left.utterance is not None and left.utterance == right.utterance
    if left.claim and right.claim:
        if left.claim.act == right.claim.act == "accuse":
            return one_blame(left, right)
        asked_when = kind == "time" or (not kind and _asks_when(left) and _asks_when(right))
        return one_event(left, right) if asked_when else one_deed(left, right)
    return False


def _asks_when(t: Testimony) -> bool:
    return dated(t) and t.actor is None and t.target is None


def _figures(left: Testimony, right: Testimony) -> bool:
    a, b = left.figure, right.figure
    if a and b and a.scope == b.scope == "incident":
        return one_incident(left, right) or told(left, right)
    return not (a and b and a.scope == b.scope == "cumulative") or one_total(left, right)


def told(left: Testimony, right: Testimony) -> bool:
    """Figures of incidents of one story that do not name two places or two days."""
    return left.story is not None and left.story == right.story and _fit(left.place, right.place) and one_time(left, right)


def one_time(left: Testimony, right: Testimony) -> bool:
    """Whether what two figures count can have been at one time: of the times that the sentences give, two that lie within days.
    A sentence without a time is taken to tell of the week before its page."""
    if left.happened and right.happened:
        return any((gap(a, b) or 0) <= DAYS_OF_ONE_TELLING for a in left.happened for b in right.happened)
    told, day = (left.happened, right.day) if left.happened else (right.happened, left.day)
    return not told or day is None or any((gap(a, day) or 0) <= ONE_EVENT_DAYS for a in told)


def one_total(left: Testimony, right: Testimony) -> bool:
    """Running totals of one matter: counted since one time, and not one that is many times the other."""
    a, b = left.figure, right.figure
    if not (a and b):
        return False
    if a.since and b.since and a.since.earliest and b.since.earliest and (far := gap(a.since, b.since)) and far > MONTH:
        return False
    less, more = sorted((a.low or a.high or 0, b.low or b.high or 0))
    return more < MANY_TIMES * max(1, less) or bool({a.bound, b.bound} & SOFT)


def one_sum(left: Testimony, right: Testimony) -> bool:
    """Totals that one question asks for: no town's and another's."""
    return one_total(left, right) and _fit(left.place, right.place)


def running(t: Testimony) -> bool:
    """Whether a total is one of now: what a sentence tells of a year long past is a closed chapter's."""
    last = [both[1] for when in t.happened if (both := ends(when))]
    now = ends(t.day) if t.day else None
    if now is None:  # on a page without a date a month or a year alone is history
        return not t.happened or any(width(when) < SHORTEST_MONTH for when in t.happened)
    return not last or days(max(last), now[0]) <= MONTH


def one_told(members: Sequence[Testimony]) -> list[Testimony]:
    """Those of a story's incident figures that can be of one incident: an article that gives two which exclude each other, or
    two peoples' dead under one word, tells of several, and its figures without a place are left out."""
    by_article: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in members:
        by_article[t.article].append(t)
    told = {t.id for t in members if t.place}
    for found in by_article.values():
        if not any(_two(a, b) for n, a in enumerate(found) for b in found[n + 1 :]):
            told |= {t.id for t in found}
    kept = [t for t in members if t.id in told]
    peoples = {tuple(whose(t.figure).split()[:-1]) for t in kept if t.figure} - {()}
    spread = [both for t in kept if t.day and (both := ends(t.day))]
    far = bool(spread) and days(min(last for _, last in spread), max(first for first, _ in spread)) > DAYS_OF_ONE_TELLING
    return [t for t in kept if t.place] if len(peoples) > 1 or far else kept


def _two(left: Testimony, right: Testimony) -> bool:
    a, b = left.figure, right.figure
    return bool(a and b) and not {a.bound, b.bound} & SOFT and apart(a, b)  # type: ignore[union-attr,arg-type]


def one_incident(left: Testimony, right: Testimony) -> bool:
    """Figures of one incident: one known place, one time, and days within a week where both are known."""
    if left.place is None or left.place != right.place or not one_time(left, right):
        return False
    apart = gap(left.day, right.day) if left.day and right.day else None
    return apart is None or apart <= ONE_EVENT_DAYS


def by_time(members: Sequence[Testimony], meet: Meet, components: Components) -> list[list[Testimony]]:
    """Figures by incident: those whose sentences give a time first, then each of the others where it fits one incident alone:
    nothing without a time joins two days into one."""
    groups = meetings((t for t in members if t.happened), meet, components)
    kinds = [list({(t.happened, t.day): t for t in group}.values()) for group in groups]
    left: list[Testimony] = []
    for t in (t for t in members if not t.happened):
        fits = [group for group, kind in zip(groups, kinds, strict=True) if all(meet(t, other) for other in kind)]
        (fits[0] if len(fits) == 1 else left).append(t)
    return [*groups, *meetings(left, meet, components)]


def one_event(left: Testimony, right: Testimony) -> bool:
    """Times of one event: the same act on the same object, no two places, near enough at the precision of the coarser."""
    a, b = left.claim, right.claim
    one, other = moment(left), moment(right)
    if not (a and b and one and other) or a.act != b.act or a.object != b.object or not (real(left) and real(right)):
        return False
    if not _fit(left.place, right.place) or not _fit(left.target, right.target) or not _doers_fit(left, right):
        return False
    if left.place is None and right.place is None and left.target is None and left.story != right.story:
        return False
    if a.act in NAMED_ONLY and not (_known(left.place, right.place) or _known(left.target, right.target)):
        return False
    if a.act == "start" and _each_of_its_day(left, one, right, other):
        return False
    if max(width(one), width(other)) > MONTH and not (_known(left.place, right.place) or _known(left.target, right.target)):
        return False
    return near(one, other)


def _each_of_its_day(left: Testimony, one: When, right: Testimony, other: When) -> bool:
    """Each report tells of a beginning a day before its page at the most, and the days are two: in a war that is two bouts."""
    fresh = all(t.day and (far := gap(when, t.day)) is not None and far <= 1 for t, when in ((left, one), (right, other)))
    apart = gap(one, other)
    pages = gap(left.day, right.day) if left.day and right.day else None
    return fresh and bool(apart) and bool(pages)


def near(left: When, right: When) -> bool:
    """Within a week of each other; a month or a year may miss by its own length."""
    apart = gap(left, right)
    if apart is None:
        return False
    wide = max(width(left), width(right))
    return wide <= LONGEST and apart <= ONE_EVENT_DAYS + (wide if wide >= SHORTEST_MONTH else 0)


def one_deed(left: Testimony, right: Testimony) -> bool:
    """The same act at one place or on one target, by nobody else, at times that can be one."""
    a, b = left.claim, right.claim
    if not (a and b) or a.act != b.act or a.realis != "actual" or b.realis != "actual":
        return False
    if not _fit(left.place, right.place) or not _fit(left.target, right.target) or not _doers_fit(left, right):
        return False
    if not (left.place and right.place) and not (left.target and right.target):
        return False
    if a.when and b.when and ends(a.when) and ends(b.when):
        return not disjoint(a.when, b.when)
    return left.story is not None and left.story == right.story


def one_blame(left: Testimony, right: Testimony) -> bool:
    a, b = left.claim, right.claim
    blamed = left.target and right.target and _fit(left.place, right.place)
    return bool(a and b and a.object and a.object == b.object and blamed)


def real(t: Testimony) -> bool:
    return t.claim is not None and t.claim.realis in REAL


def _fit(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _doers_fit(left: Testimony, right: Testimony) -> bool:
    """One of those who did it is the same, or nobody is named: who tells of one signatory tells of the same signing."""
    return not left.doers or not right.doers or bool(left.doers & right.doers)


def _known(left: str | None, right: str | None) -> bool:
    return left is not None and left == right


def meetings(members: Iterable[Testimony], meet: Meet, components: Components) -> list[list[Testimony]]:
    """Groups of testimonies that meet, directly or through others, in the order of their least ids."""
    held = sorted(members, key=lambda t: (_day(t), t.id))
    reach = len(held) if len(held) <= MANY else NEAR
    edges = [(a.id, b.id) for n, a in enumerate(held) for b in held[n + 1 : n + 1 + reach] if meet(a, b)]
    cluster = components((t.id for t in held), edges)
    groups: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in sorted(held, key=lambda t: t.id):
        groups[cluster[t.id]].append(t)
    return [groups[name] for name in sorted(groups)]


def pairs(members: Sequence[Testimony]) -> list[tuple[Testimony, Testimony]]:
    """The pairs to be judged: all of a small question, each with its neighbours by day in a large one."""
    held = sorted(members, key=lambda t: (_day(t), t.id))
    reach = len(held) if len(held) <= NEAR else NEAR // 4
    return [(a, b) for n, a in enumerate(held) for b in held[n + 1 : n + 1 + reach]]


def _day(t: Testimony) -> str:
    when = t.claim.when if t.claim and t.claim.when else t.day
    return (when.earliest or when.latest or "") if when else ""
