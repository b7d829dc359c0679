"""blocks + what a reader of markup says of them -> blocks with labels

trafilatura tells which paragraphs are the main text and which are comments. Its words are never stored: a block of ours is
labelled when its own characters are found among them.
"""

import re
from functools import lru_cache

from secondsource.model import Block

_CLASS = re.compile(
    r"(?:class|id|itemprop|role|data-component|aria-label)\s{0,3}=\s{0,3}(?:\"([^\"]{1,400})\"|'([^']{1,400})'|([^\s>\"']{1,400}))",
    re.IGNORECASE,
)
_WORDS = (
    ("comment", re.compile(r"\bcomments?\b|\bcomment[-_]?(?:list|body|content|text|thread|author|meta|area|form|\d)|disqus|livefyre|\brespond\b")),
    ("byline", re.compile(r"\bby-?line|\bauthors?\b|\bauthor[-_](?:name|info|link)|\bwriter\b|\bcreator\b|contributor|vcard")),
    ("bio", re.compile(r"\bauthor[-_]?(?:bio|box|desc|about)|\bbio\b|about[-_]?(?:the[-_]?)?author")),
    ("related", re.compile(r"\brelated|recommend|\bmore[-_](?:stories|news|from|on|in|articles)|read[-_]?(?:more|next|also)|trending|most[-_]?(?:read|popular|viewed)|you[-_]may|outbrain|taboola|\blatest\b|teaser|promo\b|\binterlink|popular[-_]")),
    ("nav", re.compile(r"\bnav(?:bar|igation)?\b|\bmenu\b|breadcrumb|masthead|\btopbar\b|pagination|skip-?(?:link|to)|\bsitemap\b")),
    ("footer", re.compile(r"\b(?:site|page|global)?-?footer\b|copyright|colophon|\blegal\b")),
    ("share", re.compile(r"\bshar(?:e|ing)\b|\bsocial\b|follow-?us|addthis|sharedaddy|\btools?bar\b")),
    ("advert", re.compile(r"\bads?\b|\badvert|\bsponsor|dfp|gpt-ad|\bbanner-?ad|\bpromoted\b|commercial")),
    ("newsletter", re.compile(r"newsletter|subscri|\bsignup\b|sign-up|paywall|mailchimp|cookie|\bgdpr\b|consent|\bmodal\b|\bpopup\b|\bdonat")),
    ("figure", re.compile(r"\bcaption|wp-caption|\bfigure\b|photo-?credit|image-?credit|\bcredits?\b|gallery-?caption|-caption\b|media__caption|imagecaption")),
    ("credit", re.compile(r"photo-?credit|image-?credit|\bcredits?\b|img-credit|-credit\b|copyright-holder")),
    ("time", re.compile(r"\b(?:date|time|published|pubdate|timestamp|dateline|datetime|post-?date|entry-?date|article-?date|datepublished|updated)\b|-date\b|-timestamp\b|-time\b")),
    ("tags", re.compile(r"\btags?\b|\btag-?(?:list|links|cloud)|\bkeywords?\b|\btopics?\b|\bcategor(?:y|ies)\b|cat-links|\bfiled\b")),
    ("headline", re.compile(r"\bheadline\b|\b(?:entry|post|article|story|page)-?title\b|\btitle\b")),
    ("sidebar", re.compile(r"\bside-?bar\b|\bwidgets?\b|\brail\b|\bright-?col")),
    ("body", re.compile(r"articlebody|article-?(?:body|content|text)|story-?(?:body|content|text)|entry-?content|post-?(?:body|content)")),
    ("summary", re.compile(r"\bsummary\b|standfirst|\bdek\b|\bdeck\b|sub-?(?:title|headline|head)|\bexcerpt\b|\blede\b|kicker")),
)  # fmt: skip
_NONE: frozenset[str] = frozenset()
_DEPTH, _LENGTH, _TAGS = 250, 4_000_000, 60_000  # beyond these a page is not handed to a tree parser
_SQUEEZE = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")


def of_tag(name: str, plain: str | None, tag: str) -> frozenset[str]:
    """Labels from an element's name and from its class, id, itemprop and role."""
    if name in ("html", "body"):
        return _NONE
    base = frozenset((plain,)) if plain else _NONE
    if len(tag) < len(name) + 6:
        return base
    said = " ".join(match[match.lastindex or 1] for match in _CLASS.finditer(tag))
    return base | _said(said.lower()) if said else base


@lru_cache(maxsize=4096)
def _said(words: str) -> frozenset[str]:
    words = words.replace("_", "-")
    return frozenset(label for label, pattern in _WORDS if pattern.search(words))


def labelled(text: str, blocks: list[Block], source: str, depth: int) -> list[Block]:
    """The blocks with "main" and "comment" where trafilatura finds them."""
    if depth > _DEPTH or len(source) > _LENGTH or source.count("<") > _TAGS:
        return [_with(block, "unparsed") for block in blocks]
    parsed = _parts(source)
    if parsed is None:
        return [_with(block, "unparsed") for block in blocks]
    main, comments = parsed
    return _aligned(text, blocks, main, comments)


def _with(block: Block, *more: str, without: frozenset[str] = _NONE) -> Block:
    kept = tuple(sorted((set(block.labels) | set(more)) - without))
    return block if kept == block.labels else Block(start=block.start, end=block.end, tag=block.tag, labels=kept)


def _parts(source: str) -> tuple[list[str], list[str]] | None:
    """trafilatura's main paragraphs and comment paragraphs; None where it finds nothing."""
    from trafilatura import bare_extraction

    found = bare_extraction(source, fast=True, include_comments=True, include_tables=True, with_metadata=False)
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    return _paragraphs(found.body), _paragraphs(found.commentsbody)


def _paragraphs(tree: object) -> list[str]:
    if tree is None:
        return []
    return ["".join(child.itertext()) for child in tree if isinstance(child.tag, str)]  # type: ignore[attr-defined]


def squeezed(words: str) -> str:
    """Letters and figures only, lower case: what survives any re-joining."""
    return _SQUEEZE.sub("", words).lower()


def _aligned(text: str, blocks: list[Block], main: list[str], comments: list[str]) -> list[Block]:
    keys = [squeezed(text[block.start : block.end]) for block in blocks]
    heap, said = "|".join(squeezed(words) for words in main), "|".join(squeezed(words) for words in comments)
    wholes = {squeezed(line) for words in main for line in words.split("\n")} | {squeezed(words) for words in main}
    grams = _grams(" ".join(main))
    marks: list[str | None] = []
    for key, block in zip(keys, blocks, strict=True):
        if len(key) >= 24:
            if key in heap:
                marks.append("main")
            elif said and key in said:
                marks.append("comment")
            else:
                marks.append("main" if _share(text[block.start : block.end], grams) >= 0.6 else None)
        else:
            marks.append("short" if key and (key in wholes or key in heap) else None)
    return [_marked(block, mark, _beside(marks, i)) for i, (block, mark) in enumerate(zip(blocks, marks, strict=True))]


def _beside(marks: list[str | None], i: int) -> bool:
    """Does main text stand on both sides, within three blocks?"""
    return "main" in marks[max(0, i - 3) : i] and "main" in marks[i + 1 : i + 4]


def _marked(block: Block, mark: str | None, beside: bool) -> Block:
    if mark == "main" or (mark == "short" and beside):
        return _with(block, "main")
    return _with(block, "comment") if mark == "comment" else block


def _grams(words: str) -> frozenset[tuple[str, ...]]:
    found = _WORD.findall(words.lower())
    return frozenset(zip(found, found[1:], found[2:], found[3:], strict=False))


def _share(words: str, grams: frozenset[tuple[str, ...]]) -> float:
    own = _grams(words)
    return sum(gram in grams for gram in own) / len(own) if own else 0.0
