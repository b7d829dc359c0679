"""parsed sentence -> who says what, as its clauses show it

Each mixin reads one kind of frame. Quotations that stand alone are the business of quoting.py.
"""

from secondsource.attribute.clauses import Clauses
from secondsource.attribute.complements import Complements
from secondsource.attribute.forms import Entry
from secondsource.attribute.ground import Found, chunk
from secondsource.attribute.informants import Informants
from secondsource.attribute.nouncues import Nouns


class Frames(Clauses, Complements, Nouns, Informants):
    """Reads the frames of one sentence."""

    def all(self) -> list[Found]:
        """Every frame of the sentence."""
        out: list[Found] = []
        for t in self.tree.tokens:
            if self.tree.is_verb(t.i):
                found = self.verb(t.i)
            elif t.tag in {"NN", "NNS"}:
                found = self.in_words_of(t.i) or self.noun(t.i)
            elif t.text.lower() == "per" and t.tag == "IN":
                found = self.per(t.i)
            elif t.tag == "JJ":
                found = self.adjective(t.i)
            elif t.tag in {"IN", "VBG"} or t.text.lower() == "according":
                found = None
            else:
                continue
            if found is None and t.text.lower() == "according":
                found = self.according(t.i)
            if found is not None:
                out.append(found)
        return self.clipped(out)

    def clipped(self, found: list[Found]) -> list[Found]:
        """Nothing that is said before ", X wrote." at the end of its sentence reaches into these words."""
        ends = [
            min((*f.cue_words, *f.speakers[0])) for f in found if f.frame == "fenced" and f.cue in self.passed_to and f.speakers
        ]
        if not ends:
            return found
        out = []
        for f in found:
            if f.cue < ends[0]:
                f.content = chunk(self.tree, [k for part in f.content for k in part if k < ends[0]])
            if f.content:
                out.append(f)
        return out

    def quoted_as_saying(self, i: int) -> bool:
        """ "was quoted (by the agency) as saying": saying is the cue."""
        tree = self.tree
        return any(
            tree.lower(p) == "as" and any(tree.lower(c) == "saying" for c in tree.children(p)) for p in tree.children(i, "prep")
        )

    def verb(self, i: int) -> Found | None:
        """The frame of a reporting verb, the strongest complement first."""
        if (
            i + 2 < len(self.tree) and self.tree.lower(i + 1) == "as" and self.tree.lower(i + 2) == "saying"
        ) or self.quoted_as_saying(i):
            return self.saying(i)
        for entry in self.entries(i):
            for read in (
                self.citing,
                self.clause,
                self.around,
                self.passive,
                self.person_to,
                self.infinitive,
                self.named_as,
                self.plain_object,
                self.prepositional,
            ):
                found = read(i, entry)
                if found is not None:
                    return found
        return None

    def saying(self, i: int) -> Found | None:
        """Y, the agency quoted X as saying: X said Y."""
        tree = self.tree
        content = next((c for c in tree.children(i, "ccomp") if c < i), None)
        noun = next((c for c in tree.children(i, "dobj") if c > i), None)
        cue = next((k for k in range(i + 1, min(i + 16, len(tree))) if tree.lower(k) == "saying"), None)
        if content is None or noun is None or cue is None or not self.animate(noun):
            return None
        words = self.before(i, content)
        speaker = [k for k in range(noun + 1) if k in set(tree.subtree(noun)) and k > i]
        speaker += [k for k in range(noun + 1, cue - 1) if tree.lower(k) != "as"]
        parts = chunk(tree, words)
        return Found(self.number, cue, (cue,), "say", (tuple(speaker),), parts, "clause", noun) if parts else None

    def citing(self, i: int, entry: Entry) -> Found | None:
        """Y, the agency said, citing X: X said Y."""
        tree = self.tree
        head = tree.head(i)
        noun = tree.child(i, "dobj")
        if (
            entry.lemma not in {"cite", "quote"}
            or tree.tag(i) != "VBG"
            or tree.dep(i) != "advcl"
            or head is None
            or noun is None
        ):
            return None
        outer = self.verb(head) if "clause" in {f for e in self.entries(head) for f in e.takes} else None
        if outer is None or outer.frame not in {"clause", "preposed", "fenced", "around"} or not self.animate(noun):
            return None
        parts = chunk(tree, [k for part in outer.content for k in part if k not in set(tree.subtree(i))])
        return Found(self.number, i, (i,), "report", (self.phrase(noun, {i}),), parts, "citing", noun) if parts else None
