"""line of JSON -> document: {"id", "text", "published"?, "outlet"?}"""

import json

from secondsource.errors import BadInput
from secondsource.model import Hint, Member

KEYS = ("published", "outlet", "title", "url")


def document(line: bytes, number: int) -> Member:
    """The document of one line; `number` is the line's, for an error's words. Raises BadInput for a line of another shape."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadInput(f"line {number} is not JSON ({error}); give one object a line with id and text") from None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or "id" not in value:
        raise BadInput(f"line {number} has no id or no text; give one object a line with id and text")
    hints = tuple(Hint(where="manifest", name=key, value=str(value[key])) for key in KEYS if value.get(key))
    payload = value["text"].encode("utf-8", "surrogatepass")
    return Member(name=str(value["id"]), payload=payload, media="text/plain", encoding="utf-8", hints=hints)
