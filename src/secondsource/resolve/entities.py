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
from secondsource.resolve.naming import Named, fold, named, same_names
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
    """Folded one-word name or demonym -> the state's name, from rows of names, capitals, demonyms ("|" between several)."""
    made: dict[str, str] = {}
    for names, _, adjectives in states.values():
        state = names.split("|")[0]
        for name in [*names.split("|"), *adjectives.split("|")]:
            if len(words := fold(name)) == 1:
                made[words[0]] = state
    return made


def titles(names: Mapping[str, Any]) -> frozenset[str]:
    """Words of office and rank, from the table of names."""
    return frozenset(f"{names['words']['titles']} {names['words']['offices']}".split())


def actors(
    readings: Iterable[Reading],
    demonyms: Mapping[str, str],
    components: Components,
    titles: Collection[str] = frozenset(),
) -> tuple[tuple[Link, ...], tuple[Actor, ...]]:
    """Links of mentions to actors, and the actors. `demonyms`: folded demonym or country name -> country name. `titles`: words
    of office and rank, lower case.

    Mentions without a name (a pronoun that resolves to nothing, "a resident") belong to no actor, but for speakers: "police" is
    an actor of its article, and of no other, so that what it says is never taken for the outlet's own voice.
    """
    readings = tuple(readings)
    read = [named(reading, titles) for reading in readings]
    names = _names(read)
    pairs = [pair for found, r in zip(read, readings, strict=True) for pair in same_names(found, r.article.text)]
    stated = [(f"{a.kind}:{' '.join(a.words)}", f"{b.kind}:{' '.join(b.words)}") for a, b in pairs]
    speaking = {s.mention for r in readings for a in r.attributions for s in a.speakers}
    cluster = _clusters(names, stated, speaking, components)
    members: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        members[cluster[name.key]].append(name)
    links: list[Link] = []
    made: list[Actor] = []
    ids: dict[str, str] = {}
    for key in sorted(members):
        mentions = sorted((m for name in members[key] for m in name.mentions), key=lambda m: m.id)
        ids[key] = identify("actor", least(m.id for m in mentions))
        links += [Link(kind="actor", member=m.id, cluster=ids[key]) for m in mentions]
    of_words = {name.words: ids[cluster[name.key]] for name in sorted(names, key=lambda n: n.kind != "state", reverse=True)}
    for key in sorted(members):
        mentions = [m for name in members[key] for m in name.mentions]
        made.append(_actor(ids[key], mentions, of_words, demonyms))
    for mentions in _unnamed_speakers(readings):
        speaker = identify("actor", least(m.id for m in mentions))
        links += [Link(kind="actor", member=m.id, cluster=speaker) for m in mentions]
        made.append(_actor(speaker, mentions, of_words, demonyms))
    return tuple(links), tuple(sorted(made, key=lambda actor: actor.id))


def _names(read: Iterable[Sequence[Named]]) -> tuple[Name, ...]:
    held: defaultdict[tuple[ActorKind, tuple[str, ...]], list[Mention]] = defaultdict(list)
    for names in read:
        for name in names:
            held[name.kind, name.words].append(name.mention)
    return tuple(Name(kind=kind, words=words, mentions=tuple(found)) for (kind, words), found in sorted(held.items()))


def _unnamed_speakers(readings: Iterable[Reading]) -> Iterator[list[Mention]]:
    """Speakers whom their article does not name, those of one article under the same words together."""
    for reading in readings:
        by_id = {mention.id: mention for mention in reading.mentions}
        held: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
        for name in sorted({s.mention for a in reading.attributions for s in a.speakers if s.mention}):
            mention = by_id[name]
            root = by_id.get(mention.antecedent or "", mention)
            if not root.name and root.via == "description":
                held[fold(root.quote.exact)] += [root, mention]
        for words in sorted(held):
            yield sorted({m.id: m for m in held[words]}.values(), key=lambda m: m.id)


def _clusters(
    names: Sequence[Name], stated: Iterable[tuple[str, str]], speaking: Collection[str | None], components: Components
) -> dict[str, str]:
    """Name -> the least name of its actor. `stated`: names that an article's words say are one. `speaking`: mentions of
    speakers; a single word that speaks may be a surname even where its article does not say that it is a person's."""
    persons = [name for name in names if name.kind == "person"]
    full = [name for name in persons if len(name.words) > 1]
    edges = [(a.key, b.key) for a, b in _compared(full) if _same_person(a.words, b.words)]
    joined = components((name.key for name in full), edges)
    by_sound: defaultdict[str, list[Name]] = defaultdict(list)
    for name in full:
        by_sound[consonants(name.words[-1])[:1]].append(name)
    heard = [n for n in names if n.kind == "unknown" and any(m.id in speaking for m in n.mentions)]
    for name in (*persons, *heard):
        if len(name.words) == 1:
            near = by_sound[consonants(name.words[0])[:1]]
            bearers = {joined[other.key] for other in near if alike(name.words[0], other.words[-1])}
            if len(bearers) == 1:
                edges.append((name.key, bearers.pop()))
    edges += [(a.key, b.key) for a, b in _same_words_other_kind(names)]
    return components((name.key for name in names), [*edges, *stated])


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


def _actor(
    name_id: str, mentions: Sequence[Mention], of_words: Mapping[tuple[str, ...], str], demonyms: Mapping[str, str]
) -> Actor:
    names = Counter(m.name or m.quote.exact for m in mentions if m.name or m.via == "description")
    best = min(names, key=lambda n: (-len(fold(n)), -names[n], n))
    kinds: Counter[ActorKind] = Counter(m.kind for m in mentions if m.kind != "unknown")
    kind: ActorKind = min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown"
    printed = {m.quote.exact for m in mentions if m.via != "pronoun"} | set(names)
    relations = set(_metonyms(mentions, of_words)) | set(_belongs(best, kind, mentions, of_words, demonyms))
    return Actor(
        id=name_id,
        name=best,
        kind=kind,
        aliases=tuple(sorted(printed)),
        roles=tuple(sorted({role for m in mentions for role in m.roles})),
        relations=tuple(sorted((r for r in relations if r.to != name_id), key=lambda r: (r.kind, r.to))),
    )


def _metonyms(mentions: Sequence[Mention], of_words: Mapping[tuple[str, ...], str]) -> Iterator[ActorRelation]:
    evidence: defaultdict[str, list[Quote]] = defaultdict(list)
    for mention in mentions:
        if mention.stands_for and (state := of_words.get(fold(mention.stands_for))):
            evidence[state].append(mention.quote)
    for state, quotes in evidence.items():
        yield ActorRelation(kind="metonym_of", to=state, evidence=tuple(sorted(quotes)[:3]))


def _belongs(
    name: str,
    kind: ActorKind,
    mentions: Sequence[Mention],
    of_words: Mapping[tuple[str, ...], str],
    demonyms: Mapping[str, str],
) -> Iterator[ActorRelation]:
    """A body whose name begins with a country or its demonym is part of it; a person whose role does speaks for it."""
    if kind in {"organisation", "group"}:
        texts: list[tuple[str, Quote | None]] = [(name, None)]
    elif kind == "person":
        texts = [(role, m.quote) for m in mentions for role in m.roles]
    else:
        return
    seen: set[str] = set()
    for text, quote in texts:
        words = fold(text)
        for word in words:
            country = demonyms.get(word)
            state = of_words.get(fold(country)) if country else None
            if state is None and word == words[-1] and words[-2:-1] == ("of",):
                state = of_words.get((word,))  # "Defence Ministry of X", where X is an actor of the case
            if state and state not in seen:
                seen.add(state)
                shown = (quote,) if quote else tuple(sorted(m.quote for m in mentions)[:1])
                yield ActorRelation(kind="speaks_for" if kind == "person" else "part_of", to=state, evidence=shown)
