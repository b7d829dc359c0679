"""page and its segments -> an article with its papers: title, outlet, byline, dateline, day, whose copy

Every value says how it is known: `stated` in words or markup, `inferred` from them by arithmetic, a `hint` where it may well be
otherwise, or absent. Absent is an answer.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from secondsource.model import Article, Page, Relation, Segment, TextField, article_id, quote_of
from secondsource.read import datelines, media, outlets, published, relations
from secondsource.read.media import Papers

_BY = re.compile(
    r"^\W*(?:(?:additional reporting|reporting|writing|written|posted|reported|text|words|story|report|interview|analysis) by"
    r"|special to|from(?=:)|by|authors?)\b:?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:\d|[|•·;]|\s/\s|\s[-–—]\s|,\s|\s\(|\sin\s|\sat\s|\sfor\s|\n).*$", re.DOTALL)
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
    papers = media.papers(agencies)
    outlet = outlets.outlet(article, page, segments, papers, names)
    given = relations.relations(article, page.text, segments, credit, names, papers)
    return Article(
        name=page.name, sha256=page.sha256, text=page.text, language=language(page, segments),
        title=_title(article, page, segments),
        outlet=outlet, byline=_byline(article, page, segments, names, papers, outlet.value), dateline=dateline,
        published=published.published(article, page, segments, dateline),
        relations=(*_of_others(given, outlet.value, page), *_given_origin(page)), segments=tuple(segments),
        document=page.document, url=_url(page),
    )  # fmt: skip


def _title(article: str, page: Page, segments: Sequence[Segment]) -> TextField:
    titles = [quote_of(article, page.text, one.start, one.end) for one in segments if one.kind == "title"]
    if titles:
        # "Talks fail | Norvik News" above "Talks fail": the shorter is the title
        words = min((one for one in titles if titles[0].exact.startswith(one.exact)), key=lambda one: len(one.exact))
        return TextField(value=words.exact, basis="stated", evidence=(words,))
    given = outlets.hints(
        page, ("manifest", "title"), ("feed", "title"), ("mail", "subject"), ("json-ld", "headline"), ("meta", "og:title")
    )
    return TextField(value=given[0], basis="stated", note="beside the text") if given else TextField()


def _byline(
    article: str, page: Page, segments: Sequence[Segment], names: Mapping[str, str], papers: Papers, outlet: str | None
) -> TextField:
    publisher = {value.lower() for value in outlets.hints(page, ("json-ld", "publisher"), ("meta", "og:site_name"))} | {
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
        if media.is_named(value, papers):
            continue
        start = segment.start + words.index(value) if value in words else segment.start
        return TextField(value=value, basis="stated", evidence=(quote_of(article, page.text, start, start + len(value)),))
    given = outlets.hints(
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
        for value in (outlet, *outlets.hints(page, ("meta", "og:site_name"), ("json-ld", "publisher")))
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
    given = outlets.hints(page, ("feed", "source"), ("manifest", "origin"))
    return tuple(Relation(kind="republished_from", name=name, evidence=()) for name in given[:1])


def _url(page: Page) -> str | None:
    given = outlets.hints(
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
