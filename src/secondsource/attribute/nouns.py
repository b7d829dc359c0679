"""words after a number -> the noun phrase they make, and the table of what can be counted"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from secondsource.attribute.numbers import Number, Numbers, entries
from secondsource.attribute.tree import Tree
from secondsource.attribute.words import Word
from secondsource.model import Token

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIERS = NOUNS | {"JJ", "JJS", "VBN", "VBG", "VBD", "HYPH", "POS", "CD", "FW"}
PARTICIPLES = frozenset({"VBN", "VBG", "VBD", "JJ", "JJS"})
COMPOUNDS = ("men", "women", "girls", "boys", "children", "people", "folk")
# Participles that begin another phrase: "56 dead including 11 children".
ADDING = frozenset({"including", "involving", "following", "excluding"})
SUFFIXES = ("ers", "ors", "ists", "ees", "ians", "er", "or", "ist", "ian")


class Noun(NamedTuple):
    """The words `first` up to `stop` of a counted noun phrase, its head, and a possessor before it ("its")."""

    first: int
    head: int
    stop: int
    possessor: int | None = None


class Classes:
    """The table `numbers` as far as it says what happens to people and things."""

    def __init__(self, numbers: Numbers) -> None:
        table = numbers.table
        self.names = tuple(table["class"])
        self.does = self._words(table["class"], "does")
        self.suffers = self._words(table["class"], "suffers")
        self.state = self._words(table["class"], "state")
        self.nouns = self._words(table["class"], "nouns")
        self.of = self._words(table["class"], "of")
        grammar = table["grammar"]
        self.auxiliaries, self.joins = frozenset(grammar["auxiliaries"].split()), frozenset(grammar["joins"].split())
        self.passives, self.actives = frozenset(grammar["passives"].split()), frozenset(grammar["actives"].split())
        self.adverbs = frozenset(grammar["adverbs"].split())
        self.degrees = frozenset(grammar["degrees"].split())
        nouns, not_counted = table["nouns"], table["not_counted"]
        self.nobody = frozenset(nouns["nobody"].split())
        self.persons = plurals(nouns["persons"])
        self.things = plurals(nouns["things"])
        self.taken = plurals(nouns["taken"])
        self.owners = frozenset(nouns["owners"].split())
        self.impersonal = plurals(nouns["impersonal"])
        self.measures = plurals(not_counted["measures"]) | plurals(not_counted["money"])
        self.measuring = frozenset(not_counted["measuring"].split())
        self.labels = frozenset(not_counted["labels"].split())
        self.pointing = frozenset(not_counted["pointing"].split())
        self.takers = frozenset(table["homes"]["takers"].split())
        self.homes = {key: entries(words) for key, words in table["homes"].items() if key != "takers"}

    def _words(self, classes: dict[str, dict[str, str]], key: str) -> dict[tuple[str, ...], str]:
        return {entry: name for name, table in classes.items() for entry in entries(table[key])}

    def is_person(self, noun: str) -> bool:
        if noun in self.persons or noun in self.nobody:
            return True
        if noun.endswith(COMPOUNDS):
            return True
        return len(noun) > 4 and noun.endswith(SUFFIXES) and noun not in self.impersonal and noun not in self.measures

    def is_countable(self, noun: str) -> bool:
        return noun in self.things or self.is_person(noun)


def plurals(words: str) -> frozenset[str]:
    """The words with their regular plurals."""
    out = set()
    for word in words.split():
        out |= {word, word + "s", word + "es"}
        if word.endswith("y"):
            out.add(word[:-1] + "ies")
    return frozenset(out)


class NounPhrases:
    """One parsed sentence. `words` are its words as numbers need them, `times` the spans of its times."""

    def __init__(self, tree: Tree, words: Sequence[Word], classes: Classes, times: Sequence[tuple[int, int]]) -> None:
        self.tree, self.words, self.classes = tree, words, classes
        self.tokens: tuple[Token, ...] = tree.tokens
        self.times = times

    @cached_property
    def lows(self) -> list[str]:
        return [t.text.lower().replace("’", "'") for t in self.tokens]

    def low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""

    def first_after(self, place: int) -> int:
        """The first token that begins at or after `place` in the article."""
        return bisect_left(self.tokens, place, key=lambda t: t.start)

    def in_time(self, i: int) -> bool:
        place = self.tokens[i].start
        n = bisect_right(self.times, place, key=lambda span: span[0])
        return n > 0 and place < self.times[n - 1][1]

    def find(self, i: int, table: dict[tuple[str, ...], str]) -> tuple[str, int] | None:
        """(class, place after it) of the entry of `table` that stands at token `i`."""
        for size in (3, 2, 1):
            name = table.get(tuple(self.lows[i : i + size])) if i >= 0 else None
            if name is not None:
                return name, i + size
        return None

    def noun(self, number: Number) -> Noun | None:
        """The noun phrase that follows the number, perhaps after "of"."""
        j = self.first_after(self.words[number.stop - 1].end)
        possessor = None
        if self.low(j) == "of":
            if number.high == 1 or not (number.vague or self.tag(j + 1) in ("PRP$", "DT")):
                return None
            j += 1
            while self.tag(j) in ("DT", "PRP$", "PDT") or self.low(j) in ("other", "more"):
                possessor = j if self.tag(j) == "PRP$" else possessor
                j += 1
        while self.low(j) in self.classes.degrees and self.tag(j) in ("JJ", "JJR", "RB"):
            j += 1
        return self.chunk(j, possessor)

    def chunk(self, j: int, possessor: int | None) -> Noun | None:
        """The run of modifiers and nouns at `j`; a participle counts as one only before a noun."""
        head, k = None, j
        while k < len(self.tokens) and (self.in_phrase(k) or self.joins_names(k)):
            if (head is not None and self.ends_phrase(k) and not self.joins_names(k)) or self.low(k) in ADDING:
                break
            if self.tag(k) in NOUNS or self.low(k) in self.classes.nobody:
                if self.is_state(k):
                    break
                head = k
            k += 1
        return Noun(j, head, head + 1, possessor) if head is not None and head >= j else None

    def joins_names(self, k: int) -> bool:
        """ "21 French and German hostages": two names before one noun."""
        named = all(self.tokens[j].text[:1].isupper() for j in (k - 1, k + 1) if 0 <= j < len(self.tokens))
        return self.low(k) == "and" and named and 0 < k < len(self.tokens) - 2 and self.tag(k + 2) in ("NNS", "NN")

    def ends_phrase(self, k: int) -> bool:
        """A participle, an adjective, a number or a name after the noun."""
        if self.tag(k) == "CD" and not any(c.isalpha() for c in self.low(k)):
            return self.tag(k - 1) not in ("NNP", "HYPH")
        return not self.hyphened(k) and (self.tag(k) in PARTICIPLES or self.breaks(k))

    def is_state(self, k: int) -> bool:
        """A word like "dead" or "missing", tagged as a noun, that ends the phrase: "three men dead"."""
        if self.tag(k) in ("NNS", "NNPS") or not self.find(k, self.classes.state):
            return False
        return k + 1 < len(self.tokens) and self.tag(k + 1) not in NOUNS

    def in_phrase(self, k: int) -> bool:
        modifier = self.tag(k) in MODIFIERS or self.low(k) in self.classes.nobody or self.hyphened(k)
        helper = self.tag(k) == "VBD" and self.low(k) in self.classes.auxiliaries
        return (modifier or self.tag(k) in ("``", "''")) and not helper and not self.in_time(k)

    def hyphened(self, k: int) -> bool:
        """A part of "machinegun-equipped", "off-road"."""
        return (self.tag(k - 1) == "HYPH" and k > 0) or self.tag(k + 1) == "HYPH"

    def printed(self, noun: Noun) -> str:
        """The head as printed, with all of a word in hyphens ("fact-checkers")."""
        first = noun.head
        while first > noun.first and "HYPH" in (self.tag(first), self.tag(first - 1)):
            first -= 1
        return self.span(first, noun.head)

    def breaks(self, k: int) -> bool:
        """A plural is followed by no name: "53 people Interior Minister X said"."""
        return self.tag(k - 1) == "NNS" and self.tag(k) in ("NNP", "NNPS")

    def span(self, first: int, last: int) -> str:
        start, end = self.tokens[first].start, self.tokens[last].end
        base = self.tree.sentence.start
        return self.text[start - base : end - base]

    @cached_property
    def text(self) -> str:
        """The sentence's words with its spaces."""
        base, parts, end = self.tree.sentence.start, [], 0
        for t in self.tokens:
            parts += [" " * (t.start - base - end), t.text]
            end = t.end - base
        return "".join(parts)
