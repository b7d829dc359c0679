"""deed -> the same deed where its doer and its target can be what the act needs; None where they cannot

An act is somebody's: a market that is hit, talks that collapse, a film that is shot are another sense of the verb. What an act
needs stands in the table [fit] of `acts`, what a noun is in `kinds`. What fits nothing is given up: no claim beats a wrong one.
"""

from dataclasses import replace

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.kinds import Slot
from secondsource.attribute.roles import has_to, objects
from secondsource.attribute.tree import Tree

ANYTHING = frozenset({"any"})
# Classes of objects that say little of a verb's sense.
LOOSE = frozenset({"thing", "none", "name", "number", "pronoun"})


class Selection:
    """Who may do what to whom, in one sentence."""

    def __init__(self, tree: Tree, acts: Acts) -> None:
        self.tree = tree
        self.acts = acts

    def fitted(self, deed: Deed) -> Deed | None:
        """The deed, perhaps with a slot less, or None."""
        who, whom = self.acts.needs(deed.act, deed.group)
        if deed.actor is not None and who is not None and not self._fits(deed.actor, who):
            if not self._emptied(deed.actor, who) and not self._inherited(deed):
                return None
            deed = replace(deed, actor=None)
        if deed.target is not None and whom is not None and not self._fits(deed.target, whom):
            if self._acted_on(deed, deed.target) and not self._emptied(deed.target, whom):
                return None
            deed = replace(deed, target=None)
        return deed

    def _fits(self, word: int, wanted: Slot) -> bool:
        kinds = self.acts.kinds.of(self.tree, word)
        return wanted.kinds >= ANYTHING or bool(kinds & (wanted.kinds - wanted.emptied))

    def _emptied(self, word: int, wanted: Slot) -> bool:
        return wanted.emptied >= ANYTHING or bool(self.acts.kinds.of(self.tree, word) & wanted.emptied)

    def _inherited(self, deed: Deed) -> bool:
        """ "an attempt to free them": the noun that the infinitive hangs on is no doer, and says nothing of the verb's sense."""
        return self.tree.dep(deed.verb) == "acl" and has_to(self.tree, deed.verb)

    def _acted_on(self, deed: Deed, target: int) -> bool:
        """Whether the target is what the verb acts on: behind a preposition a word of another kind is no target at all."""
        if target not in objects(self.tree, deed.verb):
            return False
        asked = deed.group.object - LOOSE  # "impose sanctions": the group has asked for this very object
        return not (asked and self.acts.is_one(self.tree, target, asked))
