"""deed as someone says it -> the speech act that it is: "must leave" a demand, "will not send" a refusal, "we are ready to" an offer

A deed that a speaker foretells of himself or of his own side is a promise, a threat, an offer or a refusal; one that the narrator or
a bystander foretells stays a planned or conditional deed.
"""

from dataclasses import dataclass, replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deeds import Deed
from secondsource.attribute.objects import Labels
from secondsource.attribute.tree import Tree
from secondsource.model import Attribution, Polarity, Realis

FIRST = frozenset({"i", "we", "our", "my", "us", "ours"})
MUST = frozenset({"must", "should"})
OFFICIAL = frozenset("minister president premier spokesman spokeswoman spokesperson ambassador government general commander leader chief envoy ministry office foreign prime secretary king colonel governor".split())  # fmt: skip
READY = frozenset({"ready", "willing", "prepared", "happy"})


@dataclass(frozen=True)
class Voice:
    """Who speaks where the deed stands; no attribution is the outlet's own voice."""

    tree: Tree
    attribution: Attribution | None
    text: str

    def is_own(self, deed: Deed) -> bool:
        """Whether the deed's doer is the speaker or his side."""
        if self.attribution is None or deed.actor is None:
            return False
        word = self.tree.lower(deed.actor)
        owner = next((self.tree.lower(c) for c in self.tree.children(deed.actor, "poss")), "")
        if word in FIRST or owner in FIRST:
            return True
        said = [s.evidence.exact.lower() for s in self.attribution.speakers if s.evidence]
        if word in {"it", "he", "she", "they"}:
            return self.attribution.mode == "indirect"
        if not said:
            return False
        return any(w.startswith(("its ", "their ", "his ", "her ")) or word in w.replace("’s", " ").replace("'s", " ").split() or set(w.split()) & OFFICIAL and not set(w.split()) & {"military", "former", "analyst"} for w in said) and self.tree.tag(deed.actor) in {"NNP", "NNPS"}  # fmt: skip


def position(
    deed: Deed, voice: Voice, realis: Realis, polarity: Polarity, conditional: bool, acts: Acts, labels: Labels
) -> tuple[Deed, Realis, Polarity] | None:
    """The deed with the act, realis and polarity that its speaker and its conditions give it."""
    kind = acts.defaults[deed.act]["kind"]
    if kind == "speech":
        return _speech(deed, realis, polarity, conditional)
    tone = acts.defaults[deed.act].get("tone", "coop")
    if conditional and realis not in {"counterfactual"}:
        if realis in {"planned", "hypothetical"} and voice.is_own(deed) and polarity == "positive":
            act = "conditional_offer" if tone == "coop" else "threaten"
            return _as(deed, act, acts), "conditional", "positive"
        return deed, "conditional" if realis != "actual" or _present(deed, voice.tree) else realis, polarity
    return deed, realis, polarity


def _present(deed: Deed, tree: Tree) -> bool:
    return tree.tag(deed.verb) in {"VBZ", "VBP", "VB"}


def _speech(deed: Deed, realis: Realis, polarity: Polarity, conditional: bool) -> tuple[Deed, Realis, Polarity]:
    if conditional and deed.act == "offer":
        return replace(deed, act="conditional_offer"), "conditional", polarity
    if conditional and deed.act in {"threaten", "agree", "promise"} and realis in {"actual", "planned"}:
        return deed, "conditional", polarity
    return deed, realis, polarity


def _as(deed: Deed, act: str, acts: Acts) -> Deed:
    default = acts.defaults[act]
    group: Group = replace(deed.group, act=act, plover=default.get("plover"), cameo=default.get("cameo"))
    return replace(deed, act=act, group=group)
