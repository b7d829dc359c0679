"""bytes of one file -> the documents in it

No disk is touched: the bytes come in, archive members are never written anywhere. A document that cannot be had is a Problem,
and the others go on.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from secondsource.errors import Unreadable
from secondsource.model import Hint, Member, Problem, Record
from secondsource.read import archives, feeds, mails, warcs
from secondsource.read.archives import Limits
from secondsource.read.guard import guarded

__all__ = ["Limits", "members"]

Found = Iterator[Member | Problem]
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x00\x00\x01\x00", b"\x7fELF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0")
_FIELDS = ("url", "title", "published", "outlet", "author")
_SMALL = 1_000_000  # bytes up to which a feed is parsed in this process
_CELL = 10_000_000  # characters in a cell of a table


class _Input(Record, frozen=True, kw_only=True):
    """A file's or archive member's name and bytes, and how much more it may unpack."""

    name: str
    payload: bytes
    limits: Limits
    depth: int
    budget: archives.Budget


_USUAL = Limits()


def members(name: str, payload: bytes, limits: Limits = _USUAL) -> Found:
    """The documents in the bytes of a file called `name`, each with its media type; a Problem for each that cannot be had."""
    yield from _members(_Input(name=name, payload=payload, limits=limits, depth=limits.depth, budget=archives.Budget(limits)))


def _members(given: _Input) -> Found:
    name, payload, limits = given.name, given.payload, given.limits
    if not payload.strip(b"\x00 \t\r\n"):
        yield Problem(name=name, stage="read", text="the file is empty")
        return
    if len(payload) > limits.total_bytes:
        yield Problem(name=name, stage="read", text=f"larger than {limits.total_bytes // 1_000_000} MB")
        return
    kind = _kind(name, payload)
    try:
        yield from _READERS[kind](given)
    except Unreadable as error:
        yield Problem(name=name, stage="read", text=str(error))


def _kind(name: str, payload: bytes) -> str:
    """What to read the bytes as: their own first bytes outweigh the name."""
    lower = name.lower().partition("?")[0]
    head = payload[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = head.lower()
    if payload.startswith(b"\x1f\x8b"):
        return "warc" if lower.endswith((".warc.gz", ".warc")) else "gzip"
    if payload.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if payload.startswith(b"WARC/"):
        return "warc"
    if payload[257:262] == b"ustar":
        return "tar"
    if payload.startswith(_PICTURES):
        return "binary"
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    if (low.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")) or lower.endswith((".rss", ".atom"))) and _is_feed(low):
        return "feed"
    return next((kind for endings, kind in _ENDINGS if lower.endswith(endings)), "text")


def _is_feed(low: bytes) -> bool:
    return any(mark in low for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel", b"<!doctype rss", b"<!entity"))


_ENDINGS = (
    ((".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"), "html"), ((".mhtml", ".mht"), "mhtml"), ((".eml",), "mail"),
    ((".mbox", ".mbx"), "mbox"), ((".jsonl", ".ndjson"), "jsonl"), ((".json",), "json"), ((".csv", ".tsv"), "csv"),
    ((".tar",), "tar"), ((".zip",), "zip"), ((".warc",), "warc"), ((".rss", ".atom"), "feed"),
)  # fmt: skip


def _html(given: _Input) -> Found:
    if len(given.payload) > given.limits.member_bytes:
        raise Unreadable(f"larger than {given.limits.member_bytes // 1_000_000} MB")
    yield Member(name=given.name, payload=given.payload, media="text/html")


def _text(given: _Input) -> Found:
    if len(given.payload) > given.limits.member_bytes:
        raise Unreadable(f"larger than {given.limits.member_bytes // 1_000_000} MB")
    sample = given.payload[:8192]
    strange = sum(byte < 9 or 13 < byte < 27 for byte in sample)
    utf16 = given.payload.startswith((b"\xff\xfe", b"\xfe\xff")) or sample[1::2].count(0) * 10 > len(sample) * 4
    if strange * 20 > len(sample) and not utf16:
        raise Unreadable("no text: the bytes are of a kind that is not read here")
    yield Member(name=given.name, payload=given.payload, media="text/plain")


def _binary(given: _Input) -> Found:
    yield Problem(name=given.name, stage="read", text="no text: a picture, a program or an old office file")


def _pdf(given: _Input) -> Found:
    pages = guarded("pdf", given.payload)
    text = "\n\n".join(str(page).replace("\r\n", "\n") for page in pages) if isinstance(pages, list) else ""
    if not text.strip():
        raise Unreadable("the PDF has no text layer")
    yield Member(
        name=given.name, payload=text.encode("utf-8", "replace"), media="text/plain", layer="pdf-text", encoding="utf-8"
    )


def _gzip(given: _Input) -> Found:
    name = given.name
    if name.lower().endswith(".tgz"):
        name = name[:-4] + ".tar"
    elif name.lower().endswith(".gz"):
        name = name[:-3]
    yield from _inside(given, name, archives.gunzip(given.payload, given.limits))


def _inside(given: _Input, name: str, payload: bytes) -> Found:
    """The documents of what was packed in an input, one level deeper and at its cost."""
    if given.depth <= 0 and _kind(name, payload) in ("gzip", "zip", "tar", "mail", "mbox"):
        raise Unreadable("packed more deeply than is read")
    given.budget.spend(len(payload))
    yield from _members(_Input(name=name, payload=payload, limits=given.limits, depth=given.depth - 1, budget=given.budget))


def _zip(given: _Input) -> Found:
    yield from _packed(given, archives.unzip(given.payload, given.limits))


def _tar(given: _Input) -> Found:
    yield from _packed(given, archives.untar(given.payload, given.limits))


def _packed(given: _Input, found: Iterator[tuple[str, bytes | str]]) -> Found:
    name = given.name
    for inner, payload in found:
        if isinstance(payload, str):
            yield Problem(name=f"{name}/{inner}" if inner else name, stage="read", text=payload)
        elif not inner.rpartition("/")[2].startswith((".", "__MACOSX")):
            yield from _each(given, f"{name}/{inner}", payload)


def _each(given: _Input, name: str, payload: bytes) -> Found:
    """One member; what is wrong with it is its own Problem, unless the whole input has cost too much."""
    try:
        yield from _inside(given, name, payload)
    except Unreadable as error:
        if given.budget.left < 0:
            raise
        yield Problem(name=name, stage="read", text=str(error))


def _warc(given: _Input) -> Found:
    yield from warcs.members(given.name, given.payload, given.limits)


def _mail(given: _Input) -> Found:
    yield from _with_attachments(given, mails.mail(given.name, given.payload))


def _mbox(given: _Input) -> Found:
    for number, message in enumerate(mails.split(given.payload), 1):
        if number > given.limits.members:
            raise Unreadable(f"more than {given.limits.members} mails: the rest is not read")
        yield from _with_attachments(given, mails.mail(f"{given.name}/{number}", message))


def _mhtml(given: _Input) -> Found:
    yield mails.mhtml(given.name, given.payload)


def _with_attachments(given: _Input, found: Iterator[Member | Problem]) -> Found:
    for one in found:
        if isinstance(one, Member) and one.media == "application/octet-stream":
            yield from _each(given, one.name, one.payload)
        else:
            yield one


def _feed(given: _Input) -> Found:
    if b"<!ENTITY" in given.payload[:100_000].upper():
        raise Unreadable("the feed declares entities of its own: refused")
    if len(given.payload) > given.limits.member_bytes:
        raise Unreadable(f"larger than {given.limits.member_bytes // 1_000_000} MB")
    found: Any = feeds.entries(given.payload) if len(given.payload) <= _SMALL else guarded("feed", given.payload)
    if not found:
        raise Unreadable("a feed without entries")
    for number, entry in enumerate(found, 1):
        where = entry["link"] or f"{given.name}#{number}"
        hints = tuple(
            Hint(where="feed", name=key, value=entry[key])
            for key in ("title", "link", "published", "author", "source", "outlet")
            if entry[key]
        )
        if not entry["content"].strip():
            yield Problem(name=where, stage="read", text="the feed's entry has no text")
            continue
        media = "text/html" if "<" in entry["content"] or "&" in entry["content"] else "text/plain"
        yield Member(
            name=where,
            payload=entry["content"].encode("utf-8", "replace"),
            media=media,
            layer="feed-content",
            hints=hints,
            encoding="utf-8",
        )


def _jsonl(given: _Input) -> Found:
    for number, line in enumerate(given.payload.split(b"\n"), 1):
        if number > given.limits.members * 10:
            raise Unreadable(f"more than {given.limits.members * 10} lines: the rest is not read")
        if line.strip(b" \t\r\xef\xbb\xbf"):
            where = f"{given.name}:{number}"
            try:
                row = msgspec.json.decode(line.strip(b" \t\r\xef\xbb\xbf"))
            except (msgspec.DecodeError, RecursionError) as error:
                yield Problem(name=where, stage="read", text=f"no JSON ({error})")
            else:
                yield _record(where, row)


def _json(given: _Input) -> Found:
    try:
        data = json.loads(given.payload)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON ({error})") from error
    for number, row in enumerate(data if isinstance(data, list) else [data], 1):
        yield _record(f"{given.name}:{number}", row)


def _csv(given: _Input) -> Found:
    text = given.payload.decode("utf-8-sig", "replace").replace("\x00", "\ufffd")
    csv.field_size_limit(_CELL)
    try:
        rows = csv.DictReader(io.StringIO(text), delimiter="\t" if given.name.lower().endswith(".tsv") else ",")
        if "text" not in (rows.fieldnames or ()):
            raise Unreadable("a table of reports needs a column `text`")
        for number, row in enumerate(rows, 1):
            yield _record(f"{given.name}:{number}", row)
    except csv.Error as error:
        raise Unreadable(f"damaged table ({error})") from error


def _record(where: str, row: object) -> Member | Problem:
    """One report of a manifest: `text`, and beside it url or id, title, published, outlet, author."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        return Problem(name=where, stage="read", text="a report needs a `text`")
    hints = tuple(Hint(where="manifest", name=key, value=str(row[key])) for key in _FIELDS if row.get(key))
    text = row["text"]
    media = (
        "text/html"
        if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<body", "<p>", "<div"))
        else "text/plain"
    )
    return Member(
        name=str(row.get("url") or row.get("id") or where), payload=text.encode("utf-8", "replace"), media=media,
        layer="manifest-text",
        hints=hints, encoding="utf-8", document=row.get("document") is True,
    )  # fmt: skip


_READERS: dict[str, Callable[[_Input], Found]] = {
    "html": _html, "text": _text, "binary": _binary, "pdf": _pdf, "gzip": _gzip, "zip": _zip, "tar": _tar, "warc": _warc,
    "mail": _mail, "mbox": _mbox, "mhtml": _mhtml, "feed": _feed, "jsonl": _jsonl, "json": _json, "csv": _csv,
}  # fmt: skip
