"""text -> the same text with the line ends that only fit it to a page's width as spaces

Mails, agency copy and old archives break their lines at 60 to 80 letters: such a line end ends no sentence and no paragraph.
"""

import itertools
import re
from collections.abc import Iterable

_LINE = re.compile(r"[^\n]+")
_INDENTED = re.compile(r"\n(?: {2,}|\t)\S")
SHORTEST_FULL = 0.6  # of the longest line: a line that is shorter ends its paragraph


def unwrapped(text: str) -> str:
    """As long as `text`, so that all offsets stay true; `text` itself where its lines are paragraphs."""
    spans = list(trimmed(text))
    if not wrapped(spans):
        return text
    longest = max(end - start for start, end, _ in spans)
    made = list(text)
    for (start, end, _), (following, _, gap) in itertools.pairwise(spans):
        if gap == 0 and end - start >= longest * SHORTEST_FULL and not _INDENTED.match(text, text.find("\n", end)):
            made[end:following] = " " * (following - end)
    return "".join(made)


def trimmed(text: str) -> Iterable[tuple[int, int, int]]:
    """(start, end, blank lines before) of every line with something on it, spaces at its ends left out."""
    last = 0
    for match in _LINE.finditer(text):
        words = match[0]
        if not words.strip():
            continue
        start = match.start() + len(words) - len(words.lstrip())
        end = match.end() - (len(words) - len(words.rstrip()))
        gap = max(text.count("\n", last, start) - 1, 0) if last else 0
        yield start, end, gap
        last = end


def wrapped(spans: list[tuple[int, int, int]]) -> bool:
    """Are lines broken at a fixed width? Most lines that go on without a blank line are then of nearly the same length."""
    going_on = [a[1] - a[0] for a, b in itertools.pairwise(spans) if b[2] == 0]
    if len(going_on) < 4 or len(going_on) * 2 < len(spans):
        return False
    return max(going_on) <= 100 and sum(size >= 50 for size in going_on) * 10 >= 8 * len(going_on)
