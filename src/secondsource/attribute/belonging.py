"""deed in its sentence -> what belongs to it: its time, its PLOVER root, and the words that are no claims of their own"""

from collections.abc import Sequence

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import TIMES
from secondsource.attribute.roles import NOUN_TAGS
from secondsource.attribute.tree import Tree
from secondsource.model import Attribution, Polarity, Realis


def covered(tree: Tree, deeds: Sequence[Deed]) -> set[int]:
    """Words that are what a demand, an offer, a refusal … is about: no claims of their own."""
    found: set[int] = set()
    for d in deeds:
        mine: set[int] = set()
        if d.content is not None:
            mine.update(tree.subtree(d.content, lambda c: tree.dep(c) == "relcl"))
        start = d.noun if d.noun is not None else d.verb
        for c in tree.children(start, "dobj", "prep", "dative"):
            inner = tree.subtree(c, lambda k: tree.dep(k) in {"relcl", "acl"})
            mine.update(k for k in inner if tree.tag(k) in NOUN_TAGS or tree.tag(k) == "VBG")
        found |= mine - {d.cue, d.verb}
    return found


def reaches(tree: Tree, time: int, deed: Deed) -> int | None:
    """How many steps a time stands above the deed's clause; None where it belongs to another clause."""
    own = {deed.verb, deed.cue}
    chain = [time, *tree.ancestors(time)]
    for step, k in enumerate(chain):
        if k in own:
            return step
        if step and tree.is_verb(k):
            above = tree.ancestors(deed.verb)
            links = [deed.verb, *above]
            if (
                k in above
                and all(tree.dep(j) in {"xcomp", "conj", "advcl"} for j in links[: links.index(k)])
                and k > deed.verb - 40
            ):
                return step + 5 + links.index(k)
            return None
    return None


def same_clause(tree: Tree, actor: int, attribution: Attribution) -> bool:
    """Whether the content begins no earlier than a few words before the doer: "said on Friday it had freed them"."""
    start = tree.tokens[actor].start
    if any(abs(start - q.start) < 12 for q in attribution.content):
        return True
    before = [k for q in attribution.content if q.start < start for k in tree.at(q.start, start)]
    return 0 < len(before) <= 3 and not any(tree.tag(k) in NOUN_TAGS and tree.lower(k) not in TIMES for k in before)


def plover(tree: Tree, deed: Deed, realis: Realis, polarity: Polarity, acts: Acts) -> str | None:
    """The PLOVER root: a planned or refused deed is what is said of it, an agreement, a threat or a rejection."""
    default = acts.defaults[deed.act]
    root = deed.group.plover
    if deed.act == "order" and deed.content is None and polarity == "positive":
        return acts.ordered(tree, deed.verb) or root
    if deed.act == "appeal" and deed.label in {"sanctions", "inquiry"} and polarity == "positive":
        return "ACCUSE"  # to call for measures against somebody is to rally opposition against him
    if root is None or default["kind"] == "speech":
        return root if polarity == "positive" or deed.act != "agree" else "REJECT"
    if deed.act == "investigate" and polarity == "positive" and realis == "planned":
        return root
    coop = default.get("tone") == "coop" and root not in {"SANCTION", "ASSAULT"}
    if realis in {"planned", "conditional"}:
        if polarity == "negative":
            return "REJECT" if coop else "AGREE"
        return ("CONSULT" if deed.act == "meet" else "AGREE") if coop else ("PROTEST" if deed.act == "protest" else "THREATEN")
    if polarity == "negative" and realis == "actual":
        return "REJECT" if coop else None
    return root if realis in {"actual", "background"} else None
