"""noun phrase or clause -> the object it is about (docs/vocabulary.md, "Objects")"""

from collections import deque
from collections.abc import Iterable
from typing import Any

from secondsource.attribute.acts import Acts, nouns, objects
from secondsource.attribute.tree import Tree

SKIP = frozenset({"punct", "det", "relcl", "advcl", "appos", "npadvmod"})
# How many words of a phrase are looked at: its head and what hangs nearest.
NEAR = 14


class Labels:
    """The table objects.toml, by word."""

    def __init__(self, table: dict[str, Any], acts: Acts) -> None:
        self.acts = acts
        self.words: dict[str, str] = {}
        for label, held in table["nouns"].items():
            for word in nouns(" ".join(w for w in held.split() if "_" not in w)):
                self.words.setdefault(word, label)
        self.halt = nouns(table["phrases"]["halt"])
        self.fighting = nouns(table["phrases"]["fighting"])
        self.stop = acts.forms(table["fighting_verbs"]["stop"])

    def of_phrase(self, tree: Tree, heads: Iterable[int]) -> str | None:
        """The object that the noun phrases at `heads` name: the nearest known word to a head."""
        queue = deque(heads)
        halts = any(tree.lower(h) in self.halt for h in queue)
        seen = 0
        found: str | None = None
        while queue and seen < NEAR:
            i = queue.popleft()
            seen += 1
            word = tree.lower(i)
            if halts and word in self.fighting:
                return "ceasefire"
            label = self.words.get(word)
            if label is None and tree.dep(i) in {"dobj", "pobj", "nsubj", "nsubjpass", "conj"} and word in self.acts.nouns:
                label = self.default(self.acts.nouns[word].act)
            if found is None and label is not None:
                found = label
                if not halts:
                    return found
            queue.extend(sorted((c for c in tree.children(i) if tree.dep(c) not in SKIP), key=lambda c: NEAREST.get(tree.dep(c), 2)))
        return found

    def of_clause(self, tree: Tree, verb: int) -> str | None:
        """The object that a deed is: withdrawing is withdrawal, stopping the fire a ceasefire; else what its words name."""
        group = self.acts.verb(tree, verb)
        things = objects(tree, verb)
        if tree.lower(verb) in self.stop:
            label = self._stopped(tree, verb, things)
            if label is not None:
                return label
        if group is not None:
            if group.label is not None:
                return None if group.label == "none" else group.label
            if group.act not in {"end", "yield", "mobilise", "violate", "sign", "accept", "agree", "start"}:
                label = self.default(group.act)
                if group.act == "aid":
                    return "arms" if "arms" in [self.of_phrase(tree, things)] else label
                if label is not None:
                    return label
        return self.of_phrase(tree, [*things, *behind(tree, verb)]) or self.of_inner(tree, verb)

    def of_inner(self, tree: Tree, verb: int) -> str | None:
        """Of the clause that hangs on the verb: "agreed to resume negotiations", "the men would be out"."""
        for c in tree.children(verb, "xcomp", "ccomp", "pcomp", "advcl"):
            label = self.of_clause(tree, c)
            if label is not None:
                return label
        for p in tree.children(verb, "prep"):
            for c in tree.children(p, "pcomp"):
                label = self.of_clause(tree, c)
                if label is not None:
                    return label
        return None

    def _stopped(self, tree: Tree, verb: int, things: list[int]) -> str | None:
        for c in tree.children(verb, "xcomp", "ccomp"):
            if tree.lower(c) in {"firing", "fighting", "shooting"} and not objects(tree, c):
                return "ceasefire"
            return self.of_clause(tree, c)
        words = {tree.lower(t) for t in things}
        if words & {"fire", "fighting", "hostilities", "shooting", "war", "firing", "bloodshed"}:
            return "ceasefire"
        return None

    def default(self, act: str) -> str | None:
        return self.acts.defaults[act].get("object")


NEAREST = {"compound": 0, "nmod": 0, "conj": 1, "amod": 1}


def behind(tree: Tree, verb: int) -> list[int]:
    """Heads of the noun phrases behind the verb's prepositions, in order."""
    return [p for c in tree.children(verb, "prep", "dative") for p in tree.children(c, "pobj")]
