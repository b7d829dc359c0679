"""deed in its sentence -> whether it is asserted at all, and whether it is news or history"""

import re
from datetime import date
from itertools import pairwise

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.roles import behind, doer, objects
from secondsource.attribute.tree import Tree
from secondsource.model import Article, TimeExpression

# A deed older than this is history, not news.
HISTORY_DAYS = 400
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)s?")


def standing(tree: Tree, deed: Deed, acts: Acts) -> bool:
    """False for questions, for figures of speech, and for what is taught, sold or sung."""
    things = [w for w in (*objects(tree, deed.verb), deed.target, deed.noun) if w is not None]
    words = [doer(tree, deed.verb), deed.actor, *things, *behind(tree, deed.verb)]
    if any(w is not None and tree.tag(w) in {"NN", "NNS"} and tree.lower(w) in acts.words["games"] for w in words):
        return False
    fought = acts.defaults[deed.act].get("tone") == "hostile"
    sorts = {tree.lower(c) for w in things for c in tree.children(w, "amod", "compound", "nmod")}
    if fought and sorts & acts.words["figurative"]:
        return False
    if courteous(tree, deed, things, acts) or (deed.act in FOUGHT and deed.noun is not None and sorts & acts.words["peaceful"]):
        return False
    if alleged(tree, deed, acts):
        return False
    if (
        acts.defaults[deed.act]["kind"] == "speech"
        and deed.label is None
        and deed.content is None
        and lifeless(tree, deed, acts)
    ):
        return False
    if (
        deed.act == "clash"
        and deed.noun is None
        and deed.actor is None
        and deed.target is None
        and tree.subject(deed.verb) is None
    ):
        return False
    if tree.lower(deed.verb) in {"recognised", "recognized", "respected"} and tree.is_passive(deed.verb) and deed.actor is None:
        return False
    if deed.act == "threaten" and deed.actor is not None and tree.tag(deed.actor) in {"NN", "NNS"} and thing(tree, deed, acts):
        return False  # "clashes threatened to plunge the country into war"
    if any(tree.lower(c) in {"until", "unless"} and tree.dep(c) == "mark" for c in tree.children(deed.verb)):
        return False  # what something else waits for
    if (
        tree.lower(deed.verb) == "ruled"
        and tree.is_passive(deed.verb)
        and (tree.is_negated(deed.verb) or "can" in {tree.lower(c) for c in tree.children(deed.verb, "aux")})
    ):
        return False  # "cannot be ruled out"
    helpers = {tree.lower(c) for c in tree.children(deed.verb, "aux")}
    if (
        "should" in helpers
        and "have" not in helpers
        and tree.dep(deed.verb) in {"ROOT", "ccomp"}
        and acts.defaults[deed.act]["kind"] == "deed"
    ):
        return False  # what ought to be: a demand where somebody says so
    return not asked(tree, deed) and not purpose(tree, deed)


FOUGHT = frozenset({"strike", "clash"})
ALIVE = frozenset({"people", "governing", "forces", "movements", "bodies", "captives", "civilians", "country"})


def courteous(tree: Tree, deed: Deed, things: list[int], acts: Acts) -> bool:
    """ "offered condolences", "a reward that was offered"."""
    return deed.act == "offer" and any(tree.lower(w) in acts.words["courtesies"] for w in things)


def alleged(tree: Tree, deed: Deed, acts: Acts) -> bool:
    """ "arrested for collaborating with the rebels": what somebody is held for."""
    prep = tree.head(deed.verb) if tree.dep(deed.verb) == "pcomp" else None
    verb = tree.head(prep) if prep is not None and tree.lower(prep) in {"for", "of"} else None
    group = acts.verb(tree, verb) if verb is not None and tree.is_verb(verb) else None
    return group is not None and group.act in {"arrest", "investigate", "sanction"}


def thing(tree: Tree, deed: Deed, acts: Acts) -> bool:
    """Whether the doer is an event or another thing, nobody who could mean it."""
    doer_ = deed.actor
    if doer_ is None:
        return False
    return not acts.is_one(tree, doer_, ALIVE) and tree.lower(doer_) not in acts.words["speaking"]


def lifeless(tree: Tree, deed: Deed, acts: Acts) -> bool:
    """ "The job demands patience": the subject is a thing."""
    if deed.actor is None or tree.tag(deed.actor) != "NN" or deed.act in {"accuse", "praise", "refuse", "deny"}:
        return False
    return not acts.is_one(tree, deed.actor, ALIVE) and tree.lower(deed.actor) not in acts.words["speaking"]


def purpose(tree: Tree, deed: Deed) -> bool:
    """ "fired in the air to disperse the mob", "the right to return": meant, not said to have been done."""
    i = deed.verb
    for _ in range(4):
        head = tree.head(i)
        if head is None or not tree.is_verb(i):
            return False
        infinitive = any(tree.lower(c) == "to" for c in tree.children(i, "aux"))
        if infinitive and tree.dep(i) == "advcl" and tree.tag(i) == "VB" and tree.lower(head) not in SCHEDULED:
            return True
        if infinitive and tree.dep(i) in {"acl", "relcl"} and tree.lower(head) not in MEANT:
            return True
        if tree.dep(i) not in {"xcomp", "conj"}:
            return False
        i = head
    return False


SCHEDULED = frozenset(
    {"scheduled", "due", "set", "slated", "expected", "is", "are", "was", "were", "appealed", "called", "agreed"}
)
MEANT = frozenset(
    [
        "attempt",
        "bid",
        "decision",
        "failure",
        "intent",
        "intention",
        "order",
        "orders",
        "plan",
        "plans",
        "pledge",
        "preparations",
        "promise",
        "readiness",
        "refusal",
        "threat",
        "vow",
        "willingness",
    ]
)


def asked(tree: Tree, deed: Deed) -> bool:
    """ "asked whether …": nobody asserts it."""
    marks = tree.children(deed.content, "mark") if deed.content is not None and deed.act == "appeal" else []
    if tree.tag(deed.verb) == "VBN" and any(tree.lower(c) in {"whether", "if"} for c in marks):
        return True
    for k in [deed.verb, *tree.ancestors(deed.verb)[:2]]:
        if any(tree.lower(c) in {"whether", "if"} and tree.dep(c) == "mark" for c in tree.children(k)) and tree.dep(k) in {
            "ccomp"
        }:
            head = tree.head(k)
            return head is not None and tree.lower(head).startswith(("ask", "wonder", "know", "question", "wanted"))
    return False


def background(tree: Tree, deed: Deed, article: Article, time: TimeExpression | None) -> bool:
    """History: a date more than about a year back, or words such as "decades ago"."""
    published = article.published.value
    latest = (published.latest or published.earliest) if published else None
    today = date.fromisoformat(latest[:10]) if latest else None
    if time is not None:
        end = time.when.latest
        if end is not None and today is not None:
            return (today - date.fromisoformat(end[:10])).days > HISTORY_DAYS
        if end is not None and today is None and not time.anchor:
            return _YEAR.fullmatch(time.quote.exact.strip()) is not None and int(end[:4]) < 2015
    if time is not None and time.when.latest is None and "since" in time.quote.exact.lower() and lasting(tree, deed.verb):
        return False  # "has been fighting since 2009": it goes on
    low = [tree.lower(k) for k in near(tree, deed)]
    if today is not None:
        years = [int(m[1]) for w in low if (m := _YEAR.fullmatch(w))]
        if years and all(y < today.year - 1 for y in years):
            return True
    if today is None and deed.noun == deed.verb and any(_YEAR.fullmatch(w) for w in low):
        return True  # a page without a date that names the year of an event looks back
    return any(
        a in {"years", "decades", "generations", "centuries", "decade", "generation", "century"}
        and b in {"ago", "earlier", "before"}
        for a, b in pairwise(low)
    )


def lasting(tree: Tree, verb: int) -> bool:
    """ "has been fighting", "have held": from then until now."""
    return any(tree.lower(c) in {"has", "have", "'ve"} for c in tree.children(verb, "aux"))


def near(tree: Tree, deed: Deed) -> list[int]:
    """The deed's own clause and the words that stand over the whole sentence."""
    if deed.noun == deed.verb:  # an event that a phrase names: the time stands in the clause around it
        top = next((k for k in tree.ancestors(deed.verb) if tree.is_verb(k)), deed.verb)
        return tree.subtree(top, lambda c: tree.dep(c) == "relcl")
    words = set(tree.subtree(deed.verb, lambda c: tree.dep(c) in {"acl", "relcl", "appos"} and c != deed.verb))
    if tree.dep(deed.verb) in {"ROOT", "conj", "relcl"} or not tree.ancestors(deed.verb):
        return sorted(words)
    return sorted(words)
