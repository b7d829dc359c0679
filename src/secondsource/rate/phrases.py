"""a row of a word table -> where its phrases stand in a list of folded words"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# "*" in a phrase stands for up to this many words.
GAP = 4


class Phrases:
    """Phrases of a table's row: entries parted by spaces, words of one entry joined by "_"."""

    def __init__(self, held: str) -> None:
        self.by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for entry in held.split():
            phrase = tuple(entry.split("_"))
            self.by_first[phrase[0]].append(phrase)
        for found in self.by_first.values():
            found.sort(key=len, reverse=True)

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where a phrase begins and how many words it takes; the longest at each place."""
        for i, word in enumerate(words):
            for phrase in self.by_first.get(word, ()):
                size = _fits(words, i, phrase)
                if size:
                    yield i, size
                    break


def _fits(words: Sequence[str], start: int, phrase: tuple[str, ...]) -> int:
    """How many words from `start` the phrase takes; 0 where it does not stand there."""
    at, gap = start, 0
    for part in phrase:
        if part == "*":
            gap = GAP
            continue
        while at < len(words) and words[at] != part and gap:
            at, gap = at + 1, gap - 1
        if at >= len(words) or words[at] != part:
            return 0
        at, gap = at + 1, 0
    return at - start


def label_words(objects: Mapping[str, Any]) -> dict[str, str]:
    """Noun, singular or plural -> the object it names, from the table objects.toml."""
    made: dict[str, str] = {}
    for label, held in objects["nouns"].items():
        for word in held.split():
            for form in (word, f"{word}s", f"{word}es", f"{word[:-1]}ies" if word.endswith("y") else word):
                made.setdefault(form, label)
    return made
