"""text, paragraphs -> quotations

Marks are paired by kind inside one paragraph, in one pass. A wrong closer is repaired, a missing one is borne: the
quotation then ends with its paragraph (where the next one opens with a mark again, or where it began the paragraph) or
with its sentence. No text can make it fail, and no mark is looked at more than twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from secondsource.model import Quotation, Span

MARK = re.compile("''|``|[\"“”„‟«»‘’‚‹›'＂]")
OPENERS = frozenset("“„‟«")
CLOSERS = frozenset("”»")
STRAIGHT = frozenset({'"', "''", "＂"})
BEFORE_OPEN = frozenset("([{—–-/:,;.")
TERMINAL = ".!?…,"
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with", "vs"])
LONGEST_SCARE = 3  # words


@dataclass
class Open:
    start: int
    inner: int
    depth: int
    single: bool


def quotations(text: str, spans: Sequence[Span]) -> tuple[Quotation, ...]:
    """The quotations of the paragraphs `spans` (in the text's order), in the text's order; offsets count in `text`."""
    out: list[Quotation] = []
    carried = False
    lines = [line for span in spans for line in paragraphs(text, span)]
    for number, span in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        found, left_open = Paragraph(text, span, number, carried, begins_with_mark(text, following)).scan()
        carried = left_open
        out.extend(found)
    return tuple(sorted(out, key=lambda q: (q.start, -q.end)))


def begins_with_mark(text: str, span: Span | None) -> bool:
    """Whether the paragraph's first visible character is an opening mark."""
    if span is None:
        return False
    head = text[span.start : span.end].lstrip()[:2]
    return head[:1] in OPENERS or head[:1] in {'"', "＂"} or head in {"''", "``"}


class Paragraph:
    """One pass over the marks of one paragraph."""

    def __init__(self, text: str, span: Span, number: int, carried: bool, reopened: bool) -> None:
        self.text, self.span, self.number = text, span, number
        self.carried, self.reopened = carried, reopened
        self.out: list[Quotation] = []
        self.outer: Open | None = None
        self.inner: Open | None = None
        self.marks = [m.span() for m in MARK.finditer(text, span.start, span.end)]
        self.single_closers = [a for a, b in self.marks if self._may_close_single(a, b)]
        self.passed = 0

    def scan(self) -> tuple[list[Quotation], bool]:
        """The quotations, and whether the last one runs on into the next paragraph."""
        for a, b in self.marks:
            mark = self.text[a:b]
            if mark in {"‘", "’", "'", "‚", "‹", "›"}:
                self._single(a, b, mark)
            else:
                self._double(a, b, mark)
        return self.out, self._end()

    def _before(self, a: int) -> str:
        return self.text[a - 1] if a > self.span.start else " "

    def _after(self, b: int) -> str:
        return self.text[b] if b < self.span.end else " "

    def _double(self, a: int, b: int, mark: str) -> None:
        before, after = self._before(a), self._after(b)
        if self.outer is None:
            if mark in CLOSERS and not after.isalnum() and mark != "»":
                return  # a closer of nothing
            if mark in STRAIGHT and (
                before.isdigit() or (not before.isspace() and before not in BEFORE_OPEN and not after.isalnum())
            ):
                return  # inches, or a closer of nothing
            self.outer = Open(a, b, 0, False)
            return
        opens = mark in OPENERS and not after.isspace() and (before.isspace() or before in BEFORE_OPEN) and b < self.span.end
        if opens or (mark == "``"):
            self._close(self.outer, a, a, closed=False)  # its own closer is missing: it ends at the latest here
            self.outer = Open(a, b, 0, False)
            return
        if mark in STRAIGHT and before.isspace() and after.isalnum() and self.outer.inner < a and self._more_after(b):
            # a straight opener while one is open: the earlier one was never closed
            self._close(self.outer, a, a, closed=False)
            self.outer = Open(a, b, 0, False)
            return
        self._close(self.outer, a, b, closed=True)

    def _more_after(self, b: int) -> bool:
        closers = sum(1 for a, _ in self.marks[-4:] if a >= b)
        return closers % 2 == 1

    def _single(self, a: int, b: int, mark: str) -> None:
        holder = self.inner or (self.outer if self.outer and self.outer.single else None)
        if holder is not None:
            if a in self._closer_set():
                self._close(holder, a, b, closed=True)
            return
        before, after = self._before(a), self._after(b)
        if not (before.isspace() or before in BEFORE_OPEN or before in '"“') or not (after.isalnum() or after in '[…“"'):
            return
        if mark in {"'", "’"} and (after.isdigit() or not self._closer_follows(b)):
            return  # '90s, 'em
        if not self._closer_follows(b):
            return
        opened = Open(a, b, 1 if self.outer else 0, True)
        if self.outer is None:
            self.outer = opened
        else:
            self.inner = opened

    def _closer_set(self) -> frozenset[int]:
        if not hasattr(self, "_closers"):
            self._closers = frozenset(self.single_closers)
        return self._closers

    def _may_close_single(self, a: int, b: int) -> bool:
        if self.text[a:b] not in {"’", "'", "›"}:
            return False
        after = self.text[b] if b < self.span.end else " "
        before = self.text[a - 1] if a > self.span.start else " "
        return not before.isspace() and not after.isalnum() and not (before == "s" and after == " ")

    def _closer_follows(self, b: int) -> bool:
        while self.passed < len(self.single_closers) and self.single_closers[self.passed] <= b:
            self.passed += 1
        return self.passed < len(self.single_closers)

    def _close(self, opened: Open, a: int, b: int, closed: bool) -> None:
        end = b
        if not closed:
            end = self._sentence_end(opened.inner, a)
            a = end
        if opened is self.inner:
            self.inner = None
        else:
            if self.inner is not None:
                self.inner = None  # never closed: an apostrophe after all
            self.outer = None
        self._add(opened, a, end, closed)

    def _add(self, opened: Open, inner_end: int, end: int, closed: bool) -> None:
        start, stop = trimmed(self.text, opened.inner, inner_end)
        if start >= stop:
            return
        first = self.carried and not self.out and not self.text[self.span.start : opened.start].strip()
        self.out.append(
            Quotation(
                start=opened.start,
                end=max(end, stop),
                inner_start=start,
                inner_end=stop,
                kind=kind_of(self.text, opened.start, start, stop),
                paragraph=self.number,
                depth=opened.depth,
                closed=closed,
                continues=first,
            )
        )

    def _sentence_end(self, start: int, limit: int) -> int:
        found = SENTENCE_END.search(self.text, start, limit)
        return found.end() if found else trimmed(self.text, start, limit)[1]

    def _end(self) -> bool:
        if self.outer is None:
            return False
        opened, self.inner = self.outer, None
        end = trimmed(self.text, self.span.start, self.span.end)[1]
        last = self.marks[-1]
        if last[1] == end and last[0] > opened.inner:
            self._add(opened, last[0], end, closed=True)  # `“… ‘`, `“… “`: a wrong closer
            return False
        lead = self.text[self.span.start : opened.start].strip()
        if self.reopened or not lead or lead.endswith(":"):
            self._add(opened, end, end, closed=False)
            return self.reopened
        stop = self._sentence_end(opened.inner, self.span.end)
        self._add(opened, stop, stop, closed=False)
        return False


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def kind_of(text: str, mark: int, start: int, end: int) -> Literal["speech", "scare", "title"]:
    """Whether the words between the marks are speech, a single term held at a distance, or the name of a work."""
    head = text[start : min(end, start + 400)]
    words = WORD.findall(head)
    if not words:
        return "scare"
    lead = text[max(0, mark - 2) : mark].rstrip()[-1:]
    if lead in {":"} or (lead == "," and len(words) > 1):
        return "speech"
    big = [w for w in words if w.lower() not in SMALL_WORDS]
    if 2 <= len(words) <= 8 and len(big) >= 2 and all(w[:1].isupper() for w in big) and text[end - 1] not in "!?.":
        return "title"
    if len(words) <= LONGEST_SCARE and text[end - 1] not in TERMINAL:
        return "scare"
    return "speech"


def paragraphs(text: str, within: Span | None = None) -> Iterable[Span]:
    """The lines of `text` (or of a part of it) that hold words: the paragraphs of a text that nobody has segmented."""
    start, end = (within.start, within.end) if within else (0, len(text))
    for line in text[start:end].split("\n"):
        a, b = trimmed(text, start, start + len(line))
        if a < b:
            yield Span(a, b)
        start += len(line) + 1
