"""parsed sentence -> who says what, as its clauses show it

Each function reads one frame: a reporting verb with its clause, object or infinitive; a noun such as "claim"; an adjective
such as "sure"; a phrase such as "according to". Quotations that stand alone are the business of quoting.py.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from secondsource.attribute.forms import Entry, Lexicon
from secondsource.attribute.tree import NAME_TAGS, Tree

OBJECTS = ("dobj", "dative")
MARKS = frozenset({"-LRB-", "-RRB-", ",", ".", ":", "``", "''", "HYPH", "NFP", "_SP"})
OPEN_PAIRS = frozenset({"“", '"', "‘", "``", "''", "(", "["})
AUX = frozenset({"aux", "auxpass", "neg"})
CLAUSES = ("ccomp", "csubj")
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
WH = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where", "which", "whom", "whose"})
ANIMATE = frozenset({"he", "she", "they", "we", "i", "who", "everyone", "everybody", "someone", "somebody", "nobody", "anyone", "both", "others",
                     "one", "many", "some", "few", "most", "each", "none", "all", "it", "those", "several", "half"})  # fmt: skip
AGENT_ENDINGS = ("er", "or", "ist", "ian", "ant", "man", "woman", "men", "women", "ican", "crat", "people", "ent", "ite", "ese", "eer")
UNHELD = frozenset({"accuse", "claim", "report", "warn", "deny"})
LIGHT = frozenset("""make makes made making issue issues issued issuing send sends sent sending give gives gave giving put submit submitted launch launched
deliver delivered release released voice voiced express expressed expressing repeat repeated extend extended file filed post posted write wrote""".split())
MUST = frozenset({"must", "should", "shall"})


@dataclass
class Found:
    """A frame in one sentence: words by their place in it. `cue` is the main word."""

    sentence: int
    cue: int
    cue_words: tuple[int, ...]
    kind: str
    speakers: tuple[tuple[int, ...], ...]
    content: tuple[tuple[int, ...], ...]
    frame: str
    subject_at: int | None = None
    addressee: tuple[int, ...] = ()
    entry: Entry | None = None
    notes: dict[str, tuple[int, int]] = field(default_factory=dict)


def runs(words: Iterable[int]) -> list[tuple[int, ...]]:
    """Maximal runs of neighbouring words."""
    out: list[list[int]] = []
    for k in sorted(set(words)):
        if out and k == out[-1][-1] + 1:
            out[-1].append(k)
        else:
            out.append([k])
    return [tuple(r) for r in out]


def trim(tree: Tree, words: Sequence[int]) -> tuple[int, ...]:
    """Without punctuation and conjunctions at the edges; marks and brackets stay."""
    a, b = 0, len(words)
    while a < b and (tree.tag(words[a]) in {",", ":", ".", "_SP", "HYPH", "NFP"} or tree.tokens[words[a]].text in {"--", "-", "—", "–", ";"}):
        a += 1
    while b > a and (tree.tag(words[b - 1]) in {",", ":", ".", "_SP", "HYPH", "NFP"} or tree.tokens[words[b - 1]].text in {"--", "-", "—", "–", ";"}):
        b -= 1
    return tuple(words[a:b])


def chunk(tree: Tree, words: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """The content that `words` are: in runs, trimmed, without runs that hold no word."""
    out = [trim(tree, r) for r in runs(words)]
    return tuple(r for r in out if any(tree.tokens[k].text[:1].isalnum() for k in r))


class Frames:
    """Reads the frames of one sentence."""

    def __init__(self, tree: Tree, number: int, lexicon: Lexicon) -> None:
        self.tree, self.number, self.lexicon = tree, number, lexicon
        self.passed_on: dict[int, int] = {}  # verbs that take the subject of an earlier cue, whatever the parser says

    # -- cues ---------------------------------------------------------------------------------------------------------

    def entry(self, i: int) -> Entry | None:
        """The lexicon's entry for verb `i`, with its particle if it has one."""
        return next(iter(self.entries(i)), None)

    def entries(self, i: int) -> list[Entry]:
        tree = self.tree
        known = self.lexicon.verbs.get(tree.lower(i), ())
        out = []
        for e in known:
            if e.particle is None or self.particle(i, e.particle) is not None:
                out.append(e)
        return out

    def particle(self, i: int, words: str) -> tuple[int, ...] | None:
        """Where the particle stands: right behind the verb, or behind a short object."""
        parts = words.split()
        tree = self.tree
        for start in range(i + 1, min(i + 4, len(tree) - len(parts) + 1)):
            if all(tree.lower(start + k) == p for k, p in enumerate(parts)):
                if start == i + 1 or tree.tokens[start].head == i:
                    return tuple(range(start, start + len(parts)))
        return None

    def cue_words(self, i: int, entry: Entry | None = None) -> tuple[int, ...]:
        """The verb with its auxiliaries, negation, adverbs and particle, as far as they touch it."""
        tree = self.tree
        words = {i}
        near = set(tree.children(i, "aux", "auxpass", "neg", "advmod"))
        k = i - 1
        while k in near and not (tree.dep(k) == "advmod" and tree.tag(k) in {"WRB"}):
            words.add(k)
            k -= 1
        if self.carried(i):
            head = tree.head(i)
            assert head is not None
            if i - head <= 3:
                words.update(range(head, i), self.cue_words(head))
        if entry is not None and entry.particle:
            words.update(self.particle(i, entry.particle) or ())
        elif (prt := tree.child(i, "prt")) is not None and prt == i + 1:
            words.add(prt)
        return tuple(sorted(words))

    # -- speakers -----------------------------------------------------------------------------------------------------

    def subject(self, i: int, depth: int = 0) -> int | None:
        """The subject of verb `i`: its own, or that of the verb it hangs on."""
        tree = self.tree
        own = tree.child(i, "nsubj", "csubj", "nsubjpass")
        if own is not None:
            return own
        if i in self.passed_on:
            return self.subject(self.passed_on[i], depth + 1)
        if tree.tag(i) == "VBG" and tree.dep(i) == "conj":
            for k in range(i - 1, max(-1, i - 25), -1):
                if tree.tag(k) == "VBG" and tree.lower(k) in self.lexicon.verbs and (mine := tree.child(k, "nsubj")) is not None:
                    return mine
        head = tree.head(i)
        if head is None or depth > 6:
            return None
        dep = tree.dep(i)
        if dep in {"conj", "advcl", "xcomp", "parataxis", "dep"} and tree.is_verb(head) or tree.tag(head) == "MD":
            if dep == "xcomp" and (o := tree.child(head, *OBJECTS)) is not None:
                return o
            return self.subject(head, depth + 1)
        if dep == "pcomp" and (up := tree.head(head)) is not None and tree.is_verb(up):
            if tree.lower(head) in {"of", "for", "from"} and (o := tree.child(up, "dobj")) is not None:
                return o
            return self.subject(up, depth + 1)
        if dep in {"acl", "relcl"} and tree.tag(i) in {"VBG", "VB", "VBN"}:
            return head
        if dep in {"ccomp", "advcl"} and tree.tag(i) == "VBG":
            return self.subject(head, depth + 1)
        return None

    def phrase(self, top: int, stop: Iterable[int] = ()) -> tuple[int, ...]:
        """The whole noun phrase at `top`, up to words that belong to the cue or the content."""
        tree, stopped = self.tree, set(stop)
        words = tree.subtree(top, lambda c: c in stopped or (tree.dep(c) == "punct" and tree.tag(c) not in MARKS))
        words = [w for w in words if w not in stopped]
        words = self.without_asides(top, words)
        run = next((r for r in runs(words) if top in r), (top,))
        return trim(tree, run)

    def without_asides(self, top: int, words: list[int]) -> list[int]:
        """Without a dateline before the name and a participle behind a comma ("X, speaking to Y,")."""
        tree = self.tree
        for k in words:
            if k < top and tree.tokens[k].text in {"-", "–", "—", "--"} and all(w.isupper() for w in (tree.tokens[m].text for m in words if m < k) if w.isalpha()):
                return [w for w in words if w > k]
        for c in tree.children(top, "prep"):
            if c < top and c == words[0]:
                gone = set(tree.subtree(c))
                words = [w for w in words if w not in gone]
        for c in tree.children(top, "acl", "advcl"):
            if c > top + 1 and tree.tag(c) in {"VBG", "VBN"} and tree.tokens[tree.subtree(c)[0] - 1].text == ",":
                gone = set(tree.subtree(c))
                words = [w for w in words if w not in gone]
        return words

    def speakers(self, i: int, stop: Iterable[int] = ()) -> tuple[tuple[tuple[int, ...], ...], int | None]:
        """The speaker phrases of verb `i` (agent of a passive; else its subject, "A and B" as two), and the subject's place."""
        tree = self.tree
        bare = tree.tag(i) == "VBN" and tree.dep(i) in {"advcl", "acl"} and tree.child(i, "aux", "nsubj") is None
        if tree.child(i, "auxpass", "nsubjpass") is not None or tree.tag(i) == "VBN" and tree.child(i, "agent") is not None or bare:
            agent = tree.child(i, "agent")
            noun = tree.child(agent, "pobj") if agent is not None else None
            return ((self.phrase(noun, stop),), noun) if noun is not None else ((), None)
        top = self.subject(i)
        if top is None:
            return (), None
        if tree.lower(top) in {"it", "there"} and tree.dep(top) == "expl":
            return (), None
        return (self.phrase(top, {*stop, i}),), top

    # -- frames -------------------------------------------------------------------------------------------------------

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
        return out

    def verb(self, i: int) -> Found | None:
        """The frame of a reporting verb, the strongest complement first."""
        if i + 2 < len(self.tree) and self.tree.lower(i + 1) == "as" and self.tree.lower(i + 2) == "saying" or self.quoted_as_saying(i):
            return None
        for entry in self.entries(i):
            for read in (self.citing, self.clause, self.around, self.passive, self.infinitive, self.person_to, self.named_as, self.plain_object, self.prepositional):
                found = read(i, entry)
                if found is not None:
                    return found
        return None

    def with_condition(self, i: int, words: set[int]) -> set[int]:
        """With the "if …", "unless …", "until …" that follows without a gap."""
        tree = self.tree
        if not words:
            return words
        end = max(words)
        for k in tree.subtree(i):
            if k > end and tree.dep(k) == "advcl" and tree.subtree(k)[0] == end + 1 and tree.lower(end + 1) in {"if", "unless", "until", "provided", "providing", "once"}:
                return words | set(tree.subtree(k))
        return words

    def quoted_as_saying(self, i: int) -> bool:
        """"was quoted (by the agency) as saying": saying is the cue."""
        tree = self.tree
        return any(tree.lower(p) == "as" and any(tree.lower(c) == "saying" for c in tree.children(p)) for p in tree.children(i, "prep"))

    def make(self, i: int, entry: Entry, kind: str, content: Iterable[int], frame: str, extra: Iterable[int] = ()) -> Found | None:
        words = set(content)
        if frame in {"to", "prep", "object", "person_to"}:
            words = self.with_condition(i, words)
        cue = tuple(sorted({*self.cue_words(i, entry), *extra} - (words if frame == "clause" else set())))
        parts = chunk(self.tree, words - set(cue))
        if not parts:
            return None
        speakers, top = self.speakers(i, words)
        kept = tuple(s for s in speakers if s)
        if not self.plausible(i, entry, kind, frame, kept, top):
            return None
        return Found(self.number, i, cue or (i,), kind, kept, parts, frame, top, self.addressee(i, entry, words), entry)

    def plausible(self, i: int, entry: Entry, kind: str, frame: str, speakers: tuple[tuple[int, ...], ...], top: int | None) -> bool:
        """Whether somebody speaks here at all: purposes ("to show …"), things ("the rule requires") and bare participles do not."""
        tree = self.tree
        passive = tree.child(i, "auxpass", "nsubjpass") is not None
        if tree.tag(i) == "VBN" and tree.dep(i) == "acl" and not speakers:
            return False
        if not speakers and not passive and not (kind == "ask" and tree.tag(i) == "VBN"):
            return False
        if not speakers and frame == "passive" and entry.lemma in {"call", "name", "dub", "consider", "schedule", "need", "plan", "design", "offer", "quote", "prepare", "recognize", "recognise", "know", "identify"}:
            return False
        if tree.tag(i) == "VB" and any(tree.lower(k) == "to" for k in tree.children(i, "aux")) and not self.carried(i):
            return False
        if kind not in {"say", "claim", "report", "ask"} and self.supposed(i):
            return False
        if top is None:
            return True
        if kind == "report" and frame in {"clause", "as", "object"} and tree.lower(top) != "which" and not self.animate(top):
            return False
        if tree.lower(top) in {"you", "there", "this", "these", "'s"}:
            return False
        weak = kind in {"believe", "ask"} or frame in {"object", "as", "prep", "to", "person_to", "passive"}
        return not (weak and frame != "noun" and not self.animate(top))

    def impersonal(self, i: int) -> bool:
        """It was stated …"""
        tree = self.tree
        return any(tree.lower(k) == "it" for k in tree.children(i, "nsubjpass"))

    def supposed(self, i: int) -> bool:
        """Whether the verb stands in an if-clause: a promise that somebody may make is none."""
        tree = self.tree
        for k in (i, *tree.ancestors(i)):
            if tree.dep(k) == "advcl":
                return any(tree.lower(m) in {"if", "unless", "once"} for m in tree.children(k, "mark", "advmod"))
            if tree.dep(k) in {"relcl", "ccomp"}:
                return False
        return False

    def carried(self, i: int) -> bool:
        """Whether the infinitive `i` hangs on a verb like "went on", "sought", "declined"."""
        tree = self.tree
        head = tree.head(i)
        return head is not None and tree.dep(i) == "xcomp" and tree.lower(head) in self.lexicon.carriers

    def animate(self, top: int) -> bool:
        """Whether a noun can hold a view: names, persons, bodies, most words for people."""
        tree = self.tree
        low = tree.lower(top)
        if tree.tag(top) in NAME_TAGS or low in ANIMATE or tree.tag(top) == "CD":
            return True
        if low in self.lexicon.actors:
            return True
        stem = low.removesuffix("s")
        return stem in self.lexicon.actors or stem.endswith(AGENT_ENDINGS) and stem not in self.lexicon.things

    def addressee(self, i: int, entry: Entry, content: set[int]) -> tuple[int, ...]:
        """The person told: the object of a verb whose content is a clause, or "to X" behind it."""
        tree = self.tree
        if entry.lemma == "tell" and (person := next((c for c in tree.children(i, "dobj", "dative") if c > i), None)) is not None:
            return self.phrase(person, {k for k in content if k > tree.subtree(person)[-1]})
        for child in tree.children(i, *OBJECTS):
            if child not in content and child > i and "told" in entry.takes:
                return self.phrase(child, content)
        if tree.is_passive(i) and "told" in entry.takes and (told := tree.child(i, "nsubjpass")) is not None:
            return self.phrase(told, content)
        if tree.tag(i) == "VBN" and tree.dep(i) == "advcl" and "told" in entry.takes and (told := self.subject(i)) is not None:
            return self.phrase(told, content)
        for child in tree.children(i, "prep", "dative"):
            if tree.lower(child) in {"to", "at"} and (noun := tree.child(child, "pobj")) is not None and noun not in content:
                if tree.lower(child) == "to":
                    return self.phrase(noun, content)
        return ()

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
            if c > i and subtree[-1] > i:
                words = [k for k in subtree if k > i]
                if entry.takes.get("person_to") and self.to_infinitive(c):
                    kind = entry.takes["person_to"]
                elif tree.is_negated(i) is False and kind == "claim" and entry.lemma == "insist" and self.must(c):
                    kind = "demand"
                return self.make(i, entry, kind, self.widen(i, words), "clause")
            if c < i and not (tree.tag(c) in {"VBG", "VBN"} and tree.child(c, "nsubj", "nsubjpass", "aux") is None):
                return self.make(i, entry, kind, self.before(i, c), "preposed")
        return self.marked(i, entry, kind)

    def marked(self, i: int, entry: Entry, kind: str) -> Found | None:
        """A that-clause that the parser hung on another word behind the verb."""
        tree = self.tree
        mine = set(tree.subtree(i))
        for k in range(i + 1, min(i + 25, len(tree))):
            if tree.is_verb(k) and k in mine and tree.dep(k) in {"advcl", "conj"} and tree.lower(k) in self.lexicon.verbs:
                return None
            if tree.lower(k) in {"that", "whether"} and tree.dep(k) in {"mark", "nsubj", "dobj", "advmod"} and k in mine:
                clause = tree.head(k)
                if clause is None or tree.dep(k) != "mark" and not (tree.is_passive(i) and tree.child(clause, "nsubj") is not None) or tree.dep(clause) not in {"acl", "relcl", "ccomp", "advcl", "dep"}:
                    return None
                noun = tree.head(clause)
                said = self.impersonal(i)
                if noun is not None and not said and (tree.lower(noun) in self.lexicon.nouns or noun < i):
                    return None
                return self.make(i, entry, kind, self.widen(i, [w for w in tree.subtree(clause) if w >= k]), "clause")
        return None

    def fenced(self, i: int, entry: Entry, kind: str) -> Found | None:
        """", X said," set off by commas: all the rest of the sentence, up to a semicolon, is the content."""
        tree = self.tree
        subject = tree.child(i, "nsubj")
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
        left = [k for k in range(low - 1)]
        stop = next((k for k in reversed(left) if tree.tokens[k].text == ";"), -1)
        if low >= 2 and tree.lower(low - 2) in RELATIVE | {"where", "when"}:
            stop = low - 3
        left = [k for k in left if k > stop]
        relative = bool(left) and low >= 2 and left[0] == low - 2
        if high + 1 >= len(tree) or tree.tag(high + 1) == ".":
            rest: list[int] = []
        elif tree.tokens[high + 1].text == ",":
            stop = next((k for k in range(high + 2, len(tree)) if tree.tokens[k].text == ";"), len(tree))
            rest = list(range(high + 2, stop))
            if rest and (tree.tag(rest[0]) == "VBG" or tree.tag(rest[0]) == "CC" and not any(tree.is_verb(k) for k in left)):
                rest = []
        else:
            return None
        if relative:
            rest = self.short(rest)
        if not any(tree.is_verb(k) for k in (*left, *rest)) or not left:
            return None
        if not rest and not any(tree.tag(k) in {"VBD", "VBZ", "VBP", "MD"} for k in left):
            return None
        return self.make(i, entry, kind, [*left, *rest], "fenced")

    def short(self, rest: list[int]) -> list[int]:
        """The clause behind ", the army says," in a relative clause: up to the next comma, or to a further "and that"."""
        tree = self.tree
        for n, k in enumerate(rest):
            if tree.lower(k) == "that" and n and tree.tag(rest[n - 1]) == "CC":
                return rest[: n - 1]
        return rest

    def to_infinitive(self, c: int) -> bool:
        tree = self.tree
        return tree.tag(c) == "VB" and any(tree.lower(k) == "to" for k in tree.children(c, "aux"))

    def must(self, c: int) -> bool:
        tree = self.tree
        return any(tree.lower(k) in MUST for k in tree.children(c, "aux")) or (
            tree.tag(c) == "VB" and tree.child(c, "aux") is None and tree.child(c, "nsubj") is not None
        )

    def widen(self, i: int, words: Sequence[int]) -> list[int]:
        """A clause behind its verb runs on without gaps; adverbial clauses that hang on the verb behind it belong to it."""
        tree = self.tree
        end = words[-1]
        for c in tree.children(i, "advcl", "prep", "advmod", "npadvmod", "dep"):
            if c > end and not (tree.tag(c) == "VBG" and self.lexicon.verbs.get(tree.lower(c))):
                gap = range(end + 1, tree.subtree(c)[0])
                if not gap or (tree.dep(c) == "advcl" and tree.tag(c) != "VBG" and all(tree.tag(k) in MARKS for k in gap)):
                    end = max(end, tree.subtree(c)[-1])
        end = self.further(end)
        start = words[0]
        semicolon = next((k for k in range(start, end + 1) if tree.tokens[k].text == ";"), None)
        if semicolon is not None and semicolon > start + 1 and not (semicolon + 1 < len(tree) and tree.lower(semicolon + 1) in {"that", "and"}):
            end = semicolon - 1
        return list(range(start, self.cut(i, start, end) + 1))

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
            if not tree.is_verb(k) or tree.lower(k) not in self.lexicon.verbs or tree.child(k, "ccomp", "xcomp", "dobj", "prep") is None:
                continue
            left = min([k, *tree.children(k, "nsubj", "mark", "aux", "advmod", "cc", "neg")])
            subject = tree.child(k, "nsubj")
            if subject is not None:
                left = min(left, tree.subtree(subject)[0])
            fence = left - 1
            while fence > start and tree.tag(fence) in {"''", "``"}:
                fence -= 1
            before = tree.tokens[fence].text if left > start else ""
            comma = before == "," or (before in {"and", "but", "while"} and left - 2 > start and tree.tokens[left - 2].text == ",")
            takes = {f for e in self.entries(k) for f in e.takes}
            if tree.tag(k) == "VBG" and before == "," and tree.dep(k) in {"advcl", "acl", "conj", "dep"} and subject is None and takes & {"clause", "object"}:
                self.passed_on[k] = i
            elif tree.dep(k) == "conj" and subject is None and takes & {"clause", "object", "to", "prep"} and self.same_row(i, k):
                self.passed_on[k] = i
            elif subject is not None and tree.dep(k) == "conj" and before in {"and", "but"} and self.same_row(i, k):
                pass
            elif subject is not None and comma and tree.dep(k) in {"conj", "advcl"} and "clause" in takes and tree.child(k, "ccomp") is not None:
                pass
            else:
                continue
            stop = left - 1
            while stop > start and (tree.tag(stop) in {",", "CC", ":"}):
                stop -= 1
            return stop
        return end

    def same_row(self, i: int, k: int) -> bool:
        """Whether verb `k` goes with the cue `i`, not with the clause it hangs in: the same tense, and the clause's is another."""
        tree = self.tree
        head = tree.head(k)
        return (
            (tree.tag(k) == tree.tag(i) or tree.tag(k) == "VBN" and tree.tag(i) == "VBD" and tree.child(k, "aux", "auxpass") is None)
            and tree.tag(i) in {"VBD", "VBZ", "VBP"} and head is not None
            and (tree.tag(head) in {"VB", "VBN", "VBG"} and tree.child(head, "aux", "auxpass") is not None) and head > i
        )  # fmt: skip

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

    def infinitive(self, i: int, entry: Entry) -> Found | None:
        """X promised to Y; X denied doing Y."""
        tree = self.tree
        kind, ing = entry.takes.get("to"), entry.takes.get("ing")
        for c in tree.children(i, "xcomp"):
            if c < i:
                continue
            is_to = any(tree.lower(k) == "to" for k in tree.children(c, "aux"))
            if kind and is_to and tree.child(i, *OBJECTS) is None:
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
        if entry.particle is None and "on" in entry.takes:
            for p in tree.children(i, "prep"):
                if tree.lower(p) in {"on", "upon"} and (x := next((c for c in tree.children(i, "xcomp", "advcl") if c > p), None)) is not None:
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
        takes = entry.takes
        to = next((c for c in tree.children(i, "xcomp", "ccomp", "advcl") if c > i and self.to_infinitive(c)), None)
        rest = [k for p in tree.children(i, "prep") if tree.lower(p) in {"as", "of", "for"} and p > i for k in tree.subtree(p)]
        rest += [k for o in tree.children(i, "oprd") for k in tree.subtree(o)]
        if to is not None and takes.keys() & {"person_to", "to", "clause"} and entry.lemma not in {"continue", "begin", "start"}:
            kind = takes.get("person_to") or takes.get("to") or takes["clause"]
            return self.make(i, entry, kind, [*tree.subtree(subject), *tree.subtree(to)], "passive")
        if rest and takes.keys() & {"as", "object"}:
            kind = takes.get("as") or takes["object"]
            return self.make(i, entry, kind, [*tree.subtree(subject), *rest], "passive")
        if "object" in takes and tree.child(i, "agent") is not None:
            return self.make(i, entry, takes["object"], tree.subtree(subject), "passive")
        return None

    def named_as(self, i: int, entry: Entry) -> Found | None:
        """X called Y Z; X described Y as Z."""
        tree = self.tree
        kind = entry.takes.get("as")
        if kind is None:
            return None
        words: list[int] = []
        for c in tree.children(i, "dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"):
            if c > i:
                words += tree.subtree(c)
        if entry.lemma == "declare" and len(tree.children(i, "dobj", "oprd")) < 2:
            return None
        preps = [p for p in tree.children(i, "prep") if tree.lower(p) == "as" and p > i]
        has_as = bool(preps) or any(tree.lower(k) == "as" for k in words)
        if not words or entry.lemma not in {"call", "dub", "label", "term", "brand", "deem", "name", "consider", "find", "declare"} and not has_as:
            return None
        if not has_as and len(tree.children(i, "dobj", "oprd", "ccomp", "xcomp")) < 1:
            return None
        for p in preps:
            words += tree.subtree(p)
        if entry.lemma in {"find", "consider", "name"} and not has_as and tree.child(i, "oprd") is None:
            return None
        return self.make(i, entry, kind, self.without_tail(words), "as")

    def without_tail(self, words: Iterable[int]) -> list[int]:
        """Without a relative clause behind a comma: ", which …", ", who …"."""
        tree = self.tree
        kept = sorted(set(words))
        for k in kept:
            if tree.dep(k) == "relcl":
                clause = tree.subtree(k)
                if clause[0] > kept[0] and tree.tokens[clause[0] - 1].text == "," and tree.lower(clause[0]) in RELATIVE | {"most", "some", "many", "in", "of"}:
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
        if entry.lemma == "claim" and tree.lower(noun) in {"life", "lives", "victims", "responsibility"} and tree.lower(noun) != "responsibility":
            return None
        if tree.lower(noun) in {"themselves", "himself", "itself", "herself"}:
            return None
        if kind == "refuse" and tree.lower(noun) in self.lexicon.said_nouns:
            kind = "deny"
        words = list(tree.subtree(noun))
        for p in tree.children(i, "prep"):
            low = tree.lower(p)
            if p > noun and (low in {"of", "for", "as", "on"} and kind in {"accuse", "deny", "say"} or low == "as" and kind == "refuse" or low in {"from", "for"} and kind in {"demand", "urge", "offer"}
                             or low in {"against"} and kind == "warn"):
                words += tree.subtree(p)
        return self.make(i, entry, kind, self.without_tail(k for k in words if k > i) or words, "object")

    def citing(self, i: int, entry: Entry) -> Found | None:
        """Y, the agency said, citing X: X said Y."""
        tree = self.tree
        head = tree.head(i)
        noun = tree.child(i, "dobj")
        if entry.lemma not in {"cite", "quote"} or tree.tag(i) != "VBG" or tree.dep(i) != "advcl" or head is None or noun is None:
            return None
        outer = self.verb(head) if "clause" in {f for e in self.entries(head) for f in e.takes} else None
        if outer is None or outer.frame not in {"clause", "preposed", "fenced", "around"} or not self.animate(noun):
            return None
        parts = chunk(tree, [k for part in outer.content for k in part if k not in set(tree.subtree(i))])
        return Found(self.number, i, (i,), "report", (self.phrase(noun, {i}),), parts, "citing", noun) if parts else None

    def prepositional(self, i: int, entry: Entry) -> Found | None:
        """X called for Y; X warned of Y; X spoke about Y."""
        tree = self.tree
        if tree.child(i, "dobj") is not None and "told" not in entry.takes:
            return None
        for p in tree.children(i, "prep"):
            kind = entry.takes.get(tree.lower(p))
            if kind and p > i and (tree.child(p, "pobj", "pcomp") is not None):
                extra = (p,) if p == i + 1 or entry.particle else ()
                words = self.without_tail(tree.subtree(p))
                return self.make(i, entry, kind, words[1:] if extra else words, "prep", extra)
        return None

    # -- nouns, adjectives, phrases -----------------------------------------------------------------------------------

    def noun(self, i: int) -> Found | None:
        """X's claim that Y; a call by X for Y; the threat to Y."""
        tree = self.tree
        kind = self.lexicon.nouns.get(tree.lower(i))
        if kind is None:
            return None
        content = self.noun_content(i, kind)
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
            skip = {k for k in tree.children(holder, "case")} | set(content)
            speakers = (self.phrase(holder, skip),)
        return Found(self.number, i, (i,), kind, tuple(s for s in speakers if s), chunk(tree, content), "noun", holder)

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
            if c > i and (marked or (tree.dep(c) == "acl" and self.to_infinitive(c) and kind not in {"say", "report", "claim"})):
                return [k for k in sub if k > i]
        held = tree.child(i, "poss") is not None
        for p in tree.children(i, "prep"):
            low = tree.lower(p)
            if (held and low in {"on", "of", "for", "to", "against", "about"}) or (low == "for" and kind == "urge"):
                if kind in {"accuse", "urge", "refuse", "agree", "warn", "deny", "demand"} and tree.child(p, "pobj", "pcomp") is not None:
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
                return Found(self.number, i, cue, kind, (self.phrase(top, {head, *words}),), chunk(tree, words), "adjective", top)
        return None

    def according(self, i: int) -> Found | None:
        """According to X, Y; Y, according to X."""
        tree = self.tree
        if i + 1 >= len(tree) or tree.lower(i + 1) != "to":
            return None
        speaker, kind = self.informant(i)
        mine = set(tree.subtree(i)) | {i, i + 1}
        content = chunk(tree, self.scope(i, mine))
        if not content or not speaker and kind != "report" or set(speaker) & {k for part in content for k in part}:
            return None
        return Found(self.number, i, (i, i + 1), kind, (speaker,) if speaker else (), content, "according", speaker[0] if speaker else None)

    def in_words_of(self, i: int) -> Found | None:
        """In the words of X, …"""
        tree = self.tree
        if tree.lower(i) not in self.lexicon.views or i < 2 or tree.lower(i - 2) != "in" or i + 1 >= len(tree) or tree.lower(i + 1) != "of":
            return None
        noun = tree.child(i + 1, "pobj")
        return self.phrased(i, range(i - 2, i + 2), noun) if noun is not None else None

    def per(self, i: int) -> Found | None:
        """…, per the port's records."""
        tree = self.tree
        noun = tree.child(i, "pobj")
        if noun is None or i == 0 or tree.tokens[i - 1].text != "," or tree.child(noun, "det", "poss") is None and tree.tag(noun) not in NAME_TAGS:
            return None
        return self.phrased(i, (i,), noun)

    def phrased(self, i: int, cue: Iterable[int], noun: int) -> Found | None:
        """A phrase whose object is the speaker; the rest of its clause is the content."""
        words = tuple(cue)
        speaker = self.phrase(noun, words)
        content = chunk(self.tree, self.scope(i, {*words, *self.tree.subtree(noun)}))
        if not speaker or not content:
            return None
        return Found(self.number, i, words, "say", (speaker,), content, "according", noun)

    def informant(self, i: int) -> tuple[tuple[int, ...], str]:
        """Who "according to" at word `i` names, and the kind: for "a report by X" it is X, for mere "information" nobody."""
        tree = self.tree
        noun = next((k for k in tree.subtree(i) if k > i + 1 and tree.dep(k) == "pobj" and tree.tokens[k].head in {i, i + 1}), None)
        if noun is None:
            noun = next((k for k in range(i + 2, min(i + 12, len(tree))) if tree.dep(k) == "pobj"), None)
        if noun is None or tree.lower(noun) in {"plan", "plans", "schedule"} and tree.child(noun, "det", "poss") is None:
            return (), "say"
        low = tree.lower(noun)
        if low in self.lexicon.occasions or low in self.lexicon.actors or low in {"information", "reports", "sources", "findings", "figures", "documents"}:
            made = maker(tree, noun)
            if made:
                return made, "report" if any(tree.lower(k) in self.lexicon.outlets for k in made) else "say"
        if low in {"information", "reports"}:
            return (), "report"
        speaker = self.phrase(noun, {i, i + 1})
        outlet = tree.tag(noun) in NAME_TAGS and any(tree.lower(k) in self.lexicon.outlets for k in speaker[-3:])
        return speaker, "report" if outlet or low == "report" else "say"

    @staticmethod
    def phrase_of(tree: Tree) -> Callable[[int], tuple[int, ...]]:
        """The whole noun phrase at a word of `tree`."""

        def phrase(top: int) -> tuple[int, ...]:
            words = tree.subtree(top)
            return trim(tree, next(r for r in runs(words) if top in r))

        return phrase

    def scope(self, i: int, mine: set[int]) -> list[int]:
        """What an inserted "according to X" speaks of: its clause; the whole sentence where it opens or closes it."""
        tree = self.tree
        head = tree.head(i)
        low, high = min(mine), max(mine)
        if low <= 1 or high >= len(tree) - 3:
            outer = [k for k in range(len(tree)) if k not in mine]
            clause = next((a for a in [head, *tree.ancestors(i)] if a is not None and tree.is_verb(a)), None)
            if clause is not None and tree.dep(clause) == "conj" and low > 1:
                start = min(tree.subtree(clause))
                return [k for k in outer if k >= start]
            return outer
        clause = next((a for a in tree.ancestors(i) if tree.is_verb(a)), head)
        if clause is None:
            return []
        return [k for k in tree.subtree(clause) if k not in mine]


def maker(tree: Tree, i: int) -> tuple[int, ...]:
    """Who made the statement that word `i` is: "by X", "made by X", "X's", or the subject of "issued a statement"."""
    phrase = Frames.phrase_of(tree)
    for p in tree.children(i, "prep"):
        if tree.lower(p) in {"by", "from", "of"} and (noun := tree.child(p, "pobj")) is not None and tree.lower(p) != "of":
            return phrase(noun)
    for c in tree.children(i, "acl"):
        agent = tree.child(c, "agent", "prep")
        if agent is not None and tree.lower(agent) == "by" and (noun := tree.child(agent, "pobj")) is not None:
            return phrase(noun)
    if (owner := tree.child(i, "poss")) is not None and tree.tag(owner) != "PRP$":
        return tuple(k for k in phrase(owner) if tree.tag(k) != "POS")
    head = tree.head(i)
    if head is not None and tree.dep(i) == "dobj" and tree.lower(head) in {"made", "issued", "released", "published", "makes", "issues"}:
        subject = tree.subject(head)
        return phrase(subject) if subject is not None else ()
    return ()
