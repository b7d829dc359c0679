"""a statement found on a page -> where the page and its copies say it again: in a headline, and in the same place of a copy."""

from collections.abc import Sequence

from secondsource.model import Record
from secondsource.trace.asking import Asked
from secondsource.trace.ground import PAGE, PLACE, Ground
from secondsource.trace.likeness import Likeness, quick
from secondsource.trace.passages import Library, Passage
from secondsource.trace.words import content

HEADLINE = 0.25  # between a headline and the sentence that it is made of
FIRST = 0.15  # what a lead has ahead of other sentences there
FEWEST = 2  # words of content in common, for anything at all


class Found(Record, frozen=True, kw_only=True):
    """A passage with its likeness to the sentence and the ground on which it counts."""

    passage: Passage
    likeness: Likeness
    ground: str = ""
    need: float = 0.0
    against: str = ""


def copied(asked: Asked, library: Library, kept: Sequence[Found]) -> list[Found]:
    """What stands in the place of a page's other words of the statement, in its copies that carry it."""
    anchors = [f.passage for f in kept if f.passage.segment == "body" and f.passage.whole]
    ground = Ground(asked, library, anchors)
    held = {f.passage.article for f in kept}
    made: list[Found] = []
    for found in kept:
        for article in library.copies.get(found.passage.article, frozenset()) & held:
            for passage in library.passages(article):
                if (
                    passage.whole
                    and ground.stands_for(found.passage, passage)
                    and all(passage is not f.passage for f in [*kept, *made])
                ):
                    like = quick(found.passage.words, passage.words)
                    made.append(Found(passage=passage, likeness=like, ground=PLACE))
    return made


def titles(library: Library, kept: Sequence[Found]) -> list[Found]:
    """Headlines that are made of the statement: the sentence that a headline says most of, or the lead, is one of its words."""
    made: list[Found] = []
    for article in sorted({f.passage.article for f in kept}):
        mine = [f.passage for f in kept if f.passage.article == article]
        titles = [p for p in library.passages(article) if p.segment == "title" and p.whole]
        if any(p.segment == "title" for p in mine):
            continue
        for title in titles[:1]:
            told = headlined(library, title)
            like = max((quick(title.words, p.words) for p in mine), key=lambda x: x.score)
            sense = {w.stem for w in content(title.words) if not w.name} | {w.meaning for w in title.words if w.meaning}
            shared = any(w.stem in sense or (w.meaning and w.meaning in sense) for p in mine for w in p.words)
            if (told and any(one_place(told, p) for p in mine)) or (
                shared and (like.score >= HEADLINE or _main(library, mine))
            ):
                made.append(Found(passage=title, likeness=like, ground=PAGE))
    return made


def _main(library: Library, mine: Sequence[Passage]) -> bool:
    """Whether the statement is the first that its page quotes."""
    said = library.readings[mine[0].article].attributions
    quoted = [a for a in said if a.mode == "direct" and a.parent is None and a.content]
    first = min(quoted, key=lambda a: a.content[0].start, default=None)
    return first is not None and any(meets(p, q.start, q.end) for p in mine for q in first.content)


def one_place(left: Passage, right: Passage) -> bool:
    return left.article == right.article and meets(left, right.start, right.end)


def meets(passage: Passage, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in passage.spans)


def told_by(asked: Asked, library: Library, anchors: Sequence[Found]) -> list[Found]:
    """What a headline among the anchors is made of: the passage of its page that says most of it, or its lead."""
    made: list[Found] = []
    for article in sorted({f.passage.article for f in anchors if f.passage.segment == "title"}):
        if any(f.passage.article == article and f.passage.segment == "body" for f in anchors):
            continue
        title = next(f.passage for f in anchors if f.passage.article == article)
        if told := headlined(library, title):
            made.append(Found(passage=told, likeness=quick(asked.core, told.words), ground=PAGE))
    return made


def headlined(library: Library, title: Passage) -> Passage | None:
    """The statement of the page that its title is made of."""
    best: tuple[float, Passage] | None = None
    first = True
    for passage in library.passages(title.article):
        if passage.segment != "body" or not passage.whole:
            continue
        like = quick(title.words, passage.words)
        score = like.score + (FIRST if first else 0.0)
        first = False
        if like.shared and score >= HEADLINE and (best is None or score > best[0]):
            best = (score, passage)
    return best[1] if best else None
