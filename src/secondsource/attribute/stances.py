"""parsed sentence -> demands, refusals and denials that no verb of speech names

"They must leave", "there will be no talks", "the border is not negotiable", "we have no plans to attack": what somebody says
there is a position, whatever verb reports it. Only inside what someone is said to say, never in the outlet's own voice.
"""

from collections.abc import Iterator
from dataclasses import replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.objects import Labels
from secondsource.attribute.roles import behind, doer, pobjects, resolve_relative
from secondsource.attribute.tree import Tree

FIRST = frozenset({"i", "we", "our", "my", "us", "it", "there", "this", "that", "everyone", "one", "you"})
NO = frozenset({"no", "never", "neither"})
# Deeds that "should" asks for.
ASKED = frozenset({"withdraw", "release", "end", "meet", "yield", "aid", "agree", "accept"})
READY = frozenset({"ready", "willing", "prepared"})
BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "'re"})


class Stances:
    """The positions of one sentence."""

    def __init__(self, tree: Tree, acts: Acts, labels: Labels) -> None:
        self.tree = tree
        self.acts = acts
        self.labels = labels

    def all(self) -> Iterator[Deed]:
        """Every position, as a deed whose words are the whole clause."""
        found = (self._at(t.i, self.tree.lower(t.i)) for t in self.tree.tokens)
        yield from (deed for deed in found if deed is not None)
        root = next((t.i for t in self.tree.tokens if t.dep == "ROOT"), None)
        if root is not None and (deed := self._command(root)):
            yield deed

    def _at(self, i: int, low: str) -> Deed | None:
        """The position that the word at `i` opens."""
        if low in self.acts.words["allowing"]:
            return self._not_allow(i)
        if low in {"must", "has", "have", "had"}:
            return self._must(i) or (self._no_plans(i) if self.tree.dep(i) not in {"aux", "auxpass"} else None)
        if low == "should":
            return self._should(i)
        if low in BE:
            return self._nothing(i) or self._against(i)
        if low in READY:
            return self._ready(i)
        return self._imperative(i) if low in {"no", "never"} else None

    def _make(self, act: str, verb: int, target: int | None, label: str | None, plover: str | None = None) -> Deed:
        default = self.acts.defaults[act]
        group = Group(act=act, plover=plover or default.get("plover"), cameo=default.get("cameo"), label=label, frame="speaker")
        words = tuple(
            self.tree.subtree(verb, lambda c: self.tree.dep(c) in {"advcl", "punct", "parataxis", "mark"} or self._other(c))
        )
        return Deed(verb, group, act, None, target, label, None, words)

    def _other(self, c: int) -> bool:
        return self.tree.dep(c) in {"conj", "cc"} and self.tree.subject(c) is not None

    def _ready(self, i: int) -> Deed | None:
        """ "X is ready to …": an offer, where it is no threat."""
        tree = self.tree
        be, clause = tree.head(i), tree.child(i, "xcomp")
        if be is None or clause is None or tree.lower(be) not in BE or tree.is_negated(be) or tree.subject(be) is None:
            return None
        group = self.acts.verb(tree, clause)
        label = self.labels.of_clause(tree, clause)
        if (group is not None and self.acts.defaults[group.act].get("tone") == "hostile") or label not in self.acts.words[
            "refusable"
        ] | {"prisoners", "aid", "borders"}:
            return None
        label = "ceasefire" if label == "attacks" else label
        target = next(iter(pobjects(tree, clause, ("with", "to", "for"))), None) if group is not None else None
        return replace(self._make("offer", be, target, label), actor=doer(tree, be))

    def _must(self, i: int) -> Deed | None:
        """ "X must …", "X has to …": X is told what to do."""
        tree = self.tree
        verb = tree.head(i) if tree.dep(i) == "aux" else None
        helpers = {tree.lower(c) for c in tree.children(i, "aux")}
        if tree.lower(i) == "had" or tree.tag(i) == "VBN" or (tree.tag(i) == "VB" and not helpers & {"will", "'ll", "shall"}):
            return None
        if tree.lower(i) in {"has", "have"}:
            inner = tree.child(i, "xcomp")
            verb = (
                inner
                if inner is not None and any(tree.lower(c) == "to" for c in tree.children(inner, "aux")) and inner - i <= 3
                else None
            )
            subject = tree.subject(i)
        else:
            subject = tree.subject(verb) if verb is not None else None
        if (
            verb is None
            or subject is None
            or tree.lower(subject) in FIRST
            or "have" in {tree.lower(c) for c in tree.children(verb, "aux")}
        ):
            return None
        target = resolve_relative(tree, subject)
        label = self.labels.of_clause(tree, verb) or self.labels.of_phrase(tree, [subject])
        return self._make("demand", verb, target, label)

    def _should(self, i: int) -> Deed | None:
        """ "X should …" asks for something only where the deed is one of the table."""
        tree = self.tree
        verb = tree.head(i) if tree.dep(i) == "aux" else None
        if verb is None or "have" in {tree.lower(c) for c in tree.children(verb, "aux")} or i < (tree.subject(verb) or -1):
            return None
        subject = tree.subject(verb)
        group = self.acts.verb(tree, verb)
        if subject is None or group is None or tree.lower(subject) in FIRST:
            return None
        if group.act not in ASKED and tree.lower(verb) not in {"propose", "apologise", "apologize"}:
            return None
        return self._make("appeal", verb, resolve_relative(tree, subject), self.labels.of_clause(tree, verb))

    def _nothing(self, i: int) -> Deed | None:
        """ "There can be no talks", "there is no reason for X to intervene"."""
        tree = self.tree
        if not any(tree.tag(c) == "EX" for c in tree.children(i)):
            return None
        thing = tree.child(i, "attr", "nsubj", "dobj")
        if thing is None or (
            not any(tree.lower(c) in NO for c in tree.children(thing))
            and not any(tree.dep(c) == "neg" for c in tree.children(i))
        ):
            return None
        if self.acts.is_one(tree, thing, frozenset({"forces", "captives", "weapons"})) and self.acts.noun(tree, thing) is None:
            deed = self._make("deny", i, None, None)
            return replace(deed, group=replace(deed.group, theme=True))
        modal = {tree.lower(c) for c in tree.children(i, "aux")} & {"will", "can", "could", "would", "shall", "may", "must"}
        label = self.labels.of_phrase(tree, [thing])
        if tree.lower(thing) in self.acts.words["grounds"]:
            of = [c for p in tree.children(thing, "prep") for c in tree.children(p, "pcomp")]
            clause = next((c for c in (*tree.children(thing, "acl", "relcl"), *of, *tree.children(i, "advcl", "xcomp"))), None)
            if clause is not None:
                subject = tree.subject(clause)
                return self._make("refuse", i, subject or next(iter(pobjects(tree, thing, ("for",))), None), self._said(clause))
            label = self.labels.of_phrase(tree, behind(tree, thing))
            return self._make("refuse", i, None, label) if label in self.acts.words["refusable"] else None
        if modal and label in self.acts.words["refusable"]:
            narrow = self.labels.of_phrase(tree, pobjects(tree, thing, ("on", "about", "over")))
            return self._make("refuse", i, next(iter(pobjects(tree, thing, ("with",))), None), narrow or label)
        return None

    def _said(self, clause: int) -> str | None:
        label = self.labels.of_clause(self.tree, clause)
        return "intervention" if self.tree.lower(clause).startswith(("interven", "interfer", "meddl")) else label

    def _against(self, i: int) -> Deed | None:
        """ "Talks are out of the question", "that land is not negotiable", "it is unrealistic to speak of a meeting"."""
        tree = self.tree
        said = tree.child(i, "acomp", "attr")
        negated = tree.is_negated(i)
        if tree.lower(i) in {"was", "were"} and said is not None and tree.lower(said) in {"possible", "impossible"}:
            return None  # "was not possible": what came of it, told afterwards
        word = tree.lower(said) if said is not None else ""
        low = [tree.lower(k) for k in range(i, min(i + 9, len(tree)))]
        out = {
            ("out", "of", "the", "question"),
            ("off", "the", "table"),
            ("on", "the", "table"),
            ("up", "for", "discussion"),
            ("up", "for", "negotiation"),
        }
        phrase = next((p for p in out if any(tuple(low[k : k + len(p)]) == p for k in range(1, 4))), None)
        flat = phrase is not None and (phrase[0] in {"out", "off"}) != negated
        topic = (
            word in {"subject", "matter", "topic", "object"}
            and negated
            and said is not None
            and self.labels.of_phrase(tree, behind(tree, said)) == "talks"
        )
        if not (
            (word in self.acts.words["against"] and not negated)
            or (word in self.acts.words["open_to_talk"] and negated)
            or flat
            or topic
        ):
            return None
        heads = [c for c in tree.children(i, "nsubj", "csubj") if tree.tag(c) not in {"PRP", "DT", "EX"}]
        clause = next((c for k in (i, said) if k is not None for c in tree.children(k, "xcomp", "ccomp", "advcl", "acl")), None)
        label = self.labels.of_phrase(tree, heads) if heads else None
        if label is None and clause is not None:
            label = self.labels.of_clause(tree, clause)
        return self._make("refuse", i, None, label) if label in self.acts.words["refusable"] else None

    def _no_plans(self, i: int) -> Deed | None:
        """ "We have no plan to …", "X has no such intention"."""
        tree = self.tree
        plan = tree.child(i, "dobj")
        if (
            plan is None
            or tree.lower(plan) not in self.acts.words["plans"]
            or not any(tree.lower(c) in NO for c in tree.children(plan))
        ):
            return None
        clause = tree.child(plan, "acl", "relcl")
        for p in tree.children(plan, "prep"):
            clause = clause if clause is not None else tree.child(p, "pcomp")
        label = (
            self.labels.of_clause(tree, clause)
            if clause is not None
            else ("attacks" if any(tree.lower(c) == "military" for c in tree.children(plan, "amod")) else None)
        )
        target = None
        if clause is not None:
            heads = [clause, *tree.children(clause, "dobj")]
            target = next((p for h in heads for p in pobjects(tree, h, ("against", "on", "with"))), None)
        deed = self._make("deny", i, target, label)
        return replace(deed, actor=doer(tree, i))

    def _not_allow(self, i: int) -> Deed | None:
        """ "We will not allow …", "I shall never cede …"."""
        tree = self.tree
        subject = tree.subject(i)
        modal = {tree.lower(c) for c in tree.children(i, "aux")} & {"will", "wo", "can", "ca", "shall", "would", "could"}
        if any(tree.lower(c) == "down" for c in tree.children(i, "prt")):
            return None  # "we will not let you down"
        if not modal or not (tree.is_negated(i) or any(tree.lower(c) == "never" for c in tree.children(i))):
            return None
        if subject is None or (tree.lower(subject) not in {"we", "i", "nobody"} and tree.tag(subject) not in {"NNP", "NNPS"}):
            return None
        return replace(self._make("refuse", i, None, self.labels.of_clause(tree, i)), actor=subject)

    def _imperative(self, i: int) -> Deed | None:
        """ "No talks before the troops are gone." """
        tree = self.tree
        noun = tree.head(i)
        if noun is None or tree.dep(noun) != "ROOT" or not tree.tag(noun).startswith("NN") or noun - i > 3:
            return None
        label = self.labels.of_phrase(tree, [noun])
        return self._make("refuse", noun, None, label) if label in self.acts.words["refusable"] else None

    def _command(self, i: int) -> Deed | None:
        """ "Stop the shelling of our villages": an imperative of the table."""
        tree = self.tree
        if tree.tag(i) != "VB" or tree.subject(i) is not None or any(tree.lower(c) != "do" for c in tree.children(i, "aux")):
            return None
        if any(tree.is_verb(c) and tree.subject(c) is not None and tree.tag(c) == "MD" for c in tree.children(i)):
            return None
        label = self.labels.of_clause(tree, i)
        return self._make("demand", i, None, label) if label is not None else None
