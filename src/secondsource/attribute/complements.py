"""reporting verb -> the object, infinitive or phrase that it reports"""

from collections.abc import Iterable, Sequence

from secondsource.attribute.forms import Entry
from secondsource.attribute.grammar import Grammar
from secondsource.attribute.ground import OBJECTS, OPEN_PAIRS, RELATIVE, Found


class Complements(Grammar):
    """X promised to Y; X urged Z to Y; Z was accused of Y; X called Y Z; X condemned Y; X called for Y."""

    def infinitive(self, i: int, entry: Entry) -> Found | None:
        """X promised to Y; X denied doing Y."""
        tree = self.tree
        kind, ing = entry.takes.get("to"), entry.takes.get("ing")
        for c in tree.children(i, "xcomp"):
            if c < i:
                continue
            is_to = any(tree.lower(k) == "to" for k in tree.children(c, "aux"))
            if kind and is_to and tree.child(i, *OBJECTS) is None:
                if entry.lemma == "want" and tree.lower(c) in self.lexicon.deeds["want"]:
                    return None
                return self.make(i, entry, kind, [k for k in tree.subtree(c) if k > i], "to")
            if ing and tree.tag(c) == "VBG":
                return self.make(i, entry, ing, [k for k in tree.subtree(c) if k > i], "to")
        return None

    def person_to(self, i: int, entry: Entry) -> Found | None:
        """X urged Z to Y: the content begins with the person asked."""
        tree = self.tree
        kind = entry.takes.get("person_to")
        if kind is None:
            return None
        if "on" in entry.takes or entry.particle in {"on", "upon"}:
            for p in tree.children(i, "prep", "prt"):
                if (
                    tree.lower(p) in {"on", "upon"}
                    and p > i
                    and (x := next((c for c in tree.children(i, "xcomp", "advcl") if c > p), None)) is not None
                ):
                    return self.make(i, entry, kind, [*tree.subtree(p)[1:], *tree.subtree(x)], "person_to", (p,))
        person = next((c for c in tree.children(i, *OBJECTS) if c > i), None)
        if person is None:
            return None
        for c in tree.children(i, "xcomp", "ccomp", "advcl"):
            if c > person and self.to_infinitive(c):
                return self.make(i, entry, kind, [*tree.subtree(person), *tree.subtree(c)], "person_to")
        for c in tree.children(person, "acl", "relcl"):
            if self.to_infinitive(c):
                return self.make(i, entry, kind, tree.subtree(person), "person_to")
        return None

    def passive(self, i: int, entry: Entry) -> Found | None:
        """Z was accused of Y (by X); Z is expected to Y."""
        tree = self.tree
        subject = tree.child(i, "nsubjpass")
        if subject is None or tree.lower(subject) == "it":
            return None
        if any(tree.tokens[k].text == ":" for k in range(subject, i)):
            return None  # "Vardia: Rebels are said to be near": the head of the line is not the subject
        takes = entry.takes
        to = next((c for c in tree.children(i, "xcomp", "ccomp", "advcl") if c > i and self.to_infinitive(c)), None)
        rest = [k for p in tree.children(i, "prep") if tree.lower(p) in {"as", "of", "for"} and p > i for k in tree.subtree(p)]
        rest += [k for o in tree.children(i, "oprd") for k in tree.subtree(o)]
        if (
            to is not None
            and takes.keys() & {"person_to", "to", "clause"}
            and entry.lemma not in {"continue", "begin", "start"}
        ):
            kind = takes.get("person_to") or takes.get("to") or takes["clause"]
            if kind == "report" and tree.lower(i) in self.lexicon.inward:
                return None  # "had been seen as the best hope to"
            if tree.lower(subject) in RELATIVE or (kind == "promise" and tree.child(i, "agent") is None):
                return None  # "which is expected to start", "was committed to honour"
            return self.make(i, entry, kind, [*tree.subtree(subject), *tree.subtree(to)], "passive")
        if rest and takes.keys() & {"as", "object"}:
            kind = takes.get("as") or takes["object"]
            if kind == "believe" and tree.child(i, "agent") is None:
                return None
            return self.make(i, entry, kind, [*tree.subtree(subject), *rest], "passive")
        if "object" in takes and tree.child(i, "agent") is not None:
            return self.make(i, entry, takes["object"], tree.subtree(subject), "passive")
        return None

    def named_as(self, i: int, entry: Entry) -> Found | None:
        """X called Y Z; X described Y as Z."""
        tree = self.tree
        kind = entry.takes.get("as")
        if kind is None or (tree.child(i, "nsubjpass", "auxpass") is not None and tree.child(i, "agent") is None):
            return None  # "was seen as a mistake": nobody is said to have thought so
        if kind == "believe" and any(k < i and tree.tag(k) in {"WDT", "WP"} for k in tree.children(i, "dobj", "nsubj")):
            return None  # "which the guild considered biased" only describes
        words: list[int] = []
        for c in tree.children(i, "dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"):
            if c > i:
                words += tree.subtree(c)
        if entry.lemma == "declare" and len(tree.children(i, "dobj", "oprd")) < 2:
            return None
        if entry.lemma == "call" and self.only_rang(i, words):
            return None
        preps = [p for p in tree.children(i, "prep") if tree.lower(p) == "as" and p > i]
        has_as = bool(preps) or any(tree.lower(k) == "as" for k in words)
        if not words or (
            entry.lemma not in {"call", "dub", "label", "term", "brand", "deem", "name", "consider", "find", "declare"}
            and not has_as
        ):
            return None
        if not has_as and len(tree.children(i, "dobj", "oprd", "ccomp", "xcomp")) < 1:
            return None
        for p in preps:
            words += tree.subtree(p)
        if entry.lemma in {"find", "consider", "name"} and not has_as and tree.child(i, "oprd") is None:
            return None
        return self.make(i, entry, kind, self.without_tail(self.within_marks(words)), "as")

    def only_rang(self, i: int, words: Sequence[int]) -> bool:
        """ "called an aide", "called off the strike": nothing is called anything."""
        tree = self.tree
        if tree.child(i, "prt") is not None:
            return True
        named = tree.child(i, "oprd", "ccomp", "attr", "acomp", "xcomp") is not None or len(tree.children(i, "dobj")) > 1
        beside = next((k for k in tree.children(i, "oprd") if tree.tokens[tree.subtree(k)[0] - 1].text == ","), None)
        named = named and beside is None  # "called the negotiator, Ana Dorn, on his phone"
        rung = next((k for k in tree.children(i, "dobj") if k > i), None)
        return (
            rung is not None
            and self.animate(rung)
            and not named
            and not any(tree.tokens[k].text in OPEN_PAIRS or tree.tag(k) == "``" for k in words)
        )

    def within_marks(self, words: Iterable[int]) -> list[int]:
        """Up to the quoted words that end with a comma: who called it a “coup,” went on to …"""
        tree = self.tree
        kept = sorted(set(words))
        for k in kept:
            if tree.tag(k) == "''" and tree.tokens[k - 1].text == "," and k + 1 < len(tree) and tree.is_verb(k + 1):
                return [w for w in kept if w <= k]
        return kept

    def without_tail(self, words: Iterable[int]) -> list[int]:
        """Without a relative clause behind a comma: ", which …", ", who …"."""
        tree = self.tree
        kept = sorted(set(words))
        for k in kept:
            if tree.dep(k) == "relcl":
                clause = tree.subtree(k)
                if (
                    clause[0] > kept[0]
                    and tree.tokens[clause[0] - 1].text == ","
                    and tree.lower(clause[0]) in RELATIVE | {"most", "some", "many", "in", "of"}
                ):
                    gone = set(clause)
                    return [w for w in kept if w not in gone]
        return kept

    def plain_object(self, i: int, entry: Entry) -> Found | None:
        """X condemned Y; X rejected the claim (a denial) or the offer (a refusal)."""
        tree = self.tree
        kind = entry.takes.get("object")
        if kind is None:
            return None
        noun = next((c for c in tree.children(i, "dobj") if c > i or tree.lower(c) in {"which", "that", "whom"}), None)
        if noun is None:
            return None
        if self.deed(i, entry, kind, noun):
            return None
        if tree.lower(noun) in {"themselves", "himself", "itself", "herself"}:
            return None
        kind = self.turned_down(kind, noun)
        words = list(tree.subtree(noun))
        if "clause" in entry.takes and (clause := self.clause_after(i, words)) is not None:
            return self.make(i, entry, entry.takes["clause"], clause, "clause")
        for p in tree.children(i, "prep"):
            low = tree.lower(p)
            if p > noun and (
                (low in {"of", "for", "as", "on"} and kind in {"accuse", "deny", "say"})
                or (low == "as" and kind == "refuse")
                or (low in {"from", "for"} and kind in {"demand", "urge", "offer"})
                or (low in {"against"} and kind == "warn")
            ):
                words += tree.subtree(p)
        words += self.right_behind(i, entry, words)
        words = self.without_venue(noun, words)
        if tree.lower(0) == "with" and 0 in tree.ancestors(i):  # "With officials reporting four killed, the toll rose"
            comma = next((k for k in words if tree.tokens[k].text == "," and k > i), len(tree))
            words = [k for k in words if k < comma]
        return self.make(i, entry, kind, self.without_tail(k for k in words if k > i) or words, "object")

    def turned_down(self, kind: str, noun: int) -> str:
        """A claim is denied, a plea refused, whatever the verb does with other things."""
        word = self.tree.lower(noun)
        if kind == "refuse" and word in self.lexicon.said_nouns:
            return "deny"
        return "refuse" if kind == "deny" and self.lexicon.nouns.get(word) in {"urge", "demand", "offer", "ask"} else kind

    def without_venue(self, noun: int, words: Sequence[int]) -> list[int]:
        """ "announced the deaths at a news conference": that is where, not what."""
        tree = self.tree
        kept = list(words)
        for p in tree.children(noun, "prep"):
            where = tree.child(p, "pobj")
            if tree.lower(p) in {"at", "during"} and where is not None and tree.lower(where) in self.lexicon.occasions:
                kept = [k for k in kept if k not in set(tree.subtree(p))]
        return kept

    def clause_after(self, i: int, words: Sequence[int]) -> list[int] | None:
        """ "denied its planes bombed a school": the object is the subject of a clause, where a finite verb follows it."""
        tree = self.tree
        k = max(words) + 1
        if k >= len(tree) or tree.tag(k) not in {"VBD", "VBZ", "VBP", "MD"} or min(words) != i + 1:
            return None
        verb = tree.tokens[k].head if tree.tag(k) == "MD" or tree.dep(k) in {"aux", "auxpass"} else k
        if verb < k or tree.child(verb, "nsubj", "nsubjpass") is not None or verb in tree.ancestors(i):
            return None
        rest = [w for w in tree.subtree(verb) if w >= k]
        return [*words, *rest] if rest and verb not in tree.children(i, "conj") else None

    def right_behind(self, i: int, entry: Entry, words: Sequence[int]) -> list[int]:
        """What follows the object without a gap and says what it is of, though the parser hung it on the verb: "demanded an end
        to the siege", "declared victory in the drive to take the port"."""
        tree = self.tree
        end = max(words) + 1
        for c in tree.children(i, "prep", "dative", "xcomp", "advcl", "acl"):
            if c < end - 1 or tree.subtree(c)[0] != end:
                continue
            noun = tree.child(c, "pobj")
            if self.to_infinitive(c) and tree.lower(end) == "to":
                return tree.subtree(c)
            if noun is None or "told" in entry.takes or tree.lower(c) not in {"to", "of", "over", "between", "against"}:
                continue
            if tree.lower(noun) not in self.lexicon.occasions and (tree.lower(c) != "to" or not self.animate(noun)):
                return tree.subtree(c)
        return []

    def deed(self, i: int, entry: Entry, kind: str, noun: int) -> bool:
        """Whether the object makes the cue a deed: "claimed three lives", "attacked the office", "offering analysis"."""
        tree = self.tree
        if tree.lower(noun) in self.lexicon.deeds.get(entry.lemma, ()):
            return True
        if entry.lemma in {"cite", "quote"} and tree.child(i, "ccomp") is None and self.person(noun):
            return True  # "citing a spokesman": he is a source, not what is said
        if entry.lemma == "offer" and (tree.tag(i) == "VBG" or any(tree.lower(c) == "no" for c in tree.children(noun, "det"))):
            return True
        if entry.lemma in self.lexicon.blows and kind == "accuse":
            one = self.subject(i)
            why = any(tree.lower(p) in {"for", "over", "as"} and p > i for p in tree.children(i, "prep"))
            if tree.tokens[tree.subtree(noun)[0]].text in OPEN_PAIRS or tree.tokens[i + 1].text in OPEN_PAIRS:
                return False  # attacked “the ideology of hatred”: words are what is attacked
            return not why and (one is None or tree.lower(one) not in {"he", "she"})
        return False

    def person(self, noun: int) -> bool:
        low = self.tree.lower(noun)
        return low.removesuffix("s").endswith(("official", "person", "man", "woman", "source", "witness", "resident", "agency"))

    def prepositional(self, i: int, entry: Entry) -> Found | None:
        """X called for Y; X warned of Y; X spoke about Y."""
        tree = self.tree
        if tree.child(i, "dobj") is not None and "told" not in entry.takes:
            return None
        for p in tree.children(i, "prep"):
            kind = entry.takes.get(tree.lower(p))
            if kind == "believe" and tree.lower(p) == "as" and tree.is_passive(i) and tree.child(i, "agent") is None:
                return None
            if kind and p > i and (tree.child(p, "pobj", "pcomp") is not None):
                extra = (p,) if p == i + 1 or entry.particle else ()
                words = self.without_tail(tree.subtree(p))
                if kind == "accuse":  # hit out at the mayor for closing the port
                    behind = next((q for q in tree.children(i, "prep") if q > p and tree.lower(q) in {"for", "over"}), None)
                    words += tree.subtree(behind) if behind is not None else []
                return self.make(i, entry, kind, words[1:] if extra else words, "prep", extra)
        return None
