"""page, segments -> the day of publication, from every date that the page shows

Each date has a role: a publication line, a dateline, a comment's stamp (an upper bound), an event in the body, a footer, a
photo's file. Only the first says the day. From the others it is inferred where weekdays leave no other day, or not at all.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from secondsource.model import Page, Quote, Segment, TextField, When, WhenField, quote_of
from secondsource.read.dates import WEEKDAYS, Dated, dates, on_or_before, span, when

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
}  # fmt: skip
_DAYNAME = r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NTHWORD = rf"(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?: (?:consecutive|straight|successive))? day\b"
_NTHS = (
    re.compile(rf"\b{_NTHWORD}[^.!?\n]{{0,60}}?\bon {_DAYNAME}\b", re.IGNORECASE),
    re.compile(rf"\bon {_DAYNAME},? (?:for )?(?:the |its |their |a )?{_NTHWORD}", re.IGNORECASE),
    re.compile(rf"\b{_DAYNAME} (?:was|is|marked|marks) (?:the |its |their )?{_NTHWORD}", re.IGNORECASE),
)
_BEGAN = re.compile(
    rf"\b(?:began|started|broke out|erupted|flared(?: up)?|launched|commenced|since)\b[^.!?\n]{{0,30}}?\b(?:on )?{_DAYNAME}\b"
)
_ON_DAY = re.compile(
    rf"\b(?:on|late|early|overnight|this) (?:late |early )?{_DAYNAME}\b|"
    rf"\b{_DAYNAME.replace('day>', 'day2>')} (?:that|to|said)\b"
)
_LATER = re.compile(r"\b(?:updated?|modified|revised|edited|amended|changed)\b", re.IGNORECASE)
_NEAR = 3  # days by which a report's own date of an event may be off the day that its weekdays name


def published(article: str, page: Page, segments: Sequence[Segment], dateline: TextField) -> WhenField:
    """The day, by the strongest role that gives one; absent where none does."""
    text = page.text
    lines = [segment for segment in segments if segment.kind == "date_line"]
    issue = _of_issue(article, text, segments)
    if issue:
        return issue
    own = _of_dateline(article, text, dateline)
    if own and not page.blocks and all(dated.either for dated, _ in _in_lines(text, lines)):
        return own
    fitted = _of_dateline_and_change(article, text, dateline, lines)
    if fitted:
        return fitted
    entries = _of_entries(article, text, lines, segments)
    if entries:
        return entries
    if not page.blocks:
        for candidates in (_in_lines(text, _by_the_title(text, lines, segments)), _in_bylines(text, segments)):
            field = _stated(article, text, candidates)
            if field:
                return field
    beside = _beside(page)
    if beside:
        return beside
    if page.blocks:
        from secondsource.read import webdates

        field = webdates.published(article, page, segments)
        if field:
            return field
    return (
        _of_month(article, text, segments)
        or _of_dateline(article, text, dateline)
        or _by_comments(article, text, segments)
        or _by_nth_day(article, text, segments)
        or WhenField()
    )


def _by_the_title(text: str, lines: Sequence[Segment], segments: Sequence[Segment]) -> Sequence[Segment]:
    """The date lines below the title, if one of them has a full date that is no change's; else all."""
    title = next((segment.start for segment in segments if segment.kind == "title"), None)
    visit = _of_visit(text, lines, segments, title)
    lines = [line for line in lines if not (visit and any(dated.on == visit for dated, _ in _in_lines(text, [line])))]
    below = [line for line in lines if title is not None and line.start > title]
    return below if any(dated.on and not later for dated, later in _in_lines(text, below)) else lines


def _of_entries(article: str, text: str, lines: Sequence[Segment], segments: Sequence[Segment]) -> WhenField | None:
    """A page that grows: three and more stamps, each above words of its own, and no line that says "published"."""
    after = {line.start: following.kind for line, following in itertools.pairwise(segments)}
    own = [line for line in lines if after.get(line.start) in ("body", "subheading", "byline")]
    stamps = [dated for dated, later in _in_lines(text, own) if dated.on and dated.clock and not later]
    if len({(dated.on, dated.clock) for dated in stamps}) < 3 or any(
        _PUBLISHED.search(text, line.start, line.end) for line in lines
    ):
        return None
    days = sorted(dated.on for dated in stamps if dated.on)
    words = tuple(quote_of(article, text, dated.start, dated.end) for dated in (stamps[0], stamps[-1]))
    return WhenField(
        value=span(days[0], days[-1]), basis="inferred", evidence=words, note="the stamps of a page of several entries"
    )


def _of_visit(text: str, lines: Sequence[Segment], segments: Sequence[Segment], title: int | None) -> date | None:
    """The day that a page's clock shows: a weekday with a time of day as its first line, a menu between it and the title."""
    first = next(iter(segments), None)
    if first is None or title is None or first not in lines or _PUBLISHED.search(text, first.start, first.end):
        return None
    menu = any(segment.kind == "boilerplate" for segment in segments[1:] if segment.start < title)
    clocked = [dated for dated, _ in _in_lines(text, [first]) if dated.clock and dated.weekday is not None]
    return clocked[0].on if clocked and menu else None


_SAID = re.compile(r"(?i)\b(?:published|posted|issued)\b")
_PUBLISHED = re.compile(r"(?i)\b(?:published|posted|issued|first|created|updated|modified)\b")


def _in_lines(text: str, lines: Iterable[Segment]) -> list[tuple[Dated, bool]]:
    """Full dates of date lines, and whether each is only the day of a change."""
    found = []
    for line in lines:
        for dated in dates(text[line.start : line.end], line.start):
            before = text[line.start : dated.start]
            last = max((match.start() for match in _LATER.finditer(before)), default=-1)
            first = max(
                (match.start() for match in re.finditer(r"(?i)\b(?:published|posted|issued|first|created)\b", before)),
                default=-1,
            )
            found.append((dated, last > first))
    return found


def _in_bylines(text: str, segments: Iterable[Segment]) -> list[tuple[Dated, bool]]:
    return _in_lines(text, [segment for segment in segments if segment.kind in ("byline", "origin_line")])


def _stated(article: str, text: str, candidates: list[tuple[Dated, bool]]) -> WhenField | None:
    """The first date that is no change's; the day of a change is only the latest that it can be."""
    full = [(dated, later) for dated, later in candidates if dated.on is not None]
    first = [dated for dated, later in full if not later]
    if first:
        first = [
            dated for dated in first if _SAID.search(text[max(0, dated.start - 60) : dated.start].rpartition("\n")[2])
        ] or first
        clocked = [dated for dated in first if dated.clock]
        # A page's head may show the day of the visit, too: the day that has a time of day is meant.
        days = {dated.on for dated in first}
        chosen = first[0] if len(days) == 1 or not clocked else clocked[0]
        return _of(article, text, chosen)
    if full:
        dated = min((one for one, _ in full), key=lambda one: one.on or date.max)
        words = quote_of(article, text, dated.start, dated.end)
        if dated.on:
            value = When(earliest=None, latest=dated.on.isoformat(), precision="range", text=words.exact)
            return WhenField(value=value, basis="inferred", evidence=(words,), note="only the day of a change is given")
    return None


def _of(article: str, text: str, dated: Dated) -> WhenField:
    """A date of a publication line. A numeric one of two readings is settled by its weekday, or stays a range."""
    words = quote_of(article, text, dated.start, dated.end)
    if dated.either is not None and dated.on is not None and dated.weekday is not None:
        fitting = [day for day in (dated.on, dated.either) if day.weekday() == dated.weekday]
        if len(fitting) == 1:
            return WhenField(
                value=span(fitting[0], fitting[0], words.exact), basis="inferred", evidence=(words,), note="by its weekday"
            )
    if dated.either is not None:
        return WhenField(
            value=when(dated, words.exact), basis="inferred", evidence=(words,), note="day and month may be exchanged"
        )
    note = "" if dated.consistent else "the weekday does not fit the date"
    if dated.clock:
        note = f"zone {dated.zone}" if dated.zone else "zone not given"
    return WhenField(value=when(dated, words.exact), basis="stated", evidence=(words,), note=note)


def _beside(page: Page) -> WhenField | None:
    """What a manifest, a feed or a mail says of the day."""
    for where, name in (("manifest", "published"), ("feed", "published"), ("mail", "date")):
        for hint in page.hints:
            if hint.where == where and hint.name == name:
                found = dates(hint.value)
                value = when(found[0], hint.value) if found else None
                if value:
                    return WhenField(value=value, basis="stated", note=f"{where}: {name}")
    return None


_ISSUE = re.compile(
    r"\b(?:[Ii]ssue|[Ww]eek|[Ee]dition)\b[^\n]{0,20}?\b(?P<first>\d{1,2})(?: "
    r"(?P<month>[A-Z][a-z]+))?\s?(?:[–—-]|to)\s?(?P<last>\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d)"
)
_ISSUE_MONTH = re.compile(
    r"\b(?:[Ii]ssue|[Ee]dition|[Pp]ublished|[Pp]osted)\b[^\n]{0,12}?\b(?P<month>[A-Z][a-z]+,? (?:19|20)\d\d)"
)


def _of_issue(article: str, text: str, segments: Sequence[Segment]) -> WhenField | None:
    """The span of days or the month that a line around the report gives for the issue."""
    for segment in segments:
        if segment.kind in ("body", "reader_comment", "title"):
            continue
        match = _ISSUE.search(text, segment.start, segment.end)
        if match:
            last = next((dated.on for dated in dates(match["last"]) if dated.on), None)
            first = next(
                (dated.on for dated in dates(f"{match['first']} {match['month'] or ''} {match['last'][-4:]}") if dated.on), None
            )
            if last and first is None and int(match["first"]) <= last.day:
                first = last.replace(day=int(match["first"]))
            if first and last and first <= last:
                words = quote_of(article, text, match.start("first"), match.end())
                return WhenField(value=span(first, last, words.exact), basis="stated", evidence=(words,))
    return None


def _of_month(article: str, text: str, segments: Sequence[Segment]) -> WhenField | None:
    """The month that a line around the report gives for the issue, or that stands alone right below the headline."""
    for above, below in itertools.pairwise(segments):
        line = text[below.start : below.end].partition("\n")[0].strip()
        found = dates(line) if above.kind == "title" and below.kind == "boilerplate" and len(line) <= 20 else []
        if found and found[0].day is None and found[0].year and found[0].end - found[0].start == len(line):
            words = quote_of(article, text, below.start, below.start + len(line))
            return WhenField(value=when(found[0], words.exact), basis="stated", evidence=(words,))
    for segment in segments:
        if segment.kind in ("body", "reader_comment", "title"):
            continue
        match = _ISSUE_MONTH.search(text, segment.start, segment.end)
        if match and (found := dates(match["month"])) and found[0].day is None:
            words = quote_of(article, text, match.start("month"), match.end())
            return WhenField(value=when(found[0], words.exact), basis="stated", evidence=(words,))
    return None


def _of_dateline(article: str, text: str, dateline: TextField) -> WhenField | None:
    if not dateline.evidence:
        return None
    at = dateline.evidence[0]
    for dated in dates(at.exact, at.start):
        if dated.on is not None:
            words = quote_of(article, text, dated.start, dated.end)
            return WhenField(value=when(dated, words.exact), basis="stated", evidence=(words,))
    return None


def _of_dateline_and_change(article: str, text: str, dateline: TextField, lines: Iterable[Segment]) -> WhenField | None:
    """A dateline without a year, in the year of the page's last change where that came within a month of it."""
    changes = [(dated, later) for dated, later in _in_lines(text, lines) if dated.on is not None]
    if not dateline.evidence or not changes or not all(later for _, later in changes):
        return None
    at = dateline.evidence[0]
    for dated in dates(at.exact, at.start):
        if dated.year is not None or dated.day is None:
            continue
        change = min((one for one, _ in changes), key=lambda one: one.on or date.max)
        bound = change.on
        possible = [_safe(year, dated.month, dated.day) for year in (bound.year, bound.year - 1)] if bound else []
        fitting = [day for day in possible if day and bound and 0 <= (bound - day).days <= 31]
        if fitting:
            words = (quote_of(article, text, dated.start, dated.end), quote_of(article, text, change.start, change.end))
            note = "the dateline's day, in the year of the change"
            return WhenField(value=span(fitting[0], fitting[0], words[0].exact), basis="inferred", evidence=words, note=note)
    return None


def _body(segments: Iterable[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.kind == "body"]


def _by_comments(article: str, text: str, segments: Sequence[Segment]) -> WhenField | None:
    """The earliest comment's stamp is the latest day; the lead's weekday then names the day, or the day before."""
    stamps = [
        dated for segment in segments if segment.kind == "reader_comment"
        for dated in dates(text[segment.start : segment.end], segment.start) if dated.on and dated.clock and dated.consistent
    ]  # fmt: skip
    body = _body(segments)
    if not stamps or not body:
        return None
    first = min(stamps, key=lambda dated: (dated.on or date.max, dated.clock or ""))
    bound = first.on
    if bound is None:
        return None
    words = quote_of(article, text, first.start, first.end)
    named = _ON_DAY.search(text, body[0].start, min(body[0].end, body[0].start + 600))
    if named is None:
        value = When(earliest=None, latest=bound.isoformat(), precision="range", text=words.exact)
        return WhenField(value=value, basis="inferred", evidence=(words,), note="not after the first comment")
    weekday = WEEKDAYS[(named["day"] or named["day2"]).lower()]
    day = on_or_before(weekday, bound)
    if dated_line := _of_yearless(text, body[0], bound, weekday):
        day = bound = dated_line
    evidence = (quote_of(article, text, named.start(), named.end()), words)
    note = "the last such weekday before the first comment"
    return WhenField(value=span(day, bound, named[0]), basis="inferred", evidence=evidence, note=note)


def _of_yearless(text: str, body: Segment, bound: date, weekday: int) -> date | None:
    """The day of a dateline that prints no year, where the comment's year makes it fit the weekday."""
    for dated in dates(text[body.start : body.start + 80]):
        if dated.year is None and dated.day is not None:
            for year in (bound.year, bound.year - 1):
                day = _safe(year, dated.month, dated.day)
                if day and day <= bound and day.weekday() == weekday and (bound - day).days < 60:
                    return day
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_nth_day(article: str, text: str, segments: Sequence[Segment]) -> WhenField | None:
    """ "the fifth day on Thursday", counted from a day that the text dates: the consistent day nearest to that date."""
    for segment in _body(segments):
        for match in (found for pattern in _NTHS for found in pattern.finditer(text, segment.start, segment.end)):
            said = match["nth"].lower()
            count = _ORDINALS.get(said) or int(re.sub(r"\D", "", said) or 0)
            weekday = WEEKDAYS[match["day"].lower()]
            if not 2 <= count <= 31:
                continue
            began = _BEGAN.search(text, max(segment.start, match.start() - 160), match.end())
            if began and (WEEKDAYS[began["day"].lower()] + count - 1) % 7 != weekday:
                continue  # the words contradict each other
            field = _nearest(article, text, segments, match, count, weekday)
            if field:
                return field
    return None


def _nearest(
    article: str, text: str, segments: Sequence[Segment], match: re.Match[str], count: int, weekday: int
) -> WhenField | None:
    found: list[tuple[int, date, Quote]] = []
    for segment in _body(segments):
        for dated in dates(text[segment.start : segment.end], segment.start):
            if dated.on is None:
                continue
            for away in range(-_NEAR, _NEAR + 1):
                start = dated.on + timedelta(days=away)
                if (start.weekday() + count - 1) % 7 == weekday:
                    found.append(
                        (abs(away), start + timedelta(days=count - 1), quote_of(article, text, dated.start, dated.end))
                    )
    if not found:
        return None
    away, day, words = min(found)
    if len({other for distance, other, _ in found if distance <= _NEAR}) > 1:
        return None  # two dates of the text lead to two days
    note = "counted from the text's own date" + (f", which its weekdays put {away} day(s) off" if away else "")
    evidence = (quote_of(article, text, match.start(), match.end()), words)
    return WhenField(value=span(day, day + timedelta(days=1), match[0]), basis="inferred", evidence=evidence, note=note)
