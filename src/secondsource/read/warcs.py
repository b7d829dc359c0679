"""WARC bytes -> the pages in it

Kept: responses, resources and conversions that hold HTML or plain text. Revisit records say that nothing is new: skipped.
"""

import io
import zlib
from collections.abc import Iterator

from secondsource.model import Hint, Member, Problem
from secondsource.read.archives import Limits

_TEXT = ("text/html", "text/plain", "application/xhtml+xml")
_STEP = 1 << 16


def members(name: str, payload: bytes, limits: Limits) -> Iterator[Member | Problem]:
    """Every page with its address, date and digest; a Problem where the file breaks off."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    total = number = 0
    try:
        for record in ArchiveIterator(io.BytesIO(payload), verify_http=False):
            number += 1
            if number > limits.members or total > limits.total_bytes:
                yield Problem(name=name, stage="read", text="more records than one input may hold: the rest is not read")
                return
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            found = _member(name, record, limits, len(payload))
            if found is not None:
                total += len(found.payload) if isinstance(found, Member) else 0
                yield found
                if getattr(record.raw_stream, "limit", 0) > 0:
                    yield Problem(name=found.name, stage="read", text="the record breaks off before its end")
    except (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, AttributeError, IndexError) as error:
        yield Problem(name=name, stage="read", text=f"the WARC is damaged or breaks off after {number} records ({error})")


def _member(name: str, record: object, limits: Limits, packed: int) -> Member | Problem | None:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]
    said = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    media = said.partition(";")[0].strip().lower()
    if media not in _TEXT or (http and not str(http.get_statuscode()).startswith("2")):
        return None
    url = headers.get_header("WARC-Target-URI") or name
    stream, made = record.content_stream(), io.BytesIO()  # type: ignore[attr-defined]
    while piece := stream.read(_STEP):
        made.write(piece)
        if made.tell() > limits.member_bytes or (made.tell() > 10_000_000 and made.tell() > packed * limits.ratio):
            return Problem(name=url, stage="read", text="unpacks to more than one document may hold")
    given = (("url", url), ("date", headers.get_header("WARC-Date")), ("digest", headers.get_header("WARC-Payload-Digest")))
    hints = tuple(Hint(where="warc", name=key, value=value) for key, value in given if value)
    charset = said.lower().partition("charset=")[2].strip(" \"'").partition(";")[0] or None
    return Member(name=url, payload=made.getvalue(), media=media, layer="warc-payload", hints=hints, encoding=charset)
