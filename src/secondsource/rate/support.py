"""questions, judgements, testimonies -> what stands behind each answer, and each question's verdict.

Two levels. Was it said: the pages and origins that report it. Is it so: who asserts it, and how many of them are independent.
One speaker on ten pages is one witness, ten speakers on one page come through one origin: the low count is the largest number
of pairs of a witness and an origin in which nobody stands twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from secondsource.model import Answer, Asserter, Count, Inquiry, Judgement, Question, ReportedBy, Testimony, identify
from secondsource.rate.admiralty import credibility

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
REPEATS = frozenset({"relays_of_one_witness"})  # a rule that says: nothing new here
EVIDENCE_SHOWN = 12
LOOKED_AT = 24  # testimonies of one voice that are tried for an independent pair

Roots = Mapping[str, str | None]  # article -> the known origin that it counts for, None where that is not known


def support(
    inquiries: Iterable[Inquiry],
    judgements: Iterable[Judgement],
    testimonies: Sequence[Testimony],
    count: Count,
    roots: Roots,
    admiralty: bool = False,
) -> tuple[Question, ...]:
    """Questions with their answers weighed and their verdicts. Codes of credibility only with `admiralty`."""
    by_id = {t.id: t for t in testimonies}
    of_question: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.question:
            of_question[judgement.question].append(judgement)
    return tuple(_Weighed(q, of_question[q.id], by_id, count, roots, admiralty).question() for q in inquiries)


def independent(members: Sequence[Testimony], roots: Roots) -> int:
    """How many of those who assert it are surely independent: witnesses and known origins, each counted once."""
    own = {root for t in members if t.own_voice and (root := roots[t.article])}
    relayed: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for t in members:
        root = roots[t.article]
        if not t.own_voice and root and root not in own:
            relayed[(t.unnamed,) if t.unnamed else (t.sides or t.asserters)].add(root)
    taken: dict[str, tuple[str, ...]] = {}

    def place(witness: tuple[str, ...], tried: set[str]) -> bool:
        for root in sorted(relayed[witness] - tried):
            tried.add(root)
            if root not in taken or place(taken[root], tried):
                taken[root] = witness
                return True
        return False

    placed = sum(place(witness, set()) for witness in sorted(relayed))
    return max(len(own) + placed, min(1, len(members)))


class _Weighed:
    """One question with what was judged on it."""

    def __init__(
        self, inquiry: Inquiry, judged: Sequence[Judgement], by_id: Mapping[str, Testimony], count: Count, roots: Roots,
        admiralty: bool,
    ) -> None:  # fmt: skip
        self.inquiry, self.by_id, self.count, self.roots, self.admiralty = inquiry, by_id, count, roots, admiralty
        self.judged = sorted(judged, key=lambda j: j.id)
        self.groups = [(text, [by_id[m] for m in group]) for text, group in inquiry.groups]
        self.beside = {t.id: group for _, group in self.groups for t in group}
        self.members = [t for _, group in self.groups for t in group]
        # What an article says against itself is no witness against others.
        self.twofold = {by_id[m].article for j in judged if j.kind == "internally_inconsistent" for m in j.claims}

    def question(self) -> Question:
        verdict, rule, reason = self._verdict()
        answers = tuple(self._answer(text, group, verdict) for text, group in self.groups)
        return Question(
            id=self.inquiry.id, kind=self.inquiry.kind, text=self.inquiry.text, verdict=verdict, rule=rule, reason=reason,
            answers=answers,
        )  # fmt: skip

    def _verdict(self) -> tuple[str, str, str]:
        heard = [j for j in self.judged if j.rule not in REPEATS and self._counts(j)]
        for kind, verdict in STRENGTH:
            for judgement in heard:
                if judgement.kind == kind and (kind != "supports" or self._independent(judgement)):
                    return verdict, judgement.rule, judgement.reason
        low, high = self.count({t.article for t in self.members})
        if high == 1:
            return "single_origin", "one_origin", "1 origin"
        if max(independent(group, self.roots) for _, group in self.groups) <= 1 and self.judged:
            return "single_origin", "one_witness", f"on {high} origins' pages, and no second independent witness"
        return ("single_origin", "one_origin", f"{low} to {high} origins") if low <= 1 else ("possible", "no_rule", NO_RULE)

    def _counts(self, judgement: Judgement) -> bool:
        return judgement.kind == "internally_inconsistent" or not any(
            self.by_id[m].article in self.twofold for m in judgement.claims
        )

    def _independent(self, judgement: Judgement) -> bool:
        """Two witnesses of two origins and, where both are known to speak for somebody, of two parties."""
        one, other = (self._voice(self.by_id[m]) for m in judgement.claims)
        if one[0].asserters and not one[0].attribution and one[0].sides == other[0].sides:
            return False
        if one[0].unnamed and one[0].unnamed == other[0].unnamed and not one[0].attribution:
            return False
        return any(self.count((a.article, b.article))[0] > 1 for a in one for b in other)

    def _voice(self, t: Testimony) -> list[Testimony]:
        """The testimonies that give the same answer by the same speaker, or the same text's voice."""
        if t.attribution:
            return [t]
        group = self.beside[t.id]
        who = (t.asserters, t.unnamed)
        same = [o for o in group if o is not t and (o.asserters, o.unnamed) == who]
        if t.own_voice:
            same = [o for o in same if o.origin == t.origin]
        return [t, *same[:LOOKED_AT]]

    def _answer(self, text: str, members: Sequence[Testimony], verdict: str) -> Answer:
        articles = {t.article for t in members}
        heard = [t for t in members if t.article not in self.twofold]
        low, high = self.count(articles - self.twofold)
        if self.inquiry.kind != "statement":
            low = min(low, independent(heard, self.roots))
        held: defaultdict[str | None, set[str]] = defaultdict(set)
        for t in members:
            for actor in t.asserters or (None,):
                held[actor].add(t.origin)
        return Answer(
            id=identify("answer", self.inquiry.id, text),
            text=text,
            claims=tuple(sorted(t.id for t in members)),
            asserted_by=tuple(
                Asserter(actor=actor, origins=tuple(sorted(found)))
                for actor, found in sorted(held.items(), key=lambda item: item[0] or "")
            ),
            reported_by=ReportedBy(origins_low=low, origins_high=high, articles=tuple(sorted(articles))),
            denied_by=self._denied(members),
            evidence=tuple(sorted({t.evidence[0] for t in members}))[:EVIDENCE_SHOWN],
            witnesses=len({t.asserters for t in members if t.eyewitness}),
            documents=len({t.article for t in members if t.document}),
            credibility=credibility(verdict, low, members, self._others(text)) if self.admiralty else None,
        )

    def _others(self, text: str) -> int:
        """The most independent witnesses of another answer."""
        return max((independent(group, self.roots) for other, group in self.groups if other != text), default=0)

    def _denied(self, members: Sequence[Testimony]) -> tuple[str, ...]:
        """Who says of an asserted deed that it is not so."""
        if self.inquiry.kind != "deed" or not any(t.claim and t.claim.polarity == "positive" for t in members):
            return ()
        return tuple(sorted({a for t in self.members if t.claim and t.claim.polarity == "negative" for a in t.asserters}))


NO_RULE = "several origins, and no two answers that a rule compares"
