"""a request -> its body, as long as it is not too long"""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from secondsource.web.doors import LARGEST


async def body(request: Request) -> bytes:
    """All bytes of the body. Raises HTTPException 413 as soon as there are too many, whatever the headers said."""
    held = b""
    async for piece in request.stream():
        held += piece
        if len(held) > LARGEST:
            raise HTTPException(413, f"the request is longer than {LARGEST} bytes: send one decision at a time")
    return held
