"""words of a position -> the object it is about (docs/vocabulary.md, "Objects")"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from secondsource.rate.phrases import Phrases, label_words
from secondsource.rate.wording import tokens

# A phrase names a deed; a noun may only stand near it.
# What the claim says outweighs a noun, not a phrase.
PHRASE, NOUN, GIVEN = 3, 1, 2
# "The appeal to stop", "the demand that …" say themselves what they are about.
OWN_CONTENT = frozenset({"to", "for", "that", "not", "of"})
NEAR = 14  # words within which a weak object is named
SHORT = 10  # words
# What stands behind these is a clause about something else.
ASIDE = re.compile(r" (?:not even|without|if|unless|should|as part of|after|before|because|sent to|in an effort to) ")
# Words that name an object only where nothing else does.
# What is held about something else.
TOPICAL = frozenset({"elections", "talks"})
WEAK = frozenset({"agreement", "attacks", "talks", "territory"})


class Subjects:
    """The tables stands.toml and objects.toml, ready to be asked."""

    def __init__(self, stands: Mapping[str, Any], objects: Mapping[str, Any]) -> None:
        self.rows = {label: Phrases(held) for label, held in stands["object"].items()}
        self.nouns = label_words(objects)
        self.by_words = frozenset(stands["object_by_words"]["labels"].split())
        passing = frozenset(stands["object_by_words"]["passing"].split())
        self.nouns = {word: label for word, label in self.nouns.items() if word not in passing}
        self.anaphors = frozenset(stands["anaphor"]["words"].split())
        self.pronouns = frozenset(stands["anaphor"]["last"].split())

    def of(self, given: str | None, words: str, more: str) -> str | None:
        """The object: of a deed that the words name; else as the claim gives it; else of the words' nouns; else of `more`."""
        cut = ASIDE.search(words, 12)
        head, aside = (words[: cut.start()], words[cut.end() :]) if cut else (words, "")
        named = self._count(head)
        # "accepted the truce without waiting for the prisoners": what stands aside is not what it is about.
        if given and given in self.by_words and not named[given]:
            given = None
        if given and not (aside and named and not named[given]):
            named[given] += GIVEN
        return self._best(named) or (self._best(self._count(more)) if more else None)

    def main(self, text: str) -> str | None:
        """The main subject of a short paragraph: named more often than any other."""
        found = self._count(text).most_common(2)
        if not found or (len(found) > 1 and found[0][1] <= found[1][1]):
            return None
        return found[0][0]

    def answers(self, words: str, *, spoken: bool = False) -> bool:
        """Whether the words answer something that was said before: "rejected the demand". `spoken`: they are the speaker's own,
        and a pronoun may stand anywhere in them."""
        found = tokens(words)
        behind = [*found[1:], ""]
        if any(w in self.anaphors and after not in OWN_CONTENT for w, after in zip(found, behind, strict=True)):
            return True
        late = found[1:] if spoken else found[1:][-3:]
        return len(found) < SHORT and bool(self.pronouns & set(late))

    def _count(self, text: str) -> Counter[str]:
        words = tokens(text)
        found: Counter[str] = Counter()
        for label, row in self.rows.items():
            for _, size in row.places(words):
                found[label] += PHRASE if size > 1 else NOUN * 2
        for place, word in enumerate(words):
            label = self.nouns.get(word)
            if label and (label not in WEAK or place < NEAR):
                found[label] += NOUN
        return found

    def _best(self, found: Counter[str]) -> str | None:
        """The label with most weight, weak ones after all others; none where two are equal."""
        order = sorted(found, key=lambda label: (-found[label] + (label in WEAK) / 2, label))
        if not order:
            return None
        # A vote or talks on the status: what they are about says more than that they are held.
        return "status" if order[0] in TOPICAL and found["status"] >= PHRASE else order[0]
