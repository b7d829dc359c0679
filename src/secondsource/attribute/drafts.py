"""frames, quotations, labels -> drafts of attributions: spans in the article, not yet resolved"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.attribute.ground import Found
from secondsource.attribute.labels import Labelled
from secondsource.attribute.leads import Spoken
from secondsource.attribute.quoting import Quoting
from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import Quotation

# "ELDOR (Kestmark) •", "ELDOR, Kestmark (AP) --", "(Agency) -", a short mark in capitals or brackets and what closes it.
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{2,}(?:[ ,]{1,2}[A-Z0-9][\w.'’-]{0,20}){0,4} ?(?:\([\w .,’'-]{1,30}\))? ?[•·–—―-]{1,2}"
    r"|\([A-Z]\w{1,20}\) ?[•·–—―-]{0,2}) ?(?=[A-Z0-9“\"‘'])"
)
EDGE = " ,;:—–-\n\t\xa0"


@dataclass
class Draft:
    """An attribution in the making; spans in the article. `verb` is the cue's place in its sentence, -1 for none."""

    sentence: int
    verb: int
    kind: str
    cue: tuple[int, int] | None
    speakers: list[tuple[int, int]]
    content: list[tuple[int, int]]
    frame: str
    direct: bool = False
    addressee: tuple[int, int] | None = None
    question: tuple[int, int] | None = None
    words: tuple[int, ...] = ()


def from_spoken(trees: Sequence[Tree], spoken: Spoken) -> Draft:
    """The draft of quotations under one reporting word."""
    tree = trees[spoken.sentence]
    content = [(q.inner_start, q.inner_end) for q in sorted(spoken.quotations, key=lambda q: q.start)]
    direct = True
    if spoken.lead and content and spoken.lead[1] <= content[0][0]:
        content[0] = (spoken.lead[0], content[0][1])
        direct = False
    if spoken.fore and content and spoken.fore[1] <= content[0][0]:
        content.insert(0, spoken.fore)
        direct = False
    cue = tree.span(spoken.cue_words) if spoken.cue_words else None
    speakers = [s for words in spoken.speakers for s in parted(tree, words)]
    addressee = tree.span(spoken.addressee) if spoken.addressee else None
    return Draft(
        spoken.sentence, spoken.cue, spoken.kind, cue, speakers, content, "quote", direct, addressee, None, spoken.cue_words
    )


def from_found(tree: Tree, found: Found, quoting: Quoting) -> Draft | None:
    """The draft of a frame; its content takes in the whole of a quotation that it begins."""
    own = quoting.quoted(tree.tokens[found.cue].start)
    content = [fitted(*tree.span(words), quoting, own) for words in found.content]
    content = [(a, b) for a, b in content if a < b]
    if not content:
        return None
    addressee = tree.span(found.addressee) if found.addressee else None
    speakers = headline_pair(tree, found.cue) or [s for words in found.speakers for s in parted(tree, words)]
    return Draft(
        found.sentence,
        found.cue,
        found.kind,
        tree.span(found.cue_words),
        speakers,
        merged(content),
        found.frame,
        False,
        addressee,
        None,
        found.cue_words,
    )


def from_silence(quoting: Quoting, found: Found) -> Draft:
    tree = quoting.trees[found.sentence]
    speakers = [s for words in found.speakers if words for s in parted(tree, words)]
    return Draft(
        found.sentence,
        found.cue,
        "silence",
        tree.span(found.cue_words),
        speakers,
        [tree.span(words) for words in found.content],
        "silence",
        question=found.notes.get("question"),
        words=found.cue_words,
    )


def from_labelled(labelled: Labelled) -> Draft:
    speakers = [labelled.speaker] if labelled.speaker else []
    return Draft(labelled.sentence, -1, labelled.kind, labelled.cue, speakers, labelled.content, labelled.frame)


def parted(tree: Tree, words: Sequence[int]) -> list[tuple[int, int]]:
    """One span for each of two or more names joined by "and"; one for all else."""
    if not words:
        return []
    top = tree.top(words)
    inside = set(words)
    heads = []
    while top is not None:
        heads.append(top)
        joined = [c for c in tree.children(top, "conj") if c in inside and c > top]
        top = joined[0] if joined else None
    alike = all(tree.tag(h) in NAME_TAGS or tree.tag(h) == "PRP" for h in heads)
    if any(tree.lower(c) in {"or", "/"} for h in heads for c in tree.children(h, "cc")):
        return [tree.span(words)]
    named = tree.tag(heads[0]) in NAME_TAGS and tree.child(heads[0], "det") is None and words[0] == heads[0]
    alike = alike or (
        len(heads) == 2 and all(tree.child(h, "det") is not None for h in heads) and tree.tag(heads[1]) in NAME_TAGS
    )
    alike = alike or (named and len(heads) == 2 and tree.tag(heads[1]) in {"NNS", "NNPS", "NN", "NNP"})
    if len(heads) < 2 or not alike:
        return [tree.span(words)]
    spans = []
    for n, head in enumerate(heads):
        following = heads[n + 1] if n + 1 < len(heads) else None
        stop = len(tree) if following is None else tree.subtree(following)[0]
        mine = [k for k in tree.subtree(head) if k in inside and k < stop]
        mine = [k for k in mine if tree.tag(k) not in {"CC", ","} or k < head]
        while mine and tree.tag(mine[0]) in {"CC", ",", "DT"} and tree.lower(mine[0]) in {"and", "or", ",", "both", "&"}:
            mine = mine[1:]
        if not mine:
            return [tree.span(words)]
        spans.append(tree.span(mine))
    return spans


def headline_pair(tree: Tree, cue: int) -> list[tuple[int, int]]:
    """ "Vardia, Orsenia agree to …": two names, a comma and a verb in the plural are two speakers."""
    comma = next((k for k in range(1, cue) if tree.tokens[k].text == ","), None)
    if comma is None or tree.tag(cue) not in {"VBP", "VB"} or cue > 9:
        return []
    parts = range(comma), range(comma + 1, cue)
    if not all(part and all(tree.tag(k) in NAME_TAGS for k in part) for part in parts):
        return []
    return [tree.span(part) for part in parts]


def fitted(start: int, end: int, quoting: Quoting, own: Quotation | None) -> tuple[int, int]:
    """A span that cuts through a quotation is widened to the whole of it; inside one it stays inside."""
    text = quoting.text
    start = behind_dateline(quoting, start, end)
    if own is not None:
        return max(start, own.inner_start), min(end, own.inner_end)
    last = quoting.quoted(end - 1)
    if last is not None and last.start >= start and last.end > end:
        end = last.end
    first = quoting.quoted(start)
    if first is not None and first.start < start and first.end <= end:
        start = first.start
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if text[end : end + 1] == ")" and text.rfind("(", start, end) > text.rfind(")", start, end):
        end += 1
    return start, end


def behind_dateline(quoting: Quoting, start: int, end: int) -> int:
    """Where the words of a content begin that starts with its paragraph's dateline: "ELDOR (Kestmark) • The mayor …"."""
    held = quoting.sentences[quoting.sentence_at(start)]
    match = DATELINE.match(quoting.text, start, min(end, start + 80)) if held.start == start else None
    return match.end() if match and match.end() < end else start


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without overlaps, in order."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out
