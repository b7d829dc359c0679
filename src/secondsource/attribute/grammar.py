"""parsed sentence -> the speakers of a verb, and the frame that they make with what it reports"""

from collections.abc import Iterable

from secondsource.attribute.forms import Entry
from secondsource.attribute.ground import MARKS, OBJECTS, Found, chunk, runs, trim
from secondsource.attribute.plausible import Plausible

DAY_LEADS = frozenset({"on", "last", "late", "early", "this", "since"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


class Grammar(Plausible):
    """Speakers, addressees and the making of a frame."""

    def subject(self, i: int, depth: int = 0) -> int | None:
        """The subject of verb `i`: its own, or that of the verb it hangs on."""
        tree = self.tree
        own = self.passed_to.get(i, tree.child(i, "nsubj", "csubj", "nsubjpass"))
        if own is not None:
            return own
        if i in self.passed_on:
            return self.subject(self.passed_on[i], depth + 1)
        if (near := self.taken_along(i)) is not None:
            return near
        if (shared := self.shared(i)) is not None:
            return shared
        head = tree.head(i)
        return None if head is None or depth > 6 else self.inherited(i, head, depth)

    def taken_along(self, i: int) -> int | None:
        """ "mishandled the case and Democrats accused …": the noun before the verb, which the parser joined to the object."""
        tree = self.tree
        low = i
        while low - 1 in tree.children(i, "aux", "auxpass", "neg", "advmod"):
            low -= 1
        k = low - 1
        if tree.dep(i) != "conj" or tree.tag(i) not in {"VBD", "VBZ", "VBP", "VBN"} or k < 2 or tree.dep(k) != "conj":
            return None
        held = tree.head(k)
        first = tree.subtree(k)[0]
        if held is None or tree.dep(held) not in {"dobj", "pobj"} or tree.subtree(k)[-1] != k or first == 0:
            return None
        return k if tree.tag(first - 1) == "CC" and self.animate(k) else None

    def shared(self, i: int) -> int | None:
        """The subject of the participle before a joined one: "with both sides accusing … and claiming …"."""
        tree = self.tree
        if tree.tag(i) != "VBG" or tree.dep(i) != "conj":
            return None
        for k in range(i - 1, max(-1, i - 25), -1):
            if tree.tag(k) == "VBG" and tree.lower(k) in self.lexicon.verbs and (mine := tree.child(k, "nsubj")) is not None:
                return mine
        return None

    def inherited(self, i: int, head: int, depth: int) -> int | None:
        """The subject that verb `i` takes from `head`, the word it hangs on."""
        tree = self.tree
        dep = tree.dep(i)
        if (dep in {"conj", "advcl", "xcomp", "parataxis", "dep"} and tree.is_verb(head)) or tree.tag(head) == "MD":
            person = tree.child(head, *OBJECTS) if dep == "xcomp" else None
            return self.subject(head, depth + 1) if person is None else person
        if dep == "pcomp" and (up := tree.head(head)) is not None and tree.is_verb(up):
            blamed = tree.child(up, "dobj") if tree.lower(head) in {"of", "for", "from", "as"} else None
            return self.subject(up, depth + 1) if blamed is None else blamed
        if dep in {"acl", "relcl"} and tree.tag(i) in {"VBG", "VB", "VBN"}:
            author = self.author(head) if tree.tag(i) == "VBG" else None
            return head if author is None else author
        return self.subject(head, depth + 1) if dep in {"ccomp", "advcl"} and tree.tag(i) == "VBG" else None

    def author(self, noun: int) -> int | None:
        """Who speaks in "sent the general a letter demanding …", "sent a note to the general saying …": the sender."""
        tree = self.tree
        head = tree.head(noun)
        if head is not None and tree.lower(head) == "to" and tree.dep(noun) == "pobj":
            note = tree.head(head)
            if note is None:
                return None
            noun = (
                note
                if tree.lower(note) in self.lexicon.occasions
                else next((c for c in tree.children(note, "dobj") if tree.lower(c) in self.lexicon.occasions), noun)
            )
            head = tree.head(noun)
        if tree.lower(noun) not in self.lexicon.occasions or head is None or tree.dep(noun) != "dobj" or not tree.is_verb(head):
            return None
        top = self.tree.child(head, "nsubj")
        return top if top is not None and self.animate(top) else None

    def phrase(self, top: int, stop: Iterable[int] = ()) -> tuple[int, ...]:
        """The whole noun phrase at `top`, up to words that belong to the cue or the content."""
        tree, stopped = self.tree, set(stop)
        words = tree.subtree(top, lambda c: c in stopped or (tree.dep(c) == "punct" and tree.tag(c) not in MARKS))
        words = [w for w in words if w not in stopped]
        words = self.without_asides(top, words)
        if top not in words and words:
            top = tree.top(words) or words[-1]
        while len(words) > 1 and tree.lower(words[-1]) in WEEKDAYS and words[-1] != top:
            words = words[:-1]
            if len(words) > 1 and tree.lower(words[-1]) in DAY_LEADS:  # "the envoy on Monday said"
                words = words[:-1]
        if tree.lower(top) in WEEKDAYS:  # "Santos Sunday said": the day is no part of the name
            words = [w for w in words if w != top]
            if not words:
                return ()
            top = words[-1]
        run = next((r for r in runs(words) if top in r), (top,))
        return trim(tree, run)

    def without_asides(self, top: int, words: list[int]) -> list[int]:
        """Without a dateline before the name and a participle behind a comma ("X, speaking to Y,")."""
        tree = self.tree
        for k in words:
            if (
                0 < k - words[0] < 6
                and k < words[-1]
                and tree.tokens[k].text in {"-", "–", "—", "--"}
                and words[0] == 0
                and all(w[:1].isupper() for w in (tree.tokens[m].text for m in words if m < k) if w.isalpha())
                and tree.tokens[k].start > tree.tokens[k - 1].end
            ):
                return [w for w in words if w > k]
        for c in tree.children(top, "prep"):
            noun = tree.child(c, "pobj")
            said = noun is not None and c > top and tree.lower(c) in {"in", "at", "during"} and self.occasion(noun)
            if said or (c < top and c == words[0]):
                gone = set(tree.subtree(c))
                words = [w for w in words if w not in gone and not (said and w > c)]
        for c in tree.children(top, "acl", "advcl"):
            if c > top + 1 and tree.tag(c) in {"VBG", "VBN"} and tree.tokens[tree.subtree(c)[0] - 1].text == ",":
                gone = set(tree.subtree(c))
                words = [w for w in words if w not in gone]
        return words

    def occasion(self, noun: int) -> bool:
        """ "in a statement", "at a briefing": when and where it was said, not who said it."""
        tree = self.tree
        return tree.lower(noun) in self.lexicon.occasions and any(
            tree.lower(k) in {"a", "an", "his", "her", "its", "their"} for k in tree.children(noun, "det", "poss")
        )

    def speakers(self, i: int, stop: Iterable[int] = ()) -> tuple[tuple[tuple[int, ...], ...], int | None]:
        """The speaker phrases of verb `i` (agent of a passive; else its subject, "A and B" as two), and the subject's place."""
        tree = self.tree
        bare = tree.tag(i) == "VBN" and tree.dep(i) in {"advcl", "acl"} and tree.child(i, "aux", "nsubj") is None
        if (
            tree.child(i, "auxpass", "nsubjpass") is not None
            or (tree.tag(i) == "VBN" and tree.child(i, "agent") is not None)
            or bare
        ):
            if tree.lower(i) in {"quoted", "cited"} and (told := tree.child(i, "nsubjpass")) is not None:
                return (self.phrase(told, {*stop, i}),), told  # "X was quoted by the agency": X speaks
            agent = tree.child(i, "agent")
            noun = tree.child(agent, "pobj") if agent is not None else None
            return ((self.phrase(noun, stop),), noun) if noun is not None else ((), None)
        top = self.subject(i)
        if top is None:
            return (), None
        if (whole := self.swallowed(i, top)) is not None:
            return (whole,), whole[-1] if tree.head(i) is None else next(k for k in whole if tree.head(k) is None)
        if tree.lower(top) in {"it", "there"} and tree.dep(top) == "expl":
            return (), None
        return (self.phrase(top, {*stop, i}),), top

    def swallowed(self, i: int, top: int) -> tuple[int, ...] | None:
        """ "The envoy in charge of pursuing the rebels told …", where the parser takes the rebels for the subject."""
        tree = self.tree
        gerund = tree.head(i)
        if gerund is None or tree.tag(gerund) != "VBG" or tree.dep(gerund) != "pcomp" or tree.dep(i) != "ccomp" or top < gerund:
            return None
        root = tree.ancestors(i)[-1]
        if tree.is_verb(root) or root > gerund or not self.animate(root):
            return None
        first = tree.subtree(root, lambda c: c > root)[0]
        return tuple(range(first, i)) if tree.tag(first) in {"DT", "NNP", "PRP$", "NN", "JJ"} else None

    def make(
        self, i: int, entry: Entry, kind: str, content: Iterable[int], frame: str, extra: Iterable[int] = ()
    ) -> Found | None:
        words = set(content)
        if frame in {"to", "prep", "object", "person_to"}:
            words = self.with_condition(i, words)
        if kind == "agree" and self.tree.is_negated(i):
            kind = "refuse"  # "did not accept"
        cue = tuple(sorted({*self.cue_words(i, entry), *extra} - (words if frame == "clause" else set())))
        parts = chunk(self.tree, words - set(cue))
        if not parts:
            return None
        speakers, top = self.speakers(i, words)
        kept = tuple(s for s in speakers if s)
        if not self.plausible(i, entry, kind, frame, kept, top):
            return None
        return Found(self.number, i, cue or (i,), kind, kept, parts, frame, top, self.addressee(i, entry, words), entry)

    def with_condition(self, i: int, words: set[int]) -> set[int]:
        """With the "if …", "unless …", "until …" that follows without a gap."""
        tree = self.tree
        if not words:
            return words
        end = max(words)
        for k in tree.subtree(i):
            if (
                k > end
                and tree.dep(k) == "advcl"
                and tree.subtree(k)[0] == end + 1
                and tree.lower(end + 1) in {"if", "unless", "until", "provided", "providing", "once"}
            ):
                return words | set(tree.subtree(k))
        return words

    def addressee(self, i: int, entry: Entry, content: set[int]) -> tuple[int, ...]:
        """The person told: the object of a verb whose content is a clause, or "to X" behind it."""
        tree = self.tree
        if (
            entry.lemma == "tell"
            and (person := next((c for c in tree.children(i, "dobj", "dative") if c > i), None)) is not None
        ):
            if tree.tag(person) == "NN" and tree.lower(person) in self.lexicon.occasions:
                return ()  # told a news conference: a venue
            return self.phrase(person, {k for k in content if k > tree.subtree(person)[-1]})
        for child in tree.children(i, *OBJECTS):
            if child not in content and child > i and "told" in entry.takes:
                return self.phrase(child, content)
        if tree.is_passive(i) and "told" in entry.takes and (told := tree.child(i, "nsubjpass")) is not None:
            return self.phrase(told, content)
        if tree.tag(i) == "VBN" and tree.dep(i) == "advcl" and "told" in entry.takes and (told := self.subject(i)) is not None:
            return self.phrase(told, content)
        for child in tree.children(i, "prep", "dative"):
            if tree.lower(child) == "to" and (noun := tree.child(child, "pobj")) is not None and noun not in content:
                if not self.animate(noun):
                    continue
                return self.phrase(noun, content)
        return ()
