"""claims with who stands behind them -> positions: a dated ledger of what every actor demands, offers, refuses, promises …

The holder is the speaker, or the party where it is the speaker. What one side says of the stand of another is not that side's
position; what an outsider reports of it is. One entry an utterance, however many articles relay it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from secondsource.model import Attribution, Claim, Position, Quote, Reading, Testimony, When
from secondsource.rate.anaphora import with_objects
from secondsource.rate.dated import Dating
from secondsource.rate.entries import Draft, entries
from secondsource.rate.fitting import DEADLINE, GIVEN, fitted, terms, whole
from secondsource.rate.holders import Holders
from secondsource.rate.naming import Names
from secondsource.rate.passages import around, passages
from secondsource.rate.phrases import Phrases
from secondsource.rate.shifts import day_of
from secondsource.rate.soundness import GAVE_WORD, PROMISED, RELATIVE, Soundness
from secondsource.rate.statements import HARM, stands
from secondsource.rate.subjects import Subjects
from secondsource.rate.wording import tokens

ACTS = frozenset({"demand", "appeal", "offer", "conditional_offer", "promise", "accept", "agree", "refuse", "threaten"})
SAME = {"order": "demand", "sign": "agree"}
CUES = {
    "demand": "demand", "urge": "appeal", "refuse": "refuse", "promise": "promise", "offer": "offer", "agree": "agree",
    "threaten": "threaten",
}  # fmt: skip
UNSAID = frozenset({"counterfactual", "hypothetical", "background"})
TIMES = ("the day ", "the moment ", "once more", "once again", "otherwise")
STATED = frozenset({"say", "claim", "confirm", "warn", "report"})


UNDER = re.compile(
    r"(?:Under|In|As part of) (?:the |its |their |a )?"
    r"(?:text|terms|deal|agreement|accord|truce|ceasefire|cease-fire|pact|treaty)\b"
)
TWO = re.compile(r",? and to ")
LEAST = 3  # words of a condition
FEW = 6  # words of a position that leave to the rest of the statement what it is about
OPENED = re.compile(r"[“\"\s]*((?:Only w|W)hen [^,.;]+(?: has | have | is | are )[^,.;]+),")


class Ledger:
    """All testimonies and readings of a case, ready to be asked for positions."""

    def __init__(
        self,
        readings: Iterable[Reading],
        testimonies: Iterable[Testimony],
        actor_of: Mapping[str, str],
        names: Names,
        table: Mapping[str, Any],
        objects: Mapping[str, Any],
    ) -> None:
        self.readings = {r.article.id: r for r in readings}
        self.passages = {name: passages(r.article) for name, r in self.readings.items()}
        self.attributions = {a.id: a for r in self.readings.values() for a in r.attributions}
        self.testimonies = sorted(testimonies, key=lambda t: (t.article, t.evidence, t.id))
        self.holders = Holders(self.readings.values(), self.testimonies, actor_of, names)
        self.dating = Dating(table)
        self.subjects = Subjects(table, objects)
        self.older = Phrases(table["older"]["words"])
        self.sound = Soundness(self.readings.values(), table)
        self.said_by: defaultdict[str, list[tuple[int, str, When]]] = defaultdict(list)
        for t in self.testimonies:
            if t.attribution and t.attribution.said and t.attribution.said.earliest:
                for who in self.holders.known(t.asserters):
                    self.said_by[t.article].append((t.evidence[0].start, who, t.attribution.said))
        self.conditions: dict[str, tuple[Quote, ...]] = {}
        for reading in self.readings.values():
            for claim in reading.claims:
                if claim.attribution and claim.conditions:
                    held = self.conditions.get(claim.attribution, ())
                    self.conditions[claim.attribution] = tuple(dict.fromkeys([*held, *(c.words for c in claim.conditions)]))

    def drafts(self) -> list[Draft]:
        """One draft a claim and holder; then those of attributions that no claim of a position stands in."""
        made: list[Draft] = []
        covered: set[str] = set()
        for t in self.testimonies:
            if t.claim is None:
                continue
            found = list(self._from_claim(t, t.claim))
            made += found
            if found or (SAME.get(t.claim.act, t.claim.act) in ACTS and not GAVE_WORD.search(t.claim.evidence[0].exact)):
                covered.add(t.claim.attribution or "")
        for t in self.testimonies:
            if t.attribution and t.attribution.id not in covered:
                made += self._from_attribution(t, t.attribution)
        return with_objects(self._attached(self.holders.one_each(made)), self.subjects, self.passages)

    def _attached(self, drafts: Sequence[Draft]) -> list[Draft]:
        """ "But he attached a new condition. They must also …": the demand is a term of the offer beside it."""
        terms: defaultdict[tuple[str, str], list[Quote]] = defaultdict(list)
        for draft in drafts:
            read = self.passages[draft.article]
            place = around(read, draft.evidence)[0]
            before = tokens(read[place - 1].text) if place else []
            if draft.act == "demand" and "also" in tokens(draft.evidence.exact) and {"condition", "conditions"} & set(before):
                terms[draft.article, draft.holder].append(draft.evidence)
        return [
            replace(d, conditions=tuple(dict.fromkeys([*d.conditions, *terms[d.article, d.holder]])))
            if d.act == "conditional_offer" and (d.article, d.holder) in terms
            else d
            for d in drafts
        ]

    def _from_claim(self, t: Testimony, claim: Claim) -> Iterator[Draft]:
        said = self.attributions.get(claim.attribution) if claim.attribution else None
        act = self._act(t, claim, said)
        if act is None or not self._spoken(claim.evidence[0]) or (said and (said.hedge or self._denied(said))):
            return
        words = claim.evidence[0].exact
        if (
            self.sound.no_stand(words)
            or self.sound.looks_back(claim, said)
            or self.sound.empty(act, words)
            or self.sound.told_off(claim.evidence[0])
        ):
            return
        # "I will resign the day the war ends": a time, which nobody can meet or leave unmet.
        conditions = tuple(dict.fromkeys(c.words for c in claim.conditions if not c.words.exact.casefold().startswith(TIMES)))
        if act == "promise" and not conditions and (opened := self._opened(claim.evidence[0])):
            conditions = (opened,)
        if act == "threaten" and claim.cue and claim.cue.exact.casefold().startswith("warn") and not HARM.search(words):
            return
        if act in {"appeal", "demand"} and claim.cue and claim.cue.exact.casefold().startswith("propos"):
            act = "offer"
        if not conditions and act in {"threaten", "promise", "offer"}:
            conditions = terms(self.readings[t.article].article, whole(self.readings[t.article].article, claim, ()))
        if act == "threaten" and DEADLINE & set(tokens(words)):
            act = "demand"
        if act == "promise" and not PROMISED.search(words):
            return
        act = fitted(act, words, conditions, given=bool(claim.conditions))
        for holder in self.holders.known(self.holders.of(t, act, said)):
            for quote in self._objects(whole(self.readings[t.article].article, claim, conditions)):
                yield self._draft(t, holder, act, quote, said, conditions, claim)

    def _from_attribution(self, t: Testimony, said: Attribution) -> Iterator[Draft]:
        if said.hedge or self._denied(said) or not said.cue.evidence or not self._spoken(said.content[0]):
            return
        reading = self.readings[t.article]
        act = CUES.get(said.cue.kind)
        if act is None:
            yield from self._from_statement(t, said)
            return
        if said.cue.evidence.exact.casefold().startswith("propos"):
            act = "offer"
        start = min(said.cue.evidence.start, said.content[0].start)
        end = max(said.cue.evidence.end, said.content[0].end)
        if end - start > 400:
            return
        evidence = reading.article.quote(start, end)
        if self.sound.no_stand(evidence.exact) or self.sound.negated(evidence) or self.sound.told_off(evidence):
            return
        if self.sound.pluperfect(evidence) and (not said.said or tokens(evidence.exact)[0] in RELATIVE):
            return
        conditions = terms(self.readings[t.article].article, evidence) if act in {"threaten", "promise", "offer"} else ()
        for holder in self.holders.known(t.asserters):
            yield self._draft(t, holder, act, evidence, said, conditions, None)

    def _from_statement(self, t: Testimony, said: Attribution) -> Iterator[Draft]:
        """Of a plain statement only what has the shape of a position and names its object itself."""
        if said.cue.kind not in STATED:
            return
        done: set[str] = set()
        for content in said.content:
            for stand in stands(content):
                if stand.act in done or (said.cue.kind == "warn" and stand.act != "threaten"):
                    continue
                if self.sound.no_stand(stand.words.exact) or self.sound.told_off(stand.words):
                    continue
                conditions = self.conditions.get(said.id, ()) or stand.conditions
                inside = tuple(q for q in conditions if stand.words.start <= q.start and q.end <= stand.words.end)
                if stand.act != "demand" and not inside and stand.conditions:
                    inside = stand.conditions
                for holder in self.holders.known(t.asserters):
                    draft = self._draft(t, holder, stand.act, stand.words, said, inside, None)
                    if draft.object:
                        done.add(stand.act)
                        yield draft

    def _act(self, t: Testimony, claim: Claim, said: Attribution | None) -> str | None:
        """The act of a position that a claim is, None where it is none."""
        act = SAME.get(claim.act, claim.act)
        if (
            said is None
            and claim.realis == "planned"
            and claim.polarity == "positive"
            and t.actor
            and self._under_accord(claim)
        ):
            return "agree"
        if act in ACTS:
            if claim.polarity == "negative":
                return "refuse" if act in {"accept", "agree", "promise"} and claim.realis != "actual" else None
            return None if claim.realis in UNSAID else act
        if (
            said is None
            or not t.asserters
            or claim.realis not in {"conditional", "planned"}
            or claim.act in {"deny", "accuse", "praise"}
        ):
            return None
        if not self.holders.is_own(t):
            return None
        if claim.polarity == "negative" and claim.realis == "planned":
            return "refuse"
        given = (GIVEN.search(claim.evidence[0].exact) or HARM.search(claim.evidence[0].exact)) is not None
        return (
            "conditional_offer" if given and claim.conditions and claim.act not in {"strike", "sanction", "capture"} else None
        )

    def _under_accord(self, claim: Claim) -> bool:
        """ "Under the deal, X is to withdraw": X has agreed to it."""
        read = self.passages[claim.article]
        return UNDER.match(read[around(read, claim.evidence[0])[0]].text) is not None

    def _same_occasion(self, when: When | None, article: str, holder: str, evidence: Quote) -> When | None:
        """A statement without a day of its own, behind one of the same speaker that has one, was made with it."""
        if when is None or when.earliest:
            return when
        before = [said for start, who, said in self.said_by[article] if who == holder and start <= evidence.start]
        return before[-1] if before and (day_of(before[-1]) or "9999") <= (day_of(when) or "") else when

    def _spoken(self, quote: Quote) -> bool:
        """Whether the words stand in the report itself: a headline alone is nobody's word."""
        read = self.passages[quote.article]
        return bool(read) and read[around(read, quote)[0]].segment == "body"

    def _opened(self, evidence: Quote) -> Quote | None:
        """ "When the last soldier has left, our guns will be silent": what stands before the comma is the condition."""
        read = self.passages[evidence.article]
        sentence = read[around(read, evidence)[0]].quote
        match = OPENED.match(sentence.exact)
        if match is None or sentence.start + match.end() > evidence.end:
            return None
        start = sentence.start + match.start(1)
        return self.readings[evidence.article].article.quote(start, start + len(match[1]))

    def _objects(self, evidence: Quote) -> list[Quote]:
        """ "agreed to exchange the prisoners and to open the road" is two positions, on two objects."""
        parts = list(TWO.finditer(evidence.exact))
        if len(parts) == 1:
            cut = parts[0].start()
            first = Quote(evidence.article, evidence.start, evidence.start + cut, evidence.exact[:cut])
            second = Quote(evidence.article, evidence.start + cut + 1, evidence.end, evidence.exact[cut + 1 :])
            labels = {self.subjects.of(None, q.exact, "") for q in (first, second)}
            if len(labels) == 2 and None not in labels:
                return [first, second]
        return [evidence]

    def _denied(self, said: Attribution) -> bool:
        """Inside a denial nothing is promised or demanded."""
        at: Attribution | None = said
        while at is not None:
            if at is not said and at.cue.kind in {"deny", "believe", "ask"}:
                return True
            at = self.attributions.get(at.parent) if at.parent else None
        return said.cue.kind in {"deny", "believe"}

    def _draft(
        self,
        t: Testimony,
        holder: str,
        act: str,
        evidence: Quote,
        said: Attribution | None,
        conditions: tuple[Quote, ...],
        claim: Claim | None,
    ) -> Draft:
        read = self.passages[t.article]
        first, last = around(read, evidence)
        context = self.readings[t.article].article.quote(read[first].quote.start, read[last].quote.end)
        conditions = tuple(q for q in conditions if len(tokens(q.exact)) >= LEAST)
        # "We go on until it is found": how long, not on what terms.
        lasting = act == "promise" and all(q.exact.casefold().startswith("until") for q in conditions)
        if act in {"offer", "promise", "accept", "agree"} and conditions and not lasting:
            act = "conditional_offer"
        own = " ".join([evidence.exact, *(q.exact for q in (said.content if said else ()))])
        for condition in conditions:
            own = own.replace(condition.exact, " ")
        spoken = len(tokens(evidence.exact)) < FEW or (said is not None and said.mode == "direct")
        older = next(
            (read[i].quote for i in range(first, last + 1) if any(True for _ in self.older.places(tokens(read[i].text)))), None
        )
        return Draft(
            holder=holder,
            object=self.subjects.of(claim.object if claim else None, evidence.exact, own if spoken else "") or "",
            act=act,
            conditions=conditions,
            when=self._same_occasion(
                self.dating.when(self.readings[t.article], claim, said, read, first, last), t.article, holder, evidence
            ),
            utterance=t.utterance,
            origin=t.origin,
            article=t.article,
            evidence=evidence,
            context=(context,),
            wording=said.wording if said else "paraphrase",
            target=t.target,
            older=older,
            claims=(claim.id,) if claim else (),
            cue=(claim.cue if claim else None) or (said.cue.evidence if said else None),
        )


def positions(ledger: Ledger) -> tuple[Position, ...]:
    """The entries of all ledgers, by actor, object and day; undated ones last."""
    return entries(ledger.drafts(), ledger.holders.side_of)
