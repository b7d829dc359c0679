"""deed -> its own words in the sentence, and the place where it was done"""

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.roles import DIRECT, behind, objects, passive
from secondsource.attribute.tree import Tree

# Dependents that belong to the deed's own words.
CORE = frozenset(
    {"aux", "auxpass", "neg", "prt", "dobj", "dative", "agent", "xcomp", "acomp", "attr", "oprd", "ccomp", "pcomp"}
)
PLACED = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "outside",
        "from",
        "across",
        "on",
        "along",
        "over",
        "inside",
        "towards",
        "toward",
        "of",
        "to",
        "into",
        "off",
        "opposite",
    }
)
# Prepositions of a place that only deeds of moving or taking have: "called on X", "opposed to X" name nobody's place.
DIRECTED = frozenset({"from", "on", "over", "of", "to", "into", "off", "towards", "toward"})
MOVING = frozenset({"withdraw", "mobilise", "capture", "displace", "aid"})
TIMES = frozenset(
    [
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "aug.",
        "sept.",
        "sep.",
        "oct.",
        "nov.",
        "dec.",
        "gmt",
        "utc",
        "a.m.",
        "p.m.",
        "afternoon",
        "april",
        "august",
        "autumn",
        "dawn",
        "day",
        "days",
        "december",
        "evening",
        "february",
        "friday",
        "hour",
        "hours",
        "january",
        "july",
        "june",
        "march",
        "may",
        "midnight",
        "monday",
        "month",
        "months",
        "morning",
        "night",
        "noon",
        "november",
        "october",
        "saturday",
        "september",
        "spring",
        "summer",
        "sunday",
        "thursday",
        "today",
        "tomorrow",
        "tuesday",
        "wednesday",
        "week",
        "weekend",
        "weeks",
        "winter",
        "year",
        "years",
        "yesterday",
    ]
)


def words_of(tree: Tree, deed: Deed) -> tuple[int, ...]:
    """The verb phrase with its objects; the whole short clause where nothing else says who or what."""
    i = deed.verb
    kept = [i, *above(tree, i)]
    subject = tree.subject(i)
    fronted = subject if subject is not None and not tree.tag(subject).startswith("W") else -1
    bare = (
        passive(tree, i)
        or (deed.act in {"start", "end", "displace", "casualties"} and not objects(tree, i))
        or (deed.noun is not None and tree.dep(deed.noun) in {"nsubj", "nsubjpass"})
        or (not objects(tree, i) and not behind(tree, i))
    )
    for c in tree.children(i):
        dep = tree.dep(c)
        if (
            (dep in CORE and not (dep == "ccomp" and c < fronted))
            or (c == subject and bare)
            or (
                dep in {"prep", "advmod", "npadvmod"}
                and not is_time(tree, c)
                and (dep == "prep" and c > fronted and not kept_enough(tree, i, c))
            )
        ):
            kept += inner(tree, c)
    whom = tree.head(i)
    if deed.act in {"displace", "casualties"} and passive(tree, i) and tree.dep(i) == "acl" and whom is not None:
        kept += [whom, *(k for c in tree.children(whom, "nummod", "compound", "amod") for k in tree.subtree(c))]
    if deed.noun is not None and deed.noun not in kept:
        kept += inner(tree, deed.noun)
    return tuple(sorted(set(kept)))


def above(tree: Tree, i: int) -> list[int]:
    """ "are to meet", "plans to send", "failed to take": the words that govern the deed, with what negates them."""
    kept: list[int] = []
    while tree.dep(i) == "xcomp" and (head := tree.head(i)) is not None and tree.child(head, "dobj", "prep") is None:
        kept += [head, *tree.children(head, "aux", "auxpass", "neg")]
        i = head if tree.is_verb(head) or tree.head(head) is None else tree.tokens[head].head
        kept += [i, *tree.children(i, "aux", "neg")] if i != head else []
    return kept


def inner(tree: Tree, i: int) -> list[int]:
    return tree.subtree(
        i,
        lambda c: (
            tree.dep(c) in {"relcl", "advcl", "punct", "appos"} or (tree.dep(c) in {"prep", "npadvmod"} and is_time(tree, c))
        ),
    )


def is_time(tree: Tree, c: int) -> bool:
    """ "on Friday", "in May", "this morning"."""
    words = [c, *tree.children(c, "pobj")]
    return any(tree.lower(k) in TIMES or (tree.tag(k) == "CD" and len(tree.lower(k)) == 4) for k in words)


def kept_enough(tree: Tree, i: int, prep: int) -> bool:
    """A preposition far behind the object says where or why, not what."""
    return tree.lower(prep) in {
        "after",
        "before",
        "during",
        "since",
        "until",
        "despite",
        "amid",
        "because",
        "as",
        "over_time",
    } or any(tree.dep(c) in DIRECT and c < prep and prep - c > 12 for c in tree.children(i))


def place_of(tree: Tree, deed: Deed, acts: Acts) -> int | None:
    """The head of a named place in the deed's clause: "in Limar", "the town of Kuldar"; None where there is none."""
    said = acts.defaults[deed.act]["kind"] == "speech"
    starts = [deed.verb, *([deed.noun] if deed.noun is not None else [])]
    if not said:
        starts += [*([deed.target] if deed.target is not None else []), *objects(tree, deed.verb)]
    for s in starts:
        for p in tree.children(s, "prep"):
            way = tree.lower(p)
            if way not in PLACED or (way in DIRECTED and not _leads(tree, deed, s, way, acts)):
                continue
            for o in tree.children(p, "pobj"):
                if tree.tag(o) in {"NNP", "NNPS"} and tree.lower(o) not in TIMES and tree.lower(o) not in acts.nouns:
                    return o
    target = deed.target
    if target is not None and deed.act == "capture" and acts.is_place_word(tree, target):
        named = [k for k in tree.children(target, "appos", "conj") if tree.tag(k) == "NNP" and tree.lower(k) not in TIMES]
        if named:
            return named[0]  # "two villages, Dren and Marl"
    if target is not None and deed.act in {"strike", "capture"} and tree.tag(target) in {"NNP", "NNPS"}:
        return target
    return None


def _leads(tree: Tree, deed: Deed, start: int, way: str, acts: Acts) -> bool:
    """Whether "of", "on", "to" … behind the word at `start` can lead to the place of this deed."""
    if acts.defaults[deed.act]["kind"] == "speech":
        return False
    if way == "of":
        return start == deed.noun or bool(tree.tag(start) in {"NN", "NNS"} and acts.is_place_word(tree, start))
    return way != "to" or deed.act in MOVING
