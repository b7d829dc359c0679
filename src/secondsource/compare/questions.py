"""testimonies -> questions and judgements: which claims answer the same thing, and what the rules say of each pair.

Blocks of equal slots bring together what may meet, `meeting` says what meets, `rules` what it means. Testimonies of one witness
with one answer are judged once: a thousand copies cost no more than one, and add nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondsource.compare.days import moment
from secondsource.compare.figures import victims, whose
from secondsource.compare.intervals import days, ends, spelled, width
from secondsource.compare.meeting import (
    MONTH,
    NAMED_ONLY,
    by_time,
    meetings,
    meets,
    one_blame,
    one_deed,
    one_event,
    one_incident,
    one_sum,
    one_time,
    one_told,
    pairs,
    real,
    running,
    told,
)
from secondsource.compare.phrasing import asked_of, blamed, dated, deed, in_event, on_day, sized, statement, total
from secondsource.compare.rules import judge, judge_alone
from secondsource.model import Components, Figure, Inquiry, Judgement, Link, Testimony, When, identify, least

# Acts whose day is itself worth asking for, those of NAMED_ONLY where it is said of what or where. Meetings and releases are
# not asked for: they recur within days, and two of them are no contradiction.
DATED_ACTS = frozenset({"start", "end", "sign", "capture", "destroy", "exchange", "yield"})
WIDEST = 366  # days: "since the early 1990s" is no answer to when a war of this year began
DEEDS = frozenset(
    {
        "strike", "capture", "withdraw", "violate", "mobilise", "destroy", "arrest", "release", "exchange", "displace", "aid",
        "meet", "sign", "sanction", "clash",
    }
)  # fmt: skip

Meeting = tuple[str, str, list[Testimony]]  # kind, the question's words, who answers


def questions(
    testimonies: Sequence[Testimony], names: Mapping[str, str], components: Components
) -> tuple[tuple[Inquiry, ...], tuple[Judgement, ...], tuple[Link, ...]]:
    """Questions with their answers grouped, the judgements on pairs of testimonies, and links of claims to questions.

    `names`: actor id -> name.
    """
    inquiries: list[Inquiry] = []
    judgements: list[Judgement] = []
    for kind, text, members in _asked(testimonies, names, components):
        made = identify("question", kind, text, least(t.id for t in members))
        inquiries.append(Inquiry(id=made, kind=kind, text=text, groups=_answers(kind, members, names)))  # type: ignore[arg-type]
        judgements += judged(kind, members, made)
    judgements += _series_apart(testimonies)
    links = {Link(kind="question", member=m, cluster=q.id) for q in inquiries for _, group in q.groups for m in group}
    return (
        tuple(sorted(inquiries, key=lambda q: q.id)),
        tuple(sorted(judgements, key=lambda j: j.id)),
        tuple(sorted(links, key=lambda link: (link.member, link.cluster))),
    )


def judged(kind: str, members: Sequence[Testimony], question: str) -> list[Judgement]:
    """What the rules say of a question's testimonies: each witness's answer against each other's, repetitions once each."""
    firsts: dict[object, Testimony] = {}
    found: list[Judgement | None] = []
    for t in sorted(members, key=lambda t: t.id):
        first = firsts.setdefault(_voice(t), t)
        if first is not t and first.article != t.article:
            found.append(judge(first, t, question, members))
    different = list(firsts.values())
    for a, b in pairs(different):
        if meets(a, b, kind) and (a.article != b.article or _may_contradict_itself(kind, a, b)):
            found.append(judge(a, b, question, different))
    if kind == "time":
        found += [judge_alone(t, question) for t in members]
    return [j for j in found if j is not None]


def _voice(t: Testimony) -> object:
    """Witness and answer: equal for all pages that carry one text's or one speaker's one answer of one day."""
    figure, claim = t.figure, t.claim
    answer: object = None
    if figure:
        answer = (figure.counted, figure.low, figure.high, figure.bound, figure.scope, _key(t.day))
    elif claim:
        answer = (claim.act, claim.polarity, t.actor_side, t.target, claim.object, t.place, _key(moment(t)))
    if t.attribution:
        return t.origin, t.utterance, "said"
    return t.utterance or t.unnamed or t.asserters or t.origin, t.own_voice, answer, t.story


def _key(when: When | None) -> object:
    return (when.earliest, when.latest) if when else None


def _may_contradict_itself(kind: str, a: Testimony, b: Testimony) -> bool:
    """Inside one article: two days of one event, two speakers who disagree."""
    if kind == "time":
        return True
    return kind in {"deed", "responsibility", "figure"} and (a.asserters, a.unnamed) != (b.asserters, b.unnamed)


def _asked(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    held = list(testimonies)
    yield from _totals(held, names, components)
    yield from _incident_figures(held, names, components)
    yield from _times(held, names, components)
    yield from _blame(held, names, components)
    yield from _deeds(held, names, components)
    yield from _statements(held, names)


def _totals(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    """Running totals of one matter by what is counted, whose, and by whom where a party counts the other side's."""
    groups: defaultdict[tuple[str, str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.figure and t.figure.scope == "cumulative":
            groups[t.figure.counted, whose(t.figure), t.enemy or ""].append(t)
    for (_, _, enemy), found in sorted(groups.items()):
        sums = [m for m in meetings([t for t in found if running(t)], one_sum, components) if asked_of(m)]
        for members in sums:
            # Two sums under one heading are told apart by their place or their size.
            text = total(members, bool(enemy), _name(names, (t.place for t in members)) if len(sums) > 1 else None)
            yield "figure", text if len(sums) < 2 else sized(text, members), members


def _incident_figures(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    """Figures of one incident: one place, days within a week; those that name no place where their story tells of one."""
    groups: defaultdict[tuple[str, str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.figure and t.figure.scope == "incident":
            groups[t.figure.counted, victims(t.figure), t.enemy or ""].append(t)
    for _, members in sorted(groups.items()):
        asked = [event for event in _events(members, components) if asked_of(event)]
        told_of = [in_event(event, _name(names, (t.place for t in event))) for event in asked]
        for text, event in zip(told_of, asked, strict=True):
            # Two incidents under one heading are told apart by their days.
            yield "figure", on_day(text, event) if told_of.count(text) > 1 else text, event


def _events(members: Iterable[Testimony], components: Components) -> list[list[Testimony]]:
    """Figures of one kind by incident."""
    placed: defaultdict[str, list[Testimony]] = defaultdict(list)
    unplaced: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in members:
        if t.place:
            placed[t.place].append(t)
        elif t.story:
            unplaced[t.story].append(t)
    events = [event for _, found in sorted(placed.items()) for event in by_time(found, one_incident, components)]
    of_story: defaultdict[str, list[list[Testimony]]] = defaultdict(list)
    for event in events:
        for name in sorted({t.story for t in event if t.story}):
            of_story[name].append(event)
    for story, found in sorted(unplaced.items()):
        here = of_story[story]
        if len(here) == 1:
            kinds = list({(t.happened, t.day): t for t in here[0]}.values())
            fits = [t for t in found if all(one_time(t, other) for other in kinds)]
            here[0][:] = one_told([*here[0], *fits])
        elif not here:
            joined = [one_told(group) for group in by_time(found, told, components)]
            events += [event for event in joined if len({t.article for t in event}) > 1]
    return events


def _series_apart(testimonies: Iterable[Testimony]) -> Iterator[Judgement]:
    """One judgement for every two series of one thing that are not comparable: why their figures are in two questions."""
    series: defaultdict[str, dict[tuple[str, str, str], Testimony]] = defaultdict(dict)
    for t in sorted(testimonies, key=lambda t: t.id):
        if t.figure and t.figure.scope in {"cumulative", "increment"}:
            series[t.figure.counted].setdefault((whose(t.figure), t.enemy or "", t.figure.scope), t)
    for found in series.values():
        for a, b in pairs(list(found.values())):
            judgement = judge(a, b, None)
            if judgement is not None and judgement.kind == "not_comparable":
                yield judgement


def _times(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    """Times given for one event: the same act on the same object, near each other."""
    groups: defaultdict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        claim = t.claim
        if claim and claim.act in DATED_ACTS and real(t) and claim.polarity == "positive" and _bounded(moment(t)):
            named = t.place or t.target or claim.act not in NAMED_ONLY
            groups[claim.act, claim.object or ""] += [t] if named else []
    for (act, what), members in sorted(groups.items()):
        for event in meetings(members, one_event, components):
            if len({t.article for t in event}) < 2 and all(width(when) > MONTH for t in event if (when := moment(t))):
                continue  # "in 2009", told once: a piece of history, nothing that anybody asks
            whom, where = _name(names, (t.target for t in event)), _name(names, (t.place for t in event))
            yield "time", dated(act, what or None, whom, where), event


def _name(names: Mapping[str, str], actors: Iterable[str | None]) -> str | None:
    """The one name that actors bear who are known; None where they are several."""
    found = {names[a] for a in actors if a and a in names}
    return found.pop() if len(found) == 1 else None


def _doers(names: Mapping[str, str], matter: Iterable[Testimony]) -> str | None:
    """Who did it, where all that name somebody name the same: "A", "A and B"."""
    found = {frozenset({t.actor, *t.with_actor}) for t in matter if t.actor}
    held = sorted(names[a] for a in found.pop() if a in names) if len(found) == 1 else []
    return " and ".join(filter(None, [", ".join(held[:-1]), *held[-1:]])) or None


def _bounded(when: When | None) -> bool:
    found = ends(when) if when else None
    return found is not None and days(*found) <= WIDEST


def _blame(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    """Accusations of one deed."""
    groups: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.claim and t.claim.act == "accuse" and t.target and t.claim.object and t.claim.polarity == "positive":
            groups[t.claim.object].append(t)
    for what, members in sorted(groups.items()):
        for matter in meetings(members, one_blame, components):
            if len({t.target for t in matter}) > 1 or len({t.article for t in matter}) > 1:
                yield "responsibility", blamed(what, _name(names, (t.place for t in matter))), matter


def _deeds(testimonies: Iterable[Testimony], names: Mapping[str, str], components: Components) -> Iterator[Meeting]:
    """A deed at a place or on a target, by whoever says so, with those who say that it is not so."""
    groups: defaultdict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in testimonies:
        claim = t.claim
        if claim and claim.act in DEEDS and claim.realis == "actual" and (where := t.place or t.target):
            groups[claim.act, where].append(t)
    for (act, where), members in sorted(groups.items()):
        for matter in meetings(members, one_deed, components):
            if len({t.article for t in matter}) > 1 or len({t.claim.polarity for t in matter if t.claim}) > 1:
                actor = _doers(names, matter)
                yield "deed", deed(act, actor, names.get(where, where), any(t.place == where for t in matter)), matter


def _statements(testimonies: Iterable[Testimony], names: Mapping[str, str]) -> Iterator[Meeting]:
    """One act of speech that several articles report: was it said?"""
    groups: defaultdict[str, list[Testimony]] = defaultdict(list)
    for t in testimonies:
        if t.attribution and t.utterance:
            groups[t.utterance].append(t)
    for _, members in sorted(groups.items()):
        if len({t.article for t in members}) > 1 and (text := statement(members, names)):
            yield "statement", text, members


def _answers(kind: str, members: Sequence[Testimony], names: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for t in members:
        groups[_answer(kind, t, names)].append(t.id)
    return tuple((text, tuple(sorted(ids))) for text, ids in sorted(groups.items()))


def _answer(kind: str, t: Testimony, names: Mapping[str, str]) -> str:
    if kind == "figure" and t.figure:
        return _figure_words(t.figure)
    if kind == "time" and (when := moment(t)):
        # What contradicts itself is an answer of its own, in its own words: it stands beside those who give the day cleanly.
        return f"{spelled(when)}, printed as “{when.text}”" if t.unfit and when.text else spelled(when)
    if kind == "responsibility" and t.target:
        return names.get(t.target, t.target)
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
        "vague": f"{figure.evidence[0].exact.casefold()} (vague)",
    }[figure.bound]
