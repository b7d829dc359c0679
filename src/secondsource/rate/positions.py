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
from secondsource.rate.dated import NEUTRAL, Dating
from secondsource.rate.entries import Draft, entries
from secondsource.rate.holders import Holders
from secondsource.rate.naming import Names
from secondsource.rate.passages import around, passages
from secondsource.rate.phrases import Phrases
from secondsource.rate.shifts import day_of
from secondsource.rate.statements import CONDITION, DEED, FIGHT_READY, HARM, SPARING, stands
from secondsource.rate.subjects import Subjects
from secondsource.rate.wording import tokens

ACTS = frozenset({"demand", "appeal", "offer", "conditional_offer", "promise", "accept", "agree", "refuse", "threaten"})
SAME = {"order": "demand", "sign": "agree"}
CUES = {
    "demand": "demand", "urge": "appeal", "refuse": "refuse", "promise": "promise", "offer": "offer", "agree": "agree",
    "threaten": "threaten",
}  # fmt: skip
UNSAID = frozenset({"counterfactual", "hypothetical", "background"})
# A short paragraph with one subject is about it; letters.
BESIDE = 500
TIMES = ("the day ", "the moment ", "once more", "once again", "otherwise")
STATED = frozenset({"say", "claim", "confirm", "warn", "report"})


TWO = re.compile(r",? and to ")
UNREAL = re.compile(r"\b(?:could|would|might) have \w+(?:ed|en|ne|de|id|ut)\b")
MODALS = frozenset({"would", "could", "might", "should", "may"})
NEGATED = frozenset({"longer", "not", "never", "n't", "neither"})
GIVEN_UP = frozenset({"giving", "gave", "dropping", "dropped", "abandoning", "abandoned", "withdrawing", "withdrew"})
# To go on fighting until something is done is to offer its end on terms.
GOING_ON = re.compile(
    r"\b(?:continu\w+|keep|go on|carry on|press on)\b.{0,30}\b(?:fight\w*|operation\w*|war|offensive|attack\w*|shell\w*)\b"
    r"|\b(?:war|operations?|offensive)\b.{0,12}\bcontinue\b|\bfight on\b"
)
# "We do not talk as long as …": a refusal that ends with its condition.
UNDONE = re.compile(r"\b(?:do|does|will|would|can|shall) not\b|n['’]t\b|\bno (?:talks|negotiation|ceasefire|truce)|\bnever\b")
NOT_ONE = re.compile(r"(?:[Nn]ot (?:even|a|an|one|a single)|[Nn]o|[Nn]ever)\b")
# The word given for what another sentence says.
GAVE_WORD = re.compile(r"\b(?:[Gg]ave|[Gg]ives?|[Gg]iven) (?:his|her|its|their|my|our|you my|you our) word\b")
# What may follow the words of a claim and still belongs to what is asked for or given, up to the end of its clause.
GOES_ON = re.compile(r"(?: (?:on|at|in|by) \w+)? (?:not )?(?:to|for|that|against|from|with|on|of|into|in)\b[^.,;:?!\n“”\"()]{2,140}|: [^.;:\n“”\"]{6,140}")
ANY_REST = re.compile(r" (?!and |but |or )(?:(?! -|—)[^.,;:?!\n“”\"()]){2,140}")
# "The chance to accept", "without accepting", "whether they accept": nobody has accepted.
LOOSE = re.compile(r"to |(?:accept|agree|offer|sign|promis|refus|reject)\w*ing\b")
GOVERNED = re.compile(
    r"\b(?:ready|willing|prepared|has|have|had|was|were|is|are|been|who|it|he|she|they|which|[a-z]+ed)(?: \w+ly)? $|[,.;:“\"]\s*$"
)
RULED_OUT = re.compile(r"\b(?:rul\w+ out|reject\w*|oppos\w+|refus\w+|avoid\w*|consider\w*) $")
WHETHER = re.compile(r"\b(?:whether|not clear (?:if|that)|unclear (?:if|that))\b[^.,;:\n]{0,60}$")
SHOULD = re.compile(r"\bshould (?=the |any |either |one |they |he |she |it |[A-Z])[^.;“”\"]+")
NOT_TO = re.compile(r"\b(?:vow|promis|pledg|sw(?:ore|ear)|undert)\w* (?:not|never) to\b")
UNTRUE = re.compile(r"\b(?:not|n['’]t|never) (?:said|say|says|announced|confirmed|decided|promised) (?:that )?(?:he |she |it |they |we )?$|"
    r"\b(?:no truth|not true|untrue|false|a lie|unfounded|baseless|denie[ds]|denying)\b[^.;:\n]{0,30}\bthat (?:he |she |it |they |we |I )?$")
TO_DO = re.compile(r"\bthat\b|\bto (?!the |an? |his |her |its |their |[A-Z])")
RELATIVE = frozenset({"that", "which", "who", "whom"})
# "Insists that the other shot first" claims something and asks for nothing.
INSISTED = re.compile(
    r"\binsist(?:s|ed|ing)? (?:that |(?=(?:it|he|she|they|we|its|his|her|the|there) ))(?!.*\b(?:must|should|be|leave|stop|end|withdraw|release|open|give|return)\b)"
)
# What is to come, or is not done as long as something else is not.
GIVEN = re.compile(
    rf"\b(?:will|would|shall|can|could|may|might|do not|does not|['’]ll|['’]d|n['’]t)(?: \w+ly| not| never)? {DEED}|"
    r"\b(?:ready|willing|prepared|enough|agree|accept|silent)\b",
    re.IGNORECASE,
)
# "Repeated the threat" is about what was threatened before.
OWN_WORD = {
    "threaten": frozenset({"threat", "threats"}), "demand": frozenset({"demand", "demands"}), "appeal": frozenset({"appeal", "call"}),
    "promise": frozenset({"promise", "pledge"}), "offer": frozenset({"offer", "proposal"}),
}  # fmt: skip
LEAST = 3  # words of a condition
# "The talks end if they do not …"
BROKEN_OFF = re.compile(r"\b(?:suspend|cancel|postpone|call\w* off|broken? off|walk)\w*")
UNLESS = re.compile(r"\b(?:not|fails?|refuses?|unless)\b|n['’]t\b")
DEADLINE = frozenset({"deadline", "ultimatum"})
PROMISED = re.compile(
    r"\b(?:promis|pledg|vow|sw(?:ore|ear|orn)|guarante|assur|undert|commit|word\b|will\b|would\b|shall\b|going to\b|would\b|to\b)|['’](?:ll|d)\b",
    re.IGNORECASE,
)
FEW = 6  # words of a position that leave to the rest of the statement what it is about
# "A deal was not possible" is no refusal, "it is not possible to accept it" is one.
IMPOSSIBLE = re.compile(r"\b(?:not|n['’]t) possible(?! (?:to|for)\b)|\bimpossible(?! (?:to|for)\b)")
WHILE = ("as long as", "so long as", "while", "until", "unless")
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
        self.older, self.not_stand = Phrases(table["older"]["words"]), Phrases(table["not_stand"]["words"])
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
        return _with_objects(self._attached(self.holders.one_each(made)), self)

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
        if self._no_stand(words) or self._looks_back(claim, said) or self._empty(act, words) or self._told_off(claim.evidence[0]):
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
            conditions = self._terms(self._whole(claim, ()))
        if act == "threaten" and DEADLINE & set(tokens(words)):
            act = "demand"
        if act == "promise" and not PROMISED.search(words):
            return
        act = _fitted(act, words, conditions, given=bool(claim.conditions))
        for holder in self.holders.known(self.holders.of(t, act, said)):
            for quote in self._objects(self._whole(claim, conditions)):
                yield self._draft(t, holder, act, quote, said, conditions, claim)

    def _whole(self, claim: Claim, conditions: Sequence[Quote]) -> Quote:
        """ "called on both armies" and what to do: a position is shown with all that it asks for or gives."""
        evidence = claim.evidence[0]
        article = self.readings[evidence.article].article
        bare = claim.cue is not None and evidence.end - claim.cue.end <= len(" out")
        match = (ANY_REST if bare else GOES_ON).match(article.text, evidence.end)
        if match is None:
            return evidence
        end = min([match.end(), *(q.start for q in conditions if q.start >= evidence.end)])
        words = article.text[evidence.start : end].rstrip(" ,")
        return article.quote(evidence.start, evidence.start + len(words))

    def _terms(self, evidence: Quote) -> tuple[Quote, ...]:
        """Conditions that stand in the words themselves."""
        article = self.readings[evidence.article].article
        found = [*CONDITION.finditer(evidence.exact), *SHOULD.finditer(evidence.exact)]
        spans = [(evidence.start + m.start(), evidence.start + m.start() + len(m[0].rstrip(" ,"))) for m in found]
        return tuple(article.quote(start, end) for start, end in sorted(spans))

    def _told_off(self, quote: Quote) -> bool:
        """ "There is no truth in the report that we agreed", "whether they agree", "a chance to agree": nobody has."""
        text = self.readings[quote.article].article.text
        before = text[max(0, quote.start - 80) : quote.start]
        loose = LOOSE.match(quote.exact) and not GOVERNED.search(before)
        loose = loose or (RULED_OUT.search(before) is not None and LOOSE.match(quote.exact) is not None)
        return bool(loose) or UNTRUE.search(before) is not None or WHETHER.search(before) is not None

    def _empty(self, act: str, words: str) -> bool:
        """ "Insists that the other shot first" asks for nothing; "gave his word" is a promise of what another sentence says."""
        if act == "refuse":
            return IMPOSSIBLE.search(words) is not None
        if act == "demand":
            return INSISTED.search(words) is not None
        return act == "promise" and (given := GAVE_WORD.search(words)) is not None and not TO_DO.search(words, given.end())

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
        if self._no_stand(evidence.exact) or self._negated(evidence) or self._told_off(evidence):
            return
        if self._pluperfect(evidence) and (not said.said or tokens(evidence.exact)[0] in RELATIVE):
            return
        conditions = self._terms(evidence) if act in {"threaten", "promise", "offer"} else ()
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
                if self._no_stand(stand.words.exact) or self._told_off(stand.words):
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
        given = GIVEN.search(claim.evidence[0].exact) is not None
        return "conditional_offer" if given and claim.conditions and claim.act not in {"strike", "sanction", "capture"} else None

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

    def paragraph(self, quote: Quote) -> int:
        """The number of the paragraph in which the words stand."""
        read = self.passages[quote.article]
        return read[around(read, quote)[0]].paragraph

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

    def _looks_back(self, claim: Claim, said: Attribution | None) -> bool:
        """ "had pledged", "since it gave its word": an older statement without a day of its own."""
        quote = claim.evidence[0]
        text = self.readings[quote.article].article.text
        before = tokens(text[max(0, quote.start - 40) : quote.start])[-4:]
        words = tokens(quote.exact)
        if UNREAL.search(quote.exact) or self._negated(quote):
            return True
        if words[:1] == ["having"] or (words[:1] == ["have"] and set(before[-2:]) & MODALS):
            return True
        if words[:1] and words[0] in RELATIVE and "had" in words[:4]:
            return True
        if (said and (said.said or said.cue.kind in NEUTRAL)) or (claim.when and claim.when.earliest):
            return False
        return (
            "had" in words[:4]
            or "had" in before[-1:]
            or (bool({"since", "after"} & set(before)) and not {",", "."} & set(text[quote.start - 2 : quote.start]))
        )

    def _pluperfect(self, quote: Quote) -> bool:
        """ "had asked", "having threatened": told of the time before."""
        text = self.readings[quote.article].article.text
        before = tokens(text[max(0, quote.start - 20) : quote.start])[-1:]
        return bool({"had", "having"} & {*before, *tokens(quote.exact)[:4]})

    def _negated(self, quote: Quote) -> bool:
        """ "I no longer demand that …": what is said not to be done."""
        text = self.readings[quote.article].article.text
        before = tokens(text[max(0, quote.start - 40) : quote.start])[-3:]
        if NEGATED & {*before[-2:], *tokens(quote.exact)[:1]} or GIVEN_UP & set(before):
            return True
        return "no longer" in " ".join(tokens(quote.exact)[:5])

    def _no_stand(self, words: str) -> bool:
        return any(True for _ in self.not_stand.places(tokens(words)))

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
        )


def _fitted(act: str, words: str, conditions: Sequence[Quote], *, given: bool) -> str:
    """The act that the words and the conditions that are left make of it. `given`: there were conditions."""
    if act == "conditional_offer" and not conditions and given:
        act = "promise"
    if act == "promise" and NOT_TO.search(words):
        return "refuse"
    if act in {"offer", "promise"} and FIGHT_READY.search(words):
        return "threaten"
    if GOING_ON.search(words) and act in {"promise", "threaten", "conditional_offer", "refuse"}:
        until = any(q.exact.casefold().startswith(("until", "unless")) for q in conditions)
        return "conditional_offer" if until else "threaten"
    if act == "conditional_offer" and BROKEN_OFF.search(words) and any(UNLESS.search(q.exact) for q in conditions):
        return "threaten"
    if act == "conditional_offer" and conditions and HARM.search(words) and not SPARING.search(words):
        return "threaten"
    if act == "conditional_offer" and UNDONE.search(words) and _holding(conditions):
        return "refuse"
    return "refuse" if act == "promise" and NOT_ONE.match(words) else act


def _holding(conditions: Iterable[Quote]) -> bool:
    return any(q.exact.casefold().startswith(WHILE) for q in conditions)


def _answered(before: Sequence[Draft], answer: Draft, ledger: Ledger) -> str:
    """What an answer is about: "rejected the demand" answers what an offer asks for in return, everything else the offer."""
    asked = max(before, key=lambda d: d.evidence.start)
    if asked.conditions and {"demand", "demands", "condition", "conditions", "terms"} & set(tokens(answer.evidence.exact)):
        told = [d for d in before if d.holder == asked.holder and d.object == asked.object]
        return ledger.subjects.of(None, " ".join(q.exact for d in told for q in d.conditions), "") or asked.object
    return asked.object


def _with_objects(drafts: Sequence[Draft], ledger: Ledger) -> list[Draft]:
    """Drafts whose words name no object take it from what they answer; the rest falls out."""
    made: list[Draft] = []
    of_article: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        of_article[draft.article].append(draft)
    for draft in drafts:
        label = draft.object
        if not label:
            before = [d for d in of_article[draft.article] if d.object and d.evidence.start < draft.evidence.start]
            read = ledger.passages[draft.article]
            here = ledger.paragraph(draft.evidence)
            beside = " ".join(p.text for p in read if p.paragraph == here)
            if repeated := OWN_WORD.get(draft.act, frozenset()) & set(tokens(draft.evidence.exact)):
                before = [d for d in before if d.act == draft.act]
            if before and ledger.subjects.answers(draft.evidence.exact):
                label = _answered(before, draft, ledger)
            if ledger.subjects.answers(draft.evidence.exact) and not repeated:
                near = {d.object for d in of_article[draft.article] if d.object and ledger.paragraph(d.evidence) == here}
                label = label or ledger.subjects.of(None, draft.context[0].exact, "") or (near.pop() if len(near) == 1 else "")
                label = label or (ledger.subjects.main(beside) if len(beside) < BESIDE else None) or ""
        # "I ask for a timetable" beside one's own offer on terms spells the terms out.
        mine = [d for d in of_article[draft.article] if d.holder == draft.holder and d.act == "conditional_offer"]
        if label and not (not draft.object and draft.act in {"demand", "appeal"} and any(d.object == label for d in mine)):
            made.append(replace(draft, object=label))
    return made


def positions(ledger: Ledger) -> tuple[Position, ...]:
    """The entries of all ledgers, by actor, object and day; undated ones last."""
    return entries(ledger.drafts(), ledger.holders.side_of)
