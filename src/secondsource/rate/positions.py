"""claims with who stands behind them -> positions: a dated ledger of what every actor demands, offers, refuses, promises …

The holder is the speaker, or the party where it is the speaker. What one side says of the stand of another is not that side's
position; what an outsider reports of it is. One entry an utterance, however many articles relay it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from secondsource.model import Attribution, Claim, Mention, Position, Quote, Reading, Record, Testimony, When, Wording, identify, least
from secondsource.rate.naming import BODIES, Names
from secondsource.rate.passages import Passage, around, passages
from secondsource.rate.phrases import Phrases
from secondsource.rate.retractions import told_on
from secondsource.rate.shifts import RANK, day_of
from secondsource.rate.subjects import Subjects
from secondsource.rate.statements import HARM, SPARING, stands
from secondsource.rate.wording import WEEKDAYS, tokens

ACTS = frozenset({"demand", "appeal", "offer", "conditional_offer", "promise", "accept", "agree", "refuse", "threaten"})
SAME = {"order": "demand", "sign": "agree"}
# What only the speaker can do with his own words: whoever is named as the doer speaks for him.
OWN = frozenset({"promise", "offer", "conditional_offer", "threaten"})
CUES = {
    "demand": "demand", "urge": "appeal", "refuse": "refuse", "promise": "promise", "offer": "offer", "agree": "agree", "threaten": "threaten",
}  # fmt: skip
UNSAID = frozenset({"counterfactual", "hypothetical", "background"})
# A short paragraph with one subject is about it; letters.
BESIDE = 500
TIMES = ("the day ", "the moment ", "as soon as ")
STATED = frozenset({"say", "claim", "confirm", "warn", "report"})
NEUTRAL = frozenset({"say", "confirm", "claim", "report", "deny"})


TWO = re.compile(r",? and to ")
UNREAL = re.compile(r"\b(?:could|would|might) have \w+(?:ed|en|ne|de|id|ut)\b")
NEGATED = frozenset({"longer", "not", "never", "n't", "neither"})
LISTED = re.compile(r"(?:[A-Z][\w’'-]+(?:, and |, | and )(?:the )?)*[A-Z][\w’'-]+\s$")
# To go on fighting until something is done is to offer its end on terms.
GOING_ON = re.compile(r"\b(?:continu\w+|keep|go on|carry on|press on)\b.{0,30}\b(?:fight\w*|operation\w*|war|offensive|attack\w*|shell\w*)\b|\b(?:war|operations?|offensive)\b.{0,12}\bcontinue\b|\bfight on\b")
OPENED = re.compile(r"[“\"\s]*((?:Only w|W)hen [^,.;]+(?: has | have | is | are )[^,.;]+),")
# What two can do together, and how the second is named behind the first.
JOINT = frozenset({"agree", "accept", "refuse", "promise", "demand", "offer", "threaten"})
AND = re.compile(r",?\s+and\s+(?:the |his |her |its |their )?(?:[^.;:\n“”\"]{0,60}\s)?")
APPOSED = re.compile(r"(?:\s*,[^.;:\n“”\"]{0,60},)?\s+(?:have |has |had |both |jointly |also |on \w+ |finally |late |today |yesterday ){0,3}")


class Draft(Record, frozen=True, kw_only=True):
    """A position as one article gives it, before its tellings are joined."""

    holder: str
    object: str
    act: str
    conditions: tuple[Quote, ...]
    when: When | None
    utterance: str | None
    origin: str
    article: str
    evidence: Quote
    context: tuple[Quote, ...]
    wording: Wording
    target: str | None
    older: Quote | None
    claims: tuple[str, ...]


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
        self.names, self.side_of, self.actor_of = names, names.side_of, actor_of
        self.by_article = {name: r.mentions for name, r in self.readings.items()}
        self.mentions = {m.id: m for r in self.readings.values() for m in r.mentions}
        self.subjects = Subjects(table, objects)
        self.undated, self.older = Phrases(table["undated"]["words"]), Phrases(table["older"]["words"])
        self.speaking = Phrases(table["speaking"]["words"])
        self.not_stand = Phrases(table["not_stand"]["words"])
        self.heads = {a.id: set(tokens(a.name)) & BODIES for a in names.all.values()}
        self.of_actor: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions.values():
            if mention.id in actor_of:
                self.of_actor[actor_of[mention.id]].append(mention)
        known = {a for a, found in self.of_actor.items() if any(m.via == "name" for m in found)}
        self.roles = {
            a.id: [frozenset(tokens(role)) - {"the", "of"} for role in a.roles if tokens(role)] for a in names.all.values() if a.id in known
        }
        self.heads = {a: found for a, found in self.heads.items() if a in known}
        self.hostile = self._hostile()
        self.conditions: dict[str, tuple[Quote, ...]] = {}
        for reading in self.readings.values():
            for claim in reading.claims:
                if claim.attribution and claim.conditions:
                    held = self.conditions.get(claim.attribution, ())
                    self.conditions[claim.attribution] = tuple(dict.fromkeys([*held, *(c.words for c in claim.conditions)]))

    def _hostile(self) -> set[tuple[str, str]]:
        """Pairs of sides of which one accuses, threatens, fights or demands something of the other."""
        found: set[tuple[str, str]] = set()
        for t in self.testimonies:
            if t.claim and t.target and t.claim.act in {"accuse", "threaten", "strike", "demand", "clash", "capture"}:
                for side in (*t.sides, *([t.actor_side] if t.actor_side else [])):
                    other = self.side_of.get(t.target, t.target)
                    if side != other:
                        found |= {(side, other), (other, side)}
        return found

    def drafts(self) -> list[Draft]:
        """One draft a claim and holder; then those of attributions that no claim of a position stands in."""
        made: list[Draft] = []
        covered: set[str] = set()
        for t in self.testimonies:
            if t.claim is None:
                continue
            for draft in self._from_claim(t, t.claim):
                made.append(draft)
                covered.add(t.claim.attribution or "")
        for t in self.testimonies:
            if t.attribution and t.attribution.id not in covered:
                made += self._from_attribution(t, t.attribution)
        return _with_objects(made, self)

    def _from_claim(self, t: Testimony, claim: Claim) -> Iterator[Draft]:
        said = self.attributions.get(claim.attribution) if claim.attribution else None
        act = self._act(t, claim, said)
        if act is None or not self._spoken(claim.evidence[0]) or (said and (said.hedge or self._denied(said))):
            return
        if self._no_stand(claim.evidence[0].exact) or self._looks_back(claim, said):
            return
        # "I will resign the day the war ends": a time, which nobody can meet or leave unmet.
        conditions = tuple(dict.fromkeys(c.words for c in claim.conditions if not c.words.exact.casefold().startswith(TIMES)))
        if act == "promise" and not conditions and (opened := self._opened(claim.evidence[0])):
            conditions = (opened,)
        if act == "conditional_offer" and not conditions and claim.conditions:
            act = "promise"
        if GOING_ON.search(claim.evidence[0].exact) and act in {"promise", "threaten", "conditional_offer", "refuse"}:
            until = [q for q in conditions if q.exact.casefold().startswith(("until", "unless"))]
            act = "conditional_offer" if until else "threaten"
        elif act == "conditional_offer" and conditions and HARM.search(claim.evidence[0].exact) and not SPARING.search(claim.evidence[0].exact):
            act = "threaten"
        for holder in self._known(self._holders(t, act, said)):
            for words in self._objects(claim.evidence[0]):
                yield self._draft(t, holder, act, words, said, conditions, claim)

    def _from_attribution(self, t: Testimony, said: Attribution) -> Iterator[Draft]:
        if said.hedge or self._denied(said) or not said.cue.evidence or not self._spoken(said.content[0]):
            return
        reading = self.readings[t.article]
        act = CUES.get(said.cue.kind)
        if act is None:
            yield from self._from_statement(t, said)
            return
        start = min(said.cue.evidence.start, said.content[0].start)
        end = max(said.cue.evidence.end, said.content[0].end)
        if end - start > 400:  # noqa: PLR2004  cue and content stand apart: no one phrase to show
            return
        evidence = reading.article.quote(start, end)
        if self._no_stand(evidence.exact):
            return
        for holder in self._known(t.asserters):
            yield self._draft(t, holder, act, evidence, said, (), None)

    def _from_statement(self, t: Testimony, said: Attribution) -> Iterator[Draft]:
        """Of a plain statement only what has the shape of a position and names its object itself."""
        if said.cue.kind not in STATED:
            return
        for content in said.content:
            for stand in stands(content):
                conditions = self.conditions.get(said.id, ()) or stand.conditions
                inside = tuple(q for q in conditions if stand.words.start <= q.start and q.end <= stand.words.end)
                if stand.act != "demand" and not inside and stand.conditions:
                    inside = stand.conditions
                for holder in self._known(t.asserters):
                    draft = self._draft(t, holder, stand.act, stand.words, said, inside, None)
                    if draft.object:
                        yield draft

    def _act(self, t: Testimony, claim: Claim, said: Attribution | None) -> str | None:
        """The act of a position that a claim is, None where it is none."""
        act = SAME.get(claim.act, claim.act)
        if act in ACTS:
            if claim.polarity == "negative":
                return "refuse" if act in {"accept", "agree", "promise"} and claim.realis != "actual" else None
            return None if claim.realis in UNSAID else act
        if said is None or not t.asserters or claim.realis not in {"conditional", "planned"} or claim.act in {"deny", "accuse", "praise"}:
            return None
        if not self._own(t):
            return None
        if claim.polarity == "negative" and claim.realis == "planned":
            return "refuse"
        return "conditional_offer" if claim.conditions and claim.act not in {"strike", "sanction", "capture"} else None

    def _own(self, t: Testimony) -> bool:
        """Whether what is foretold is the speaker's own doing: his, his side's, or nobody's who is named."""
        return t.actor is None or t.actor in t.asserters or t.actor_side in t.sides or not any(
            (t.actor_side or t.actor, side) in self.hostile for side in t.sides
        )

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
            if len(labels) == 2 and None not in labels:  # noqa: PLR2004
                return [first, second]
        return [evidence]

    def _looks_back(self, claim: Claim, said: Attribution | None) -> bool:
        """ "had pledged", "since it gave its word": an older statement without a day of its own."""
        quote = claim.evidence[0]
        text = self.readings[quote.article].article.text
        before = tokens(text[max(0, quote.start - 40) : quote.start])[-4:]
        words = tokens(quote.exact)
        if UNREAL.search(quote.exact) or NEGATED & set(before[-2:]) or "no longer" in " ".join(words[:5]):
            return True
        if words[:1] == ["having"] or words[:1] == ["have"] and set(before[-2:]) & {"would", "could", "might", "should", "may"}:
            return True
        if (said and (said.said or said.cue.kind in NEUTRAL)) or (claim.when and claim.when.earliest):
            return False
        return "had" in words[:4] or "had" in before[-1:] or bool({"since", "after"} & set(before)) and not {",", "."} & set(text[quote.start - 2 : quote.start])

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

    def _holders(self, t: Testimony, act: str, said: Attribution | None) -> tuple[str, ...]:
        joint = self._beside(t, act)
        if joint:
            return joint
        if said is None:
            return (t.actor,) if t.actor else self._before_cue(t)
        if not t.asserters:
            return ()
        if t.actor is None or t.actor in t.asserters:
            together = said.cue.kind not in NEUTRAL and act in JOINT
            return t.asserters if t.actor is None or together else (t.actor,)
        if act in OWN and self._named_self(t, said):
            return (t.actor,)
        if t.actor_side in t.sides or act in OWN:
            return t.asserters
        if any((t.actor_side or t.actor, side) in self.hostile for side in t.sides):
            return ()
        return (t.actor,) if act in {"agree", "accept", "refuse", "demand", "appeal"} and said.cue.kind in NEUTRAL else t.asserters

    def _before_cue(self, t: Testimony) -> tuple[str, ...]:
        """Whose name stands right before the word for the act: "on Friday Hollin insisted", "A, B and C signed"."""
        claim = t.claim
        if claim is None or claim.cue is None:
            return ()
        before = self.readings[t.article].article.text[max(0, claim.cue.start - 90) : claim.cue.start]
        match = LISTED.search(before)
        words = [w for part in re.split(r", and |, | and ", match[0].strip()) for w in tokens(part)[-1:]] if match else []
        found = [self.names.one(w) for w in words]
        return tuple(sorted({f for f in found if f})) if all(found) else ()

    def _known(self, holders: tuple[str, ...]) -> tuple[str, ...]:
        """Holders, one that is only described ("the prime minister of …") by the name beside it, or by an office or a word for
        a body that one actor of the case alone has."""
        return tuple(sorted({self._name_of(holder) for holder in holders}))

    def _name_of(self, holder: str) -> str:
        actor = self.names.all.get(holder)
        mentions = self.of_actor.get(holder, ())
        if actor is None or not mentions or any(m.via == "name" for m in mentions):
            return holder
        for mention in mentions:
            here = mention.quote
            text = self.readings[here.article].article.text
            for other in self.by_article[here.article]:
                gap = text[here.end : other.quote.start] if here.end <= other.quote.start else ""
                if other.id in self.actor_of and other.via == "name" and gap in {", ", " (", " "}:
                    return self.actor_of[other.id]
        office = {w for w in re.findall(r"\b[a-z][\w-]+", actor.name)} - {"the", "of", "its", "his", "her"}
        capitals = re.findall(r"\b[A-Z][\w-]+", actor.name)
        places = {side for w in capitals for side in self.names.sides(w.casefold())} - {holder}
        held = {a for a, roles in self.roles.items() if office and any(office <= role for role in roles)}
        if places and len(held) > 1:
            held = {a for a in held if self.side_of.get(a) in places}
        if not held:
            held = {a for a, found in self.heads.items() if office & found}
        held.discard(holder)
        return held.pop() if len(held) == 1 else holder

    def _named_self(self, t: Testimony, said: Attribution) -> bool:
        """ "X is ready to meet the governor, he said": the name outweighs what the pronoun was taken for."""
        mention = self.mentions.get(t.claim.actor) if t.claim and t.claim.actor else None
        speakers = [self.mentions.get(s.mention) for s in said.speakers if s.mention]
        pronouns = all(m is not None and m.via == "pronoun" for m in speakers)
        return mention is not None and mention.via == "name" and mention.kind == "person" and pronouns

    def _beside(self, t: Testimony, act: str) -> tuple[str, ...]:
        """Who does it together: "X and his counterpart from the south, Y, agreed" names two."""
        claim = t.claim
        if claim is None or claim.actor is None or claim.cue is None or t.actor is None or act not in JOINT:
            return ()
        here = self.mentions.get(claim.actor)
        if here is None or here.quote.end > claim.cue.start:
            return ()
        found = {t.actor}
        text = self.readings[t.article].article.text
        for mention in self.by_article[t.article]:
            other = self.actor_of.get(mention.id)
            if other is None or not here.quote.end < mention.quote.start < mention.quote.end <= claim.cue.start:
                continue
            between, behind = text[here.quote.end : mention.quote.start], text[mention.quote.end : claim.cue.start]
            if AND.fullmatch(between) and APPOSED.fullmatch(behind):
                found.add(other)
        return tuple(sorted(found)) if len(found) > 1 else ()

    def _draft(
        self, t: Testimony, holder: str, act: str, evidence: Quote, said: Attribution | None, conditions: tuple[Quote, ...], claim: Claim | None
    ) -> Draft:
        read = self.passages[t.article]
        first, last = around(read, evidence)
        context = self.readings[t.article].article.quote(read[first].quote.start, read[last].quote.end)
        if act in {"offer", "promise", "accept", "agree"} and conditions:
            act = "conditional_offer"
        own = " ".join([evidence.exact, *(q.exact for q in (said.content if said else ()))])
        for condition in conditions:
            own = own.replace(condition.exact, " ")
        older = next((read[i].quote for i in range(first, last + 1) if any(True for _ in self.older.places(tokens(read[i].text)))), None)
        return Draft(
            holder=holder,
            object=self.subjects.of(claim.object if claim else None, evidence.exact, own) or "",
            act=act,
            conditions=conditions,
            when=self._when(t, claim, said, read, first, last),
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

    def _when(self, t: Testimony, claim: Claim | None, said: Attribution | None, read: Sequence[Passage], first: int, last: int) -> When | None:
        """The day it was said: of the attribution, of the act told, of the sentence, of a neighbour that dates the speaking; else
        by the report's day. None where the report says that no day is known."""
        beside = [p for p in read if p.paragraph == read[first].paragraph]
        if any(True for p in beside for _ in self.undated.places(tokens(p.text))):
            return None
        if said and said.said and day_of(said.said):
            return said.said
        reading = self.readings[t.article]
        published = reading.article.published.value
        newest = ((published.latest or published.earliest or "") if published else "")[:10] or "9999"
        if said is None and claim and claim.when and claim.when.earliest and _short(claim.when) and claim.when.earliest[:10] <= newest:
            return claim.when
        for place in range(first, last + 1):
            if when := _named(reading, read[place], said.content if said else ()):
                return when
        for place in (last + 1, first - 1):
            if 0 <= place < len(read) and read[place] in beside and any(True for _ in self.speaking.places(tokens(read[place].text))):
                if when := _named(reading, read[place], ()):
                    return when
        if said is None or said.cue.kind not in NEUTRAL:
            for place in range(first, last + 1):
                if when := _named(reading, read[place], (), on_only=True):
                    return when
        if published is None or not day_of(published):
            return None
        return When(earliest=None, latest=published.latest or published.earliest, precision="day")


def _short(when: When) -> bool:
    """A day, or a night between two."""
    if not (when.earliest and when.latest):
        return False
    return (date.fromisoformat(when.latest[:10]) - date.fromisoformat(when.earliest[:10])).days <= 1


def _named(reading: Reading, passage: Passage, outside: Iterable[Quote], *, on_only: bool = False) -> When | None:
    """The day that a sentence names outside of what is quoted in it, no later than the report's own. `on_only`: only "on
    Monday", where nothing says whether the deed or the word for it is meant."""
    published = passage.published
    last = ((published.latest or published.earliest) if published else None) or "9999"
    found: When | None = None
    for time in reading.times:
        when, at = time.when, time.quote
        if not (passage.quote.start <= at.start and at.end <= passage.quote.end) or any(q.start <= at.start < q.end for q in outside):
            continue
        if on_only and passage.text[: at.start - passage.quote.start].split()[-1:] != ["on"]:
            continue
        if when.precision in {"day", "hour", "minute"} and when.earliest and when.latest and when.earliest[:10] == when.latest[:10]:
            if when.latest[:10] <= last[:10]:
                return when
            found = found or _week_before(when, last, time.quote, passage)
    return found


def _week_before(when: When, last: str, words: Quote, passage: Passage) -> When | None:
    """ "agreed to swap the men on Monday", printed on Tuesday: the weekday of the agreeing, though it stands by the other verb."""
    ahead = date.fromisoformat(when.earliest[:10]) - date.fromisoformat(last[:10]) if when.earliest and last != "9999" else None
    before = passage.text[: words.start - passage.quote.start].split()
    if ahead is None or ahead.days > 6 or words.exact.casefold() not in WEEKDAYS or before[-1:] != ["on"]:  # noqa: PLR2004
        return None
    day = (date.fromisoformat(when.earliest[:10]) - timedelta(days=7)).isoformat() if when.earliest else None
    return When(earliest=day, latest=day, precision="day", text=words.exact)


def _with_objects(drafts: Sequence[Draft], ledger: Ledger) -> list[Draft]:
    """Drafts whose words name no object take it from what they answer, or from their paragraph; without any they are left out."""
    made: list[Draft] = []
    for draft in drafts:
        label = draft.object
        if not label:
            before = [d for d in drafts if d.object and d.article == draft.article and d.evidence.start < draft.evidence.start]
            read = ledger.passages[draft.article]
            here = read[around(read, draft.evidence)[0]].paragraph
            beside = " ".join(p.text for p in read if p.paragraph == here)
            if before and ledger.subjects.answers(draft.evidence.exact):
                label = max(before, key=lambda d: d.evidence.start).object
            label = label or ledger.subjects.of(None, draft.context[0].exact, "") or ""
            label = label or (ledger.subjects.main(beside) if len(beside) < BESIDE else None) or ""
        if label:
            made.append(Draft(**{**{f: getattr(draft, f) for f in draft.__struct_fields__}, "object": label}))
    return made


def positions(ledger: Ledger) -> tuple[Position, ...]:
    """The entries of all ledgers, by actor, object and day; undated ones last."""
    held: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in ledger.drafts():
        held[draft.holder, draft.object].append(draft)
    made = [_position(group, ledger) for drafts in held.values() for group in _utterances(drafts)]
    return tuple(sorted(made, key=lambda p: (p.actor, p.object, day_of(p.when) or "9999", p.id)))


def _utterances(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts of one utterance together: the same link, or the same rank of act on the same day."""
    groups: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: (day_of(d.when) or "9999", d.when is None or d.when.earliest is None, d.article, d.evidence)):
        for group in groups:
            if any(_one(draft, other) for other in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return groups


def _one(left: Draft, right: Draft) -> bool:
    linked = left.utterance is not None and left.utterance == right.utterance
    near = RANK[left.act] == RANK[right.act] or {left.act, right.act} in ({"offer", "conditional_offer"}, {"demand", "appeal"}, {"promise", "offer"}, {"promise", "conditional_offer"})
    if linked and near:
        return True
    if not near:
        return False
    if day_of(left.when) == day_of(right.when):
        return True
    # The same origin tells it again without a day of its own.
    return left.origin == right.origin and left.article != right.article and None in {_sharp(left), _sharp(right)}


def _sharp(draft: Draft) -> str | None:
    return draft.when.earliest if draft.when else None


def _conditions(drafts: Sequence[Draft]) -> tuple[Quote, ...]:
    """All conditions that the first article with any gives, each once; a shorter telling inside a longer one is left out."""
    first = next((d.article for d in drafts if d.conditions), None)
    found = [q for d in drafts if d.article == first for q in d.conditions]
    kept = [q for q in found if not any(o is not q and o.start <= q.start and q.end <= o.end and o != q for o in found)]
    return tuple(sorted(dict.fromkeys(kept)))


WORDINGS: tuple[Wording, ...] = ("as_printed", "insertion", "translated", "rewritten", "paraphrase", "headline_only")


def _position(group: Sequence[Draft], ledger: Ledger) -> Position:
    best = min(group, key=lambda d: (WORDINGS.index(d.wording), -len(d.conditions), d.article, d.evidence))
    dated = [d.when for d in group if d.when and d.when.earliest]
    whens = dated or [d.when for d in group if d.when]
    acts = [d.act for d in group]
    act = "conditional_offer" if "conditional_offer" in acts else best.act
    ordered = [best, *(d for d in sorted(group, key=lambda d: (d.article, d.evidence)) if d is not best)]
    return Position(
        id=identify("position", best.holder, best.object, act, least(f"{d.article}:{d.evidence.start}:{d.evidence.end}" for d in group)),
        actor=best.holder,
        object=best.object,
        act=act,
        conditions=_conditions(ordered),
        when=min(whens, key=lambda w: (day_of(w) or "9999", w.precision)) if whens else None,
        utterance=best.utterance or next((d.utterance for d in ordered if d.utterance), None),
        origins=tuple(sorted({d.origin for d in group})),
        evidence=tuple(dict.fromkeys(d.evidence for d in ordered)),
        side=ledger.side_of.get(best.holder),
        target=best.target or next((d.target for d in ordered if d.target), None),
        context=tuple(dict.fromkeys(q for d in ordered for q in d.context)),
        wording=best.wording,
        older=next((d.older for d in ordered if d.older), None),
        claims=tuple(sorted({c for d in group for c in d.claims})),
    )
