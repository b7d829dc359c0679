"""lines -> the lines in which a page speaks of itself, told by their shape

A line all of whose words are the words of buttons and lists ("Text size", "Print article"), a short line that stands in several
places, short lines in a row around a known one. For plain text: markup tells as much by its labels.
"""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from secondsource.segment.lines import Line, is_person

_PIECES = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[^\W\d_]?[^\WA-Z\d_]+|[A-Z]+|\d+")
_TOKEN = re.compile(r"\[[\w-]{2,30}\]|\d[\d.,]{0,7}[KkMm]?|\W{1,12}")
_RUN = re.compile(r"[a-z]{4}[A-Z][a-z]{2}")
_GLUED = re.compile(r"[a-z]{3}[A-Z]{3}|[A-Z]{4}[a-z]{2}")


def mark(rows: Sequence[Line], lexicon: Mapping[str, Any]) -> None:
    """Type furniture that no list names as a whole."""
    table = lexicon["chrome"]
    words, sections = frozenset(table["words"]), frozenset(table["sections"])
    for row in rows:
        if row.kind is None and (
            _figures(row) or _TOKEN.fullmatch(row.text) or _of(row, words) or _only_sections(row, sections)
        ):
            row.kind = "boilerplate"
    for row, below in itertools.pairwise(rows):
        if row.kind is None and _is_path(row, below):
            row.kind = "boilerplate"
    _repeated(rows)
    _rows_of_short(rows)
    _headings(rows)


_FIGURE = re.compile(r"[-+~$€£]?\d[\d.,:]*%?")


def _figures(row: Line) -> bool:
    """A row of a table or a ticker: half of its words and more are figures, and no sentence is made of them."""
    parts = row.text.split()
    counted = sum(_FIGURE.fullmatch(part) is not None for part in parts)
    return counted >= 2 and counted * 2 >= len(parts) and len(parts) <= 16 and not row.full_stop and not parts[0].endswith(".")


def _is_path(row: Line, below: Line) -> bool:
    """Where a page stands in its site: "Home / World / Talks fail" above "Talks fail"."""
    parts = [part.strip().lower() for part in re.split(r"\s[/>»›]\s", row.text)]
    return len(parts) >= 2 and row.words <= 30 and (parts[0] == "home" or (len(parts) > 2 and parts[-1] == below.folded))


def glued(row: Line) -> bool:
    """Two labels run into one word ("consoleNEWS"), as scraping leaves them and no headline prints them."""
    return bool(_GLUED.search(row.text)) or len(_RUN.findall(row.text)) >= 2


def _of(row: Line, words: frozenset[str]) -> bool:
    """A short line of such words only."""
    if row.words > 10 or row.text.rstrip().endswith((".", "?")):
        return False
    pieces = [piece.lower() for piece in _PIECES.findall(row.text)]
    return bool(pieces) and all(piece in words or piece.isdigit() for piece in pieces) and not all(map(str.isdigit, pieces))


def _only_sections(row: Line, sections: frozenset[str]) -> bool:
    """The name of a part of a paper, alone or several in a row: "Africa", "Avatar World", "News > Middle East"."""
    pieces = re.findall(r"[^\W\d_]+", row.text.lower())
    return 0 < len(pieces) <= 5 and not row.stops and all(piece in sections for piece in pieces)


def _repeated(rows: Sequence[Line]) -> None:
    """A short line without a stop that stands twice and more: of two words anywhere, a longer one alone between sentences."""
    short = [row for row in rows if row.words <= 8 and not row.full_stop and not is_person(row.text)]
    times = Counter(row.folded for row in short)
    among = {
        row.folded for above, row, below in zip(rows, rows[1:], rows[2:], strict=False)
        if not (above.full_stop and below.full_stop)
    }  # fmt: skip
    ends = {rows[0].folded, rows[-1].folded}
    for row in short:
        alone = row.folded not in among and row.folded not in ends
        if row.kind is None and times[row.folded] > 1 and (row.words <= 2 or alone):
            row.kind = "boilerplate"


def _rows_of_short(rows: Sequence[Line]) -> None:
    """Three and more lines of up to three words, one of them known: the others are no names and no headings."""
    begin = 0
    while begin < len(rows):
        end = begin
        while end < len(rows) and rows[end].words <= 3 and rows[end].kind in (None, "boilerplate") and not rows[end].full_stop:
            end += 1
        run = rows[begin:end]
        known = sum(row.kind == "boilerplate" for row in run)
        if len(run) >= 3 and known * 2 >= len(run):
            first, last = (next(i for i, row in enumerate(some) if row.kind) for some in (run, run[::-1]))
            for row in run[first : len(run) - last]:
                row.kind = "boilerplate"
        begin = max(end, begin + 1)


def _headings(rows: Sequence[Line]) -> None:
    """A short line that ends in a colon right above furniture, is furniture."""
    for row, below in itertools.pairwise(rows):
        if row.kind is None and below.kind == "boilerplate" and row.words <= 10 and row.text.rstrip().endswith(":"):
            row.kind = "boilerplate"
