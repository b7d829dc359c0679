"""actors -> the words that name them in a text, for sentences in which no record ties a name to an actor"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.model import Actor
from secondsource.rate.wording import tokens

LEAST = 4  # letters of a word that can stand for a name
ENDINGS = ("n", "an", "ian", "i", "ish", "ese", "er", "ers", "ite", "s", "ns", "ans", "ians", "is", "'s", "ic")


class Names:
    """Which actors the words of a sentence name. `table`: stands.toml."""

    def __init__(self, actors: Iterable[Actor], side_of: Mapping[str, str], table: Mapping[str, Any]) -> None:
        common = frozenset(table["names"]["common"].split())
        self.documents = frozenset(table["names"]["documents"].split())
        self.collective = frozenset(table["names"]["collective"].split())
        self.bodies = frozenset(table["names"]["bodies"].split())
        self.portfolios = frozenset(table["names"]["portfolios"].split())
        self.words: defaultdict[str, set[str]] = defaultdict(set)
        self.side_of = side_of
        self.known: dict[str, frozenset[str]] = {}
        self.all = {actor.id: actor for actor in actors}
        bodies: defaultdict[str, set[str]] = defaultdict(set)
        for actor in self.all.values():
            for alias in (actor.name, *actor.aliases):
                for word in tokens(alias):
                    bare = word.removesuffix("'s")
                    if len(bare) >= LEAST and bare not in common:
                        self.words[bare].add(actor.id)
                    elif bare in self.bodies:
                        bodies[bare].add(actor.id)
        for word, bearers in bodies.items():
            if len(bearers) == 1:
                self.words[word] |= bearers

    def named(self, word: str) -> frozenset[str]:
        """The actors that the folded `word` names, by a word of their name or an adjective made from it."""
        if word not in self.known:
            self.known[word] = self._named(word)
        return self.known[word]

    def _named(self, word: str) -> frozenset[str]:
        bare = word.removesuffix("'s")
        found = set(self.words.get(bare, ()))
        for ending in ENDINGS:
            stem = bare.removesuffix(ending)
            if stem != bare and len(stem) >= LEAST:
                for form in (stem, stem + "a", stem + "e", stem + "y", stem + "ia"):
                    found |= self.words.get(form, set())
        return frozenset(found)

    def one(self, word: str) -> str | None:
        """The one actor that a folded word names: the one of exactly this name, else the only one with it in its name."""
        found = self.named(word)
        exact = [a for a in found if tokens(self.all[a].name) == [word.removesuffix("'s")]]
        chosen = exact or list(found)
        return chosen[0] if len(chosen) == 1 else None

    def sides(self, word: str) -> frozenset[str]:
        """The sides that a folded word names."""
        return frozenset(self.side_of.get(actor, actor) for actor in self.named(word))

    def places(self, words: list[str]) -> dict[int, frozenset[str]]:
        """Place of a word -> the actors it names."""
        return {i: found for i, word in enumerate(words) if (found := self.named(word))}
