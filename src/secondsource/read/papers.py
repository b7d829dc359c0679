"""markup beside the visible text -> hints: JSON-LD, meta tags, <time>, the page's own address"""

import json
import logging
import re
from html import unescape
from typing import Any

from secondsource.errors import Unreadable
from secondsource.model import Hint
from secondsource.read.guard import guarded

_ATTRIBUTE = re.compile(r"([a-zA-Z_:.-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s>\"']{1,4000}))")
_WANTED = re.compile(
    r"^(?:og:|twitter:|article:|dc\.|dc:|dcterms\.|dcterms:|parsely-|sailthru\.|cxense|cXenseParse:|bt:|rnews:)|"
    r"author|byl|date|pub|time|title|source|copyright|syndication|original|news_keywords|publisher|application-name|site",
    re.IGNORECASE,
)
_KEPT = ("datePublished", "dateCreated", "dateModified", "headline", "url", "dateline", "articleSection", "copyrightYear")
_NAMED = ("author", "publisher", "creator", "sourceOrganization", "isBasedOn", "copyrightHolder", "provider", "sponsor")
_ARTICLES = ("article", "posting", "report", "webpage", "creativework", "newsmediaorganization", "liveblog", "review")


def attributes(source: str, start: int, end: int) -> dict[str, tuple[str, int, int]]:
    """Attribute name -> (value, start, end) of the tag at `[start, end)`."""
    found: dict[str, tuple[str, int, int]] = {}
    for match in _ATTRIBUTE.finditer(source, start, min(end, start + 20000)):
        group = match.lastindex or 2
        found.setdefault(match[1].lower(), (unescape(match[group]).strip(), match.start(group), match.end(group)))
    return found


def meta_hint(name: str, source: str, start: int, end: int, hints: list[Hint]) -> None:
    """A <meta> or <link rel=canonical> with something to say."""
    given = attributes(source, start, end)
    if name == "link":
        if given.get("rel", ("",))[0].lower() == "canonical" and given.get("href", ("",))[0]:
            value, begins, ends = given["href"]
            hints.append(Hint(where="url", name="canonical", value=value, start=begins, end=ends))
        return
    key = next((given[k][0] for k in ("property", "name", "itemprop", "http-equiv") if given.get(k, ("",))[0]), "")
    if key and "content" in given and given["content"][0] and _WANTED.search(key):
        value, begins, ends = given["content"]
        hints.append(Hint(where="meta", name=key.lower(), value=value[:1000], start=begins, end=ends))


def time_hint(source: str, start: int, end: int, hints: list[Hint]) -> None:
    """A <time>; its name tells whether it says it is the publication's."""
    given = attributes(source, start, end)
    if "datetime" in given and given["datetime"][0]:
        value, begins, ends = given["datetime"]
        words = " ".join(given[k][0] for k in ("itemprop", "class", "id") if k in given).lower()
        name = (
            "pubdate"
            if "pubdate" in given or "publish" in words
            else "updated"
            if "updat" in words or "modif" in words
            else "time"
        )
        hints.append(Hint(where="time", name=name, value=value[:100], start=begins, end=ends))


def note_script(source: str, start: int, end: int, hints: list[Hint]) -> None:
    """Remember that the raw text which follows is JSON-LD."""
    if "ld+json" in source[start:end].lower():
        hints.append(Hint(where="json-ld", name="", value="", start=end, end=end))


def raw_hints(name: str, source: str, start: int, end: int, hints: list[Hint]) -> None:
    """The page's <title>, or the fields of a JSON-LD script that `note_script` announced."""
    if name == "title" and not any(hint.where == "title" for hint in hints):
        value = " ".join(unescape(source[start : min(end, start + 2000)]).split())
        if value:
            hints.append(Hint(where="title", name="title", value=value, start=start, end=end))
    elif name == "script" and hints and hints[-1].where == "json-ld" and hints[-1].start == start and not hints[-1].name:
        hints.pop()
        if end - start <= 2_000_000:
            _json_ld(source, start, end, hints)


def _json_ld(source: str, start: int, end: int, hints: list[Hint]) -> None:
    words = source[start:end].strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        data = json.loads(words, strict=False)
    except (ValueError, RecursionError):
        return
    waiting, seen = [data], 0
    while waiting and seen < 2000:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node[:200])
        elif isinstance(node, dict):
            waiting.extend(
                value for key, value in node.items() if key in ("@graph", "mainEntity", "itemListElement", "mainEntityOfPage")
            )
            kind = str(node.get("@type", "")).lower()
            if any(word in kind for word in _ARTICLES):
                _article(node, source, start, end, hints)


def _article(node: dict[str, Any], source: str, start: int, end: int, hints: list[Hint]) -> None:
    page = "webpage" in str(node.get("@type", "")).lower()
    for key in _KEPT:
        value = node.get(key)
        if isinstance(value, str | int) and str(value).strip():
            hints.append(_placed("webpage." + key if page else key, str(value), source, start, end))
    for key in _NAMED:
        for value in _names(node.get(key)):
            hints.append(_placed("webpage." + key if page else key, value, source, start, end))


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for entry in value[:20] for name in _names(entry)]
    return []


def _placed(key: str, value: str, source: str, start: int, end: int) -> Hint:
    value = unescape(value).strip()[:1000]
    at = source.find(value, start, end)
    return Hint(where="json-ld", name=key, value=value, start=at, end=at + len(value) if at >= 0 else -1)


_STAMPS = ("datepublished", "article:published_time", "pubdate", "article:published")


def needs_guess(hints: list[Hint]) -> bool:
    """Do the stamps that name publication give no day, or several?"""
    days = {
        hint.value[:10] for hint in hints
        if hint.name.lower() in _STAMPS and hint.value[:4].isdigit()
    }  # fmt: skip
    return len(days) != 1


def guess(source: str) -> Hint | None:
    """htmldate's candidate for the first day of publication."""
    if len(source) > _QUICK:
        try:
            found = guarded("day", source.encode("utf-8", "surrogatepass"), seconds=_SECONDS)
        except Unreadable:
            return None
    else:
        found = _guess(source)
    return Hint(where="htmldate", name="original", value=str(found)) if found else None


def guess_of_bytes(payload: bytes) -> str | None:
    """For the guarded child: htmldate's candidate for a UTF-8 page."""
    return _guess(payload.decode("utf-8", "surrogatepass"))


def _guess(source: str) -> str | None:
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = find_date(source, original_date=True, extensive_search=True, max_date=_LAST_DAY)
    return str(found) if found else None


# htmldate's own bound is the day it runs, and a reading must not depend on that.
_QUICK = 1_500_000  # characters above which the day is sought in a child
_SECONDS = 3.0
_LAST_DAY = "2099-12-31"


def settled(hints: list[Hint]) -> tuple[Hint, ...]:
    """The hints without announcements that nothing came of."""
    return tuple(hint for hint in hints if hint.value)
