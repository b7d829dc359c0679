"""parsed sentence -> the predicates that name an act, with who does it to whom

A predicate is a verb of the table, a light verb with an act noun ("launched an attack"), or an act noun that happens ("an air
raid lasted"). Whether it is real is the business of realis.py.
"""

from collections.abc import Iterator
from dataclasses import replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.extent import TIMES, words_of
from secondsource.attribute.nominal import event
from secondsource.attribute.objects import Labels
from secondsource.attribute.roles import behind, blamed, doer, has_to, objects, passive, pobjects, printed, resolve_relative
from secondsource.attribute.senses import HARM, other_sense
from secondsource.attribute.standing import thing
from secondsource.attribute.tree import Tree

# Acts whose object is what they are about, nobody to whom they are done.
OBJECTLESS = frozenset({"sign", "agree", "accept", "meet", "demand", "offer", "promise", "refuse", "start", "end"})
# Acts of which a part of the phrase is no target: "issued an ultimatum", "set fire to".
NAMED_BY = frozenset({"capture", "praise", "destroy", "threaten"})
# Verbs of meeting whose object is a person; of the others ("discuss", "join", "host") it is the topic or the talks.
GREETING = frozenset({"meet", "visit", "receive", "telephone", "phone", "consult", "call", "greet", "host"})
ARMED = frozenset({"weapons", "arms"})
# Forces that are weapons too: "a car bomb attack", "a tank raid" has nobody for its doer.
VEHICLES = frozenset(
    ["aircraft", "artillery", "battery", "drone", "helicopter", "jet", "mortar", "plane", "tank", "vehicle", "warplane"]
)
# What no target is: "from the beginning".
VAGUE = frozenset({"beginning", "start", "outset", "end"})
NOBODY = frozenset({"nobody", "none", "nothing", "anyone", "anybody", "anything", "someone", "noone"})


class Deeds:
    """The deeds of one sentence."""

    def __init__(self, tree: Tree, acts: Acts, labels: Labels) -> None:
        self.tree = tree
        self.acts = acts
        self.labels = labels
        self.losing = acts.forms("lose")
        self.dying = acts.forms("die perish fall")
        self.suffering = acts.forms("face suffer undergo endure sustain")
        self.greeting = acts.forms(" ".join(sorted(GREETING)))

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
        if group is None or not self._alive(i) or self._describes(i, group) or other_sense(self.tree, i, group, self.acts):
            return None
        return self._read(i, group)

    def _describes(self, i: int, group: Group) -> bool:
        """A participle that only says what sort ("rebels opposed to the king"), or another sense ("wound up the talks")."""
        tree = self.tree
        beside = {tree.lower(c) for c in tree.children(i, "prt")}
        if (group.act == "casualties" and "up" in beside) or (group.act == "aid" and "out" in beside and not group.parts):
            return True  # "wound up the talks", "took out many of them"
        if group.label == "surrender" and any(tree.lower(c) == "on" for c in tree.children(i, "prep")):
            return True  # "gave up on peace"
        if group.act == "threaten" and tree.tag(i) == "VBG" and tree.dep(i) == "advcl" and objects(tree, i):
            return not self.acts.is_one(tree, objects(tree, i)[0], frozenset({"people", "governing_or_name", "civilians"}))
        if (
            group.act == "capture"
            and tree.lower(i).startswith("seiz")
            and any(tree.lower(c) in {"on", "upon"} for c in tree.children(i, "prep", "prt"))
        ):
            return True  # "seized on the attacks as evidence"
        whom = tree.head(i)
        if group.act == "arrest" and tree.dep(i) == "acl" and whom is not None and doer(tree, i) is None:
            return tree.lower(whom) in self.acts.classes["captives"]  # "prisoners held in the capital"
        sort = tree.dep(i) == "acl" and passive(tree, i)
        return sort and group.act in {"praise", "refuse"} and group.label is None

    def _alive(self, i: int) -> bool:
        """Not a participle that only describes: "the occupied seat", "an arresting view"."""
        return not (
            self.tree.dep(i) in {"amod", "compound"}
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
        things = [o for o in held if tree.lower(o) not in group.parts] if group.act in NAMED_BY else held
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
        if target is None and group.to and group.to[0] != "none" and things and "none" not in group.to:
            target = things[0] if group.act not in OBJECTLESS else None
        if group.invert:
            actor = next(iter(pobjects(tree, i, group.prep | frozenset(group.to))), None)
            subject = tree.subject(i)
            target = resolve_relative(tree, subject) if subject is not None else None
        if not things and group.subject and group.act in {"start", "end", "casualties"} and not passive(tree, i):
            subject = tree.subject(i)
            actor = next(iter(pobjects(tree, subject, ("between", "by"))), None) if subject is not None else None
        actor, target = self._parties(i, group, actor, target)
        deed = self._erupted(Deed(i, group, group.act, actor, target))
        if self.acts.defaults[group.act]["kind"] == "speech":
            deed = self._speech(self._told(deed))
        return self._finished(deed)

    def _told(self, deed: Deed) -> Deed:
        """ "X said words were not enough and demanded …": no word demands, X does."""
        tree, i = self.tree, deed.verb
        up = tree.head(i)
        if tree.dep(i) != "conj" or up is None or tree.subject(i) is not None or tree.dep(up) != "ccomp":
            return deed
        said = tree.head(up)
        if said is None or tree.lower(said) not in self.acts.words["reporting"] or not thing(tree, deed, self.acts):
            return deed
        return replace(deed, actor=doer(tree, said))

    def _parties(self, i: int, group: Group, actor: int | None, target: int | None) -> tuple[int | None, int | None]:
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

    def _speech(self, deed: Deed) -> Deed:
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

    def _finished(self, deed: Deed) -> Deed:
        label = self._label(deed)
        actor = deed.actor
        if actor is not None and self._bare_weapon(actor):
            actor = None
        if actor is not None and self.tree.lower(actor) in NOBODY:
            actor = None
        if actor is not None:
            actor = self._whose(actor, deed)
        if deed.target is not None and (self.tree.lower(deed.target) in TIMES | NOBODY | VAGUE or self._is_year(deed.target)):
            deed = replace(deed, target=None)
        return replace(deed, actor=actor, label=label, words=words_of(self.tree, deed))

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

    def _label(self, deed: Deed) -> str | None:
        tree, group = self.tree, deed.group
        if group.label is not None:
            if deed.act == "end" and group.label == "ceasefire" and group.plover != "ASSAULT":
                return "attacks"  # a truce declared ends the attacks; a truce that fails is itself what ends
            return None if group.label == "none" else group.label
        if self.acts.defaults[deed.act]["kind"] == "speech":
            return self._about(deed)
        if deed.noun is not None:
            return self.labels.default(deed.act)
        things = objects(tree, deed.verb)
        if deed.act == "aid":
            return "arms" if self.labels.of_phrase(tree, things) == "arms" else "aid"
        if deed.act in {"sign", "violate", "end", "yield", "start", "mediate"}:
            return self.labels.of_phrase(tree, [*things, *tree.children(deed.verb, "nsubj")]) or self.labels.default(deed.act)
        return self.labels.default(deed.act)

    def _about(self, deed: Deed) -> str | None:
        tree = self.tree
        if deed.act == "accuse" and (blame := self._blame(deed)) is not None:
            return blame
        if deed.content is not None:
            label = self.labels.of_clause(tree, deed.content)
            if label is not None:
                return label
            subject = tree.child(deed.content, "nsubj", "nsubjpass")
            if subject is not None and (label := self.labels.of_phrase(tree, [subject])) is not None:
                return label
        start = deed.noun if deed.noun is not None else deed.verb
        heads = [*(objects(tree, start) if deed.noun is None else []), *behind(tree, start)]
        if deed.act in {"appeal", "promise", "threaten", "accuse"}:
            heads = [*behind(tree, start), *heads]
        return self.labels.of_phrase(tree, [h for h in heads if h != deed.target or len(heads) == 1]) or self.labels.of_inner(
            tree, start
        )

    def _blame(self, deed: Deed) -> str | None:
        """ "of escalating the conflict", "for the renewed fighting": what was done to the peace."""
        tree = self.tree
        if deed.content is not None and tree.lower(deed.content) in self.labels.blame:
            inner = tree.child(deed.content, "xcomp")
            return self.labels.blame[tree.lower(deed.content)] if inner is None else None
        for noun in behind(tree, deed.verb):
            for c in tree.children(noun, "amod"):
                if tree.lower(c) in self.labels.blame:
                    return self.labels.blame[tree.lower(c)]
        return None


def target_of(tree: Tree, clause: int, target: int | None) -> int | None:
    subject = tree.child(clause, "nsubj", "nsubjpass")
    return target if target is not None or subject is None or tree.tag(subject) == "EX" else subject
