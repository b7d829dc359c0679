"""page -> its lines, and what can be said of one line by itself"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from secondsource.model import Page
from secondsource.segment.wrapping import trimmed, wrapped

_MOST = 20_000  # paragraphs of one page that are told apart
_LINE = re.compile(r"[^\n]+")
_EDGES = re.compile(r"^[\s\-–—•*·|>»#=_\[({]+|[\s\-–—•*·|<«#=_\])}]+$")
_TAIL_ORIGIN = re.compile(r"(?<=[.!?”\"’)])\s{1,4}(\(?(?:Source|Via|SOURCE|Sources): ?[A-Z][^.!?\n]{1,60}\)?\.?)$")
# After the last full stop: an agency or a desk's initials, "-- ABC", "(Norvik News)", "ABC/de".
_TAIL_LETTERS = re.compile(r"(?<=[.!?”\"’)])\s{1,4}(?:[–—-]{1,2}\s?)?(?:[A-Z]{2,6}(?:/[A-Za-z]{2,6})?|\([A-Z][^()\n]{1,40}\))$")
_STOP = re.compile(r"[.!?…:;][\s\"'”’»“‘)\]*]{0,6}$|[,–—-]$|[\"”’»]$")
_FULL_STOP = re.compile(r"[.!?…][\s\"'”’»“‘)\]*]{0,6}$")
_WORD = re.compile(r"\w[\w'’.-]*")
_MADE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "…": "...", "′": "'"})
_DIGITS = re.compile(r"\d[\d,.]*")


class Line(msgspec.Struct):
    """A paragraph as the page prints it: offsets in the page's text, blank lines before it, the markup's labels."""

    start: int
    end: int
    text: str
    folded: str
    words: int
    gap: int = 0
    tag: str = ""
    labels: frozenset[str] = frozenset()
    kind: str | None = None

    @property
    def stops(self) -> bool:
        """Does it end as a sentence does, or run on?"""
        return bool(_STOP.search(_untailed(self.text)))

    @property
    def full_stop(self) -> bool:
        return bool(_FULL_STOP.search(_untailed(self.text)))


def _untailed(words: str) -> str:
    return _TAIL_LETTERS.sub("", _TAIL_ORIGIN.sub("", words))


def lines(page: Page) -> list[Line]:
    """The page's paragraphs in order: its blocks if markup gave any, else its lines, hard-wrapped ones joined."""
    if page.blocks:
        return [
            _line(page.text, start, end, 0, block.tag, frozenset(block.labels))
            for block in page.blocks
            for start, end in _within(page.text, block.start, block.end)
        ]
    spans = _unwrapped(page.text, list(_unglued(page.text, trimmed(page.text))))
    if len(spans) > _MOST:  # no report has so many: the rest stays, as one paragraph
        spans[_MOST:] = [(spans[_MOST][0], spans[-1][1], spans[_MOST][2])]
    return [_line(page.text, start, end, gap) for start, end, gap in spans]


def _within(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The lines of a block: markup that breaks lines by hand gives several."""
    for match in _LINE.finditer(text, start, end):
        words = match[0]
        if words.strip():
            yield match.start() + len(words) - len(words.lstrip()), match.end() - (len(words) - len(words.rstrip()))


def _line(text: str, start: int, end: int, gap: int, tag: str = "", labels: frozenset[str] = frozenset()) -> Line:
    words = text[start:end]
    return Line(start, end, words, fold(words), len(_WORD.findall(words)), gap, tag, labels)


# The name of a section with the date run into it: "NewsMarch 5, 2031".
_SECTION_DATE = re.compile(
    r"[A-Z][a-z]{2,14}(?=(?:January|February|March|April|May|June|July|August|September|October|November|December) "
    r"\d{1,2}, \d{4}\b)"
)


def _unglued(text: str, spans: Iterable[tuple[int, int, int]]) -> Iterable[tuple[int, int, int]]:
    for start, end, gap in spans:
        match = _SECTION_DATE.match(text, start, end)
        if match and end - start < 60:
            yield start, match.end(), gap
            start, gap = match.end(), 0
        yield start, end, gap


_FILE = re.compile(r"\w\.(?:jpe?g|png|gif|webp|tiff?|mp4)$", re.IGNORECASE | re.MULTILINE)
_SIGN_OFF = re.compile(r"\((?:(?:Additional |Further )?(?:Reporting|Writing|Editing)|Compiled|Edited|Written|With) ")


def _unwrapped(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Lines of one paragraph joined: all of them where the page is wrapped, else one that goes on in small letters."""
    at_width = wrapped(spans)
    joined: list[tuple[int, int, int]] = []
    longest = max((end - start for start, end, _ in spans), default=0)
    previous = 0
    broken = sum(b[2] == 0 and text[b[0]].islower() for b in spans[1:]) >= 2
    for start, end, gap in spans:
        goes_on = (
            joined
            and gap == 0
            and joined[-1][1] - joined[-1][0] >= 35
            and text[start].islower()
            and not _FILE.search(text, start, end)
            and not _STOP.search(text[joined[-1][0] : joined[-1][1]][-12:])
        )
        halved = (
            broken and joined and gap == 0 and previous >= 40 and not _STOP.search(text[joined[-1][0] : joined[-1][1]][-12:])
        )
        signed = _SIGN_OFF.match(text, start, end) is not None
        if goes_on or halved or (not signed and at_width and joined and gap == 0 and previous * 10 >= longest * 6):
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, gap))
        previous = end - start
    return joined


def fold(words: str) -> str:
    """Lower case, straight quotes, single spaces, no bullets and brackets at the ends."""
    folded = _EDGES.sub("", " ".join(words[:600].translate(_MADE).lower().split()))
    return folded + ")" if folded.count("(") > folded.count(")") and words.rstrip()[-1:] == ")" else folded


@lru_cache(maxsize=256)
def _alternatives(phrases: tuple[str, ...]) -> re.Pattern[str]:
    made = sorted((re.escape(phrase).replace(r"\#", r"\d[\d,.]*") for phrase in phrases), key=len, reverse=True)
    return re.compile("|".join(made) if made else r"(?!)")


@lru_cache(maxsize=256)
def _by_first(phrases: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """First character -> the pattern of the phrases that begin so; a figure stands under every digit."""
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        for sign in "0123456789" if phrase[0] == "#" else phrase[0]:
            heads.setdefault(sign, []).append(phrase)
    return {sign: _alternatives(tuple(group)) for sign, group in heads.items()}


def whole(folded: str, phrases: Iterable[str]) -> bool:
    """Is the folded line one of the phrases, a stop or colon at its end aside?"""
    pattern = _by_first(tuple(phrases)).get(folded[:1])
    return pattern is not None and bool(pattern.fullmatch(folded.rstrip(" .:!*>…")))


def starts(folded: str, phrases: Iterable[str]) -> bool:
    """Does the folded line begin with one of the phrases, as whole words?"""
    pattern = _by_first(tuple(phrases)).get(folded[:1])
    match = pattern.match(folded) if pattern else None
    if match is None:
        return False
    return match[0][-1:] in " :" or not folded[match.end() : match.end() + 1].isalnum()


def has(folded: str, phrases: Iterable[str]) -> bool:
    """Does one of the phrases stand in the folded line?"""
    return bool(_alternatives(tuple(phrases)).search(folded))


def listed(line: Line, lexicon: Mapping[str, Any]) -> str | None:
    """The kind that the table's line rules give, the first that fits."""
    for rule in lexicon["line"]:
        if line.words > rule["most"]:
            continue
        if (
            whole(line.folded, rule.get("whole", ()))
            or (rule.get("starts") and starts(line.folded, rule["starts"]))
            or (rule.get("has") and has(line.folded, rule["has"]))
        ):
            return str(rule["kind"])
    return None


_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
_WEEKDAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur",
    "thurs", "fri", "sat", "sun",
})  # fmt: skip
_NUMERIC = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?::\d\d)?(?!\d)")
_AGO = re.compile(
    r"^\W*(?:this (?:article |story |post )?(?:was |is )?)?(?:(?:updated|published|posted|more than) )?"
    r"(?:an?|\d{1,3}) (?:second|minute|min|hour|hr|day|week|month|year)s? (?:ago|old)\W*$"
)
# A machine's stamp ("2031-03-05t23:30:00z"), or the time of day of an entry of a live page.
_STAMP_ALONE = re.compile(
    r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:?\d\d)?|"
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?"
)
_PARTS = re.compile(r"[a-z]+|\d+")


def is_date(line: Line, lexicon: Mapping[str, Any]) -> bool:
    """Does the line hold a date with a day, and hardly anything else?"""
    folded = line.folded
    if line.words > 24 or not (any(sign.isdigit() for sign in folded)):
        return False
    if _AGO.match(folded) or _STAMP_ALONE.fullmatch(folded):
        return True
    numeric = bool(_NUMERIC.search(folded))
    parts = _PARTS.findall(_CLOCK.sub(" ", _NUMERIC.sub(" ", folded)))
    named = any(part in _MONTHS for part in parts) and any(
        part.isdigit() and int(part) <= 31 for part in parts if len(part) <= 2
    )
    if not (numeric or named):
        return False
    allowed = lexicon["date_line"]["words"]
    beside = (*lexicon["chrome"]["words"], *lexicon["origin"]["names"]) if line.words <= 12 else ()
    other = [
        part for part in parts
        if not part.isdigit() and part not in _MONTHS and part not in _WEEKDAYS and part not in allowed and part not in beside
    ]  # fmt: skip
    return len(other) <= (2 if starts(folded, _PUBLISHED) else 0)


_PUBLISHED = ("published", "first published", "updated", "last updated", "posted", "last modified", "date", "publication date")


def is_date_text(words: str) -> bool:
    """A date, perhaps with a time, and no other words."""
    folded = fold(words)
    numeric = bool(_NUMERIC.search(folded))
    parts = _PARTS.findall(_CLOCK.sub(" ", _NUMERIC.sub(" ", folded)))
    named = any(part in _MONTHS for part in parts) and any(part.isdigit() for part in parts)
    other = [part for part in parts if not part.isdigit() and part not in _MONTHS and part not in _WEEKDAYS]
    return (numeric or named) and all(part in _BESIDE for part in other)


_BESIDE = frozenset({
    "at", "on", "am", "pm", "a", "p", "m", "gmt", "utc", "est", "edt", "et", "ist", "bst", "cet", "cest", "msk", "the", "of",
    "published", "updated", "posted", "last", "first",
})  # fmt: skip


def leads_with_date(line: Line) -> bool:
    """A short line that begins with a full date: "October 3, 2031 Ann Lee 0 Comments"."""
    parts = line.text.split()
    if len(parts) > 10 or line.full_stop:
        return False
    return any(
        is_date_text(" ".join(parts[:count])) and re.search(r"\b\d{4}\b", " ".join(parts[:count])) for count in range(1, 6)
    )


def is_month(line: Line) -> bool:
    """Is the line only a month and a year, as in an archive widget?"""
    parts = line.folded.split()
    return len(parts) == 2 and parts[0] in _MONTHS and parts[1].isdigit() and len(parts[1]) == 4


_PERSON = re.compile(
    r"(?:(?:[^\W\d_]\.){1,3}|[^\W\d_][\w'’.-]{0,30})(?: (?:(?:[^\W\d_]\.){1,3}|[^\W\d_][\w'’-]{0,30}|"
    r"de|van|von|der|al|bin|el|da|la)){1,4}"
)
_LOWER_OK = frozenset(["de", "van", "von", "der", "al", "bin", "el", "da", "la", "and", "dos", "di", "le", "ibn", "ben"])


_NO_NAME = frozenset(
    {"where", "who", "what", "when", "how", "why", "with", "for", "the", "others", "about", "your", "our", "not", "is"}
)


def is_person(words: str) -> bool:
    """Do the words look like a person's name, or two joined by "and"? Two to five capitalised words and no stop."""
    words = words.strip()
    parts = words.split()
    if not 2 <= len(parts) <= 5 or not _PERSON.fullmatch(words):
        return False
    if any(part.lower() in _NO_NAME for part in parts):
        return False
    return all(part[0].isupper() or part in _LOWER_OK for part in parts) and not (words.isupper() and len(parts) > 3)


_SIGNED = re.compile(r"^(?:[Bb]y )?(?P<name>[^,|()]{3,60}?)(?:,| in | at | –| -| \||$)")


def is_signature(words: str) -> bool:
    """A person's name, alone or with a place or an office after it: "Ann Lee in Harl", "Ann Lee, chief correspondent"."""
    parts = re.split(r"\s?[/&]\s?|\sand\s", words.strip())
    if len(parts) in (2, 3) and all(is_person(part) for part in parts):
        return True
    match = _SIGNED.match(words)
    return bool(match) and len(words.split()) <= 10 and is_person(match["name"] if match else "")


def tail_origin(words: str) -> int:
    """Where "Source: X" begins at the end of a paragraph; 0 if it does not."""
    match = _TAIL_ORIGIN.search(words)
    return match.start(1) if match else 0


def stamp(line: Line) -> bool:
    """Is there a date or a time that a comment system prints, on a short line?"""
    folded = line.folded
    if line.words > 14:
        return False
    if _AGO.search(folded):
        return True
    return bool(_NUMERIC.search(folded)) or (
        any(part in _MONTHS for part in _PARTS.findall(folded)) and bool(_DIGITS.search(folded))
    )


def sentence(row: Line) -> bool:
    """Does the line read like a sentence of a report?"""
    return (row.full_stop and row.words >= 5) or row.words >= 25 or (row.stops and row.words >= 12)


def runs_on(row: Line) -> bool:
    """Mostly small letters: a paragraph cut short, and no headline."""
    words = row.text.split()
    return sum(word[:1].islower() for word in words) * 2 > len(words)
