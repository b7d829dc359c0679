"""document bytes -> text with a map back to the bytes"""

import codecs
import hashlib
import re
from bisect import bisect_right

from secondsource.errors import Unreadable
from secondsource.model import Member, Page
from secondsource.read import html

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_LONGEST_TEXT = 2_000_000  # of visible text
_LONGEST = 60_000_000
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]+")
# Browsers read these declarations as the larger sets on the right (WHATWG Encoding).
_WIDENED = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252",
            "ascii": "windows-1252", "iso8859-1": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030",
            "iso-8859-9": "windows-1254", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
            "x-sjis": "cp932", "tis-620": "cp874"}  # fmt: skip


def page(member: Member) -> Page:
    """The text of a document, its visible blocks and the papers beside them. Raises Unreadable with a plain reason."""
    decoded, encoding, skipped = decode(member)
    if len(decoded) > _LONGEST:
        raise Unreadable(f"more than {_LONGEST // 1_000_000} million characters: no single report")
    if not decoded.strip(" \t\r\n\x00\xa0"):
        raise Unreadable("no text in it")
    if member.media in ("text/html", "application/xhtml+xml"):
        return html.page(member, decoded, encoding, skipped)
    if len(decoded) > _LONGEST_TEXT and len(decoded.strip()) > _LONGEST_TEXT:
        raise Unreadable(f"more than {_LONGEST_TEXT // 1_000_000} million characters: no single report")
    text = _clean(decoded)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return Page(
        name=member.name, sha256=hashlib.sha256(member.payload).hexdigest(), text=text, media=member.media,
        encoding=encoding, layer=member.layer, runs=html.byte_runs(decoded, [(0, 0, len(decoded))], encoding, skipped),
        hints=member.hints, document=member.document,
    )  # fmt: skip


def doubt(source: Page) -> str | None:
    """What is doubtful about how a page was read, in words for its reader; None where nothing is."""
    if any("unparsed" in block.labels for block in source.blocks):
        return (
            "its markup is too deep or too large to be parsed as a tree: what is report and what is frame is told by "
            "each paragraph's own words only; check the segments before you rely on it"
        )
    return None


def decode(member: Member) -> tuple[str, str, int]:
    """The payload as text, its encoding, and how many bytes a byte order mark took.

    A byte that does not fit stays as a lone surrogate, so that every code point keeps its place in the payload.
    """
    payload = member.payload
    if b"\x00" in payload[:4096] and not payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = _zeros(payload)
        if encoding:
            return payload.decode(encoding, "replace"), encoding, 0
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            exact = encoding if encoding == "utf-8-sig" else encoding + ("-le" if mark in _LITTLE else "-be")
            plain = "utf-8" if exact == "utf-8-sig" else exact
            errors = "surrogateescape" if plain == "utf-8" else "replace"
            return payload[len(mark) :].decode(plain, errors), plain, len(mark)
    try:
        return payload.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    return _guess(member)


_ENOUGH = 12  # bytes beyond ASCII from which detection can tell anything
_LITTLE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)


def _zeros(payload: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero. Anything else with zeros is read as it is."""
    head = payload[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 10 > len(head) * 4 and even * 20 < len(head):
        return "utf-16-le"
    if even * 10 > len(head) * 4 and odd * 20 < len(head):
        return "utf-16-be"
    return None


def _guess(member: Member) -> tuple[str, str, int]:
    """By declaration, then by what fits: nearly-UTF-8 stays UTF-8; else detection; else windows-1252."""
    payload = member.payload
    declared = member.encoding
    if declared is None and (match := _DECLARED.search(payload, 0, 4096)):
        declared = match[1].decode("ascii").lower()
    if declared:
        declared = _WIDENED.get(declared.lower(), declared.lower())
        if declared not in ("utf-8", "utf8") and _known(declared):
            return payload.decode(declared, "surrogateescape"), declared, 0
    escaped = payload.decode("utf-8", "surrogateescape")
    broken = sum(len(run) for run in _SURROGATES.findall(escaped))
    high = len(payload) - len(payload.translate(None, bytes(range(128, 256))))
    if broken * 4 < high or declared in ("utf-8", "utf8"):
        return escaped, "utf-8", 0
    if high < _ENOUGH:
        return payload.decode("windows-1252", "surrogateescape"), "windows-1252", 0
    from charset_normalizer import from_bytes

    best = from_bytes(payload[:65536]).best()
    encoding = _WIDENED.get(best.encoding, best.encoding) if best else "windows-1252"
    if not _known(encoding):
        encoding = "windows-1252"
    return payload.decode(encoding, "surrogateescape"), encoding, 0


def _known(encoding: str) -> bool:
    try:
        info = codecs.lookup(encoding)
    except LookupError:
        return False
    return info.name not in ("utf-7", "idna", "punycode") and bool(getattr(info, "_is_text_encoding", True))


def _clean(decoded: str) -> str:
    """The same number of code points, without lone surrogates and NULs."""
    if "\x00" in decoded:
        decoded = decoded.replace("\x00", "\ufffd")
    if decoded.isascii():
        return decoded
    return _SURROGATES.sub(lambda run: "\ufffd" * len(run[0]), decoded)


def in_payload(source: Page, start: int, end: int) -> tuple[int, int]:
    """Where `[start, end)` of the page's text stands in the payload's bytes."""
    return _at(source, start), _at(source, end - 1, after=True)


def _at(source: Page, offset: int, *, after: bool = False) -> int:
    place = bisect_right(source.runs, offset, key=lambda run: run[0]) - 1
    begins, at, width = source.runs[max(place, 0)]
    if after and width == 0:
        later = source.runs[place + 1 :]
        return later[0][1] if later else at
    return at + (offset - begins + (1 if after else 0)) * width
