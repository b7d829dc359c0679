"""verb of the table in its sentence -> whether it has another sense there, and names no deed at all

A quake strikes without attacking, help with a cause is no aid, a country overrun by violence is not taken. What is doubtful is
given up: no claim is better than a wrong one.
"""

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.roles import doer, has_to, objects, passive
from secondsource.attribute.tree import NAME_TAGS, Tree

# What nature can do to people; all else is said of it as a figure of speech.
HARM = frozenset({"casualties", "destroy", "displace"})
FAMILY = frozenset({"child", "children", "family", "families", "sons", "daughters", "wife", "husband", "baby", "babies"})
OWN = frozenset({"his", "her", "their", "our", "my"})
# Objects with which a verb of the act has another sense: "searched the rubble", "deployed tear gas", "blast their way in".
RUINS = frozenset({"rubble", "debris", "ruins", "wreckage", "sea", "river", "forest", "waters"})
UNMOVED: dict[str, frozenset[str]] = {
    "investigate": RUINS,
    "mobilise": frozenset({"gas", "teargas", "cannon", "cannons", "water"}),
    "aid": frozenset({"toll", "time", "place", "part", "action", "steps", "responsibility"}),
    "start": frozenset({"fire", "fires", "blaze", "panic", "outrage", "debate", "inquiry"}),
    "accuse": frozenset({"way", "ways", "hole", "path"}),
    "withdraw": frozenset({"body", "bodies", "corpse", "corpses", "remains", "debris", "rubble"}),
}
NAMED = frozenset({"named", "identified", "quoted"})
LEADING = frozenset({"away", "off", "from", "hostage", "captive"})
CAPTIONED = frozenset({"visiting", "meeting", "striking", "fighting"})


def other_sense(tree: Tree, i: int, group: Group, acts: Acts) -> bool:
    """Whether the verb at `i`, which `group` fits by its words, means something else here."""
    who = doer(tree, i)
    if who is not None and group.act not in HARM and tree.lower(who) in acts.classes["nature"]:
        return True
    things = {tree.lower(o) for o in objects(tree, i)}
    if things & UNMOVED.get(group.act, frozenset()):
        return True
    if group.act == "promise" and tree.lower(i) == "sworn":
        return True  # "was sworn in"
    if group.act == "capture":
        return who is not None and tree.tag(who) in {"NN", "NNS"} and tree.lower(who) in acts.classes["fighting"]
    if group.act == "aid":
        return _no_aid(tree, i, who, acts)
    if group.act == "protest" and tree.lower(i).startswith("toppl") and not passive(tree, i):
        rulers = acts.classes["governing"] | acts.classes["bodies"]
        return not any(tree.tag(o) in NAME_TAGS | {"PRP"} or tree.lower(o) in rulers for o in objects(tree, i))
    if group.act == "appeal" and any(tree.lower(c) in NAMED for c in tree.children(i, "xcomp", "ccomp", "advcl")):
        return True  # "who asked not to be named"
    if group.act == "praise" and passive(tree, i) and tree.child(i, "xcomp") is not None:
        return True  # "we are honoured to meet them"
    return _is_gerund_topic(tree, i) or _is_caption(tree, i)


def _no_aid(tree: Tree, i: int, who: int | None, acts: Acts) -> bool:
    """ "helped trigger the coup", "fed their children"."""
    if tree.lower(i).startswith("help"):
        clause = tree.child(i, "xcomp")
        caused = clause is not None and not has_to(tree, clause) and not objects(tree, i)
        thing = who is not None and (tree.lower(who) in acts.classes["fighting"] or tree.tag(who) in {"DT", "WDT"})
        return caused or (thing and tree.child(i, "ccomp", "xcomp") is not None)
    if tree.lower(i).startswith(("tak", "took")) and (passive(tree, i) or LEADING & {tree.lower(c) for c in tree.children(i)}):
        return True  # "took away 52 people"
    if any(tree.lower(c) in {"well", "badly", "fairly", "unfairly"} for c in tree.children(i, "advmod")):
        return True  # "were well treated"
    own = (o for o in objects(tree, i) if tree.lower(o) in FAMILY)
    return any(tree.lower(c) in OWN for o in own for c in tree.children(o, "poss"))


def _is_gerund_topic(tree: Tree, i: int) -> bool:
    """ "Holding the town would be hard": a deed that is talked about."""
    return tree.tag(i) == "VBG" and tree.dep(i) == "csubj" and not passive(tree, i)


def _is_caption(tree: Tree, i: int) -> bool:
    """ "visiting President Tarn": a participle before a name only describes him."""
    if tree.lower(i) not in CAPTIONED or tree.tag(i) != "VBG" or tree.children(i, "aux", "prep"):
        return False
    return i + 1 < len(tree) and tree.tag(i + 1) in NAME_TAGS and tree.dep(i) in {"csubj", "nsubj", "amod", "pobj", "compound"}
