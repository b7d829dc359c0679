"""testimonies -> questions and judgements: which claims answer the same thing, and what the rules say of each pair.

Typed slots decide what meets. A running total meets every running total of the same things and people across the whole case; a
time meets times of the same kind of event that lie within a week; an accusation meets accusations of the same deed; a deed
meets its denial. Claims that are hypothetical or about the past before the story ask no question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from secondsource.compare.rules import judge, judge_alone
from secondsource.model import Claim, Components, Figure, Inquiry, Judgement, Link, Testimony, When, identify, least

# Two accounts of one event rarely differ by more: beyond it they are two events (a war does not start twice a week).
ONE_EVENT_DAYS = 7
REAL = frozenset({"actual", "background"})
# Acts whose day is itself worth asking for.
DATED_ACTS = {
    "start": "When did it start",
    "end": "When did it end",
    "sign": "When was it signed",
    "capture": "When was it taken",
}
DEEDS = frozenset({"strike", "capture", "withdraw", "violate", "mobilise", "destroy", "arrest", "release", "exchange"})
EVERYBODY = frozenset(
    {"", "people", "persons", "lives", "both sides", "people on both sides", "people from both sides", "all sides"}
)

Names = Callable[[str], str]  # actor id -> its name


def questions(
    testimonies: Sequence[Testimony], names: Mapping[str, str], components: Components
) -> tuple[tuple[Inquiry, ...], tuple[Judgement, ...], tuple[Link, ...]]:
    """Questions with their answers grouped, the judgements on pairs of testimonies, and links of claims to questions."""
    inquiries: list[Inquiry] = []
    judgements: list[Judgement] = []
    by_id = {t.id: t for t in testimonies}
    for kind, text, members in _meetings(testimonies, names, components):
        groups = _answers(kind, members, names)
        if len(members) == 1 and kind not in {"figure", "time"}:
            continue
        made = identify("question", kind, text, least(t.id for t in members))
        inquiries.append(Inquiry(id=made, kind=kind, text=text, groups=groups))  # type: ignore[arg-type]
        found = (judge(a, b, made) for a, b in combinations(sorted(members, key=lambda t: t.id), 2) if _meet(kind, a, b))
        judgements += [j for j in found if j is not None]
        if kind == "time":
            judgements += [j for t in members if (j := judge_alone(t, made)) is not None]
    links = [
        Link(kind="question", member=m, cluster=q.id) for q in inquiries for _, group in q.groups for m in group if m in by_id
    ]
    return (
        tuple(sorted(inquiries, key=lambda q: q.id)),
        tuple(sorted(judgements, key=lambda j: j.id)),
        tuple(sorted(set(links), key=lambda link: (link.member, link.cluster))),
    )


def _meetings(
    testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components
) -> Iterator[tuple[str, str, list[Testimony]]]:
    held = list(testimonies)
    yield from _figures(held)
    yield from _times(held, components)
    yield from _blame(held)
    yield from _deeds(held, names)
    yield from _statements(held, names)


def _figures(testimonies: Iterable[Testimony]) -> Iterator[tuple[str, str, list[Testimony]]]:
    """Running totals by what is counted and whose; incident figures stay with their incident and ask nothing here."""
    groups: defaultdict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.figure and t.figure.scope == "cumulative":
            groups[t.figure.counted, _whose(t.figure)].append(t)
    for (counted, whose), members in sorted(groups.items()):
        yield "figure", f"How many {counted}{f' ({whose})' if whose else ''} in all?", members


def _whose(figure: Figure) -> str:
    words = (figure.whose or "").casefold().strip()
    return "" if words in EVERYBODY else words


def _times(testimonies: Iterable[Testimony], components: Components) -> Iterator[tuple[str, str, list[Testimony]]]:
    """Days given for one event: the same act on the same object, within a week of each other."""
    groups: defaultdict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        claim = t.claim
        if claim and claim.act in DATED_ACTS and claim.realis in REAL and claim.polarity == "positive" and _bounded(claim.when):
            key = _what(claim) if claim.act != "capture" else (t.place or "")
            if claim.act != "capture" or t.place:
                groups[claim.act, key].append(t)
    for (act, key), members in sorted(groups.items()):
        near = ((a.id, b.id) for a, b in combinations(members, 2) if _within_a_week(a.claim, b.claim))
        cluster = components((t.id for t in members), near)
        events: defaultdict[str, list[Testimony]] = defaultdict(list)
        for t in members:
            events[cluster[t.id]].append(t)
        for event in events.values():
            words = f" ({key})" if key and act != "capture" else ""
            yield "time", f"{DATED_ACTS[act]}{words}?", event


def _what(claim: Claim) -> str:
    return claim.object or "fighting"


def _bounded(when: When | None) -> bool:
    """Known within a month: "since the early 1990s" is no answer to when a war of this year began."""
    start = when.earliest if when else None
    if when is None or start is None:
        return False
    return when.latest is None or (date.fromisoformat(when.latest[:10]) - date.fromisoformat(start[:10])).days <= 31


def _within_a_week(left: Claim | None, right: Claim | None) -> bool:
    if not (left and right and left.when and right.when and left.when.earliest and right.when.earliest):
        return False
    a, b = (date.fromisoformat(w.earliest[:10]) for w in (left.when, right.when) if w.earliest)
    late = [date.fromisoformat((w.latest or w.earliest or "")[:10]) for w in (left.when, right.when)]
    return (max(a, b) - min(late)).days <= ONE_EVENT_DAYS


def _blame(testimonies: Iterable[Testimony]) -> Iterator[tuple[str, str, list[Testimony]]]:
    """Accusations of one deed."""
    groups: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.claim and t.claim.act == "accuse" and t.target and t.claim.object:
            groups[t.claim.object].append(t)
    for what, members in sorted(groups.items()):
        if len({t.target for t in members}) > 1:
            yield "responsibility", f"Who is to blame ({what})?", members


def _deeds(testimonies: Iterable[Testimony], names: Mapping[str, str]) -> Iterator[tuple[str, str, list[Testimony]]]:
    """A deed at a place, by whoever says so, with those who say that it is not so."""
    groups: defaultdict[tuple[str, str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        claim = t.claim
        if claim and claim.act in DEEDS and claim.realis == "actual" and t.actor and (t.place or t.target):
            groups[claim.act, t.actor, t.place or t.target or ""].append(t)
    for (act, actor, where), members in sorted(groups.items()):
        yield "deed", f"{names[actor]}: {act}, {names[where]}?", members


def _statements(testimonies: Iterable[Testimony], names: Mapping[str, str]) -> Iterator[tuple[str, str, list[Testimony]]]:
    """One act of speech that several articles report: was it said?"""
    groups: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.attribution and t.utterance:
            groups[t.utterance].append(t)
    for _, members in sorted(groups.items()):
        if len({t.article for t in members}) > 1:
            words = min((t.evidence[0] for t in members), key=lambda q: (len(q.exact), q)).exact
            speakers = " and ".join(names[a] for a in members[0].asserters)
            yield "statement", f"Did {speakers} say it: {_short(words)}?", members


def _short(words: str, most: int = 12) -> str:
    split = words.split()
    return " ".join(split[:most]) + (" …" if len(split) > most else "")


def _answers(kind: str, members: Sequence[Testimony], names: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for t in members:
        groups[_answer(kind, t, names)].append(t.id)
    return tuple((text, tuple(sorted(ids))) for text, ids in sorted(groups.items()))


def _answer(kind: str, t: Testimony, names: Mapping[str, str]) -> str:
    if kind == "figure" and t.figure:
        return _figure_words(t.figure)
    if kind == "time" and t.claim and t.claim.when:
        earliest, latest = t.claim.when.earliest or "…", t.claim.when.latest or "…"
        return earliest[:10] if earliest[:10] == latest[:10] else f"{earliest[:10]} to {latest[:10]}"
    if kind == "responsibility" and t.target:
        return names[t.target]
    return "no" if t.claim and t.claim.polarity == "negative" else "yes"


def _figure_words(figure: Figure) -> str:
    n = f"{figure.low:,.0f}"
    high = f"{figure.high:,.0f}" if figure.high is not None else ""
    return {
        "exact": n,
        "at_least": f"at least {n}",
        "more_than": f"more than {figure.low - 1:,.0f}",
        "at_most": f"at most {high}",
        "less_than": f"fewer than {(figure.high or 0) + 1:,.0f}",
        "about": f"about {((figure.low + (figure.high or figure.low)) / 2):,.0f}",
        "range": f"{n} to {high}",
        "vague": f"{figure.evidence[0].exact} (vague)",
    }[figure.bound]


def _meet(kind: str, left: Testimony, right: Testimony) -> bool:
    """Two claims of one article meet where it may contradict itself; two of one utterance say one thing once."""
    if kind == "statement":
        return left.article != right.article
    if left.article == right.article:
        return kind == "time" or (left.claim is not None and left.claim.polarity != (right.claim or left.claim).polarity)
    return left.utterance is None or left.utterance != right.utterance
