"""HTML text -> visible blocks with a map back to the bytes, and the papers in the markup

A linear tokenizer of its own: every character of the visible text keeps its place, nesting of any depth costs nothing, and no
text is lost without a word. It knows no tree; what stands around a block is a stack of labels.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from secondsource.errors import Unreadable
from secondsource.model import Block, Hint, Member, Page
from secondsource.read import labels, papers

_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
_LONGEST = 2_000_000
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Their text is not seen on the page, or is seen only when the page fails.
_HIDDEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "textarea", "select", "title",
    "audio", "video",
})  # fmt: skip
_RAW = frozenset(["script", "style", "textarea", "title", "noscript", "iframe"])  # no tags inside
_CLOSES_P = _BLOCK - {"body", "html", "option", "td", "th", "tr", "tbody", "thead", "tfoot", "caption"}
_SPACE = re.compile("[ \t\n\r\f]+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,80}")
_QUOTED_TAIL = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*'){0,20000}>")
_TAGS = {"nav": "nav", "header": "header", "footer": "footer", "aside": "aside", "figure": "figure", "figcaption": "figure",
         "a": "link", "time": "time", "blockquote": "quote", "form": "form", "button": "button", "table": "table", "ul": "list",
         "ol": "list", "article": "article", "main": "article", "label": "form"}  # fmt: skip


class _Text:
    """The visible text as it grows: whitespace folded, pieces of it tied to their places in the source."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []  # offset in text, offset in source, length or 0 for made text
        self.length = 0
        self.space = True  # whether the text ends in a space (or a block begins)

    def literal(self, words: str, at: int) -> None:
        self.pieces.append((self.length, at, len(words)))
        self.parts.append(words)
        self.length += len(words)

    def made(self, words: str, at: int) -> None:
        self.pieces.append((self.length, at, 0))
        self.parts.append(words)
        self.length += len(words)

    def run(self, words: str, at: int) -> None:
        """Add source text without references, its whitespace folded to one space."""
        place = 0
        for gap in _SPACE.finditer(words):
            if gap.start() > place:
                self.literal(words[place : gap.start()], at + place)
                self.space = False
            if not self.space:
                if words[gap.start()] == " ":
                    self.literal(" ", at + gap.start())
                else:
                    self.made(" ", at + gap.start())
                self.space = True
            place = gap.end()
        if place < len(words):
            self.literal(words[place:] if place else words, at + place)
            self.space = False


class _Reader:
    """The state between two tags."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = _Text()
        self.blocks: list[Block] = []
        self.stack: list[tuple[str, frozenset[str]]] = []
        self.open: Counter[str] = Counter()
        self.hints: list[Hint] = []
        self.begin = 0  # of the block under way
        self.tag = "p"
        self.weights: Counter[frozenset[str]] = Counter()
        self.breaks = 0
        self.deepest = 0

    def words(self, start: int, end: int) -> None:
        """Visible text of the source."""
        words = self.source[start:end]
        before = self.text.length
        if before == self.begin and words.isspace():
            return
        if "&" not in words:
            self.text.run(words, start)
        else:
            place = 0
            for match in _REFERENCE.finditer(words):
                self.text.run(words[place : match.start()], start + place)
                self._reference(match, start)
                place = match.end()
                if self.text.length > _LONGEST:
                    break
            self.text.run(words[place:], start + place)
        grown = self.text.length - before
        if grown and self.stack:
            self.weights[self.stack[-1][1]] += grown
        if not words.isspace():
            self.breaks = 0

    def _reference(self, match: re.Match[str], start: int) -> None:
        meant = unescape(match[0])
        if meant == match[0]:
            self.text.literal(meant, start + match.start())
        elif meant in (" ", "\n", "\t", "\r"):
            if not self.text.space:
                self.text.made(" ", start + match.start())
                self.text.space = True
            return
        else:
            self.text.made(meant.replace("\x00", "\ufffd"), start + match.start())
        self.text.space = False

    def flush(self, at: int) -> None:
        """End the block under way."""
        text = self.text
        size = text.length - self.begin
        if size:
            tail = text.parts[-1]
            if tail == " " and size > 1:
                text.parts.pop()
                text.pieces.pop()
                text.length -= 1
            elif len(tail) > 1 and tail[-1] == " ":
                text.parts[-1] = tail[:-1]
                begins, source, length = text.pieces[-1]
                text.pieces[-1] = (begins, source, max(length - 1, 0))
                text.length -= 1
            size = text.length - self.begin
            self.blocks.append(Block(start=self.begin, end=text.length, tag=self.tag, labels=self._kept(size)))
            text.made("\n", at)
            self.begin = text.length
        self.weights.clear()
        text.space = True
        self.breaks = 0

    def _kept(self, size: int) -> tuple[str, ...]:
        """The labels that lie on seven tenths of the block."""
        if len(self.weights) == 1:
            return tuple(sorted(next(iter(self.weights))))
        sums: Counter[str] = Counter()
        for labels_here, weight in self.weights.items():
            for label in labels_here:
                sums[label] += weight
        return tuple(sorted(label for label, weight in sums.items() if weight * 10 >= size * 7))

    def opened(self, name: str, start: int, end: int) -> None:
        if name == "br":
            self.breaks += 1
            if self.breaks > 1:
                self.flush(start)
            elif self.text.length > self.begin:
                self._line_end(start)
            return
        if name in _BLOCK:
            self.flush(start)
            if name in _CLOSES_P and self.open["p"]:
                self.closed("p", start, only_top=True)
            if name != "hr":
                self.tag = name
        if name in _VOID or (
            self.source.startswith("/>", end - 2) and name not in _BLOCK and name not in ("a", "span", "b", "i")
        ):
            return
        inherited = self.stack[-1][1] if self.stack else frozenset()
        own = labels.of_tag(name, _TAGS.get(name), self.source[start:end]) if end - start < 5000 else frozenset()
        if "credit" in own and name not in _BLOCK and "figure" in inherited:
            self.flush(start)  # a credit within a caption is a block of its own
            self.tag = "credit"
        self.stack.append((name, inherited | own if own else inherited))
        self.open[name] += 1
        self.deepest = max(self.deepest, len(self.stack))
        if name == "time":
            papers.time_hint(self.source, start, end, self.hints)

    def _line_end(self, at: int) -> None:
        text = self.text
        if text.parts[-1] == " ":
            text.parts.pop()
            text.pieces.pop()
            text.length -= 1
        text.made("\n", at)
        text.space = True

    def closed(self, name: str, start: int, *, only_top: bool = False) -> None:
        if not self.open[name]:
            return
        if name in _BLOCK:
            self.flush(start)
        if only_top and self.stack[-1][0] != name and not (len(self.stack) > 1 and self.stack[-2][0] == name):
            return
        while self.stack:
            tag, _ = self.stack.pop()
            self.open[tag] -= 1
            if tag == name:
                break
        if name in _BLOCK:
            self.tag = next((tag for tag, _ in reversed(self.stack[-6:]) if tag in _BLOCK), "p")


Token = tuple[str, str, int, int]


def tokens(source: str) -> Iterator[Token]:
    """(kind, name, start, end) with kind "text", "open", "close" or "raw" (the content of script, style, title …); linear."""
    place, size, patience = 0, len(source), _Patience(len(source))
    while place < size:
        start = source.find("<", place)
        if start < 0:
            yield "text", "", place, size
            return
        if start > place:
            yield "text", "", place, start
        follows = source[start + 1 : start + 2]
        if follows.isascii() and (follows.isalpha() or follows == "/"):
            tag = _tag(source, start, patience)
            if tag is None:
                return  # an unfinished tag at the end: browsers drop it
            place = tag[3]
            if tag[0]:
                yield tag
            if tag[0] == "open" and tag[1] in _RAW and not source.startswith("/>", place - 2):
                stop = _end_of_raw(source, tag[1], place)
                yield "raw", tag[1], place, stop
                place = stop
        elif follows in ("!", "?"):
            end = _declaration(source, start, patience)
            if end < 0:
                return
            place = end + 1
        else:
            yield "text", "", start, start + 1
            place = start + 1


class _Patience:
    """What a source may cost beyond one pass: characters looked at again for tags with odd quotes, and searches in vain."""

    def __init__(self, size: int) -> None:
        self.budget = 4 * size + 1_000_000
        self.comments_end = True


def _tag(source: str, start: int, patience: _Patience) -> Token | None:
    """The tag at `start`; kind "" if it has no name, None if it never ends."""
    closes = source.startswith("/", start + 1)
    match = _NAME.match(source, start + 1 + closes)
    end = source.find(">", start)
    if end < 0:
        return None
    if match is None:
        return "", "", start, end + 1
    odd = source.count('"', start, end) % 2 or source.count("'", start, end) % 2
    if odd and patience.budget > 0:
        longer = _QUOTED_TAIL.match(source, match.end(), min(len(source), match.end() + 20000))
        patience.budget -= longer.end() - match.end() if longer else 20000
        end = longer.end() - 1 if longer else end
    return "close" if closes else "open", match[0].lower(), start, end + 1


def _declaration(source: str, start: int, patience: _Patience) -> int:
    """The place of the last sign of a comment, doctype or processing instruction; -1 if there is none."""
    if source.startswith("<!--", start) and patience.comments_end:
        end = source.find("-->", start + 4)
        if end >= 0:
            return end + 2
        patience.comments_end = False
    return source.find(">", start)


def _end_of_raw(source: str, name: str, place: int) -> int:
    """Where `</name` stands, in any case; the end of the source if nowhere."""
    match = _RAW_ENDS[name].search(source, place)
    return match.start() if match else len(source)


_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def _read(source: str, *, lenient: bool = False) -> _Reader:
    """All tokens through a reader. `lenient`: only scripts and their like are hidden, since something else never ends."""
    reader = _Reader(source)
    hidden = 0
    for kind, name, start, end in tokens(source):
        if kind == "raw":
            papers.raw_hints(name, source, start, end, reader.hints)
        elif name in _HIDDEN:
            if name == "script" and kind == "open":
                papers.note_script(source, start, end, reader.hints)
            if name not in _RAW and not lenient and not source.startswith("/>", end - 2):
                hidden = max(0, hidden + (1 if kind == "open" else -1))
        elif name in ("meta", "link"):
            if kind == "open":
                papers.meta_hint(name, source, start, end, reader.hints)
        elif not hidden:
            _take(reader, kind, name, start, end)
            if reader.text.length > _LONGEST:  # asked here, so that what no report holds is not kept, either
                raise Unreadable(f"more than {_LONGEST // 1_000_000} million characters: no single report")
    if hidden:
        return _read(source, lenient=True)
    reader.flush(len(source))
    return reader


def _take(reader: _Reader, kind: str, name: str, start: int, end: int) -> None:
    if kind == "text":
        reader.words(start, end)
    elif kind == "open":
        reader.opened(name, start, end)
    else:
        reader.closed(name, start)


def page(member: Member, source: str, encoding: str, skipped: int) -> Page:
    """The page that this HTML shows. `source` is the payload decoded; `skipped` bytes of byte order mark stand before it."""
    reader = _read(source)
    text = "".join(reader.text.parts)
    if not text.strip():
        raise Unreadable("no visible text on the page")
    blocks = labels.labelled(text, reader.blocks, source, reader.deepest)
    read = not any("unparsed" in block.labels for block in blocks)
    if (
        read
        and papers.needs_guess(reader.hints)
        and labels.parsable(source, reader.deepest)
        and (found := papers.guess(source))
    ):
        reader.hints.append(found)
    hints = (*member.hints, *papers.settled(reader.hints))
    return Page(
        name=member.name, sha256=hashlib.sha256(member.payload).hexdigest(), text=_without_surrogates(text),
        media=member.media, encoding=encoding, layer=member.layer,
        runs=byte_runs(source, reader.text.pieces, encoding, skipped), blocks=tuple(blocks), hints=hints,
        document=member.document,
    )  # fmt: skip


_LONE = re.compile("[\ud800-\udfff\x00]")


def _without_surrogates(text: str) -> str:
    return text if text.isascii() and "\x00" not in text else _LONE.sub("\ufffd", text)


def byte_runs(source: str, pieces: list[tuple[int, int, int]], encoding: str, skipped: int) -> tuple[tuple[int, int, int], ...]:
    """Pieces (offset in text, offset in source, length or 0) as runs (offset in text, offset in payload, bytes a code point).

    Neighbouring runs that continue each other are one.
    """
    if source.isascii() and not encoding.startswith("utf-16") and not encoding.startswith("utf-32"):
        return _joined([(text, at + skipped, 1 if size else 0) for text, at, size in pieces])
    narrow = not encoding.startswith(("utf-16", "utf-32"))
    runs, place, byte = [], 0, skipped
    for text, at, size in pieces:
        if at > place:
            byte += _size(source[place:at], encoding)
        place = at
        if not size:
            runs.append((text, byte, 0))
            continue
        piece = source[at : at + size]
        if narrow and piece.isascii():
            runs.append((text, byte, 1))
            byte += size
            place = at + size
            continue
        done = 0
        for match in _WIDTHS.finditer(source, at, at + size):
            count = match.end() - match.start()
            width = _size(match[0], encoding) // count
            runs.append((text + done, byte, width))
            done += count
            byte += width * count
        place = at + size
    return _joined(runs)


# Stretches of code points that every encoding we read writes with equally many bytes each.
_WIDTHS = re.compile("[\x00-\x7f]+|[\x80-\u07ff]|[\u0800-\ud7ff\ue000-\uffff]|[\ud800-\udfff]|[\U00010000-\U0010ffff]")


def _size(words: str, encoding: str) -> int:
    if not words:
        return 0
    if words.isascii() and not encoding.startswith(("utf-16", "utf-32")):
        return len(words)
    return len(words.encode(encoding, "surrogateescape"))


def _joined(runs: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    kept: list[tuple[int, int, int]] = []
    for run in runs:
        if kept:
            text, byte, width = kept[-1]
            if width and width == run[2] and byte + (run[0] - text) * width == run[1]:
                continue
        kept.append(run)
    return tuple(kept)
