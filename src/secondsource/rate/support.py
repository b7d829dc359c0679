"""questions, judgements, testimonies -> what stands behind each answer, and each question's verdict."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from secondsource.model import Answer, Asserter, Count, Inquiry, Judgement, Question, ReportedBy, Testimony, identify

# The strongest that any pair of answers was judged to be, in this order.
STRENGTH = (
    ("conflicts", "conflicting"),
    ("internally_inconsistent", "internally_inconsistent"),
    ("disputed", "disputed"),
    ("denied", "denied"),
    ("revised", "revised"),
    ("updates", "updated"),
    ("supports", "supported"),
    ("compatible", "compatible"),
    ("not_comparable", "not_comparable"),
    ("possible", "possible"),
)
EVIDENCE_SHOWN = 12


def support(
    inquiries: Iterable[Inquiry], judgements: Iterable[Judgement], testimonies: Sequence[Testimony], count: Count
) -> tuple[Question, ...]:
    """Questions with their answers weighed and their verdicts."""
    by_id = {t.id: t for t in testimonies}
    of_question: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.question:
            of_question[judgement.question].append(judgement)
    return tuple(_question(inquiry, of_question[inquiry.id], by_id, count) for inquiry in inquiries)


def _question(inquiry: Inquiry, judged: Sequence[Judgement], by_id: Mapping[str, Testimony], count: Count) -> Question:
    twofold = {by_id[m].article for j in judged if j.kind == "internally_inconsistent" for m in j.claims}
    members = [m for _, group in inquiry.groups for m in group]
    answers = tuple(_answer(inquiry, text, [by_id[m] for m in group], by_id, twofold, count) for text, group in inquiry.groups)
    # What an article says against itself is no witness against others.
    heard = [j for j in judged if j.kind == "internally_inconsistent" or not any(by_id[m].article in twofold for m in j.claims)]
    for kind, verdict in STRENGTH:
        for judgement in sorted(heard, key=lambda j: j.id):
            if judgement.kind == kind and (kind != "supports" or _independent(judgement, by_id, count)):
                return _made(inquiry, verdict, judgement.rule, judgement.reason, answers)
    low, high = count({by_id[m].article for m in members})
    reason = f"{high} origin" if high == 1 else f"{low} to {high} origins, no two answers that a rule compares"
    return _made(inquiry, "single_origin" if low <= 1 else "possible", "one_origin" if low <= 1 else "no_rule", reason, answers)


def _independent(judgement: Judgement, by_id: Mapping[str, Testimony], count: Count) -> bool:
    """A second independent origin, and not one speaker relayed twice."""
    pair = [by_id[m] for m in judgement.claims]
    low, _ = count({t.article for t in pair})
    relayed = bool(pair[0].asserters) and pair[0].asserters == pair[1].asserters
    return low > 1 and (not relayed or pair[0].attribution is not None)


def _made(inquiry: Inquiry, verdict: str, rule: str, reason: str, answers: tuple[Answer, ...]) -> Question:
    return Question(
        id=inquiry.id, kind=inquiry.kind, text=inquiry.text, verdict=verdict, rule=rule, reason=reason, answers=answers
    )


def _answer(
    inquiry: Inquiry,
    text: str,
    members: Sequence[Testimony],
    by_id: Mapping[str, Testimony],
    twofold: set[str],
    count: Count,
) -> Answer:
    articles = {t.article for t in members}
    low, high = count(articles - twofold)
    held: defaultdict[str | None, set[str]] = defaultdict(set)
    for t in members:
        for actor in t.asserters or (None,):
            held[actor].add(t.origin)
    others = [by_id[m] for other, group in inquiry.groups if other != text for m in group]
    denying = {a for t in others for a in t.asserters if inquiry.kind == "deed"}
    return Answer(
        id=identify("answer", inquiry.id, text),
        text=text,
        claims=tuple(sorted(t.id for t in members)),
        asserted_by=tuple(
            Asserter(actor=actor, origins=tuple(sorted(found)))
            for actor, found in sorted(held.items(), key=lambda item: item[0] or "")
        ),
        reported_by=ReportedBy(origins_low=low, origins_high=high, articles=tuple(sorted(articles))),
        denied_by=tuple(sorted(denying)),
        evidence=tuple(sorted({t.evidence[0] for t in members}))[:EVIDENCE_SHOWN],
    )
