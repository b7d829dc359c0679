"""parsed sentences -> conditions: their words, and the words of what they are a condition of

A condition is a clause ("if …", "unless …", "once …"), a phrase ("in return for …"), what a noun or a verb announces ("our
condition is …", "will require …"), or the next sentence ("But it wants … first."). Where the deed is plainly past nothing hangs
on anything: "until", "once" and "as long as" are then times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondsource.attribute.announced import announced, required, split
from secondsource.attribute.hanging import (
    OFFERING,
    SAYING,
    STOPS,
    Clause,
    clause_of,
    comma,
    is_modal,
    limit,
)
from secondsource.attribute.tree import Tree

# Openings, longest first; those of the second list hold only for what is still open.
SURE = (
    "on the condition that", "under the condition that", "on condition that", "in the event that", "in the event of",
    "on the understanding that", "provided that", "providing that", "provided", "providing", "only if", "if and only if",
    "unless", "if", "assuming that", "assuming", "in case", "subject to", "contingent on", "contingent upon",
    "conditional on", "conditional upon", "on condition of",
)  # fmt: skip
OPEN = (
    "when , and only when ,", "only when", "only after", "only as long as", "as long as", "so long as", "as soon as",
    "only once", "once", "until", "the moment", "in exchange for", "in return for", "the day", "when",
)  # fmt: skip
# By their first words, in this order: most words of a text open nothing.
OPENINGS: dict[str, list[tuple[list[str], str]]] = {}
for _opening in (*SURE, *OPEN):
    OPENINGS.setdefault(_opening.split()[0], []).append((_opening.split(), _opening))
PHRASES = frozenset(
    {
        "in exchange for",
        "in return for",
        "subject to",
        "contingent on",
        "contingent upon",
        "conditional on",
        "conditional upon",
        "only after",
        "in the event of",
        "on condition of",
    }
)
# Words before the opening that make it no condition.
NOT_AFTER = frozenset(
    {
        "even",
        "as",
        "what",
        "ask",
        "asked",
        "asks",
        "asking",
        "wonder",
        "wondered",
        "wonders",
        "know",
        "unclear",
        "see",
        "doubt",
        "unsure",
        "uncertain",
        "sure",
        "wondering",
        "question",
        "tell",
        "say",
        "clear",
        "matter",
    }
)
NOT_BEFORE = frozenset({"only", "any", "so", "not", "anything", "possible", "necessary"})


def conditions(sentences: Sequence[Tree]) -> tuple[Clause, ...]:
    """Every condition of an article's parsed sentences, in the text's order."""
    found: list[Clause] = []
    for n, tree in enumerate(sentences):
        told = [replace(c, announced=True) for c in (*announced(tree, n), *required(tree, n))]
        here = [
            *_opened(tree, n),
            *_inverted(tree, n),
            *_fronted(tree, n),
            *told,
            *_imperative(tree, n),
            *_without(tree, n),
            *_otherwise(tree, n),
        ]
        if n and tree.sentence.paragraph == sentences[n - 1].sentence.paragraph:
            here += split(sentences[n - 1], tree, n, bool(here))
        found += here
    kept: list[Clause] = []
    for c in sorted(found, key=lambda c: (c.start, -c.end)):
        if not any((k.start <= c.start and c.end <= k.end) or k.start < c.start < k.end for k in kept):
            kept.append(c)
    return tuple(_apart(c, kept, sentences) for c in kept)


def _apart(c: Clause, kept: Sequence[Clause], sentences: Sequence[Tree]) -> Clause:
    """Two conditions of one thing: what hangs on the one does not hold the words of the other, and is not in them."""
    for other in kept:
        if c.of is None or other is c or other.sentence != c.of_sentence:
            continue
        start, end = c.of
        if other.start <= start and end <= other.end:
            c = replace(c, of=other.of, verb=other.verb)
        elif other.start <= start < other.end < end:
            words = sentences[c.of_sentence].at(other.end, end)
            rest = next((k for k in words if sentences[c.of_sentence].tag(k) not in {",", ":", "CC"}), None)
            if rest is not None:
                c = replace(c, of=(sentences[c.of_sentence].tokens[rest].start, end))
    return c


def _opened(tree: Tree, n: int) -> Iterator[Clause]:
    low = [tree.lower(k) for k in range(len(tree))]
    i = 0
    while i < len(low):
        opening = next((o for words, o in OPENINGS.get(low[i], ()) if low[i : i + len(words)] == words), None)
        if opening is None or not _holds(tree, i, opening, low):
            i += 1
            continue
        size = len(opening.split())
        last = _end(tree, i, i + size, opening)
        verb = _governed(tree, i, last)
        if (
            last >= i + size
            and verb is not None
            and (opening in SURE or _prospective(tree, verb))
            and not _past(tree, verb, opening)
        ):
            first = i
            yield clause_of(tree, n, first, last, verb)
            i = last
        i += 1


def _holds(tree: Tree, i: int, opening: str, low: list[str]) -> bool:
    before = low[i - 1] if i else ""
    after = low[i + len(opening.split())] if i + len(opening.split()) < len(low) else ""
    if opening in {"if", "only if"}:
        head = tree.head(i)
        if before in NOT_AFTER or after in NOT_BEFORE or (opening == "if" and after in {"a", "only"} and tree.dep(i) != "mark"):
            return False
        if (
            head is not None
            and tree.dep(i) == "mark"
            and tree.dep(head) == "ccomp"
            and (up := tree.head(head)) is not None
            and tree.lower(up) in NOT_AFTER
        ):
            return False
        return any(tree.is_verb(k) for k in range(i + 1, min(len(tree), i + 25)))
    if opening in {"provided", "providing", "assuming"}:
        return before in {"", ",", "and", "always", "but", "only"} or (
            tree.dep(i) in {"mark", "advcl", "prep"} and not tree.children(i, "dobj")
        )
    if opening == "once":
        return (
            tree.dep(i) in {"mark", "advmod"}
            and (before in {"", ",", "and", "but", "only"} or tree.dep(i) == "mark" or tree.tokens[i].head > i)
            and (any(tree.is_verb(k) and tree.tag(k) != "VBN" for k in range(i + 1, comma(tree, i + 1))) or _finite(tree, i))
        )
    if opening == "when":
        return _awaited(tree, i)
    if opening in {"until", "the moment", "the day"}:
        return any(tree.is_verb(k) for k in range(i + 1, comma(tree, i + 1)))
    if opening in {"as long as", "so long as", "as soon as"}:
        return any(tree.is_verb(k) for k in range(i + 3, min(len(tree), i + 16))) and after not in {"possible"}
    if opening.startswith("conditional"):
        return not any(tree.lower(k) in {"made", "make", "makes", "making"} for k in range(i))
    if opening == "subject to":
        return tree.tag(i) in {"JJ", "NN"} and before not in {"a", "the"}
    return before not in {"even"}


def _awaited(tree: Tree, i: int) -> bool:
    """ "will hold elections when the fighting ends": a present tense, under a future."""
    verb = tree.head(i)
    if verb is None or tree.tag(verb) not in {"VBZ", "VBP"} or tree.dep(verb) != "advcl" or (main := tree.head(verb)) is None:
        return False
    return bool({tree.lower(c) for c in tree.children(main, "aux")} & {"will", "shall", "would", "'ll", "'d"})


def _finite(tree: Tree, i: int) -> bool:
    return any(tree.tag(k) in {"VBZ", "VBP", "VBD"} for k in range(i + 1, comma(tree, i + 1)))


def _end(tree: Tree, first: int, inner: int, opening: str) -> int:
    """The last word of the condition that opens at `first`: the clause's own branch, else up to a stop."""
    edge = limit(tree, first, inner)
    verb = next(
        (
            k
            for k in range(inner, edge)
            if tree.is_verb(k) and any(c < edge for c in tree.children(k, "nsubj", "nsubjpass", "expl", "csubj"))
        ),
        None,
    )
    if opening in PHRASES:
        noun = next((k for k in range(inner, edge) if tree.tag(k).startswith("NN") or tree.tag(k) == "VBG"), None)
        if noun is None:
            return inner - 1
    last = edge - 1
    if first == 0 or (tree.tokens[first - 1].text in {",", "“", '"', "``"} and _main_follows(tree, edge)):
        pass
    if verb is not None:
        branch = [k for k in tree.subtree(verb) if inner <= k < edge]
        if (
            branch
            and branch[-1] < last
            and all(tree.tokens[k].text in {","} | STOPS or True for k in range(branch[-1] + 1, last + 1))
            and first == 0
        ):
            last = max(branch[-1], verb)
    while last > inner and (
        tree.tag(last) in {",", ".", ":", "''", "``", "CC"}
        or tree.tokens[last].text in STOPS
        or tree.lower(last) in {"however", "then"}
    ):
        last -= 1
    return last


def _main_follows(tree: Tree, k: int) -> bool:
    return k < len(tree) and any(tree.is_verb(j) for j in range(k, len(tree)))


def _governed(tree: Tree, first: int, last: int) -> int | None:
    """The verb that the condition in `[first, last]` hangs on: the clause outside that is not a speaker's."""
    inside = range(first, last + 1)
    for k in inside:
        head = tree.head(k)
        if (
            head is not None
            and head not in inside
            and not (tree.is_verb(k) or tree.tag(k) in {"IN", "VBG", "VBN", "JJ", "NN", "NNS", "RB", "DT"})
        ):
            continue
        if head is not None and head not in inside:
            found = _content(tree, head, inside)
            if found is not None:
                return found
    candidates = [
        k
        for k in range(len(tree))
        if k not in inside and tree.is_verb(k) and (tree.subject(k) is not None or tree.dep(k) == "ROOT")
    ]
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
        if ((tree.is_verb(k) or tree.tag(k) in {"MD"}) and tree.tag(k) != "VBG") or tree.dep(k) == "ROOT":
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
    return any(tree.lower(k) in OFFERING for k in chain) or is_modal(tree, verb) or tree.tag(verb) in {"VBZ", "VBP", "VB"}


def _past(tree: Tree, verb: int, opening: str) -> bool:
    """ "if" with a plain past is a doubt or a time, unless it offers something."""
    if opening in {"in exchange for", "in return for", "as long as", "so long as", "until", "once", "the moment"}:
        return tree.tag(verb) in {"VBD"} and not is_modal(tree, verb) and tree.lower(verb) not in OFFERING
    return False


def _fronted(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Should the garrison fall, the army would …": as the words stand, where the parse has lost the clause."""
    first = next((t.i for t in tree.tokens if t.tag not in {"``", "''"}), None)
    if first is None or tree.lower(first) not in {"should", "were", "had"} or tree.tokens[-1].text == "?":
        return
    mark = next((k for k in range(first + 3, len(tree)) if tree.tokens[k].text == ","), None)
    if mark is None:
        return
    verb = next(
        (k for k in range(mark + 1, len(tree)) if tree.is_verb(k) and is_modal(tree, k) and tree.subject(k) is not None), None
    )
    if verb is not None:
        yield clause_of(tree, n, first, mark - 1, verb)


def _inverted(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Should the observers be turned away, …", "Were X to leave, …", "Had we wanted, …"."""
    for k in range(len(tree)):
        opens = k == 0 or tree.tokens[k - 1].text in {",", "“", '"', "``", "'"} or tree.tag(k - 1).startswith("NN")
        if tree.tokens[k].text.lower() not in {"should", "were", "had"} or not opens:
            continue
        head = tree.head(k)
        verb = head if tree.lower(k) != "were" or tree.dep(k) in {"aux", "auxpass"} else k
        if verb is None:
            continue
        subject = tree.subject(verb)
        if (
            subject is None
            or not k < subject
            or (k and verb < k)
            or any(tree.is_verb(j) for j in range(k + 1, min(subject, verb)))
        ):
            continue
        if k and tree.tokens[k - 1].text not in {",", "“", '"', "``", "'"} and tree.dep(verb) not in {"advcl"}:
            continue
        edge = limit(tree, k, k + 1)
        last = edge - 1
        governed = _governed(tree, k, last)
        if governed is not None and last > k + 1 and _modal_or_offer(tree, governed):
            yield clause_of(tree, n, k, last, governed)


def _modal_or_offer(tree: Tree, verb: int) -> bool:
    return is_modal(tree, verb) or tree.tag(verb) in {"VBZ", "VBP", "VB"} or tree.lower(verb) in OFFERING


def _imperative(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Open the gates and not a shot will be fired."""
    root = next(
        (t.i for t in tree.tokens if t.tag == "VB" and tree.subject(t.i) is None and not tree.children(t.i, "aux")), None
    )
    if root is None or root > 2:
        return
    conj = next((c for c in tree.children(root, "conj") if is_modal(tree, c) and tree.subject(c) is not None), None)
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
        verb = next((v for v in (head, *range(k + 1, len(tree))) if v > k and tree.is_verb(v) and is_modal(tree, v)), None)
        if verb is not None:
            yield clause_of(tree, n, k, k, verb)


def _without(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Without guarantees there will be no signature."""
    for k in range(len(tree)):
        if tree.lower(k) != "without" or tree.tag(k) != "IN":
            continue
        head = tree.head(k)
        if head is None or not tree.children(k, "pobj") or not is_modal(tree, head):
            continue
        words = {tree.lower(j) for j in tree.subtree(head)}
        have = any(tree.lower(c) == "have" for c in tree.children(head, "aux"))
        if words & {"no", "not", "n't", "never"} and not have:
            branch = [j for j in tree.subtree(k) if j < head or k > head]
            yield clause_of(tree, n, k, branch[-1], head)
