"""text -> words as numbers and dates need them: letters parted from digits ("November10", "27th", "T-72", "1,200")"""

import re
from typing import NamedTuple

WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")


class Word(NamedTuple):
    """`low`: lower case, straight apostrophe, without the possessive. `glued`: no space before it."""

    low: str
    text: str
    start: int
    end: int
    glued: bool
    possessive: bool


def lex(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`; offsets count in `text`."""
    out: list[Word] = []
    last = -1
    for match in WORD.finditer(text, start, end):
        word, (first, stop) = match.group(), match.span()
        low = word.lower()
        possessive = False
        if "'" in low or "’" in low:
            low = low.replace("’", "'")
            possessive = low.endswith("'s") and len(low) > 2
        out.append(Word(low[:-2] if possessive else low, word, first, stop, first == last, possessive))
        last = stop
    return out


class Lows(dict[int, str]):
    """Place -> lower word; "" outside the sentence."""

    def __missing__(self, place: int) -> str:
        return ""
