"""word in a parsed sentence -> who does it, to whom, and what words belong to it"""

from collections.abc import Iterable

from secondsource.attribute.forms import plural
from secondsource.attribute.tree import Tree

DIRECT = ("dobj", "obj", "oprd")
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
# Participles that cannot be a past tense: without "have" they are passive, whatever the tagger says.
PARTICIPLES = frozenset({"taken", "given", "driven", "seen", "shown", "thrown", "withdrawn", "overthrown", "slain", "beaten"})
# "taken hostage": a state, not who was taken.
CUSTODY = frozenset({"hostage", "hostages", "prisoner", "captive"})
# Phrases that say when or in spite of what, not what about.
BESIDE = frozenset({"despite", "after", "before", "amid", "during", "since", "until", "following", "without", "amidst"})
DOCUMENTS = frozenset({"statement", "resolution", "letter", "report", "declaration", "communique", "message", "motion"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
# Verbs whose object is what somebody has put forward.
TAKING = ("accept", "reject", "refus", "sign", "endors", "approv", "ratif", "agreed", "welcom")
# "X is expected to send": the passive's subject does what hangs on it.
FORESEEN = frozenset(
    {"expected", "scheduled", "set", "reported", "said", "believed", "understood", "due", "thought", "supposed"}
)
# Verbs that no clause follows: a name that is parsed as the subject of such a clause is their object.
HOLDING = frozenset(
    {
        "hold",
        "holds",
        "held",
        "control",
        "controls",
        "controlled",
        "occupy",
        "occupies",
        "occupied",
        "occupying",
        "rule",
        "rules",
    }
    | {"ruled", "run", "runs", "ran", "seized", "captured", "took", "left", "defend", "defends", "defended", "besieged"}
)
# How far behind its verb a particle or a fixed object may stand, in words.
REACH = 7


def printed(tree: Tree, i: int) -> str:
    """The word in small letters; "cease-fire" in three tokens is one word, whichever of them the phrase hangs on."""
    low = tree.lower(i)
    if low == "fire" and (any(tree.lower(c) == "cease" for c in tree.children(i)) or joined(tree, i - 2)):
        return "ceasefire"
    return "ceasefire" if low == "cease" and joined(tree, i) else low


def joined(tree: Tree, i: int) -> bool:
    """Whether "cease", "-", "fire" stand at `i`."""
    return 0 <= i < len(tree) - 2 and [tree.lower(i), tree.lower(i + 1), tree.lower(i + 2)] == ["cease", "-", "fire"]


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
        place = next(
            (
                k
                for k in near
                if tree.lower(k) in (part, plural(part))
                and hangs(tree, k, i)
                and not (part == "in" and tree.children(k, "pobj"))
                and not any(tree.lower(c) in WEEKDAYS for c in tree.subtree(k)[:4])
                and (
                    part not in {"on", "upon"} or tree.head(k) not in tree.children(i, *DIRECT)
                )  # not "called it an attack on us"
            ),
            -1,
        )
        if place < 0:
            return passive_part(tree, i, parts)
    return True


def passive_part(tree: Tree, i: int, parts: tuple[str, ...]) -> bool:
    """A fixed object as the subject of the passive: "use was made", "a flag was hoisted"."""
    subject = tree.child(i, "nsubjpass")
    if subject is None and tree.dep(i) == "acl" and tree.tag(i) == "VBN":
        subject = tree.head(i)  # "a deal struck in May"
    return len(parts) == 1 and subject is not None and tree.lower(subject) in (parts[0], plural(parts[0]))


def hangs(tree: Tree, k: int, i: int) -> bool:
    """Within three steps of verb `i`, and not in another verb's clause ("has held since talks began")."""
    for _ in range(3):
        head = tree.head(k)
        if head is None:
            return False
        if head == i:
            return True
        if tree.tag(head) in {"VBD", "VBZ", "VBP"} and tree.subject(head) is not None:
            return False
        k = head
    return False


def passive(tree: Tree, i: int) -> bool:
    if tree.is_passive(i):
        return True
    if aux(tree, i, "have"):
        return False
    if tree.lower(i) in PARTICIPLES:
        return True
    if tree.dep(i) == "advcl" and (thing := tree.child(i, "dobj")) is not None and tree.lower(thing) not in CUSTODY:
        return False  # "seized a town, killed eight people and took hostages": a past tense
    return tree.tag(i) == "VBN" and tree.dep(i) in {"acl", "advcl", "amod"}


def aux(tree: Tree, i: int, *which: str) -> bool:
    held = {"have": {"have", "has", "had", "having", "'ve", "'d"}}
    return any(tree.lower(c) in held[w] for c in tree.children(i, "aux") for w in which)


def objects(tree: Tree, i: int) -> list[int]:
    """Heads of what the verb acts on: its objects, the subject of its passive, the noun a bare participle hangs on."""
    found = tree.children(i, *DIRECT)
    if tree.lower(i).startswith(TAKING):
        found = [resolve_relative(tree, k) for k in found]
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
        if len(found) > 1 and tree.lower(found[0]) in CUSTODY:
            found = found[1:]
    elif (
        not found
        and tree.dep(i) == "relcl"
        and tree.subject(i) is not None
        and tree.lower(tree.subject(i) or 0) not in {"who", "which", "that"}
    ):
        head = tree.head(i)
        found += [head] if head is not None else []
    for c in tree.children(
        i, "ccomp", "xcomp"
    ):  # "let its hostages go", "wanted X freed": X is parsed as the small clause's subject
        if (
            tree.lower(i) in {"let", "keep", "kept", "order", "ordered", "hold", "held", "put", "set"}
            and (s := tree.subject(c)) is not None
        ):
            found.append(s)
    return [*found, *(k for o in found for k in tree.children(o, "conj"))]


def resolve_relative(tree: Tree, i: int) -> int:
    """who, which, that -> the noun their clause hangs on."""
    if tree.tag(i) in {"WP", "WDT"} or (tree.lower(i) == "that" and tree.tag(i) in {"IN", "DT"}):
        for up in tree.ancestors(i):
            if tree.dep(up) == "relcl" and (noun := tree.head(up)) is not None:
                return _accepted(tree, i, up, noun)
    return i


def _accepted(tree: Tree, i: int, clause: int, noun: int) -> int:
    """ "proposed by the union, which the rebels accepted": they accepted what was proposed, not who proposed it."""
    by = tree.head(noun)
    verb = tree.head(by) if by is not None and tree.lower(by) == "by" else None
    if verb is None or tree.dep(i) not in {"dobj", "pobj"} or not tree.lower(clause).startswith(TAKING):
        return noun
    subject = tree.child(verb, "nsubjpass")
    what = subject if subject is not None else tree.head(verb) if tree.dep(verb) == "acl" else None
    return noun if what is None else what


def doer_words(tree: Tree, i: int) -> list[int]:
    """Heads of who does it, as far as the table's tests need them."""
    found = doer(tree, i)
    return [] if found is None else [found, *tree.children(found, "conj")]


def doer(tree: Tree, i: int) -> int | None:
    """The head of who does what verb `i` says; through conjunctions, infinitives, participles and relative clauses."""
    if passive(tree, i):
        return next(
            (p for a in tree.children(i, "agent", "prep") if tree.lower(a) == "by" for p in tree.children(a, "pobj")), None
        )
    for _ in range(12):
        subject = nearest_subject(tree, i)
        if subject is not None and tree.tag(subject) != "EX":
            return _held(tree, i, subject)
        head, dep = tree.head(i), tree.dep(i)
        if head is None:
            return None
        if dep == "acl" and tree.tag(i) == "VBG" and tree.lower(head) in DOCUMENTS and tree.dep(head) == "dobj":
            i = tree.tokens[head].head  # "released a statement condemning": who released it condemned
            continue
        if dep in {"acl", "relcl"}:
            return _of_noun(tree, i, head)
        if dep == "xcomp" and (o := tree.child(head, "dobj", "dative")) is not None and tree.is_verb(head):
            return o
        if (
            dep == "pcomp"
            and tree.lower(head) in {"of", "for", "from"}
            and (up := tree.head(head)) is not None
            and (o := blamed(tree, up)) is not None
        ):
            return o
        if has_own_doer(tree, i):
            return None
        if dep in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "acomp", "dep", "oprd", "attr"}:
            if tree.is_passive(head) and shares_subject(tree, i, head):
                return resolve_relative(tree, tree.subject(head) or head) if tree.subject(head) is not None else None
            i = head
            continue
        return None
    return None


def shares_subject(tree: Tree, i: int, head: int) -> bool:
    """Whether the subject of the passive `head` does what `i` says: "X is expected to send", "X was shot, killing Y"."""
    if tree.dep(i) == "xcomp":
        return tree.lower(head) in FORESEEN and tree.child(head, "nsubjpass") is not None
    return tree.dep(i) in {"advcl", "conj"} and tree.tag(i) in {"VBG", "VBD", "VBN"}


def _held(tree: Tree, i: int, subject: int) -> int:
    """ "The groups that control X signed": who signed is the groups, though X stands before the verb."""
    head = tree.head(i)
    if head is not None and tree.dep(i) == "ccomp" and tree.lower(head) in HOLDING and tree.tag(subject) in {"NNP", "NNPS"}:
        noun = tree.head(head) if tree.dep(head) in {"relcl", "acl"} else tree.subject(head)
        if noun is not None:
            return resolve_relative(tree, noun)
    return resolve_relative(tree, subject)


def _of_noun(tree: Tree, i: int, noun: int) -> int | None:
    """The doer of a clause that hangs on a noun: the noun itself, or for "a plan to withdraw" who made it."""
    if tree.dep(i) == "relcl" or tree.tag(i) == "VBG":
        return noun
    return noun if tree.tag(i) == "VB" and tree.tag(noun) not in NOUN_TAGS else up_noun(tree, noun)


def nearest_subject(tree: Tree, i: int) -> int | None:
    """Of several subjects the nearest: in "KABUL -- The army said" the dateline's town is parsed as one too."""
    found = tree.children(i, "nsubj", "csubj")
    return next((c for c in reversed(found) if c < i), found[0] if found else None)


def has_own_doer(tree: Tree, i: int) -> bool:
    """Whether a clause without a subject has one of its own all the same, which the parser did not find."""
    dep, tag = tree.dep(i), tree.tag(i)
    if dep in {"advcl", "pcomp", "ccomp"} and tag in {"VBZ", "VBP"}:
        return True
    if dep == "pcomp" and tag == "VBG" and tree.lower(tree.tokens[i].head) == "as":
        return True  # "as shelling emptied the villages"
    marks = {tree.lower(c) for c in tree.children(i, "mark", "prep")}
    return dep == "advcl" and ((tag == "VBD" and bool(marks)) or (tag == "VBG" and "as" in marks))


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


def has_to(tree: Tree, i: int) -> bool:
    return any(tree.lower(c) == "to" for c in tree.children(i, "aux"))


def behind(tree: Tree, verb: int) -> list[int]:
    """Heads of the noun phrases behind the verb's prepositions, in order."""
    held = (c for c in tree.children(verb, "prep", "dative") if tree.lower(c) not in BESIDE)
    return [p for c in held for p in tree.children(c, "pobj")]
