"""dossier -> passages: every sentence of the reports as words, with who is said to have said it.

Only what the articles' own voice or their speakers say takes part; comments, notes and adverts carry nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from secondsource.model import (
    SPOKEN,
    Actor,
    Answer,
    Article,
    Attribution,
    Claim,
    Dossier,
    Figure,
    Question,
    Quote,
    Reading,
    SegmentKind,
    Sentence,
)
from secondsource.trace.alignment import aligned
from secondsource.trace.framing import framed
from secondsource.trace.passage import Passage
from secondsource.trace.words import CONTENT, WORD, Vocabulary, Word, Words, content, counted, fold

# Articles that are read closely for one sentence; those that share the most of its words come first.
CLOSE = 120
SHARE = 0.3  # of the sentence's content: an article that has less of it in all its sentences has no sentence that carries it


class Library:
    """One dossier's passages. Made once a dossier; asking it changes nothing but what it has read already.

    `sentences`: an article -> the sentences of what its report says.
    """

    def __init__(self, dossier: Dossier, vocabulary: Vocabulary, sentences: Callable[[Article], Iterable[Sentence]]) -> None:
        self.dossier = dossier
        self.vocabulary = vocabulary
        self.sentences = sentences
        self.readings: dict[str, Reading] = {r.article.id: r for r in dossier.readings}
        self.attributions: dict[str, Attribution] = {a.id: a for r in dossier.readings for a in r.attributions}
        self.actors: dict[str, Actor] = {a.id: a for a in dossier.actors}
        self.actor_of = dossier.cluster_of("actor")
        self.utterance_of = dossier.cluster_of("utterance")
        self.origin_of = dossier.cluster_of("origin") or {a: o.id for o in dossier.origins for a in o.articles}
        self.copies = _copies(dossier)
        self._order = tuple(sorted(self.readings))
        self._holders = self._index()
        self._read: dict[str, tuple[Passage, ...]] = {}
        self._noted: list[Passage] = []
        self._where: dict[str, list[tuple[int, int]]] = {}
        self._across: dict[tuple[str, str], dict[tuple[int, int], tuple[int, int]]] = {}
        self.added: set[str] = set()  # attributions that the tracing read itself: no reader of the dossier has them

    def _index(self) -> Mapping[str, "array[int]"]:
        """Stem or meaning -> places of the articles that have it."""
        held: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        for place, name in enumerate(self._order):
            article = self.readings[name].article
            printed = {w for s in article.segments if s.kind in SPOKEN for w in WORD.findall(article.text, s.start, s.end)}
            keys: set[str] = set()
            for _, stem, meaning, weight in map(self.vocabulary.look, printed):
                if weight >= CONTENT:
                    keys.add(stem)
                if meaning:
                    keys.add(meaning)
            for key in keys:
                held[key].append(place)
        return held

    @cached_property
    def answers(self) -> Mapping[str, tuple[tuple[Question, Answer], ...]]:
        """Claim or figure -> the questions and answers that it is behind; what was said is no answer to what is so."""
        held: defaultdict[str, list[tuple[Question, Answer]]] = defaultdict(list)
        for question in self.dossier.questions:
            for answer in question.answers if question.kind != "statement" else ():
                for name in answer.claims:
                    held[name].append((question, answer))
        return {name: tuple(found) for name, found in held.items()}

    @cached_property
    def records(self) -> Mapping[str, Claim | Figure]:
        """Claims and figures by id."""
        made: dict[str, Claim | Figure] = {}
        for reading in self.dossier.readings:
            made |= {claim.id: claim for claim in reading.claims}
            made |= {figure.id: figure for figure in reading.figures}
        return made

    @cached_property
    def people(self) -> frozenset[str]:
        """Words of the names of persons, states and groups, folded: none of them is a channel."""
        held = [a for a in self.dossier.actors if a.kind in {"person", "state", "group"}]
        return frozenset(fold(w) for a in held for alias in a.aliases for w in alias.split() if w[:1].isupper())

    @cached_property
    def _mentioned(self) -> Mapping[str, str]:
        """A person's or body's name as printed -> one of its mentions."""
        some = {actor: mention for mention, actor in self.actor_of.items()}
        return {
            alias: some[a.id] for a in self.dossier.actors if a.id in some and a.kind in {"person", "organisation"}
            for alias in a.aliases if " " in alias
        }  # fmt: skip

    def article(self, name: str) -> Article:
        return self.readings[name].article

    def quote(self, passage: Passage) -> Quote:
        """The passage as printed, from its first word to its last."""
        return self.article(passage.article).quote(passage.start, passage.end)

    def likely(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Articles that hold much of these words, anywhere in them; the most first."""
        asked = {w.stem: w for w in content(words)}
        total = sum(w.weight for w in asked.values()) or 1.0
        shared: defaultdict[int, float] = defaultdict(float)
        for word in asked.values():
            exact = self._holders.get(word.stem, ())
            for place in exact:
                shared[place] += word.weight
            if word.meaning:
                known = set(exact)
                for place in self._holders.get(word.meaning, ()):
                    if place not in known:
                        shared[place] += word.weight / 2
        found = sorted((-weight, place) for place, weight in shared.items() if weight >= SHARE * total)
        return tuple(self._order[place] for _, place in found[:CLOSE])

    def read_all(self) -> None:
        """Read every article and note which passage has which word: for whoever asks for many sentences."""
        held: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._noted = [p for name in self._order for p in self.passages(name)]
        for place, passage in enumerate(self._noted):
            words = counted(passage.words)
            for key, many in (*words.stems.items(), *words.meanings.items()):
                held[key].append((place, many))
        self._where = dict(held)

    def near(self, words: Words, articles: Sequence[str], least: float) -> Iterator[Passage]:
        """Passages of these articles that can share as much as `least` of the content with the words; all, where not every
        article was read before."""
        if not self._where:
            for article in articles:
                yield from self.passages(article)
            return
        shared: defaultdict[int, float] = defaultdict(float)
        weights = {word.stem: word.weight for word in words.content} | {w.meaning: w.weight for w in words.content if w.meaning}
        for key, many in (*words.stems.items(), *words.meanings.items()):
            for place, other in self._where.get(key, ()):
                shared[place] += weights[key] * min(many, other)
        total = words.weight or 1.0
        wanted = frozenset(articles)
        for place, weight in shared.items():
            passage = self._noted[place]
            if passage.article in wanted and weight >= least * min(total, counted(passage.words).weight):
                yield passage

    def across(self, article: str, other: str) -> Mapping[tuple[int, int], tuple[int, int]]:
        """The sentences of one article -> those that stand in their place in another."""
        key = (article, other)
        if key not in self._across:
            self._across[key] = aligned(*([p for p in self.passages(a) if p.whole] for a in key))
        return self._across[key]

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """An act of speech -> the articles that report it."""
        made: defaultdict[str, set[str]] = defaultdict(set)
        for member, cluster in self.utterance_of.items():
            made[cluster].add(self.attributions[member].article)
        return {cluster: frozenset(found) for cluster, found in made.items()}

    def passages(self, article: str) -> tuple[Passage, ...]:
        """All passages of one article, in the order of its text."""
        if article not in self._read:
            self._read[article] = tuple(self._made(self.readings[article]))
        return self._read[article]

    def _made(self, reading: Reading) -> Iterator[Passage]:
        article = reading.article
        printed = tuple(self.sentences(article))
        if more := tuple(framed(reading, printed, self.vocabulary, self._mentioned.get)):
            reading = replace(reading, attributions=(*reading.attributions, *more))
            self.readings[article.id] = reading
            self.attributions |= {a.id: a for a in more}
            self.added |= {a.id for a in more}
        said = sorted((a for a in reading.attributions if a.content), key=lambda a: (a.content[0].start, a.id))
        many: defaultdict[str, list[SegmentKind]] = defaultdict(list)
        for sentence in printed:
            words = self.vocabulary.words(article.text, sentence.start, sentence.end)
            if not words:
                continue
            inside = [(a, spans) for a in said if (spans := _inside(a.content, sentence.start, sentence.end))]
            yield Passage(
                article=article.id, segment=sentence.segment, spans=((sentence.start, sentence.end),), words=words,
                attribution=_widest(inside),
            )  # fmt: skip
            for attribution, spans in inside:
                many[attribution.id].append(sentence.segment)
                yield from self._part(article, sentence.segment, attribution, spans)
        for attribution in said:
            if len(many[attribution.id]) > 1:
                spans = tuple((q.start, q.end) for q in attribution.content)
                yield from self._part(article, many[attribution.id][0], attribution, spans)
                # Sentences of one quotation belong together, those on both sides of a frame need not.
                for span in spans if len(spans) > 1 else ():
                    if sum(span[0] < s.end and s.start < span[1] for s in printed) > 1:
                        yield from self._part(article, many[attribution.id][0], attribution, (span,))

    def _part(
        self, article: Article, kind: SegmentKind, attribution: Attribution, spans: Sequence[tuple[int, int]]
    ) -> Iterator[Passage]:
        words = Words(w for start, end in spans for w in self.vocabulary.words(article.text, start, end))
        if words:
            yield Passage(
                article=article.id, segment=kind, spans=tuple(spans), words=words, attribution=attribution.id, whole=False
            )

    def speakers(self, attribution: str | None) -> tuple[str, ...]:
        """Actor ids of those who are said to have said it."""
        if attribution is None:
            return ()
        found = (self.actor_of.get(s.mention or "") for s in self.attributions[attribution].speakers)
        return tuple(dict.fromkeys(a for a in found if a))

    def outermost(self, attribution: str) -> tuple[Attribution, ...]:
        """An attribution and those that enclose it, from the inside out."""
        chain = [self.attributions[attribution]]
        while (parent := chain[-1].parent) and parent in self.attributions and len(chain) < 8:
            chain.append(self.attributions[parent])
        return tuple(chain)

    def called(self, actor: Actor) -> str:
        """The fullest name: a body's longest spelling says whose body it is; a person is called without titles, and by a name
        rather than by an office, where one is printed."""
        if actor.kind == "organisation":
            longest = max(actor.aliases or (actor.name,), key=lambda alias: (len(alias), alias))
            return longest.removeprefix("the ").removeprefix("The ")
        if actor.kind != "person" or is_name(actor.name):
            return actor.name
        names = [alias for alias in actor.aliases if is_name(alias)] or [
            alias for alias in actor.aliases
            if " " not in alias and alias[:1].isupper() and fold(alias) not in self.vocabulary.rarity
        ]  # fmt: skip
        return min(names, key=lambda alias: (len(alias.split()), alias), default=actor.name)

    def person(self, article: str, actor: Actor) -> Actor:
        """Whom a description means, where the page names one person of that office: "the fire chief" is "the chief, N. N."."""
        if actor.kind not in {"person", "unknown"} or any(is_name(alias) for alias in actor.aliases):
            return actor
        heads = {alias.split()[-1].casefold() for alias in actor.aliases}
        mentioned = {self.actor_of.get(m.id) for m in self.readings[article].mentions}
        named = [
            other for other in (self.actors[a] for a in sorted(filter(None, mentioned)) if a in self.actors)
            if other.kind == "person" and other.id != actor.id and _has_name(other)
        ]  # fmt: skip
        fit = [o for o in named if heads & {w.casefold() for text in (*o.roles, *o.aliases) for w in text.split()}]
        # "the owner of the Brandt mine", where the page names one person of that name.
        capitals = {w for alias in actor.aliases for w in alias.split()[1:] if w[:1].isupper()}
        fit = fit or [o for o in named if any(is_name(alias) and alias.split()[-1] in capitals for alias in o.aliases)]
        return fit[0] if len(fit) == 1 else actor

    def described(self, attribution: Attribution) -> Iterator[str]:
        """All words for its speakers: names, roles, and how this page calls them where they speak."""
        speakers = self.speakers(attribution.id)
        yield from self.names(attribution)
        for actor in speakers:
            if actor in self.actors:
                yield from self.actors[actor].aliases
                yield from (role for role in self.actors[actor].roles if not any(c.isdigit() for c in role))
        for other in self.readings[attribution.article].attributions:
            for speaker in other.speakers:
                if speaker.evidence and self.actor_of.get(speaker.mention or "") in speakers:
                    yield speaker.evidence.exact

    def names(self, attribution: Attribution) -> tuple[str, ...]:
        """The speakers' names, or the words for them where nobody is named."""
        made: list[str] = []
        for speaker in attribution.speakers:
            actor = self.actors.get(self.actor_of.get(speaker.mention or "", ""))
            if actor or speaker.evidence:
                made.append(self.called(actor) if actor else speaker.evidence.exact if speaker.evidence else "")
        return tuple(dict.fromkeys(made))


def is_name(alias: str) -> bool:
    """Whether it is two words or more, all with a capital."""
    return " " in alias and all(word[:1].isupper() for word in alias.split())


def _has_name(actor: Actor) -> bool:
    """Whether a person has a name: a capital after the first word of a spelling, or in its only one."""
    return any(word[:1].isupper() for alias in actor.aliases for word in alias.split()[1:])


def _copies(dossier: Dossier) -> Mapping[str, frozenset[str]]:
    """Article -> the articles that are copies of it or that it is a copy of, reworded or not."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for origin in dossier.origins:
        for reason in origin.reasons:
            pair = {q.article for q in reason.evidence}
            if reason.kind in {"copy", "reworded_copy"} and len(pair) == 2:
                for article in pair:
                    made[article] |= pair - {article}
    return {article: frozenset(others) for article, others in made.items()}


def _inside(content: Iterable[Quote], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """What of the content stands at `[start, end)`."""
    cut = ((max(q.start, start), min(q.end, end)) for q in content)
    return tuple((a, b) for a, b in cut if a < b)


def _widest(inside: Sequence[tuple[Attribution, Sequence[tuple[int, int]]]]) -> str | None:
    """The attribution that reports most of a sentence; the outer one where two report as much."""
    if not inside:
        return None
    return max(inside, key=lambda pair: (sum(b - a for a, b in pair[1]), pair[0].parent is None))[0].id
