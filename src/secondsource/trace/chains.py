"""matches -> chains: from the mouth to each page, by what relays, attributions and relations state, and by nothing else.

An article whose text is another's takes that one's chain and adds itself. Where the other is not among the given reports, its
name stands in the chain without words. A copy without a credit is a hop of its own kind, inferred, and says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from secondsource.model import Actor, Attribution, Chain, Hop, HopKind, Match, Quote
from secondsource.trace.asking import Asked
from secondsource.trace.ground import may_be, named
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.words import fold

OWN_TEXT = ("republished_from", "derived_from")
HOW = {"republished_from": "republished from", "derived_from": "rewritten after"}
NEAR_RELAY = 900  # code points: a channel that is named this near, for the same speaker, is this statement's too
NEAR_SPEAKER = 400  # code points back to who spoke before
SHARED = frozenset({"each", "both", "neither", "either", "all", "some", "many", "several"})  # such speakers are no one mouth
ONE_PERSON = frozenset({"he", "she"})
INTERVIEW = re.compile(
    r"\b(?:interview|conversation|spoke|speaking|talked|talking)\b[^.\n“”\"]{0,40}? (?:with|to|for|on|by) (?:the )?"
    r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){0,3})"
)
STOP = re.compile(r"(?<=\w\w)\. ")  # a name ends with its sentence
LONG_NAME = 5  # words: "Radio Nine's evening service"
COPIES = frozenset({"copy", "reworded_copy"})
CAPITALS = re.compile(r"(?:[^\W\d_a-z][^\W\d_]+ )+\Z")
ARTICLES = frozenset({"the", "a", "an"})
LIGHT = frozenset({"the", "a", "an", "news", "agency", "television", "tv", "channel", "newspaper", "radio", "daily", "state"})


class Chains:
    """The chains of one sentence's matches."""

    def __init__(self, asked: Asked, library: Library, matches: Sequence[Match]) -> None:
        self.asked = asked
        self.library = library
        self.by_article: dict[str, list[Match]] = {}
        for match in matches:
            self.by_article.setdefault(match.article, []).append(match)
        self.copies = self._copies()

    def all(self) -> tuple[Chain, ...]:
        """One chain an article, the earliest first."""
        made = [
            Chain(article=a, origin=self.library.origin_of.get(a), hops=hops, matches=tuple(found))
            for a, found in self.by_article.items() for hops in self._each(tuple(self.hops(a, frozenset())))
        ]  # fmt: skip
        made = [self._named_elsewhere(chain, made) for chain in _one_name(made)]
        return tuple(sorted(made, key=lambda c: (self._day(c.article), len(c.hops), c.article)))

    def _named_elsewhere(self, chain: Chain, others: Sequence[Chain]) -> Chain:
        """The chain with the one name that other pages give for a mouth that this page calls by no name."""
        if not chain.hops or chain.hops[0].kind != "speaker" or self._has_name(chain.hops[0]):
            return chain
        known = {h.actor: h for c in others for h in c.hops if h.kind == "speaker" and self._has_name(h)}
        if len(known) != 1 or not any(c.origin == chain.origin or c.article != chain.article for c in others):
            return chain
        hop = next(iter(known.values()))
        inferred = replace(chain.hops[0], name=hop.name, actor=hop.actor, basis="inferred", how="named so on another page")
        return replace(chain, hops=(inferred, *chain.hops[1:]))

    def _has_name(self, hop: Hop) -> bool:
        actor = self.library.actors.get(hop.actor or "")
        return actor is not None and named(actor)

    def _each(self, hops: tuple[Hop, ...]) -> Iterator[tuple[Hop, ...]]:
        """One chain a mouth, where a page has several say it; only the one who is asked about, where one is."""
        mouths = [h for h in hops if h.kind == "speaker"]
        meant = [h for h in mouths if {w.stem for w in self.library.vocabulary.words(h.name)} & self.asked.speaker]
        for mouth in meant or mouths:
            yield tuple(h for h in hops if h.kind != "speaker" or h is mouth)
        if not mouths:
            yield hops

    def _day(self, article: str) -> str:
        when = self.library.article(article).published.value
        return ((when.earliest or when.latest) if when else None) or "9999"

    def upstream(self, article: str) -> str | None:
        """The given article that this one's text comes from, and that carries the sentence."""
        credited = [name for kind, name, _ in self._credits(article) if kind in OWN_TEXT]
        if len(credited) == 1:
            held = [a for a in self.by_article if a != article and self._is(a, credited[0])]
            if held:
                mine = self.library.origin_of.get(article)
                return min(held, key=lambda a: (self.library.origin_of.get(a) != mine, self._day(a), a))
        if not credited:
            return self.copies.get(article)
        return None

    def hops(self, article: str, seen: frozenset[str]) -> Iterator[Hop]:
        best = self.by_article[article][0]
        above = self.upstream(article)
        page = self._page(article, best)
        if above is not None and above not in seen | {article}:
            before = list(self.hops(above, seen | {article}))
            if not any(h.kind in {"speaker", "channel"} for h in before):
                before = [*self._spoken(article), *before]
            credit = next(((kind, quotes) for kind, name, quotes in self._credits(article) if self._is(above, name)), None)
            yield from before[:-1]
            upper = before[-1]
            how, evidence, basis = upper.how, upper.evidence, upper.basis
            if credit:
                how, evidence = f"{HOW[credit[0]]} it", (*evidence, *credit[1])
            else:
                how, basis = "copied from it, without a credit", "inferred"
            step: HopKind = "credited" if credit else "copied_from"
            yield Hop(kind=step, name=upper.name, basis=basis, how=how, article=above, evidence=evidence, words=upper.words)
            yield page
            return
        yield from self._spoken(article)
        for kind, name, evidence in self._credits(article):
            yield Hop(kind="credited", name=name, how=HOW[kind], evidence=evidence)
        yield page

    def _page(self, article: str, best: Match) -> Hop:
        paper = self.library.article(article)
        kind: HopKind = "document" if paper.document else "page"
        name = paper.outlet.value or f"outlet not stated ({paper.name})"
        return Hop(
            kind=kind, name=name, basis=paper.outlet.basis if paper.outlet.value else "absent", article=article,
            evidence=paper.outlet.evidence, words=best.words, how="prints it",
        )  # fmt: skip

    def _spoken(self, article: str) -> Iterator[Hop]:
        """Speakers from the inside out, then the channels that the words were given to."""
        matches = self.by_article[article]
        mouth = self._mouth(matches)
        if mouth is None:
            return
        given: list[Hop] = []
        for depth, attribution in enumerate(self.library.outermost(mouth)):
            cue = attribution.cue.evidence
            for name, actor, evidence in self._mouths(attribution):
                if depth and not self._is_somebody(actor):
                    continue
                quotes = tuple(q for q in (evidence, cue) if q)
                kind: HopKind = "speaker" if depth == 0 else "relayer"
                yield Hop(kind=kind, name=name, how="said it" if depth == 0 else "passed it on", actor=actor, evidence=quotes)
            given += self._channels(article, attribution)
        if not given:
            given = list(self._channel_nearby(article, self.library.attributions[mouth]))
        names: set[str] = set()
        for hop in given:
            if hop.name not in names and not self._is(article, hop.name):
                names.add(hop.name)
                yield hop

    def _mouth(self, matches: Sequence[Match]) -> str | None:
        """The attribution that says whose words they are: the surest one; where that names no person, one of the same statement
        on the page that does, if it can be the same speaker's."""
        # A headline's "Bishop demands" is not said of what the text tells in the paper's own voice.
        body = [m for m in matches if m.segment == "body"] or list(matches)
        said = [m.attribution for m in body if m.attribution and self.library.attributions[m.attribution].speakers]
        if not said or self._named(said[0]):
            return said[0] if said else None
        first = [self.library.actors[s] for s in self.library.speakers(said[0]) if s in self.library.actors]
        for other in said[1:]:
            theirs = [self.library.actors[s] for s in self.library.speakers(other) if s in self.library.actors]
            direct = self.library.attributions[other].mode == "direct"
            if self._named(other) and (direct or not first or any(may_be(a, b) for a in first for b in theirs)):
                return other
        return said[0]

    def _named(self, attribution: str) -> bool:
        """Whether its speaker has a name, not only a description."""
        speakers = [self.library.actors[s] for s in self.library.speakers(attribution) if s in self.library.actors]
        return any(named(a) and a.kind in {"person", "organisation"} for a in speakers)

    def _is_somebody(self, actor: str | None) -> bool:
        """A person or a body; "a translation" passes nothing on by itself."""
        held = self.library.actors.get(actor or "")
        return held is not None and (held.kind in {"person", "state"} or named(held))

    def _mouths(self, attribution: Attribution) -> Iterator[tuple[str, str | None, Quote | None]]:
        for speaker in attribution.speakers:
            actor = self.library.actors.get(self.library.actor_of.get(speaker.mention or "", ""))
            if speaker.evidence and fold(speaker.evidence.exact.split()[0]) in SHARED:
                continue
            if actor and actor.kind != "person" and speaker.evidence and speaker.evidence.exact.casefold() in ONE_PERSON:
                actor = self._before(attribution)
                if actor is None:
                    continue
            if actor:
                person = self.library.person(attribution.article, actor)
                yield self.library.called(person), person.id, speaker.evidence
            elif speaker.evidence:
                yield speaker.evidence.exact, None, speaker.evidence

    def _before(self, attribution: Attribution) -> Actor | None:
        """The person who spoke right before, for a "he" that was read as a state or a body."""
        start = attribution.content[0].start if attribution.content else 0
        said = [
            a for a in self.library.readings[attribution.article].attributions
            if a.content and a.speakers and 0 < start - a.content[0].start < NEAR_SPEAKER
        ]  # fmt: skip
        last = max(said, key=lambda a: a.content[0].start, default=None)
        held = [self.library.actors[s] for s in self.library.speakers(last.id)] if last else []
        return held[0] if len(held) == 1 and held[0].kind == "person" else None

    def _channels(self, article: str, attribution: Attribution) -> Iterator[Hop]:
        """Where the words were given to, from this report of them and from others of the same act of speech on the page."""
        utterance = self.library.utterance_of.get(attribution.id)
        mine = [attribution]
        if utterance:
            mine += [a for a in self.library.readings[article].attributions
                     if a.id != attribution.id and self.library.utterance_of.get(a.id) == utterance]  # fmt: skip
        for one in mine:
            for relay in one.relays:
                if self._is_place(article, relay.evidence):
                    continue
                name, evidence = self._full(article, relay.name, relay.evidence)
                yield Hop(kind="channel", name=name, how=relay.kind.replace("_", " "), evidence=(evidence,))

    def _is_place(self, article: str, evidence: Quote) -> bool:
        """Whether the words before a channel's name make it a place: "in Tolmen"."""
        before = self.library.article(article).text[max(0, evidence.start - 8) : evidence.start].split()
        return bool(before) and before[-1] in {"in", "at", "near", "outside"}

    def _full(self, article: str, name: str, evidence: Quote) -> tuple[str, Quote]:
        """A channel's name as the page's own relations print it, where theirs holds it: "Delta Nine" for "Nine"."""
        text = self.library.article(article).text
        # "told Channel Nine": the name begins with the first of the capitalised words that stand before it.
        # "Radio Nine's evening service" is all of it; "Delvia's Radio Nine" is a country's.
        first = fold(evidence.exact.split()[0])
        owned = first in self.library.people and not fold(name).startswith(first)
        if name in evidence.exact and evidence.exact[:1].isupper() and not owned and len(evidence.exact.split()) <= LONG_NAME:
            name = evidence.exact
        longer = CAPITALS.search(text, max(0, evidence.start - 40), evidence.start) if name == evidence.exact else None
        if longer:
            evidence = self.library.article(article).quote(longer.start(), evidence.end)
            name = evidence.exact
        words = _words(name)
        nameless = name == name.casefold()
        for relation in self.library.article(article).relations:
            if relation.kind == "cites" and (nameless or words < _words(relation.name)):
                near = [q for q in relation.evidence if q.start - 40 <= evidence.start <= q.end + 40]
                if near:
                    return STOP.split(relation.name)[0], near[0]
        return name, evidence

    def _channel_nearby(self, article: str, attribution: Attribution) -> Iterator[Hop]:
        """The one channel that the page names for this speaker, close by, where neither day nor occasion speaks against it."""
        if attribution.venue or attribution.addressee or not attribution.content:
            return
        speakers = set(self.library.speakers(attribution.id))
        found: dict[str, Hop] = {}
        for other in self.library.readings[article].attributions:
            far = abs(other.content[0].start - attribution.content[0].start) if other.content else NEAR_RELAY
            if not other.relays or far >= NEAR_RELAY or not speakers & set(self.library.speakers(other.id)):
                continue
            if attribution.said and other.said and attribution.said.earliest != other.said.earliest:
                return
            for relay in other.relays:
                name, evidence = self._full(article, relay.name, relay.evidence)
                how = f"{relay.kind.replace('_', ' ')}: the page names this channel for the same speaker"
                found[name] = Hop(kind="channel", name=name, how=how, basis="inferred", evidence=(evidence,))
        found = found or {h.name: h for h in self._interviews(article, attribution, speakers)}
        if len(found) == 1:
            yield from found.values()

    def _interviews(self, article: str, attribution: Attribution, speakers: set[str]) -> Iterator[Hop]:
        """Whom the page's own words say that the speaker gave an interview to, close by."""
        paper = self.library.article(article)
        people = self.library.people
        speakers = {s for s in speakers if s in self.library.actors and self.library.actors[s].kind == "person"}
        for found in INTERVIEW.finditer(paper.text):
            start, end = found.span(1)
            if abs(start - attribution.content[0].start) >= NEAR_RELAY or self._is_place(article, paper.quote(start, end)):
                continue
            sentence = next((p for p in self.library.passages(article) if p.whole and p.start <= start < p.end), None)
            if sentence is None or {fold(w) for w in found.group(1).split()} & people:
                continue
            about = self._speaking(article, sentence)
            names = {fold(w) for s in speakers if s in self.library.actors for w in self.library.actors[s].name.split()[-1:]}
            # Where somebody speaks in that sentence, it is that one's interview.
            if about & speakers if about else names & {w.folded for w in sentence.words if w.name}:
                how = "interviewed: the page names this channel for the same speaker"
                quote = paper.quote(start, end)
                yield Hop(kind="channel", name=quote.exact, how=how, basis="inferred", evidence=(paper.quote(*found.span()),))

    def _speaking(self, article: str, sentence: Passage) -> set[str]:
        """Who speaks in a sentence."""
        said = self.library.readings[article].attributions
        here = [a for a in said if any(sentence.start <= q.start < sentence.end for q in a.content)]
        return {s for a in here for s in self.library.speakers(a.id)}

    def _credits(self, article: str) -> tuple[tuple[str, str, tuple[Quote, ...]], ...]:
        """Whose text the article carries by its own words: kind, name, words; each name once, never its own."""
        paper = self.library.article(article)
        made: dict[frozenset[str], tuple[str, str, tuple[Quote, ...]]] = {}
        for relation in paper.relations:
            words = _words(relation.name)
            if relation.kind in OWN_TEXT and words and not self._is(article, relation.name):
                before = made[words][2] if words in made else ()
                made[words] = (relation.kind, relation.name, before + relation.evidence)
        return tuple(made.values())

    def _is(self, article: str, name: str) -> bool:
        """Whether the article is of the outlet that is named so; "the Monitor" is the Quayside Monitor on its own page."""
        outlet = self.library.article(article).outlet.value or ""
        words = frozenset(fold(w) for w in name.split()) - ARTICLES
        return bool(words) and words <= frozenset(fold(w) for w in outlet.split())

    def _copies(self) -> Mapping[str, str]:
        """Article -> the given one that it copies without a credit, where resolving origins could tell which was first."""
        made: dict[str, str] = {}
        for origin in self.library.dossier.origins:
            held = [a for a in origin.articles if a in self.by_article]
            for reason in origin.reasons:
                pair = {q.article for q in reason.evidence}
                if reason.kind in COPIES and len(pair) == 2 and pair <= set(held) and reason.first in pair:
                    other = next(iter(pair - {reason.first}))
                    if not self._credits(other):
                        made.setdefault(other, reason.first)
        return made


def _one_name(chains: Sequence[Chain]) -> list[Chain]:
    """The chains with one channel under one name: "Delta Nine" is "Delta Nine television" on another page."""
    names: dict[frozenset[str], str] = {}
    for hop in (h for c in chains for h in c.hops if h.kind == "channel"):
        held = names.get(_words(hop.name), "")
        names[_words(hop.name)] = max(held, hop.name, key=lambda n: (len(n), n))
    return [
        replace(c, hops=tuple(replace(h, name=names[_words(h.name)]) if h.kind == "channel" else h for h in c.hops))
        for c in chains
    ]


def _words(name: str) -> frozenset[str]:
    words = frozenset(fold(word) for word in name.replace("-", " ").split())
    return words - LIGHT or words
