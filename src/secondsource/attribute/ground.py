"""parsed sentence -> what its words can be in a frame: cues, subjects, phrases

The shared ground of the frames in clauses, complements, nouncues and informants.
"""

from collections.abc import Iterable, Sequence
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
ANIMATE = frozenset(
    {
        "he",
        "she",
        "they",
        "we",
        "i",
        "who",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "nobody",
        "anyone",
        "both",
        "others",
        "one",
        "many",
        "some",
        "few",
        "most",
        "each",
        "none",
        "all",
        "it",
        "those",
        "several",
        "half",
    }
)
AGENT_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "man",
    "woman",
    "men",
    "women",
    "ican",
    "crat",
    "people",
    "ent",
    "ite",
    "ese",
    "eer",
)
UNHELD = frozenset({"accuse", "claim", "report", "warn", "deny"})
LIGHT = frozenset(
    [
        "make",
        "makes",
        "made",
        "making",
        "issue",
        "issues",
        "issued",
        "issuing",
        "send",
        "sends",
        "sent",
        "sending",
        "give",
        "gives",
        "gave",
        "giving",
        "put",
        "submit",
        "submitted",
        "launch",
        "launched",
        "deliver",
        "delivered",
        "release",
        "released",
        "voice",
        "voiced",
        "express",
        "expressed",
        "expressing",
        "repeat",
        "repeated",
        "extend",
        "extended",
        "file",
        "filed",
        "post",
        "posted",
        "write",
        "wrote",
    ]
)
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
    while a < b and (
        tree.tag(words[a]) in {",", ":", ".", "_SP", "HYPH", "NFP"} or tree.tokens[words[a]].text in {"--", "-", "—", "–", ";"}
    ):
        a += 1
    while b > a and (
        tree.tag(words[b - 1]) in {",", ":", ".", "_SP", "HYPH", "NFP"}
        or tree.tokens[words[b - 1]].text in {"--", "-", "—", "–", ";"}
    ):
        b -= 1
    return tuple(words[a:b])


def chunk(tree: Tree, words: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """The content that `words` are: in runs, trimmed, without runs that hold no word."""
    out = [without_joiner(tree, trim(tree, r)) for r in runs(words)]
    return tuple(r for r in out if any(tree.tokens[k].text[:1].isalnum() for k in r))


def without_joiner(tree: Tree, words: tuple[int, ...]) -> tuple[int, ...]:
    """Without an "and", "but", "or" that joins on to what follows."""
    return trim(tree, words[:-1]) if len(words) > 1 and tree.tag(words[-1]) == "CC" else words


class Ground:
    """Cues and their marks in one sentence."""

    def __init__(self, tree: Tree, number: int, lexicon: Lexicon) -> None:
        self.tree, self.number, self.lexicon = tree, number, lexicon
        self.passed_to: dict[int, int] = {}  # verbs whose subject, by their place between commas, is another than the parser's
        self.passed_on: dict[int, int] = {}  # verbs that take the subject of an earlier cue, whatever the parser says

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

    def takes(self, i: int) -> set[str]:
        """The complements that verb `i` takes in one of its readings."""
        return {f for e in self.entries(i) for f in e.takes}

    def particle(self, i: int, words: str) -> tuple[int, ...] | None:
        """Where the particle stands: right behind the verb, or behind a short object."""
        parts = words.split()
        tree = self.tree
        for start in range(i + 1, min(i + 4, len(tree) - len(parts) + 1)):
            touches = start == i + 1 or tree.tokens[start].head == i
            if touches and all(tree.lower(start + k) == p for k, p in enumerate(parts)):
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

    def carried(self, i: int) -> bool:
        """Whether the infinitive `i` hangs on a verb like "went on", "sought", "declined"."""
        tree = self.tree
        head = tree.head(i)
        return head is not None and tree.dep(i) == "xcomp" and tree.lower(head) in self.lexicon.carriers

    def supposed(self, i: int) -> bool:
        """Whether the verb stands in an if-clause: a promise that somebody may make is none."""
        tree = self.tree
        for k in (i, *tree.ancestors(i)):
            if tree.dep(k) == "advcl":
                return any(tree.lower(m) in {"if", "unless", "once"} for m in tree.children(k, "mark", "advmod"))
            if tree.dep(k) in {"relcl", "ccomp"}:
                return False
        return False

    def impersonal(self, i: int) -> bool:
        """It was stated …"""
        tree = self.tree
        return any(tree.lower(k) == "it" for k in tree.children(i, "nsubjpass"))

    def to_infinitive(self, c: int) -> bool:
        tree = self.tree
        return tree.tag(c) == "VB" and any(tree.lower(k) == "to" for k in tree.children(c, "aux"))

    def animate(self, top: int) -> bool:
        """Whether a noun can hold a view: names, persons, bodies, most words for people."""
        tree = self.tree
        low = tree.lower(top)
        if tree.tag(top) in NAME_TAGS or low in ANIMATE or tree.tag(top) == "CD":
            return True
        if low in self.lexicon.actors:
            return True
        stem = low.removesuffix("s")
        return stem in self.lexicon.actors or (stem.endswith(AGENT_ENDINGS) and stem not in self.lexicon.things)


def whole(tree: Tree, top: int) -> tuple[int, ...]:
    """The whole noun phrase at word `top`."""
    return trim(tree, next(r for r in runs(tree.subtree(top)) if top in r))


def maker(tree: Tree, i: int) -> tuple[int, ...]:
    """Who made the statement that word `i` is: "by X", "made by X", "X's", or the subject of "issued a statement"."""
    for p in tree.children(i, "prep"):
        if tree.lower(p) in {"by", "from", "of"} and (noun := tree.child(p, "pobj")) is not None and tree.lower(p) != "of":
            return whole(tree, noun)
    for c in tree.children(i, "acl"):
        agent = tree.child(c, "agent", "prep")
        if agent is not None and tree.lower(agent) == "by" and (noun := tree.child(agent, "pobj")) is not None:
            return whole(tree, noun)
    if (owner := tree.child(i, "poss")) is not None and tree.tag(owner) != "PRP$":
        return tuple(k for k in whole(tree, owner) if tree.tag(k) != "POS")
    head = tree.head(i)
    if (
        head is not None
        and tree.dep(i) == "dobj"
        and tree.lower(head) in {"made", "issued", "released", "published", "makes", "issues"}
    ):
        subject = tree.subject(head)
        return whole(tree, subject) if subject is not None else ()
    return ()
