"""bytes of one file -> the documents in it

No disk is touched: the bytes come in, archive members are never written anywhere. A document that cannot be had is a Problem,
and the others go on.
"""

from collections.abc import Iterator

from secondsource.model import Member, Problem, Record


class Limits(Record):
    """What one input may cost. Bytes after decompression; `ratio` is decompressed to compressed, counted above 10 MB."""

    member_bytes: int = 64_000_000
    total_bytes: int = 512_000_000
    members: int = 10_000
    ratio: int = 100
    depth: int = 2


def members(name: str, payload: bytes, limits: Limits = Limits()) -> Iterator[Member | Problem]:
    """The documents in the bytes of a file called `name`, each with its media type."""
    lower = name.lower()
    if lower.endswith((".html", ".htm", ".xhtml")) or _looks_html(payload):
        yield Member(name=name, payload=payload, media="text/html")
    else:
        yield Member(name=name, payload=payload, media="text/plain")


def _looks_html(payload: bytes) -> bool:
    head = payload[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
