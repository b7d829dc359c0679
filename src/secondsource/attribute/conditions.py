"""parsed sentences -> conditions: their words, and the words of what they are a condition of

A condition is a clause ("if …", "unless …", "once …"), a phrase ("in return for …"), what a noun or a verb announces ("our
condition is …", "will require …"), or the next sentence ("But it wants … first."). Where the deed is plainly past nothing hangs on
anything: "until", "once" and "as long as" are then times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from secondsource.attribute.tree import Tree

# Openings, longest first; those of the second list hold only for what is still open.
SURE = (
    "on the condition that", "under the condition that", "on condition that", "in the event that", "in the event of", "on the understanding that",
    "provided that", "providing that", "provided", "providing", "only if", "if and only if", "unless", "if", "assuming that", "assuming", "in case",
    "subject to", "contingent on", "contingent upon", "conditional on", "conditional upon", "on condition of",
)  # fmt: skip
OPEN = (
    "when , and only when ,", "only when", "only after", "only as long as", "as long as", "so long as", "as soon as", "only once", "once",
    "until", "the moment", "in exchange for", "in return for", "the day",
)  # fmt: skip
PHRASES = frozenset({"in exchange for", "in return for", "subject to", "contingent on", "contingent upon", "conditional on", "conditional upon", "only after", "in the event of", "on condition of"})
# Words before the opening that make it no condition.
NOT_AFTER = frozenset({"even", "as", "what", "ask", "asked", "asks", "asking", "wonder", "wondered", "wonders", "know", "unclear", "see", "doubt", "unsure", "uncertain", "sure", "wondering", "question", "tell", "say", "clear", "matter"})
NOT_BEFORE = frozenset({"only", "any", "so", "not", "anything", "possible", "necessary"})
MODALS = frozenset({"will", "would", "shall", "can", "could", "may", "might", "must", "should", "'ll", "'d", "wo", "ca", "cannot", "wouldn't"})
OFFERING = frozenset("offer offers offered propose proposes proposed agree agreed agrees ready willing prepared promise promised promises pledge pledged vow vowed refuse refused refuses accept accepted accepts rule ruled want wants demand demanded threaten threatened threatens due set insist insists insisted".split())  # fmt: skip
SAYING = frozenset("said says say told tells tell added announced warned stated wrote shouted explained declared insisted replied argued noted promised reported".split())
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


def conditions(sentences: Sequence[Tree]) -> tuple[Clause, ...]:
    """Every condition of an article's parsed sentences, in the text's order."""
    found: list[Clause] = []
    for n, tree in enumerate(sentences):
        told = [replace(c, announced=True) for c in (*_announced(tree, n), *_required(tree, n))]
        here = [*_opened(tree, n), *_inverted(tree, n), *told, *_imperative(tree, n), *_without(tree, n), *_otherwise(tree, n)]
        if n and tree.sentence.paragraph == sentences[n - 1].sentence.paragraph:
            here += _split(sentences[n - 1], tree, n, bool(here))
        found += here
    kept: list[Clause] = []
    for c in sorted(found, key=lambda c: (c.start, -c.end)):
        if not any(k.start <= c.start and c.end <= k.end or k.start < c.start < k.end for k in kept):
            kept.append(c)
    return tuple(kept)


def _opened(tree: Tree, n: int) -> Iterator[Clause]:
    low = [tree.lower(k) for k in range(len(tree))]
    i = 0
    while i < len(low):
        opening = next((o for o in (*SURE, *OPEN) if tuple(low[i : i + len(o.split())]) == tuple(o.split())), None)
        if opening is None or not _holds(tree, i, opening, low):
            i += 1
            continue
        size = len(opening.split())
        last = _end(tree, i, i + size, opening)
        verb = _governed(tree, i, last)
        if last >= i + size and verb is not None and (opening in SURE or _prospective(tree, verb)) and not _past(tree, verb, opening):
            first = i
            yield _clause(tree, n, first, last, verb)
            i = last
        i += 1


def _holds(tree: Tree, i: int, opening: str, low: list[str]) -> bool:
    before = low[i - 1] if i else ""
    after = low[i + len(opening.split())] if i + len(opening.split()) < len(low) else ""
    if opening in {"if", "only if"}:
        head = tree.head(i)
        if before in NOT_AFTER or after in NOT_BEFORE or (opening == "if" and after in {"a", "only"} and tree.dep(i) != "mark"):
            return False
        if head is not None and tree.dep(i) == "mark" and tree.dep(head) == "ccomp" and (up := tree.head(head)) is not None and tree.lower(up) in NOT_AFTER:
            return False
        return any(tree.is_verb(k) for k in range(i + 1, min(len(tree), i + 25)))
    if opening in {"provided", "providing", "assuming"}:
        return before in {"", ",", "and", "always", "but", "only"} or tree.dep(i) in {"mark", "advcl", "prep"} and not tree.children(i, "dobj")
    if opening == "once":
        return tree.dep(i) in {"mark", "advmod"} and before in {"", ",", "and", "but", "only"} | {b for b in (before,) if tree.dep(i) == "mark"} and (
            any(tree.is_verb(k) and tree.tag(k) != "VBN" for k in range(i + 1, _comma(tree, i + 1))) or _finite(tree, i)
        )
    if opening in {"until", "the moment", "the day"}:
        return any(tree.is_verb(k) for k in range(i + 1, _comma(tree, i + 1)))
    if opening in {"as long as", "so long as", "as soon as"}:
        return any(tree.is_verb(k) for k in range(i + 3, min(len(tree), i + 16))) and after not in {"possible"}
    if opening == "subject to":
        return tree.tag(i) in {"JJ", "NN"} and before not in {"a", "the"}
    return not (before in {"even"})


def _finite(tree: Tree, i: int) -> bool:
    return any(tree.tag(k) in {"VBZ", "VBP", "VBD"} for k in range(i + 1, _comma(tree, i + 1)))


def _comma(tree: Tree, i: int) -> int:
    return next((k for k in range(i, len(tree)) if tree.tokens[k].text in {","} | STOPS), len(tree))


def _end(tree: Tree, first: int, inner: int, opening: str) -> int:
    """The last word of the condition that opens at `first`: the clause's own branch, else up to a stop."""
    limit = _limit(tree, first, inner)
    verb = next((k for k in range(inner, limit) if tree.is_verb(k) and any(c < limit for c in tree.children(k, "nsubj", "nsubjpass", "expl", "csubj"))), None)
    if opening in PHRASES:
        noun = next((k for k in range(inner, limit) if tree.tag(k).startswith("NN") or tree.tag(k) == "VBG"), None)
        if noun is None:
            return inner - 1
    last = limit - 1
    if first == 0 or tree.tokens[first - 1].text in {",", "“", '"', "``"} and _main_follows(tree, limit):
        pass
    if verb is not None:
        branch = [k for k in tree.subtree(verb) if inner <= k < limit]
        if branch and branch[-1] < last and all(tree.tokens[k].text in {","} | STOPS or True for k in range(branch[-1] + 1, last + 1)) and first == 0:
            last = max(branch[-1], verb)
    while last > inner and (tree.tag(last) in {",", ".", ":", "''", "``", "CC"} or tree.tokens[last].text in STOPS or tree.lower(last) in {"however", "then"}):
        last -= 1
    return last


def _main_follows(tree: Tree, k: int) -> bool:
    return k < len(tree) and any(tree.is_verb(j) for j in range(k, len(tree)))


def _limit(tree: Tree, first: int, inner: int) -> int:
    """Where the condition must end: a stop, a comma before a main clause or a speaker, "then"."""
    for k in range(inner, len(tree)):
        text, low = tree.tokens[k].text, tree.lower(k)
        if text in STOPS:
            return k
        if low == "then" and k > inner + 2:
            return k
        if text == "," and _breaks(tree, inner, k):
            return k
        if low in {"unless", "if", "provided"} and k > inner + 2 and tree.dep(k) in {"mark", "prep", "advcl"}:
            return k - 1 if tree.lower(k - 1) in {"and", "or"} else k
        if low == "will" and first == 0 and k + 1 < len(tree) and not any(tree.tokens[j].text == "," for j in range(inner, k)) and tree.lower(inner - 1) == "if" and tree.lower(first) == "only" and tree.tag(k) == "MD":
            return k
    return len(tree)


def _breaks(tree: Tree, inner: int, comma: int) -> bool:
    """Whether the clause is over at this comma: a finite verb stands before it, and no mere list goes on."""
    if not any(tree.is_verb(k) or tree.tag(k).startswith("NN") or tree.tag(k) == "PRP" for k in range(inner, comma)):
        return False
    nxt = comma + 1
    if nxt < len(tree) and tree.lower(nxt) in {"which", "who", "where"}:
        return False
    return True


def _governed(tree: Tree, first: int, last: int) -> int | None:
    """The verb that the condition in `[first, last]` hangs on: the clause outside that is not a speaker's."""
    inside = range(first, last + 1)
    for k in inside:
        head = tree.head(k)
        if head is not None and head not in inside and not (tree.is_verb(k) or tree.tag(k) in {"IN", "VBG", "VBN", "JJ", "NN", "NNS", "RB", "DT"}):
            continue
        if head is not None and head not in inside:
            found = _content(tree, head, inside)
            if found is not None:
                return found
    candidates = [k for k in range(len(tree)) if k not in inside and tree.is_verb(k) and (tree.subject(k) is not None or tree.dep(k) == "ROOT")]
    near = [k for k in candidates if tree.lower(k) not in SAYING]
    before = [k for k in near if k < first]
    after = [k for k in near if k > last]
    if first and before:
        return before[-1]
    return after[0] if after else (before[-1] if before else None)


def _content(tree: Tree, head: int, inside: range) -> int | None:
    """Up to a verb; over a speaker's verb to what is said."""
    k: int | None = head
    for _ in range(6):
        if k is None:
            return None
        if (tree.is_verb(k) or tree.tag(k) in {"MD"}) and tree.tag(k) != "VBG" or tree.dep(k) == "ROOT":
            break
        up = tree.head(k)
        if up is None:
            break
        k = up
    if k is None or k in inside:
        return None
    if tree.lower(k) in SAYING:
        said = [c for c in tree.children(k, "ccomp", "parataxis", "dep", "xcomp") if c not in inside]
        if not said:
            return None
        return said[0]
    while tree.dep(k) == "xcomp" and (up := tree.head(k)) is not None and tree.lower(up) in OFFERING:
        k = up
    if tree.dep(k) == "acl" and (up := tree.head(k)) is not None and (v := tree.head(up)) is not None and tree.is_verb(v):
        k = v if v not in inside and tree.lower(v) not in SAYING else k
    return k


def _prospective(tree: Tree, verb: int) -> bool:
    """What is still open: a modal, a present tense, an offer, a refusal."""
    chain = [verb, *tree.ancestors(verb)[:2], *tree.children(verb, "xcomp", "acomp", "attr")]
    return any(tree.lower(k) in OFFERING for k in chain) or _modal(tree, verb) or tree.tag(verb) in {"VBZ", "VBP", "VB"}


def _modal(tree: Tree, verb: int) -> bool:
    held = {tree.lower(c) for c in tree.children(verb, "aux", "auxpass")}
    return bool(held & MODALS) or {"going"} <= held


def _past(tree: Tree, verb: int, opening: str) -> bool:
    """ "if" with a plain past is a doubt or a time, unless it offers something."""
    if opening in {"in exchange for", "in return for", "as long as", "so long as", "until", "once", "the moment"}:
        return tree.tag(verb) in {"VBD"} and not _modal(tree, verb) and tree.lower(verb) not in OFFERING
    return False


def _clause(tree: Tree, n: int, first: int, last: int, verb: int) -> Clause:
    return Clause(n, tree.tokens[first].start, tree.tokens[last].end, governed_span(tree, verb, first, last), n, verb)


def governed_span(tree: Tree, verb: int, first: int, last: int) -> tuple[int, int] | None:
    """The clause at `verb` without the condition and without what stands beyond it."""
    inside = set(range(first, last + 1))
    skip = {"advcl", "punct", "parataxis", "cc", "mark"}
    words = [k for k in tree.subtree(verb, lambda c: c in inside or tree.dep(c) in skip or (tree.dep(c) in {"conj", "dep"} and tree.subject(c) is not None)) if k not in inside]
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


def _inverted(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Should the observers be turned away, …", "Were X to leave, …", "Had we wanted, …"."""
    for k in range(len(tree)):
        opens = k == 0 or tree.tokens[k - 1].text in {",", "“", '"', "``", "'"} or tree.lower(k - 1) in {"canton", "sanctions"} or tree.tag(k - 1).startswith("NN")
        if tree.tokens[k].text.lower() not in {"should", "were", "had"} or not opens:
            continue
        head = tree.head(k)
        verb = head if tree.lower(k) != "were" or tree.dep(k) in {"aux", "auxpass"} else k
        if verb is None:
            continue
        subject = tree.subject(verb)
        if subject is None or not k < subject or (k and verb < k) or any(tree.is_verb(j) for j in range(k + 1, min(subject, verb))):
            continue
        if k and tree.tokens[k - 1].text not in {",", "“", '"', "``", "'"} and tree.dep(verb) not in {"advcl"}:
            continue
        limit = _limit(tree, k, k + 1)
        last = limit - 1
        governed = _governed(tree, k, last)
        if governed is not None and last > k + 1 and _modal_or_offer(tree, governed):
            yield _clause(tree, n, k, last, governed)


def _modal_or_offer(tree: Tree, verb: int) -> bool:
    return _modal(tree, verb) or tree.tag(verb) in {"VBZ", "VBP", "VB"} or tree.lower(verb) in OFFERING


def _announced(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Our condition for X is that …", "one condition for X: …", "made X conditional on …", "X depends on …"."""
    for k in range(len(tree)):
        word = tree.lower(k)
        if word in MADE and k and tree.dep(k) != "compound":
            yield from _noun_condition(tree, n, k)
        elif word in {"depends", "depend", "hinges", "hinge", "hangs", "hang"} and k + 1 < len(tree) and tree.lower(k + 1) in {"on", "upon"}:
            subject = tree.subject(k)
            last = _limit(tree, k, k + 2) - 1
            if subject is not None and tree.tag(subject) not in {"DT", "PRP", "WDT"} and last > k + 1:
                yield Clause(n, tree.tokens[k + 2].start, tree.tokens[last].end, tree.span(tree.subtree(subject)), n, subject)


def _noun_condition(tree: Tree, n: int, k: int) -> Iterator[Clause]:
    of = next((p for p in tree.children(k, "prep") if tree.lower(p) in {"for", "of", "to"}), None)
    verb = tree.head(k)
    of_words = tree.subtree(of)[1:] if of is not None else []
    if of is None and verb is not None:  # "set one condition for freeing": the phrase may hang on the verb
        other = next((p for p in tree.children(verb, "prep") if tree.lower(p) == "for" and p > k), None)
        of_words = tree.subtree(other)[1:] if other is not None else []
    colon = next((j for j in range(k + 1, len(tree)) if tree.tokens[j].text == ":"), None)
    be = next((j for j in range(k + 1, len(tree)) if tree.lower(j) in {"is", "was", "'s", "are", "were"}), None)
    of_words = [w for w in of_words if (colon is None or w < colon) and (be is None or w < be)]
    if colon is not None and colon + 1 < len(tree):
        target = tree.span(of_words) if of_words else _later_of(tree, colon)
        yield from _listed(tree, n, colon + 1, target)
    elif be is not None and tree.dep(k) in {"nsubj", "nsubjpass"} and be + 1 < len(tree):
        first = be + 1 + (tree.lower(be + 1) in {"that", "for"})
        last = _limit(tree, k, first) - 1
        if last >= first:
            yield Clause(n, tree.tokens[first].start, tree.tokens[last].end, tree.span(of_words) if of_words else None, n, None)
    elif tree.dep(k) == "attr" and verb is not None and (subject := tree.subject(verb)) is not None and k + 2 < len(tree):
        which = next((v for v in tree.children(k, "relcl")), None)
        if which is not None and tree.lower(k + 1) in {"on", "under", "for"}:
            words = [w for w in tree.subtree(which) if w > k + 2]
            yield Clause(n, *tree.span(tree.subtree(subject)), tree.span(words) if words else None, n, which)


def _later_of(tree: Tree, colon: int) -> tuple[int, int] | None:
    """ "We have one condition: …," he said, speaking of a ceasefire."""
    for k in range(colon, len(tree) - 2):
        if tree.lower(k) in {"speaking", "talking"} and tree.lower(k + 1) in {"of", "about"}:
            return tree.span(range(k + 2, _comma(tree, k + 2)))
    return None


def _listed(tree: Tree, n: int, first: int, of: tuple[int, int] | None) -> Iterator[Clause]:
    last = _limit(tree, first, first) - 1
    if last < first:
        return
    cut = next((j for j in range(first + 1, last) if tree.lower(j) == "and" and tree.dep(j) == "cc" and (tree.head(j) or 0) < j and tree.tag(tree.head(j) or 0).startswith("NN")), None)
    two = any(tree.lower(k) in {"two", "conditions"} for k in range(first))
    parts = [(first, cut - 1), (cut + 1, last)] if cut is not None and two else [(first, last)]
    for a, b in parts:
        yield Clause(n, tree.tokens[a].start, tree.tokens[b].end, of, n, None)


def _required(tree: Tree, n: int) -> Iterator[Clause]:
    """ "A ceasefire will require …", "Peace requires that …", "Before any prisoner goes home, X must …", "To have …, X must first …"."""
    for k in range(len(tree)):
        word = tree.lower(k)
        if word in {"require", "requires", "demand", "need", "needs", "presuppose", "presupposes"} and tree.is_verb(k):
            subject = tree.subject(k)
            held = {tree.lower(c) for c in tree.children(k, "aux")}
            if subject is None or tree.tag(subject) not in {"NN", "NNS", "VBG"} or (word in {"demand"} and not held & MODALS) or tree.lower(subject) in PERSONS:
                continue
            first = k + 1 + (k + 1 < len(tree) and tree.lower(k + 1) == "that")
            last = _limit(tree, k, first) - 1
            if last >= first:
                yield Clause(n, tree.tokens[first].start, tree.tokens[last].end, tree.span(tree.subtree(subject)), n, k)
        elif word == "conditional" and k + 1 < len(tree) and tree.lower(k + 1) in {"on", "upon"}:
            made = next((j for j in range(k - 1, -1, -1) if tree.lower(j) in {"made", "make", "makes"}), None)
            last = _limit(tree, k, k + 2) - 1
            if made is not None and last > k + 1:
                yield Clause(n, tree.tokens[k + 2].start, tree.tokens[last].end, tree.span(range(made + 1, k)), n, None)
        elif word == "must" and (tree.lower(0) in {"before", "to"} or tree.lower(1) in {"before", "to"} if len(tree) > 1 else False):
            yield from _must_first(tree, n, k)


PERSONS = frozenset({"president", "minister", "government", "rebels", "he", "she", "they", "we", "spokesman", "job", "workers", "parties", "people"})


def _must_first(tree: Tree, n: int, must: int) -> Iterator[Clause]:
    comma = _comma(tree, 0)
    if comma >= must or comma + 1 >= len(tree):
        return
    opens = 1 if tree.lower(0) not in {"before", "to"} else 0
    last = _limit(tree, comma + 1, must + 1) - 1
    start = opens if tree.lower(opens) == "to" else opens + 1
    if last > must:
        yield Clause(n, tree.tokens[comma + 1].start, tree.tokens[last].end, tree.span(range(start, comma)), n, None)


def _imperative(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Open the gates and not a shot will be fired."""
    root = next((t.i for t in tree.tokens if t.tag == "VB" and tree.subject(t.i) is None and not tree.children(t.i, "aux")), None)
    if root is None or root > 2:
        return
    conj = next((c for c in tree.children(root, "conj") if _modal(tree, c) and tree.subject(c) is not None), None)
    joint = next((c for c in tree.children(root, "cc") if tree.lower(c) in {"and", "or"}), None)
    if conj is not None and joint is not None and joint < conj:
        words = [k for k in tree.subtree(conj) if k > joint]
        yield Clause(n, tree.tokens[root].start, tree.tokens[joint - 1].end, tree.span(words), n, conj)


def _otherwise(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Otherwise the operation will go on": unless what was asked for is done."""
    for k in range(len(tree)):
        head = tree.head(k)
        if tree.lower(k) != "otherwise" or tree.dep(k) != "advmod" or head is None:
            continue
        verb = next((v for v in (head, *range(k + 1, len(tree))) if v > k and tree.is_verb(v) and _modal(tree, v)), None)
        if verb is not None:
            yield _clause(tree, n, k, k, verb)


def _without(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Without guarantees there will be no signature."""
    for k in range(len(tree)):
        if tree.lower(k) != "without" or tree.tag(k) != "IN":
            continue
        head = tree.head(k)
        if head is None or not tree.children(k, "pobj") or not _modal(tree, head):
            continue
        words = {tree.lower(j) for j in tree.subtree(head)}
        have = any(tree.lower(c) == "have" for c in tree.children(head, "aux"))
        if words & {"no", "not", "n't", "never"} and not have:
            branch = [j for j in tree.subtree(k) if j < head or k > head]
            yield _clause(tree, n, k, branch[-1], head)


def _split(before: Tree, tree: Tree, n: int, already: bool) -> list[Clause]:
    """A condition in the sentence after the one that offers: "It wants … first." "That depends on …" "He has to come …"."""
    verb = _offering(before)
    if verb is None:
        return []
    of = governed_span(before, verb, len(before), len(before))
    low = [tree.lower(k) for k in range(len(tree))]
    made: list[Clause] = []
    for k, word in enumerate(low):
        start: int | None = None
        if word in {"depends", "hinges"} and k and low[k - 1] in {"that", "this", "it", "all"} and k + 1 < len(low) and low[k + 1] in {"on", "upon"}:
            start = k + 2
        elif word in {"wants", "want", "wanted", "needs", "demands", "demanded"} and "first" in low and k and low[k - 1] in {"it", "he", "she", "they", "we", "i"}:
            start = k + 1
        elif word in MADE and k + 1 < len(low) and ":" in low[k + 1 :]:
            start = low.index(":", k) + 1
        if start is not None and start < len(tree):
            last = _limit(tree, k, start) - 1
            made.append(Clause(n, tree.tokens[start].start, tree.tokens[last].end, of, n - 1, verb))
        elif word == "has" and k + 1 < len(low) and low[k + 1] == "to" and k and tree.tag(k - 1) == "PRP" and not already:
            last = _limit(tree, k, k + 1) - 1
            made.append(Clause(n, tree.tokens[k - 1].start, tree.tokens[last].end, of, n - 1, verb))
    return made


def repointed(found: Sequence[Clause], sentences: Sequence[Tree]) -> tuple[Clause, ...]:
    """ "This will happen only if …", "But only on one condition: …": what hangs on it stands in the sentence before."""
    made: list[Clause] = []
    for c in found:
        tree = sentences[c.sentence]
        first = tree.tokens[0].text.strip("“\"").lower() if tree.tokens else ""
        subject = tree.subject(c.verb) if c.verb is not None else None
        bare = c.verb is not None and subject is not None and tree.lower(subject) in {"this", "that"}
        if c.sentence and (bare or c.of is None and first in {"but", "only", "their", "our", "its", "his", "and"}):
            before = sentences[c.sentence - 1]
            verb = _offering(before)
            if verb is not None and before.sentence.paragraph == tree.sentence.paragraph:
                of = governed_span(before, verb, len(before), len(before))
                c = replace(c, of=of, of_sentence=c.sentence - 1, verb=verb)
        made.append(c)
    return tuple(made)


def _offering(tree: Tree) -> int | None:
    """The verb of a sentence that offers, accepts or foretells something."""
    for t in tree.tokens:
        if tree.is_verb(t.i) and tree.lower(t.i) not in SAYING and (_modal(tree, t.i) or t.text.lower() in OFFERING):
            return t.i
        if t.text.lower() in {"ready", "willing", "prepared"} and (head := tree.head(t.i)) is not None:
            return head
    return None
