"""noun or adjective -> the clause that it reports"""

from secondsource.attribute.grammar import Grammar
from secondsource.attribute.ground import LIGHT, UNHELD, Found, chunk


class Nouns(Grammar):
    """X's claim that Y; a call by X for Y; X is sure that Y."""

    def noun(self, i: int) -> Found | None:
        """X's claim that Y; a call by X for Y; the threat to Y."""
        tree = self.tree
        kind = self.lexicon.nouns.get(tree.lower(i))
        if kind is None:
            return None
        content = self.noun_content(i, kind)
        if content and (verb := self.taken_for_noun(i, content)) is not None:
            return verb
        if any(self.impersonal(a) and tree.lower(a) in self.lexicon.verbs for a in tree.ancestors(i)):
            return None  # "it was stated in a statement that …": the verb is the cue
        if not content:
            return None
        holder = tree.child(i, "poss")
        for p in tree.children(i, "prep"):
            if holder is None and tree.lower(p) in {"by", "from"} and (noun := tree.child(p, "pobj")) is not None:
                holder = noun
        speakers: tuple[tuple[int, ...], ...] = ()
        if holder is None:
            holder = self.light_subject(i)
        if holder is None and (tree.lower(content[0]) not in {"that", "whether"} or kind not in UNHELD):
            return None
        if holder is not None:
            skip = set(tree.children(holder, "case")) | set(content)
            speakers = (self.phrase(holder, skip),)
        return Found(self.number, i, (i,), kind, tuple(s for s in speakers if s), chunk(tree, content), "noun", holder)

    def taken_for_noun(self, i: int, content: list[int]) -> Found | None:
        """ "Serbian news media report that …": a verb that the tagger took for the last of a row of nouns."""
        tree = self.tree
        before = tree.subtree(i)[0]
        entries = [e for e in self.lexicon.verbs.get(tree.lower(i), ()) if "clause" in e.takes and e.particle is None]
        words = list(range(before, i))
        if not entries or tree.dep(i) != "ROOT" or not words or tree.tag(i - 1) not in {"NNS", "NNPS", "NN"}:
            return None
        if tree.child(i, "det", "poss") is not None or not self.animate(i - 1):
            return None
        speaker = tuple(w for w in words if tree.tag(w) not in {",", ":"})
        return Found(self.number, i, (i,), entries[0].takes["clause"], (speaker,), chunk(tree, content), "clause", i - 1)

    def light_subject(self, i: int) -> int | None:
        """Who "made a claim", "issued a warning", "sent a request"."""
        tree = self.tree
        verb = tree.head(i)
        if verb is None or tree.dep(i) != "dobj" or tree.lower(verb) not in LIGHT:
            return None
        return self.subject(verb)

    def noun_content(self, i: int, kind: str) -> list[int]:
        tree = self.tree
        for c in tree.children(i, "acl", "ccomp", "relcl", "appos"):
            sub = tree.subtree(c)
            marked = any(tree.lower(k) in {"that", "whether"} for k in tree.children(c, "mark"))
            if c > i and (
                marked or (tree.dep(c) == "acl" and self.to_infinitive(c) and kind not in {"say", "report", "claim"})
            ):
                return [k for k in sub if k > i]
        held = tree.child(i, "poss") is not None
        for p in tree.children(i, "prep"):
            low = tree.lower(p)
            aimed = (held and low in {"on", "of", "for", "to", "against", "about"}) or (low == "for" and kind == "urge")
            strong = kind in {"accuse", "urge", "refuse", "agree", "warn", "deny", "demand"}
            if aimed and strong and tree.child(p, "pobj", "pcomp") is not None:
                return tree.subtree(p)
        return []

    def adjective(self, i: int) -> Found | None:
        """X is sure that Y; X was willing to Y."""
        tree = self.tree
        kind = self.lexicon.adjectives.get(tree.lower(i))
        head = tree.head(i)
        if kind is None or head is None or tree.dep(i) not in {"acomp", "ROOT"}:
            return None
        for c in tree.children(i, "ccomp", "xcomp"):
            if c > i and (tree.dep(c) == "ccomp" or self.to_infinitive(c)):
                top = self.subject(head)
                if top is None or tree.lower(top) == "it":
                    return None
                cue = tuple(sorted({*self.cue_words(head), i, *tree.children(i, "advmod")}))
                words = [k for k in tree.subtree(c) if k > i]
                return Found(
                    self.number, i, cue, kind, (self.phrase(top, {head, *words}),), chunk(tree, words), "adjective", top
                )
        return None
