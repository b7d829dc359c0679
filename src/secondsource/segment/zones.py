"""page -> its typed segments: title, body, notes, comments, adverts and the rest

One code for plain text and for markup: a page is a row of lines (paragraphs). What a line says by itself is settled first
(notes, comment zone, listed phrases), then what its place among the others makes of it. A lone sentence is body.
"""

import re
from collections.abc import Mapping
from typing import Any

from secondsource.model import Page, Segment, SegmentKind
from secondsource.segment import comments, places
from secondsource.segment.lines import (
    Line,
    has,
    is_date,
    is_date_text,
    is_month,
    is_person,
    lines,
    listed,
    starts,
    tail_origin,
    whole,
)

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
        comments.mark(_after_main(rows), lexicon)
        for row in rows:
            if row.kind is None and not _settled(row):
                row.kind = alone(row, lexicon)
        places.mark(rows, lexicon, page)
    return tuple(_segments(page.text, rows, lexicon))


def _settled(row: Line) -> bool:
    """Markup leaves nothing to ask of its words: a long paragraph of the main text, or a link outside of it."""
    if "main" in row.labels:
        return row.words > 60
    return "link" in row.labels or "nav" in row.labels


def _after_main(rows: list[Line]) -> list[Line]:
    """Where markup shows the main text, readers' words are sought below it only."""
    last = max((place for place, row in enumerate(rows) if "main" in row.labels), default=-1)
    return rows[last + 1 :] if last >= 0 else rows


def notes(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """Mark editors' notes. One that opens with a bracket goes on until the bracket closes, many lines later if need be."""
    place = 0
    while place < len(rows):
        size = _note_length(rows, place, lexicon)
        for noted in rows[place : place + size]:
            noted.kind = "editors_note"
        place += max(size, 1)


def _note_length(rows: list[Line], place: int, lexicon: Mapping[str, Any]) -> int:
    row = rows[place]
    opened = next((sign for sign in "[({" if row.text.startswith(sign)), None)
    if row.labels & {"link", "nav", "footer"} or not starts(row.folded, lexicon["note"]["starts"]):
        return 0
    head = next(words for words in sorted(lexicon["note"]["starts"], key=len, reverse=True) if starts(row.folded, (words,)))
    after = row.folded[len(head) :].lstrip(" )]")
    if starts(head, lexicon["note"]["sentences"]):
        return 1 if row.words <= 60 else 0
    if after and after[0] not in lexicon["note"]["closes"] and not (row.text.isupper() and row.words < 6):
        return 0
    if opened:
        closing = {"[": "]", "(": ")", "{": "}"}[opened]
        depth = 0
        for size, noted in enumerate(rows[place : place + _NOTE_BOUND], 1):
            depth += noted.text.count(opened) - noted.text.count(closing)
            if depth <= 0:
                return size
        return _unclosed(rows, place)
    if not after.strip(" :-–—."):
        return 2 if place + 1 < len(rows) and rows[place + 1].words >= 5 else int(row.words > 1)
    return 1


_SIGNATURE = re.compile(r"[.!?…”\"] ?[–—-] ?[A-Z][\w.’' -]{2,40}$")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,40}[^–—\n-]{0,40}(?: [–—]| -) ")


def _unclosed(rows: list[Line], place: int) -> int:
    """A note that never closes ends with a signature, or above a dateline; else it is one paragraph."""
    for size, noted in enumerate(rows[place : place + 12], 1):
        if size > 1 and _DATELINE.match(noted.text):
            return size - 1
        if _SIGNATURE.search(noted.text):
            return size
    return 1


def alone(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """The kind that a line's own words give, or None."""
    if is_month(row):
        return "boilerplate"
    if is_date(row, lexicon) or _parted_date(row, lexicon) or _placed_date(row, lexicon):
        return "date_line"
    return _picture(row, lexicon) or _origin(row, lexicon) or _furniture(row, lexicon)


def _parted_date(row: Line, lexicon: Mapping[str, Any]) -> bool:
    """Short parts between bars of which one is a date: "Norvik News | Harl | Updated: 05-03-2031"."""
    parts = [part.strip() for part in row.text.split("|")]
    if len(parts) < 2 or row.words > 24 or starts(row.folded, lexicon["byline"]["starts"]):
        return False
    return any(is_date_text(part) for part in parts) and all(
        len(part.split()) <= 4 or is_date_text(part) or part.lower().startswith("by ") for part in parts
    )


_PLACED_DATE = re.compile(r"[A-ZÀ-Þ][\w.’' -]{2,25}(?:, [A-ZÀ-Þ][\w. ]{2,20})?, (?=[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z])")


_BESIDE = re.compile(r" \((?P<credit>[^()\n]{2,30})\)(?=,? )|, (?P<last>[A-Z][\w. -]{1,28})$")


def _placed_date(row: Line, lexicon: Mapping[str, Any]) -> bool:
    """A place and a full date on a line of their own, perhaps with an agency: "Harl, March 5, 2031", "HARL (ABC) March 5 …"."""
    words = row.text
    beside = _BESIDE.search(words) if row.words <= 10 else None
    signed = False
    if beside and (beside["credit"] or beside["last"]).lower() in lexicon["origin"]["names"]:
        signed = True
        words = words[: beside.start()] + ("," if beside["credit"] else "") + words[beside.end() :]
    match = _PLACED_DATE.match(words)
    if match is None or row.words > 8 or (not signed and is_person(match[0].rstrip(", "))):
        return False
    rest = words[match.end() :]
    return is_date_text(rest) and bool(re.search(r"\b\d{4}\b", rest))


def _picture(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """A caption or a credit, or None."""
    if re.match(r"© ?(?!(?:19|20)\d\d)[^/]{2,60}/", row.text) and not has(row.folded, ("rights", "copyright")):
        return "photo_credit" if row.words <= 9 else "caption"
    if _BRACKETED.fullmatch(row.text):
        return "photo_credit"
    if row.words <= 10 and _FILE.search(row.text) and "://" not in row.text:
        return "caption"
    if row.words > 60:
        return None
    if starts(row.folded, lexicon["credit"]["starts"]) or (row.words <= 25 and has(row.folded, lexicon["credit"]["has"])):
        return _credit(row, lexicon)
    if starts(row.folded, lexicon["caption"]["starts"]) or _ends(row, lexicon):
        return "caption"
    return None


def _origin(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """A line that says whose copy this is, or None."""
    table = lexicon["origin"]
    if row.words <= 45 and (starts(row.folded, table["starts"]) or has(row.folded, table["has"])):
        return "origin_line"
    if row.words <= 6 and not row.full_stop and (whole(row.folded, table["names"]) or _media(row, lexicon)):
        return "origin_line"
    if re.match(r"(?:…|\.\.\.|[-–—] ?)?from [A-Z]", row.text) and row.words <= 8 and not row.full_stop:
        return "origin_line"
    return None


def _furniture(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """An advert, a listed phrase, a caption with its credit or a byline, or None."""
    if _CALL.search(row.text) and row.words <= 30:
        return "advert"
    kind = listed(row, lexicon)
    if kind and not (kind == "related_link" and row.full_stop and ":" not in row.text[:30]):
        return kind
    if (_TAIL_CREDIT.search(row.text) or _GLUED_CREDIT.search(row.text)) and row.words <= 60:
        return "caption"
    if row.words <= 24 and starts(row.folded, lexicon["byline"]["starts"]):
        named = row.text.lower().startswith("by ") and is_person(row.text[3:].rstrip(" ."))  # "By Ann Lee."
        return "byline" if named or not row.full_stop or starts(row.folded, _SIGN_OFFS) else None
    return None


_SIGN_OFFS = ("reporting by", "additional reporting by", "writing by", "editing by")
# A call to act in capitals at the end of a line, or a telephone number to call.
_CALL = re.compile(
    r"[-–—|:!] ?(?:JOIN|APPLY|SHOP|BUY|ORDER|CALL|BOOK|SIGN|CLICK|SUBSCRIBE|DONATE|GET|START|LEARN|"
    r"ENROL|REGISTER|TRY|DOWNLOAD|VISIT|ENTER)"
    r"(?: [A-Z]{2,12}){0,3}!?$|\b[Cc]all (?:us )?(?:on )?[+\d][\d -]{5,}"
)
_BRACKETED = re.compile(r"\([A-Z][\w.’' -]{2,40}\s?/\s?[A-Z][\w.’' -]{1,30}\)")
_FILE = re.compile(r"\w\.(?:jpe?g|png|gif|webp|tiff?|mp4)$", re.IGNORECASE)
_GLUED_CREDIT = re.compile(r"(?<=[a-z])((?:Photo|Photograph|Image|Picture|Credit): ?[A-Z][^.!?\n]{1,60})$")
_TAIL_CREDIT = re.compile(
    r"(?<=[.!?)”\"])\s{1,3}[(\[]?((?:Photo|Photographer|Photograph|Image|Picture|Credit|Foto|PHOTO|IMAGE)s?(?: (?:by|credit|"
    r"courtesy of|courtesy)\b:?|:|/| ©) ?[A-Z©][^.!?\n]{1,70}[.)\]]?)$"
)


_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|tiff?|gif)\b|licensed under|^file:|[\"“]file:")


def _credit(row: Line, lexicon: Mapping[str, Any]) -> str:
    """A credit alone, or a caption that carries one at its end."""
    if starts(row.folded, lexicon["credit"]["starts"]) or _PICTURE_FILE.search(row.folded):
        return "photo_credit"
    return "caption" if row.words >= 10 else "photo_credit"


def _media(row: Line, lexicon: Mapping[str, Any]) -> bool:
    """Capitalised words of which the last is one that names of media end with: "Tamber Press TV"."""
    words = row.text.strip("()[]–—-… ").split()
    if not 2 <= len(words) <= 5 or words[0].lower() in lexicon["origin"]["generic"]:
        return False
    return all(word[0].isupper() for word in words) and words[-1].lower() in lexicon["origin"]["endings"]


def _ends(row: Line, lexicon: Mapping[str, Any]) -> bool:
    words = " ".join(row.text.lower().split())
    return row.words <= 40 and words.endswith(tuple(lexicon["caption"]["ends"]))


_DATE_AFTER_NAME = re.compile(
    r"\s{0,2}[|•·–—,-]\s{1,2}|\s{2,4}|(?<=[a-zà-þ])\s(?=(?:\d{1,2} [A-Z]|(?:Mon|Tue|Wed|Thu|Fri|Sat|"
    r"Sun)[a-z]{0,6},? |[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{4}-))"
)


# A headline with the stamp line run into it: "… in HarlNorvik News | Harl | Updated: 05-03-2031 10:00".
_STAMPED = re.compile(r"\s?\|\s(?:[A-Z][\w .-]{2,25}\s\|\s)?(?:Updated|Created|Published|Posted)\b:?\s?\d")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][A-Za-z]{1,20}$)")
_SCRAPED = re.compile(r"date \d{4}-\d\d-\d\d(?= )")


def _unglued(words: str, place: int) -> int:
    """Where the stamp line begins: before the last word if that is glued to the headline, else at its bar."""
    match = _GLUED.search(words[:place])
    return match.start() if match else place


# After the last full stop of the report: the agency whose copy it is, or the initials of the desk ("ABC/de").
_CREDITED = re.compile(r"(?<=[.!?”\"’)])\s{1,4}(?:[–—-]{1,2}\s?)?[(\[]?(?P<name>[A-Z][\w ./-]{1,28})[)\]]?\.?$")
_INITIALS = re.compile(r"[A-Z]{2,4}/[a-z]{2,4}")


def _signed_off(row: Line, lexicon: Mapping[str, Any]) -> tuple[int, SegmentKind]:
    """Who is named after the last full stop of the report."""
    match = _CREDITED.search(row.text)
    if match is None:
        return 0, "body"
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    if _INITIALS.fullmatch(match["name"]):
        return start, "boilerplate"
    names = re.split(r"\s?[/,]\s?|\sand\s", match["name"].rstrip("."))
    return (start, "origin_line") if all(name.lower() in lexicon["origin"]["names"] for name in names) else (0, "body")


def _tail(row: Line, kind: str) -> tuple[int, SegmentKind]:
    """Where another kind begins within the row, and which; 0 for none."""
    if kind == "body" and (at := tail_origin(row.text)):
        return at, "origin_line"
    if kind == "caption" and (match := _TAIL_CREDIT.search(row.text) or _GLUED_CREDIT.search(row.text)):
        return match.start(1), "photo_credit"
    if kind == "title" and (match := _STAMPED.search(row.text)):
        return _unglued(row.text, match.start()), "date_line"
    if kind == "byline" and any(sign.isdigit() for sign in row.text):
        for match in _DATE_AFTER_NAME.finditer(row.text):
            rest = row.text[match.end() :]
            if match.start() and is_date_text(rest):
                return match.end(), "date_line"
    return 0, "body"


def _segments(text: str, rows: list[Line], lexicon: Mapping[str, Any]) -> list[Segment]:
    """Rows as segments: body runs together; others only with no more than one blank line between; titles never."""
    made: list[Segment] = []
    ending = next((row for row in reversed(rows) if row.kind == "body"), None)
    for row in rows:
        kind: SegmentKind = row.kind or "boilerplate"  # type: ignore[assignment]
        if not made and kind in ("title", "body") and (match := _SCRAPED.match(row.text)):
            made.append(Segment(kind="date_line", start=row.start, end=row.start + match.end()))
            row.start, row.text = row.start + match.end() + 1, row.text[match.end() + 1 :]
        if kind == "title" and (label := re.match(r"(?i:title|headline):\s+(?=\S)", row.text)):
            row.start, row.text = row.start + label.end(), row.text[label.end() :]
        tail, tail_kind = _tail(row, kind)
        if row is ending and not tail:
            tail, tail_kind = _signed_off(row, lexicon)
        end = row.start + tail if tail else row.end
        stop = row.start + len(text[row.start : end].rstrip())
        last = made[-1] if made else None
        joins = kind in ("body", "editors_note") or (
            kind not in ("title", "byline", "date_line", "subheading", "related_link") and row.gap <= 1
        )
        if last and last.kind == kind and joins:
            made[-1] = Segment(kind=kind, start=last.start, end=stop)
        else:
            made.append(Segment(kind=kind, start=row.start, end=stop))
        if tail:
            made.append(Segment(kind=tail_kind, start=end, end=row.end))
    return made
