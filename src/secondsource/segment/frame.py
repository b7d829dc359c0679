"""lines -> what frames the report: stand-ins for pictures, pleas, the page's foot, lists of other articles"""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from secondsource.segment.lines import Line, has, is_person, is_signature, runs_on, sentence, whole

_SUFFIX = re.compile(r" - ([A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{1,20}){0,3})$")


def picture_texts(rows: list[Line]) -> None:
    """Lines that end alike, " - Norvik News", twice and more: what stands for pictures in a page without them."""
    ends = [match[1] if (match := _SUFFIX.search(row.text)) else None for row in rows]
    for row, end in zip(rows, ends, strict=True):
        if end is not None and row.kind is None and ends.count(end) >= 2:
            row.kind = "caption"


def by_alone(rows: list[Line]) -> None:
    """ "By" on a line of its own: the next line says by whom."""
    for row, below in itertools.pairwise(rows):
        if row.folded in ("by", "by:") and below.words <= 5 and not below.full_stop:
            row.kind = below.kind = "byline"


_PLEA = re.compile(
    r"^your (?:support|donation|contribution|subscription|membership)\b|"
    r"^(?=.{0,400}\b(?:we|our|us)\b)(?=.{0,400}\byour?\b)(?=.{0,400}\b(?:support|donat|subscri|contribut|membership))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[\"“”]|\b(?:said|told|says)\b")


def pleas(rows: list[Line]) -> None:
    """The page asks its readers for support: such a line, and what it says of itself between two of them."""
    asked = [
        place for place, row in enumerate(rows) if row.kind is None and _PLEA.match(row.text) and not _SPOKEN.search(row.text)
    ]
    for place in asked:
        rows[place].kind = "boilerplate"
    for first, last in itertools.pairwise(asked):
        between = rows[first + 1 : last]
        if len(between) <= 2 and all(re.search(r"\b(?:we|our|us)\b", row.text) for row in between):
            for row in between:
                row.kind = row.kind or "boilerplate"


def above_the_head(rows: list[Line]) -> None:
    """Sentences above a headline with its name and date: a headline is the long line without a stop right above those."""
    for place, row in enumerate(rows[:30]):
        if row.kind != "date_line" or not place:
            continue
        at = place - 1
        if at and (rows[at].kind == "byline" or (rows[at].kind is None and is_signature(rows[at].text))):
            at -= 1
        above = [other for other in rows[:at] if other.kind is None and sentence(other)]
        headed = rows[at].kind is None and not sentence(rows[at]) and rows[at].words >= 4 and not rows[at].text.endswith(":")
        titled = any(other.kind is None and other.words >= 4 and not other.stops for other in rows[:at])
        if (
            headed
            and not titled
            and 0 < len(above) <= 3
            and sum(sentence(other) for other in rows[place:] if other.kind is None) > len(above)
        ):
            for other in rows[:at]:
                other.kind = other.kind or "boilerplate"
        return


def foot(rows: list[Line]) -> None:
    """The page's own words at its end: a section set apart by a wider gap, a third of whose lines are known furniture."""
    gaps = sorted(row.gap for row in rows[1:])
    usual = gaps[len(gaps) // 2] if gaps else 0
    end = len(rows)
    while end and rows[end - 1].kind in ("reader_comment", "boilerplate", "related_link", "advert"):
        end -= 1
    starts_at = [place for place, row in enumerate(rows) if row.gap > usual and place]
    begin = next((place for place in reversed(starts_at) if place < end), None)
    if begin is None or not end:
        return
    stop = next((place for place in starts_at if place > begin), len(rows))
    section = rows[begin:stop]
    known = sum(row.kind == "boilerplate" for row in section)
    told = [
        sum(row.words for row in part if row.kind is None and sentence(row))
        for part in (section, [*rows[:begin], *rows[stop:]])
    ]
    if told[0] > told[1]:
        return  # more is told here than anywhere else: this is the report
    if known * 3 >= len(section) and any(row.kind is not None for row in rows[:begin]) | (begin > 2):
        for row in section:
            row.kind = row.kind or (None if row.words >= 16 and runs_on(row) and row is section[0] else "boilerplate")


_NON = re.compile(r"\bnon-[A-Z][A-Za-z]{1,12}\b")


def voice(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """Where the page speaks of itself below the report, and the heading above that."""
    end = len(rows)
    while end and rows[end - 1].kind in ("reader_comment", "boilerplate", "related_link", "advert", "bio"):
        end -= 1
    least = end * 2 // 5
    for place in range(len(rows) - 1, least, -1):
        row = rows[place]
        if row.kind is not None:
            continue
        below = rows[place + 1] if place + 1 < len(rows) else None
        own = (
            has(row.folded, lexicon["foot"]["has"])
            or bool(_NON.search(row.text))
            or (row.folded.startswith("about ") and not row.stops and row.words <= 10)
        )
        above = rows[place - 1] if place else None
        own = own or (
            above is not None and above.kind == "boilerplate" and row.words <= 20 and bool(re.search(r"\byour?\b", row.folded))
        )
        if (own and not re.search(r"[\"“”]|\bsaid\b", row.text)) or (
            below is not None
            and below.kind == "boilerplate"
            and below.words >= 15
            and not row.stops
            and row.words <= 14
            and not is_person(row.text)
        ):
            row.kind = "boilerplate"
        elif sentence(row):
            return


def plea(rows: list[Line]) -> None:
    """What stands between an editor's note and the line with the date is neither note nor report."""
    for place, row in enumerate(rows[:30]):
        if row.kind == "date_line" and place:
            above = place
            while above and rows[above - 1].kind in (None, "boilerplate") and place - above < 3:
                above -= 1
            if above and rows[above - 1].kind == "editors_note":
                for between in rows[above:place]:
                    between.kind = "boilerplate"
            return


def related_runs(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """After a heading like "Related stories", headlines are other articles'; the last above the report is its own."""
    running = False
    lead = next((place for place, row in enumerate(rows) if row.kind is None and sentence(row)), 0)
    own = next((row for row in reversed(rows[:lead]) if row.kind is None and row.words >= 4), None)
    for place, row in enumerate(rows):
        if (
            row.words <= 6
            and whole(row.folded, lexicon["related"]["headers"])
            and row.kind in (None, "boilerplate", "related_link")
        ):
            follows = rows[place + 1] if place + 1 < len(rows) else None
            running = follows is not None and follows.kind in (None, "related_link", "date_line") and _headline(follows)
            running = running and follows is not own
            row.kind = "related_link" if running else "boilerplate"
        elif running and row.kind == "date_line" and place > lead:
            row.kind = "related_link"  # the day of that article
        elif running and row.kind is None and row is not own and _headline(row):
            row.kind = "related_link"
        elif row.kind not in ("related_link", "date_line"):
            running = False


def _headline(row: Line) -> bool:
    teaser = row.words <= 80 and row.text.rstrip().endswith(("…", "...", "[…]", "[...]"))
    return teaser or (row.words <= 25 and (not row.full_stop or row.text.endswith("?")))
