"""bytes of mails and of pages saved as mail -> their documents"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from secondsource.errors import Unreadable
from secondsource.model import Hint, Member, Problem

_PARTS = 500
_READ = ("text/plain", "text/html")


def split(payload: bytes) -> Iterator[bytes]:
    """The mails of an mbox."""
    places = [match.start() for match in re.finditer(rb"^From [^\n]*\n", payload, re.MULTILINE)]
    for start, end in zip(places, [*places[1:], len(payload)], strict=True):
        yield payload[payload.index(b"\n", start) + 1 : end]


def _parsed(payload: bytes) -> EmailMessage:
    try:
        message = email.message_from_bytes(payload, policy=email.policy.default)
    except (RecursionError, ValueError, LookupError) as error:
        raise Unreadable(f"no mail that can be parsed ({error})") from error
    return message


def _header(message: EmailMessage, name: str) -> str:
    """A header's words; malformed ones raise all sorts of things in the standard library."""
    try:
        return " ".join(str(message.get(name, "")).split())[:1000]
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def _content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def mail(name: str, payload: bytes) -> Iterator[Member | Problem]:
    """The mail's text as one member; attachments as members of media application/octet-stream, to be read in their turn."""
    message = _parsed(payload)
    hints = tuple(
        Hint(where="mail", name=key, value=value) for key in ("subject", "date", "from") if (value := _header(message, key))
    )
    bodies: dict[str, EmailMessage] = {}
    attached: list[EmailMessage] = []
    try:
        for number, part in enumerate(message.walk()):
            if number > _PARTS:
                yield Problem(name=name, stage="read", text=f"more than {_PARTS} parts: the rest is not read")
                break
            if part.is_multipart():
                continue
            if part.get_filename():
                attached.append(part)
            elif part.get_content_type() in _READ:
                bodies.setdefault(part.get_content_type(), part)
    except RecursionError:
        raise Unreadable("parts within parts, too deep to read") from None
    chosen = _chosen(bodies)
    if chosen is not None:
        yield Member(
            name=name, payload=_content(chosen), media=chosen.get_content_type(), layer="mail-part", hints=hints,
            encoding=chosen.get_content_charset(),
        )  # fmt: skip
    elif not attached:
        yield Problem(name=name, stage="read", text="a mail without text")
    for part in attached:
        if not part.get_content_type().startswith(("image/", "audio/", "video/")):
            yield Member(name=f"{name}/{part.get_filename()}", payload=_content(part), media="application/octet-stream")


def _chosen(bodies: dict[str, EmailMessage]) -> EmailMessage | None:
    """The plain text, unless it only says to look at the other."""
    plain, marked = bodies.get("text/plain"), bodies.get("text/html")
    if plain is not None and (marked is None or len(_content(plain).split()) >= 40):
        return plain
    return marked or plain


def mhtml(name: str, payload: bytes) -> Member:
    """The page of an MHTML file: its first HTML part."""
    message = _parsed(payload)
    try:
        for number, part in enumerate(message.walk()):
            if number <= _PARTS and part.get_content_type() == "text/html":
                url = _header(part, "Content-Location") or _header(message, "Snapshot-Content-Location")
                hints = (Hint(where="mhtml", name="url", value=url),) if url else ()
                return Member(
                    name=url or name, payload=_content(part), media="text/html", layer="mhtml-part", hints=hints,
                    encoding=part.get_content_charset(),
                )  # fmt: skip
    except RecursionError:
        raise Unreadable("parts within parts, too deep to read") from None
    raise Unreadable("no page in this MHTML file")
