"""deed in its sentence -> the others who did it together with its doer: "A and B signed", "between A and B" """

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import TIMES
from secondsource.attribute.roles import NOUN_TAGS, objects, passive, pobjects
from secondsource.attribute.tree import Tree

# Acts that two sides do: what lies "between A and B" is done by both.
MUTUAL = frozenset({"sign", "agree", "meet", "clash", "exchange", "cooperate", "violate", "start", "end"})
BESIDE = frozenset({"together", "along", "jointly"})
PARTING = frozenset({"or", "nor", "but", "not", "than"})
PERSON = frozenset({"PRP", "WP"})


def between(tree: Tree, deed: Deed) -> int | None:
    """The first of two who are named around the act's noun: "talks between A and B", "a truce that A and B agreed"."""
    if deed.act not in MUTUAL:
        return None
    heads = [k for k in (deed.noun, deed.verb) if k is not None] + objects(tree, deed.verb)
    subject = tree.subject(deed.verb)
    heads += [subject] if subject is not None and not passive(tree, deed.verb) and tree.tag(subject) in NOUN_TAGS else []
    for head in heads:
        for noun in (head, *pobjects(tree, head, ("of",))):
            found = [k for k in pobjects(tree, noun, ("between",)) if joined(tree, k)]
            if found:
                return found[0]
    return None


def others(tree: Tree, deed: Deed, acts: Acts) -> list[int]:
    """Heads of the noun phrases that did it too, in the text's order; none where the words part them ("A or B")."""
    actor = deed.actor
    if actor is None:
        return []
    found = [k for k in joined(tree, actor) if k != deed.target and not _is_deed(tree, k, acts)]
    found += beside(tree, actor, deed.verb)
    return sorted({k for k in found if k != actor and k != deed.target})


def instead(tree: Tree, deed: Deed, acts: Acts) -> int | None:
    """ "A bomb went off in a car and three men stormed in": a thing that is parsed into one list with people does nothing."""
    actor = deed.actor
    thing = (
        actor is not None and tree.lower(actor) in acts.classes["weapons"] | acts.classes["property"] - acts.classes["forces"]
    )
    if actor is None or not thing or tree.tag(actor) not in {"NN", "NNS"}:
        return None
    return next((k for k in joined(tree, actor) if acts.is_one(tree, k, frozenset({"people", "forces", "governing"}))), None)


def joined(tree: Tree, head: int) -> list[int]:
    """What "and" joins to the noun at `head`, along the list."""
    found: list[int] = []
    at = head
    for _ in range(8):
        if any(tree.lower(c) in PARTING for c in tree.children(at, "cc", "neg")):
            return []
        then = next((c for c in tree.children(at, "conj") if _is_somebody(tree, c)), None)
        if then is None:
            break
        found.append(then)
        at = then
    return found


def beside(tree: Tree, actor: int, verb: int) -> list[int]:
    """ "together with X", "along with X", "alongside X"."""
    found: list[int] = []
    for top in (actor, verb):
        for c in tree.children(top, "prep", "advmod"):
            low = tree.lower(c)
            first = {tree.lower(k) for k in tree.children(c, "advmod", "prep")} | ({tree.lower(c - 1)} if c else set())
            if (low == "with" and first & BESIDE) or (low == "alongside" and c < verb):
                found += tree.children(c, "pobj")
            elif low in BESIDE:
                found += [o for p in tree.children(c, "prep") if tree.lower(p) == "with" for o in tree.children(p, "pobj")]
    found = [k for k in found if _is_somebody(tree, k)]
    return [*found, *(k for f in found for k in joined(tree, f))]


def _is_somebody(tree: Tree, k: int) -> bool:
    return (tree.tag(k) in NOUN_TAGS | PERSON or tree.tag(k) in {"DT", "CD"}) and tree.lower(k) not in TIMES


def _is_deed(tree: Tree, k: int, acts: Acts) -> bool:
    """ "The army and its shelling": an act noun does nothing."""
    return acts.noun(tree, k) is not None and tree.tag(k) in {"NN", "NNS"} and tree.lower(k) not in acts.classes["forces"]
