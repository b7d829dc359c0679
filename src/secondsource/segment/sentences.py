"""article -> the sentences of what its report says

nupunkt works on one paragraph at a time, so that a line end always ends a sentence, but for lines broken at a fixed width
(`wrapping`). A dateline is part of no sentence.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from secondsource.model import SPOKEN, Article, Sentence
from secondsource.segment.wrapping import unwrapped

_LINE = re.compile(r"[^\n]+")
# nupunkt knows no abbreviation behind a curly opening quote ("No. 5", "Gen. Abel"); a straight one is of the same length.
_OPENING = re.compile(r"[“„«]|(?<![^\s(\[])[‘‚](?=\w)")


@cache
def _splitter() -> Callable[[str], list[tuple[int, int]]]:
    """nupunkt's spans of sentences; loading it is left until a text is split."""
    import nupunkt

    return lambda words: list(nupunkt.sent_spans(words))


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of titles, subheadings and body, in order, without tokens. `paragraph` counts lines of such segments."""
    made: list[Sentence] = []
    paragraph = 0
    text = unwrapped(article.text)
    stamped = {words.start: words.end for words in article.dateline.evidence}
    for segment in article.segments:
        if segment.kind not in SPOKEN:
            continue
        for line in _LINE.finditer(text, segment.start, segment.end):
            words = line[0]
            if not words.strip():
                continue
            begin = _after_dateline(text, line.start() + len(words) - len(words.lstrip()), stamped)
            for start, end in _split(text[begin : line.end()]):
                made.append(Sentence(start=begin + start, end=begin + end, paragraph=paragraph, segment=segment.kind))
            paragraph += 1
    return tuple(made)


_DASHES = re.compile(r"[\s.,:/–—-]*")


def _after_dateline(text: str, start: int, stamped: Mapping[int, int]) -> int:
    """Where the first sentence of a paragraph begins: after its dateline and the dash that closes it."""
    if start not in stamped:
        return start
    match = _DASHES.match(text, stamped[start])
    return match.end() if match else stamped[start]


def _split(words: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one line, spaces around them left out."""
    found = []
    for start, end in _splitter()(_OPENING.sub('"', words)):
        piece = words[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append((start + lead, start + lead + len(piece.strip())))
    return found
