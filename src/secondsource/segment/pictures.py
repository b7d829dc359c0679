"""lines -> captions, told by their shape

A credit in brackets at the end, sides of a picture in brackets, the same words printed twice around a caption. For plain text:
markup tells as much by its labels.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from secondsource.segment.lines import Line, is_person

_BRACKET = re.compile(r"(?P<open>[(\[]{1,2})(?P<credit>[^()\[\]\n]{2,60})[)\]]{1,2}\s{0,2}$")
_SLASHED = re.compile(r"(?:^|[\s.])(?:/|\||©)\s{0,2}(?P<credit>[^/|()\n]{2,40}(?:\s?/\s?[^/|()\n]{2,40})?)$")
_PICTURE = re.compile(
    r"(?i)\b(?:photos?|pictures?|image|file|handout|pool|courtesy|getty|screengrab|screenshot|archive|stock|via)\b"
)
_SIDE = re.compile(
    r"\((?:[LRClrc]|(?:second|third|fourth) from (?:the )?(?:left|right)|(?:far |top |bottom )?left|right|cent(?:re|er)|top|"
    r"bottom|file)\)"
)
_SIDES = re.compile(r", (?:(?:second|third|top|far|front) )?(?:left|right|cent(?:re|er)),")


# The photographer before the agency, and an agency's own form of a credit, which no report prints elsewhere.
_BY_NAME = re.compile(
    r"[(\[]{1,2}[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3}\s?/\s?[A-Z][^()\[\]/]{1,30}[)\]]{1,2}\s{0,2}$"
)
_AGENCY_PHOTO = re.compile(r"\((?:AP|AFP|EPA|Reuters|REUTERS) Photo\s?[/)]")
_TOLD = re.compile(r"[.!?][\"”’]?\s{0,2}[(\[]{1,2}[^()\[\]]*[)\]]{1,2}\s{0,2}$")
_LABEL = re.compile(r"(?i)(?:image |photo |picture |media |video )?caption\s?[,:]?")


def mark(rows: Sequence[Line], lexicon: Mapping[str, Any]) -> None:
    """Type captions among lines that are not typed yet."""
    credited = [place for place, row in enumerate(rows) if row.kind is None and row.words <= 65 and _credited(row, lexicon)]
    last = max((place for place, row in enumerate(rows) if row.kind is None and row.words >= 8), default=-1)
    lead = next((place for place, row in enumerate(rows) if place not in credited and row.full_stop and row.words >= 12), -1)
    few = len({rows[place].folded for place in credited}) * 3 <= len(rows)  # else these are reports, each with its agency
    for place in credited:
        told = bool(_TOLD.search(rows[place].text))  # the credit stands after a full stop
        if place < last and (not told or (place < lead and few) or _BY_NAME.search(rows[place].text)):
            rows[place].kind = "caption"
    for place, row in enumerate(rows):
        if row.kind is None and place < last and _AGENCY_PHOTO.search(row.text):
            row.kind = "caption"
    for row, below in itertools.pairwise(rows):
        if row.kind is None and below.kind == "photo_credit" and not below.gap and row.words <= 40 and below.text[0] in "([":
            row.kind = "caption"
    for row in rows:
        if row.kind is None and 3 <= row.words <= 65 and (_sided(row) or _dated(row)):
            row.kind = "caption"
    for row, below in itertools.pairwise(rows):
        if _LABEL.fullmatch(row.text) and below.kind in (None, "related_link", "subheading"):
            row.kind = below.kind = "caption"
    _printed_twice(rows)
    _above_the_title(rows)


def _credited(row: Line, lexicon: Mapping[str, Any]) -> bool:
    match = _BRACKET.search(row.text) or _SLASHED.search(row.text)
    if match is None or row.words < 4:
        return False
    parts = [part.strip(" .").lower() for part in re.split(r"\s?[/,|;&]\s?|\svia\s", match["credit"])]
    known = (*lexicon["origin"]["names"], *lexicon["origin"]["letters"])
    return any(part in known for part in parts) or bool(_PICTURE.search(match["credit"]))


def _sided(row: Line) -> bool:
    """Who stands where in the picture."""
    marks = len(_SIDE.findall(row.text))
    return marks >= 2 or (marks == 1 and not row.full_stop) or len(_SIDES.findall(row.text)) >= 2


def _printed_twice(rows: Sequence[Line]) -> None:
    """The words that stand for a picture, and again at the head of its caption."""
    for row, below in itertools.pairwise(rows):
        if row.kind is None and below.kind == "caption" and row.words >= 3 and below.folded.startswith(row.folded.rstrip(".")):
            row.kind = "caption"
    lead = next((place for place, row in enumerate(rows) if row.kind is None and row.full_stop and row.words >= 12), len(rows))
    for row, below in itertools.pairwise(rows[lead:]):
        if row.kind is None and below.kind == "caption" and row.gap and not below.gap and row.words <= 6 and not row.stops:
            row.kind = "caption"


def echoes(rows: Sequence[Line], title: int) -> None:
    """Below the headline, the words that stand for a picture: right above its caption, or repeated by the lead."""
    for row, below in itertools.pairwise(rows[title + 1 :]):
        short = row.kind is None and 3 <= row.words <= 12 and not row.stops and not is_person(row.text)
        if short and ((below.kind == "caption" and not below.gap) or (below.full_stop and below.folded.startswith(row.folded))):
            row.kind = "caption"
        if below.full_stop and below.words >= 12 and below.kind is None:
            return


def _above_the_title(rows: Sequence[Line]) -> None:
    """A page that begins with a sentence printed twice, and a headline below: the words for its first picture."""
    free = [row for row in rows if row.kind is None]
    if len(free) < 4 or not free[0].full_stop or free[0].words < 6 or free[0].folded != free[1].folded:
        return
    if not free[2].full_stop and free[2].words >= 4:
        free[0].kind = free[1].kind = "caption"


_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Mar\.|Apr\.|"
    r"Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.) \d{1,2}, (?:19|20)\d\d(?:\.(?:[A-Z][\w'’-]{1,20} ?){2,3})?$"
)


def _dated(row: Line) -> bool:
    """A long line that ends in a full date and without a stop says when a picture was taken."""
    return row.words >= 10 and bool(_DATED.search(row.text))


def is_office_holder(row: Line, lexicon: Mapping[str, Any]) -> bool:
    """A name with an office and no more, "Norvik Foreign Minister Ann Lee": who is in the picture, not who wrote."""
    words = row.text.split()
    if not 3 <= len(words) <= 8 or row.stops:
        return False
    named = row.text.rsplit(None, 2)
    if len(named) == 3 and is_person(f"{named[1]} {named[2]}") and named[0].split()[-1] in lexicon["caption"]["offices"]:
        return not is_person(row.text) and words[0][:1].isupper()
    capitals = all(word[:1].isupper() or word in ("of", "and", "for", "the") for word in words)
    held = any(word.strip(",.'’").lower() in lexicon["caption"]["offices"] for word in words[:-1])
    return capitals and held and (len(words) > 5 or is_person(row.text))
