"""verb of the table in its sentence -> whether it has another sense there, and names no deed at all

A quake strikes without attacking, help with a cause is no aid, a country overrun by violence is not taken. What is doubtful is
given up: no claim is better than a wrong one. Idioms and objects of other senses are data (`acts`: [idiom], [unmoved]).
"""

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.roles import doer, has_to, objects, passive, pobjects
from secondsource.attribute.tree import NAME_TAGS, Tree

# What nature can do to people; all else is said of it as a figure of speech.
HARM = frozenset({"casualties", "destroy", "displace"})
FAMILY = frozenset({"child", "children", "family", "families", "sons", "daughters", "wife", "husband", "baby", "babies"})
OWN = frozenset({"his", "her", "their", "our", "my", "its"})
SELF = frozenset({"himself", "herself", "themselves", "itself", "myself", "ourselves"})
NAMED = frozenset({"named", "identified", "quoted"})
LEADING = frozenset({"away", "off", "from", "hostage", "captive"})
CAPTIONED = frozenset({"visiting", "meeting", "striking", "fighting"})
# Deeds that nobody does: they have no doer where the verb is active either.
BEFALLING = frozenset({"casualties", "start", "end", "destroy", "clash"})
TOPICS = frozenset({"of", "about"})
CLAUSES = ("xcomp", "ccomp", "advcl", "oprd", "acomp")


def other_sense(tree: Tree, i: int, group: Group, acts: Acts) -> bool:
    """Whether the verb at `i`, which `group` fits by its words, means something else here."""
    who = doer(tree, i)
    if who is not None and group.act not in HARM and tree.lower(who) in acts.classes["nature"]:
        return True
    if group.needs_target and not objects(tree, i) and not any(pobjects(tree, i, group.to)):
        return True
    things = {tree.lower(o) for o in objects(tree, i)}
    if things & acts.unmoved.get(group.act, frozenset()) or _own_campaign(tree, i, group, acts):
        return True
    if _describes(tree, i, group, acts) or _is_gerund_topic(tree, i) or _is_caption(tree, i):
        return True
    return _by_act(tree, i, group, who, acts)


def _by_act(tree: Tree, i: int, group: Group, who: int | None, acts: Acts) -> bool:
    act, low = group.act, tree.lower(i)
    if act == "promise" and low == "sworn":
        return True  # "was sworn in"
    if act == "capture":
        return who is not None and tree.tag(who) in {"NN", "NNS"} and tree.lower(who) in acts.classes["fighting"]
    if act == "aid":
        return _no_aid(tree, i, who, acts)
    if act == "protest":
        return _no_protest(tree, i, acts)
    if act == "appeal" and any(tree.lower(c) in NAMED for c in tree.children(i, "xcomp", "ccomp", "advcl")):
        return True  # "who asked not to be named"
    if act == "praise" and passive(tree, i) and tree.child(i, "xcomp") is not None:
        return True  # "we are honoured to meet them"
    if act == "arrest" and tree.children(i, "oprd", "acomp") and not _in_custody(tree, i, group):
        return True  # "hold him accountable"
    if act == "withdraw":
        return bool({tree.lower(o) for o in objects(tree, i)} & SELF)
    return act == "casualties" and _lost_money(tree, i, group)


def _describes(tree: Tree, i: int, group: Group, acts: Acts) -> bool:
    """A participle that only says what sort ("rebels opposed to the king"), or another sense ("wound up the talks")."""
    beside = {tree.lower(c) for c in tree.children(i, "prt")}
    if (group.act == "casualties" and "up" in beside) or (group.act == "aid" and "out" in beside and not group.parts):
        return True  # "wound up the talks", "took out many of them"
    if group.label == "surrender" and any(tree.lower(c) == "on" for c in tree.children(i, "prep")):
        return True  # "gave up on peace"
    if group.act == "threaten" and tree.tag(i) == "VBG" and tree.dep(i) == "advcl" and objects(tree, i):
        return not acts.is_one(tree, objects(tree, i)[0], frozenset({"people", "governing_or_name", "civilians"}))
    on = any(tree.lower(c) in {"on", "upon"} for c in tree.children(i, "prep", "prt"))
    if group.act == "capture" and tree.lower(i).startswith("seiz") and on:
        return True  # "seized on the attacks as evidence"
    whom = tree.head(i)
    if group.act == "arrest" and tree.dep(i) == "acl" and whom is not None and doer(tree, i) is None:
        return tree.lower(whom) in acts.classes["captives"]  # "prisoners held in the capital"
    if not (tree.dep(i) in {"acl", "advcl"} and passive(tree, i) and tree.child(i, "nsubjpass") is None):
        return False
    # "a group armed with rockets", "troops backed by tanks"
    return (group.act in {"praise", "refuse"} and group.label is None) or (group.act == "aid" and group.label == "arms")


def _own_campaign(tree: Tree, i: int, group: Group, acts: Acts) -> bool:
    """ "suspended his campaign", "the campaign began": one for votes, unless its words say that it is one of arms."""
    if group.act not in {"start", "end"}:
        return False
    subject = tree.subject(i)
    for k in [*objects(tree, i), *([subject] if subject is not None else [])]:
        if tree.lower(k) in acts.words["campaigns"]:
            sorts = {tree.lower(c) for c in tree.children(k, "amod", "compound", "nmod")}
            where = [p for p in pobjects(tree, k, ("against", "of", "for", "in", "on")) if tree.tag(p) in NAME_TAGS]
            return not sorts & acts.words["martial"] and not (where and not sorts & acts.words["figurative"])
    return False


def _no_protest(tree: Tree, i: int, acts: Acts) -> bool:
    low = tree.lower(i)
    if low.startswith("toppl") and not passive(tree, i):
        rulers = acts.classes["governing"] | acts.classes["bodies"]
        return not any(tree.tag(o) in NAME_TAGS | {"PRP"} or tree.lower(o) in rulers for o in objects(tree, i))
    if low.startswith("demonstrat") and (tree.children(i, *CLAUSES) or objects(tree, i)):
        return True  # "demonstrated that it helps"
    return low == "march" and i + 1 < len(tree) and tree.tag(i + 1) == "CD"  # "in March 2011"


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


def _lost_money(tree: Tree, i: int, group: Group) -> bool:
    """ "caused losses of 2 million", "job losses"."""
    if "losses" not in group.object | group.partner:
        return False
    for o in [*objects(tree, i), *pobjects(tree, i, group.prep)]:
        of = pobjects(tree, o, ("of",))
        if any(tree.tag(p) in {"CD", "NN"} and tree.lower(p) not in {"life", "people"} for p in of):
            return tree.lower(o).startswith(("loss", "defeat"))
        if tree.lower(o).startswith(("loss", "defeat")) and tree.children(o, "compound"):
            return True
    return False


def _in_custody(tree: Tree, i: int, group: Group) -> bool:
    return bool(group.parts) or any(tree.lower(c) in LEADING | {"prisoner"} for c in tree.children(i, "oprd", "acomp"))


def _is_gerund_topic(tree: Tree, i: int) -> bool:
    """ "Holding the town would be hard": a deed that is talked about."""
    return tree.tag(i) == "VBG" and tree.dep(i) == "csubj" and not passive(tree, i)


def _is_caption(tree: Tree, i: int) -> bool:
    """ "visiting President Tarn": a participle before a name only describes him."""
    if tree.lower(i) not in CAPTIONED or tree.tag(i) != "VBG" or tree.children(i, "aux", "prep"):
        return False
    return i + 1 < len(tree) and tree.tag(i + 1) in NAME_TAGS and tree.dep(i) in {"csubj", "nsubj", "amod", "pobj", "compound"}


def unspoken(tree: Tree, i: int, group: Group) -> bool:
    """An active verb that nobody does: an order, a heading, a topic ("talk of attacking him")."""
    if passive(tree, i) or group.invert or doer(tree, i) is not None:
        return False
    dep, tag, head = tree.dep(i), tree.tag(i), tree.head(i)
    if dep == "pcomp":
        noun = tree.head(head) if head is not None else None
        return noun is not None and tree.tag(noun) in {"NN", "NNS"} and tree.lower(head or 0) in TOPICS
    if tree.subject(i) is not None and group.act in BEFALLING:
        return False
    return (tag == "VB" and dep in {"ROOT", "ccomp"} and not has_to(tree, i)) or (tag == "VBG" and dep in {"ROOT", "csubj"})
