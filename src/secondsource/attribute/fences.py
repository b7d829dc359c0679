"""reporting verb set off by commas -> the sentence around it, which it reports"""

from collections.abc import Sequence

from secondsource.attribute.forms import Entry
from secondsource.attribute.grammar import Grammar
from secondsource.attribute.ground import AGENT_ENDINGS, MARKS, RELATIVE, Found
from secondsource.attribute.tree import NAME_TAGS


class Fences(Grammar):
    """Y, X said; Y, X said, Z; Y, X, who heads W, wrote."""

    def with_antecedent(self, relative: int) -> list[int]:
        """The relative pronoun and the noun phrase right before it."""
        tree = self.tree
        noun = relative - 1 - (relative > 1 and tree.tokens[relative - 1].text == ",")
        if noun <= 0 or not tree.tag(noun).startswith("NN"):
            return [relative]
        left = [k for k in tree.subtree(noun) if k <= noun]
        first = left[0] if left == list(range(left[0], noun + 1)) else noun
        return list(range(first, relative + 1))

    def fenced(self, i: int, entry: Entry, kind: str) -> Found | None:
        """ ", X said," set off by commas: all the rest of the sentence, up to a semicolon, is the content."""
        tree = self.tree
        subject = tree.child(i, "nsubj")
        far = self.described(i)
        if far is not None and (subject is None or subject < far):
            subject = self.passed_to[i] = far
        if subject is None:
            subject = self.beside(i)
        if subject is None or tree.child(i, "mark") is not None or tree.dep(i) in {"relcl", "acl", "xcomp"}:
            return None
        words = set(self.cue_words(i, entry)) | set(self.phrase(subject, {i}))
        for c in tree.children(i, "dobj", "dative", "npadvmod", "prep", "advmod"):
            if c > i and len(tree.subtree(c)) <= 9 and (tree.dep(c) != "dobj" or "told" in entry.takes):
                words.update(k for k in tree.subtree(c) if tree.tag(k) not in MARKS)
        low, high = min(words), i
        while high + 1 in words:
            high += 1
        if low == 0 or tree.tokens[low - 1].text != ",":
            return None
        low = self.title_before(low)
        left, relative = self.left_of(low)
        rest = self.right_of(high, left)
        if rest is None or not left:
            return None
        if relative:
            rest = self.short(rest)
        if not any(tree.is_verb(k) for k in (*left, *rest)):
            return None
        if not rest and not any(tree.tag(k) in {"VBD", "VBZ", "VBP", "MD"} for k in left):
            return None
        return self.make(i, entry, kind, [*left, *rest], "fenced")

    def title_before(self, low: int) -> int:
        """Where the speaker of ", Head of the Mission in Vardia, Ana Dorn said" begins: with the office before it."""
        tree = self.tree
        back = range(low - 2, max(0, low - 18), -1)
        comma = next((k for k in back if tree.tokens[k].text == "," or tree.is_verb(k)), None)
        if comma is None or tree.tokens[comma].text != "," or low - comma < 4 or tree.tag(low) not in NAME_TAGS:
            return low
        words = range(comma + 1, low - 1)
        top = tree.top(words)
        office = top is not None and (self.animate(top) and tree.dep(top) == "appos" and tree.tag(top) in NAME_TAGS)
        known = top is not None and (
            tree.lower(top) in self.lexicon.actors or tree.lower(top).endswith((*AGENT_ENDINGS, "ative", "utive"))
        )
        return comma + 1 if office and known and tree.tokens[comma + 1].text[:1].isupper() else low

    def beside(self, i: int) -> int | None:
        """ ", Chief Roberts said,": a name between commas that the parser took for an apposition."""
        tree = self.tree
        named = i > 1 and tree.tag(i - 1) in NAME_TAGS and tree.dep(i - 1) == "appos"
        if not named or tree.tag(i) not in {"VBD", "VBZ"} or (i + 1 < len(tree) and tree.tag(i + 1) not in {",", "."}):
            return None
        first = tree.subtree(i - 1)[0]
        return i - 1 if first and tree.tokens[first - 1].text == "," else None

    def described(self, i: int) -> int | None:
        """ "…, Ana Dorn, spokeswoman for the port, wrote on Facebook." at the end of a sentence, however it is parsed."""
        tree = self.tree
        if tree.tag(i) not in {"VBD", "VBZ"} or "quote" not in self.takes(i) or i < 4 or tree.tokens[i - 1].text != ",":
            return None
        if len(tree) - i > 8 or any(tree.tokens[k].text == "," for k in range(i + 1, len(tree))):
            return None
        back = range(i - 2, max(0, i - 18), -1)
        middle = next((k for k in back if tree.tokens[k].text == "," or tree.tag(k) in {"VBD", "VBZ", "VBP", "MD", "WP"}), None)
        if middle is None or tree.tokens[middle].text != "," or middle > i - 3:
            return None
        k = middle - 1
        while k > 0 and tree.tag(k) in NAME_TAGS:
            k -= 1
        return middle - 1 if 1 <= middle - 1 - k <= 5 and k > 1 and tree.tokens[k].text == "," else None

    def left_of(self, low: int) -> tuple[list[int], bool]:
        """The words before ", X said", from the last semicolon or the relative pronoun on; and whether it is a pronoun."""
        tree = self.tree
        stop = next((k for k in range(low - 2, -1, -1) if tree.tokens[k].text == ";"), -1)
        if low >= 2 and tree.lower(low - 2) in RELATIVE | {"where", "when"}:
            return self.with_antecedent(low - 2), True
        return list(range(stop + 1, low - 1)), False

    def right_of(self, high: int, left: Sequence[int]) -> list[int] | None:
        """The words behind "X said,", up to a semicolon; None where no comma or full stop sets it off."""
        tree = self.tree
        if high + 1 >= len(tree) or tree.tag(high + 1) == ".":
            return []
        if tree.tokens[high + 1].text != ",":
            return None
        stop = next((k for k in range(high + 2, len(tree)) if tree.tokens[k].text == ";"), len(tree))
        rest = list(range(high + 2, stop))
        if rest and (tree.tag(rest[0]) == "VBG" or (tree.tag(rest[0]) == "CC" and not any(tree.is_verb(k) for k in left))):
            return []
        return rest

    def short(self, rest: list[int]) -> list[int]:
        """The clause behind ", the army says," in a relative clause: up to the next comma, or to a further "and that"."""
        tree = self.tree
        for n, k in enumerate(rest):
            if tree.lower(k) == "that" and n and tree.tag(rest[n - 1]) == "CC":
                return rest[: n - 1]
        return rest
