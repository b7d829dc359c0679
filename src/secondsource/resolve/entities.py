"""mentions -> actors: one person, body, state, group or place under all its spellings.

Within an article the reading has already resolved pronouns, surnames and descriptions to the fullest name printed there. Here
names of different articles meet: persons by surname and compatible given names, everything else by its folded name. Metonyms,
ministries and forces stay actors of their own, linked by relations. A surname alone joins a full name only where one person of
that surname is in the case: two ministers of one surname stay two, and the bare surname a third.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

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

# One letter in five may differ between transliterations: research on 27 true pairs of spellings found no false merge at .78.
SAME_SPELLING = 0.78
SHORTEST_FUZZY = 5  # shorter names must be equal: "Ali" and "Eli" are two


class Name(Record, frozen=True, kw_only=True):
    """A folded name with its kind, and the mentions that bear it."""

    kind: ActorKind
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}:{' '.join(self.words)}"


def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, articles, possessives and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’s", "").replace("'s", ""))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = letters.replace("ı", "i").split()
    return tuple(word for word in words if word not in {"the", "a", "an"}) or tuple(words)


def demonyms(states: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded one-word name or demonym -> the state's name, from rows of names, capitals, demonyms ("|" between several)."""
    made: dict[str, str] = {}
    for names, _, adjectives in states.values():
        state = names.split("|")[0]
        for name in [*names.split("|"), *adjectives.split("|")]:
            if len(words := fold(name)) == 1:
                made[words[0]] = state
    return made


def actors(
    readings: Iterable[Reading], demonyms: Mapping[str, str], components: Components
) -> tuple[tuple[Link, ...], tuple[Actor, ...]]:
    """Links of mentions to actors, and the actors. `demonyms`: folded demonym or country name -> country name.

    Mentions without a name (a pronoun that resolves to nothing, "a resident") belong to no actor, but for speakers: "police" is
    an actor of its article, and of no other, so that what it says is never taken for the outlet's own voice.
    """
    readings = tuple(readings)
    names = _names(readings)
    cluster = _clusters(names, components)
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


def _names(readings: Iterable[Reading]) -> tuple[Name, ...]:
    held: defaultdict[tuple[ActorKind, tuple[str, ...]], list[Mention]] = defaultdict(list)
    for reading in readings:
        for mention in reading.mentions:
            if mention.name and (words := fold(mention.name)):
                held[mention.kind, words].append(mention)
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


def _clusters(names: Sequence[Name], components: Components) -> dict[str, str]:
    persons = [name for name in names if name.kind == "person"]
    full = [name for name in persons if len(name.words) > 1]
    edges = [(a.key, b.key) for a, b in combinations(full, 2) if _same_person(a.words, b.words)]
    joined = components((name.key for name in full), edges)
    for name in persons:
        if len(name.words) == 1:
            bearers = {joined[other.key] for other in full if _alike(name.words[0], other.words[-1])}
            if len(bearers) == 1:
                edges.append((name.key, bearers.pop()))
    edges += [(a.key, b.key) for a, b in _same_words_other_kind(names)]
    return components((name.key for name in names), edges)


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
    if not _alike(left[-1], right[-1]):
        return False
    first, other = left[0], right[0]
    if len(first) == 1 or len(other) == 1:
        return first[0] == other[0]
    return _alike(first, other) or (left[-1] == right[-1] and first[:3] == other[:3]) or first[:2] == other[:2]


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    if min(len(left), len(right)) < SHORTEST_FUZZY:
        return False
    return float(OSA.normalized_similarity(left, right)) >= SAME_SPELLING


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
        for word in fold(text):
            country = demonyms.get(word)
            state = of_words.get(fold(country)) if country else None
            if state and state not in seen:
                seen.add(state)
                words = (quote,) if quote else tuple(sorted(m.quote for m in mentions)[:1])
                yield ActorRelation(kind="speaks_for" if kind == "person" else "part_of", to=state, evidence=words)
