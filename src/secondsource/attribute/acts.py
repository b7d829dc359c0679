"""act tables -> which act a word in its place can be

The parser gives no lemmas; the tables list lemmas, and this module spells out their forms once. A group of the table that asks
for more (an object of a class, a preposition, a particle) wins over one that asks for less.
"""

from dataclasses import dataclass
from typing import Any

from secondsource.attribute.forms import plural, third
from secondsource.attribute.roles import NOUN_TAGS, doer_words, follows, has_to, neighbours, objects, passive, pobjects, printed
from secondsource.attribute.tree import NAME_TAGS, Tree

VOWELS = "aeiou"
# Roots of what an authority does by ordering it.
DONE = frozenset({"YIELD", "COERCE", "ACCUSE", "ASSAULT", "MOBILIZE"})
NUMBER_TAGS = frozenset({"CD"})
# Subjects that must be there: "topped the agenda" is no toll.
STATED = frozenset({"toll", "fighting", "talks", "ceasefire"})
# Who is meant by the head alone: "rebel announcement", "terrorist tag" are no people.
PERSONAL = frozenset({"people", "refugees", "civilians", "captives", "house"})


@dataclass(frozen=True, slots=True)
class Group:
    """One [[verb]] or [[noun]] group of the table, with the parts that must follow its lemma."""

    act: str
    plover: str | None
    cameo: str | None
    label: str | None
    parts: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    partner: frozenset[str] = frozenset()
    prep: frozenset[str] = frozenset()
    to: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    frame: str = ""
    theme: bool = False
    invert: bool = False
    passive: bool = False
    asked: int = 0


class Acts:
    """The tables `acts` and `objects`, by word form. Made once, handed to every reading."""

    def __init__(self, table: dict[str, Any], things: dict[str, Any]) -> None:
        self.table = table
        self.things = things
        self.irregular = {k: tuple(v.split()) for k, v in table["irregular"].items()}
        self.doubling = frozenset(table["doubling"].split())
        self.defaults: dict[str, dict[str, str]] = table["act"]
        self.classes: dict[str, frozenset[str]] = {k: nouns(v) for k, v in table["classes"].items()}
        for label, held in things["nouns"].items():
            self.classes[label] = self.classes.get(label, frozenset()) | nouns(held)
        self.verbs: dict[str, list[Group]] = {}
        self.nouns: dict[str, Group] = {}
        self._read_verbs()
        for entry in table["noun"]:
            group = self._group(entry, ())
            for word in entry["words"].split():
                self.nouns.setdefault(word, group)
                self.nouns.setdefault(plural(word), group)
        self.light = self._phrases(table["light"]["words"])
        self.happening = self._phrases(table["happening"]["words"])
        self.governors = {k: self.forms(v) for k, v in table["governor"].items()}
        self.opening = self.forms(table["opening"]["words"])
        self.words = {k: frozenset(v.split()) for k, v in table["words"].items()}
        self.past = frozenset(table["background"]["words"].split())

    def _read_verbs(self) -> None:
        for entry in self.table["verb"]:
            for word in entry["words"].split():
                lemma, *parts = word.split("_")
                group = self._group(entry, tuple(parts))
                for form in self.inflect(lemma):
                    self.verbs.setdefault(form, []).append(group)
        for held in self.verbs.values():
            held.sort(key=lambda g: -g.asked)  # stable: of equals, the first in the table

    def _group(self, entry: dict[str, Any], parts: tuple[str, ...]) -> Group:
        act = self.defaults[entry["act"]]
        asked = 3 * len(parts) + 2 * ("object" in entry) + ("subject" in entry) + ("prep" in entry) + ("frame" in entry)
        return Group(
            act=entry["act"], plover=entry.get("plover", act.get("plover")), cameo=entry.get("cameo", act.get("cameo")),
            label=entry.get("label"), parts=parts, object=words(entry, "object"), subject=words(entry, "subject"),
            partner=words(entry, "partner"), prep=words(entry, "prep"), to=tuple(entry.get("to", "").split()),
            actor=tuple(entry.get("actor", "").split()), frame=entry.get("frame", ""), theme=bool(entry.get("theme")),
            invert=bool(entry.get("invert")), passive=bool(entry.get("passive")), asked=asked,
        )  # fmt: skip

    def _phrases(self, text: str) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for word in text.split():
            lemma, *parts = word.split("_")
            for form in self.inflect(lemma):
                found.setdefault(form, []).append(tuple(parts))
        for held in found.values():
            held.sort(key=len, reverse=True)
        return found

    def forms(self, text: str) -> frozenset[str]:
        """Every form of every lemma in `text`."""
        return frozenset(form for word in text.split() for form in self.inflect(word))

    def inflect(self, lemma: str) -> tuple[str, ...]:
        """All forms of a verb: itself, -s, past, participle, -ing."""
        if lemma == "be":
            return ("be", "is", "are", "am", "was", "were", "been", "being", "'s", "'re")
        return (lemma, third(lemma), *self._pasts(lemma), self._gerund(lemma), lemma + "ing")

    def _pasts(self, lemma: str) -> tuple[str, ...]:
        if lemma in self.irregular:
            return self.irregular[lemma]
        if lemma.endswith("e"):
            return (lemma + "d",)
        if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
            return (lemma[:-1] + "ied",)
        return (self._doubled(lemma) + "ed", lemma + "ed")

    def _gerund(self, lemma: str) -> str:
        if lemma.endswith("ie"):
            return lemma[:-2] + "ying"
        if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and len(lemma) > 2:
            return lemma[:-1] + "ing"
        return self._doubled(lemma) + "ing"

    def _doubled(self, lemma: str) -> str:
        short = ("hit", "cut", "shut", "set", "put", "get", "let", "run", "begin", "quit", "win", "sit")
        return lemma + lemma[-1] if lemma in self.doubling or lemma in short or lemma.endswith("run") else lemma

    def verb(self, tree: Tree, i: int) -> Group | None:
        """The most particular group that the verb `i` fits in its sentence."""
        return next((g for g in self.verbs.get(tree.lower(i), ()) if self._fits(tree, i, g)), None)

    def noun(self, tree: Tree, i: int) -> Group | None:
        """The group of the act noun `i`."""
        found = self.nouns.get(tree.lower(i)) if tree.tag(i) in NOUN_TAGS else None
        if found is not None and found.act == "exchange" and self._of_fire(tree, i):
            return self.nouns.get("clash")
        return found

    def _of_fire(self, tree: Tree, i: int) -> bool:
        """ "violent exchanges", "an exchange of fire"."""
        sorts = {tree.lower(c) for c in tree.children(i, "amod", "compound")} & self.words["fierce"]
        return bool(sorts) or any(
            tree.lower(p) in self.classes["fighting"] | self.classes["weapons"] for p in pobjects(tree, i, ("of",))
        )

    def ordered(self, tree: Tree, verb: int) -> str | None:
        """ "ordered the arrest of X": an authority that orders a deed does it."""
        found = (self.noun(tree, o) for o in objects(tree, verb))
        return next((g.plover for g in found if g is not None and g.plover in DONE), None)

    def is_light(self, tree: Tree, i: int) -> bool:
        return any(follows(tree, i, parts) for parts in self.light.get(tree.lower(i), ()))

    def happens(self, tree: Tree, i: int) -> bool:
        return any(follows(tree, i, parts) for parts in self.happening.get(tree.lower(i), ()))

    def _fits(self, tree: Tree, i: int, g: Group) -> bool:
        if g.parts and not follows(tree, i, g.parts):
            return False
        things = objects(tree, i)
        if g.object and not self._object_fits(tree, g, things):
            return False
        if g.subject and not self._subject_fits(tree, i, g):
            return False
        if g.prep and not any(tree.lower(c) in g.prep for c in tree.children(i, "prep", "agent", "prt", "advmod", "dative")):
            return False
        if g.passive and not passive(tree, i):
            return False
        if g.partner and not any(self.is_one(tree, p, g.partner) for p in pobjects(tree, i, g.prep)):
            return False
        return not g.frame or fits_frame(tree, i, g.frame, things)

    def _object_fits(self, tree: Tree, g: Group, things: list[int]) -> bool:
        if not things:
            return "none" in g.object
        return any(self.is_one(tree, o, g.object) for o in things)

    def _subject_fits(self, tree: Tree, i: int, g: Group) -> bool:
        doers = doer_words(tree, i)
        if not doers:
            return not g.subject & STATED
        return any(self.is_one(tree, d, g.subject) for d in doers)

    def is_one(self, tree: Tree, i: int, classes: frozenset[str]) -> bool:
        """Whether the noun phrase at `i` belongs to one of `classes`: by its head, its compounds, or what it is "of"."""
        tag = tree.tag(i)
        if tag in NAME_TAGS and classes & {"name", "governing_or_name", "movements_or_people"}:
            return True
        if tag == "PRP" and tree.lower(i) == "it":
            return bool(classes & {"pronoun", "name", "places", "governing_or_name", "thing"})
        if tag in {"PRP", "WP", "WDT"}:
            return bool(classes & {"pronoun", "governing_or_name", "people", "name"})
        if "number" in classes and (tag == "CD" or any(tree.tag(c) == "CD" for c in tree.children(i, "nummod"))):
            return True
        if "thing" in classes and tag in {"NN", "NNS"}:
            return True
        if tag in NAME_TAGS:
            of = [p for c in tree.children(i, "prep") if tree.lower(c) == "of" for p in tree.children(c, "pobj")]
            if any(printed(tree, p) in self.classes["rights"] for p in of) and "rights" in classes:
                return True  # "the State of Emergency"
            return any(tree.lower(i) in self.classes[c] for c in expand(classes) if c in self.classes)
        near = neighbours(tree, i)
        if printed(tree, i) in self.classes["people"]:  # "the emergency workers" are no emergency
            near = [k for k in near if k == i or tree.dep(k) not in {"compound", "nmod"} or k > i]
        heads = [k for k in near if k == i or tree.dep(k) not in {"compound", "nmod", "amod"}]
        return any(
            self._named(tree, k, self.classes[c])
            for c in expand(classes)
            if c in self.classes
            for k in (heads if c in PERSONAL else near)
        )

    def is_place_word(self, tree: Tree, i: int) -> bool:
        """ "town", "outskirts", "north": a noun whose "of" names where."""
        return tree.lower(i) in self.classes["places"] | self.words["parts"]

    def _named(self, tree: Tree, k: int, wanted: frozenset[str]) -> bool:
        return printed(tree, k) in wanted


def expand(classes: frozenset[str]) -> frozenset[str]:
    out = set(classes)
    if "governing_or_name" in classes:
        out |= {"governing", "forces"}
    if "movements_or_people" in classes:
        out |= {"movements", "people"}
    return frozenset(out)


def words(entry: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(entry.get(key, "").split())


def nouns(text: str) -> frozenset[str]:
    """Singular and plural of every noun; of a phrase, its last word."""
    return frozenset(form for word in text.lower().split() for form in noun_forms(word))


def noun_forms(word: str) -> tuple[str, ...]:
    last = word.rpartition("_")[2]
    many = last[:-3] + "men" if last.endswith("man") else plural(last)
    return (last, many) if "_" not in word else ()


def fits_frame(tree: Tree, i: int, frame: str, things: list[int]) -> bool:
    """The few complements that a class of nouns cannot say."""
    if frame == "to":
        return any(tree.dep(c) in {"xcomp", "ccomp"} for c in tree.children(i))
    if frame == "person_to":
        return any(has_to(tree, c) for c in tree.children(i, "xcomp", "ccomp"))
    if frame == "person_or_for":
        asks = any(
            tree.dep(c) in {"xcomp", "ccomp", "advcl"} and (has_to(tree, c) or tree.is_verb(c)) for c in tree.children(i)
        )
        return asks or bool(pobjects(tree, i, ("for", "on", "upon", "to", "from"))) or bool(things)
    if frame == "other_to":
        return any(has_to(tree, c) and (tree.subject(c) is not None or things) for c in tree.children(i, "xcomp", "ccomp"))
    if frame == "noun_or_to":
        clauses = tree.children(i, "xcomp", "ccomp")
        return bool(things) if not clauses else any(has_to(tree, c) or is_wished(tree, c) for c in clauses)
    if frame == "that_would":
        held = {tree.lower(a) for c in tree.children(i, "ccomp", "xcomp") for a in tree.children(c, "aux")}
        return bool(held & {"would", "will", "'ll", "'d"})
    if frame == "agent":
        return any(tree.lower(c) == "by" for c in tree.children(i, "agent", "prep"))
    if frame == "leave_dead":
        return any(tree.lower(k) in {"dead", "injured", "wounded", "killed"} for k in tree.subtree(i)[:60])
    if frame == "phone":
        return (
            bool(things)
            and not tree.children(i, "oprd", "xcomp", "ccomp")
            and len([c for c in things if tree.dep(c) == "dobj"]) == 1
        )
    return True


def is_wished(tree: Tree, clause: int) -> bool:
    """ "suggested that they leave", "suggested meeting": not "suggested that they had left", which only says so."""
    if tree.child(clause, "nsubj", "nsubjpass") is None:
        return tree.is_verb(clause)
    helpers = {tree.lower(c) for c in tree.children(clause, "aux")}
    return tree.tag(clause) == "VB" and helpers <= {"should", "be"}
