"""lines with the markup's labels -> every line typed"""

from collections.abc import Mapping
from typing import Any

from secondsource.model import Page
from secondsource.segment.lines import Line, fold
from secondsource.segment.places import inner

_FURNITURE = frozenset({"nav", "footer", "share", "newsletter", "form", "tags", "sidebar", "button"})


def mark(rows: list[Line], lexicon: Mapping[str, Any], page: Page) -> None:
    """Main text is body; around it the labels and the title hints decide."""
    title = _title(rows, page)
    for row in rows:
        if row is title:
            row.kind = "title"
        elif "main" in row.labels:
            row.kind = _in_main(row, title)
        elif row.kind is None:
            row.kind = _outside(row)


def _title(rows: list[Line], page: Page) -> Line | None:
    said = [fold(hint.value) for hint in page.hints if hint.name in ("headline", "og:title", "title", "twitter:title")]
    for row in rows:
        if row.tag == "h1" and row.folded and any(row.folded in words or words in row.folded for words in said):
            return row
    for row in rows:
        if row.words >= 4 and any(words.startswith(row.folded) for words in said):
            return row
    return next((row for row in rows if row.tag == "h1" and row.words >= 3), None)


def _in_main(row: Line, title: Line | None) -> str:
    if row.kind in ("photo_credit", "caption", "editors_note", "origin_line", "reader_comment"):
        return row.kind
    if row.kind in ("boilerplate", "advert", "related_link", "byline", "date_line") and row.words <= 30:
        return row.kind
    if title is not None and row.folded == title.folded:
        return "title"
    if row.tag in ("h2", "h3", "h4", "h5", "h6"):
        return "subheading"
    if "figure" in row.labels:
        return "caption"
    return "body" if row.tag != "p" else "body" if row.stops else inner(row) if row.words < 12 else "body"


def _outside(row: Line) -> str:
    if "comment" in row.labels:
        return "reader_comment" if row.words >= 3 and "form" not in row.labels else "boilerplate"
    if row.labels & _FURNITURE:
        return "boilerplate"
    if "advert" in row.labels:
        return "advert"
    if "bio" in row.labels and row.words >= 8:
        return "bio"
    if "figure" in row.labels:
        return "caption" if row.words >= 4 else "photo_credit"
    if "byline" in row.labels and row.words <= 12:
        return "byline"
    if "time" in row.labels and row.words <= 12:
        return "date_line"
    if row.words >= 4 and ("related" in row.labels or "link" in row.labels):
        return "related_link"
    return "boilerplate"
