"""act tables -> which act a word in its place can be

The parser gives no lemmas; the tables list lemmas, and this module spells out their forms once. A group of the table that asks
for more (an object of a class, a preposition, a particle) wins over one that asks for less.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from secondsource.attribute.forms import plural, third
from secondsource.attribute.tree import NAME_TAGS, Tree

VOWELS = "aeiou"
DIRECT = ("dobj", "obj", "oprd")
# How far behind its verb a particle or a fixed object may stand, in words.
REACH = 7
NUMBER_TAGS = frozenset({"CD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


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
        return (lemma, third(lemma), *self._pasts(lemma), self._gerund(lemma))

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
        return self.nouns.get(tree.lower(i)) if tree.tag(i) in NOUN_TAGS else None

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
            return True
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
        wanted = [self.classes[c] for c in expand(classes) if c in self.classes]
        return any(self._named(tree, k, w) for k in neighbours(tree, i) for w in wanted)

    def _named(self, tree: Tree, k: int, wanted: frozenset[str]) -> bool:
        return tree.lower(k) in wanted


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


def neighbours(tree: Tree, i: int) -> list[int]:
    """The head of a noun phrase, what is joined to it, its compounds, and the noun behind "of"."""
    out = [i, *tree.children(i, "conj", "compound", "nmod", "amod")]
    for of in tree.children(i, "prep"):
        if tree.lower(of) in {"of", "in", "to", "on", "against"}:
            for noun in tree.children(of, "pobj"):
                out += [noun, *tree.children(noun, "compound", "conj")] if tree.lower(of) == "of" else []
    return out


def follows(tree: Tree, i: int, parts: tuple[str, ...]) -> bool:
    """Whether `parts` stand in order behind verb `i`, near it and hanging on it."""
    if not parts:
        return True
    place = i
    for part in parts:
        near = range(place + 1, min(i + REACH + len(parts), len(tree)))
        place = next((k for k in near if tree.lower(k) in (part, plural(part)) and hangs(tree, k, i) and not (part == "in" and tree.children(k, "pobj"))), -1)
        if place < 0:
            return passive_part(tree, i, parts)
    return True


def passive_part(tree: Tree, i: int, parts: tuple[str, ...]) -> bool:
    """A fixed object as the subject of the passive: "use was made", "a flag was hoisted"."""
    subject = tree.child(i, "nsubjpass")
    return len(parts) == 1 and subject is not None and tree.lower(subject) in (parts[0], plural(parts[0]))


def hangs(tree: Tree, k: int, i: int) -> bool:
    """Within three steps of verb `i`."""
    for _ in range(3):
        head = tree.head(k)
        if head is None:
            return False
        if head == i:
            return True
        k = head
    return False


def passive(tree: Tree, i: int) -> bool:
    return tree.is_passive(i) or (tree.tag(i) == "VBN" and tree.dep(i) in {"acl", "advcl", "amod"} and not aux(tree, i, "have"))


def aux(tree: Tree, i: int, *which: str) -> bool:
    held = {"have": {"have", "has", "had", "having", "'ve", "'d"}}
    return any(tree.lower(c) in held[w] for c in tree.children(i, "aux") for w in which)


def objects(tree: Tree, i: int) -> list[int]:
    """Heads of what the verb acts on: its objects, the subject of its passive, the noun a bare participle hangs on."""
    found = [c for c in tree.children(i, *DIRECT)]
    if passive(tree, i):
        subject = tree.subject(i)
        head = tree.head(i)
        if subject is not None:
            found.append(resolve_relative(tree, subject))
        elif tree.dep(i) == "acl" and head is not None:
            found.append(head)
        elif tree.dep(i) == "conj" and head is not None:
            found += [resolve_relative(tree, s) for s in tree.children(head, "nsubjpass")]
        elif tree.dep(i) == "xcomp" and head is not None:
            up = tree.head(head) if not tree.is_verb(head) else None  # "are due to be exchanged"
            found += tree.children(head if up is None else up, "nsubj", "nsubjpass", "dobj")
    elif not found and tree.dep(i) == "relcl" and tree.subject(i) is not None and tree.lower(tree.subject(i) or 0) not in {"who", "which", "that"}:
        head = tree.head(i)
        found += [head] if head is not None else []
    for c in tree.children(i, "ccomp", "xcomp"):  # "let its hostages go", "wanted X freed": X is parsed as the small clause's subject
        if tree.lower(i) in {"let", "keep", "kept", "order", "ordered", "hold", "held", "put", "set"} and (s := tree.subject(c)) is not None:
            found.append(s)
    return [*found, *(k for o in found for k in tree.children(o, "conj"))]


def resolve_relative(tree: Tree, i: int) -> int:
    """who, which, that -> the noun their clause hangs on."""
    if tree.tag(i) in {"WP", "WDT"} or (tree.lower(i) == "that" and tree.tag(i) in {"IN", "DT"}):
        for up in tree.ancestors(i):
            if tree.dep(up) == "relcl" and (noun := tree.head(up)) is not None:
                return noun
    return i


def doer_words(tree: Tree, i: int) -> list[int]:
    """Heads of who does it, as far as the table's tests need them."""
    found = doer(tree, i)
    return [] if found is None else [found, *tree.children(found, "conj")]


def doer(tree: Tree, i: int) -> int | None:
    """The head of who does what verb `i` says; through conjunctions, infinitives, participles and relative clauses."""
    if passive(tree, i):
        return next((p for a in tree.children(i, "agent", "prep") if tree.lower(a) == "by" for p in tree.children(a, "pobj")), None)
    for _ in range(12):
        subject = tree.child(i, "nsubj", "csubj")
        if subject is not None and tree.tag(subject) != "EX":
            return resolve_relative(tree, subject)
        head, dep = tree.head(i), tree.dep(i)
        if head is None:
            return None
        if dep == "acl":
            return head if tree.tag(i) == "VBG" or tree.tag(i) == "VB" and tree.tag(head) not in NOUN_TAGS else up_noun(tree, head)
        if dep == "xcomp" and (o := tree.child(head, "dobj", "dative")) is not None and tree.is_verb(head):
            return o
        if dep == "pcomp" and tree.lower(head) in {"of", "for", "from"} and (up := tree.head(head)) is not None and (o := blamed(tree, up)) is not None:
            return o
        if dep == "relcl":
            return head
        if dep in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "acomp", "dep", "oprd", "attr"}:
            if dep in {"advcl", "conj"} and tree.is_passive(head) and tree.tag(i) in {"VBG", "VBD", "VBN"}:
                return resolve_relative(tree, tree.subject(head) or head) if tree.subject(head) is not None else None
            i = head
            continue
        return None
    return None


def blamed(tree: Tree, verb: int) -> int | None:
    """ "accused X of striking", "kept X from leaving": the deed is X's."""
    if not tree.is_verb(verb):
        up = tree.head(verb)
        return verb if tree.dep(verb) == "dobj" and up is not None and tree.lower(up).startswith(("accus", "blam")) else None
    if tree.is_passive(verb):
        return tree.subject(verb)
    return tree.child(verb, "dobj")


def up_noun(tree: Tree, noun: int) -> int | None:
    """ "a plan to withdraw": who made the plan."""
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    head = tree.head(noun)
    return doer(tree, head) if head is not None and tree.is_verb(head) else None


def pobjects(tree: Tree, i: int, preps: Iterable[str]) -> list[int]:
    """Heads of the noun phrases behind one of `preps` at word `i`."""
    wanted = frozenset(preps)
    found: list[int] = []
    for c in tree.children(i, "prep", "dative", "agent", "prt", "advmod"):
        if tree.lower(c) in wanted:
            found += tree.children(c, "pobj")
            for inner in tree.children(c, "prep", "pcomp"):  # "from inside X", "out of X"
                found += tree.children(inner, "pobj")
    return found


def fits_frame(tree: Tree, i: int, frame: str, things: list[int]) -> bool:
    """The few complements that a class of nouns cannot say."""
    if frame == "to":
        return any(tree.dep(c) in {"xcomp", "ccomp"} for c in tree.children(i))
    if frame == "person_to":
        return any(has_to(tree, c) for c in tree.children(i, "xcomp", "ccomp"))
    if frame == "person_or_for":
        asks = any(tree.dep(c) in {"xcomp", "ccomp", "advcl"} and (has_to(tree, c) or tree.is_verb(c)) for c in tree.children(i))
        return asks or bool(pobjects(tree, i, ("for", "on", "upon", "to", "from"))) or bool(things)
    if frame == "noun_or_to":
        return bool(things) or any(has_to(tree, c) or tree.is_verb(c) for c in tree.children(i, "xcomp", "ccomp"))
    if frame == "that_would":
        held = {tree.lower(a) for c in tree.children(i, "ccomp", "xcomp") for a in tree.children(c, "aux")}
        return bool(held & {"would", "will", "'ll", "'d"})
    if frame == "leave_dead":
        return any(tree.lower(k) in {"dead", "injured", "wounded", "killed"} for k in tree.subtree(i)[:60])
    if frame == "phone":
        return bool(things) and not tree.children(i, "oprd", "xcomp", "ccomp") and len([c for c in things if tree.dep(c) == "dobj"]) == 1
    return True


def has_to(tree: Tree, i: int) -> bool:
    return any(tree.lower(c) == "to" for c in tree.children(i, "aux"))
