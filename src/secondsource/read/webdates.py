"""a web page's dates -> the day that they agree on

Candidates: JSON-LD, meta tags and <time> that name publication; the lines around the title; the address; htmldate. Machine
stamps outrank words, agreement outranks both, and two days without a reason between them are no day.
"""

import re
from collections.abc import Sequence
from datetime import date

from secondsource.model import Hint, Page, Quote, Record, Segment, When, WhenField, quote_of
from secondsource.read.dates import Dated, dates, span, when

_PUBLISHED = frozenset({
    "datepublished", "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "publicationdate", "date_published",
    "published_time", "published", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
    "dc.date.published", "bt:pubdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "uploaddate",
    "outbrain-date", "rnews:datepublished", "originalpublicationdate", "article.published", "date.available", "pub_date",
    "pubdate_time", "article_date_original", "displaydate", "article:post_date", "dc:date",
})  # fmt: skip
_URL = re.compile(
    r"/(20[0-2]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)|[/-](20[0-2]\d)(0[1-9]|"
    r"1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
)
_LATER = re.compile(r"\b(?:updated|modified|revised|edited|amended|changed|corrected)\b", re.IGNORECASE)


class _Vote(Record, frozen=True, kw_only=True):
    """One candidate: its day, the interval it names, whether its clock is UTC's, and the words or where it stands."""

    day: date
    value: When
    utc: bool = False
    words: Quote | None = None
    where: str = ""


def published(article: str, page: Page, segments: Sequence[Segment]) -> WhenField | None:
    """The day, or None. `basis` is stated where a stamp or a line says it, else inferred."""
    machine = _machine(page)
    lines = _lines(article, page, segments)
    days = {vote.day for vote in machine}
    if len(days) == 1:
        return _stated(machine, lines)
    if len(days) > 1:
        return _settled(page, machine, lines)
    address = _address(page)
    guess = _htmldate(page)
    said = {vote.day for vote in lines}
    if len(said) == 1 and (guess is None or guess in said or guess == address is None):
        return _stated(lines, lines)
    if len(said) == 1 and address in said:
        return _stated(lines, lines)
    if guess is not None and guess in _times(page):
        return WhenField(value=span(guess, guess), basis="inferred", note="a <time> and htmldate agree")
    if guess is not None and guess in said:
        return _stated([vote for vote in lines if vote.day == guess], lines)
    if said:
        return None
    return _inferred(address, guess)


def _machine(page: Page) -> list[_Vote]:
    """The stamps that name publication; those of the page around the article only where it has none itself."""
    own: list[_Vote] = []
    frame: list[_Vote] = []
    for hint in page.hints:
        key = hint.name.lower()
        publication = (hint.where in ("meta", "json-ld") and key.removeprefix("webpage.") in _PUBLISHED) or (
            hint.where == "time" and key == "pubdate"
        )
        vote = _vote(hint) if publication else None
        if vote:
            (frame if key.startswith("webpage.") else own).append(vote)
    return own or frame


def _vote(hint: Hint) -> _Vote | None:
    for dated in dates(hint.value[:60]):
        value = when(dated, hint.value)
        if dated.on is not None and dated.either is None and value is not None:
            return _Vote(day=dated.on, value=value, utc=_in_utc(dated), where=f"{hint.where}: {hint.name}" + _zone(dated))
    return None


def _in_utc(dated: Dated) -> bool:
    return dated.zone is not None and dated.zone.upper() in ("Z", "UTC", "GMT", "+00:00", "+0000")


def _zone(dated: Dated) -> str:
    if dated.clock is None:
        return ""
    return f", zone {dated.zone}" if dated.zone else ", zone not given"


def _times(page: Page) -> set[date]:
    """The days of all <time> elements, whatever they are of."""
    return {dated.on for hint in page.hints if hint.where == "time" for dated in dates(hint.value[:60]) if dated.on}


def _lines(article: str, page: Page, segments: Sequence[Segment]) -> list[_Vote]:
    """Dates on date lines and bylines from just above the title to the report's first words, else right below the report."""
    places = [i for i, segment in enumerate(segments) if segment.kind == "title"]
    bodies = [i for i, segment in enumerate(segments) if segment.kind == "body"]
    if not bodies:
        return []
    begin = max(0, (places[0] if places and places[0] < bodies[0] else bodies[0]) - 4)
    votes = _read(article, page, segments[begin : bodies[0] + 1])
    return (
        votes
        or _read(article, page, segments[bodies[0] : bodies[0] + 5])
        or _read(article, page, segments[bodies[-1] + 1 : bodies[-1] + 3])
    )


def _read(article: str, page: Page, segments: Sequence[Segment]) -> list[_Vote]:
    votes = []
    for segment in segments:
        if segment.kind not in ("date_line", "byline"):
            continue
        words = page.text[segment.start : segment.end]
        for dated in dates(words, segment.start):
            value = when(dated, page.text[dated.start : dated.end])
            later = _LATER.search(page.text, max(segment.start, dated.start - 30), dated.start)
            if dated.on is not None and dated.either is None and dated.consistent and value is not None and not later:
                quote = quote_of(article, page.text, dated.start, dated.end)
                votes.append(_Vote(day=dated.on, value=value, words=quote, where=_zone(dated).removeprefix(", ")))
    return votes


def _stated(votes: list[_Vote], lines: list[_Vote]) -> WhenField:
    """The most exact of votes that agree, with the words of the page where they say the same day."""
    best = min(votes, key=lambda vote: (vote.value.precision != "minute", vote.utc))
    words = tuple(dict.fromkeys(vote.words for vote in lines if vote.words and vote.day == best.day))
    return WhenField(value=best.value, basis="stated", evidence=words, note=best.where)


def _settled(page: Page, machine: list[_Vote], lines: list[_Vote]) -> WhenField | None:
    """Stamps of two days: the words of the page, the address, the clock that is not UTC's, or htmldate decide between them."""
    days = {vote.day for vote in machine}
    for other in ({vote.day for vote in lines}, {_address(page)}):
        both = days & {day for day in other if day is not None}
        if len(both) == 1:
            return _stated([vote for vote in machine if vote.day in both], lines)
    near = (max(days) - min(days)).days == 1
    local = {vote.day for vote in machine if not vote.utc}
    if near and len(local) == 1:
        return _stated([vote for vote in machine if vote.day in local], lines)
    if near:
        value = span(min(days), max(days))
        return WhenField(value=value, basis="stated", note="two stamps, a day apart")
    return None  # htmldate reads the same stamps, and so is no judge between them


def _address(page: Page) -> date | None:
    for hint in page.hints:
        if (hint.where == "url" or hint.name in ("url", "og:url", "link")) and (match := _URL.search(hint.value)):
            year, month, day = (int(part) for part in match.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _htmldate(page: Page) -> date | None:
    """htmldate's candidate, made while the page was read; a first of January is a year without a day."""
    for hint in page.hints:
        if hint.where == "htmldate":
            found = date.fromisoformat(hint.value)
            return None if (found.month, found.day) == (1, 1) else found
    return None


def _inferred(address: date | None, guess: date | None) -> WhenField | None:
    if address is not None and guess is not None and address != guess:
        return None
    day = address or guess
    if day is None:
        return None
    return WhenField(value=span(day, day), basis="inferred", note="from the address" if address else "htmldate's candidate")
