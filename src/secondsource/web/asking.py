"""the parameters of a request -> what is looked for. Raises BadInput, in words, for what nobody could look for"""

from collections.abc import Mapping

from secondsource.errors import BadInput
from secondsource.model import Record

LONGEST = 500  # characters of one parameter
MOST = 500  # lines of one answer


class Question(Record, frozen=True, kw_only=True):
    """What is looked for, as `Case.search` takes it."""

    text: str = ""
    actor: str | None = None
    thing: str | None = None
    day: str | None = None
    verdict: str | None = None
    kind: str | None = None
    limit: int = 50

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.actor or self.thing or self.day or self.verdict or self.kind)

    @property
    def given(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.text.strip()) or self.narrowed


def question(parameters: Mapping[str, str]) -> Question:
    """q, actor, object, day, verdict, kind, limit as a Question."""
    held = {key: parameters.get(key, "").strip() for key in ("q", "actor", "object", "day", "verdict", "kind")}
    for key, text in held.items():
        if len(text) > LONGEST:
            raise BadInput(f"{key} is longer than {LONGEST} characters: give a few words of it")
        if "\x00" in text:
            raise BadInput(f"{key} has a character that no text has: take it out")
    limit = parameters.get("limit", "50")
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 6 and 1 <= int(limit) <= MOST):
        raise BadInput(f"limit {limit[:20]!r} is no number from 1 to {MOST}")
    return Question(
        text=held["q"], actor=held["actor"] or None, thing=held["object"] or None, day=held["day"] or None,
        verdict=held["verdict"] or None, kind=held["kind"] or None, limit=int(limit),
    )  # fmt: skip
