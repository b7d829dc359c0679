"""sentences -> the names they print, and who is one of them under a shorter name

A name is a run of proper nouns. A person's surname, printed alone, stands for the full name that the article prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import ActorKind

JOINERS = frozenset({"of", "for", "de", "al", "bin", "van", "von", "der", "del", "la", "el", "&", "-", "–"})
DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


class Gazetteer:
    """The table of names, ready for look-ups by lower-cased words."""

    def __init__(self, table: dict[str, Any]) -> None:
        words = table["words"]
        self.titles = frozenset(words["titles"].split())
        self.offices = frozenset(words["offices"].split())
        self.persons = frozenset(words["persons"].split())
        self.bodies = frozenset(words["bodies"].split())
        self.plural_bodies = frozenset(words["plural_bodies"].split())
        self.male = frozenset(words["male"].split())
        self.female = frozenset(words["female"].split())
        self.given = {
            **dict.fromkeys(table["given"]["male"].split(), "m"),
            **dict.fromkeys(table["given"]["female"].split(), "f"),
        }
        self.metonyms = {k.lower().removeprefix("the "): v for k, v in table["metonyms"].items()}
        self.states: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.demonyms: dict[str, str] = {}
        self.state_names: dict[str, str] = {}
        for code, (names, capitals, demonyms) in table["states"].items():
            self.state_names[code] = names.split("|")[0]
            self.states |= {n.lower(): code for n in names.split("|")}
            self.capitals |= {n.lower(): code for n in capitals.split("|") if n}
            self.demonyms |= {n.lower(): code for n in demonyms.split("|") if n}


@dataclass
class Entity:
    """Somebody or something the article names: its fullest name and where that stands."""

    name: str
    words: tuple[str, ...]
    kind: ActorKind
    where: tuple[int, int, int]  # sentence, first word, last word
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    code: str | None = None


@dataclass
class Use:
    """One printed name: `words` are its bare words, `titles` what stands before them."""

    sentence: int
    first: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    entity: Entity | None = None


def uses_in(tree: Tree, number: int, table: Gazetteer) -> list[Use]:
    """The names in one sentence, titles split off."""
    out: list[Use] = []
    i = 0
    while i < len(tree):
        if not is_name(tree, i):
            i += 1
            continue
        j = i
        while True:
            k = j + 1
            if k < len(tree) and is_name(tree, k):
                j = k
            elif k + 1 < len(tree) and tree.lower(k) in JOINERS and is_name(tree, k + 1) and joined(tree, j, table):
                j = k + 1
            else:
                break
        out.append(use_of(tree, number, i, j, table))
        i = j + 1
    return out


def is_name(tree: Tree, k: int) -> bool:
    """A proper noun that is no day and no month."""
    return tree.tag(k) in NAME_TAGS and tree.tokens[k].text[:1].isalnum() and tree.lower(k) not in DAYS


def joined(tree: Tree, j: int, table: Gazetteer) -> bool:
    """Whether "of X" belongs to the name that ends at `j`: the name of a body, or a particle inside a person's name."""
    return tree.lower(j) in table.bodies or tree.lower(j + 1) not in {"of", "for", "&", "-", "–"}


def use_of(tree: Tree, number: int, first: int, last: int, table: Gazetteer) -> Use:
    words = [tree.tokens[k].text for k in range(first, last + 1)]
    k = 0
    while k < len(words) - 1 and (
        words[k].lower() in table.titles or words[k].lower() in table.demonyms or words[k].lower() in table.states
    ):
        if words[k + 1].lower() in table.bodies:
            break  # "Foreign Ministry", "Prime Minister's Office"
        k += 1
    name = tuple(w.strip(".,") for w in words[k:])
    lead = []
    m = first - 1
    while (
        m >= 0
        and m > first - 6
        and (tree.lower(m) in table.titles or tree.lower(m) in table.demonyms or tree.tag(m) in {"JJ", "NN"})
    ):
        lead.append(tree.lower(m))
        m -= 1
    titles = tuple(reversed(lead)) + tuple(w.lower() for w in words[:k])
    return Use(number, first + k, last, name, titles)


def kind_of(words: Sequence[str], table: Gazetteer) -> ActorKind:
    """What kind of actor a name is of, from its words alone."""
    low = " ".join(words).lower()
    if low in table.states:
        return "state"
    if low in table.capitals:
        return "place"
    if any(w.lower().rstrip("s'’") in table.bodies or w.lower() in table.bodies for w in words):
        return "organisation"
    if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 6:
        return "organisation"
    if len(words) > 1 and (words[0].lower() in table.given or len(words) <= 3):
        return "person"
    return "unknown"


def gender_of(use: Use, table: Gazetteer) -> str | None:
    """m or f where a title or a given name shows it."""
    for word in use.titles:
        if word in table.male:
            return "m"
        if word in table.female:
            return "f"
    return table.given.get(use.words[0].lower()) if len(use.words) > 1 else None


class Register:
    """The named actors of one article, built in one pass in the text's order."""

    def __init__(self, trees: Sequence[Tree], table: Gazetteer) -> None:
        self.table = table
        self.uses: list[list[Use]] = [uses_in(tree, n, table) for n, tree in enumerate(trees)]
        self.entities: list[Entity] = []
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self._trees = trees
        everything = [u for uses in self.uses for u in uses]
        for use in everything:
            if len(use.words) > 1:
                self._full(use)
        everything += [use for n, tree in enumerate(trees) for use in self._mistagged(tree, n)]
        for use in everything:
            if len(use.words) == 1:
                self._short(use)
            if use.entity is not None:
                self._learn(use)

    def _mistagged(self, tree: Tree, number: int) -> list[Use]:
        """Capitalised words that the tagger took for common nouns, where the article prints them as a surname."""
        out = []
        for t in tree.tokens:
            if t.tag in {"NNS", "NN", "JJ", "VBZ", "VBG"} and t.text[:1].isupper() and t.text.lower() in self.by_last:
                out.append(Use(number, t.i, t.i, (t.text,), ()))
        self.uses[number] = sorted([*self.uses[number], *out], key=lambda u: u.first)
        return out

    def _full(self, use: Use) -> None:
        key = tuple(w.lower() for w in use.words)
        entity = self.by_words.get(key)
        if entity is None:
            kind = kind_of(use.words, self.table)
            if kind == "person" and len(key) == 3:
                entity = self.by_words.get((key[0], key[2]))
            if entity is None:
                entity = Entity(" ".join(use.words), key, kind, (use.sentence, use.first, use.last))
                self.entities.append(entity)
                if kind in {"person", "unknown"}:
                    self.by_last.setdefault(key[-1], []).append(entity)
            self.by_words[key] = entity
        use.entity = entity

    def _short(self, use: Use) -> None:
        word = use.words[0].lower()
        entity = self.by_words.get((word,))
        full = self.by_last.get(word, [])
        if full and kind_of(use.words, self.table) == "unknown":
            gender = gender_of(use, self.table)
            before = [
                e for e in full if e.where < (use.sentence, use.first, 0) and (not gender or not e.gender or e.gender == gender)
            ]
            entity = before[-1] if before else full[0]
        if entity is None:
            entity = self._single(use, word)
        use.entity = entity

    def _single(self, use: Use, word: str) -> Entity:
        kind = kind_of(use.words, self.table)
        tree = self._trees[use.sentence]
        if kind == "unknown" and use.titles and tree.tag(use.last) == "NNP" and set(use.titles) & self.table.titles:
            kind = "person"
        given = [e for e in self.entities if e.kind == "person" and e.words[0] == word]
        if len(given) == 1 and word in self.table.given:
            return given[0]
        entity = Entity(use.words[0], (word,), kind, (use.sentence, use.first, use.last))
        entity.code = self.table.states.get(word) or self.table.capitals.get(word)
        self.entities.append(entity)
        self.by_words[(word,)] = entity
        if kind in {"person", "unknown"}:
            self.by_last.setdefault(word, [])
        return entity

    def _learn(self, use: Use) -> None:
        """Titles before a name and appositions beside it are roles of its bearer."""
        entity = use.entity
        assert entity is not None
        low = " ".join(use.words).lower()
        entity.code = entity.code or self.table.states.get(low) or self.table.capitals.get(low)
        entity.gender = entity.gender or gender_of(use, self.table)
        if use.titles and set(use.titles) & (self.table.titles | self.table.offices):
            entity.roles.append(" ".join(use.titles))
            if entity.kind == "unknown":
                entity.kind = "person"
        tree = self._trees[use.sentence]
        for child in tree.children(use.last, "appos"):
            entity.roles.append(words_of(tree, child))
        if tree.dep(use.last) == "appos" and (head := tree.head(use.last)) is not None and tree.tag(head) in {"NN", "NNP"}:
            entity.roles.append(" ".join(tree.lower(k) for k in tree.subtree(head) if k < use.first))


def words_of(tree: Tree, top: int) -> str:
    return " ".join(tree.lower(k) for k in tree.subtree(top)[:12])
