"""parsed sentence -> the predicates that name an act, with who does it to whom

A predicate is a verb of the table, a light verb with an act noun ("launched an attack"), or an act noun that happens ("an air
raid lasted"). Whether it is real is the business of realis.py.
"""

from collections.abc import Iterator
from dataclasses import replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import words_of
from secondsource.attribute.forms import plural
from secondsource.attribute.labelling import Labelling
from secondsource.attribute.nominal import event
from secondsource.attribute.objects import Labels
from secondsource.attribute.parties import Parties
from secondsource.attribute.roles import doer, objects, passive, pobjects, resolve_relative
from secondsource.attribute.senses import other_sense, unspoken
from secondsource.attribute.tree import Tree

# Acts whose object is what they are about, nobody to whom they are done.
OBJECTLESS = frozenset({"sign", "agree", "accept", "meet", "demand", "offer", "promise", "refuse", "start", "end"})


class Deeds:
    """The deeds of one sentence."""

    def __init__(self, tree: Tree, acts: Acts, labels: Labels) -> None:
        self.tree = tree
        self.acts = acts
        self.labels = labels
        self.parties = Parties(tree, acts, labels)
        self.labelling = Labelling(tree, acts, labels)
        self.suffering = acts.forms("face suffer undergo endure sustain")

    def all(self) -> Iterator[Deed]:
        """Every predicate that names an act, in order."""
        used: set[int] = set()
        found: list[Deed] = []
        for t in self.tree.tokens:
            if self.tree.is_verb(t.i) or (t.tag in {"NN", "NNS", "JJ"} and t.dep == "ROOT"):
                deed = self._verb(t.i)
                if deed is not None:
                    found.append(deed)
                    used.update(k for k in (deed.noun,) if k is not None)
        for t in self.tree.tokens:
            if t.tag in {"NN", "NNS"} and t.i not in used:
                deed = self._noun(
                    t.i, {d.verb for d in found if d.act in {"start", "end", "casualties", "yield"} and d.noun is None}
                )
                if deed is not None and not any(d.verb == deed.verb and d.group.frame == "erupted" for d in found):
                    found.append(deed)
        for t in self.tree.tokens:
            if t.tag in {"NN", "NNS"} and (held := event(self.tree, t.i, self.acts, found)) is not None:
                found.append(self._finished(Deed(t.i, held.group, held.group.act, held.actor, held.target, None, t.i)))
        yield from sorted(found, key=lambda d: d.cue)

    def _verb(self, i: int) -> Deed | None:
        group = self.acts.verb(self.tree, i)
        noun = self._carried(i)
        if noun is not None and (group is None or group.asked < 2 or self.tree.lower(noun) not in self.acts.classes["arms"]):
            held = self.acts.noun(self.tree, noun)
            if held is not None and (group is None or group.asked < 2):
                return self._light(i, noun, held)
        if group is None and (stopped := self._stopped(i)) is not None:
            return stopped
        if group is None or not self._alive(i) or unspoken(self.tree, i, group) or other_sense(self.tree, i, group, self.acts):
            return None
        return self._read(i, group)

    def _alive(self, i: int) -> bool:
        """Not a participle that only describes: "the occupied seat", "an arresting view", "the wounded"."""
        return not (
            self.tree.dep(i) in {"amod", "compound"}
            or self.tree.child(i, "det", "poss") is not None
            or (
                self.tree.tag(i) == "VBG"
                and self.tree.dep(i) in {"nsubj", "dobj", "pobj", "nmod"}
                and not objects(self.tree, i)
            )
        )

    def _stopped(self, i: int) -> Deed | None:
        """ "stopped shelling the town": the attack has ended; "did not stop shelling" goes on."""
        tree = self.tree
        inner = tree.child(i, "xcomp")
        if inner is None or tree.lower(i) not in self.labels.stop or tree.is_negated(i) or tree.tag(inner) != "VBG":
            return None
        held = self.acts.verb(tree, inner)
        if held is None or held.act not in {"strike", "clash"}:
            return None
        default = self.acts.defaults["end"]
        group = Group("end", default.get("plover"), default.get("cameo"), "attacks")
        return self._finished(
            Deed(i, group, "end", doer(tree, i), next(iter(objects(tree, inner)), None), "attacks", None, (), inner)
        )

    def _carried(self, i: int) -> int | None:
        """The act noun that a light verb carries."""
        if not self.acts.is_light(self.tree, i):
            return None
        things = objects(self.tree, i)
        preps = ("to", "under", "in") if things else ("to", "under", "with", "in")  # not "declared independence with promises"
        for o in [*things, *(p for p in pobjects(self.tree, i, preps))]:
            if self.acts.noun(self.tree, o) is not None:
                return o
            for of in self.tree.children(o, "prep"):
                if self.tree.lower(of) == "of":
                    for p in self.tree.children(of, "pobj"):
                        if self.acts.noun(self.tree, p) is not None:
                            return p
        return None

    def _light(self, i: int, noun: int, group: Group) -> Deed:
        tree = self.tree
        if group.act == "start" and tree.lower(i) not in self.acts.opening:
            default = self.acts.defaults["strike"]
            group = replace(group, act="strike", plover=default.get("plover"), cameo=default.get("cameo"))
        target = next(iter(pobjects(tree, noun, group.to) or pobjects(tree, i, group.to)), None)
        actor = doer(tree, i)
        if tree.lower(i) in self.suffering and self.acts.defaults[group.act].get("tone") == "hostile" and not passive(tree, i):
            # "faced beatings by the police": the subject is whom it was done to
            by = next((p for k in (noun, i) for p in pobjects(tree, k, ("by", "from"))), None)
            return self._finished(Deed(i, group, group.act, by, actor, None, noun))
        if actor is None:
            actor = next(iter(pobjects(tree, noun, group.actor) or tree.children(noun, "poss")), None)
        content = tree.child(noun, "acl", "ccomp") if self.acts.defaults[group.act]["kind"] == "speech" else None
        if content is not None and target is None and (subject := tree.child(content, "nsubj", "nsubjpass")) is not None:
            target = subject
        return self._finished(Deed(i, group, group.act, actor, target, None, noun, (), content))

    def _noun(self, i: int, taken: set[int]) -> Deed | None:
        """An act noun that happens, that is there, or that stands as a headline."""
        tree = self.tree
        group = self.acts.noun(tree, i)
        if group is None:
            return None
        head = tree.head(i)
        dep = tree.dep(i)
        top = dep in {"nsubj", "nsubjpass"} and head is not None and self.acts.happens(tree, head)
        if dep == "attr" and head is not None and any(tree.tag(c) == "EX" for c in tree.children(head)):
            top = True
        if dep == "pobj" and head is not None and group.act in {"strike", "clash", "meet"}:
            if tree.lower(head) == "without":
                top = True
            elif (
                tree.lower(head) in {"at", "during", "after", "following", "in"}
                and group.act == "meet"
                and pobjects(tree, i, ("with",))
            ):
                return self._attended(i, head, group)
        if not top or head in taken:
            return None
        verb = head if head is not None and tree.is_verb(head) else i
        if dep == "pobj":
            verb = i
        if group.act == "start" and tree.lower(verb) not in self.acts.opening:
            act = "clash" if tree.lower(i).startswith(("war", "campaign")) else "strike"
            default = self.acts.defaults[act]
            group = replace(group, act=act, plover=default.get("plover"), cameo=default.get("cameo"))
        actor = next(iter(tree.children(i, "poss") or pobjects(tree, i, group.actor)), None)
        target = next(iter(pobjects(tree, i, group.to)), None)
        if actor is not None and target is None and group.act in {"clash", "meet"}:
            target = None
        return self._finished(Deed(verb, group, group.act, actor, target, None, i))

    def _attended(self, i: int, prep: int, group: Group) -> Deed | None:
        """ "spoke at a meeting with X": the subject met X."""
        verb = self.tree.head(prep)
        while verb is not None and not self.tree.is_verb(verb):
            verb = self.tree.head(verb)
        actor = doer(self.tree, verb) if verb is not None else None
        if actor is None:
            return None
        return self._finished(Deed(i, group, group.act, actor, pobjects(self.tree, i, ("with",))[0], None, i))

    def _erupted(self, deed: Deed) -> Deed:
        """ "Clashes broke out between A and B" are clashes; "fighting began" begins."""
        tree = self.tree
        subject = tree.subject(deed.verb)
        if deed.act != "start" or subject is None or not deed.group.subject:
            return deed
        nouns = [subject, *pobjects(tree, subject, ("of",))]
        held = next(
            (
                n
                for n in nouns
                if (g := self.acts.noun(tree, n)) is not None
                and g.act == "clash"
                and tree.lower(n) not in {"fighting", "combat"}
            ),
            None,
        )
        if held is None:
            return deed
        default = self.acts.defaults["clash"]
        group = replace(deed.group, act="clash", plover=default.get("plover"), cameo=default.get("cameo"), frame="erupted")
        actor = next(iter(pobjects(tree, deed.verb, ("between",)) or pobjects(tree, held, ("between",))), None)
        return replace(deed, act="clash", group=group, actor=actor, target=None)

    def _read(self, i: int, group: Group) -> Deed | None:
        tree = self.tree
        actor, held = doer(tree, i), objects(tree, i)
        # "took control of the town": the town is what was taken
        things = [o for o in held if tree.lower(o) not in group.parts and tree.lower(o) not in map(plural, group.parts)]
        target: int | None = None
        for way in group.to or (("none",) if group.act in {"start", "end"} else ("object",)):
            if way == "object" and things:
                target = things[0]
            elif way == "dative":
                target = next(iter(tree.children(i, "dative")), None)
                target = next(iter(tree.children(target, "pobj")), target) if target is not None else None
            elif way != "none":
                target = next(iter(pobjects(tree, i, (way,)) or [p for o in held for p in pobjects(tree, o, (way,))]), None)
            if target is not None:
                break
        if target is None and group.to[:1] not in {(), ("none",)} and things and "none" not in group.to:
            target = things[0] if group.act not in OBJECTLESS and not group.theme else None
        if group.invert:
            actor = next(iter(pobjects(tree, i, group.prep | frozenset(group.to))), None)
            subject = tree.subject(i)
            target = resolve_relative(tree, subject) if subject is not None else None
        if not things and group.subject and group.act in {"start", "end", "casualties"} and not passive(tree, i):
            subject = tree.subject(i)
            actor = next(iter(pobjects(tree, subject, ("between", "by"))), None) if subject is not None else None
        actor, target = self.parties.of(i, group, actor, target)
        deed = self._erupted(Deed(i, group, group.act, actor, target))
        if self.acts.defaults[group.act]["kind"] == "speech":
            deed = self.parties.spoken(self.parties.told(deed))
        return self._finished(deed)

    def _finished(self, deed: Deed) -> Deed:
        label = self.labelling.of(deed)  # by the doer's own words, before they are cleared
        return replace(self.parties.cleared(deed), label=label, words=words_of(self.tree, deed))
