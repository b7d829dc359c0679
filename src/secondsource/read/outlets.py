"""page, segments -> the outlet: who published this text

Read from what stands beside the text (markup, a manifest), from the page's own furniture (a copyright line), and from the lines
around the title: a paper's name alone, beside a date, after an author. A name that could be another's is left alone.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from secondsource.model import Page, Segment, TextField, quote_of
from secondsource.read import media, relations
from secondsource.read.dates import dates
from secondsource.read.media import Papers

_COPYRIGHT = re.compile(
    rf"(?:©\s?[Cc]opyright|©|\([cC]\)|[Cc]opyright)\s{{0,2}}(?:©\s?)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d|"
    rf"\d\d))?,?\s{{1,2}})?(?:by )?(?P<name>{relations.NAME})"
)
_ABOUT = re.compile(rf"^\W*About (?P<name>{relations.NAME})")


def hints(page: Page, *wanted: tuple[str, str]) -> list[str]:
    """The values of the hints (where, name) in order of the wanted pairs."""
    return [
        hint.value for where, name in wanted for hint in page.hints if hint.where == where and hint.name == name and hint.value
    ]


def outlet(article: str, page: Page, segments: Sequence[Segment], papers: Papers, names: Mapping[str, str]) -> TextField:
    """The outlet with its basis and evidence, or an abstention. `names`: printed names of agencies, which are no outlets."""
    given = hints(
        page,
        ("manifest", "outlet"),
        ("feed", "outlet"),
        ("json-ld", "publisher"),
        ("meta", "og:site_name"),
        ("meta", "application-name"),
    )
    given = [value for value in given if not value.startswith(("http:", "https:", "@")) and len(value) < 80]
    if given:
        return TextField(value=given[0], basis="stated", note="beside the text")
    found = _in_foot(article, page, segments, names)
    if found.value is not None:
        return _in_full(article, page, segments, found)
    sender = next(iter(hints(page, ("mail", "from"))), "").partition("<")[0].strip(" \"'")
    if sender and "@" not in sender:
        return TextField(value=sender, basis="hint", note="mail: from")
    for start, end in _by_the_title(page.text, segments, papers, names):
        words = quote_of(article, page.text, start, end)
        return TextField(value=words.exact, basis="stated", evidence=(words,))
    return TextField()


def _in_full(article: str, page: Page, segments: Sequence[Segment], short: TextField) -> TextField:
    """A name from the foot as the head of the page prints it in full: "Undertow" below, "Undertow Review" above the title."""
    for segment in segments[:3]:
        line = page.text[segment.start : segment.end].partition("\n")[0]
        if segment.kind == "boilerplate" and short.value and line.startswith(short.value + " ") and len(line.split()) <= 4:
            words = quote_of(article, page.text, segment.start, segment.start + len(line))
            return TextField(value=line, basis="stated", evidence=(words, *short.evidence))
    return short


def _in_foot(article: str, page: Page, segments: Sequence[Segment], names: Mapping[str, str]) -> TextField:
    """A name in the page's own furniture: after a copyright sign, or after "About" and once more elsewhere there. An agency's
    copyright is on its clients' pages, too."""
    foot = [segment for segment in segments if segment.kind == "boilerplate"]
    for head, line in itertools.pairwise(segments):
        if head.kind == "boilerplate" and re.match(r"(?:Issue|No\.|Vol\.|Volume|Edition)\b", page.text[line.start : line.end]):
            words = quote_of(article, page.text, head.start, head.end)
            if re.fullmatch(relations.NAME, words.exact):
                return TextField(value=words.exact, basis="stated", evidence=(words,))
    rest = "\n".join(page.text[segment.start : segment.end] for segment in foot)
    for segment in foot:
        for match in re.finditer(r"[^\n]+", page.text[segment.start : segment.end]):
            at = segment.start + match.start()
            said = _COPYRIGHT.search(match[0])
            about = _ABOUT.match(match[0])
            if about and (about["name"] in ("Us", "us") or len(re.findall(rf"\b{re.escape(about['name'])}\b", rest)) < 2):
                about = None
            found = said or about
            if found and not re.match(r"(?:All|Inc|Reserved|The Author)\b", found["name"]):
                name = re.sub(r"[.,]? (?:All|ALL|Inc|LLC|Ltd)\b.*$", "", relations.one_sentence(found["name"])).rstrip(".,")
                if relations.agency_of(name, names):
                    continue
                words = quote_of(article, page.text, at + found.start(), at + found.start("name") + len(name))
                return TextField(value=name, basis="stated", evidence=(words,))
    return TextField()


_HEAD = ("title", "byline", "date_line", "boilerplate", "subheading", "origin_line")
_PARTS = re.compile(r"\s{0,2}[|•·]\s{0,2}|,\s{1,2}|\s{1,2}[–—-]{1,2}\s{1,2}|\s(?=for (?:the |The )?[A-Z])")
_PLACE_IN = r"\b(?:in|from|near|of|to|at) {}\b(?! [A-Z])"
_NOTED = re.compile(r"\s\([^()\n]{2,30}\)$")
_BY = re.compile(r"(?:by|from|text|words|story|report)\b:?\s", re.IGNORECASE)


def _by_the_title(
    text: str, segments: Sequence[Segment], papers: Papers, names: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Names of media among the lines of the title, the surest first: beside a date, after an author, alone below the title,
    alone above it; then one in capitals before the report's first words."""
    title = next((segment for segment in segments if segment.kind == "title"), None)
    body = next((segment for segment in segments if segment.kind == "body"), None)
    if title is None or body is None or title.start > body.start:
        return
    lines = _lines(text, segments, body.start)
    below = [line for line in lines if line[0] >= title.end][:3]
    above = [line for line in lines if line[1] <= title.start][-2:]
    for start, end in (*below, *above):
        yield from _parted(text, start, end, papers, names, body)
    for number, (start, end) in enumerate(below[:3]):
        before = title.end if not number else below[number - 1][1]
        if text.count("\n", before, start) <= 2 and _alone(text, start, end, papers, names):
            yield start, end
    if len(above) == 1 and above[0] == lines[0] and text[slice(*above[0])].split()[-1:] != ["News"]:
        start, end = above[0]
        if _alone(text, start, end, papers, names) and text.count("\n", end, title.start) <= 2:
            yield start, end
    first = _BEFORE_LEAD.match(text, body.start, body.end)
    if (
        first
        and first["name"].split()[-1].lower() in papers.words - papers.wires
        and not relations.agency_of(first["name"], names)
    ):
        yield first.span("name")


_BEFORE_LEAD = re.compile(
    r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’&-]{1,20}(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’&-]{1,20}){1,4})\s{0,2}(?:—|--|\s[–-])\s{0,2}(?=[A-Z\"“])"
)


def _lines(text: str, segments: Sequence[Segment], stop: int) -> list[tuple[int, int]]:
    """The lines of a page's head, each once: segments that share one are joined."""
    made: list[tuple[int, int]] = []
    for segment in segments:
        if segment.start >= stop or segment.kind not in _HEAD:
            continue
        for match in re.finditer(r"[^\n]+", text[segment.start : segment.end]):
            start, end = segment.start + match.start(), segment.start + match.end()
            if made and "\n" not in text[made[-1][1] : start] and segment.kind != "title":
                made[-1] = (made[-1][0], end)
            elif segment.kind != "title":
                made.append((start, end))
    return made


def _parted(
    text: str, start: int, end: int, papers: Papers, names: Mapping[str, str], body: Segment
) -> Iterator[tuple[int, int]]:
    """A name among the parts of a line beside a full date or an author: "Valley Herald, 5 May 2031", "By Ann Lee, Far Post"."""
    if end - start > 120:
        return
    parts = list(_split(text, start, end))
    dated = any(on.on is not None for on in dates(text[start:end]))
    signed = bool(_BY.match(text, start)) or (len(parts) == 2 and not dated)
    for number, (first, last) in enumerate(parts):
        words = text[first:last]
        if len(parts) < 2 or (number == 0 and signed) or relations.agency_of(words, names):
            continue
        if (dated or signed) and (media.is_named(words, papers) if number or not dated else _named(words, papers, text, body)):
            yield first, last


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line between its bars, dashes and commas; a note in brackets at a part's end is left out."""
    place = start
    for match in (*_PARTS.finditer(text, start, end), None):
        stop = match.start() if match else end
        lead = re.match(r"(?:\s|for |the )*", text[place:stop])
        first = place + (lead.end() if lead else 0)
        words = _NOTED.sub("", text[first:stop].rstrip(" .,"))
        if words:
            yield first, first + len(words)
        place = match.end() if match else end


def _named(words: str, papers: Papers, text: str, body: Segment) -> bool:
    """A medium by its shape, or one that bears the name of a place where the report plays: "Harl Kite" in one from Harl."""
    if media.is_named(words, papers):
        return True
    parts = words.split()
    if not 2 <= len(parts) <= 3 or not all(re.fullmatch(r"[A-ZÀ-Þ][a-zà-þ]{2,20}", part) for part in parts):
        return False
    first = parts[0]
    if first.lower() in papers.desks | papers.sections | papers.persons:
        return False
    found = re.compile(
        _PLACE_IN.format(f"{re.escape(first[:-1] if first.endswith('n') and len(first) > 6 else first)}(?:a|s)?")
    )
    return bool(found.search(text, body.start, body.end))


def _alone(text: str, start: int, end: int, papers: Papers, names: Mapping[str, str]) -> bool:
    words = text[start:end]
    return media.is_named(words, papers) and not relations.agency_of(words, names) and not media.is_wire(words, papers)
