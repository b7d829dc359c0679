"""blocks + what a reader of markup says of them -> blocks with labels

trafilatura tells which paragraphs are the main text and which are comments. Its words are never stored: a block of ours is
labelled when its own characters are found among them.
"""

import logging
import re
from collections import Counter
from functools import lru_cache
from typing import Any

from secondsource.errors import Unreadable
from secondsource.model import Block
from secondsource.read.guard import guarded

_CLASS = re.compile(
    (
        r"(?:class|id|itemprop|role|data-component|aria-label)\s{0,3}=\s{0,3}(?:\"([^\"]{1,400})\"|"
        r"'([^']{1,400})'|([^\s>\"']{1,400}))"
    ),
    re.IGNORECASE,
)
_WORDS = (
    ("comment", re.compile(
        r"\bcomments?\b|\bcomment[-_]?(?:list|body|content|text|thread|author|meta|area|form|\d)|disqus|livefyre"
    )),
    ("form", re.compile(r"\brespond\b|\bcomment-?form|\breply-title\b|\bform\b|searchform")),
    ("byline", re.compile(r"\bby-?line|\bauthors?\b|\bauthor[-_](?:name|info|link)|\bwriter\b|\bcreator\b|contributor|vcard")),
    ("bio", re.compile(r"\bauthor[-_]?(?:bio|box|desc|about)|\bbio\b|about[-_]?(?:the[-_]?)?author")),
    ("related", re.compile(
        r"\brelated|recommend|\bmore[-_](?:stories|news|from|on|in|articles)|read[-_]?(?:more|next|also)|"
        r"trending|most[-_]?(?:read|popular|viewed)|you[-_]may|outbrain|taboola|\blatest\b|teaser|"
        r"promo\b|\binterlink|popular[-_]")),
    ("nav", re.compile(
        r"\bnav(?:bar|igation)?\b|\bmenu\b|breadcrumb|masthead|\btopbar\b|pagination|skip-?(?:link|to)|\bsitemap\b"
    )),
    ("footer", re.compile(r"\b(?:site|page|global)?-?footer\b|copyright|colophon|\blegal\b")),
    ("share", re.compile(r"\bshar(?:e|ing)\b|\bsocial\b|follow-?us|addthis|sharedaddy|\btools?bar\b")),
    ("advert", re.compile(r"\bads?\b|\badvert|\bsponsor|dfp|gpt-ad|\bbanner-?ad|\bpromoted\b|commercial")),
    ("newsletter", re.compile(
        r"newsletter|\bsubscribe\b|\bsignup\b|sign-up|mailchimp|cookie|\bgdpr\b|consent|\bmodal\b|"
        r"\bpopup\b|\bdonat")),
    ("figure", re.compile(
        r"\bcaption|wp-caption|\bfigure\b|photo-?credit|image-?credit|\bcredits?\b|gallery-?caption|"
        r"-caption\b|media__caption|imagecaption")),
    ("credit", re.compile(r"photo-?credit|image-?credit|\bcredits?\b|img-credit|-credit\b|copyright-holder")),
    ("time", re.compile(
        r"\b(?:date|time|published|pubdate|timestamp|dateline|datetime|post-?date|entry-?date|"
        r"article-?date|datepublished|updated)\b|-date\b|-timestamp\b|-time\b")),
    ("tags", re.compile(
        r"\btags?\b|\btag-?(?:list|links|cloud)|\bkeywords?\b|\btopics?\b|\bcategor(?:y|ies)\b|cat-links|\bfiled\b"
    )),
    ("headline", re.compile(r"\bheadline\b|\b(?:entry|post|article|story|page)-?title\b|\btitle\b")),
    ("sidebar", re.compile(r"\bside-?bar\b|\bwidgets?\b|\brail\b|\bright-?col")),
    ("body", re.compile(
        r"articlebody|article-?(?:body|content|text)|story-?(?:body|content|text)|entry-?content|"
        r"post-?(?:body|content)")),
    ("summary", re.compile(
        r"\bsummary\b|standfirst|\bdek\b|\bdeck\b|sub-?(?:title|headline|head)|\bexcerpt\b|\blede\b|kicker"
    )),
)  # fmt: skip
_NONE: frozenset[str] = frozenset()
_QUICK, _FEW = 1_500_000, 20_000  # above these it is parsed in a child
_SECONDS = 4.0  # for such a parse: a page is read within ten
_DEPTH, _LENGTH, _TAGS = 250, 6_000_000, 100_000  # beyond these a page is not handed to a tree parser
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
    for word in said.lower().split():
        more = _said(word)
        base = base | more if more else base
    return base


@lru_cache(maxsize=65536)
def _said(words: str) -> frozenset[str]:
    words = words.replace("_", "-")
    return frozenset(label for label, pattern in _WORDS if pattern.search(words))


def labelled(text: str, blocks: list[Block], source: str, depth: int) -> list[Block]:
    """The blocks with "main" and "comment" where trafilatura finds them."""
    if not parsable(source, depth):
        return [_with(block, "unparsed") for block in blocks]
    parsed = _guarded_parts(source)
    if parsed is None:
        return [_with(block, "unparsed") for block in blocks]
    main, comments = parsed
    return _aligned(text, blocks, main, comments)


def parsable(source: str, depth: int) -> bool:
    """May the page be handed to a tree parser? Too deep, long or crowded ones lose text there or take too long."""
    return depth <= _DEPTH and len(source) <= _LENGTH and source.count("<") <= _TAGS


def _with(block: Block, *more: str, without: frozenset[str] = _NONE) -> Block:
    kept = tuple(sorted((set(block.labels) | set(more)) - without))
    return block if kept == block.labels else Block(start=block.start, end=block.end, tag=block.tag, labels=kept)


def parts_of_bytes(payload: bytes) -> tuple[list[str], list[str]] | None:
    """For the guarded child: main paragraphs and comment paragraphs of a UTF-8 page."""
    return _parts(payload.decode("utf-8", "surrogatepass"))


def _guarded_parts(source: str) -> tuple[list[str], list[str]] | None:
    """A large page is parsed in a child with limits; a child that fails has found nothing."""
    if len(source) <= _QUICK and source.count("<") <= _FEW:
        return _parts(source)
    try:
        found = guarded("main_text", source.encode("utf-8", "surrogatepass"), seconds=_SECONDS)
    except Unreadable:
        return None
    return (found[0], found[1]) if isinstance(found, list) else None


def _parts(source: str) -> tuple[list[str], list[str]] | None:
    """trafilatura's main paragraphs and comment paragraphs; None where it finds nothing."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is told as a Problem, not on a terminal
    found = bare_extraction(source, fast=True, include_comments=True, include_tables=True, with_metadata=False)
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    return _paragraphs(found.body), _paragraphs(found.commentsbody)


def _paragraphs(tree: Any) -> list[str]:
    if tree is None:
        return []
    found = [tree.text or ""]
    for child in tree:
        found.append("".join(child.itertext()) if isinstance(child.tag, str) else "")
        found.append(child.tail or "")
    return [words for words in found if words.strip()]


def squeezed(words: str) -> str:
    """Letters and figures only, lower case: what survives any re-joining."""
    return _SQUEEZE.sub("", words).lower()


def _aligned(text: str, blocks: list[Block], main: list[str], comments: list[str]) -> list[Block]:
    """Walk through the main text and the blocks together: a long block may be anywhere in it, a short one only where the
    walk has come to."""
    heap, said = "".join(squeezed(words) for words in main), "|".join(squeezed(words) for words in comments)
    grams = _grams(" ".join(main))
    place, made = 0, []
    taken: Counter[str] = Counter()
    own: list[str] = []  # the words of blocks taken so far
    for block in blocks:
        words = text[block.start : block.end]
        key = squeezed(words)
        at = _place(key, heap, place)
        if at >= 0 and (at >= place or taken[key] < heap.count(key)):
            place = max(at + len(key), place)
            taken[key] += 1
            own.append(words)
            made.append(_with(block, "main"))
        elif len(key) >= _LONG and said and key in said:
            made.append(_with(block, "comment"))
        elif len(key) >= _LONG and _share(words, grams) >= 0.6 and _share(words, _grams(" ".join(own))) < 0.5:
            own.append(words)
            made.append(_with(block, "main"))
        else:
            made.append(block)
    return _closed_gaps(text, made, heap)


def _closed_gaps(text: str, blocks: list[Block], heap: str) -> list[Block]:
    """A short block of the main text's words that stands between main blocks was only lost by the walk."""
    main = ["main" in block.labels for block in blocks]
    for place, block in enumerate(blocks):
        if main[place] or not (any(main[max(0, place - 2) : place]) and any(main[place + 1 : place + 3])):
            continue
        key = squeezed(text[block.start : block.end])
        if len(key) >= 3 and "link" not in block.labels and key in heap:
            blocks[place] = _with(block, "main")
    return blocks


_LONG = 24  # letters and figures from which a block is told by its words alone
_SLACK = 6  # letters that the walk may have missed before a short block


def _place(key: str, heap: str, place: int) -> int:
    """Where in the main text the block stands, or -1."""
    if not key:
        return -1
    if len(key) >= _LONG:
        at = heap.find(key, place)
        return at if at >= 0 else heap.find(key)
    return heap.find(key, place, place + len(key) + _SLACK)


def _grams(words: str) -> frozenset[tuple[str, ...]]:
    found = _WORD.findall(words.lower())
    return frozenset(zip(found, found[1:], found[2:], found[3:], strict=False))


def _share(words: str, grams: frozenset[tuple[str, ...]]) -> float:
    own = _grams(words)
    return sum(gram in grams for gram in own) / len(own) if own else 0.0
