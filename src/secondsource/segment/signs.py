"""lines -> those in which a paper, an agency or an author signs: told by their shape, in the page's head and foot

A line of a paper's name and a full date is a date line; one of an author and a paper a byline; "From" before a paper's name, or
a paper beside a slash, says whose copy it is.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.segment.lines import Line, is_date_text, is_person

_SMALL = frozenset({"of", "and", "for", "de", "du", "der", "del", "al", "el", "la", "the", "in", "on", "&"})
_DATE_APART = re.compile(r"(?:,|\s[|•·–—-])\s(?=[A-Z0-9])")
_FROM = re.compile(r"(?:From|FROM|Via|With|Courtesy|Courtesy of) (?:the )?(?P<name>[A-ZÀ-Þ].*)$")
_BY = re.compile(r"(?:by|from|text|words|story|report)\b:?\s", re.IGNORECASE)
_APART = re.compile(r"\s{0,2}[|•·]\s{0,2}|,\s|\s[–—-]\s|\sfor (?:the )?")
_NOTED = re.compile(r"\s\([^()\n]{2,30}\)$")


def is_medium(words: str, lexicon: Mapping[str, Any]) -> bool:
    """Capitalised words shaped as the name of a paper, a station or an agency."""
    table = lexicon["origin"]
    parts = words.strip("()[]–—-… .").split()
    if not 2 <= len(parts) <= 7 or len(words) > 60:
        return False
    folded = [part.lower().strip(".,'’") for part in parts]
    if not all(part[0].isupper() or part in _SMALL for part in parts) or folded[0] in table["generic"]:
        return False
    if any(part in table["desks"] for part in folded):
        return False
    return (
        folded[-1] in table["papers"] or folded[-1] in table["endings"] or any(part in table["inside"] for part in folded[:-1])
    )


def is_known(words: str, lexicon: Mapping[str, Any]) -> bool:
    """A listed agency, or a medium by its shape."""
    return words.strip("()[]–—-… .").lower() in lexicon["origin"]["names"] or is_medium(words, lexicon)


def name_and_date(row: Line) -> str | None:
    """What stands before the full date that a short line ends with: "Far Herald" of "Far Herald, Friday 7 November 2031"."""
    if row.words > 14 or not re.search(r"\b(?:19|20)\d\d\W{0,3}$", row.text):
        return None
    for match in _DATE_APART.finditer(row.text):
        if is_date_text(row.text[match.end() :]):
            before = _NOTED.sub("", row.text[: match.start()])
            return before if before[:1].isupper() and len(before.split()) <= 7 else None
    return None


def mark_head(rows: Iterable[Line], lexicon: Mapping[str, Any]) -> None:
    """Type the lines above the report in which somebody signs."""
    for row in rows:
        row.kind = row.kind or of_head(row, lexicon)


def mark_foot(rows: Iterable[Line], lexicon: Mapping[str, Any]) -> None:
    """Type the lines below the report in which somebody signs."""
    for place, row in enumerate(rows):
        parts = row.text.split()
        alone = not place and 3 <= len(parts) <= 5 and parts[0] == "The" and all(part[0].isupper() for part in parts)
        if row.kind is None and alone and not row.stops and parts[1].lower() not in lexicon["origin"]["generic"]:
            row.kind = "origin_line"  # "The Far Parish" right below the report
        row.kind = row.kind or of_foot(row, lexicon)


def of_head(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """The kind of a short line above the report in which somebody signs, or None."""
    if row.words > 16 or row.text.rstrip()[-1:] in ".?!:":
        return None
    named = name_and_date(row)
    if named is not None and not _BY.match(named):
        parts = [part for part in _APART.split(named) if part]
        if is_person(parts[0]) and not is_medium(parts[0], lexicon):
            return "byline"
        return (
            "date_line"
            if any(is_medium(part, lexicon) for part in parts) or named.startswith("The ") or "(" in row.text
            else None
        )
    copied = _FROM.match(row.text)
    if copied and is_known(copied["name"].removeprefix("The "), lexicon):
        return "origin_line"
    placed = [part.strip() for part in row.text.split(",")]
    if len(placed) == 2 and row.words <= 6 and any(part.lower() in lexicon["origin"]["names"] for part in placed):
        return "origin_line" if all(part[:1].isupper() for part in placed) and not is_person(placed[0]) else None
    slashed = [part.strip() for part in row.text.split("/")]
    if len(slashed) == 2 and row.words <= 8 and any(is_known(part, lexicon) for part in slashed):
        return "byline" if is_person(slashed[0]) and not is_medium(slashed[0], lexicon) else "origin_line"
    signed = [part for part in _APART.split(row.text) if part]
    if len(signed) == 2 and is_person(signed[0]) and not is_medium(signed[0], lexicon) and is_known(signed[1], lexicon):
        return "byline"
    return None


def of_foot(row: Line, lexicon: Mapping[str, Any]) -> str | None:
    """The kind of a short line below the report in which a paper or agencies sign, or None."""
    if row.words > 10 or row.text.rstrip()[-1:] in "?!:":
        return None
    copied = _FROM.match(row.text)
    if copied and is_known(copied["name"].removeprefix("The ").rstrip("."), lexicon):
        return "origin_line"
    parts = [part for part in re.split(r"\s?[/,&]\s?|\sand\s", row.text.strip("()[]–—- .")) if part]
    return "origin_line" if parts and all(is_known(part, lexicon) for part in parts) else None
