"""act noun inside a phrase -> the event that it refers to: "Sunday's attack on the post", "the raids by the militia"

Only where the phrase itself says whose or on whom, and nothing above it makes it a plan, a threat, a call or an end of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import TIMES
from secondsource.attribute.roles import NOUN_TAGS, pobjects
from secondsource.attribute.tree import Tree

REFERRED = frozenset({"strike", "clash", "capture", "arrest"})
# Deeds that say something more of an event, not the event itself.
BESIDE = frozenset({"casualties", "destroy", "displace", "accuse", "claim_achievement", "investigate", "say"})
UNREAL = frozenset(
    [
        *("alleged", "any", "attempt", "attempts", "call", "calls", "campaign", "danger", "demand", "end", "fear", "fears"),
        *("future", "halt", "imminent", "no", "offer", "plan", "planned", "plans", "possibility", "possible", "potential"),
        *("bounty", "reward", "rewards", "right", "suspicion", "warrant", "warrants"),
        *("prospect", "readiness", "response", "risk", "stop", "such", "suspension", "threat", "threats", "warning"),
    ]
)
DOUBTFUL = ("blocking", "refraining", "planned", "hypothetical", "denying")
SAID_OF = frozenset({"against", "on", "at"})


class Event(NamedTuple):
    """An act noun with who did it and to whom, as far as its phrase says."""

    group: Group
    actor: int | None
    target: int | None


def event(tree: Tree, i: int, acts: Acts, found: Sequence[Deed]) -> Event | None:
    """The event that the noun at `i` refers to; None where it may be none, or is told by a deed of `found`."""
    group = acts.noun(tree, i)
    if group is None or group.act not in REFERRED or tree.dep(i) in {"compound", "amod", "nmod", "poss"}:
        return None
    if any(i in d.words for d in found if d.act not in BESIDE) or any(d.noun == i for d in found):
        return None
    owner = next(iter(tree.children(i, "poss")), None)
    by = next(iter(pobjects(tree, i, ("by", "between"))), None)
    target = next(iter(pobjects(tree, i, ("of",) if group.act in {"capture", "arrest"} else SAID_OF)), None)
    dated = owner is not None and tree.lower(owner) in TIMES
    ours = next((k for k in tree.children(i, "compound") if tree.lower(k) in acts.classes["forces"]), None)
    if (by is None and target is None and ours is None and not dated) or not _real(tree, i, acts):
        return None
    if target is not None and (tree.tag(target) not in NOUN_TAGS or tree.lower(target) in TIMES):
        return None
    if group.act == "capture" and target is not None and acts.is_one(tree, target, frozenset({"people", "captives", "forces"})):
        default = acts.defaults["arrest"]
        group = replace(group, act="arrest", plover=default.get("plover"), cameo=default.get("cameo"), label=None)
    named = owner is not None and not dated and tree.tag(owner) in NOUN_TAGS
    return Event(group, by if by is not None else owner if named else ours, target)


def _real(tree: Tree, i: int, acts: Acts) -> bool:
    """Whether every word between the noun and the asserted clause leaves it a thing that has been."""
    doubtful = frozenset[str]().union(*(acts.governors[k] for k in DOUBTFUL))
    if any(tree.lower(c) in UNREAL for c in tree.children(i)):
        return False
    for k in tree.ancestors(i):
        if tree.lower(k) in UNREAL:
            return False
        if not tree.is_verb(k):
            continue
        helpers = tree.children(k, "aux")
        if any(tree.tag(c) in {"MD", "TO"} for c in helpers) or tree.tag(k) in {"VB", "VBG"} or tree.is_negated(k):
            return False
        return tree.lower(k) not in doubtful or tree.lower(k) in acts.words["reporting"]
    return True
