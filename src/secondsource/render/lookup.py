"""dossier -> everything that a line needs, found by id.

Records of one article name mentions; the dossier's links join them to actors, origins and the rest. All joins are made here,
once, so that the page, the JSON and the tables say the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from secondsource.model import (
    Actor,
    Answer,
    Article,
    Attribution,
    Claim,
    Dossier,
    Figure,
    Mention,
    Origin,
    Quote,
    Reading,
    Speaker,
    Utterance,
    When,
)

SHORT = 6  # figures of an id that are shown; longer where two ids would look the same
# What an article's own words say of whose text it is.
SIDES = frozenset({"speaks_for", "part_of"})
COPIED = frozenset({"republished_from", "derived_from"})


def without_article(name: str) -> str:
    """A name folded, with one kind of apostrophe and no article."""
    words = name.casefold().replace("’", "'").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


class Lookup:
    """The records of one dossier by id, and the joins between them. Reads the dossier, never changes it."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        readings = dossier.readings
        self.readings: dict[str, Reading] = {r.article.id: r for r in readings}
        self.articles: dict[str, Article] = {r.article.id: r.article for r in readings}
        self.mentions: dict[str, Mention] = {m.id: m for r in readings for m in r.mentions}
        self.attributions: dict[str, Attribution] = {a.id: a for r in readings for a in r.attributions}
        self.claims: dict[str, Claim] = {c.id: c for r in readings for c in r.claims}
        self.figures: dict[str, Figure] = {f.id: f for r in readings for f in r.figures}
        self.actors: dict[str, Actor] = {a.id: a for a in dossier.actors}
        self.origins: dict[str, Origin] = {o.id: o for o in dossier.origins}
        self.utterances: dict[str, Utterance] = {u.id: u for u in dossier.utterances}
        # Quotes whose anchors were asked for: the page marks these and no others.
        self.cited: dict[str, dict[str, Quote]] = defaultdict(dict)
        self.actor_of = dossier.cluster_of("actor")
        self.utterance_of = dossier.cluster_of("utterance")
        self.incident_of = dossier.cluster_of("incident")
        self.origin_of = dossier.cluster_of("origin")
        for origin in dossier.origins:
            for article in origin.articles:
                self.origin_of.setdefault(article, origin.id)

    @cached_property
    def ordered(self) -> tuple[Article, ...]:
        """Articles by the day they were published, undated ones last, then by outlet and name."""
        return tuple(sorted(self.articles.values(), key=self._place))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Article -> its number on the page, from 1."""
        return {article.id: place for place, article in enumerate(self.ordered, 1)}

    @cached_property
    def questions_of(self) -> dict[str, tuple[str, ...]]:
        """Claim, figure or attribution -> the questions that it answers."""
        held: defaultdict[str, list[str]] = defaultdict(list)
        for question in self.dossier.questions:
            for answer in question.answers:
                for member in answer.claims:
                    held[member].append(question.id)
        return {name: tuple(sorted(set(ids))) for name, ids in held.items()}

    @cached_property
    def short(self) -> dict[str, str]:
        """Article -> a short name for anchors: the head of its id's hash, longer where two would be one."""
        hashes = {name: name.rpartition("-")[2] for name in self.articles}
        size = SHORT
        while len({h[:size] for h in hashes.values()}) < len(hashes) and size < 64:
            size += 1
        return {name: h[:size] for name, h in hashes.items()}

    def _place(self, article: Article) -> tuple[str, str, str, str]:
        when = self.published(article.id)
        return (
            ((when.earliest or when.latest) if when else None) or "9999",
            article.outlet.value or "",
            article.name,
            article.id,
        )

    def published(self, article: str) -> When | None:
        """When an article was published, by its own words, or else by what other articles let one tell."""
        own = self.articles[article].published.value
        if own is not None:
            return own
        others = self.dossier.dated_by_others.get(article)
        return others.value if others else None

    def outlet(self, article: str) -> str | None:
        return self.articles[article].outlet.value

    def label(self, article: str) -> str:
        """The outlet's name, or where the page does not state it the article's number, so that such pages can be told apart."""
        return self.articles[article].outlet.value or f"an unnamed outlet (article {self.numbers[article]})"

    def anchor(self, quote: Quote) -> str:
        """The id of the `<mark>` that holds these very words. Whoever asks cites them: the page will mark them."""
        anchor = f"w-{self.short[quote.article]}-{quote.start}-{quote.end}"
        self.cited[quote.article].setdefault(anchor, quote)
        return anchor

    def cited_anchor(self, quote: Quote) -> str | None:
        """The id of a mark that a line already asked for and that holds these words or begins with them; None if there is
        none."""
        held = self.cited[quote.article]
        exact = f"w-{self.short[quote.article]}-{quote.start}-{quote.end}"
        if exact in held:
            return exact
        near = [(q.start, q.end, anchor) for anchor, q in held.items() if q.span.covers(quote) or quote.span.covers(q)]
        return min(near)[2] if near else None

    def speaker(self, speaker: Speaker) -> Actor | None:
        return self.actors.get(self.actor_of.get(speaker.mention or "", ""))

    def speaker_name(self, speaker: Speaker) -> str:
        """The actor's name, or else the fullest name that the article prints, or else the words."""
        if actor := self.speaker(speaker):
            return actor.name
        mention = self.mentions.get(speaker.mention or "")
        if mention and mention.name:
            return mention.name
        return speaker.evidence.exact if speaker.evidence else "not named"

    def speakers(self, attribution: Attribution) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.speaker_name(s) for s in attribution.speakers))

    def speaker_actors(self, attribution: Attribution) -> tuple[Actor, ...]:
        found = (self.speaker(s) for s in attribution.speakers)
        return tuple(dict.fromkeys(actor for actor in found if actor))

    def role(self, speaker: Speaker) -> str | None:
        """A title or office as printed in this article, or else one printed elsewhere."""
        mention = self.mentions.get(speaker.mention or "")
        if mention and mention.roles:
            return mention.roles[0]
        actor = self.speaker(speaker)
        return actor.roles[0] if actor and actor.roles else None

    def actor_name(self, actor: str | None) -> str | None:
        held = self.actors.get(actor or "")
        return held.name if held else None

    def side(self, actor: str | None) -> Actor | None:
        """Whom an actor is proposed to speak for or to be part of, as the records have it; None where they say nothing."""
        held = self.actors.get(actor or "")
        linked = sorted({r.to for r in held.relations if r.kind in SIDES}) if held else []
        if not linked and actor in self._sided:
            linked = [self._sided[actor]]
        return self.actors.get(linked[0]) if len(linked) == 1 and linked[0] != actor else None

    @cached_property
    def _sided(self) -> dict[str, str]:
        """Actor -> its side, by the positions that it holds."""
        return {p.actor: p.side for p in self.dossier.positions if p.side and p.side != p.actor}

    def counter(self, figure: Figure) -> str | None:
        """Who counted, by the actor's name where the words for the counter stand for one; else as printed."""
        if figure.counter is None:
            return None
        printed = without_article(figure.counter)
        for mention in self.readings[figure.article].mentions:
            inside = any(q.span.covers(mention.quote) for q in figure.evidence)
            if inside and without_article(mention.quote.exact) == printed:
                name = self.actor_name(self.actor_of.get(mention.id))
                # "Orsenia's Interior Ministry" that is joined to Orsenia stays what it is.
                shorter = without_article(name or "") in printed and without_article(name or "") != printed
                return figure.counter if shorter else name
        return figure.counter

    def mention_name(self, mention: str | None) -> str | None:
        """The name of whoever a claim's mention stands for."""
        if not mention:
            return None
        if name := self.actor_name(self.actor_of.get(mention)):
            return name
        held = self.mentions.get(mention)
        return (held.name or held.quote.exact) if held else None

    def credits(self, article: str) -> tuple[str, ...]:
        """Whose text an article carries, by its own words."""
        return tuple(dict.fromkeys(r.name for r in self.articles[article].relations if r.kind in COPIED))

    def origins_of(self, articles: Iterable[str]) -> tuple[int, int]:
        """How many independent origins articles have, (low, high), as resolve/origins counts them."""
        held = {self.origin_of[a] for a in articles if a in self.origin_of}
        known = {self._leaning[o] for o in held if self.origins[o].known}
        return max(len(known), min(1, len(held))), len(held)

    @cached_property
    def _leaning(self) -> dict[str, str]:
        """Origin -> the least of those that lean on each other."""
        root = {name: name for name in self.origins}

        def find(name: str) -> str:
            while root[name] != name:
                root[name] = root[root[name]]
                name = root[name]
            return name

        for origin in self.dossier.origins:
            for other in origin.derived:
                if other in root:
                    low, high = sorted((find(origin.id), find(other)))
                    root[high] = low
        return {name: find(name) for name in root}

    def quotation(self, quote: Quote) -> Quote | None:
        """The quotation of a speaker that holds these words; None where they are the report's own words for it."""
        spoken = self.readings[quote.article].attributions
        end = quote.end - (len(quote.exact) - len(quote.exact.rstrip("”\"’'»")))
        holds = (q for a in spoken if a.mode == "direct" for q in a.content if q.start <= quote.start and end <= q.end)
        return next(holds, None)

    def quoted(self, quote: Quote) -> bool:
        """Whether these words stand in a quotation of a speaker."""
        return self.quotation(quote) is not None

    def content(self, attribution: Attribution) -> tuple[Quote, ...]:
        """The words of a statement; of a silence that has none, the words that tell of it."""
        if attribution.content or attribution.cue.evidence is None:
            return attribution.content
        return (attribution.cue.evidence,)

    def origins_behind(self, attribution: Attribution) -> tuple[int, int]:
        """Independent origins that report this act of speech, (low, high)."""
        utterance = self.utterances.get(self.utterance_of.get(attribution.id, ""))
        if utterance:
            return utterance.origins_low, utterance.origins_high
        return self.origins_of((attribution.article,))

    def of_answer(self, answer: Answer) -> Iterator[Claim | Figure | Attribution]:
        """The records behind an answer, in the order of their ids."""
        for name in answer.claims:
            record = self.claims.get(name) or self.figures.get(name) or self.attributions.get(name)
            if record:
                yield record
