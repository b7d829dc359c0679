"""mentions -> actors: one person, body, state, group or place under all its spellings.

Within an article the reading has already resolved pronouns, surnames and descriptions to the fullest name printed there. Here
names of different articles meet: persons by surname and compatible given names, everything else by its folded name. Metonyms,
ministries and forces stay actors of their own, linked by relations. A surname alone joins a full name only where one person of
that surname is in the case: two ministers of one surname stay two, and the bare surname a third.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from secondsource.model import (
    Actor,
    ActorKind,
    ActorRelation,
    Components,
    Link,
    Mention,
    Quote,
    Reading,
    Record,
    identify,
    least,
)
from secondsource.resolve.bodies import Bodies, Body, Owners, bodies_in, fullest, only_owner
from secondsource.resolve.described import described
from secondsource.resolve.known import Known
from secondsource.resolve.naming import Named, fold, named, same_names
from secondsource.resolve.regroup import regrouped
from secondsource.resolve.spelling import FEWEST_CONSONANTS, alike, consonants, swapped


class Name(Record, frozen=True, kw_only=True):
    """A folded name with its kind, and the mentions that bear it."""

    kind: ActorKind
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}:{' '.join(self.words)}"


def demonyms(states: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded name or demonym -> the state's name, from rows of names, capitals, demonyms ("|" between several)."""
    made: dict[str, str] = {}
    for names, _, adjectives in states.values():
        state = names.split("|")[0]
        for name in [*names.split("|"), *adjectives.split("|")]:
            if words := fold(name):
                made[" ".join(words)] = state
    return made


def titles(names: Mapping[str, Any]) -> frozenset[str]:
    """Words of office and rank, from the table of names."""
    return frozenset(f"{names['words']['titles']} {names['words']['offices']}".split())


def actors(
    readings: Iterable[Reading],
    demonyms: Mapping[str, str],
    components: Components,
    titles: Collection[str] = frozenset(),
    bodies: Bodies | None = None,
    known: Known | None = None,
    joined: Iterable[tuple[str, str]] = (),
    apart: Mapping[str, str] | None = None,
) -> tuple[tuple[Link, ...], tuple[Actor, ...]]:
    """Links of mentions to actors, and the actors. `demonyms`: folded demonym or country name -> country name. `titles`: words
    of office and rank, lower case. `bodies`: words of bodies that every state has. `known`: bodies that the whole world knows.
    `joined`, `apart`: what an analyst ruled (`regroup`).

    Mentions without a name (a pronoun that resolves to nothing, "a resident") belong to no actor, but for speakers: "police" is
    an actor of its article, and of no other, so that what it says is never taken for the outlet's own voice.
    """
    readings = tuple(readings)
    owners = Owners(readings, demonyms)
    shown: dict[str, tuple[Body, Mention]] = {}
    for reading in readings:
        shown |= bodies_in(reading, bodies or Bodies(), owners)
    shown = only_owner(readings, shown, owners)
    worldly, spelt = (known or Known()).names(readings)
    shown = {m: found for m, found in shown.items() if m not in worldly}
    keys = {m: (*b.owner, *b.body) if b.owner else (*b.body, at.article) for m, (b, at) in shown.items() if b.owner or at.name}
    keys |= worldly
    read = [named(reading, titles, keys, owners.spelt) for reading in readings]
    names = _names(read)
    pairs = [pair for found, r in zip(read, readings, strict=True) for pair in same_names(found, r.article.text)]
    stated = [(f"{a.kind}:{' '.join(a.words)}", f"{b.kind}:{' '.join(b.words)}") for a, b in pairs]
    speaking = {s.mention for r in readings for a in r.attributions for s in a.speakers}
    cluster = _clusters(names, stated, speaking, components, titles)
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for name in names:
        groups[cluster[name.key]] += name.mentions
    persons = {cluster[name.key] for name in names if name.kind == "person"}
    key_of = {m.id: cluster[name.key] for name in names if cluster[name.key] in persons for m in name.mentions}
    by_id = {m.id: m for reading in readings for m in reading.mentions}
    for mention, key in described(readings, key_of, titles, owners):
        groups[key].append(by_id[mention])
        keys[mention] = ()  # no unnamed speaker any more
    ids = {key: identify("actor", least(m.id for m in mentions)) for key, mentions in groups.items()}
    of_words = {name.words: ids[cluster[name.key]] for name in sorted(names, key=lambda n: n.kind != "state", reverse=True)}
    unnamed = {identify("actor", least(m.id for m in found)): found for found in _unnamed_speakers(readings, keys)}
    held, moved = regrouped({ids[key]: mentions for key, mentions in groups.items()} | unnamed, joined, apart or {})
    made = _Maker({words: moved.get(name, name) for words, name in of_words.items()}, owners, shown, spelt)
    links = [Link(kind="actor", member=m.id, cluster=name) for name, found in held.items() for m in found]
    people = [made.actor(name, sorted(found, key=lambda m: m.id)) for name, found in held.items()]
    return tuple(sorted(links, key=lambda x: (x.cluster, x.member))), tuple(sorted(people, key=lambda actor: actor.id))


def _names(read: Iterable[Sequence[Named]]) -> tuple[Name, ...]:
    held: defaultdict[tuple[ActorKind, tuple[str, ...]], list[Mention]] = defaultdict(list)
    for names in read:
        for name in names:
            held[name.kind, name.words].append(name.mention)
    return tuple(Name(kind=kind, words=words, mentions=tuple(found)) for (kind, words), found in sorted(held.items()))


def _unnamed_speakers(readings: Iterable[Reading], bodies: Collection[str]) -> Iterator[list[Mention]]:
    """Speakers whom their article does not name, those of one article under the same words together; no `bodies` of states."""
    for reading in readings:
        by_id = {mention.id: mention for mention in reading.mentions}
        held: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
        for name in sorted({s.mention for a in reading.attributions for s in a.speakers if s.mention}):
            mention = by_id[name]
            root = by_id.get(mention.antecedent or "", mention)
            if not root.name and root.via == "description" and not {mention.id, root.id} & set(bodies):
                held[fold(root.quote.exact)] += [root, mention]
        for words in sorted(held):
            yield sorted({m.id: m for m in held[words]}.values(), key=lambda m: m.id)


def _clusters(
    names: Sequence[Name], stated: Iterable[tuple[str, str]], speaking: Collection[str | None], components: Components,
    titles: Collection[str],
) -> dict[str, str]:  # fmt: skip
    """Name -> the least name of its actor. `stated`: names that an article's words say are one. `speaking`: mentions of
    speakers; a single word that speaks may be a surname even where its article does not say that it is a person's."""
    persons = [name for name in names if name.kind == "person"]
    full = [name for name in persons if len(name.words) > 1]
    edges = [(a.key, b.key) for a, b in _compared(full) if _same_person(a.words, b.words)]
    joined = components((name.key for name in full), edges)
    by_sound: defaultdict[str, list[Name]] = defaultdict(list)
    for name in full:
        by_sound[consonants(name.words[-1])[:1]].append(name)
    heard = [n for n in names if n.kind == "unknown" and any(m.id in speaking or in_office(m, titles) for m in n.mentions)]
    for name in (*persons, *heard):
        if len(name.words) == 1:
            near = by_sound[consonants(name.words[0])[:1]]
            bearers = {joined[other.key] for other in near if alike(name.words[0], other.words[-1])}
            if len(bearers) == 1:
                edges.append((name.key, bearers.pop()))
    edges += [(a.key, b.key) for a, b in _same_words_other_kind(names)]
    return components((name.key for name in names), [*edges, *stated])


def in_office(mention: Mention, titles: Collection[str]) -> bool:
    """Whether its article gives it an office: it is a person's name, whatever kind was read."""
    return any(words[-1] in titles for role in mention.roles if (words := fold(role)))


def _compared(full: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Pairs of full names whose first and last words begin with one sound."""
    blocks: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in full:
        blocks[consonants(name.words[0])[:1], consonants(name.words[-1])[:1]].append(name)
    for block in blocks.values():
        yield from combinations(block, 2)


def _same_words_other_kind(names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """A name whose kind one article could not tell joins the same words where another could."""
    by_words: defaultdict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        by_words[name.words].append(name)
    for group in by_words.values():
        known = [name for name in group if name.kind != "unknown"]
        unknown = [name for name in group if name.kind == "unknown"]
        if len(known) == 1 and unknown:
            yield known[0], unknown[0]


def _same_person(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Surnames alike, and no given name that speaks against it."""
    first, other = left[0], right[0]
    if swapped(left[-1], right[-1]):
        return left[:-1] == right[:-1]
    if not alike(left[-1], right[-1]):
        return False
    if len(first) == 1 or len(other) == 1:
        letters, given = (left[:-1], other) if len(first) == 1 else (right[:-1], first)
        return given[0] in {letter[0] for letter in letters}
    one, two = consonants("".join(left[:-1])), consonants("".join(right[:-1]))
    if alike(first, other) or one == two:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) >= FEWEST_CONSONANTS and long.startswith(short)


class _Maker:
    """Makes actors of mentions. `of_words`: folded name -> actor. `shown`: mention -> the body of a state that it names.
    `spelt`: mention -> the whole name of a known body as its article prints it."""

    def __init__(
        self,
        of_words: Mapping[tuple[str, ...], str],
        owners: Owners,
        shown: Mapping[str, tuple[Body, Mention]],
        spelt: Mapping[str, str],
    ) -> None:
        self.of_words, self.owners, self.shown, self.spelt = of_words, owners, shown, spelt

    def actor(self, name_id: str, mentions: Sequence[Mention]) -> Actor:
        names = Counter(name for m in mentions if (name := self._printed(m)))
        best = _best(names)
        kinds: Counter[ActorKind] = Counter(m.kind for m in mentions if m.kind != "unknown")
        kind: ActorKind = min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown"
        printed = {m.quote.exact for m in mentions if m.via != "pronoun"} | {m.name for m in mentions if m.name} | {best}
        relations = {*self._metonyms(mentions), *self._belongs(best, kind, mentions)}
        return Actor(
            id=name_id,
            name=best,
            kind=kind,
            aliases=tuple(sorted(printed)),
            roles=tuple(sorted({role for m in mentions for role in m.roles})),
            relations=tuple(sorted((r for r in relations if r.to != name_id), key=lambda r: (r.kind, r.to))),
        )

    def _printed(self, mention: Mention) -> str | None:
        """How a mention's article prints the name; a body with the words that tell whose it is."""
        if mention.id in self.shown:
            return self.shown[mention.id][1].quote.exact
        if mention.id in self.spelt:
            return self.spelt[mention.id]
        return mention.name or (mention.quote.exact if mention.via == "description" else None)

    def _metonyms(self, mentions: Sequence[Mention]) -> Iterator[ActorRelation]:
        evidence: defaultdict[str, list[Quote]] = defaultdict(list)
        for mention in mentions:
            if mention.stands_for and (state := self.of_words.get(fold(mention.stands_for))):
                evidence[state].append(mention.quote)
        for state, quotes in evidence.items():
            yield ActorRelation(kind="metonym_of", to=state, evidence=tuple(sorted(quotes)[:3]))

    def _belongs(self, name: str, kind: ActorKind, mentions: Sequence[Mention]) -> Iterator[ActorRelation]:
        """A body with a state's name or adjective is part of it; a person whose role has one speaks for it."""
        quotes = tuple(sorted(m.quote for m in mentions)[:1])
        texts: list[tuple[str, tuple[Quote, ...]]] = []
        if kind in {"organisation", "group"}:
            texts = [(name, quotes)]
        elif kind == "person":
            texts = [(role, (m.quote,)) for m in mentions for role in m.roles]
        seen: set[str] = set()
        whose = {body.owner for m in mentions if m.id in self.shown for body in [self.shown[m.id][0]] if body.owner}
        for owner in sorted(whose):
            if state := self.of_words.get(owner):
                seen.add(state)
                yield ActorRelation(kind="part_of", to=state, evidence=quotes)
        for text, shown in texts:
            for state in self._states(fold(text)):
                if state not in seen:
                    seen.add(state)
                    yield ActorRelation(kind="speaks_for" if kind == "person" else "part_of", to=state, evidence=shown)

    def _states(self, words: tuple[str, ...]) -> Iterator[str]:
        """Actors of the case whose name or adjective stands among the words of a body's name or a role."""
        for place, word in enumerate(words):
            pair = " ".join(words[place : place + 2])
            state = self.of_words.get(self.owners.state(word)) or self.of_words.get(self.owners.state(pair))
            if state is None and place == len(words) - 1 and words[-2:-1] == ("of",):
                state = self.of_words.get((word,))  # "Defence Ministry of X", where X is an actor of the case
            if state:
                yield state


def _best(names: Counter[str]) -> str:
    """The fullest printed name: most words, in its own case, the most frequent one."""
    kept = Counter(dict.fromkeys(fullest(names), 0))
    for name, many in names.items():
        for plain in fullest([name]):
            if plain in kept:
                kept[plain] += many
    return min(kept, key=lambda n: (-len([w for w in fold(n) if w != "of"]), -kept[n], n))
