"""sentences -> the names they print, and who is one of them under a shorter name

A name is a run of proper nouns. A person's surname, printed alone, stands for the full name that the article prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import ActorKind

JOINERS = frozenset({"of", "for", "&"})
PARTICLES = frozenset({"de", "al", "bin", "ibn", "van", "von", "der", "del", "la", "los", "las", "el", "ould", "ag", "da"})
PREFIXES = frozenset({"al", "el", "ul", "an", "as", "ar", "ez"})  # before a hyphen: al-Shami
COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "thousands"})
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
        self.things = frozenset(words["things"].split())
        self.owners = frozenset(words["owners"].split())
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
            k = goes_on(tree, j, table)
            if k is None:
                break
            j = k
        out.append(use_of(tree, number, i, j, table))
        i = j + 1
    return out


def is_name(tree: Tree, k: int) -> bool:
    """A proper noun with a capital that is no day, no month and no number; or the "al" of al-Shami."""
    if tree.tag(k) not in NAME_TAGS and tree.lower(k) not in PREFIXES:
        return False
    first = tree.tokens[k].text[:1]
    if k + 2 < len(tree) and tree.lower(k) in PREFIXES and glued(tree, k + 1) and tree.tokens[k + 1].text == "-":
        return glued(tree, k + 2) and tree.tokens[k + 2].text[:1].isupper()
    if not (first.isalnum() and not first.islower()) or tree.lower(k) in DAYS or tree.lower(k) in COUNTS:
        return False
    return tree.tag(k) in NAME_TAGS


def glued(tree: Tree, k: int) -> bool:
    """Whether no space stands before word `k`."""
    return k > 0 and tree.tokens[k - 1].end == tree.tokens[k].start


def goes_on(tree: Tree, j: int, table: Gazetteer) -> int | None:
    """The last word of the next part of a name that has come as far as `j`: "of X" of a body, "de la X", "-X", a name."""
    k = j + 1
    if k >= len(tree):
        return None
    if tree.tokens[k].text in {"-", "–", "‑"} and glued(tree, k):
        hyphened = k + 1 < len(tree) and glued(tree, k + 1) and tree.tokens[k + 1].text[:1].isupper()
        return k + 1 if hyphened else None
    if is_name(tree, k):
        return k
    if tree.tokens[k].text in POSSESSIVE and glued(tree, k) and k + 1 < len(tree) and is_name(tree, k + 1):
        last = k + 1
        while last + 1 < len(tree) and is_name(tree, last + 1):
            last += 1
        owned = tree.lower(j) in table.owners or tree.tokens[k].text in {"'", "’"}
        return k + 1 if owned and tree.lower(last) in table.bodies else None  # the Staffs' Association, the People's Army
    if tree.lower(k) in JOINERS and tree.lower(j).rstrip("s") in table.bodies:
        k += 1 + (k + 1 < len(tree) and tree.lower(k + 1) == "the")  # Committee of the Red Cross
        return k if k < len(tree) and is_name(tree, k) else None
    if tree.lower(k) == "and":
        return joined_part(tree, j, table)
    while k < len(tree) and k < j + 3 and tree.lower(k) in PARTICLES:
        k += 1
    return k if j + 1 < k < len(tree) and is_name(tree, k) else None


def joined_part(tree: Tree, j: int, table: Gazetteer) -> int | None:
    """The next name behind "and" where one name goes on: Federation of Red Cross and Red Crescent Societies, Association of
    Mineworkers and Construction Union. Its first part names a body and says of what; its second ends in a word for one."""
    k = j
    while k > 0 and is_name(tree, k):
        k -= 1
    if (
        k < 1
        or tree.lower(k) not in JOINERS | {"the"}
        or tree.lower(k - 1 - (tree.lower(k) == "the")).rstrip("s") not in table.bodies
    ):
        return None
    last = j + 2
    if last >= len(tree) or not is_name(tree, last):
        return None
    while last + 1 < len(tree) and is_name(tree, last + 1):
        last += 1
    low = tree.lower(last)
    ends = low in table.bodies or low.rstrip("s") in table.bodies or low.removesuffix("ies") + "y" in table.bodies
    return last if ends and tree.dep(last) != "nsubj" else None


def printed(tree: Tree, first: int, last: int) -> list[str]:
    """The words from `first` to `last` as printed: what no space parts is one word, but a possessive stands apart."""
    out: list[str] = []
    for k in range(first, last + 1):
        text = tree.tokens[k].text
        if out and k > first and glued(tree, k) and text not in POSSESSIVE and text[:1] not in {",", "(", ")"}:
            out[-1] += text
        else:
            out.append(text)
    return out


def phrase_of(tree: Tree, first: int, last: int) -> str:
    """The words from `first` to `last` with a space only where one is printed."""
    parts = [(" " if k > first and not glued(tree, k) else "") + tree.tokens[k].text for k in range(first, last + 1)]
    return "".join(parts).strip()


def use_of(tree: Tree, number: int, first: int, last: int, table: Gazetteer) -> Use:
    words = [tree.tokens[k].text for k in range(first, last + 1)]
    k = 0
    while (
        k < len(words) - 1
        and not glued(tree, first + k + 1)
        and (words[k].lower() in table.titles or words[k].lower() in table.demonyms or words[k].lower() in table.states)
    ):
        if words[k + 1].lower() in table.bodies:
            break  # "Foreign Ministry", "Prime Minister's Office"
        k += 1
    if k and k == len(words) - 1 and words[k - 1].lower() not in table.titles:
        k -= 1  # "Greek Cypriots", "Cyprus Mail": one name
    if k == len(words) - 1 and first + k and tree.tag(first + k - 1) == "JJ":
        low, before = words[k].lower(), tree.tokens[first + k - 1].text
        people = low in table.bodies or low.rstrip("s") in table.demonyms
        if before[:1].isupper() and before.lower() in table.demonyms and people:
            words, first = [before, *words], first - 1  # the Nepalese Government, Greek Cypriots
    k = behind_titles(tree, words, first, k, table)
    name = tuple(w.strip(".,") for w in printed(tree, first + k, last) if w not in POSSESSIVE)
    lead = []
    m = first - 1
    while (
        m >= 0
        and m > first - 6
        and (tree.lower(m) in table.titles or tree.lower(m) in table.demonyms or tree.tag(m) in {"JJ", "NN"})
    ):
        lead.append(tree.tokens[m].text)
        m -= 1
    titles = tuple(reversed(lead)) + tuple(words[:k])
    return Use(number, first + k, last, name, titles)


def behind_place(tree: Tree, low: Sequence[str], first: int, table: Gazetteer) -> int:
    """Where the person's name begins behind the name of what somebody heads: "spokesman for Kestmark Sergei Dorn",
    "Superintendent of Public Instruction Ana Dorn", "the Lisk Resident Commissioner Ana Dorn"; 0 where nothing shows it."""
    of = tree.lower(first - 1) if first else ""
    if len(low) > 2 and low[1] in table.given and first > 1 and of in {"for", "in", "of"}:
        return int(tree.lower(first - 2) in table.offices)
    if len(low) > 3 and low[-2] in table.given and low[0] not in table.given:
        return len(low) - 2 if of in {"of", "for"} or any(w in table.offices for w in low[:-2]) else 0
    return 0


def behind_titles(tree: Tree, words: Sequence[str], first: int, k: int, table: Gazetteer) -> int:
    """Where the person's own name begins in "UN Secretary General Antonio Guterres", "(Secretary of) State Richard Boucher"."""
    low = [w.lower() for w in words]
    if k == 0 and (behind := behind_place(tree, low, first, table)):
        return behind
    if words[0].lower() in table.given or any(w in table.bodies for w in low[k + 1 :]):
        return k
    places = range(k, len(words) - 1)
    offices = [n for n in places if low[n] in table.offices and not glued(tree, first + n + 1)]
    if offices and len(words) - offices[-1] > 2 and "'s" not in low and "’s" not in low:
        return offices[-1] + 1
    of_state = low[0] == "state" and first > 1 and tree.lower(first - 1) == "of" and tree.lower(first - 2) == "secretary"
    return 1 if of_state and k == 0 and len(words) > 1 else k


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
    if words[-1].lower() in table.things or (words[-1].lower() in table.demonyms and words[0].lower() not in table.given):
        return "unknown"  # "Anglo American" is no person
    if len(words) > 1 and (words[0].lower() in table.given or sum(w.lower() not in PARTICLES for w in words) <= 3):
        return "person"
    return "unknown"


def gender_of(use: Use, table: Gazetteer) -> str | None:
    """m or f where a title or a given name shows it."""
    for word in (w.lower() for w in use.titles):
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
        self._same_surnames(everything)
        everything += [use for n, tree in enumerate(trees) for use in self._mistagged(tree, n)]
        for use in everything:
            if len(use.words) == 1:
                self._short(use)
            if use.entity is not None:
                self._spelled(use)
                self._learn(use)

    def _same_surnames(self, uses: Sequence[Use]) -> None:
        """A surname of several words ("de la Calle", "Ag Rhissa") stands for the one full name that ends in it."""
        longer: dict[tuple[str, ...], list[Entity]] = {}
        for entity in self.entities:
            if entity.kind == "person":
                for n in range(1, len(entity.words) - 1):
                    longer.setdefault(entity.words[n:], []).append(entity)
        gone: set[int] = set()
        for use in uses:
            mine = use.entity
            full = longer.get(mine.words, []) if mine is not None else []
            if mine is not None and len(full) == 1 and full[0] is not mine:
                use.entity = self.by_words[mine.words] = full[0]
                gone.add(id(mine))
        if gone:
            self.entities = [e for e in self.entities if id(e) not in gone]
            self.by_last = {word: [e for e in held if id(e) not in gone] for word, held in self.by_last.items()}

    def _spelled(self, use: Use) -> None:
        """A name that a headline or a dateline prints in capitals takes the spelling of the running text."""
        entity = use.entity
        assert entity is not None
        text = " ".join(use.words)
        if entity.name.isupper() and not text.isupper() and tuple(w.lower() for w in use.words) == entity.words:
            entity.name, entity.where = text, (use.sentence, use.first, use.last)
            if entity.kind == "organisation":
                entity.kind = kind_of(use.words, self.table)

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
        if key[-1] in self.table.offices and key[0] not in self.table.given:
            return  # "Home Minister", "the UN Commander": an office, not a name
        entity = self.by_words.get(key)
        if entity is None:
            kind = kind_of(use.words, self.table)
            tree = self._trees[use.sentence]
            if kind == "person" and tree.tag(use.last) == "NNPS" and tree.child(use.last, "det") is not None:
                kind = "group"  # the Tamil Tigers
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
        if word in self.table.titles or word in self.table.offices or word in self.table.persons:
            return  # "President", "Minister" alone: an office, not a name
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
        if kind == "unknown" and tree.tag(use.last) == "NNP" and self._titled(use, self.table.titles):
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
        if self._titled(use, self.table.titles | self.table.offices):
            tree = self._trees[use.sentence]
            entity.roles.append(phrase_of(tree, use.first - len(use.titles), use.first - 1))
            if entity.kind == "unknown":
                entity.kind = "person"
        tree = self._trees[use.sentence]
        for child in tree.children(use.last, "appos"):
            entity.roles.append(words_of(tree, child))
        if tree.dep(use.last) == "appos" and (head := tree.head(use.last)) is not None and tree.tag(head) in {"NN", "NNP"}:
            before = [k for k in tree.subtree(head) if k < use.first and tree.tag(k) not in {",", ":"}]
            if before:
                entity.roles.append(phrase_of(tree, before[0], before[-1]))

    def _titled(self, use: Use, words: frozenset[str]) -> bool:
        return any(t.lower() in words for t in use.titles)


def words_of(tree: Tree, top: int) -> str:
    """The phrase at `top`, at most twelve words of it, without marks at its ends."""
    words = tree.subtree(top)[:12]
    while len(words) > 1 and tree.tag(words[-1]) in {",", ":", ".", "-LRB-", "CC"}:
        words = words[:-1]
    while len(words) > 1 and tree.tag(words[0]) in {",", ":"}:
        words = words[1:]
    return phrase_of(tree, words[0], words[-1])
