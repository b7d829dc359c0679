"""lines with the markup's labels -> every line typed"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from secondsource.model import Page
from secondsource.segment import places
from secondsource.segment.lines import Line, fold, sentence, whole

_FURNITURE = frozenset({"nav", "footer", "share", "newsletter", "form", "tags", "sidebar", "button"})
_STRONG = frozenset({"comment", "nav", "related"})  # a frame's only when it holds nearly everything
_OWN = ("photo_credit", "caption", "editors_note", "origin_line", "reader_comment")


def mark(rows: list[Line], lexicon: Mapping[str, Any], page: Page) -> None:
    """Main text is body; around it the labels and the title hints decide."""
    _void_wide_labels(rows)
    if not any("main" in row.labels for row in rows):
        _without_main(rows)
    title = _title(rows, page)
    at = next((place for place, row in enumerate(rows) if row is title), -1)
    first = next((place for place, row in enumerate(rows) if "main" in row.labels and row is not title), 0)
    commented = any("comment" in row.labels and row.words >= 4 and place > first for place, row in enumerate(rows))
    _credits(rows, at if at >= 0 else first, first)
    for place, row in enumerate(rows):
        if row is title:
            row.kind = "title"
        elif "comment" in row.labels and "form" not in row.labels:
            furniture = (row.kind == "boilerplate" and row.words > 1) or (place < first and row.words <= 15) or not commented
            row.kind = "boilerplate" if furniture else "reader_comment"
        elif "main" in row.labels:
            row.kind = _in_main(row, title, above=place < at)
        elif row.kind is None:
            row.kind = _outside(row, lexicon)
    _runs(rows, lexicon)


def _credits(rows: list[Line], title: int, first: int) -> None:
    """A bare name is a credit only beside the report: by its title, or right below it. Elsewhere it is the site's or a link."""
    last = max((place for place, row in enumerate(rows) if "main" in row.labels), default=first)
    for place, row in enumerate(rows):
        near = title - 3 <= place <= max(first, title) + 3 or last - 1 <= place <= last + 2 or "main" in row.labels
        if row.kind == "origin_line" and row.words <= 6 and (not near or "link" in row.labels or row.labels & _FURNITURE):
            row.kind = None


def _void_wide_labels(rows: list[Line]) -> None:
    """A label that lies on a large part of the main text tells of the page's frame and nothing of its parts."""
    size: Counter[str] = Counter()
    total = 0
    for row in rows:
        if "main" in row.labels:
            total += len(row.text)
            for label in row.labels:
                size[label] += len(row.text)
    wide = frozenset(
        label for label, chars in size.items()
        if chars * 10 > total * (9 if label in _STRONG else 6) and label not in ("main", "body", "article")
    )  # fmt: skip
    if wide:
        for row in rows:
            row.labels -= wide


def _without_main(rows: list[Line]) -> None:
    """No reader of markup found a report: paragraphs that read like one, outside of furniture, are taken."""
    for row in rows:
        if (
            row.kind is None
            and not row.labels & (_FURNITURE | {"comment", "related", "advert", "link"})
            and row.full_stop
            and row.words >= 5
        ):
            row.labels |= {"main"}


def _title(rows: list[Line], page: Page) -> Line | None:
    said = [fold(hint.value) for hint in page.hints if hint.name in ("headline", "og:title", "title", "twitter:title")]
    site = {fold(hint.value) for hint in page.hints if hint.name in ("og:site_name", "publisher", "application-name")}
    free = [row for row in rows if row.folded and row.folded not in site and not row.labels & {"comment", "footer", "related"}]
    for tags in (("h1",), ("h1", "h2", "h3", "h4")):
        matched = [
            row for row in free
            if row.tag in tags and row.words >= 2 and any(row.folded in words or words in row.folded for words in said if words)
        ]  # fmt: skip
        if matched:
            return max(matched, key=lambda row: min(row.words, 8))  # the site's name may be a heading, too
    for row in free:
        if row.words >= 4 and "link" not in row.labels and any(words.startswith(row.folded) for words in said):
            return row
    heading = next((row for row in free if row.tag == "h1" and row.words >= 3 and "nav" not in row.labels), None)
    return heading or _first_line(free)


def _first_line(rows: list[Line]) -> Line | None:
    """Without any heading: the last free line of three words and more above the report, itself no sentence."""
    first = next((place for place, row in enumerate(rows) if "main" in row.labels and sentence(row)), 0)
    above = [row for row in rows[:first] if row.kind is None and row.words >= 3 and not row.labels & (_FURNITURE | {"link"})]
    return above[-1] if above else None


def _in_main(row: Line, title: Line | None, *, above: bool) -> str:
    if row.kind in _OWN:
        return str(row.kind)
    if title is not None and row.folded == title.folded:
        return "title"
    special = _special(row)
    if special:
        return special
    if row.kind == "date_line" and row.tag in ("td", "li", "dd"):
        return "body"
    if row.kind in ("boilerplate", "advert", "related_link", "byline", "date_line") and row.words <= 30:
        return str(row.kind)
    if above and "link" in row.labels and row.words <= 8:
        return "boilerplate"
    if row.tag in ("h2", "h3", "h4", "h5", "h6"):
        return "subheading"
    if "figure" in row.labels:
        return "photo_credit" if "credit" in row.labels else "caption"
    if row.tag != "p" or row.stops or row.words >= 12:
        return "body"
    return "body" if places.inner(row) == "related_link" and "link" not in row.labels else places.inner(row)


def _special(row: Line) -> str | None:
    """What stands inside the main text and is marked as no part of it."""
    labels = row.labels
    if "bio" in labels:
        return "bio"
    if "advert" in labels:
        return "advert"
    if "related" in labels and ("link" in labels or row.words <= 4):
        return "related_link"
    if "nav" in labels and "link" in labels:
        return "boilerplate"
    if (
        labels & {"newsletter", "share", "form", "tags", "nav", "button"}
        and row.words <= 40
        and not (row.full_stop and row.words > 15)
    ):
        return "boilerplate"
    if "byline" in labels and row.words <= 8 and not row.full_stop:
        return "byline"
    if "time" in labels and row.words <= 8 and any(sign.isdigit() for sign in row.text):
        return "date_line"
    return None


def _outside(row: Line, lexicon: Mapping[str, Any]) -> str:
    if row.labels & _FURNITURE and "bio" not in row.labels:
        return "related_link" if "related" in row.labels and row.words >= 4 and "link" in row.labels else "boilerplate"
    if "advert" in row.labels:
        return "advert"
    if "bio" in row.labels and row.words >= 3:
        return "bio"
    if "figure" in row.labels and row.words >= 2:
        return "photo_credit" if "credit" in row.labels or row.words < 4 else "caption"
    if "byline" in row.labels and row.words <= 12:
        return "byline"
    if "time" in row.labels and row.words <= 12:
        return "date_line"
    if "related" in row.labels or (row.words >= 4 and "link" in row.labels):
        return "related_link"
    if row.words <= 6 and whole(row.folded, lexicon["related"]["headers"]):
        return "related_link"
    return "boilerplate"


def _runs(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """After a heading like "Most read", links are other articles' headlines."""
    running = False
    for row in rows:
        if row.kind in ("boilerplate", "related_link") and row.words <= 6 and whole(row.folded, lexicon["related"]["headers"]):
            running = row.tag in ("h2", "h3", "h4", "h5", "h6") or "related" in row.labels
            row.kind = "related_link" if running else row.kind
        elif running and row.kind in ("boilerplate", "related_link") and "link" in row.labels and "footer" not in row.labels:
            row.kind = "related_link"
        elif "link" not in row.labels:
            running = False
