"""deed -> what it is about: its object, by the table of objects

A word of its own (`Group.label`) wins; of a speech act, what its clause or its nouns are about; of a deed, what it is done to.
"""

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.objects import Labels
from secondsource.attribute.roles import behind, objects
from secondsource.attribute.tree import Tree


class Labelling:
    """The objects of the deeds of one sentence."""

    def __init__(self, tree: Tree, acts: Acts, labels: Labels) -> None:
        self.tree = tree
        self.acts = acts
        self.labels = labels

    def of(self, deed: Deed) -> str | None:
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
