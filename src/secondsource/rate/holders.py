"""claim with its speaker -> whose position it is

The speaker's; of a party's own act told by the narrator, the party's. What one side says of the stand of another is nobody's
position; what an outsider reports of it is the other's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from secondsource.model import Attribution, Mention, Reading, Testimony
from secondsource.rate.dated import NEUTRAL
from secondsource.rate.entries import Draft
from secondsource.rate.naming import Names
from secondsource.rate.wording import tokens

# What only the speaker can do with his own words: whoever is named as the doer speaks for him.
OWN = frozenset({"promise", "offer", "conditional_offer", "threaten"})
# What two can do together, and how the second is named behind the first.
JOINT = frozenset({"agree", "accept", "refuse", "promise", "demand", "offer", "threaten"})
AND = re.compile(r",?\s+and\s+(?:the |his |her |its |their )?(?:[^.;:\n“”\"]{0,60}\s)?")
BETWEEN = r"(?:have |has |had |both |jointly |also |on \w+ |finally |late |today |yesterday ){0,3}"
APPOSED = re.compile(rf"(?:\s*,[^.;:\n“”\"]{{0,60}},)?\s+{BETWEEN}")
LISTED = re.compile(r"(?:(?:[A-Z][\w’'-]+ ?){1,3}(?:, and |, |and )(?:the )?)*[A-Z][\w’'-]+\s$")
LONGEST_NAME = 60
HOSTILE = frozenset({"accuse", "threaten", "strike", "demand", "clash", "capture"})


class Holders:
    """The actors of a case and their mentions, ready to be asked whose a position is."""

    def __init__(
        self, readings: Iterable[Reading], testimonies: Sequence[Testimony], actor_of: Mapping[str, str], names: Names
    ) -> None:
        self.readings = {r.article.id: r for r in readings}
        self.names, self.side_of, self.actor_of = names, names.side_of, actor_of
        self.mentions = {m.id: m for r in self.readings.values() for m in r.mentions}
        self.of_actor: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions.values():
            if mention.id in actor_of:
                self.of_actor[actor_of[mention.id]].append(mention)
        known = {a for a, found in self.of_actor.items() if any(m.via == "name" for m in found)}
        people = [a for a in names.all.values() if a.id in known]
        self.roles = {
            a.id: [(_head(role), frozenset(tokens(role)) - {"the", "of"}) for role in a.roles if tokens(role)] for a in people
        }
        self.heads = {a.id: set(tokens(a.name)) & names.bodies for a in people}
        self.full = {a.name: a.id for a in people if a.kind == "person" and " " in a.name}
        self.named: dict[str, str] = {}
        self.hostile = self._hostile(testimonies)

    def _hostile(self, testimonies: Iterable[Testimony]) -> set[tuple[str, str]]:
        """Pairs of sides of which one accuses, threatens, fights or demands something of the other."""
        found: set[tuple[str, str]] = set()
        for t in testimonies:
            if t.claim and t.target and t.claim.act in HOSTILE:
                for side in (*t.sides, *([t.actor_side] if t.actor_side else [])):
                    other = self.side_of.get(t.target, t.target)
                    if side != other:
                        found |= {(side, other), (other, side)}
        return found

    def of(self, t: Testimony, act: str, said: Attribution | None) -> tuple[str, ...]:
        joint = self._together(t) or self._beside(t, act)
        if joint:
            return joint
        if said is None:
            return (t.actor,) if t.actor else self._before_cue(t)
        if not t.asserters:
            return ()
        if t.actor is None and act in {"accept", "agree"} and said.cue.kind in NEUTRAL:
            return ()
        if t.actor is None or t.actor in t.asserters:
            together = said.cue.kind not in NEUTRAL and act in JOINT
            return t.asserters if t.actor is None or together else (t.actor,)
        quoting = said.cue.evidence is not None and said.cue.evidence.exact.casefold().startswith("quot")
        if act in OWN and (quoting or self._named_self(t, said) or self._voice_of(t)):
            return (t.actor,)
        if t.actor_side in t.sides or act in OWN:
            return t.asserters
        if any((t.actor_side or t.actor, side) in self.hostile for side in t.sides):
            return ()
        return (
            (t.actor,) if act in {"agree", "accept", "refuse", "demand", "appeal"} and said.cue.kind in NEUTRAL else t.asserters
        )

    def _together(self, t: Testimony) -> tuple[str, ...]:
        """All who do it together as the claim names them; none where it names one alone."""
        co_actors = {self.actor_of[m] for m in (t.claim.co_actors if t.claim else ()) if m in self.actor_of}
        return tuple(sorted(co_actors | ({t.actor} if t.actor else set()))) if co_actors else ()

    def _before_cue(self, t: Testimony) -> tuple[str, ...]:
        """Whose name stands right before the word for the act: "on Friday Hollin insisted", "A, B and C signed"."""
        claim = t.claim
        if claim is None or claim.cue is None:
            return ()
        before = self.readings[t.article].article.text[max(0, claim.cue.start - 90) : claim.cue.start]
        match = LISTED.search(before)
        words = [w for part in re.split(r", and |, |\band ", match[0].strip()) for w in tokens(part)[-1:]] if match else []
        found = [self.names.one(w) for w in words]
        named = {f for f in found if f}
        return tuple(sorted(named)) if len(named) > 1 or all(found) else ()

    def one_each(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Of the same words once as a person's and once as his state's or body's stand, the person's: he is the speaker."""
        persons = {(d.act, d.evidence) for d in drafts if self._is_person(d.holder)}
        return [d for d in drafts if self._is_person(d.holder) or (d.act, d.evidence) not in persons]

    def _is_person(self, holder: str) -> bool:
        return holder in self.names.all and self.names.all[holder].kind == "person"

    def known(self, holders: tuple[str, ...]) -> tuple[str, ...]:
        """Holders, one that is only described ("the prime minister of …") by the name beside it, or by an office or a word for
        a body that one actor of the case alone has."""
        for holder in holders:
            if holder not in self.named:
                self.named[holder] = self._name_of(holder)
        return tuple(sorted({self.named[holder] for holder in holders if not self._is_document(holder)}))

    def _is_document(self, holder: str) -> bool:
        """ "The plan calls for a truce": a text asks for nothing by itself."""
        head = tokens(self.names.all[holder].name)[-1:] if holder in self.names.all else []
        return bool(set(head) & self.names.documents) and not self._is_person(holder)

    def _name_of(self, holder: str) -> str:
        actor = self.names.all.get(holder)
        mentions = self.of_actor.get(holder, ())
        if actor is None or not mentions:
            return holder
        if any(m.via == "name" for m in mentions):
            return self._without_office(holder)
        for mention in mentions:
            here = mention.quote
            text = self.readings[here.article].article.text
            for other in self.readings[here.article].mentions:
                gap = text[here.end : other.quote.start] if here.end <= other.quote.start else ""
                if other.id in self.actor_of and other.via == "name" and gap in {", ", " (", " "}:
                    return self.actor_of[other.id]
            behind = text[here.end : here.end + LONGEST_NAME]
            beside = [a for name, a in self.full.items() if behind.startswith((f", {name},", f" ({name})"))]
            if len(beside) == 1:
                return beside[0]
        office = set(re.findall(r"\b[a-z][\w-]+", actor.name)) - {"the", "of", "its", "his", "her"}
        capitals = re.findall(r"\b[A-Z][\w-]+", actor.name)
        places = {side for w in capitals for side in self.names.sides(w.casefold())} - {holder}
        head = _head(actor.name)
        fit = [(a, role) for a, roles in self.roles.items() for last, role in roles if last == head]
        capital = {w.casefold().removesuffix("'s").removesuffix("’s") for w in capitals}
        fit = [(a, role) for a, role in fit if self._same_office(head, office | capital, role)]
        held = {a for a, role in fit if capital <= role} or {a for a, role in fit if office <= role}
        if not held and head not in self.names.collective:
            held = {a for a, roles in self.roles.items() for _, role in roles if office and office <= role}
        if places and len(held) > 1:
            held = {a for a in held if self.side_of.get(a) in places}
        if not held:
            held = {a for a, found in self.heads.items() if office & found}
        held.discard(holder)
        return held.pop() if len(held) == 1 else holder

    def _same_office(self, head: str, described: set[str], role: frozenset[str]) -> bool:
        """A prime minister is no "foreign minister": where an office is one of many, every word of it counts."""
        if head not in self.names.portfolios:
            return True
        return not {w for w in described ^ role if not self.names.sides(w)}

    def _without_office(self, holder: str) -> str:
        """ "Quarry Warden Ana Lisk" is Ana Lisk, where the reports name her without the office too."""
        words = self.names.all[holder].name.split()
        tails = (" ".join(words[i:]) for i in range(1, len(words) - 1))
        return next((self.full[tail] for tail in tails if tail in self.full), holder)

    def _named_self(self, t: Testimony, said: Attribution) -> bool:
        """ "X is ready to meet the governor, he said": the name outweighs what the pronoun was taken for."""
        mention = self.mentions.get(t.claim.actor) if t.claim and t.claim.actor else None
        speakers = [self.mentions.get(s.mention) for s in said.speakers if s.mention]
        pronouns = all(m is not None and m.via == "pronoun" for m in speakers)
        return mention is not None and mention.via == "name" and mention.kind == "person" and pronouns

    def _voice_of(self, t: Testimony) -> bool:
        """ "Hollin is ready to talk, its envoy said": a speaker who is only described, and a doer with a name."""
        mention = self.mentions.get(t.claim.actor) if t.claim and t.claim.actor else None
        return mention is not None and mention.via == "name" and not any(self._has_name(who) for who in t.asserters)

    def _has_name(self, actor: str) -> bool:
        return any(m.via == "name" for m in self.of_actor.get(actor, ()))

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
        for mention in self.readings[t.article].mentions:
            other = self.actor_of.get(mention.id)
            if other is None or not here.quote.end < mention.quote.start < mention.quote.end <= claim.cue.start:
                continue
            between, behind = text[here.quote.end : mention.quote.start], text[mention.quote.end : claim.cue.start]
            if AND.fullmatch(between) and APPOSED.fullmatch(behind):
                found.add(other)
        return tuple(sorted(found)) if len(found) > 1 else ()

    def is_own(self, t: Testimony) -> bool:
        """Whether what is foretold is the speaker's own doing: his, his side's, or nobody's who is named."""
        if t.actor is None or t.actor in t.asserters or t.actor_side in t.sides:
            return True
        return not any((t.actor_side or t.actor, side) in self.hostile for side in t.sides)


def _head(words: str) -> str:
    """The word that says what office or body is meant: "chief negotiator of the union" is a negotiator."""
    before = re.split(r" (?:of|for|in|to) ", words)[0]
    return next(iter(tokens(before)[-1:]), "")
