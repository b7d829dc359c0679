"""article -> the sentences of what its report says

nupunkt works on one paragraph at a time, so that a line end always ends a sentence.
"""

import re
from collections.abc import Callable
from functools import cache

from secondsource.model import SPOKEN, Article, Sentence

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
    for segment in article.segments:
        if segment.kind not in SPOKEN:
            continue
        for line in _LINE.finditer(article.text, segment.start, segment.end):
            words = line[0]
            if not words.strip():
                continue
            for start, end in _split(words):
                made.append(
                    Sentence(start=line.start() + start, end=line.start() + end, paragraph=paragraph, segment=segment.kind)
                )
            paragraph += 1
    return tuple(made)


def _split(words: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one line, spaces around them left out."""
    found = []
    for start, end in _splitter()(_OPENING.sub('"', words)):
        piece = words[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append((start + lead, start + lead + len(piece.strip())))
    return found
