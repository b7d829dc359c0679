"""deed in its sentence -> who did it and to whom, without the words that are neither

Topics of talks, the dead as doers, what is thrown, one word as both; of a speech act, who is to do what it asks for.
"""

from dataclasses import replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import TIMES
from secondsource.attribute.objects import Labels
from secondsource.attribute.roles import blamed, doer, has_to, objects, passive, pobjects, printed
from secondsource.attribute.senses import HARM
from secondsource.attribute.standing import thing
from secondsource.attribute.tree import Tree

# Verbs of meeting whose object is a person; of the others ("discuss", "join", "host") it is the topic or the talks.
GREETING = "meet visit receive telephone phone consult call greet host"
ARMED = frozenset({"weapons", "arms"})
# Forces that are weapons too: "a car bomb attack", "a tank raid" has nobody for its doer.
VEHICLES = frozenset(
    ["aircraft", "artillery", "battery", "drone", "helicopter", "jet", "mortar", "plane", "tank", "vehicle", "warplane"]
)
# What no target is: "from the beginning".
VAGUE = frozenset({"beginning", "start", "outset", "end"})
NOBODY = frozenset({"nobody", "none", "nothing", "anyone", "anybody", "anything", "someone", "noone"})


class Parties:
    """The doers and targets of the deeds of one sentence."""

    def __init__(self, tree: Tree, acts: Acts, labels: Labels) -> None:
        self.tree = tree
        self.acts = acts
        self.labels = labels
        self.losing = acts.forms("lose")
        self.dying = acts.forms("die perish fall")
        self.greeting = acts.forms(GREETING)

    def of(self, i: int, group: Group, actor: int | None, target: int | None) -> tuple[int | None, int | None]:
        """Doer and target, without what is neither: topics of talks, the dead as doers, one word as both."""
        tree = self.tree
        if group.act == "casualties" and not passive(tree, i) and "toll" not in group.subject and actor is not None:
            bare = target is None and tree.tag(i) in {"VBN", "VBD"} and not objects(tree, i)
            lost = tree.lower(i) in self.losing and bool({"life", "lives"} & set(group.parts))
            if bare or lost or tree.lower(i) in self.dying:
                actor, target = None, actor
        if group.act == "destroy" and actor is not None and target is None and not objects(tree, i):
            actor, target = None, actor  # "houses burned"
        if group.act == "meet" and target is not None and target in objects(tree, i):
            topic = self.labels.words.get(tree.lower(target)) is not None or self.acts.noun(tree, target) is not None
            target = None if topic or tree.lower(i) not in self.greeting else target
        place = self.acts.classes["places"] | self.acts.classes["border"]
        if actor is not None and group.act in HARM and tree.tag(actor) == "NN" and tree.lower(actor) in place:
            actor = None  # "a mine along the border that wounded five"
        if target is not None and group.act in {"appeal", "demand"}:
            target = None if printed(tree, target) in self.labels.words and tree.tag(target) in {"NN", "NNS"} else target
        if target is not None and group.act == "order" and tree.dep(target) == "dobj":
            target = None if self.labels.words.get(printed(tree, target)) is not None else target
        if target is not None and group.act == "clash" and self.acts.is_one(tree, target, ARMED):
            target = None  # "fought with tanks and guns"
        if target is not None and group.act == "strike" and target in objects(tree, i) and self._is_thrown(target, group):
            target = None  # "threw stones at the police", "detonated a bomb"
        if target is not None and target == actor:
            up = tree.head(tree.head(i) or 0) if tree.dep(i) == "pcomp" else None
            target = blamed(tree, up) if up is not None and passive(tree, i) else None
        return actor, target

    def _is_thrown(self, target: int, group: Group) -> bool:
        low = self.tree.lower(target)
        thrown = low in self.acts.classes["weapons"] - self.acts.classes["forces"] and self.tree.tag(target) in {"NN", "NNS"}
        return (
            thrown
            or "weapons" in group.object
            or low in {"cocktail", "cocktails", "gas", "charge", "charges", "device", "force", "violence"}
        )

    def told(self, deed: Deed) -> Deed:
        """ "X said words were not enough and demanded …": no word demands, X does."""
        tree, i = self.tree, deed.verb
        up = tree.head(i)
        if tree.dep(i) != "conj" or up is None or tree.subject(i) is not None or tree.dep(up) != "ccomp":
            return deed
        said = tree.head(up)
        if said is None or tree.lower(said) not in self.acts.words["reporting"] or not thing(tree, deed, self.acts):
            return deed
        return replace(deed, actor=doer(tree, said))

    def spoken(self, deed: Deed) -> Deed:
        """A speech act's clause: who is to do it is the target, what is to be done the object."""
        tree, i = self.tree, deed.verb
        clause = next(
            (
                c
                for c in tree.children(i, "ccomp", "xcomp", "advcl", "csubj")
                if (c > i and tree.is_verb(c)) or tree.tag(c) in {"NN", "JJ"}
            ),
            None,
        )
        if (
            clause is not None
            and tree.dep(clause) == "advcl"
            and any(tree.dep(c) == "mark" and tree.lower(c) != "for" for c in tree.children(clause))
        ):
            clause = None
        if clause is None:
            clause = next((c for p in tree.children(i, "prep") for c in tree.children(p, "pcomp")), None)
        if clause is None and deed.act in {"promise", "offer"}:  # "repeated its willingness to talk"
            clause = next((c for o in objects(tree, i) for c in tree.children(o, "acl") if has_to(tree, c)), None)
        if clause is None and deed.act == "accuse":
            clause = next(
                (c for o in objects(tree, i) for p in tree.children(o, "prep") for c in tree.children(p, "pcomp")), None
            )
        if clause is None and deed.act in {"appeal", "order", "demand"}:
            near = [
                k
                for k in tree.subtree(i)
                if i < k < i + 15 and tree.tag(k) == "VB" and any(tree.lower(c) == "to" for c in tree.children(k, "aux"))
            ]
            return replace(deed, target=target_of(tree, near[0], deed.target), content=near[0]) if near else deed
        target = deed.target
        if clause is not None and deed.act in {"demand", "appeal", "order", "threaten"}:
            subject = tree.child(clause, "nsubj", "nsubjpass", "csubj")
            if (
                subject is not None
                and tree.tag(subject) != "EX"
                and not (deed.act == "threaten" and tree.tag(subject) == "PRP")
            ):
                target = subject
        if clause is not None and tree.dep(clause) == "advcl" and not self._asked(i, clause):
            clause = None
        return replace(deed, target=target, content=clause)

    def _asked(self, i: int, clause: int) -> bool:
        return any(self.tree.lower(c) == "to" for c in self.tree.children(clause, "aux")) and not objects(self.tree, i)

    def cleared(self, deed: Deed) -> Deed:
        """The deed without a doer that is a weapon, an event or nobody, and without a target that is a time."""
        actor, target = deed.actor, deed.target
        if actor is not None and (self._bare_weapon(actor) or self.tree.lower(actor) in NOBODY):
            actor = None
        if actor is not None:
            actor = self._whose(actor, deed)
        if target is not None and (self.tree.lower(target) in TIMES | NOBODY | VAGUE or self._is_year(target)):
            target = None
        return replace(deed, actor=actor, target=target)

    def _is_year(self, i: int) -> bool:
        return self.tree.tag(i) == "CD" and len(self.tree.lower(i)) == 4

    def _whose(self, actor: int, deed: Deed) -> int | None:
        """ "A government attack killed four": an attack does nothing itself; whose it is, where the words say so."""
        tree = self.tree
        held = self.acts.noun(tree, actor)
        event = held is not None and self.acts.defaults[held.act]["kind"] == "deed"
        if tree.tag(actor) not in {"NN", "NNS"} or not (event or tree.lower(actor) in self.acts.classes["fighting"]):
            return actor
        if self.acts.defaults[deed.act]["kind"] == "speech" or tree.lower(actor) in self.acts.classes["forces"]:
            return actor
        by = pobjects(tree, actor, ("by",)) or [k for k in tree.children(actor, "poss") if tree.lower(k) not in TIMES]
        sides = self.acts.classes["forces"] | self.acts.classes["governing"]
        return next(iter(by or [k for k in tree.children(actor, "compound") if tree.lower(k) in sides - VEHICLES]), None)

    def _bare_weapon(self, i: int) -> bool:
        """ "Two rockets hit a bakery": nobody is named."""
        return (
            self.tree.lower(i) in self.acts.classes["weapons"] - self.acts.classes["forces"]
            and self.tree.child(i, "poss") is None
        )


def target_of(tree: Tree, clause: int, target: int | None) -> int | None:
    subject = tree.child(clause, "nsubj", "nsubjpass")
    return target if target is not None or subject is None or tree.tag(subject) == "EX" else subject
