"""parsed sentence -> the stretches that conditions are made of: where one ends, what hangs on it"""

from dataclasses import dataclass

from secondsource.attribute.tree import Tree

MODALS = frozenset(
    {"will", "would", "shall", "can", "could", "may", "might", "must", "should", "'ll", "'d", "wo", "ca", "cannot", "wouldn't"}
)
OFFERING = frozenset(
    [
        "accept",
        "accepted",
        "accepts",
        "agree",
        "agreed",
        "agrees",
        "demand",
        "demanded",
        "due",
        "insist",
        "insisted",
        "insists",
        "offer",
        "offered",
        "offers",
        "pledge",
        "pledged",
        "prepared",
        "promise",
        "promised",
        "promises",
        "propose",
        "proposed",
        "proposes",
        "ready",
        "refuse",
        "refused",
        "refuses",
        "rule",
        "ruled",
        "set",
        "threaten",
        "threatened",
        "threatens",
        "vow",
        "vowed",
        "want",
        "wants",
        "willing",
    ]
)
SAYING = frozenset(
    [
        "said",
        "says",
        "say",
        "told",
        "tells",
        "tell",
        "added",
        "announced",
        "warned",
        "stated",
        "wrote",
        "shouted",
        "explained",
        "declared",
        "insisted",
        "replied",
        "argued",
        "noted",
        "promised",
        "reported",
    ]
)
MADE = frozenset({"condition", "conditions", "precondition", "preconditions", "prerequisite"})
STOPS = frozenset({".", ";", ":", "”", '"', "!", "?", "''", "—", "–", "--"})


@dataclass(frozen=True)
class Clause:
    """A condition found: its span, the span of what hangs on it, and the sentence and word that the latter is headed by."""

    sentence: int
    start: int
    end: int
    of: tuple[int, int] | None
    of_sentence: int
    verb: int | None
    announced: bool = False  # by a noun or a verb: "our condition is", "will require"


def comma(tree: Tree, i: int) -> int:
    """The first comma or stop from word `i` on."""
    return next((k for k in range(i, len(tree)) if tree.tokens[k].text in {","} | STOPS), len(tree))


def limit(tree: Tree, first: int, inner: int) -> int:
    """Where the condition must end: a stop, a comma before a main clause or a speaker, "then"."""
    for k in range(inner, len(tree)):
        text, low = tree.tokens[k].text, tree.lower(k)
        if text in STOPS:
            return k
        if low == "then" and k > inner + 2:
            return k
        if text == "," and breaks(tree, inner, k):
            return k
        if low in {"unless", "if", "provided"} and k > inner + 2 and tree.dep(k) in {"mark", "prep", "advcl"}:
            return k - 1 if tree.lower(k - 1) in {"and", "or"} else k
        if (
            low == "will"
            and first == 0
            and k + 1 < len(tree)
            and not any(tree.tokens[j].text == "," for j in range(inner, k))
            and tree.lower(inner - 1) == "if"
            and tree.lower(first) == "only"
            and tree.tag(k) == "MD"
        ):
            return k
    return len(tree)


def breaks(tree: Tree, inner: int, comma: int) -> bool:
    """Whether the clause is over at this comma: a finite verb stands before it, and no mere list goes on."""
    if not any(tree.is_verb(k) or tree.tag(k).startswith("NN") or tree.tag(k) == "PRP" for k in range(inner, comma)):
        return False
    nxt = comma + 1
    return not (nxt < len(tree) and tree.lower(nxt) in {"which", "who", "where"})


def is_modal(tree: Tree, verb: int) -> bool:
    """ "will", "would", "can", "is going to"."""
    held = {tree.lower(c) for c in tree.children(verb, "aux", "auxpass")}
    return bool(held & MODALS) or {"going"} <= held


def clause_of(tree: Tree, n: int, first: int, last: int, verb: int) -> Clause:
    """The condition in `[first, last]` of what `verb` says."""
    return Clause(n, tree.tokens[first].start, tree.tokens[last].end, governed_span(tree, verb, first, last), n, verb)


def governed_span(tree: Tree, verb: int, first: int, last: int) -> tuple[int, int] | None:
    """The clause at `verb` without the condition and without what stands beyond it."""
    inside = set(range(first, last + 1))
    skip = {"advcl", "punct", "parataxis", "cc", "mark"}
    words = [
        k
        for k in tree.subtree(
            verb,
            lambda c: (
                c in inside
                or (tree.dep(c) in skip and not goes_on(tree, c))
                or (tree.dep(c) in {"conj", "dep"} and tree.subject(c) is not None)
            ),
        )
        if k not in inside
    ]
    if not words:
        return None
    before = [k for k in words if k < first]
    after = [k for k in words if k > last]
    side = before if verb < first else after if verb > last else words
    side = side or words
    a, b = min(side), max(side)
    for k in range(a, b + 1):  # not over a speaker or a closing mark
        if tree.tokens[k].text in {"”", '"', ";"} and k > verb:
            b = k - 1
            break
    while b > a and tree.tag(b) in {",", ".", ":", "''", "``", "CC"}:
        b -= 1
    return tree.tokens[a].start, tree.tokens[b].end


def goes_on(tree: Tree, i: int) -> bool:
    """ "will go on talking": the participle right behind its verb belongs to it."""
    head = tree.head(i)
    return tree.tag(i) == "VBG" and head is not None and 0 < i - head <= 2


def offering(tree: Tree) -> int | None:
    """The verb of a sentence that offers, accepts or foretells something."""
    for t in tree.tokens:
        if tree.is_verb(t.i) and tree.lower(t.i) not in SAYING and (is_modal(tree, t.i) or t.text.lower() in OFFERING):
            return t.i
        if t.text.lower() in {"ready", "willing", "prepared"} and (head := tree.head(t.i)) is not None:
            return head
    return None
