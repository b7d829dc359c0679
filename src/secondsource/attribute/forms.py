"""cue table -> what a printed word form can be

The parser gives no lemmas; the lexicon lists lemmas, and this module spells out their forms once per table.
"""

from dataclasses import dataclass, field
from typing import Any

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """One lemma, perhaps with its particle, and the kind of cue it is for each complement it takes."""

    lemma: str
    particle: str | None
    takes: dict[str, str] = field(default_factory=dict)


_READ: dict[int, "Lexicon"] = {}


class Lexicon:
    """The cue table, by word form."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.irregular = {k: tuple(v.split()) for k, v in table["irregular"].items()}
        self.doubling = frozenset(table["doubling"].split())
        self.verbs: dict[str, list[Entry]] = {}
        self.nouns: dict[str, str] = {}
        self.adjectives: dict[str, str] = {}
        self._read_verbs()
        for group in table["noun"]:
            for word in group["words"].split():
                self.nouns.setdefault(word, group["kind"])
                self.nouns.setdefault(plural(word), group["kind"])
        for group in table["adjective"]:
            for word in group["words"].split():
                self.adjectives[word] = group["kind"]
        self.carriers = {form for word in table["carriers"]["words"].split() for form in self.inflect(word)}
        self.hedges = frozenset(table["hedges"]["words"].split())
        self.said_nouns = with_plurals(table["distance"]["said"])
        self.occasions = with_plurals(" ".join(w.rpartition("_")[2] for w in table["venues"]["occasions"].split()))
        self.visits = with_plurals(table["venues"]["on"])
        self.outlets = frozenset(table["channels"]["outlets"].split())
        self.platforms = frozenset(table["channels"]["platforms"].split())
        self.actors = with_plurals(table["actors"]["words"])
        self.things = frozenset(table["actors"]["things"].split())
        self.views = frozenset(table["prepositions"]["nouns"].split())
        self.held = self.lemma_forms(table["nested"]["held"])
        self.inward = self.lemma_forms(table["nested"]["inward"])
        self.deeds = {k: with_plurals(v) for k, v in table["deeds"].items()}
        self.blows = frozenset(table["deeds"]["blow"].split())
        silence = table["silence"]
        # Verbs of refusing with what must follow; verbs that are silence when negated; the vague ones; those of "would not".
        self.unsaid = (
            {form: frozenset(silence[verb].split()) for verb in ("decline", "refuse") for form in self.inflect(verb)},
            self.lemma_forms(silence["negated"]),
            self.lemma_forms(silence["vague"]),
            frozenset(silence["would"].split()),
        )

    @classmethod
    def of(cls, table: dict[str, Any]) -> "Lexicon":
        """The lexicon of `table`; read once for each table."""
        key = id(table)
        if key not in _READ or _READ[key].table is not table:
            _READ[key] = cls(table)
        return _READ[key]

    def _read_verbs(self) -> None:
        entries: dict[str, Entry] = {}
        for group in self.table["verb"]:
            for word in group["words"].split():
                lemma, _, particle = word.partition("_")
                entry = entries.setdefault(word, Entry(lemma, particle.replace("_", " ") or None))
                for frame in group["takes"].split():
                    entry.takes.setdefault(frame, group["kind"])
        for entry in entries.values():
            for form in self.inflect(entry.lemma):
                self.verbs.setdefault(form, []).append(entry)
        for known in self.verbs.values():
            known.sort(key=lambda e: e.particle is None)  # the longer reading first

    def inflect(self, lemma: str) -> tuple[str, ...]:
        """All forms of a verb: itself, -s, past, participle, -ing."""
        return (lemma, third(lemma), *self.pasts(lemma), self.gerund(lemma))

    def pasts(self, lemma: str) -> tuple[str, ...]:
        if lemma in self.irregular:
            return self.irregular[lemma]
        if lemma.endswith("e"):
            return (lemma + "d",)
        if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
            return (lemma[:-1] + "ied",)
        return (self._doubled(lemma) + "ed",)

    def gerund(self, lemma: str) -> str:
        if lemma.endswith("ie"):
            return lemma[:-2] + "ying"
        if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and len(lemma) > 2:
            return lemma[:-1] + "ing"
        return self._doubled(lemma) + "ing"

    def _doubled(self, lemma: str) -> str:
        return lemma + lemma[-1] if lemma in self.doubling else lemma

    def lemma_forms(self, words: str) -> frozenset[str]:
        """Every form of every lemma in `words`."""
        return frozenset(form for word in words.split() for form in self.inflect(word))


def third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return "has" if lemma == "have" else lemma + "s"


def plural(noun: str) -> str:
    return third(noun)


def with_plurals(words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in (word, plural(word)))
