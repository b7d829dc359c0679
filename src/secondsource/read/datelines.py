"""segments -> the dateline: place, day and agency before the first sentence, and where its credit stands

A dateline is taken only where its form leaves no doubt: a place in capitals before a dash or colon, a day, or the name of an
agency in brackets. "Geneva - Talks" may be a heading and is left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from secondsource.model import Quote, Segment, TextField, quote_of
from secondsource.read import media, relations
from secondsource.read.media import Papers

_WORD = r"[^\W\d_][\w.'’-]{0,25}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = (
    rf"(?:(?i:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?(?:{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\.?)(?:,? (?:19|20)\d\d)?)"
)
_CREDIT = r"[(\[](?P<credit>[^()\[\]\n]{1,60})[)\]]"
_DASH = r"(?:\s{0,2}—|\s{1,2}[–-]{1,2}|(?<=[)\w.])[–-]{1,2}(?=\s)|(?<=[)\w.])--|(?<=\))[–-])\s{0,2}"
_NEXT = r"(?=[\"“”‘’'«]{0,2}[A-ZÀ-Þ0-9])"
_PLACED = re.compile(
    rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,4}}(?:, {_WORD}(?: {_WORD}){{0,2}}){{0,2}}?"
    rf"(?: \({_WORD}(?: {_WORD})?\)(?=, ))?)(?P<date>,? {_DAY})?,?"
    rf"(?:\s{{0,2}}{_CREDIT})?(?P<close>{_DASH}|:\s{{1,2}}|(?<=[)\]]),?\s{{1,2}}|(?<=, (?:19|20)\d\d)\.\s{{1,2}}){_NEXT}"
)
_DATED = re.compile(rf"(?P<date>{_DAY}),?(?:(?:\s[–-])?\s{{0,2}}{_CREDIT})?(?P<close>{_DASH}|:\s{{1,2}}){_NEXT}")
_BARE = re.compile(rf"{_CREDIT}(?P<close>{_DASH}|:\s{{1,2}}){_NEXT}")
_LETTERS = re.compile(rf"(?P<credit>[A-Z][\w./]{{1,15}}(?: [A-Z]\w{{1,15}}){{0,2}})(?P<close>\s[–—-]{{1,2}}\s){_NEXT}")
_AGENCY = re.compile(
    r"[^\W\d_][\w.'’-]{1,25}(?:,? [\w.'’-]{1,15}){0,8}?, (?P<credit>[A-Z][A-Za-z.-]{1,15})\s?(?:--|[–—-])\s?(?=[\"“‘'A-ZÀ-Þ])"
    r"|[A-ZÀ-Þ]{3,25}, (?i:[a-z]{3,9}\.? \d{1,2}|\d{1,2} [a-z]{3,9})(?:,? (?:19|20)\d\d)?[.,] /?(?P<credit3>[A-Z]{3,12})/?\.\s"
)
_SPACED = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}}?(?:, {_WORD}(?: {_WORD}){{0,2}}?)? \(?(?P<credit>[A-Z]{{2,8}})\)?(?P<close>\s{{0,3}}[—–])"
)
_TURN = re.compile(r"(?m)^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,30}:")
_SMALL = frozenset({"of", "and", "de", "del", "la", "el", "al", "upon", "the", "on", "do", "da", "di", "le"})
_POINT = re.compile(r"[-*•·–—]\s")  # an agency's points stand above its dispatch
_PARAGRAPHS = 3  # a note or a caption that nothing marks may stand above the first sentence


def dateline(
    article: str, text: str, segments: Sequence[Segment], agencies: Mapping[str, Any]
) -> tuple[TextField, tuple[int, int] | None]:
    """The dateline as printed, without its dash, and the place of the credit in it. Evidence: it, and where it stands again."""
    names = relations.known(agencies)
    labels = frozenset(agencies.get("no_places", {}).get("words", ()))
    papers = media.papers(agencies)
    paragraphs = [one for one in _paragraphs(text, segments) if not _POINT.match(text, *one)]
    for number, (start, end) in enumerate(paragraphs[:_PARAGRAPHS]):
        found = _at(text, start, end, names, labels, papers, first=number == 0)
        if found:
            stop, credit = found
            words = quote_of(article, text, start, stop)
            evidence = (words, *_again(article, text, segments, words))
            return TextField(value=words.exact, basis="stated", evidence=evidence), credit
    return TextField(), None


def _paragraphs(text: str, segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    for segment in segments:
        if segment.kind == "body":
            for line in re.finditer(r"[^\n]+", text[segment.start : segment.end]):
                words = line[0]
                if words.strip():
                    yield segment.start + line.start() + len(words) - len(words.lstrip()), segment.start + line.end()


def _again(article: str, text: str, segments: Sequence[Segment], words: Quote) -> Iterator[Quote]:
    """Where a summary above the report prints the same dateline, both are its evidence."""
    for start, _ in _paragraphs(text, segments):
        if start > words.start and text.startswith(words.exact, start):
            yield quote_of(article, text, start, start + len(words.exact))


def _at(
    text: str, start: int, end: int, names: Mapping[str, str], labels: frozenset[str], papers: Papers, *, first: bool
) -> tuple[int, tuple[int, int] | None] | None:
    """Where the dateline that begins at `start` ends, and its credit's place."""
    for pattern in (_DATED, _LETTERS, _PLACED, _BARE):
        match = pattern.match(text, start, min(end, start + 200))
        if match and _holds(match, text, names, labels, papers, first=first):
            stop = start + len(text[start : match.start("close")].rstrip(" ,"))
            return stop, match.span("credit") if match["credit"] else None
    match = _SPACED.match(text, start, min(end, start + 80))
    if match and relations.agency_of(match["credit"], names):
        return start + len(text[start : match.start("close")].rstrip()), match.span("credit")
    match = _AGENCY.match(text, start, min(end, start + 160))
    group = match and next(name for name in ("credit", "credit3") if match[name])
    if match and group and relations.agency_of(match[group], names):
        return start + len(match[0].rstrip().rstrip("-–—. ")), match.span(group)
    return None


def _holds(
    match: re.Match[str], text: str, names: Mapping[str, str], labels: frozenset[str], papers: Papers, *, first: bool
) -> bool:
    """Is the form beyond doubt?"""
    parts = match.groupdict()
    printed = re.split(r"[/,|]|\s[–-]\s", parts["credit"] or "")
    agency = any(relations.agency_of(part, names) or media.is_wire(part.strip(), papers) for part in printed)
    if "place" not in parts:
        return agency or bool(parts.get("date") and re.search(r"\d{4}$", parts["date"]))
    place = parts["place"]
    named = place.split(",")[0]
    if not _is_named(named) or named.lower() in labels:
        return False
    if named == place and not parts["credit"] and not parts["date"] and media.is_named(named.title(), papers):
        return False  # "FAR HERALD —": a paper, no place
    capitals = named.isupper() and len(place) > 2
    if agency:
        return capitals or parts["close"].strip() != "" or bool(parts["date"]) or len(named.split()) <= 2
    if not parts["close"].strip():
        return False
    if parts["close"].strip() == ":":
        return first and (capitals or bool(parts["date"])) and len(named.split()) <= 3 and len(_TURN.findall(text)) <= 1
    return (capitals and (first or bool(parts["credit"]))) or bool(parts["date"])


def _is_named(place: str) -> bool:
    """Are all the words capitalised, small ones between them aside?"""
    words = re.split(r"[ /]", place.replace("(", "").replace(")", ""))
    return place[0].isupper() and all(word[:1].isupper() or word in _SMALL for word in words)
