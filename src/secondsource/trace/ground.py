"""anchors -> the ground they give: whose words, on which days, in which articles; and how near another passage must come there.

The less two passages have in common beside their words, the more of the words must be shared. Another named speaker, other days
or another figure speak against a match, however like the words are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from secondsource.model import Actor, Attribution, Claim, Figure, Match, Reading, When
from secondsource.trace.asking import Asked
from secondsource.trace.likeness import Likeness
from secondsource.trace.passages import Library, Passage
from secondsource.trace.words import Word

# How much of the content must be shared, by what else is.
NEEDS = {
    "the same act of speech": 0.34,
    "the same speaker in a copy": 0.34,
    "the same article": 0.46,
    "a copy": 0.46,
    "the same speaker about that time": 0.5,
    "": 0.66,
}
LATE = 10  # days: a report without a day of speech is of something said within these days before it
MANY_ARTICLES = 120  # of the ground that are read closely
WORDLESS = frozenset({"silence", "believe"})
DENIALS = frozenset({"deny"})


class Ground:
    """What the anchors fix."""

    def __init__(self, asked: Asked, library: Library, anchors: Sequence[Passage]) -> None:
        self.asked = asked
        self.library = library
        self.anchors = tuple(anchors)
        self.held = {p.article for p in anchors}
        self.attributions = [library.attributions[p.attribution] for p in anchors if p.attribution]
        self.utterances = {u for a in self.attributions if (u := library.utterance_of.get(a.id))}
        self.speakers = {s for a in self.attributions for s in library.speakers(a.id)}
        self.origins = {library.origin_of[a] for a in self.held if a in library.origin_of}
        self.spans = [days(library, p) for p in anchors]
        self.denied = any(a.cue.kind in DENIALS for a in self.attributions) or asked.saying in DENIALS

    def articles(self) -> tuple[str, ...]:
        """Articles that share an act of speech, an origin or an answer with the anchors."""
        found = set(self.held)
        for member, cluster in self.library.utterance_of.items():
            if cluster in self.utterances:
                found.add(self.library.attributions[member].article)
        found |= {a for a, origin in self.library.origin_of.items() if origin in self.origins}
        return tuple(sorted(found)[:MANY_ARTICLES])

    def wordings(self, asked: Asked, passage: Passage) -> Iterator[Sequence[Word]]:
        """The words to measure a passage against: the sentence's, and those of the same act of speech as quoted elsewhere."""
        yield asked.words if passage.whole else asked.core
        yield from self._quoted

    @cached_property
    def _quoted(self) -> tuple[tuple[Word, ...], ...]:
        made = {p.words: None for p in self.anchors if not p.whole and len(p.words) <= 2 * len(self.asked.core) + 10}
        return tuple(made)[:6]

    def of(self, passage: Passage, like: Likeness) -> tuple[str, float]:
        """What a passage has in common with the anchors, and how much of its words must be shared."""
        utterance = self.library.utterance_of.get(passage.attribution or "")
        known = set(self.library.speakers(passage.attribution))
        one_origin = self.library.origin_of.get(passage.article) in self.origins
        if utterance and utterance in self.utterances:
            name = "the same act of speech"
        elif known & self.speakers and one_origin and passage.article not in self.held:
            name = "the same speaker in a copy"
        elif passage.article in self.held:
            name = "the same article"
        elif one_origin:
            name = "a copy"
        elif known & self.speakers:
            name = "the same speaker about that time"
        else:
            name = ""
        need = NEEDS[name]
        return name, min(need, 0.35) if like.same_run else need

    def against(self, passage: Passage, like: Likeness) -> str:
        """What speaks against a passage, in words; nothing: empty."""
        if like.contained or (like.cut and like.same_run):
            return ""
        attribution = self.library.attributions.get(passage.attribution or "")
        if not like.same_run:
            if attribution and (other := self._other_speaker(attribution)):
                return f"said by {other}"
            if attribution and attribution.cue.kind in DENIALS and not self.denied:
                return "it denies it"
            if attribution and attribution.cue.kind in WORDLESS:
                return "it tells of no statement"
            if self.spans and not any(meet(days(self.library, passage), span) for span in self.spans):
                return "said on other days"
        utterance = self.library.utterance_of.get(passage.attribution or "")
        same = (utterance and utterance in self.utterances) or self.library.origin_of.get(passage.article) in self.origins
        if not same and figures_differ(self.asked, self.library, passage):
            return "it counts otherwise"
        return ""

    def _other_speaker(self, attribution: Attribution) -> str:
        """The name of a speaker who can be none of the anchors'."""
        if not self.speakers:
            return ""
        mine = [self.library.actors[s] for s in self.library.speakers(attribution.id) if s in self.library.actors]
        for actor in mine:
            if not any(may_be(actor, self.library.actors[other]) for other in self.speakers if other in self.library.actors):
                return actor.name
        return ""

    def alone(self, held: set[str]) -> Iterator[Match]:
        """Claims and figures elsewhere that give the anchors' answer to the anchors' question."""
        library = self.library
        records: dict[str, tuple[str, Claim | Figure]] = {}
        for reading in library.dossier.readings:
            for record in (*reading.claims, *reading.figures):
                records[record.id] = (reading.article.id, record)
        mine = {name for name, (article, record) in records.items() if article in self.held and self._anchored(record)}
        for question in library.dossier.questions:
            if question.kind == "statement":
                continue
            for answer in question.answers:
                if not mine & set(answer.claims):
                    continue
                for name in answer.claims:
                    article, record = records.get(name, ("", None))
                    if record is not None and article not in held and name not in mine and record.evidence:
                        yield self._alone(article, record, question.text, answer.text)

    def _anchored(self, record: Claim | Figure) -> bool:
        """Whether the record's words are words of an anchor, and of what is asked."""
        for quote in record.evidence:
            for passage in self.anchors:
                if passage.article == quote.article and any(a <= quote.start and quote.end <= b for a, b in passage.spans):
                    return True
        return False

    def _alone(self, article: str, record: Claim | Figure, question: str, answer: str) -> Match:
        quote = record.evidence[0]
        passage = next(
            (p for p in self.library.passages(article) if p.whole and p.start <= quote.start and quote.end <= p.end), None
        )
        kind = "figure" if isinstance(record, Figure) else "claim"
        attribution = record.attribution
        return Match(
            article=article,
            words=self.library.quote(passage) if passage else quote,
            kind="figure" if isinstance(record, Figure) else "claim",
            sure="likely",
            score=0.5,
            why=f"the {kind} alone: the same answer to “{question}” ({answer})",
            segment=passage.segment if passage else "body",
            attribution=attribution,
            utterance=self.library.utterance_of.get(attribution or ""),
            mode=self.library.attributions[attribution].mode if attribution else None,
            speakers=self.library.speakers(attribution),
        )


def days(library: Library, passage: Passage) -> tuple[str, str] | None:
    """The days on which it can have been said: the words' own, else those before the page's; None: not known."""
    attribution = library.attributions.get(passage.attribution or "")
    if attribution and attribution.said and attribution.said.earliest and attribution.said.latest:
        return attribution.said.earliest[:10], attribution.said.latest[:10]
    return before(library.article(passage.article).published.value)


def before(published: When | None) -> tuple[str, str] | None:
    """The days before a page's own."""
    last = (published.latest or published.earliest) if published else None
    if last is None:
        return None
    return (date.fromisoformat(last[:10]) - timedelta(days=LATE)).isoformat(), last[:10]


def meet(left: tuple[str, str] | None, right: tuple[str, str] | None) -> bool:
    """Whether two spans of days can be of one day; what is not known speaks against nothing."""
    return left is None or right is None or (left[0] <= right[1] and right[0] <= left[1])


def figures_differ(asked: Asked, library: Library, passage: Passage) -> bool:
    """Whether both count one thing, and count it otherwise."""
    inside = [
        f for f in library.readings[passage.article].figures
        if any(a <= f.evidence[0].start and f.evidence[0].end <= b for a, b in passage.spans)
    ]  # fmt: skip
    pairs = [(a, b) for a in asked.figures for b in inside if a.counted == b.counted]
    return bool(pairs) and not any((a.low, a.high) == (b.low, b.high) for a, b in pairs)


def may_be(left: Actor, right: Actor) -> bool:
    """Whether two actors can be one speaker: one actor, linked ones, a state and its officer, or one whom nobody names."""
    if left.id == right.id or any(r.to == right.id for r in left.relations) or any(r.to == left.id for r in right.relations):
        return True
    if not named(left) or not named(right):
        return True
    if "person" in {left.kind, right.kind} and left.kind != right.kind:
        return bool(_heads(left) & _heads(right))
    return bool(_heads(left) & _heads(right)) and left.kind != "person"


def named(actor: Actor) -> bool:
    """Whether it has a name of its own: a capital after its first word's, or a first word that is no article or pronoun."""
    return any(word[:1].isupper() for alias in actor.aliases for word in alias.split() if word not in {"The", "An", "A", "Its"})


def _heads(actor: Actor) -> frozenset[str]:
    """The heads of capitalised words of its names and roles: "Orsenia" and "Orsenian" have one."""
    return frozenset(
        word.strip(".,'’s")[:5].casefold() for text in (*actor.aliases, *actor.roles) for word in text.split() if len(word) >= 5
    )
