"""noun in its sentence -> what kind of thing it can be: somebody, a body, a place, a thing, an event

By the table `kinds`: its nouns, the endings of nouns for people, the heads that only say how much ("dozens of rebels"). A name
can be anything, unless its own words are those of an event or of nature. What is of no known kind has no kind.
"""

from dataclasses import dataclass
from typing import Any

from secondsource.attribute.forms import plural
from secondsource.attribute.roles import resolve_relative
from secondsource.attribute.tree import NAME_TAGS, Tree

NAME, OPEN, NUMBER, UNKNOWN, ABSTRACT = "name", "open", "number", "unknown", "abstract"
SOMEBODY = frozenset({"person", "group", "body", NAME, OPEN, NUMBER})
# Kinds that a name has only where its own words say so: "Cyclone Dor", "the Treaty of Limar".
SAID_BY_NAMES = ("nature", "event", "document")
DEPTH = 4  # "scores of members of the group"
MONEY_SIGNS = frozenset({"$", "€", "£", "%", "#"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What a doer or a target may be; words of the kinds `emptied` only empty the slot, others give the claim up."""

    kinds: frozenset[str]
    emptied: frozenset[str] = frozenset()


def slot(words: str) -> Slot:
    """ "agent place -event": the kinds, and those that empty the slot ("-any": all others). "agent" is somebody, "living" no body."""
    held = {w for w in words.split() if not w.startswith("-")}
    if "agent" in held:
        held |= SOMEBODY
    held |= {"person", "group", NAME, NUMBER} if "living" in held else {OPEN, NAME}
    return Slot(frozenset(held), frozenset(w[1:] for w in words.split() if w.startswith("-")))


class Kinds:
    """The table `kinds`, by word form."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.nouns: dict[str, set[str]] = {}
        for kind, words in table["kinds"].items():
            for word in words.split():
                for form in (word, many(word)):
                    self.nouns.setdefault(form, set()).add(kind)
        self.people = tuple(table["endings"]["people"].split())
        self.person = tuple(table["endings"]["person"].split())
        self.abstract = tuple(table["endings"]["abstract"].split())
        self.others = frozenset(table["endings"]["others"].split())
        self.quantities = frozenset(table["quantities"]["words"].split())
        self.somebody = frozenset(table["pronouns"]["somebody"].split())
        self.open = frozenset(table["pronouns"]["open"].split())
        self.nobody = frozenset(table["pronouns"]["nobody"].split())

    def of(self, tree: Tree, i: int, depth: int = DEPTH) -> frozenset[str]:
        """The kinds of the noun phrase with the head `i`; of what it is a part of, where the head only counts."""
        i = resolve_relative(tree, i)
        low, tag = tree.lower(i), tree.tag(i)
        if low in self.quantities or tag == "CD":
            if any(tree.lower(c) in MONEY_SIGNS for c in tree.children(i)) or low in MONEY_SIGNS:
                return frozenset({"money"})
            inner = self._counted(tree, i)
            if inner is not None and depth:
                return self.of(tree, inner, depth - 1)
            return frozenset({NUMBER}) | frozenset(self.nouns.get(low, ()))
        if tag in NAME_TAGS:
            return self._of_name(tree, i)
        if low in self.nobody:
            return frozenset()
        if low in self.open:
            return frozenset({OPEN})
        if low in self.somebody:
            return frozenset({"person"})
        kinds = self.of_word(low, tag)
        named = kinds <= {UNKNOWN, ABSTRACT} and tree.tokens[i].text[:1].isupper()
        return frozenset({NAME}) if named else kinds

    def of_word(self, low: str, tag: str) -> frozenset[str]:
        """The kinds of a common noun in small letters with its Penn tag."""
        known = self.nouns.get(low)
        if known is None and "-" in low:
            known = self.nouns.get(low.rpartition("-")[2])  # "ex-soldiers"
        if known is not None:
            return frozenset(known)
        if tag == "NNS" and len(low) > 5 and low.endswith(self.people) and low not in self.others:
            return frozenset({"person"})
        if low.endswith(self.person) or tag.startswith(("JJ", "VB")):
            return frozenset({"person"})  # "the wounded"
        return frozenset({ABSTRACT if low.endswith(self.abstract) else UNKNOWN})

    def _of_name(self, tree: Tree, i: int) -> frozenset[str]:
        words = [tree.lower(i), *(tree.lower(c) for c in tree.children(i, "compound", "nmod"))]
        said = {k for w in words for k in self.nouns.get(w, ()) if k in SAID_BY_NAMES}
        agent = {k for w in words for k in self.nouns.get(w, ())} & {"person", "group", "body"}
        return frozenset(said) if said and not agent else frozenset({NAME})

    def _counted(self, tree: Tree, i: int) -> int | None:
        of = (p for c in tree.children(i, "prep") if tree.lower(c) == "of" for p in tree.children(c, "pobj"))
        return next(of, None)


def many(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("child"):
        return word + "ren"
    return plural(word)
