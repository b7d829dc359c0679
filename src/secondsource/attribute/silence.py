"""parsed sentence -> who gave no answer, and to what

"Declined to comment", "did not respond", "could not be reached", "neither confirmed nor denied": statements of their own kind.
"""

from collections.abc import Iterator

from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Frames
from secondsource.attribute.ground import Found, runs, trim
from secondsource.attribute.tree import Tree

WH = frozenset({"whether", "if", "how", "why", "who", "what", "when", "where", "which"})
ASKED = frozenset({"on", "about", "to", "regarding"})
EMPTY = frozenset(
    {
        "request",
        "requests",
        "comment",
        "comments",
        "message",
        "messages",
        "email",
        "emails",
        "call",
        "calls",
        "inquiry",
        "inquiries",
        "queries",
        "query",
        "question",
        "questions",
        "answer",
    }
)


class Silence:
    """Reads the silences of one sentence. The question goes into `notes["question"]`."""

    def __init__(self, tree: Tree, number: int, lexicon: Lexicon) -> None:
        self.tree, self.number, self.lexicon = tree, number, lexicon
        self.frames = Frames(tree, number, lexicon)
        self.after, self.negated, self.vague, self.would = lexicon.unsaid

    def all(self) -> Iterator[Found]:
        tree = self.tree
        for t in tree.tokens:
            low = tree.lower(t.i)
            if low in self.after and tree.is_verb(t.i):
                found = self.declined(t.i)
            elif low in self.negated and tree.is_negated(t.i):
                found = self.unanswered(t.i)
            elif (
                low in self.would
                and tree.is_negated(t.i)
                and any(tree.lower(k) in {"would", "could", "will"} for k in tree.children(t.i, "aux"))
            ):
                found = self.would_not(t.i)
            elif low == "reached" and tree.is_negated(t.i) and tree.is_passive(t.i) and self.sought(t.i):
                found = self.made(t.i, tree.child(t.i, "nsubjpass"), self.to(t.i, "comment"), None)
            elif low in {"confirmed", "confirm", "confirms"} and any(
                tree.lower(k) == "neither" for k in range(max(0, t.i - 2), t.i)
            ):
                found = self.neither(t.i)
            elif low in {"comment", "response", "reply"} and t.tag == "NN":
                found = self.none_from(t.i)
            elif low == "unanswered":
                found = self.unanswered_calls(t.i)
            else:
                continue
            if found is not None:
                yield found

    def sought(self, i: int) -> bool:
        """Whether somebody could not be reached, not something: "for comment", "by telephone", or "could not" alone."""
        tree = self.tree
        if any(tree.lower(k) in {"comment", "telephone", "phone"} for k in tree.subtree(i)):
            return True
        return any(tree.lower(k) in {"could", "can"} for k in tree.children(i, "aux"))

    def made(self, i: int, subject: int | None, cue: tuple[int, ...], question: int | None) -> Found | None:
        tree = self.tree
        if subject is None:
            return None
        words = tree.subtree(question) if question is not None else []
        speaker = self.frames.phrase(subject, {*cue, *words})
        content = trim(tree, self.refused(i, cue)) or cue
        found = Found(self.number, i, cue, "silence", (speaker,), (content,), "silence", subject)
        if words:
            found.notes["question"] = tree.span([w for w in words if tree.tag(w) not in {".", ","} or w < words[-1]])
        return found

    def refused(self, i: int, cue: tuple[int, ...]) -> tuple[int, ...]:
        """What the refusal is of, as printed: "to comment on the arrests", "to a request"; else nothing."""
        tree = self.tree
        if not tree.is_verb(i):
            return ()
        last = max((k for k in cue if tree.is_verb(k) and tree.dep(k) != "xcomp"), default=i)
        tops = [c for c in tree.children(last, "xcomp", "prep", "dative", "dobj", "ccomp") if c > last]
        words = [k for c in tops for k in tree.subtree(c) if k > last]
        run = runs(words)
        return run[0] if run and run[0][0] <= max(last, cue[-1]) + 1 else ()

    def to(self, i: int, *words: str) -> tuple[int, ...]:
        """The cue from its auxiliaries to the last of `words` behind it."""
        tree = self.tree
        cue = list(self.frames.cue_words(i))
        ends = [k for k in range(i, min(i + 6, len(tree))) if tree.lower(k) in words]
        return tuple(range(cue[0], max([cue[-1], *ends]) + 1))

    def asked(self, i: int, empty: bool = True) -> int | None:
        """What went unanswered: the object of on/about/to, or a wh-clause."""
        tree = self.tree
        for c in tree.children(i, "ccomp"):
            if any(tree.lower(k) in WH for k in tree.subtree(c)[:3]):
                return c
        for c in tree.children(i, "dobj"):
            if tree.lower(c) in EMPTY:
                return self.asked(c, empty)
            return c
        for p in tree.children(i, "prep", "dative"):
            noun = tree.child(p, "pobj", "pcomp")
            if noun is None or tree.lower(p) not in ASKED:
                continue
            if tree.lower(noun) in EMPTY:
                return self.asked(noun, empty)
            return noun
        return None

    def declined(self, i: int) -> Found | None:
        tree = self.tree
        for x in tree.children(i, "xcomp", "ccomp"):
            if tree.lower(x) in self.after[tree.lower(i)] and x > i:
                if tree.lower(x) == "be" and not any(
                    tree.lower(k) in {"interviewed", "named", "identified"} for k in tree.subtree(x)
                ):
                    return None
                answer = next((c for c in tree.children(x, "dobj") if tree.lower(c) in EMPTY), None)
                cue = tuple(range(self.frames.cue_words(i)[0], (x if answer is None else answer) + 1))
                return self.made(i, self.frames.subject(i), cue, self.asked(x))
        return None

    def unanswered(self, i: int) -> Found | None:
        tree = self.tree
        vague = tree.lower(i) in self.vague
        if tree.child(i, "ccomp") is not None and tree.lower(i) != "comment" and not vague:
            return None
        if vague and self.asked(i) is None:
            return None
        if tree.lower(i).startswith(("return", "answer")) and (
            tree.child(i, "dobj") is None or not any(tree.lower(k) in EMPTY for k in tree.children(i, "dobj"))
        ):
            return None
        return self.made(i, self.frames.subject(i), self.frames.cue_words(i), self.asked(i))

    def would_not(self, i: int) -> Found | None:
        tree = self.tree
        question = self.asked(i)
        if tree.lower(i) in {"say", "answer"} and question is None:
            return None
        if tree.lower(i) == "say" and not any(
            tree.lower(k) in WH for k in tree.subtree(i if question is None else question)[:3]
        ):
            return None
        return self.made(i, self.frames.subject(i), self.frames.cue_words(i), question)

    def neither(self, i: int) -> Found | None:
        tree = self.tree
        other = next((c for c in tree.children(i, "conj") if tree.lower(c).startswith("den")), None)
        last = other if other is not None else i
        question = next((c for v in (last, i) for c in tree.children(v, "dobj", "ccomp")), None)
        return self.made(i, self.frames.subject(i), tuple(range(i - 1, last + 1)), question)

    def none_from(self, i: int) -> Found | None:
        """There was no (immediate) comment from X."""
        tree = self.tree
        words = [k for k in tree.children(i, "det", "amod", "neg") if k < i]
        if not words or tree.lower(words[0]) != "no":
            return None
        for p in tree.children(i, "prep"):
            if tree.lower(p) in {"from", "by"} and (noun := tree.child(p, "pobj")) is not None:
                return self.made(i, noun, (*words, i), None)
        return None

    def unanswered_calls(self, i: int) -> Found | None:
        """Calls to X went unanswered."""
        tree = self.tree
        verb = tree.head(i)
        subject = tree.subject(verb) if verb is not None else None
        if verb is None or subject is None or tree.lower(subject) not in EMPTY:
            return None
        for p in tree.children(subject, "prep"):
            if tree.lower(p) == "to" and (noun := tree.child(p, "pobj")) is not None:
                owner = tree.child(noun, "poss")
                thing = tree.lower(noun) in {"phone", "telephone", "mobile", "number", "cellphone"}
                whose = owner if owner is not None and thing else noun  # calls to his phone: he
                return self.made(i, whose, tuple(range(verb, i + 1)), None)
        return None
