"""What is compared: a sentence, or what of it somebody is said to have said."""

from secondsource.model import Record, SegmentKind
from secondsource.trace.words import Word


class Passage(Record, frozen=True, kw_only=True):
    """A sentence, or what of it one attribution reports. `whole`: the sentence with its frame ("…, she said")."""

    article: str
    segment: SegmentKind
    spans: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    attribution: str | None = None
    whole: bool = True

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]
