"""anchors -> the ground they give: whose words, on which days, in which articles; and how near another passage must come there.

The less two passages have in common beside their words, the more of the words must be shared. Another named speaker, other
days, another figure, name or "not" speak against a match, however like the words are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from secondsource.model import Actor, Attribution, When
from secondsource.trace.asking import Asked
from secondsource.trace.likeness import Likeness
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.swaps import swapped
from secondsource.trace.words import Word, content

# How much of the content must be shared, by what else is.
PLACE, ACT, LEAD, PAGE, TODAY, VOICE, NOTHING = (
    "the same place in a copy", "the same act of speech", "the same speaker on the same page", "the same page",
    "the same speaker within days", "the same speaker about that time", "",
)  # fmt: skip
NEEDS = {PLACE: 0.0, ACT: 0.36, LEAD: 0.34, PAGE: 0.5, TODAY: 0.42, VOICE: 0.6, NOTHING: 0.7}
SOON = 2  # days between two reports of one statement
LOWER = 0.22  # for a lead that shares three words of content with its own page's quotation
LATE = 10  # days: a report without a day of speech is of something said within these days before it
MANY_ARTICLES = 120  # of the ground that are read closely
# Heads of words of office: two ministers are not one actor.
OFFICES = frozenset(
    {
        "minis", "presi", "forei", "defen", "prime", "gener", "offic", "gover", "leade", "spoke", "state", "healt", "inter",
        "depar", "counc", "commi",
    }
)  # fmt: skip
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
        self.spans = [days(library, p) for p in anchors]
        self.denied = any(a.cue.kind in DENIALS for a in self.attributions) or asked.saying in DENIALS

    def articles(self) -> tuple[str, ...]:
        """Articles that share an act of speech with the anchors, or are copies of theirs."""
        found = set(self.held)
        for cluster in self.utterances:
            found |= self.library.members.get(cluster, frozenset())
        for article in self.held:
            found |= self.library.copies.get(article, frozenset())
        return tuple(sorted(found)[:MANY_ARTICLES])

    @cached_property
    def places(self) -> Mapping[str, frozenset[tuple[int, int]]]:
        """Article -> its sentences that stand in the place of an anchor's, in a copy."""
        made: dict[str, set[tuple[int, int]]] = {}
        for article in sorted(self.held):
            mine = {span for p in self.anchors if p.article == article for span in p.spans}
            for other in sorted(self.library.copies.get(article, frozenset()) - self.held):
                across = self.library.across(article, other)
                for start, end in across:
                    if any(start <= a and b <= end for a, b in mine):
                        made.setdefault(other, set()).add(across[start, end])
        return {article: frozenset(spans) for article, spans in made.items()}

    def in_place(self, passage: Passage) -> bool:
        """Whether the passage, or the sentence it is of, stands in the place of an anchor."""
        return any(a <= passage.start and passage.end <= b for a, b in self.places.get(passage.article, ()))

    def wordings(self, article: str) -> Iterator[Sequence[Word]]:
        """Other words of what is asked: those that the anchors print, where they are no longer than what is asked, or where
        it is the same page that says them again."""
        size = len(self.asked.core)
        parts = [(p.article, p.start, p.end) for p in self.anchors if not p.whole]
        held = [
            p for p in self.anchors
            if len(p.words) <= (2.0 if p.article == article else 1.5) * size + 4
            and not (p.whole and any(p.article == a and p.start <= x and y <= p.end for a, x, y in parts))
        ]  # fmt: skip
        yield from dict.fromkeys(p.words for p in held)

    def stand_in(self, passage: Passage, other: str) -> frozenset[tuple[int, int]]:
        """The sentences of a copy that stand in the place of this very passage."""
        across = self.library.across(passage.article, other)
        return frozenset(there for (a, b), there in across.items() if a <= passage.start and passage.end <= b)

    def of(self, passage: Passage, like: Likeness) -> tuple[str, float]:
        """What a passage has in common with the anchors, and how much of its words must be shared."""
        utterance = self.library.utterance_of.get(passage.attribution or "")
        actors = self.library.actors
        mine = set(self.library.speakers(passage.attribution))
        mine |= {s for s in self.speakers for m in mine if s in actors and m in actors and one_person(actors[s], actors[m])}
        if self.in_place(passage):
            name = PLACE
        elif utterance and utterance in self.utterances:
            name = ACT
        elif passage.article in self.held:
            name = LEAD if mine & self.speakers else PAGE
        elif mine & self.speakers:
            own = days(self.library, passage)
            name = TODAY if any(near_days(own, span) for span in self.spans) else VOICE
        else:
            name = NOTHING
        need = LOWER if name == LEAD and like.shared >= 3 and self._is_lead(passage) else NEEDS[name]
        return name, min(need, 0.45) if like.same_run else need

    def against(self, passage: Passage, like: Likeness) -> str:
        """What speaks against a passage, in words; nothing: empty."""
        if like.contained or (like.cut and like.same_run):
            return ""
        attribution = self.library.attributions.get(passage.attribution or "")
        copied = self.in_place(passage) or passage.article in self.held
        if attribution and (other := self.other_speaker(attribution)):
            return f"said by {other}"
        if not copied and (why := swapped(self.asked, self.library, passage, like)):
            return why
        if self.in_place(passage):
            return ""
        if passage.segment == "body" and self._beside_it(passage, attribution):
            return "another sentence of the same speaker"
        far = self.spans and not any(meet(days(self.library, passage), span) for span in self.spans)
        if far and attribution and attribution.mode == "direct":
            return "said on other days"
        if like.same_run:
            return ""
        if passage.whole and attribution and self._beyond_names(passage, attribution) < 2:
            return "little but the speaker's name is shared"
        if attribution and attribution.cue.kind in DENIALS and not self.denied:
            return "it denies it"
        if attribution and attribution.cue.kind in WORDLESS:
            return "it tells of no statement"
        if far:
            return "said on other days"
        utterance = self.library.utterance_of.get(passage.attribution or "")
        same = passage.article in self.held or (utterance and utterance in self.utterances)
        return "" if same or not figures_differ(self.asked, self.library, passage) else "it counts otherwise"

    def _is_lead(self, passage: Passage) -> bool:
        """Whether it is of the first two sentences of the text."""
        body = [p for p in self.library.passages(passage.article) if p.whole and p.segment == "body"][:2]
        return any(p.start <= passage.start < p.end for p in body)

    def _beyond_names(self, passage: Passage, attribution: Attribution) -> int:
        """How many words of content are shared beside the speakers' names and offices."""
        texts = [*self.library.names(attribution), *(s.evidence.exact for s in attribution.speakers if s.evidence)]
        for speaker in self.library.speakers(attribution.id):
            actor = self.library.actors.get(speaker)
            texts += (*actor.aliases, *actor.roles) if actor else ()
        names = {w.stem for text in texts for w in self.library.vocabulary.words(text)}
        wanted = {key for w in content(self.asked.words) if w.stem not in names for key in (w.stem, w.meaning) if key}
        return len({w.stem for w in content(passage.words) if w.stem not in names and {w.stem, w.meaning} & wanted})

    def _beside_it(self, passage: Passage, attribution: Attribution | None) -> bool:
        """Whether both are quotations of one page: then they are two sentences of a speech, not one told twice."""
        if attribution is None or attribution.mode != "direct":
            return False
        return any(a.mode == "direct" and a.article == passage.article for a in self.attributions)

    def other_speaker(self, attribution: Attribution) -> str:
        """The name of a speaker who can be none of the anchors'."""
        if not self.speakers:
            return ""
        mine = [self.library.actors[s] for s in self.library.speakers(attribution.id) if s in self.library.actors]
        held = known([self.library.actors[other] for other in self.speakers if other in self.library.actors])
        if not mine or any(may_be(a, b) for a in mine for b in held):
            return ""
        # A page that says "Orsenia rules out talks" says it of whom it then quotes.
        if attribution.article in self.held and all((a.kind == "person") != (b.kind == "person") for a in mine for b in held):
            return ""
        return mine[0].name


def days(library: Library, passage: Passage) -> tuple[str, str] | None:
    """The days on which it can have been said: the words' own, those of the same sentence, the only ones that the page gives
    for the speaker; else those before the page's; None: not known."""
    attribution = library.attributions.get(passage.attribution or "")
    if attribution is None:
        return before(library.article(passage.article).published.value)
    if (own := _day(attribution)) is not None:
        return own
    said = library.readings[passage.article].attributions
    beside = {d for a in said if (d := _day(a)) and any(passage.start <= q.start < passage.end for q in a.content)}
    speakers = library.speakers(attribution.id)
    page = beside or {d for a in said if (d := _day(a)) and library.speakers(a.id) == speakers}
    return next(iter(page)) if len(page) == 1 else before(library.article(passage.article).published.value)


def _day(attribution: Attribution) -> tuple[str, str] | None:
    """The day that the words themselves give."""
    said = attribution.said
    return (said.earliest[:10], said.latest[:10]) if said and said.earliest and said.latest else None


def near_days(left: tuple[str, str] | None, right: tuple[str, str] | None) -> bool:
    """Whether two spans end within two days of each other."""
    if left is None or right is None:
        return False
    return abs(date.fromisoformat(left[1]) - date.fromisoformat(right[1])) <= timedelta(days=SOON)


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
    if left.kind == right.kind == "person":
        return one_person(left, right)
    return bool(_heads(left) & _heads(right))


def one_person(left: Actor, right: Actor) -> bool:
    """Whether a full name of the one holds a full name of the other: "Councillor N. N." and "N. N."."""
    a, b = (
        [frozenset(w for w in alias.split() if w[:1].isupper() and w != "The") for alias in x.aliases] for x in (left, right)
    )
    return any(x <= y or y <= x for x in a for y in b if min(len(x), len(y)) > 1)


def known(actors: Sequence[Actor]) -> list[Actor]:
    """Those with a name of their own; all where none has one."""
    return [a for a in actors if named(a)] or list(actors)


def named(actor: Actor) -> bool:
    """Whether it has a name of its own: a capital, and not only that of an article, a title or a sentence's start."""
    return any(
        word[:1].isupper() for alias in actor.aliases for place, word in enumerate(alias.split())
        if place or (len(alias.split()) == 1 and actor.kind != "person")
    )  # fmt: skip


def _heads(actor: Actor) -> frozenset[str]:
    """The heads of words of its names and roles: "Orsenia" and "Orsenian" have one."""
    return frozenset(
        head for text in (*actor.aliases, *actor.roles) for word in text.split()
        if len(head := word.strip(".,'’s")[:5].casefold()) == 5 and head not in OFFICES
    )  # fmt: skip


__all__ = ["Ground", "content", "may_be", "named"]
