"""lines, some of them typed -> every line typed, by its place among the others"""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from secondsource.model import Page
from secondsource.segment import chrome, frame, pictures, signs
from secondsource.segment.lines import Line, fold, is_person, is_signature, leads_with_date, runs_on, sentence, starts, whole

_LIST = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}[.)]|[a-z]\))\s")
_SPEECH = re.compile(r"^(?:[A-Z][A-Z .'’-]{1,30}|[QA]|[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,2}):\s")
_PLACE = re.compile(r"[A-ZÀ-Þ]{3,25}(?: [A-ZÀ-Þ]{3,25})?(?:, [A-ZÀ-Þ][\w .]{2,25})?")
_DASHED = re.compile(r"[A-ZÀ-Þ][\w.'’ -]{2,30}(?:, [A-ZÀ-Þ][\w.'’ -]{2,25})?(?: \(?[A-Z]{2,8}\)?)?\s{0,3}[—–-]{1,2}\s{0,3}")
_SLUG = re.compile(r"(?=[^\d]*\d)[A-Z0-9 /:().,–-]{6,80}")  # an agency's own name for a dispatch: capitals and figures
_HEADLINE_QUOTE = re.compile(r"^[‘“\"'«].{3,150}[’”\"'»][:,]? ?\S|^[^:]{3,80}: [‘“\"'«]?[A-Z]")


def mark(rows: list[Line], lexicon: Mapping[str, Any], page: Page) -> None:
    """Type what is left: head, body, middle, tail."""
    if page.blocks:
        from secondsource.segment import markup

        markup.mark(rows, lexicon, page)
        return
    frame.picture_texts(rows)
    frame.by_alone(rows)
    frame.pleas(rows)
    pictures.mark(rows, lexicon)
    frame.above_the_head(rows)
    chrome.mark(rows, lexicon)
    _bios(rows, lexicon)
    frame.foot(rows)
    frame.voice(rows, lexicon)
    frame.plea(rows)
    frame.related_runs(rows, lexicon)
    first, last = _bounds(rows)
    if last < 0:
        return
    if _standfirst(rows, first):
        rows[first].kind = "subheading"
        first, last = _bounds(rows)
    while last + 1 < len(rows) and rows[last + 1].kind is None and _goes_on(rows[last + 1]):
        last += 1
    head(rows, first, lexicon)
    middle(rows, first, last, lexicon)
    tail(rows, last, lexicon)
    for above, row in itertools.pairwise(rows[last + 1 :]):
        if above.kind == "related_link" and row.kind == "date_line":
            row.kind = "related_link"  # the day of that article


def _bounds(rows: list[Line]) -> tuple[int, int]:
    """The first and the last line of the body; (0, -1) where nothing is left to be one."""
    bodies = [place for place, row in enumerate(rows) if row.kind is None and sentence(row)]
    if not bodies:
        free = [place for place, row in enumerate(rows) if row.kind is None]
        if not free:
            return 0, -1
        bodies = [max(free, key=lambda place: rows[place].words)]
    first, last = bodies[0], bodies[-1]
    asked = _title_before(rows, first, bodies)
    if asked != first:
        return asked, last
    while first > 1 and rows[first - 1].kind is None and (rows[first - 1].full_stop or rows[first - 1].text.endswith(":")):
        first -= 1
    return first, last


_HEAD_MATTER = ("date_line", "byline", "caption", "photo_credit")


def _standfirst(rows: list[Line], first: int) -> bool:
    """Is the first sentence a standfirst? It is cut off and goes on below, or the head of the page goes on after it, or the
    paragraph below begins the story anew with the words of the title."""
    row = rows[first]
    below = [other for other in rows[first + 1 :] if other.kind is None and sentence(other)]
    title = next((other for other in rows[:first] if other.kind is None and other.words >= 4), None)
    above = rows[first - 1]
    if title is None or len(below) < 2 or row.words > 45 or (above.kind is None and above is not title):
        return False
    if row.text.rstrip().endswith(("…", "...")) and below[0].folded.startswith(row.folded.rstrip(". ")[:60]):
        return True
    after = rows[first + 1 : first + 3]
    if row.words <= 30 and any(other.kind in ("date_line", "byline") for other in after):
        return True
    if row.words <= 20 and after[0].kind in _HEAD_MATTER:
        return True
    return row.words <= 22 and len(_content(title) & _content(below[0])) >= len(_content(title) & _content(row)) + 3


def _content(row: Line) -> frozenset[str]:
    """The longer words, cut to five letters so that inflected forms meet."""
    return frozenset(word[:5] for word in re.findall(r"[^\W\d_]{4,}", row.folded))


def _goes_on(row: Line) -> bool:
    """May a line right below the report be its last words?"""
    return (row.full_stop and row.words >= 2) or (row.gap == 0 and "://" in row.text)


def _title_before(rows: list[Line], first: int, bodies: list[int]) -> int:
    """A first line that ends in "?" or "!" and stands apart above longer ones is a headline, not the first sentence."""
    row = rows[first]
    if len(bodies) < 2 or any(earlier.kind is None for earlier in rows[:first]):
        return first
    headed = row.text.rstrip()[-1:] in "?!" or _in_title_case(row)
    if headed and row.words <= 20 and rows[bodies[1]].words > row.words:
        return bodies[1]
    return first


def _in_title_case(row: Line) -> bool:
    """Does every longer word begin with a capital?"""
    words = re.findall(r"[^\W\d_]{4,}", row.text)
    return len(words) >= 4 and all(word[0].isupper() for word in words)


def head(rows: list[Line], first: int, lexicon: Mapping[str, Any]) -> None:
    """Above the body: title (and its repetitions), a name is a byline, the rest a deck or page furniture."""
    signs.mark_head(rows[:first], lexicon)
    free = [row for row in rows[:first] if row.kind is None]
    listed = any(row.words >= 4 and not _LIST.match(row.text) for row in free)
    spoken = [row for row in free if not (listed and _LIST.match(row.text))]
    spoken = [row for row in spoken if not (_SLUG.fullmatch(row.text) or chrome.glued(row) or leads_with_date(row))]
    title = next((row for row in spoken if row.words >= 4 and not is_person(row.text)), None)
    if title is None:
        placed = free[-1] if free and free[-1] is rows[first - 1] and _PLACE.fullmatch(free[-1].text) else None
        left = (
            row
            for row in free
            if not is_person(row.text) and not leads_with_date(row) and row is not placed and not _is_label(row)
        )
        title = next(left, None)
    if (
        title is None
        and free
        and not _is_label(free[0])
        and not leads_with_date(free[0])
        and not _PLACE.fullmatch(free[0].text)
    ):
        title = free[0]
    seen = False
    if title is not None:
        pictures.echoes(rows, next(place for place, row in enumerate(rows) if row is title))
        free = [row for row in free if row.kind is None]
    for row in free:
        if title is not None and (row is title or _same(row, title)):
            row.kind, seen = "title", True
        else:
            row.kind = _above(row, lexicon, seen=seen, last=row is free[-1] and row is rows[first - 1])
    if title is None:
        return
    for row in rows[first:]:
        if row.kind is None and row.folded == title.folded:
            row.kind = "title"
    begin = next(place for place, row in enumerate(rows) if row is title)
    if begin and rows[0].kind == "origin_line" and not starts(rows[0].folded, (*lexicon["origin"]["starts"], "from ")):
        known = whole(rows[0].folded, lexicon["origin"]["names"])
        rows[0].kind = "origin_line" if known else "boilerplate"  # the page begins with its own name
    for above, row in itertools.pairwise(rows[:begin]):
        if row.kind == "origin_line" and row.words <= 4 and above.kind == "boilerplate" and not row.gap:
            row.kind = "boilerplate"  # the site's own name in its menu, above the headline


def _is_label(row: Line) -> bool:
    """A word or two in small letters: a tag or what stands for a picture, and no headline."""
    return row.words < 3 and row.text.islower()


def _same(row: Line, title: Line) -> bool:
    """The title once more, or with the site's name after it."""
    longer, shorter = sorted((row.folded, title.folded), key=len, reverse=True)
    return longer == shorter or bool(re.match(r"\s[|–—-]\s", longer[len(shorter) :]) and longer.startswith(shorter))


def _above(row: Line, lexicon: Mapping[str, Any], *, seen: bool, last: bool) -> str:
    """A line above the body that is no title. `seen`: the title stands above it; `last`: the body follows right below."""
    if leads_with_date(row):
        return "date_line"
    if (chrome.glued(row) and row.words <= 4) or (row.words <= 4 and row.folded.split(" ")[-1] in lexicon["origin"]["endings"]):
        return "boilerplate"
    if last and (_PLACE.fullmatch(row.text) or _DASHED.fullmatch(row.text)):
        return "body"  # a dateline on a line of its own
    if row.folded.split(" ")[-1] in lexicon["origin"]["papers"]:
        return "boilerplate"
    if seen and pictures.is_office_holder(row, lexicon):
        return "caption"
    if ((seen or last) and _signed(row, lexicon)) or (starts(row.folded, lexicon["byline"]["roles"]) and row.words <= 6):
        return "byline"
    if seen and row.words >= 2 and _LIST.match(row.text):
        return "subheading"  # an agency's points above its dispatch
    return "subheading" if seen and (row.words >= 4 or (last and row.words >= 2)) else "boilerplate"


def _signed(row: Line, lexicon: Mapping[str, Any]) -> bool:
    """A name, and none that begins with a word of buttons: "Inline Replies", "Video Player"."""
    first = row.folded.split(" ")[0]
    return is_signature(row.text) and first not in lexicon["chrome"]["words"] and not chrome.glued(row)


def middle(rows: list[Line], first: int, last: int, lexicon: Mapping[str, Any]) -> None:
    """Inside the body a line without a stop is a subheading, another article's headline, or body."""
    for row in rows[first : last + 1]:
        if row.kind is None and row.words <= 4 and row.gap and row.text.islower() and row.text[0].isalpha() and not row.stops:
            row.kind = "caption"  # the words that stand for a picture
        if row.kind is None:
            row.kind = "caption" if pictures.is_office_holder(row, lexicon) else inner(row)
    headed = any(row.kind == "subheading" for row in rows[first:last])
    for row, below in zip(rows[first:last], rows[first + 1 : last + 1], strict=True):
        if (
            headed
            and row.kind == "body"
            and below.kind == "body"
            and row.words <= 8
            and row.text.endswith("?")
            and row.gap
            and row.text[0].isupper()
        ):
            row.kind = "subheading"


def inner(row: Line) -> str:
    """Body, subheading or related_link, for a line between paragraphs."""
    if sentence(row) or row.stops or row.words >= 20 or _LIST.match(row.text) or _SPEECH.match(row.text):
        related = (
            row.words <= 25
            and not row.full_stop
            and _HEADLINE_QUOTE.match(row.text)
            and row.text[0] in "‘“\"'«"
            and not row.stops
        )
        return "related_link" if related else "body"
    if row.text[:1].islower() or "://" in row.text:
        return "body"
    if row.words >= 16 and runs_on(row) and not _HEADLINE_QUOTE.match(row.text):
        return "body"  # a paragraph whose stop is lost
    if (_HEADLINE_QUOTE.match(row.text) and row.words >= 7) or row.words >= 12:
        return "related_link"
    return "subheading"


def _bios(rows: list[Line], lexicon: Mapping[str, Any]) -> None:
    """Who the author is: among the last paragraphs, beginning with a name, a form of "be" and a writer's trade."""
    begin = max(1, len(rows) - 25)
    long = [place for place, row in enumerate(rows) if row.kind is None and sentence(row)]
    late = set(long[max(1, len(long) // 2) :][-4:])
    for place in range(begin, len(rows)):
        row = rows[place]
        if row.kind is not None:
            continue
        if starts(row.folded, lexicon["bio"]["starts"]):
            row.kind = "bio"
            if row.words <= 4 and place + 1 < len(rows) and rows[place + 1].kind is None:
                rows[place + 1].kind = "bio"
        elif _after_name(row, rows[place - 1]) or (place in late and is_bio(row, rows, place, lexicon)):
            row.kind = "bio"


def _after_name(row: Line, above: Line) -> bool:
    """ "Ann Lee is a reporter" below the name alone."""
    return above.words <= 5 and row.words <= 40 and row.folded.startswith(above.folded + " is a")


_BEING = re.compile(
    r"^((?:[^\W\d_][\w.'’-]{0,30} ){1,4}?)(?:\(@?\w{1,30}\) )?(?:is|was|are|works|covers|writes|reports|has been|teaches)\b"
)


def is_bio(row: Line, rows: list[Line], place: int, lexicon: Mapping[str, Any]) -> bool:
    match = _BEING.match(" ".join(row.text.split()).lstrip("*[( "))
    if match is None:
        return False
    name = match[1].strip()
    if not is_person(name):
        return False
    others = [other for other in rows if other is not row]
    signed = any(fold(other.text).removeprefix("by ").startswith(fold(name)) and other.words <= 12 for other in others)
    if place and fold(rows[place - 1].text).removeprefix("by ") == fold(name):
        return True
    job = any(re.search(rf"\b{re.escape(word)}s?\b", row.folded[:200]) for word in lexicon["bio"]["jobs"])
    told = sum(name.split()[-1] in other.text for other in others if other.words > 12)
    return job and (signed or told == 0)


def tail(rows: list[Line], last: int, lexicon: Mapping[str, Any]) -> None:
    """Below the body: a name alone is a byline, headlines are other articles', the rest is the page's foot."""
    signs.mark_foot(rows[last + 1 : last + 4], lexicon)
    free = [row for row in rows[last + 1 :] if row.kind is None]
    for row in free:
        beside = row is rows[last + 1] or rows[last + 1].kind not in (None, "boilerplate")
        if row is rows[last + 1] and row.text.isupper() and whole(row.folded, lexicon["origin"]["letters"]):
            row.kind = "origin_line"
        elif (beside and _signed(row, lexicon)) or (starts(row.folded, lexicon["byline"]["roles"]) and row.words <= 6):
            row.kind = "byline" if not any(other.kind == "byline" for other in rows[last + 1 :]) else "boilerplate"
        elif runs_on(row) and ((row is rows[last + 1] and row.words >= 16) or (row.words >= 6 and _LIST.match(row.text))):
            row.kind = "body"
        elif row.words >= 5:
            row.kind = "related_link"
        else:
            row.kind = "boilerplate"
