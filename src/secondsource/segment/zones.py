"""page -> its typed segments: title, body, notes, comments, adverts and the rest

One code for plain text and for markup: a page is a row of lines (paragraphs). What a line says by itself is settled first
(notes, comment zone, listed phrases), then what its place among the others makes of it. A lone sentence is body.
"""

import re
from collections.abc import Mapping
from typing import Any

from secondsource.model import Page, Segment, SegmentKind
from secondsource.segment import comments, places
from secondsource.segment.lines import Line, has, is_date, is_month, lines, listed, starts

_TAIL_ORIGIN = re.compile(r"(?<=[.!?”\"’)])\s{1,4}(\(?(?:Source|Via|SOURCE|Sources): ?[A-Z][^.!?\n]{1,60}\)?\.?)$")
_NOTE_BOUND = 60  # lines that a bracketed note may run


def zones(page: Page, lexicon: Mapping[str, Any]) -> tuple[Segment, ...]:
    """The segments of the page, in order, without overlap. Every character that is no space at a line's end is in one."""
    rows = lines(page)
    if not rows:
        return ()
    if len(rows) == 1 and not page.blocks:
        rows[0].kind = "body"
    else:
        notes(rows, lexicon)
        comments.mark(rows, lexicon)
        for row in rows:
            if row.kind is None:
                row.kind = alone(row, lexicon)
        places.mark(rows, lexicon, page)
    return tuple(_segments(page.text, rows))


def notes(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """Mark editors' notes. One that opens with a bracket goes on until the bracket closes, many lines later if need be."""
    place = 0
    while place < len(rows):
        row = rows[place]
        size = _note_length(rows, place, lexicon)
        for noted in rows[place : place + size]:
            noted.kind = "editors_note"
        place += max(size, 1)
        del row


def _note_length(rows: list[Line], place: int, lexicon: Mapping[str, Any]) -> int:
    row = rows[place]
    opened = next((sign for sign in "[({" if row.text.startswith(sign)), None)
    if not starts(row.folded, lexicon["note"]["starts"]):
        return 0
    head = next(words for words in sorted(lexicon["note"]["starts"], key=len, reverse=True) if starts(row.folded, (words,)))
    after = row.folded[len(head) :].lstrip(" )]")
    if after and after[0] not in lexicon["note"]["closes"] and not (row.text.isupper() and row.words < 6):
        return 0
    if opened:
        closing = {"[": "]", "(": ")", "{": "}"}[opened]
        depth = 0
        for size, noted in enumerate(rows[place : place + _NOTE_BOUND], 1):
            depth += noted.text.count(opened) - noted.text.count(closing)
            if depth <= 0:
                return size
        return 1
    if not after.strip(" :-–—."):
        return 2 if place + 1 < len(rows) else 1
    return 1


def alone(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """The kind that a line's own words give, or None."""
    if is_month(row):
        return "boilerplate"
    if is_date(row, lexicon):
        return "date_line"
    folded = row.folded
    if row.words <= 60 and (
        starts(folded, lexicon["credit"]["starts"]) or (row.words <= 25 and has(folded, lexicon["credit"]["has"]))
    ):
        return _credit(row, lexicon)
    if row.words <= 60 and (starts(folded, lexicon["caption"]["starts"]) or _ends(row, lexicon)):
        return "caption"
    if row.words <= 45 and (starts(folded, lexicon["origin"]["starts"]) or has(folded, lexicon["origin"]["has"])):
        return "origin_line"
    if re.match(r"(?:…|\.\.\.|[-–—] ?)?from [A-Z]", row.text) and row.words <= 8 and not row.full_stop:
        return "origin_line"
    kind = listed(row, lexicon)
    if kind:
        return kind
    if row.words <= 14 and starts(folded, lexicon["byline"]["starts"]) and not row.full_stop:
        return "byline"
    return None


def _credit(row: Line, lexicon: Mapping[str, Any]) -> str:
    """A credit alone, or a caption that carries one at its end."""
    if starts(row.folded, lexicon["credit"]["starts"]) or has(row.folded, ("is licensed under",)):
        return "photo_credit"
    return "caption" if row.words >= 10 else "photo_credit"


def _ends(row: Line, lexicon: Mapping[str, Any]) -> bool:
    words = " ".join(row.text.lower().split())
    return row.words <= 40 and words.endswith(tuple(lexicon["caption"]["ends"]))


def _segments(text: str, rows: list[Line]) -> list[Segment]:
    """Rows as segments: body runs together; others only with no more than one blank line between; titles never."""
    made: list[Segment] = []
    for row in rows:
        kind: SegmentKind = row.kind or "boilerplate"  # type: ignore[assignment]
        tail = _TAIL_ORIGIN.search(row.text) if kind == "body" else None
        end = row.start + tail.start(1) if tail else row.end
        stop = row.start + len(text[row.start : end].rstrip())
        last = made[-1] if made else None
        joins = kind == "body" or (kind not in ("title", "byline", "date_line", "subheading", "related_link") and row.gap <= 1)
        if last and last.kind == kind and joins:
            made[-1] = Segment(kind=kind, start=last.start, end=stop)
        else:
            made.append(Segment(kind=kind, start=row.start, end=stop))
        if tail:
            made.append(Segment(kind="origin_line", start=end, end=row.end))
    return made
