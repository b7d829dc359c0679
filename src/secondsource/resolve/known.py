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

BRACKET = re.compile(r"\(([A-Z][A-Za-z.]{1,9})\)")
LONGER = re.compile(r"[\w-]|[ -][A-Z][a-z]")  # "United Nations Mission", "Red Cross Society" are others
LONGEST = 120  # characters of a name
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
        self.long: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted((s for s in spelt if " " in s), key=len, reverse=True):
            self.long[name.split()[0]].append(name)

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
        own: dict[Words, bool] = {}
        starts: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            words = fold(mention.quote.exact)
            if mention.via != "pronoun" and words in self.of and not self._own(words, text, own):
                yield mention.id, self.of[words], mention.quote.exact
            elif mention.via != "pronoun":
                starts[mention.quote.start].append(mention)
        for start in sorted(starts):
            at = start + len("the ") * (text[start : start + 4].casefold() == "the ")
            first = text[at : at + LONGEST].split(" ", 1)[0]
            whole = next((name for name in self.long.get(first, ()) if text.startswith(name, at)), "")
            if whole and not LONGER.match(text, at + len(whole)):
                inside = [m for place in range(start, at + len(whole)) for m in starts.get(place, ())]
                for mention in inside:
                    if mention.quote.end <= at + len(whole):
                        yield mention.id, self.of[fold(whole)], whole

    def _own(self, initials: Words, text: str, seen: dict[Words, bool]) -> bool:
        """Whether an article explains the initials as somebody else's: "the Awami Union (AU)"."""
        if initials not in seen:
            found = [m.start() for m in BRACKET.finditer(text) if fold(m[1]) == initials] if len(initials) == 1 else []
            seen[initials] = any(not self._explains(text[max(0, at - LONGEST) : at], initials) for at in found)
        return seen[initials]

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
