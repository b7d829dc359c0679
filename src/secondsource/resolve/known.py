"""readings, the table of bodies -> mentions that name a body which the whole world knows, each under one name.

"UN", "U.N." and "United Nations" are one. Initials that a report itself explains otherwise are the report's own. A short name
("the Red Cross") means the known body only where the case prints that one and no other that ends in the same words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secondsource.model import Mention, Reading
from secondsource.resolve.naming import fold

EXPLAINED = re.compile(r"((?:[A-Z][\w’'-]+,? (?:(?:of|for|and|the|to|in) )*){1,7})\(([A-Z][A-Za-z.]{1,9})\)")
LONGER = r"(?![\w’'-]|[ -][A-Z][a-z])"  # "United Nations Mission", "Red Cross Society" are others
Words = tuple[str, ...]


class Known:
    """What the table `bodies` says of names. Without a table nothing is known."""

    def __init__(self, table: Mapping[str, Any] | None = None) -> None:
        held = (table or {}).get("known", {})
        self.of: dict[Words, Words] = {}
        spelt: list[str] = []
        for name, others in held.items():
            for other in (name, *filter(None, others.split("|"))):
                self.of[fold(other)] = fold(name)
                spelt.append(other)
        self.short = {fold(a): fold(b) for a, b in (table or {}).get("short", {}).items()}
        self.shorts = tuple((table or {}).get("short", {}))
        longest = sorted((s for s in spelt if " " in s), key=len, reverse=True)
        self.printed = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))}){LONGER}") if longest else None

    def names(self, readings: Sequence[Reading]) -> tuple[dict[str, Words], dict[str, str]]:
        """Mention (id) -> the folded name of the body that it names; mention -> that name as its article prints it."""
        made: dict[str, Words] = {}
        spelt: dict[str, str] = {}
        for reading in readings:
            for name, words, printed in self._of(reading):
                made[name] = words
                spelt[name] = printed
        for reading in readings if self.short else ():
            for mention in reading.mentions:
                words = fold(mention.quote.exact)
                if mention.id not in made and self.short.get(words) in made.values() and self._alone(words, readings):
                    made[mention.id] = self.short[words]
        return made, spelt

    def _of(self, reading: Reading) -> Iterable[tuple[str, Words, str]]:
        text = reading.article.text
        own = {fold(m[2]) for m in EXPLAINED.finditer(text) if fold(m[2]) in self.of and not self._explains(m[1], fold(m[2]))}
        spans = [(m.start(), m.end()) for m in self.printed.finditer(text)] if self.printed else []
        starts: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            words = fold(mention.quote.exact)
            if mention.via != "pronoun" and words in self.of and words not in own:
                yield mention.id, self.of[words], mention.quote.exact
            elif mention.via != "pronoun":
                starts[mention.quote.start].append(mention)
        for start, end in spans:
            inside = [m for at in range(max(0, start - 4), end) for m in starts.get(at, ())]
            for mention in inside:
                if mention.quote.end <= end:
                    yield mention.id, self.of[fold(text[start:end])], text[start:end]

    def _explains(self, before: str, initials: Words) -> bool:
        words = fold(before)
        return any(
            words[-size:] in self.of and self.of[words[-size:]] == self.of[initials] for size in range(1, len(words) + 1)
        )

    def _alone(self, words: Words, readings: Sequence[Reading]) -> bool:
        """Whether no article prints another body whose name ends in these words: "Kestrian Red Cross"."""
        short = next(s for s in self.shorts if fold(s) == words)
        other = re.compile(rf"\b(?!The |Of |An? )([A-Z][\w’'.-]+) {re.escape(short)}\b")
        full = {self.short[words][-len(words) - 1], *(w[0] for w, name in self.of.items() if name == self.short[words])}
        return not any(fold(m[1])[-1:] and fold(m[1])[-1] not in full for r in readings for m in other.finditer(r.article.text))
