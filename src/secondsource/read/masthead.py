"""page and its segments -> an article with its papers: title, outlet, byline, dateline, day, whose copy

Every value says how it is known: `stated` in words or markup, `inferred` from them by arithmetic, a `hint` where it may well be
otherwise, or absent. Absent is an answer.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from secondsource.model import Article, Page, Relation, Segment, TextField, article_id, quote_of
from secondsource.read import datelines, published, relations

_BY = re.compile(
    r"^\W*(?:(?:additional reporting|reporting|writing|written|posted|reported|text|words|story|report|interview|analysis) by"
    r"|special to|from(?=:)|by|authors?)\b:?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:\d|[|•·;]|\s[-–—]\s|,\s|\s\(|\sin\s|\sat\s|\sfor\s|\n).*$", re.DOTALL)
_STAMP = re.compile(r"(?i)(?:first |last |date )?(?:published|updated|modified|posted|created|date|time)\b")
_STOPWORDS = frozenset({
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "was", "with", "as", "it", "by", "at", "from", "be",
    "has", "are", "have", "this", "his", "not", "he", "said", "which", "an", "were", "but", "will", "who", "its", "their",
})  # fmt: skip


def masthead(page: Page, segments: Sequence[Segment], agencies: Mapping[str, Any]) -> Article:
    """The article that the page is. `agencies`: the table of agencies (data/agencies.toml)."""
    article = article_id(page.name, page.sha256)
    names = relations.known(agencies)
    dateline, credit = datelines.dateline(article, page.text, segments, agencies)
    outlet = _outlet(article, page, segments)
    if outlet.value is None:
        outlet = _outlet_beside_date(article, page, segments, frozenset(agencies["papers"]["words"].split()))
    given = relations.relations(article, page.text, segments, credit, names)
    return Article(
        name=page.name, sha256=page.sha256, text=page.text, language=language(page, segments),
        title=_title(article, page, segments),
        outlet=outlet, byline=_byline(article, page, segments, names, outlet.value), dateline=dateline,
        published=published.published(article, page, segments, dateline),
        relations=(*_of_others(given, outlet.value, page), *_given_origin(page)), segments=tuple(segments),
        document=page.document, url=_url(page),
    )  # fmt: skip


def _hints(page: Page, *wanted: tuple[str, str]) -> list[str]:
    """The values of the hints (where, name) in order of the wanted pairs."""
    return [
        hint.value for where, name in wanted for hint in page.hints if hint.where == where and hint.name == name and hint.value
    ]


def _title(article: str, page: Page, segments: Sequence[Segment]) -> TextField:
    titles = [quote_of(article, page.text, one.start, one.end) for one in segments if one.kind == "title"]
    if titles:
        # "Talks fail | Norvik News" above "Talks fail": the shorter is the title
        words = min((one for one in titles if titles[0].exact.startswith(one.exact)), key=lambda one: len(one.exact))
        return TextField(value=words.exact, basis="stated", evidence=(words,))
    given = _hints(
        page, ("manifest", "title"), ("feed", "title"), ("mail", "subject"), ("json-ld", "headline"), ("meta", "og:title")
    )
    return TextField(value=given[0], basis="stated", note="beside the text") if given else TextField()


_COPYRIGHT = re.compile(
    rf"(?:©\s?[Cc]opyright|©|\([cC]\)|[Cc]opyright)\s{{0,2}}(?:©\s?)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d|"
    rf"\d\d))?,?\s{{1,2}})?(?:by )?(?P<name>{relations.NAME})"
)
_ABOUT = re.compile(rf"^\W*About (?P<name>{relations.NAME})")
_VIEWS = re.compile(
    rf"\b(?:views|opinions|position|policy) (?:\w+ )?of (?P<name>{relations.NAME})|\bsubscri\w+ to "
    rf"(?P<name2>{relations.NAME})|\bcopy of (?P<name3>{relations.NAME})"
)


def _outlet(article: str, page: Page, segments: Sequence[Segment]) -> TextField:
    given = _hints(
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
    found = _outlet_in_foot(article, page, segments)
    if found.value is None:
        sender = next(iter(_hints(page, ("mail", "from"))), "").partition("<")[0].strip(" \"'")
        return TextField(value=sender, basis="hint", note="mail: from") if sender and "@" not in sender else found
    return _in_full(article, page, segments, found)


def _in_full(article: str, page: Page, segments: Sequence[Segment], short: TextField) -> TextField:
    """A name from the foot as the head of the page prints it in full: "Undertow" below, "Undertow Review" above the title."""
    for segment in segments[:3]:
        line = page.text[segment.start : segment.end].partition("\n")[0]
        if segment.kind == "boilerplate" and short.value and line.startswith(short.value + " ") and len(line.split()) <= 4:
            words = quote_of(article, page.text, segment.start, segment.start + len(line))
            return TextField(value=line, basis="stated", evidence=(words, *short.evidence))
    return short


_BEFORE_DATE = re.compile(r"((?:The )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,4}), (?=[A-Z0-9][\w ]{0,24}\d)")


def _outlet_beside_date(article: str, page: Page, segments: Sequence[Segment], papers: frozenset[str]) -> TextField:
    """A paper's name on the line of the date: "Valley Herald, Friday 7 November 2031", "The Far Parish, 5 May 2031"."""
    for line in segments:
        named = _BEFORE_DATE.match(page.text, line.start, line.end) if line.kind == "date_line" else None
        if named and (named[1].startswith("The ") or named[1].split()[-1].lower() in papers):
            words = quote_of(article, page.text, *named.span(1))
            return TextField(value=words.exact, basis="stated", evidence=(words,))
    for line, after in itertools.pairwise(segments):
        gap = page.text[line.end : after.start]
        if line.kind == "byline" and after.kind == "date_line" and "\n" not in gap:
            name = page.text[line.start : line.end].rstrip(" ,|–—-·")
            if name.split()[-1:] and name.split()[-1].lower() in papers:
                words = quote_of(article, page.text, line.start, line.start + len(name))
                return TextField(value=name, basis="stated", evidence=(words,))
    return TextField()


def _outlet_in_foot(article: str, page: Page, segments: Sequence[Segment]) -> TextField:
    """A name in the page's own furniture: after a copyright sign, or after "About" and once more elsewhere there."""
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
                words = quote_of(article, page.text, at + found.start(), at + found.start("name") + len(name))
                return TextField(value=name, basis="stated", evidence=(words,))
    return TextField()


def _byline(article: str, page: Page, segments: Sequence[Segment], names: Mapping[str, str], outlet: str | None) -> TextField:
    publisher = {value.lower() for value in _hints(page, ("json-ld", "publisher"), ("meta", "og:site_name"))} | {
        (outlet or "").lower()
    }
    for segment in segments:
        words = page.text[segment.start : segment.end]
        if re.match(r"\W*(?:edit|translat)", words, re.IGNORECASE):
            continue
        if segment.kind != "byline" and not (segment.kind == "date_line" and "|" in words):
            continue
        value = _AFTER_NAME.sub("", _BY.sub("", words)).strip(" \xa0,.;:|*-–—")
        if segment.kind == "date_line" and (not all(part[0].isupper() for part in value.split()) or _STAMP.match(value)):
            continue
        if not value or value.lower() in publisher or relations.agency_of(value, names) or not _personal(value):
            continue
        start = segment.start + words.index(value) if value in words else segment.start
        return TextField(value=value, basis="stated", evidence=(quote_of(article, page.text, start, start + len(value)),))
    given = _hints(
        page,
        ("manifest", "author"),
        ("feed", "author"),
        ("json-ld", "author"),
        ("meta", "author"),
        ("meta", "article:author"),
        ("meta", "byl"),
    )
    for raw in given:
        value = _BY.sub("", raw).strip()
        if value.lower() not in publisher and not relations.agency_of(value, names) and _personal(value):
            return TextField(value=value, basis="hint", note="beside the text")
    return TextField()


def _personal(value: str) -> bool:
    """Two to eight words that begin like a name, and no address and no desk."""
    parts = value.split()
    if not 2 <= len(parts) <= 8 or "/" in value or "@" in value or any(sign.isdigit() for sign in value):
        return False
    desk = re.search(
        (
            r"(?i)\b(?:staff|desk|team|editors?|newsroom|admin|correspondents?|reporters?|bureau|agenc(?:y|"
            r"ies)|news|media|press|gmbh|ltd|inc|llc|service)\b"
        ),
        value,
    )
    return parts[0][0].isupper() and parts[0] != "The" and ":" not in value and not desk


def _of_others(given: Sequence[Relation], outlet: str | None, page: Page) -> list[Relation]:
    """The relations but for those that name the page's own outlet: nobody is his own origin."""
    own = {
        "".join(value.lower().split())
        for value in (outlet, *_hints(page, ("meta", "og:site_name"), ("json-ld", "publisher")))
        if value
    }
    kept = []
    for one in given:
        name = "".join(one.name.lower().split())
        if one.kind == "photo_credit" or not any(name in value or value in name for value in own):
            kept.append(one)
    return kept


def _given_origin(page: Page) -> tuple[Relation, ...]:
    """A feed's <source> names whose text an entry is; it stands beside the text and so has no words in it."""
    given = _hints(page, ("feed", "source"), ("manifest", "origin"))
    return tuple(Relation(kind="republished_from", name=name, evidence=()) for name in given[:1])


def _url(page: Page) -> str | None:
    given = _hints(
        page, ("manifest", "url"), ("warc", "url"), ("feed", "link"), ("url", "canonical"), ("meta", "og:url"), ("mhtml", "url")
    )
    return next((value for value in given if value.startswith(("http://", "https://"))), None)


def language(page: Page, segments: Sequence[Segment]) -> str | None:
    """The language of the body as an ISO 639-1 code; None where there are fewer than four words to tell by."""
    words = " ".join(page.text[segment.start : segment.end] for segment in segments if segment.kind in ("body", "title"))[:4000]
    words = words.strip() or page.text[:4000]
    parts = re.findall(r"[^\W\d_]+", words.lower())
    if len(parts) < 4:
        return None
    if len(parts) >= 20 and sum(part in _STOPWORDS for part in parts) * 5 >= len(parts):
        return "en"
    from py3langid import classify

    return str(classify(words)[0])
