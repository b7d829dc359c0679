"""lines -> the lines that readers wrote

A comment zone begins at a heading ("3 Comments"), at a name with a stamp, or with a numbered run before "Comments are closed."
It ends where the page's own foot begins.
"""

import re
from collections.abc import Mapping
from typing import Any

from secondsource.segment.lines import Line, fold, is_date, is_month, listed, stamp, starts, whole

_SAYS = re.compile(
    r"^[\w .'’@-]{2,40} (?:says|said|wrote|writes|commented|replied|responded)(?: on [^.]{4,40}| at [^.]{4,40})?:?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+\S")


def mark(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """Give the rows of a comment zone their kinds: `reader_comment`, and `boilerplate` for its forms and furniture."""
    table = lexicon["comments"]
    bodied = bool(rows and rows[0].tag)
    for place, row in enumerate(rows):
        if row.kind is not None:
            continue
        begins = _begins(rows, place, bodied, table, lexicon)
        if begins:
            _zone(rows, place, table, lexicon)
            return
        bodied = bodied or _bodylike(row)
    _numbered_run(rows, table)
    _form_alone(rows, table)


def _form_alone(rows: list[Line], table: Mapping[str, Any]) -> None:
    """A form that nobody has filled in: all that stands below its heading is the page's own."""
    bodied = bool(rows and rows[0].tag)
    for place, row in enumerate(rows):
        if bodied and row.kind is None and row.words <= 8 and starts(row.folded, table["openings"]):
            for below in rows[place:]:
                below.kind = below.kind or "boilerplate"
            return
        bodied = bodied or _bodylike(row)


def _bodylike(row: Line) -> bool:
    return (row.full_stop and row.words >= 8) or row.words >= 25


def _begins(rows: list[Line], place: int, bodied: bool, table: Mapping[str, Any], lexicon: Mapping[str, Any]) -> bool:
    row = rows[place]
    if not bodied:
        return False
    if re.match(r"\s*1[.)] [\w .'’@-]{2,40} (?:says|said|wrote|writes):$", row.text):
        return True
    if (row.words <= 8 and whole(row.folded, table["headers"])) or starts(
        row.folded, ("# thoughts on", "one thought on", "# responses to", "# comments on")
    ):
        return _has_comments(rows, place + 1, table)
    return (_named_stamp(rows, place, lexicon) and not _papers(rows, place, lexicon)) or _says(rows, place)


def _papers(rows: list[Line], place: int, lexicon: Mapping[str, Any]) -> bool:
    """Whose copy it is and when it was published stand like a name with a stamp, and the report below them."""
    if whole(rows[place].folded, lexicon["origin"]["names"]) or starts(rows[place + 1].folded, _PUBLISHED):
        return True
    above = sum(_bodylike(row) for row in rows[:place])
    below = [row for row in rows[place + 2 :] if row.kind is None]
    stamped = any(stamp(row) and is_date(row, lexicon) for row in below)
    return above <= 1 and not stamped and sum(_bodylike(row) for row in below) >= 3


_PUBLISHED = (
    "published", "updated", "modified", "last updated", "last modified", "posted", "date published", "created",
    "first published",
)  # fmt: skip


def _has_comments(rows: list[Line], place: int, table: Mapping[str, Any]) -> bool:
    """Does anything other than a form follow?"""
    follows = [row for row in rows[place : place + 40] if not _form(row, table)]
    return any(row.words >= 2 for row in follows[:3])


def _form(row: Line, table: Mapping[str, Any]) -> bool:
    return row.words <= 30 and (
        whole(row.folded, table["forms"]) or starts(row.folded, [words for words in table["forms"] if " " in words])
    )


def _named_stamp(rows: list[Line], place: int, lexicon: Mapping[str, Any]) -> bool:
    """A short name, perhaps printed twice, then a line that is a stamp, then words; and no title or byline in that place."""
    row = rows[place]
    if not _namelike(row):
        return False
    after = place + 1
    doubled = after < len(rows) and rows[after].folded == row.folded
    after += doubled
    if after + 1 >= len(rows) or not (stamp(rows[after]) and is_date(rows[after], lexicon)):
        return False
    return doubled or (_clocked(rows[after].text) and rows[after + 1].words >= 3)


_CLOCK = re.compile(r"\d{1,2}:\d\d|\bago\b")


def _clocked(words: str) -> bool:
    return bool(_CLOCK.search(words))


def _namelike(row: Line) -> bool:
    return row.words <= 5 and len(row.text) <= 40 and not row.stops and not row.text.lower().startswith(("by ", "source"))


def _says(rows: list[Line], place: int) -> bool:
    row = rows[place]
    return (
        bool(_SAYS.match(row.text))
        and row.text.rstrip().endswith(":")
        and row.words <= 12
        and place + 1 < len(rows)
        and _dated_near(rows, place)
    )


def _dated_near(rows: list[Line], place: int) -> bool:
    return stamp(rows[place]) or stamp(rows[place + 1])


def _zone(rows: list[Line], begin: int, table: Mapping[str, Any], lexicon: Mapping[str, Any]) -> None:
    ended = False
    forms = False
    for place, row in enumerate(rows[begin:], begin):
        if row.kind is not None:
            continue
        folded = fold(row.text)
        if ended:
            continue
        if place == begin:
            row.kind = "reader_comment"
            continue
        if starts(folded, table["closed"]) and row.words <= 8:
            row.kind, ended = "boilerplate", True
        elif _form(row, table):
            row.kind, forms = "boilerplate", forms or row.words >= 3
        elif forms and not _named_stamp(rows, place, lexicon):
            row.kind = "boilerplate"
        elif is_month(row) or (listed(row, lexicon) == "boilerplate" and not whole(folded, table["furniture"])):
            row.kind, ended = "boilerplate", True
        elif whole(folded, lexicon["related"]["headers"]) and not whole(folded, table["furniture"]):
            ended = True
        else:
            row.kind = "reader_comment"


def _numbered_run(rows: list[Line], table: Mapping[str, Any]) -> None:
    """The numbered paragraphs, from 1, that stand right before "Comments are closed."."""
    for place, row in enumerate(rows):
        if row.words <= 8 and starts(row.folded, table["closed"]):
            begin = _first_of_run(rows, place)
            for comment in rows[begin:place]:
                if comment.kind is None:
                    comment.kind = "reader_comment"
            row.kind = row.kind or "boilerplate"
            return


def _first_of_run(rows: list[Line], end: int) -> int:
    lowest, at = None, end
    for place in range(end - 1, max(-1, end - 400), -1):
        match = _NUMBERED.match(rows[place].text)
        if match:
            number = int(match[1])
            if lowest is not None and number != lowest - 1:
                break
            lowest, at = number, place
            if number == 1:
                return at
    return at if lowest == 1 else end
