"""a statement found on a page -> where the page and its copies say it again: in a headline, and in the same place of a copy."""

from collections.abc import Sequence

from secondsource.model import Record
from secondsource.trace.asking import Asked
from secondsource.trace.ground import PAGE, PLACE, Ground, may_be
from secondsource.trace.likeness import Likeness, quick
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.words import content, counted

HEADLINE = 0.25  # between a headline and the sentence that it is made of
FIRST = 0.15  # what a lead has ahead of other sentences there
SAME_PLACE = 0.2  # of the content without names, for a sentence that stands where another does to say it again
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
        for article in sorted(library.copies.get(found.passage.article, frozenset()) & held):
            places = ground.stand_in(found.passage, article)
            for passage in library.passages(article) if places else ():
                said = library.attributions.get(passage.attribution or "")
                if (
                    passage.whole
                    and not (said and ground.other_speaker(said))
                    and passage.spans[0] in places
                    and all(passage is not f.passage for f in [*kept, *made])
                ):
                    like = quick(found.passage.words, passage.words)
                    plain = quick(counted(found.passage.words).plain, counted(passage.words).plain)
                    if plain.score < SAME_PLACE:
                        continue
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
            like = max((quick(counted(title.words).plain, counted(p.words).plain) for p in mine), key=lambda x: x.score)
            sense = {w.stem for w in content(title.words) if not w.name} | {w.meaning for w in title.words if w.meaning}
            said = [p for p in mine if not p.whole] or mine
            shared = any(w.stem in sense or (w.meaning and w.meaning in sense) for p in said for w in p.words)
            spoken = _main(library, mine) and _same_mouth(library, title, mine)
            if (
                (told and any(one_place(told, p) for p in mine))
                or spoken
                or (shared and (like.score >= HEADLINE or _main(library, mine)))
            ):
                made.append(Found(passage=title, likeness=like, ground=PAGE))
    return made


def _main(library: Library, mine: Sequence[Passage]) -> bool:
    """Whether the statement is the first that its page quotes."""
    said = library.readings[mine[0].article].attributions
    quoted = [a for a in said if a.mode == "direct" and a.parent is None and a.content]
    first = min(quoted, key=lambda a: a.content[0].start, default=None)
    return first is not None and any(meets(p, q.start, q.end) for p in mine for q in first.content)


def _same_mouth(library: Library, title: Passage, mine: Sequence[Passage]) -> bool:
    """Whether the headline names a speaker, and one who can be the statement's: "Bishop demands…" over what the bishop says."""
    said = [library.actors[s] for s in library.speakers(title.attribution) if s in library.actors]
    mouths = [library.actors[s] for p in mine for s in library.speakers(p.attribution) if s in library.actors]
    words = [{w.casefold() for text in (*b.aliases, *b.roles) for w in text.split()} for b in mouths]
    return any(may_be(a, b) and held & {w.casefold() for alias in a.aliases for w in alias.split()}
               for a in said for b, held in zip(mouths, words, strict=True))  # fmt: skip


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
        if not quick(counted(title.words).plain, counted(passage.words).plain).shared:
            continue
        score = like.score + (FIRST if first else 0.0)
        first = False
        if like.shared and score >= HEADLINE and (best is None or score > best[0]):
            best = (score, passage)
    return best[1] if best else None
