"""an article's text and the quotes cited of it -> HTML in which each quote is a `<mark>` whose text is the quote.

Text becomes HTML here and nowhere else: every code point of it is kept, none of it is ever markup. Characters that cannot be
seen, or that would turn the direction of what stands around them, are isolated and named.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup

from secondsource.model import Article, Quote, Span
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import SEGMENTS

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
# HTML cannot hold these at all; the page shows a stand-in.
IMPOSSIBLE = {"\x00": "\u2400"}
# Escapes; controls, bidi controls, invisible characters; halves of surrogate pairs.
NEEDS_CARE = re.compile(
    "[&<>\"'\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Letters written from right to left, and the characters that turn direction.
FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
CUT = "[…]\n"
FOLDED = frozenset({"reader_comment", "editors_note", "advert", "boilerplate", "related_link", "bio"})


def visible(text: str) -> Markup:
    """Text as HTML: inert, and with its invisible characters named."""
    return Markup(NEEDS_CARE.sub(_careful, text))  # noqa: S704  every character that could be markup is escaped here


def _careful(found: re.Match[str]) -> str:
    character = found[0]
    if character in ESCAPES:
        return ESCAPES[character]
    if character in IMPOSSIBLE:
        return IMPOSSIBLE[character]
    if 0xD800 <= ord(character) <= 0xDFFF:
        return "\ufffd"
    return f'<bdi class="ctl" data-c="U+{ord(character):04X}">{character}</bdi>'


def isolated(text: str) -> Markup:
    """As `visible`, kept apart from the direction of what stands around it where that could matter."""
    return Markup("<bdi>{}</bdi>").format(visible(text)) if FROM_RIGHT.search(text) else visible(text)


def named(text: str) -> Markup:
    """Text for attributes, titles and drawings, which hold no markup: invisible characters stand as [U+202E]."""
    return Markup(NEEDS_CARE.sub(lambda m: ESCAPES.get(m[0], f"[U+{ord(m[0]):04X}]"), text))  # noqa: S704  as in visible


class Piece:
    """A segment of an article on the page: its kind and its HTML; `folded` where it is no part of the report."""

    __slots__ = ("folded", "html", "kind", "words")

    def __init__(self, kind: str, html: Markup) -> None:
        self.kind = kind
        self.words = SEGMENTS.get(kind, "between parts")
        self.folded = kind in FOLDED
        self.html = html


def pieces(look: Lookup, article: Article, cited: Iterable[Quote], *, excerpts: bool) -> tuple[Piece, ...]:
    """An article's segments as HTML with its cited quotes marked; `excerpts` keeps only the lines that are cited.

    Quotes that cross each other or the end of a segment cannot be nested: they follow in a piece of their own.
    """
    stretches = _stretches(article)
    quotes = sorted(set(cited), key=lambda q: (q.start, -q.end))
    inside, crossing = _nested(quotes, [span for _, span in stretches])
    made: list[Piece] = []
    place = 0
    for kind, span in stretches:
        mine: list[Quote] = []
        while place < len(inside) and inside[place].start < span.end:
            mine.append(inside[place])
            place += 1
        if excerpts and not mine:
            continue
        html = _excerpts(look, article, span, mine) if excerpts else _marked(look, article.text, span, mine)
        if html.strip():
            made.append(Piece(kind, html))
    if crossing:
        rows = (f'<span class="again">{_marked(look, article.text, q.span, [q])}</span>' for q in crossing)
        made.append(Piece("again", Markup("\n").join(Markup(row) for row in rows)))  # noqa: S704  made of escaped parts
        made[-1].words = "words that overlap others, once more"
    return tuple(made)


def _stretches(article: Article) -> list[tuple[str, Span]]:
    """The text in order: segments, and what stands between them where it is not blank."""
    found: list[tuple[str, Span]] = []
    last = 0
    for segment in (*article.segments, None):
        start = segment.start if segment else len(article.text)
        if article.text[last:start].strip():
            found.append(("body" if not article.segments else "between", Span(last, start)))
        if segment:
            found.append((segment.kind, segment.span))
            last = segment.end
    return found


def _nested(quotes: Sequence[Quote], spans: Sequence[Span]) -> tuple[list[Quote], list[Quote]]:
    """(quotes that nest in each other and in one stretch, the others)."""
    inside: list[Quote] = []
    crossing: list[Quote] = []
    around: list[Quote] = []
    place = 0
    for quote in quotes:
        while place < len(spans) and spans[place].end <= quote.start:
            place += 1
        while around and around[-1].end <= quote.start:
            around.pop()
        fits = place < len(spans) and spans[place].covers(quote)
        if fits and (not around or quote.end <= around[-1].end):
            inside.append(quote)
            around.append(quote)
        else:
            crossing.append(quote)
    return inside, crossing


def _marked(look: Lookup, text: str, span: Span, quotes: Sequence[Quote]) -> Markup:
    """One stretch with its quotes, which nest, as marks."""
    opens: dict[int, list[Quote]] = {}
    for quote in quotes:
        opens.setdefault(quote.start, []).append(quote)
    ends: list[int] = []
    cuts = sorted({span.start, span.end, *(q.start for q in quotes), *(q.end for q in quotes)})
    out: list[str] = []
    for start, end in pairwise(cuts):
        for quote in opens.get(start, ()):
            out.append(f'<mark id="{look.anchor(quote)}">')
            ends.append(quote.end)
        out.append(visible(text[start:end]))
        while ends and ends[-1] == end:
            out.append("</mark>")
            ends.pop()
    return Markup("".join(out))  # noqa: S704  made of escaped text and our own tags


def _excerpts(look: Lookup, article: Article, span: Span, quotes: Sequence[Quote]) -> Markup:
    """The whole lines of a stretch that hold cited words, with […] for what is left out between them."""
    text, kept = article.text, list[Span]()
    for quote in quotes:
        start = max(span.start, text.rfind("\n", span.start, quote.start) + 1)
        end = text.find("\n", quote.end, span.end)
        end = span.end if end < 0 else end
        if kept and start <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, end))
        else:
            kept.append(Span(start, end))
    out: list[str] = []
    last = span.start
    for stretch in kept:
        if text[last : stretch.start].strip():
            out.append(CUT)
        held = [q for q in quotes if stretch.covers(q)]
        out.append(_marked(look, text, stretch, held) + "\n")
        last = stretch.end
    if text[last : span.end].strip():
        out.append(CUT)
    return Markup("".join(out))  # noqa: S704  made of escaped text and our own tags
