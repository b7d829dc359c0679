"""deed in its sentence -> whether it happened, will, may or would have, and whether it is said not to have

The words that govern a deed are followed up to the clause that someone asserts: auxiliaries, "plans to", "due to", "failed to",
"without", "denied having", "it is untrue that".
"""

from dataclasses import dataclass

from secondsource.attribute.acts import Acts
from secondsource.attribute.deed import Deed
from secondsource.attribute.tree import Tree
from secondsource.model import Polarity, Realis

WILL = frozenset({"will", "shall", "'ll", "wo"})
MAY = frozenset({"may", "might", "could", "can", "ca"})
WOULD = frozenset({"would", "'d", "should"})
NEGATIVE = frozenset({"no", "neither", "nobody", "none", "nothing", "never", "nor", "noone"})
FALSE = frozenset(
    {
        "lie",
        "myth",
        "untrue",
        "false",
        "fabrication",
        "tale",
        "invention",
        "nonsense",
        "untruth",
        "falsehood",
        "hoax",
        "wrong",
        "incorrect",
    }
)
SAID = frozenset(
    {
        "claim",
        "report",
        "allegation",
        "accusation",
        "claims",
        "reports",
        "allegations",
        "accusations",
        "suggestion",
        "suggestions",
        "rumour",
        "rumours",
        "rumors",
        "rumor",
        "charge",
        "charges",
    }
)
# Dependents whose "no" denies the verb.
COUNTED = ("nsubj", "nsubjpass", "dobj", "attr")
ATTEMPT = frozenset({"attempt", "attempts", "effort", "efforts", "bid", "bids"})
FAVOUR = frozenset(
    {"favour", "favor", "hopes", "hope", "prospect", "prospects", "chances", "chance", "idea", "possibility", "open"}
)
FAILED = frozenset({"unsuccessful", "failed", "fails", "fruitless", "futile", "collapsed", "foundered", "vain"})
MADE_UP = frozenset({"exercise", "scenario", "drill", "simulation", "novel", "film", "game"})
AIM = frozenset({"aimed", "designed", "intended", "meant", "geared", "calculated", "bound"})
RISK = frozenset(
    {"talk", "risk", "possibility", "danger", "fear", "fears", "prospect", "threat", "chance", "likelihood", "scenario"}
)


@dataclass
class Seen:
    """What the words above and around a deed say of it."""

    realis: Realis = "actual"
    negative: bool = False
    asserted: bool = True  # False: no claim (a question, a condition, what a speech act is about)
    denied: bool = False  # by a verb of the sentence itself


class Judge:
    """Realis and polarity of the deeds of one sentence."""

    def __init__(self, tree: Tree, acts: Acts) -> None:
        self.tree = tree
        self.acts = acts

    def of(self, deed: Deed) -> tuple[Realis, Polarity, bool]:
        """Realis, polarity, and whether the sentence's own words deny it; conditions and dates are not looked at."""
        seen = Seen()
        if deed.noun is not None and deed.noun not in self.tree.children(deed.verb, *COUNTED) and self._negates(deed.noun):
            seen.negative = True
        self._predicate(deed.verb, seen)
        self._climb(deed, seen)
        self._frame(deed, seen)
        return seen.realis, "negative" if seen.negative else "positive", seen.denied

    def _frame(self, deed: Deed, seen: Seen) -> None:
        """Words that stand over the whole sentence."""
        low = [self.tree.lower(k) for k in range(len(self.tree))]
        first = self.tree.lower(0) if len(low) else ""
        if seen.realis in {"actual", "planned"} and first in {"perhaps", "maybe", "possibly"}:
            seen.realis = "hypothetical"
        if seen.realis == "actual" and any(
            self.tree.lower(p) == "in" and self.tree.lower(o) in MADE_UP
            for p in self.tree.children(self._root(deed.verb), "prep")
            for o in self.tree.children(p, "pobj")
        ):
            seen.realis = "hypothetical"

    def _root(self, i: int) -> int:
        above = self.tree.ancestors(i)
        return above[-1] if above else i

    def _predicate(self, i: int, seen: Seen) -> None:
        """The verb's own auxiliaries and negations."""
        tree = self.tree
        held = tree.children(i, "aux", "auxpass")
        if not held and tree.dep(i) == "conj" and (head := tree.head(i)) is not None and tree.subject(i) is None:
            held = [c for c in tree.children(head, "aux") if c < head] if tree.tag(i) in {"VB", tree.tag(head)} else []
        words = {tree.lower(c) for c in held}
        perfect = "have" in words
        if words & WILL:
            raise_to(seen, "planned")
        elif words & MAY:
            raise_to(seen, "counterfactual" if perfect else "hypothetical")
            if "could" in words and (self._is_negated(i)) and not perfect:
                seen.realis = "actual"  # "could not capture it": tried and failed
        elif "must" in words and perfect is False:
            raise_to(seen, "hypothetical")
        elif words & WOULD:
            raise_to(seen, "counterfactual" if perfect else "hypothetical")
        elif "had" in words and tree.dep(i) == "advcl" and held[0] < (tree.subject(i) or -1):
            raise_to(seen, "counterfactual")
        if self._is_negated(i):
            seen.negative = not seen.negative
        said = {tree.lower(c) for c in tree.children(i, "acomp")}
        if said & {"possible", "likely", "unlikely", "conceivable", "imaginable", "probable"}:
            raise_to(seen, "hypothetical")
        if (
            tree.tag(i) in {"VBZ", "VBP"}
            and not held
            and any(
                tree.lower(c) in {"tomorrow", "next"} or any(tree.lower(k) == "next" for k in tree.children(c))
                for c in tree.children(i, "npadvmod", "advmod")
            )
        ):
            raise_to(seen, "planned")  # "opens tomorrow"
        self._be_to(i, seen)

    def _be_to(self, i: int, seen: Seen) -> None:
        """ "are to meet", "is going to", "is about to": the infinitive under "be"."""
        tree = self.tree
        words = {tree.lower(c) for c in tree.children(i, "aux")}
        head = tree.head(i)
        if (
            (
                "to" in words
                and tree.dep(i) == "xcomp"
                and head is not None
                and tree.lower(head) in {"is", "are", "was", "were", "'s", "'re"}
            )
            or ("to" in words and words & {"is", "are"})
            or "going" in words
        ):
            raise_to(seen, "planned")

    def _is_negated(self, i: int) -> bool:
        tree = self.tree
        for c in tree.children(i):
            word = tree.lower(c)
            if tree.dep(c) == "neg" or (
                word in {"never", "not", "n't", "nor", "neither"} and tree.dep(c) in {"advmod", "cc", "preconj", "neg"}
            ):
                if word == "not" and c + 1 < len(tree) and tree.lower(c + 1) in {"only", "just", "merely"}:
                    continue
                if tree.dep(c) == "cc" and c > i:
                    continue
                return True
            if tree.dep(c) in COUNTED and (word in NEGATIVE or self._negates(c)):
                return not (word == "none" and c + 1 < len(tree) and tree.lower(c + 1) == "other")
        head = tree.head(i)
        if (
            tree.dep(i) == "conj"
            and head is not None
            and any(tree.lower(c) == "nor" and head < c < i for c in tree.children(head, "cc"))
        ):
            return True
        if tree.dep(i) == "conj" and head is not None and tree.subject(i) is None and tree.tag(i) == "VB":
            return self._is_negated(head)
        return False

    def _negates(self, noun: int) -> bool:
        """ "no talks", "not one shell", "not a single hostage", "no Velmoran soldier"."""
        tree = self.tree
        for c in tree.children(noun):
            word = tree.lower(c)
            if (
                word in {"no", "neither"}
                and tree.dep(c) in {"det", "preconj", "neg", "amod", "advmod"}
                and not (c + 1 < len(tree) and tree.lower(c + 1) in {"fewer", "less", "more"})
            ):
                return True
            if word in {"hardly", "scarcely", "barely"} or any(
                tree.lower(k) in {"hardly", "scarcely", "barely"} for k in tree.children(c)
            ):
                return True
            if word == "not" and tree.lower(c + 1) in {"one", "a"}:
                return True
            if tree.dep(c) == "nummod" and any(tree.lower(k) == "not" for k in tree.children(c)):
                return True
        return tree.lower(noun) in {"none", "neither"}

    def _climb(self, deed: Deed, seen: Seen) -> None:
        """Every word that governs the deed, nearest first, up to the clause that is asserted."""
        tree = self.tree
        i = deed.verb
        if deed.noun is not None and deed.noun != deed.verb:
            self._governed(deed.noun, deed.verb, seen, carried=True)
        for _ in range(12):
            head = tree.head(i)
            if head is None:
                return
            dep = tree.dep(i)
            if dep in {
                "xcomp",
                "ccomp",
                "pcomp",
                "acl",
                "prep",
                "csubj",
                "advcl",
                "acomp",
                "attr",
                "dobj",
                "pobj",
                "nsubj",
                "conj",
                "relcl",
                "oprd",
                "nsubjpass",
                "dep",
                "nmod",
            }:
                if not self._step(i, head, dep, seen):
                    return
            else:
                return
            i = head

    def _step(self, i: int, head: int, dep: str, seen: Seen) -> bool:
        """One step up; False where the governing clause says nothing more of the deed."""
        tree = self.tree
        word = tree.lower(head)
        if dep == "ccomp" and i < head and any(tree.tokens[k].text in {";", ":"} for k in range(i, head)):
            return False
        if dep in {"prep", "pcomp", "pobj"} and word in {"short", "far", "without"}:
            seen.negative = not seen.negative
            return False
        if self._describes(i, head, dep, seen):
            return False
        if dep in {"acl", "relcl"} and (word in ATTEMPT or word in FALSE | SAID):
            self._noun_above(head, word, seen)
            return False
        if dep in {"prep", "pcomp"} and {word, tree.lower(tree.tokens[head].head)} & FAVOUR:
            raise_to(seen, "hypothetical")
            return False
        if dep == "prep" or tree.tag(head) == "IN":
            if dep == "prep" and word in self.acts.governors["blocking"] | self.acts.governors["refraining"]:
                self._governed(i, head, seen)
            return dep in {"pcomp", "prep", "pobj"}
        if dep == "conj":
            return self._joined(i, head, seen)
        if dep == "relcl":
            if word in RISK or any(tree.lower(p) in RISK for p in tree.ancestors(head)[:2]):
                raise_to(seen, "hypothetical")
            return word in RISK
        if dep == "advcl":
            return False
        self._governed(i, head, seen)
        return dep in {"xcomp", "ccomp", "pcomp", "acl", "acomp", "attr", "csubj", "oprd"} and not self._reports(head)

    def _describes(self, i: int, head: int, dep: str, seen: Seen) -> bool:
        """Whether the clause only describes the word above it, which then says nothing more of the deed."""
        tree, word = self.tree, self.tree.lower(head)
        if word in AIM and dep in {"pcomp", "prep", "xcomp"} and tree.tag(head) == "VBN":
            raise_to(seen, "hypothetical")  # "talks aimed at ending the war"
            return True
        if dep != "acl" or tree.tag(i) not in {"VBN", "VBG"}:
            return False
        brokered = tree.tag(i) == "VBN" and any(tree.dep(c) == "agent" for c in tree.children(i))
        # "efforts brokered by X"; "cannot trust a truce announced by X": what governs the noun says nothing of its participle
        return brokered or word not in RISK | ATTEMPT | FALSE | SAID

    def _joined(self, i: int, head: int, seen: Seen) -> bool:
        """A verb joined to another: under the same governing word where both are infinitives or participles."""
        tree = self.tree
        if tree.tag(i) == "VB" and tree.tag(head) in {"VBD", "VBN"} and not tree.children(i, "aux", "nsubj"):
            raise_to(seen, "planned")  # "agreed to cease fire, exchange prisoners and hold talks"
        under = tree.dep(head) in {"xcomp", "ccomp", "pcomp", "conj"}
        return tree.subject(i) is None and tree.tag(head) == tree.tag(i) and under

    def _noun_above(self, noun: int, word: str, seen: Seen) -> None:
        """ "an attempt to free them failed", "rejected claims that", "a lie that"."""
        tree = self.tree
        if word in ATTEMPT:
            above = tree.head(noun)
            said = {tree.lower(c) for k in ([above] if above is not None else []) for c in [k, *tree.children(k, "acomp")]}
            seen.realis = "actual" if said & FAILED else "hypothetical"
            seen.negative = bool(said & FAILED)
        elif word in FALSE or self._rejected(noun):
            seen.negative = not seen.negative
            seen.denied = True

    def _reports(self, head: int) -> bool:
        """A verb of saying: above it another asserts."""
        return self.tree.lower(head) in self.acts.words["reporting"]

    def _governed(self, i: int, head: int, seen: Seen, carried: bool = False) -> None:
        """What the governing word makes of the deed below it; `carried`: a light verb, whose own negation was seen."""
        tree, g = self.tree, self.acts.governors
        word = tree.lower(head)
        own = not carried and (tree.is_verb(head) or word in {"is", "was", "able"}) and self._is_negated(head)
        self._flip(i, head, word, own, seen)
        inf = any(tree.lower(c) == "to" for c in tree.children(i, "aux"))
        if word in g["wishing"]:
            raise_to(seen, "counterfactual")
        elif word in g["unclear"]:
            raise_to(seen, "hypothetical")
        elif word in g["planned"] and (inf or i == self.tree.child(head, "dobj", "nsubjpass")):
            raise_to(seen, "planned")
        elif word == "able" and self._managed(head):
            pass
        elif word in g["hypothetical"] and not self._reports(head):
            if self._in_vain(head):
                seen.negative = True
            elif self._modal(head) != "planned":
                raise_to(seen, "hypothetical")
        modal = self._modal(head)
        tried = own and word in g["blocking"]  # "could not prevent them from …": they did
        if modal is not None and not carried and not tried and not self._reports(head):
            raise_to(seen, modal)

    def _flip(self, i: int, head: int, word: str, own: bool, seen: Seen) -> None:
        """Whether the governing word turns the deed into its denial; `own`: that word is itself negated."""
        tree, g = self.tree, self.acts.governors
        if own and {tree.lower(c) for c in tree.children(head, "acomp")} & {"clear", "certain", "known", "sure", "evident"}:
            raise_to(seen, "hypothetical")  # "it was not clear how far they had withdrawn"
            return
        inf = any(tree.lower(c) == "to" for c in tree.children(i, "aux"))
        false = word in FALSE or (
            tree.dep(i) in {"ccomp", "csubj"} and any(tree.lower(c) in FALSE for c in tree.children(head, "acomp", "attr"))
        )
        if false or (word in g["denying"] and tree.dep(i) in {"ccomp", "xcomp", "pcomp", "acl"}):
            seen.denied = True
            flips = not own or false
        elif word in g["blocking"] | g["refraining"]:
            flips = tree.dep(i) in {"pcomp", "xcomp", "ccomp", "prep"} and not own
        elif word in g["negative"] and (inf or tree.dep(i) in {"pcomp", "xcomp"}):
            flips = not own
        elif word in {"have", "has", "had"} and inf and any(tree.lower(k) == "yet" for k in range(head, i)):
            flips = True
        else:
            flips = own and word not in g["open"] and not self._reports(head)
        if flips:
            seen.negative = not seen.negative

    def _managed(self, able: int) -> bool:
        """ "was able to", "have been able to": it was done."""
        be = self.tree.head(able)
        return be is not None and (
            self.tree.lower(be) in {"was", "were"}
            or bool({self.tree.lower(c) for c in self.tree.children(be, "aux")} & {"has", "have", "had"})
        )

    def _in_vain(self, head: int) -> bool:
        return any(
            self.tree.lower(c) == "in" and any(self.tree.lower(p) == "vain" for p in self.tree.children(c))
            for c in self.tree.children(head)
        )

    def _modal(self, head: int) -> Realis | None:
        words = {self.tree.lower(c) for c in self.tree.children(head, "aux")}
        if words & WILL:
            return "planned"
        if words & (MAY | WOULD):
            return "counterfactual" if "have" in words and words & WOULD else "hypothetical"
        return None

    def _rejected(self, noun: int) -> bool:
        """ "dismissed claims that", "denied a report that"."""
        return any(
            self.tree.lower(k).startswith(("den", "reject", "dismiss", "refut", "disput", "rebut", "rubbish", "scoff"))
            for k in self.tree.ancestors(noun)[:3]
        )


ORDER: tuple[Realis, ...] = ("actual", "background", "planned", "conditional", "hypothetical", "counterfactual")


def raise_to(seen: Seen, realis: Realis) -> None:
    """The less real of what was seen and `realis`."""
    if ORDER.index(realis) > ORDER.index(seen.realis):
        seen.realis = realis
