"""noun phrase or clause -> the object it is about (docs/vocabulary.md, "Objects")"""

from collections import deque
from collections.abc import Iterable
from typing import Any

from secondsource.attribute.acts import Acts, nouns
from secondsource.attribute.roles import BESIDE, behind, objects, printed
from secondsource.attribute.tree import Tree

# What an accord is about says more than that it is one.
WEAK = frozenset({"agreement"})
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
        self.settle = acts.forms(table["fighting_verbs"]["settle"])
        self.blame: dict[str, str] = {f: lemma for lemma in table["blame"] for f in acts.forms(table["blame"][lemma])}
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
            word = printed(tree, i)
            if halts and word in self.fighting:
                return "ceasefire"
            label = self.words.get(word)
            if word == "peace" and tree.dep(i) == "compound":
                label = None
            if label is None and tree.dep(i) in {"dobj", "pobj", "nsubj", "nsubjpass", "conj"} and word in self.acts.nouns:
                label = self.default(self.acts.nouns[word].act)
                sorts = {tree.lower(c) for c in tree.children(i, "compound", "amod", "nmod")}
                label = None if label == "attacks" and sorts & self.acts.words["peaceful"] else label
            if label is not None and (found is None or (found in WEAK and tree.dep(i) in {"compound", "amod", "nmod", "pobj"})):
                found = label
                if not halts and found not in WEAK:
                    return found
            queue.extend(
                sorted(
                    (
                        c
                        for c in tree.children(i)
                        if tree.dep(c) not in SKIP and not (tree.dep(c) == "prep" and tree.lower(c) in BESIDE)
                    ),
                    key=lambda c: NEAREST.get(tree.dep(c), 2),
                )
            )
        return found

    def of_clause(self, tree: Tree, verb: int) -> str | None:
        """The object that a deed is: withdrawing is withdrawal, stopping the fire a ceasefire; else what its words name."""
        group = self.acts.verb(tree, verb)
        things = objects(tree, verb)
        if group is None and not things and (label := self.words.get(tree.lower(verb))) is not None:
            return label  # a noun that was parsed as a verb
        if tree.lower(verb) in self.settle:
            return "talks"
        if group is not None and group.act == "clash":
            return "attacks"
        if tree.lower(verb) in self.stop:
            label = self._stopped(tree, verb, things)
            if label is not None:
                return label
        if group is not None:
            if group.label is not None:
                return None if group.label == "none" else group.label
            if group.act in self.acts.words["plain"]:
                label = self.default(group.act)
                if group.act == "aid":
                    return "arms" if "arms" in [self.of_phrase(tree, things)] else label
                if label is not None:
                    return label
        return self.of_phrase(tree, [*things, *behind(tree, verb)]) or self.of_inner(tree, verb)

    def of_inner(self, tree: Tree, verb: int) -> str | None:
        """Of the clause that hangs on the verb: "agreed to resume negotiations", "the men would be out"."""
        for c in tree.children(verb, "xcomp", "ccomp", "pcomp"):
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


# Deeds that are their own object; of the others the object is what they are done to.
NEAREST = {"compound": 0, "nmod": 0, "conj": 1, "amod": 1}
