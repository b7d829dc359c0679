"""parsed sentence -> conditions that a noun, a verb or the next sentence announces

"Our condition is …", "will require …", "depends on …", "Before any prisoner goes home, X must …"; "It wants … first."
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondsource.attribute.hanging import MADE, MODALS, STOPS, Clause, comma, governed_span, limit, offering
from secondsource.attribute.tree import Tree


def announced(tree: Tree, n: int) -> Iterator[Clause]:
    """ "Our condition for X is that …", "one condition for X: …", "made X conditional on …", "X depends on …"."""
    for k in range(len(tree)):
        word = tree.lower(k)
        if word in MADE and k and tree.dep(k) != "compound":
            yield from _noun_condition(tree, n, k)
        elif (
            word in {"depends", "depend", "hinges", "hinge", "hangs", "hang"}
            and k + 1 < len(tree)
            and tree.lower(k + 1) in {"on", "upon"}
        ):
            subject = tree.subject(k)
            last = limit(tree, k, k + 2) - 1
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
        last = limit(tree, k, first) - 1
        if last >= first:
            yield Clause(n, tree.tokens[first].start, tree.tokens[last].end, tree.span(of_words) if of_words else None, n, None)
    elif tree.dep(k) == "attr" and verb is not None and (subject := tree.subject(verb)) is not None and k + 2 < len(tree):
        which = next((v for v in tree.children(k, "relcl")), None)
        if which is not None and tree.lower(k + 1) in {"on", "under", "for"}:
            words = [w for w in tree.subtree(which) if w > k + 2]
            yield Clause(n, *tree.span(tree.subtree(subject)), tree.span(words) if words else None, n, which)
        elif which is None and of_words and tree.tag(subject) in {"NN", "NNS", "VBG"}:  # "X is a precondition for Y"
            yield Clause(n, *tree.span(tree.subtree(subject)), tree.span(of_words), n, None)


def _later_of(tree: Tree, colon: int) -> tuple[int, int] | None:
    """ "We have one condition: …," he said, speaking of a ceasefire."""
    for k in range(colon, len(tree) - 2):
        if tree.lower(k) in {"speaking", "talking"} and tree.lower(k + 1) in {"of", "about"}:
            return tree.span(range(k + 2, comma(tree, k + 2)))
    return None


def _listed(tree: Tree, n: int, first: int, of: tuple[int, int] | None) -> Iterator[Clause]:
    """What stands behind the colon; each member of a list where the conditions are said to be several."""
    stop = next((k for k in range(first, len(tree)) if tree.tokens[k].text in STOPS), len(tree))
    last = limit(tree, first, first) - 1
    if last < first:
        return
    parts = [(first, last)]
    if any(tree.lower(k) in {"two", "three", "four", "several", "conditions"} for k in range(first)):
        top = next((k for k in range(first, stop) if tree.tag(k).startswith("NN") and tree.children(k, "conj", "cc")), None)
        heads = [] if top is None else chained(tree, top)
        cuts = [
            next(j for j in range(h, first, -1) if tree.tokens[j - 1].text in {",", "and"} or j == first + 1) for h in heads
        ]
        if cuts and cuts[-1] < stop:
            edges = [first, *cuts]
            parts = [(a, b - 1) for a, b in zip(edges, [*cuts, stop], strict=True)]
    for a, b in parts:
        while b > a and tree.tokens[b].text in {",", "and", "."}:
            b -= 1
        yield Clause(n, tree.tokens[a].start, tree.tokens[b].end, of, n, None)


def chained(tree: Tree, i: int) -> list[int]:
    """Heads that are joined to `i`, each to the one before."""
    found: list[int] = []
    for c in tree.children(i, "conj"):
        found += [c, *chained(tree, c)]
    return sorted(found)


def required(tree: Tree, n: int) -> Iterator[Clause]:
    """ "A ceasefire will require …", "Peace requires that …", "Before any prisoner goes home, X must …"."""
    for k in range(len(tree)):
        word = tree.lower(k)
        if word in {"require", "requires", "demand", "need", "needs", "presuppose", "presupposes"} and tree.is_verb(k):
            subject = tree.subject(k)
            held = {tree.lower(c) for c in tree.children(k, "aux")}
            if (
                subject is None
                or (tree.tag(subject) not in {"NN", "NNS", "VBG"} and subject != 0)
                or (word in {"demand"} and not held & MODALS)
                or tree.lower(subject) in PERSONS
            ):
                continue
            first = k + 1 + (k + 1 < len(tree) and tree.lower(k + 1) == "that")
            last = limit(tree, k, first) - 1
            if last >= first:
                yield Clause(n, tree.tokens[first].start, tree.tokens[last].end, tree.span(tree.subtree(subject)), n, k)
        elif word == "conditional" and k + 1 < len(tree) and tree.lower(k + 1) in {"on", "upon"}:
            made = next((j for j in range(k - 1, -1, -1) if tree.lower(j) in {"made", "make", "makes"}), None)
            last = limit(tree, k, k + 2) - 1
            if made is not None and last > k + 1:
                yield Clause(n, tree.tokens[k + 2].start, tree.tokens[last].end, tree.span(range(made + 1, k)), n, None)
        elif word == "must" and (
            tree.lower(0) in {"before", "to"} or tree.lower(1) in {"before", "to"} if len(tree) > 1 else False
        ):
            yield from _must_first(tree, n, k)


PERSONS = frozenset(
    {
        "president",
        "minister",
        "government",
        "rebels",
        "he",
        "she",
        "they",
        "we",
        "spokesman",
        "job",
        "workers",
        "parties",
        "people",
    }
)


def _must_first(tree: Tree, n: int, must: int) -> Iterator[Clause]:
    mark = comma(tree, 0)
    if mark >= must or mark + 1 >= len(tree):
        return
    opens = 1 if tree.lower(0) not in {"before", "to"} else 0
    last = limit(tree, mark + 1, must + 1) - 1
    start = opens if tree.lower(opens) == "to" else opens + 1
    if last > must:
        yield Clause(n, tree.tokens[mark + 1].start, tree.tokens[last].end, tree.span(range(start, mark)), n, None)


def split(before: Tree, tree: Tree, n: int, already: bool) -> list[Clause]:
    """A condition in the sentence after the one that offers: "It wants … first." "That depends on …" "He has to come …"."""
    verb = offering(before)
    if verb is None:
        return []
    of = governed_span(before, verb, len(before), len(before))
    low = [tree.lower(k) for k in range(len(tree))]
    made: list[Clause] = []
    for k, word in enumerate(low):
        start: int | None = None
        if (
            word in {"depends", "hinges"}
            and k
            and low[k - 1] in {"that", "this", "it", "all"}
            and k + 1 < len(low)
            and low[k + 1] in {"on", "upon"}
        ):
            start = k + 2
        elif (
            word in {"wants", "want", "wanted", "needs", "demands", "demanded"}
            and "first" in low
            and k
            and low[k - 1] in {"it", "he", "she", "they", "we", "i"}
        ):
            start = k + 1
        elif word in MADE and k + 1 < len(low) and ":" in low[k + 1 :]:
            start = low.index(":", k) + 1
        if start is not None and start < len(tree):
            last = limit(tree, k, start) - 1
            made.append(Clause(n, tree.tokens[start].start, tree.tokens[last].end, of, n - 1, verb))
        elif word == "has" and k + 1 < len(low) and low[k + 1] == "to" and k and tree.tag(k - 1) == "PRP" and not already:
            last = limit(tree, k, k + 1) - 1
            made.append(Clause(n, tree.tokens[k - 1].start, tree.tokens[last].end, of, n - 1, verb))
    return made


def repointed(found: Sequence[Clause], sentences: Sequence[Tree]) -> tuple[Clause, ...]:
    """ "This will happen only if …", "But only on one condition: …": what hangs on it stands in the sentence before."""
    made: list[Clause] = []
    for c in found:
        tree = sentences[c.sentence]
        first = tree.tokens[0].text.strip('“"').lower() if tree.tokens else ""
        subject = tree.subject(c.verb) if c.verb is not None else None
        bare = c.verb is not None and subject is not None and tree.lower(subject) in {"this", "that"}
        if c.sentence and (bare or (c.of is None and first in {"but", "only", "their", "our", "its", "his", "and"})):
            before = sentences[c.sentence - 1]
            verb = offering(before)
            if verb is not None and before.sentence.paragraph == tree.sentence.paragraph:
                of = governed_span(before, verb, len(before), len(before))
                c = replace(c, of=of, of_sentence=c.sentence - 1, verb=verb)
        made.append(c)
    return tuple(made)
