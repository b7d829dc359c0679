"""an article -> the words of its report outside quotations: what takes part when texts are compared for copying.

Quotations belong to their speaker: two outlets that quote one speech are not copies. Comments, adverts and forms are nobody's
report. What stands between quotation marks is left out even where no attribution was read from it.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

from secondsource.model import SPOKEN, Article, Quote, Reading, Span

GRAM = 8  # words; shorter runs are shared by chance between reports of one event
TRACE = 3  # words; within a pair that shares 8-grams, runs of three show how far the copying goes
LONG_QUOTE = 4  # words; a shorter one is a name or a scare quote
# Where this share of the words is quoted, the quotations are the report, and are compared too.
NOTHING_BUT_QUOTES = 0.7
WORD = re.compile(r"\w+(?:[.,]\d+)*")
MARK = re.compile(r"[\"“”«»„]|\n")
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")


class Wording:
    """Words (folded) with their offsets, the first place of every run of `GRAM` of them, and what was left out.

    `quotes`: the longer quotations, as folded words. `everything`: a number that is equal for equal words, quotations and all.
    """

    def __init__(self, article: Article, quoted: Iterable[Quote] = ()) -> None:
        self.article = article
        spans = [s for k in article.segments if k.kind in SPOKEN for s in marked(article.text, k.start, k.end)]
        held = merged([*spans, *(q.span for q in quoted)])
        said = [[w.casefold() for w in WORD.findall(article.text, s.start, s.end)] for s in held]
        self.quotes = tuple(" ".join(words) for words in said if len(words) >= LONG_QUOTE)
        self._read(held)
        many = sum(map(len, said))
        if many and many >= NOTHING_BUT_QUOTES * (many + len(self.words)):
            self._read(())
        self.everything = number([w.casefold() for k in article.segments if k.kind in SPOKEN
                                  for w in WORD.findall(article.text, k.start, k.end)])  # fmt: skip

    def _read(self, left_out: Sequence[Span]) -> None:
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.grams: dict[int, int] = {}
        at = 0
        for segment in self.article.segments:
            if segment.kind not in SPOKEN:
                continue
            run: list[str] = []
            for match in WORD.finditer(self.article.text, segment.start, segment.end):
                while at < len(left_out) and left_out[at].end <= match.start():
                    at += 1
                if at < len(left_out) and left_out[at].start <= match.start():
                    run = []
                    continue
                self.words.append(match.group().casefold())
                self.spans.append(match.span())
                run.append(self.words[-1])
                if len(run) >= GRAM:
                    self.grams.setdefault(number(run[-GRAM:]), len(self.words) - GRAM)

    def quote(self, start: int, size: int) -> Quote:
        """`size` words from word `start`, as printed."""
        return self.article.quote(self.spans[start][0], self.spans[start + size - 1][1])

    def traces(self) -> set[tuple[str, ...]]:
        return {tuple(self.words[i : i + TRACE]) for i in range(len(self.words) - TRACE + 1)}

    def covered(self, others: set[tuple[str, ...]]) -> float:
        """The share of these words that stand in runs of three which `others` has too."""
        hit = [False] * len(self.words)
        for i in range(len(self.words) - TRACE + 1):
            if tuple(self.words[i : i + TRACE]) in others:
                hit[i : i + TRACE] = [True] * TRACE
        return sum(hit) / max(1, len(hit))


def number(words: Sequence[str]) -> int:
    """Words as one number of 64 bits, the same in every process."""
    text = " ".join(words).encode()
    return zlib.crc32(text) << 32 | zlib.adler32(text)


def wording(reading: Reading) -> Wording:
    """The words of a reading's report; contents of direct speech are left out with the marked ones."""
    return Wording(reading.article, [q for a in reading.attributions if a.mode == "direct" for q in a.content])


def marked(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between quotation marks, a paragraph at a time; one that is never closed ends with its paragraph."""
    opened: int | None = None
    for match in MARK.finditer(text, start, end):
        mark = match.group()
        if mark == "\n":
            if opened is not None:
                yield Span(opened, match.start())
            opened = None
        elif opened is None and mark not in CLOSING:
            opened = match.start()
        elif opened is not None and mark not in OPENING:
            yield Span(opened, match.end())
            opened = None
    if opened is not None:
        yield Span(opened, end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
