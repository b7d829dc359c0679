"""two matches -> what changed from the words of the one to those of the other."""

from functools import partial

from msgspec.structs import replace

from secondsource.model import Change, Match, Quote
from secondsource.trace.changes import Side, changes
from secondsource.trace.passages import Library
from secondsource.trace.words import Word


def quoted(library: Library, match: Match) -> bool | None:
    """Whether the words are the speaker's own by the page's marks."""
    if match.attribution is None:
        return None
    modes = {a.mode for a in library.outermost(match.attribution)}
    return True if "direct" in modes else False if modes == {"indirect"} else None


def between(library: Library, before: Match, after: Match) -> tuple[Change, ...]:
    """What changed from the words of one match to those of another; between copies, in the frame's days and figures too."""
    skip = _skipped(library, before) | _skipped(library, after)
    quotes = partial(quote_at, library, before.article), partial(quote_at, library, after.article)
    made = changes(side(library, before), side(library, after), *quotes, skip)
    if after.article not in library.copies.get(before.article, ()) and before.article not in library.copies.get(
        after.article, ()
    ):
        return made
    framed = changes(side(library, _framed(library, before)), side(library, _framed(library, after)), *quotes, frozenset())
    known = {c.kind for c in made}
    return (*(c for c in framed if c.kind == "date_changed" and c.kind not in known), *made)


def _framed(library: Library, match: Match) -> Match:
    """The match with its whole sentence and the one before it for words, as nobody's: where a page says when it was said."""
    last = None
    for passage in library.passages(match.article):
        if passage.whole and passage.start <= match.words.start < passage.end:
            start = last.start if last and last.segment == passage.segment else passage.start
            words = library.article(match.article).quote(start, passage.end)
            return replace(match, words=words, attribution=None)
        last = passage if passage.whole else last
    return replace(match, attribution=None)


def side(library: Library, match: Match) -> Side:
    reading = library.readings[match.article]
    words: tuple[Word, ...] = library.vocabulary.words(reading.article.text, match.words.start, match.words.end)
    attribution = library.attributions.get(match.attribution or "")
    if attribution and attribution.mode == "direct":
        inside = tuple(w for w in words if any(q.start <= w.start < q.end for q in attribution.content))
        words = inside or words
    figures = tuple(
        (f.counted, f.low, f.high, f.bound) for f in reading.figures
        if match.words.start <= f.evidence[0].start and f.evidence[0].end <= match.words.end
    )  # fmt: skip
    return Side(
        words=words, quoted=quoted(library, match), headline=match.segment == "title", figures=figures, article=match.article
    )


def _skipped(library: Library, match: Match) -> frozenset[str]:
    """Stems of the speaker's names and of the word of saying."""
    if match.attribution is None:
        return frozenset()
    attribution = library.attributions[match.attribution]
    texts = [*library.names(attribution), *(s.evidence.exact for s in attribution.speakers if s.evidence)]
    texts += [attribution.cue.evidence.exact] if attribution.cue.evidence else []
    return frozenset(w.stem for text in texts for w in library.vocabulary.words(text))


def quote_at(library: Library, article: str, start: int, end: int) -> Quote:
    return library.article(article).quote(start, end)
