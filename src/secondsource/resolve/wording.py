"""an article -> the words of its report outside quotations: what takes part when texts are compared for copying.

Quotations belong to their speaker: two outlets that quote one speech are not copies. Comments, adverts and forms are nobody's
report. What stands between quotation marks is left out even where no attribution was read from it.
"""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from secondsource.model import SPOKEN, Article, Quote, Reading, Span

GRAM = 8  # words; shorter runs are shared by chance between reports of one event
# A run of words as one number: BASE to the power of each word's place, times the word, modulo 2 to the 64.
WHOLE = (1 << 64) - 1
BASE = 6364136223846793005
FARTHEST = pow(BASE, GRAM, 1 << 64)
TRACE = 3  # words; within a pair that shares 8-grams, runs of three show how far the copying goes
LONG_QUOTE = 4  # words; a shorter one is a name or a scare quote
# Where this share of the words is quoted, the quotations are the report, and are compared too.
NOTHING_BUT_QUOTES = 0.7
WORD = re.compile(r"\w+(?:[.,]\d+)*")
MARK = re.compile(r"[\"“”«»„]|\n")
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")


class Wording:
    """Words (folded) with their offsets, every run of `GRAM` of them (`keys`) with its first place, and what was left out.

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
        self.starts, self.ends = array("l"), array("l")
        grams: dict[int, int] = {}
        at = 0
        for segment in self.article.segments:
            if segment.kind not in SPOKEN:
                continue
            rolling, run = 0, 0
            for match in WORD.finditer(self.article.text, segment.start, segment.end):
                start, end = match.span()
                while at < len(left_out) and left_out[at].end <= start:
                    at += 1
                if at < len(left_out) and left_out[at].start <= start:
                    rolling, run = 0, 0
                    continue
                word = sys.intern(match.group().casefold())
                self.words.append(word)
                self.starts.append(start)
                self.ends.append(end)
                run += 1
                rolling = (rolling * BASE + weigh(word)) & WHOLE
                if run > GRAM:
                    rolling = (rolling - weigh(self.words[-GRAM - 1]) * FARTHEST) & WHOLE
                if run >= GRAM:
                    grams.setdefault(rolling, len(self.words) - GRAM)
        # Flat: a dict of every article's 8-grams would be most of what a large case holds in memory.
        self.keys, self.places = array("Q", grams), array("l", grams.values())

    @property
    def grams(self) -> dict[int, int]:
        """8-gram -> its first place."""
        return dict(zip(self.keys, self.places, strict=True))

    def quote(self, start: int, size: int) -> Quote:
        """`size` words from word `start`, as printed."""
        return self.article.quote(self.starts[start], self.ends[start + size - 1])

    def traces(self) -> set[tuple[str, ...]]:
        return {tuple(self.words[i : i + TRACE]) for i in range(len(self.words) - TRACE + 1)}

    def covered(self, others: set[tuple[str, ...]]) -> float:
        """The share of these words that stand in runs of three which `others` has too."""
        hit = [False] * len(self.words)
        for i in range(len(self.words) - TRACE + 1):
            if tuple(self.words[i : i + TRACE]) in others:
                hit[i : i + TRACE] = [True] * TRACE
        return sum(hit) / max(1, len(hit))


@lru_cache(maxsize=200_000)
def weigh(word: str) -> int:
    """A word as a number of 64 bits, the same in every process."""
    return number([word])


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
