"""sentences, quotations, mentions, times, cues -> attributions: who said what, and through whom"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Found, Frames
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.quoting import Quoting, Spoken
from secondsource.attribute.tree import Tree
from secondsource.model import Article, Attribution, Cue, Mode, Quotation, Quote, Sentence, Span, Speaker, TimeExpression, Wording

MARKS = "“”„‟«»‘’‚‹›'\"＂`"


@dataclass
class Draft:
    """An attribution in the making; spans in the article."""

    sentence: int
    verb: int
    kind: str
    cue: tuple[int, int] | None
    speakers: list[tuple[int, int]]
    content: list[tuple[int, int]]
    frame: str
    direct: bool = False
    addressee: tuple[int, int] | None = None
    notes: dict[str, tuple[int, int]] = field(default_factory=dict)


def attributions(
    article: Article, sentences: Sequence[Sentence], quotations: Sequence[Quotation], discourse: Discourse,
    times: Sequence[TimeExpression], cues: dict[str, Any],
) -> tuple[Attribution, ...]:  # fmt: skip
    """Every attribution of the article, nested ones with their parent, in the text's order."""
    lexicon = Lexicon(cues)
    trees = discourse.trees
    quoting = Quoting(article.text, sentences, trees, quotations, lexicon)
    spoken = quoting.assign()
    taken = {(s.sentence, s.cue) for s in spoken}
    drafts = [from_spoken(article.text, trees, s) for s in spoken if s.quotations]
    for number, tree in enumerate(trees):
        for found in Frames(tree, number, lexicon).all():
            if (number, found.cue) in taken:
                continue
            draft = from_found(article.text, tree, found, quoting)
            if draft is not None:
                drafts.append(draft)
    for q in quoting.unowned():
        carry_on(quoting, q, drafts)
    return finish(article, quotations, discourse, drafts)


def carry_on(quoting: Quoting, q: Quotation, drafts: Sequence[Draft]) -> None:
    """A quotation that begins a sentence behind a clause that held quoted words: the same speaker goes on."""
    number = quoting.sentence_at(q.start)
    for draft in drafts:
        if draft.sentence == number - 1 and draft.content and not draft.direct and draft.frame in {"clause", "preposed", "fenced", "around"}:
            held = quoting.quoted(draft.content[0][0]) or quoting.quoted(draft.content[-1][1] - 1)
            if held is not None and quoting.same_paragraph(number, number - 1):
                draft.content.append((q.inner_start, q.inner_end))
                return


def from_spoken(text: str, trees: Sequence[Tree], spoken: Spoken) -> Draft:
    tree = trees[spoken.sentence]
    content = [(q.inner_start, q.inner_end) for q in sorted(spoken.quotations, key=lambda q: q.start)]
    cue = tree.span(spoken.cue_words) if spoken.cue_words else None
    speakers = [tree.span(s) for s in spoken.speakers]
    addressee = tree.span(spoken.addressee) if spoken.addressee else None
    return Draft(spoken.sentence, spoken.cue, spoken.kind, cue, speakers, content, "quote", True, addressee)


def from_found(text: str, tree: Tree, found: Found, quoting: Quoting) -> Draft | None:
    """The draft of a frame; its content takes in the whole of a quotation that it begins."""
    content: list[tuple[int, int]] = []
    own = quoting.quoted(tree.tokens[found.cue].start)
    for words in found.content:
        start, end = tree.span(words)
        start, end = fitted(text, start, end, quoting, own)
        if start < end:
            content.append((start, end))
    if not content:
        return None
    addressee = tree.span(found.addressee) if found.addressee else None
    speakers = [tree.span(s) for s in found.speakers]
    return Draft(found.sentence, found.cue, found.kind, tree.span(found.cue_words), speakers, content, found.frame, False, addressee)


def fitted(text: str, start: int, end: int, quoting: Quoting, own: Quotation | None) -> tuple[int, int]:
    """A span that cuts through a quotation is widened to the whole of it; inside one it stays inside."""
    if own is not None:
        return max(start, own.inner_start), min(end, own.inner_end)
    last = quoting.quoted(end - 1)
    if last is not None and last.start >= start and last.end > end:
        end = last.end
    first = quoting.quoted(start)
    if first is not None and first.start < start and first.end <= end:
        start = first.start
    while end > start and text[end - 1] in " ,;:—–-\n":
        end -= 1
    return start, end


def finish(article: Article, quotations: Sequence[Quotation], discourse: Discourse, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Records, outer ones first, so that "I" inside a speech can be resolved to its speaker."""
    drafts.sort(key=lambda d: (-(d.content[-1][1] - d.content[0][0]), d.content[0]))
    made: list[tuple[Draft, Attribution]] = []
    seen: set[str] = set()
    for draft in drafts:
        parent = enclosing(made, draft)
        record = recorded(article, quotations, discourse, draft, parent)
        if record.id in seen:
            continue
        seen.add(record.id)
        made.append((draft, record))
        if draft.direct and record.speakers and record.speakers[0].mention:
            mention = discourse.refer(Span(*draft.speakers[0]))
            for start, end in draft.content:
                discourse.voice(Span(start, end), mention)
    records = [r for _, r in made]
    return tuple(sorted(records, key=lambda r: (r.content[0].start, r.content[0].end) if r.content else (0, 0)))


def enclosing(made: Sequence[tuple[Draft, Attribution]], draft: Draft) -> str | None:
    """The id of the smallest content that holds this cue and this content."""
    best: tuple[int, str] | None = None
    start = draft.cue[0] if draft.cue else draft.content[0][0]
    for outer, record in made:
        for a, b in outer.content:
            if a <= start < b and a <= draft.content[0][0] and draft.content[-1][1] <= b + 1 and (best is None or b - a < best[0]):
                best = (b - a, record.id)
    return best[1] if best else None


def recorded(article: Article, quotations: Sequence[Quotation], discourse: Discourse, draft: Draft, parent: str | None) -> Attribution:
    content = tuple(article.quote(a, b) for a, b in draft.content)
    speakers = []
    for a, b in draft.speakers:
        mention = discourse.refer(Span(a, b))
        speakers.append(Speaker(mention=mention.id, evidence=article.quote(a, b)))
    cue = Cue(kind=draft.kind, evidence=article.quote(*draft.cue) if draft.cue else None)
    mode = mode_of(draft, quotations)
    return Attribution(
        article=article.id, mode=mode, speakers=tuple(speakers), cue=cue, content=content, parent=parent,
        wording=wording_of(mode, content), addressee=article.quote(*draft.addressee) if draft.addressee else None,
    )  # fmt: skip


def mode_of(draft: Draft, quotations: Sequence[Quotation]) -> Mode:
    if draft.direct:
        return "direct"
    inside = any(a < q.end and q.start < b and not (q.start <= a and b <= q.end) for a, b in draft.content for q in quotations if q.depth == 0 and q.kind != "title")
    return "mixed" if inside else "indirect"


def wording_of(mode: Mode, content: Sequence[Quote]) -> Wording:
    if mode == "indirect":
        return "paraphrase"
    return "insertion" if any("[" in q.exact for q in content) else "as_printed"
