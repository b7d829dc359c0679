"""text -> words: folded, with a stem, a class of meaning where a table gives one, and a weight.

Case, quotation marks, accents and spaces tell no two wordings apart. A stem is what is left without an English ending: it need
not be a word, it need only be equal where two forms are of one word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
# Longest first; what is left must be a stem of three letters or more.
ENDINGS = (
    "ations", "ation", "ating", "ated", "ates", "ate", "ements", "ement", "nesses", "ments", "ness", "ment", "ions", "ings",
    "edly",
    "ion", "ing", "als", "ers", "ies", "al", "ed", "er", "es", "ly", "e", "s", "y",
)  # fmt: skip
SHORTEST_STEM = 3
NAME_WEIGHT = 2.0  # a name is in every sentence of a story: it tells little about which sentence this is
NUMBER_WEIGHT = 4.0
CONTENT = 1.0  # a word of less weight carries no content
PEOPLE = re.compile(r"(?:i?an|ian?|i?a|ese|ish|i)$")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
OPENING = re.compile('[.!?:“"\n]')  # after it a capital is no sign of a name
POSSESSIVE = re.compile(r"['’]s?$")


DAYS = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "tomorrow",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    }
)  # fmt: skip


class Word(NamedTuple):
    """A word with its offsets in the text it stands in. `folded`: to compare letters; `stem`, `meaning`: to compare sense.
    `name`: printed with a capital inside a sentence."""

    folded: str
    stem: str
    meaning: str
    weight: float
    start: int
    end: int
    name: bool


class Words(tuple[Word, ...]):
    """Words in order, with what comparing them asks for again and again, counted once."""

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """Those that carry content."""
        return tuple(word for word in self if word.weight >= CONTENT)

    @cached_property
    def plain(self) -> "Words":
        """Those of content that are no names: names are all over a story, and tell no two statements apart; days do."""
        return Words(word for word in self.content if not word.name or word.folded in DAYS)

    @cached_property
    def stems(self) -> dict[str, int]:
        """How often each stem of content stands."""
        return Counter(word.stem for word in self.content)

    @cached_property
    def meanings(self) -> dict[str, int]:
        """How often each class of meaning stands among the content."""
        return Counter(word.meaning for word in self.content if word.meaning)

    @cached_property
    def weight(self) -> float:
        """Of the content."""
        return sum(word.weight for word in self.content)

    @cached_property
    def folded(self) -> list[str]:
        return [word.folded for word in self]


class Vocabulary:
    """The tables that words are read with: how rare a word is, irregular forms, numbers, and words of one meaning.

    `rarity`: bands of words; `objects`, `acts`: words under a label, each a class of one meaning; `cues`: words of saying;
    `numbers`: number words.
    """

    def __init__(self, rarity: Mapping[str, Any], objects: Mapping[str, Any], acts: Mapping[str, Any], cues: Mapping[str, Any],
                 numbers: Mapping[str, Any]) -> None:  # fmt: skip
        self.rarest = float(rarity["rarest"])
        self.rarity = {word: int(band) / 2 for band, words in rarity["bands"].items() for word in words.split()}
        self.base: dict[str, str] = {
            form: lemma
            for held in (cues["irregular"], acts["irregular"])
            for lemma, forms in held.items()
            for form in forms.split()
        }
        self.values = _values(numbers)
        self.meanings = dict(_meanings(objects, acts, self))
        self.cues = frozenset(self.stem(word.split("_")[0]) for group in cues["verb"] for word in group["words"].split())
        self._known: dict[str, tuple[str, str, str, float]] = {}

    def words(self, text: str, start: int = 0, end: int | None = None) -> Words:
        """The words at `[start, end)` of `text`."""
        return Words(self._read(text, start, len(text) if end is None else end))

    def _read(self, text: str, start: int, end: int) -> Iterator[Word]:
        opening = True
        last = start
        for found in WORD.finditer(text, start, end):
            printed = found.group()
            between = text[last : found.start()]
            opening = opening or (between != " " and OPENING.search(between) is not None)
            folded, stem, meaning, weight = self._known.get(printed) or self.look(printed)
            name = len(folded) > 1 and printed[0].isupper() and (not opening or weight >= self.rarest)
            if name:
                weight = min(weight, NAME_WEIGHT)
            yield Word(folded, stem, meaning, weight, found.start(), found.end(), name)
            opening, last = False, found.end()

    def look(self, printed: str) -> tuple[str, str, str, float]:
        """A printed word folded, its stem, its class of meaning and its weight."""
        if printed not in self._known:
            folded = fold(printed)
            self._known[printed] = (folded, *self._sense(folded))
        return self._known[printed]

    def _sense(self, folded: str) -> tuple[str, str, float]:
        if folded[0].isdigit():
            held = (folded, "", NUMBER_WEIGHT)
        elif folded in self.values:
            held = (self.values[folded], "", NUMBER_WEIGHT)
        elif len(folded) == 1:
            held = (folded, "", 0.0)  # "a", "I", an initial
        else:
            stem = self.stem(folded) if folded in self.rarity or folded in self.base else people(self.stem(folded))
            held = (stem, self.meanings.get(stem, ""), self.rarity.get(folded, self.rarest))
        return held

    def stem(self, folded: str) -> str:
        """The word without its ending; an irregular form as its lemma's."""
        word: str = self.base.get(folded, folded)
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                word = word.removesuffix(ending)
                break
        # "planned" and "plan", "agreed" and "agree" meet.
        if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]
        return word.removesuffix("e") if len(word) > SHORTEST_STEM else word


def people(stem: str) -> str:
    """A name without the ending that makes a people or its adjective of a country: "Orsenian" and "Orsenia" are one."""
    short = PEOPLE.sub("", stem)
    return short if len(short) > SHORTEST_STEM else stem


def fold(printed: str) -> str:
    """A word without case, accents, possessive and commas of thousands; quotation marks of any kind are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", printed.casefold()) if not unicodedata.combining(c))
    plain = POSSESSIVE.sub("", plain.replace("’", "'"))
    return plain.replace(",", "") if plain[:1].isdigit() else plain or printed.casefold()


def _values(numbers: Mapping[str, Any]) -> dict[str, str]:
    """Number words -> digits: "seven" is "7"."""
    made = {word: str(n) for n, word in enumerate(numbers["units"].split())}
    made |= {word: str(20 + 10 * n) for n, word in enumerate(numbers["tens"].split())}
    del made["one"]  # more often a pronoun
    made |= {word: f"{n}." for n, word in enumerate(ORDINALS, 1)}
    return made


def _meanings(objects: Mapping[str, Any], acts: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Stem -> class; where several tables have a word the last holds, so that objects win over acts."""
    for group in acts["verb"]:
        for word in group["words"].split():
            if "_" not in word:
                yield vocabulary.stem(word), f"act {group['act']}"
    for label, words in objects["nouns"].items():
        for word in words.split():
            if "_" not in word:
                yield vocabulary.stem(fold(word)), f"object {label}"


def content(words: Sequence[Word]) -> tuple[Word, ...]:
    """Those that carry content."""
    return counted(words).content


def counted(words: Sequence[Word]) -> Words:
    """The words with their counts."""
    return words if isinstance(words, Words) else Words(words)
