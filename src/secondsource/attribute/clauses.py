"""reporting verb -> the clause that it reports"""

from collections.abc import Sequence

from secondsource.attribute.fences import Fences
from secondsource.attribute.forms import Entry
from secondsource.attribute.grammar import WEEKDAYS as DAYS
from secondsource.attribute.ground import MARKS, MUST, Found


class Clauses(Fences):
    """X said (that) Y; Y, X said; Y, X said, Z."""

    def clause(self, i: int, entry: Entry) -> Found | None:
        """X said (that) Y; Y, X said."""
        kind = entry.takes.get("clause")
        tree = self.tree
        if kind is None:
            return None
        fenced = self.fenced(i, entry, kind)
        if fenced is not None:
            return fenced
        for c in sorted(tree.children(i, "ccomp"), key=lambda c: c < i):
            subtree = tree.subtree(c)
            relative = tree.tag(subtree[0]) == "WDT" and tree.dep(subtree[0]) == "nsubj"
            if c > i and relative and tree.child(i, "dobj") is not None:
                continue  # "claimed responsibility for attacks that led to …": a relative clause
            if c < i and any(tree.lower(k) == "that" and c < k < i for k in tree.children(i, "mark")):
                continue  # "Media reported, citing sources, that X agreed": turned round by the parser
            if c > i and subtree[-1] > i:
                words = [k for k in subtree if k > i]
                if words[0] == c and tree.tag(c) in {"VBD", "VBZ", "VBP"} and tree.subject(c) is None:
                    continue  # "vowed to pay them back for what it says are the deaths": no clause of the vow
                words = [*self.lost_subject(i, c, words), *words]
                if entry.takes.get("person_to") and self.to_infinitive(c):
                    kind = entry.takes["person_to"]
                elif tree.is_negated(i) is False and kind == "claim" and entry.lemma == "insist" and self.must(c):
                    kind = "demand"
                return self.make(i, entry, kind, [*self.fronted(i, c), *self.widen(i, words)], "clause")
            if c < i and not (tree.tag(c) in {"VBG", "VBN"} and tree.child(c, "nsubj", "nsubjpass", "aux") is None):
                return self.make(i, entry, kind, self.before(i, c), "preposed")
        return self.marked(i, entry, kind) or self.turned(i, entry, kind)

    def fronted(self, i: int, c: int) -> list[int]:
        """ "the clashes, which he said were over": the subject that stands before the cue, with the noun it is for."""
        tree = self.tree
        subject = tree.subject(c)
        if subject is None or subject > i or tree.tag(subject) not in {"WDT", "WP"}:
            return []
        return self.with_antecedent(subject)

    def lost_subject(self, i: int, c: int, words: Sequence[int]) -> list[int]:
        """ "claimed the firm (or its owner) had left": the subject that the parser made the object of the cue."""
        tree = self.tree
        noun = tree.child(i, "dobj")
        if tree.subject(c) is not None or noun is None or not i < noun < words[0]:
            return []
        if "told" in self.takes(i) and (self.animate(noun) or tree.tag(noun) == "PRP"):
            return []  # the person warned
        phrase = tree.subtree(noun)
        finite = tree.tag(words[0]) in {"VBD", "VBZ", "VBP", "MD"}
        return phrase if finite and phrase[-1] + 1 == words[0] and phrase[0] > i else []

    def behind_a_time(self, clause: int, k: int) -> bool:
        """ "said in the early hours that X left": the parser hangs the clause on the hours."""
        tree = self.tree
        noun = tree.head(clause)
        own = tree.child(clause, "nsubj")
        return own is not None and own != k and noun is not None and tree.dep(noun) == "pobj"

    def told_of(self, i: int, clause: int) -> bool:
        """ "it was stated in a note that X left"."""
        return self.tree.is_passive(i) and self.tree.child(clause, "nsubj") is not None

    def turned(self, i: int, entry: Entry, kind: str) -> Found | None:
        """ "Media reported, citing sources, that X agreed", where the parser hangs the report on what it reports."""
        tree = self.tree
        head = tree.head(i)
        if head is None or head < i or tree.dep(i) not in {"ccomp", "advcl"} or tree.child(i, "nsubj") is None:
            return None
        mark = next((k for k in tree.children(head, "mark") if i < k and tree.lower(k) == "that"), None)
        if mark is None:
            return None
        return self.make(i, entry, kind, [k for k in tree.subtree(head) if k >= mark], "clause")

    def marked(self, i: int, entry: Entry, kind: str) -> Found | None:
        """A that-clause that the parser hung on another word behind the verb."""
        tree = self.tree
        mine = set(tree.subtree(i))
        for k in range(i + 1, min(i + 25, len(tree))):
            if tree.is_verb(k) and k in mine and tree.dep(k) in {"advcl", "conj"} and tree.lower(k) in self.lexicon.verbs:
                return None
            if tree.lower(k) in {"that", "whether"} and tree.dep(k) in {"mark", "nsubj", "dobj", "advmod"} and k in mine:
                clause = tree.head(k)
                if (
                    clause is None
                    or (tree.dep(k) != "mark" and not self.behind_a_time(clause, k) and not self.told_of(i, clause))
                    or tree.dep(clause) not in {"acl", "relcl", "ccomp", "advcl", "dep"}
                ):
                    return None
                noun = tree.head(clause)
                said = self.impersonal(i)
                if noun is not None and not said and (tree.lower(noun) in self.lexicon.nouns or noun < i):
                    return None
                return self.make(i, entry, kind, self.widen(i, [w for w in tree.subtree(clause) if w >= k]), "clause")
        return None

    def must(self, c: int) -> bool:
        tree = self.tree
        return any(tree.lower(k) in MUST for k in tree.children(c, "aux")) or (
            tree.tag(c) == "VB" and tree.child(c, "aux") is None and tree.child(c, "nsubj") is not None
        )

    def widen(self, i: int, words: Sequence[int]) -> list[int]:
        """A clause behind its verb runs on without gaps; adverbial clauses that hang on the verb behind it belong to it."""
        tree = self.tree
        end = words[-1]
        for c in tree.children(i, "advcl", "prep", "advmod", "npadvmod", "dep", "ccomp"):
            if tree.dep(c) == "ccomp" and (
                (tree.tag(end) not in {"''", "``"} and tree.tokens[end].text not in {"'", "’"} and tree.subject(c) is not None)
                or tree.tag(tree.subtree(c)[0]) in MARKS
            ):
                continue  # only behind quoted words does the parser begin a second clause: there was “no doubt” it would end
            if c > end and not (tree.tag(c) == "VBG" and self.lexicon.verbs.get(tree.lower(c))):
                gap = range(end + 1, tree.subtree(c)[0])
                if not gap or (tree.dep(c) == "advcl" and tree.tag(c) != "VBG" and all(tree.tag(k) in MARKS for k in gap)):
                    end = max(end, tree.subtree(c)[-1])
        end = self.further(self.joined(i, words, end))
        start = words[0]
        dated = tree.lower(start) in {"on", "late", "early"} and tree.lower(min(start + 1, end)) in DAYS
        if dated and start == i + 1 and end > start + 3:
            start += 2  # "said on Monday they would come"
        semicolon = next((k for k in range(start, end + 1) if tree.tokens[k].text == ";"), None)
        if (
            semicolon is not None
            and semicolon > start + 1
            and not (semicolon + 1 < len(tree) and tree.lower(semicolon + 1) in {"that", "and"})
        ):
            end = semicolon - 1
        return list(range(start, self.cut(i, start, end) + 1))

    def joined(self, i: int, words: Sequence[int], end: int) -> int:
        """ "said they had doubts, but could not leave": a second clause that the parser hung on the cue goes with the first."""
        tree = self.tree
        for c in tree.children(i, "conj"):
            if c <= end:
                continue
            first = tree.subtree(c)[0]
            gap = range(end + 1, first)
            own = tree.child(c, "nsubj")
            modal = any(tree.tag(k) == "MD" for k in tree.children(c, "aux")) and tree.child(i, "aux") is None
            held = {tree.lower(k) for k in words if tree.dep(k) == "nsubj"}
            same = own is not None and tree.tag(own) == "PRP" and tree.lower(own) in held and tree.tag(i) in {"VBZ", "VBP"}
            if all(tree.tag(k) in {",", "CC"} for k in gap) and len(gap) <= 2 and ((own is None and modal) or same):
                return tree.subtree(c)[-1]
        return end

    def further(self, end: int) -> int:
        """Where "that A, that B, and that C" ends, whatever the later clauses hang on."""
        tree = self.tree
        while True:
            k = end + 1
            while k < len(tree) and k < end + 4 and (tree.tag(k) in {",", "CC", "''"}):
                k += 1
            if k == end + 1 or k >= len(tree) or tree.lower(k) not in {"that", "whether"} or tree.dep(k) != "mark":
                return end
            clause = tree.head(k)
            last = tree.subtree(clause)[-1] if clause is not None else end
            if last <= end:
                return end
            end = last

    def cut(self, i: int, start: int, end: int) -> int:
        """Where a clause behind the cue ends: before a further reporting verb that the parser hung inside it, though it goes
        with the cue (", and suggested that", ", adding that", ", though she acknowledged that")."""
        tree = self.tree
        for k in range(start + 2, end + 1):
            if (
                not tree.is_verb(k)
                or tree.lower(k) not in self.lexicon.verbs
                or tree.child(k, "ccomp", "xcomp", "dobj", "prep") is None
            ):
                continue
            left = min([k, *tree.children(k, "nsubj", "mark", "aux", "advmod", "cc", "neg")])
            subject = tree.child(k, "nsubj")
            if subject is not None:
                left = min(left, tree.subtree(subject)[0])
            fence = left - 1
            while fence > start and tree.tag(fence) in {"''", "``"}:
                fence -= 1
            before = tree.tokens[fence].text if left > start else ""
            comma = before == "," or (
                before in {"and", "but", "while"} and left - 2 > start and tree.tokens[left - 2].text == ","
            )
            takes = {f for e in self.entries(k) for f in e.takes}
            if (
                tree.tag(k) == "VBG"
                and before == ","
                and tree.dep(k) in {"advcl", "acl", "conj", "dep"}
                and subject is None
                and takes & {"clause", "object"}
            ) or (
                tree.dep(k) == "conj" and subject is None and takes & {"clause", "object", "to", "prep"} and self.same_row(i, k)
            ):
                self.passed_on[k] = i
            elif (subject is not None and tree.dep(k) == "conj" and before in {"and", "but"} and self.same_row(i, k)) or (
                subject is not None
                and comma
                and tree.dep(k) in {"conj", "advcl"}
                and takes & {"clause", "to"}
                and tree.child(k, "ccomp", "xcomp") is not None
                and (tree.child(k, "ccomp") is not None or tree.dep(k) == "advcl")
            ):
                pass
            else:
                continue
            stop = left - 1
            while stop > start and (tree.tag(stop) in {",", "CC", ":"}):
                stop -= 1
            return stop
        return end

    def same_row(self, i: int, k: int) -> bool:
        """Whether verb `k` goes with the cue `i`, not with the clause it hangs in: that clause has another tense."""
        tree = self.tree
        head = tree.head(k)
        return (
            (
                tree.tag(k) == tree.tag(i)
                or (tree.tag(k) == "VBN" and tree.tag(i) == "VBD" and tree.child(k, "aux", "auxpass") is None)
            )
            and tree.tag(i) in {"VBD", "VBZ", "VBP"}
            and head is not None
            and (tree.tag(head) in {"VB", "VBN", "VBG"} and tree.child(head, "aux", "auxpass") is not None)
            and head > i
        )

    def before(self, i: int, c: int) -> list[int]:
        """The clause that stands before or around ", X said"."""
        tree = self.tree
        mine = self.own(i, c)
        low, high = min(mine), max(mine)
        words = [k for k in tree.subtree(c) if k not in mine]
        start = min(words)
        while start > 0 and tree.head(start - 1) in {c, i} and start - 1 not in mine:
            start -= 1
        words = [*range(start, low), *[k for k in words if k > high]]
        return [k for k in words if k not in mine]

    def own(self, i: int, c: int) -> set[int]:
        """The words of the inserted ", X said": verb, subject, adverbs, phrases that belong to the verb."""
        tree = self.tree
        mine = set(self.cue_words(i))
        for child in tree.children(i):
            if child == c or tree.dep(child) in {"punct", "ccomp", "cc", "conj"}:
                continue
            if tree.dep(child) == "advmod" and abs(child - i) > 3:
                continue
            if child < i and tree.dep(child) not in {"nsubj", "nsubjpass", "aux", "neg", "advmod", "auxpass", "prep", "expl"}:
                continue
            if tree.dep(child) == "prep" and child < i:
                continue
            mine.update(tree.subtree(child))
        low, high = min(mine), max(mine)
        subject = tree.subject(i)
        if subject is not None and subject < i:
            low = min(tree.subtree(subject))
        return {k for k in mine if low <= k <= high}

    def around(self, i: int, entry: Entry) -> Found | None:
        """Y, X said, Z: the parser hangs "X said" on the clause it is inserted in."""
        tree = self.tree
        kind = entry.takes.get("clause")
        head = tree.head(i)
        if kind is None or head is None or tree.dep(i) not in {"parataxis", "advcl", "dep", "ccomp", "conj"}:
            return None
        if tree.child(i, "nsubj") is None or tree.child(i, "ccomp", "dobj", "xcomp", "mark") is not None:
            return None
        mine = set(tree.subtree(i))
        low, high = min(mine), max(mine)
        fenced = (low == 0 or tree.tag(low - 1) in MARKS) and (high + 1 >= len(tree) or tree.tag(high + 1) in MARKS)
        if not fenced or low == 0:
            return None
        words = [k for k in tree.subtree(head) if k not in mine]
        if not any(k < low for k in words):
            return None
        return self.make(i, entry, kind, words, "around")
