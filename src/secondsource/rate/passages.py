"""article -> the sentences of its report, to show and to search words in"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from secondsource.model import SPOKEN, Article, Quote, Record, When

# A sentence ends at a line's end or at a stop with its closing marks before a capital, a digit or an opening mark.
END = re.compile(r"\n+|[.!?…][\"”’')\]]*(?=\s+[\"“‘(\[]?[A-Z0-9])")
# Shorter ones before a stop are abbreviations or initials.
SHORT = re.compile(r"(?:\b[A-Z][a-z]{0,2}|\b[A-Z]|\bMessrs|\bGen|\bCol|\bSen)\.$")


class Passage(Record, frozen=True, kw_only=True):
    """A sentence of a report, with the paragraph it stands in and the place of that article in time."""

    quote: Quote
    segment: str
    paragraph: int
    published: When | None

    @property
    def text(self) -> str:
        return self.quote.exact


def passages(article: Article) -> tuple[Passage, ...]:
    """Every sentence of the spoken segments of an article, in its order."""
    made: list[Passage] = []
    paragraph = 0
    for segment in article.segments:
        if segment.kind not in SPOKEN:
            continue
        start = segment.start
        ends = [m.end() for m in END.finditer(article.text, segment.start, segment.end)] + [segment.end]
        for end in ends:
            words = article.text[start:end]
            if end != segment.end and SHORT.search(words.rstrip()):
                continue
            left = start + len(words) - len(words.lstrip())
            right = start + len(words.rstrip())
            if left < right:
                quote = article.quote(left, right)
                made.append(Passage(quote=quote, segment=segment.kind, paragraph=paragraph, published=article.published.value))
            paragraph += words.endswith("\n")
            start = end
        paragraph += 1
    return tuple(made)


def around(found: Sequence[Passage], quote: Quote) -> tuple[int, int]:
    """First and last place in `found` of the passages that hold `quote`, and those that a quotation begun there runs on to."""
    first = max(bisect_right([p.quote.start for p in found], quote.start) - 1, 0)
    last = first
    while last + 1 < len(found) and found[last + 1].quote.start < quote.end:
        last += 1
    while last + 1 < len(found) and _open(found[first : last + 1]) and found[last + 1].paragraph == found[last].paragraph:
        last += 1
    return first, last


def paragraph(found: Sequence[Passage], quote: Quote) -> int:
    """The number of the paragraph in which the words stand."""
    return found[around(found, quote)[0]].paragraph


def _open(held: Iterable[Passage]) -> bool:
    """Whether a quotation is still open at the end."""
    text = " ".join(p.text for p in held)
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
