"""readings and links -> testimonies: every claim and figure with who stands behind it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from secondsource.model import Actor, Attribution, Claim, Figure, Reading, Record, Testimony, When

# A side is the state or group at the end of these links.
TO_A_SIDE = ("speaks_for", "part_of", "metonym_of")
ENEMY = frozenset({"enemy", "enemy's", "hostile", "opposing"})
NEAR = 80  # characters between the words of a claim and those of its time
SHORTEST = 4  # letters of a state's name that the adjective made of it shares: Kestria, Kestrian
# First-hand words: the speaker saw, heard or did it.
SAW = re.compile(r"\b(?:I|[Ww]e) (?:\w+ ){0,2}?(?:saw|heard|watched|felt|smelled|counted|buried|carried|filmed|fled|ran)\b")
LONGEST = 1000  # characters of a sentence that are looked through for its place
# Deeds that happen to many places in a week: which one it was must stand in the claim's own words.
OWN_PLACE = frozenset({"capture", "destroy", "exchange", "yield"})
WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])|\n")
STEM = 6  # letters: "orseni" of Orsenia and Orsenian
IN = re.compile(
    r"\b(?:in|at|near|outside|around)(?: the)?(?: \w+){0,2}?(?: (?:town|city|village|port|district|province|area) of)? $"
)
# A count of one day, which is no part of another day's.
OTHER_CLAUSE = re.compile(r"\b(?:since|which|who|where|whose)\b")
DAILY = re.compile(r"\b(?:past|last|previous|preceding) (?:24[ -]hours?|day|night)\b")
FELT = re.compile(r"\b(?:saw|heard|watched|witnessed|felt)\b")


class Cast(Record, frozen=True, kw_only=True):
    """The actors of a case as the comparing stage needs them: who is on whose side."""

    actors: Mapping[str, Actor]
    side_of: Mapping[str, str]
    parties: frozenset[str]  # whom others belong to or speak for
    states: Mapping[str, str]  # id -> name

    def party(self, actor: str | None) -> str | None:
        """The state or group that an actor is, belongs to or speaks for; None where no words link it to one."""
        if actor is None:
            return None
        side = self.side_of[actor]
        is_party = side != actor or actor in self.parties or self.actors[actor].kind in {"state", "group"}
        return side if is_party else None

    def counter(self, words: str) -> tuple[str, ...]:
        """The actor that a printed counter names, if it is exactly one: "The Orsenian Health Ministry" is Orsenia's."""
        wanted = _stems(words)
        found = {a.id for a in self.actors.values() if any(_stems(alias) == wanted for alias in (a.name, *a.aliases))}
        return tuple(found) if len(found) == 1 else ()

    def people(self, words: str | None) -> str | None:
        """The state whose people "Kestrian soldiers" are."""
        return people_of(words, self.states)


def _stems(words: str) -> frozenset[str]:
    """The heads of a name's words, so that "Orsenia’s" and "Orsenian" are one; "the" and "of" left out."""
    plain = WORD.findall(words.casefold().replace("’s", "").replace("'s", ""))
    return frozenset(word[:STEM] for word in plain if word not in {"the", "of", "s"})


def cast(actors: Iterable[Actor]) -> Cast:
    """Actors with the actor at the end of each one's links: a minister's state, a capital's state; itself where it has none."""
    by_id = {actor.id: actor for actor in actors}

    def side(actor: Actor, seen: frozenset[str]) -> str:
        for kind in TO_A_SIDE:
            for relation in actor.relations:
                if relation.kind == kind and relation.to in by_id and relation.to not in seen:
                    return side(by_id[relation.to], seen | {relation.to})
        return actor.id

    sides = {name: side(actor, frozenset({name})) for name, actor in by_id.items()}
    parties = frozenset(end for name, end in sides.items() if end != name)
    states = {a.id: a.name for a in by_id.values() if a.kind == "state" or a.id in parties}
    return Cast(actors=by_id, side_of=sides, parties=parties, states=states)


def people_of(words: str | None, states: Mapping[str, str]) -> str | None:
    """The state (id) whose name, or the adjective made of it, stands in `words`. `states`: id -> name."""
    for word in (words or "").casefold().split():
        for state, name in sorted(states.items()):
            stem = name.casefold().split()[-1].rstrip("aeiouy") if name else ""
            if len(stem) >= SHORTEST and word.startswith(stem):
                return state
    return None


def enemy_series(whose: str | None, asserting: Iterable[str], people: str | None) -> str | None:
    """The party that counts the other side's losses, None where nobody does. `asserting`: parties of who gives the figure."""
    parties = sorted(asserting)
    if not parties:
        return None
    if set((whose or "").casefold().split()) & ENEMY:
        return parties[0]
    return parties[0] if people is not None and people not in parties else None


def testimonies(
    readings: Iterable[Reading],
    actor_of: Mapping[str, str],
    origin_of: Mapping[str, str],
    utterance_of: Mapping[str, str],
    story_of: Mapping[str, str],
    people: Cast,
) -> tuple[Testimony, ...]:
    """One testimony a claim, a figure and an attribution that stands in an utterance, in the order of their ids."""
    found: list[Testimony] = []
    for reading in readings:
        joined = _Joined(reading, actor_of, origin_of, utterance_of, story_of, people)
        found += joined.statements()
        found += map(joined.record, reading.claims)
        found += map(joined.record, reading.figures)
    return tuple(sorted(found, key=lambda t: t.id))


class _Joined:
    """One reading with the links that lead out of it."""

    def __init__(
        self, reading: Reading, actor_of: Mapping[str, str], origin_of: Mapping[str, str],
        utterance_of: Mapping[str, str], story_of: Mapping[str, str], people: Cast,
    ) -> None:  # fmt: skip
        self.reading, self.actor_of, self.utterance_of, self.people = reading, actor_of, utterance_of, people
        self.origin = origin_of[reading.article.id]
        self.story = story_of.get(reading.article.id)
        self.mentions = {m.id: m for m in reading.mentions}
        self.named = {m.id for m in reading.mentions if m.name}
        self.said = {attribution.id: attribution for attribution in reading.attributions}

    def statements(self) -> Iterator[Testimony]:
        for attribution in self.reading.attributions:
            if attribution.id in self.utterance_of and attribution.content:
                yield Testimony(
                    id=attribution.id, article=self.reading.article.id, origin=self.origin, evidence=attribution.content,
                    asserters=self._asserters(attribution), utterance=self.utterance_of[attribution.id],
                    attribution=attribution, day=attribution.said, story=self.story,
                    document=self.reading.article.document, eyewitness=self._saw(attribution),
                    unnamed=self._unnamed(attribution),
                )  # fmt: skip

    def record(self, record: Claim | Figure) -> Testimony:
        attribution = self.said.get(record.attribution) if record.attribution else None
        asserters = self._asserters(attribution)
        claim = record if isinstance(record, Claim) else None
        figure = record if isinstance(record, Figure) else None
        if figure and figure.counter and not asserters:
            # A page that prints a named counter's figure relays it, in whatever voice: it is no second witness.
            asserters = self.people.counter(figure.counter)
        actor = self._actor(claim.actor) if claim else None
        if claim and claim.act == "accuse" and actor in asserters:
            asserters = (actor,)  # of two who accuse each other, each says it of the other alone
        stray = claim is not None and claim.act in OWN_PLACE and not self._inside(claim)
        place = None if stray else self._actor(record.place) or (self._where(figure) if figure else None)
        parties = {party for a in asserters if (party := self.people.party(a))}
        others = tuple(sorted({a for m in claim.co_actors if (a := self._actor(m))} - {actor})) if claim else ()
        return Testimony(
            id=record.id, article=self.reading.article.id, origin=self.origin, evidence=record.evidence, asserters=asserters,
            utterance=self.utterance_of.get(attribution.id) if attribution else None, claim=claim, figure=figure,
            unfit=_unfit(record, self.reading), actor=actor, target=self._actor(claim.target) if claim else None, place=place,
            sides=tuple(sorted({self.people.side_of[a] for a in asserters})), actor_side=self.people.party(actor),
            with_actor=others, with_sides=tuple(sorted({side for a in others if (side := self.people.party(a))})),
            day=_day(record, attribution, self.reading), happened=_happened(figure, self.reading) if figure else (),
            story=self.story, document=self.reading.article.document,
            enemy=enemy_series(figure.whose, parties, self.people.people(figure.whose)) if figure else None,
            eyewitness=attribution is not None and self._saw(attribution), unnamed=self._unnamed(attribution),
        )  # fmt: skip

    def _actor(self, mention: str | None) -> str | None:
        return self.actor_of.get(mention) if mention else None

    def _inside(self, claim: Claim) -> bool:
        """Whether the place's words stand inside the claim's own: one read from beside them may be another deed's."""
        mention = self.mentions.get(claim.place or "")
        if mention is None:
            return False
        if any(q.span.covers(mention.quote) for q in claim.evidence):
            return True
        words = set(WORD.findall((mention.name or mention.quote.exact).casefold()))
        return bool(words) and words <= set(WORD.findall(" ".join(q.exact for q in claim.evidence).casefold()))

    def _where(self, figure: Figure) -> str | None:
        """The place of the deed whose words hold the figure, else the one its sentence names; no state is an incident's."""
        first = figure.evidence[0]
        places = {
            place for claim in self.reading.claims
            if claim.place and (place := self._actor(claim.place))
            and any(q.start <= first.start and first.end <= q.end for q in claim.evidence)
        }  # fmt: skip
        if figure.scope == "incident":
            text = self.reading.article.text
            start = max((m.end() for m in SENTENCE.finditer(text, max(0, first.start - LONGEST), first.start)), default=0)
            end = found.start() if (found := SENTENCE.search(text, first.end, first.end + LONGEST)) else len(text)
            named = [m for m in self.reading.mentions if start <= m.quote.start and m.quote.end <= end and m.via == "name"]
            places = places or {
                place for m in named
                if (place := self._actor(m.id)) and self.people.actors[place].kind in {"place", "unknown"}
                and IN.search(text[max(start, m.quote.start - NEAR) : m.quote.start])
            }  # fmt: skip
            places = {p for p in places if self.people.actors[p].kind != "state"}
        return places.pop() if len(places) == 1 else None

    def _asserters(self, attribution: Attribution | None) -> tuple[str, ...]:
        if attribution is None:
            return ()
        return tuple(sorted({a for s in attribution.speakers if (a := self._actor(s.mention))}))

    def _unnamed(self, attribution: Attribution | None) -> str:
        """How the page calls a speaker whom it does not name."""
        if attribution is None or any(s.mention in self.named for s in attribution.speakers if s.mention):
            return ""
        words = " ".join(s.evidence.exact.casefold() for s in attribution.speakers if s.evidence)
        return " ".join(w for w in words.split() if w not in {"the", "a", "an"}) or "somebody"

    def _saw(self, attribution: Attribution) -> bool:
        """A named person who tells what they saw or heard themselves."""
        speakers = [self.people.actors[a] for a in self._asserters(attribution)]
        if len(speakers) != 1 or speakers[0].kind != "person":
            return False
        first_hand = any(SAW.search(q.exact) for q in attribution.content)
        return first_hand or bool(attribution.cue.evidence and FELT.search(attribution.cue.evidence.exact))


def _unfit(record: Claim | Figure, reading: Reading) -> str:
    """What the reading noted against the time that the claim rests on."""
    if isinstance(record, Figure) or record.when is None:
        return ""
    first = record.evidence[0]
    start, end = first.start - NEAR, first.end + NEAR
    near = [t for t in reading.times if t.when == record.when and t.quote.start < end and start < t.quote.end]
    return next((t.note for t in near if t.note), "")


def _happened(figure: Figure, reading: Reading) -> tuple[When, ...]:
    """The closed times that a figure's sentence gives for what it counts: no day of speaking, and nothing of another clause."""
    first, sentence = figure.evidence[0], max(figure.evidence, key=lambda q: q.end - q.start)
    text = reading.article.text
    said = {a.said for a in reading.attributions if a.id == figure.attribution}
    found = {
        t.when for t in reading.times
        if sentence.start <= t.quote.start and t.quote.end <= sentence.end and t.when.earliest and t.when.latest
        and t.when not in said and not OTHER_CLAUSE.search(text[first.end : t.quote.start])
        and not text[max(0, t.quote.start - len("since ")) : t.quote.start].casefold().endswith("since ")
    }  # fmt: skip
    published = reading.article.published.value
    if not found and published and DAILY.search(sentence.exact):
        return (published,)
    return tuple(sorted(found, key=lambda when: (when.earliest or "", when.latest or "", when.text or "")))


def _day(record: Claim | Figure, attribution: Attribution | None, reading: Reading) -> When | None:
    if isinstance(record, Figure) and record.as_of:
        return record.as_of
    if attribution and attribution.said and attribution.said.earliest:
        return attribution.said
    return reading.article.published.value
