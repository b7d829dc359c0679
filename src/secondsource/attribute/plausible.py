"""frame in the making -> whether somebody speaks in it at all

Purposes ("to show …"), things, bare participles and what was not said are no speech.
"""

from secondsource.attribute.forms import Entry
from secondsource.attribute.ground import OPEN_PAIRS, Ground

NOBODY = frozenset({"you", "there", "this", "these", "'s", "nobody", "anyone", "anybody", "nothing", "something", "everything"})
# Passives that need somebody who does them: "was called", "is known as".
AGENTLESS = frozenset(
    [
        "call",
        "name",
        "dub",
        "consider",
        "schedule",
        "need",
        "plan",
        "design",
        "offer",
        "quote",
        "prepare",
        "recognize",
        "recognise",
        "know",
        "identify",
    ]
)
WEAK = frozenset({"object", "as", "prep", "to", "person_to", "passive"})


class Plausible(Ground):
    """Refuses frames that have the form of speech and are none."""

    def plausible(
        self, i: int, entry: Entry, kind: str, frame: str, speakers: tuple[tuple[int, ...], ...], top: int | None
    ) -> bool:
        """Whether verb `i` tells of speech; `top` is the head of its first speaker."""
        tree = self.tree
        if not speakers and not self.may_be_unsaid(i, entry, kind, frame):
            return False
        if self.purpose(i) or self.never(i, kind):
            return False
        if kind not in {"say", "claim", "report", "ask"} and self.supposed(i):
            return False
        if speakers and tree.tokens[speakers[0][0]].text in OPEN_PAIRS | {"'"}:
            return False  # a speaker cannot begin inside a quotation
        return top is None or self.holder(i, kind, frame, top)

    def may_be_unsaid(self, i: int, entry: Entry, kind: str, frame: str) -> bool:
        """Whether a cue without a speaker may stand: a passive, "asked whether"."""
        tree = self.tree
        if tree.tag(i) == "VBN" and tree.dep(i) == "acl":
            return False
        if kind == "promise":
            return False  # "safety can be guaranteed"
        passive = tree.child(i, "auxpass", "nsubjpass") is not None
        if not passive and not (kind == "ask" and tree.tag(i) == "VBN"):
            return False
        return not (frame in {"passive", "as", "prep"} and entry.lemma in AGENTLESS)

    def purpose(self, i: int) -> bool:
        """ "to show that …", "asked them to watch and verify": what is to be done, not said."""
        tree = self.tree
        if tree.tag(i) != "VB":
            return False
        if any(tree.lower(k) == "to" for k in tree.children(i, "aux")) and not self.carried(i):
            return True
        head = tree.head(i)
        if head is None or tree.dep(i) != "conj" or tree.tag(head) != "VB" or self.carried(head):
            return False
        return tree.child(i, "nsubj") is None and any(tree.lower(k) == "to" for k in tree.children(head, "aux"))

    def never(self, i: int, kind: str) -> bool:
        """ "did not promise", "failed to agree", "have yet to accept"."""
        tree = self.tree
        if kind in {"promise", "offer"} and tree.is_negated(i):
            return True
        head = tree.head(i)
        if tree.tag(i) == "VB" and any(tree.lower(k) == "yet" for k in range(max(0, i - 3), i)):
            return True
        failed = head is not None and self.carried(i) and tree.lower(head).startswith("fail")
        return failed and kind in {"agree", "promise", "offer", "confirm"}

    def holder(self, i: int, kind: str, frame: str, top: int) -> bool:
        """Whether `top` can be the speaker: somebody, not "nobody", and animate where the frame shows little."""
        tree = self.tree
        if kind == "report" and frame in {"clause", "as", "object"} and tree.lower(top) != "which" and not self.animate(top):
            return False
        if kind == "agree" and frame == "object" and tree.dep(i) == "relcl" and tree.lower(top) in {"which", "that", "who"}:
            return False  # "the militia that supports him" only describes
        if kind == "refuse" and frame == "object" and tree.dep(i) == "relcl" and tree.tag(i) in {"VBP", "VBZ"}:
            return False  # "the farmers, who oppose the dam"
        if tree.lower(top) in {"which", "that"} and tree.dep(i) == "relcl" and (held := tree.head(i)) is not None:
            top = held
        low = tree.lower(top)
        if kind == "say" and frame == "object" and low in self.lexicon.occasions:
            return False  # "that statement echoed the minister's remarks"
        if low in NOBODY or (kind == "offer" and frame == "object" and low == "who"):
            return False
        if kind == "believe" and frame == "to" and (low in {"i", "we"} or tree.tag(i) == "VBG"):
            return False  # "I want to ask", "anyone wanting to": nobody's view is told
        if kind == "agree" and frame == "object" and self.carried(i) and tree.lower(tree.tokens[i].head).startswith("continu"):
            return False  # "forces continue to support the efforts"
        if kind == "agree" and frame == "object" and tree.tag(i) == "VBG" and tree.dep(i) in {"acl", "amod"}:
            return False  # "the coalition supporting the government"
        weak = kind in {"believe", "ask"} or frame in WEAK
        return not (weak and frame != "noun" and not self.animate(top))
