"""a counted number in its sentence -> the named place that its own clause gives: "killed 15 in Limar" """

from secondsource.attribute.counting import PLACING, Counted, Counting
from secondsource.attribute.extent import TIMES
from secondsource.attribute.numbers import Number
from secondsource.attribute.scopes import Scopes
from secondsource.attribute.tree import NAME_TAGS, Tree

LOCAL = frozenset({"in", "at", "near", "outside", "inside", "around", "across"})
LINKS = LOCAL | {"on", "of", "against"}
DEPTH = 4  # "in an attack on a post in the town of X"


def place_of(c: Counting, number: Number, counted: Counted, scopes: Scopes) -> int | None:
    """The head of the place's name; None where the number's clause names none."""
    tree = c.tree
    after = c.first_after(c.words[number.stop - 1].end)
    if c.low(after) in PLACING and (own := _named(tree, after)) is not None:
        return own
    at = counted.noun.head if counted.noun else min(c.first_after(c.words[number.core].start), len(c.tokens) - 1)
    path = [at, *tree.ancestors(at)]
    verb = next((n for n, k in enumerate(path) if tree.is_verb(k)), None)
    reach = path if verb is None else path[: verb + 1]
    if counted.verb is not None and counted.verb not in reach:
        reach = [*reach, counted.verb]
    for k in reach:
        if tree.is_verb(k) and (c.low(k) in scopes.counting and c.low(k) not in scopes.directly):
            break
        for p in tree.children(k, "prep"):
            if (found := _named(tree, p)) is not None and not (
                tree.is_verb(k) and tree.lower(p) not in LINKS - {"of", "against"}
            ):
                return found
    return None


def _named(tree: Tree, prep: int, depth: int = DEPTH) -> int | None:
    """The name behind a preposition of place, perhaps behind a common noun ("in the town of X", "in an attack in X")."""
    low = tree.lower(prep)
    if low not in LINKS or depth == 0:
        return None
    for o in tree.children(prep, "pobj"):
        if tree.tag(o) in NAME_TAGS:
            return o if (low in LOCAL or (low == "of" and depth < DEPTH)) and tree.lower(o) not in TIMES else None
        for p in tree.children(o, "prep"):
            if (found := _named(tree, p, depth - 1)) is not None:
                return found
    return None
