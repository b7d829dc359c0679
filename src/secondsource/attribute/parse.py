"""text, sentences -> sentences with tokens"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import numpy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from secondsource.attribute.encode import Encoder
from secondsource.model import Sentence, Token

CHUNK = 32  # sentences parsed at once; whatever it is, it changes no parse (16: 10 % slower; 64: no faster)
HOPELESS = 20_000  # code points; no writer prints such a sentence: it gets no words, so that no line can take hours
LONGEST = 2000  # code points that are parsed as one piece; a longer sentence is cut, so that no line can exhaust memory
KEPT = 50_000  # sentences whose parses are kept, the latest: 35 MB

# One row a word: its length, spaces after it, its tag, its label (both as places in a list), how far off its head is.
Rows = NDArray[numpy.int16]


class Parser:
    """Words, Penn tags and dependency heads for sentences; no named entities, no lemmas.

    Every sentence is parsed for itself: neither order nor company nor the number of threads changes a parse. So a sentence
    that comes again, as copies of one text make it, is not parsed again; what is kept are words and heads alone, and all that
    is read from them is read anew in each article.
    """

    def __init__(self, nlp: Language, kept: int = KEPT) -> None:
        """`nlp`: a loaded English pipeline with tagger and parser (secondsource.language). `kept`: parses kept, 0 for none."""
        self.nlp, self.kept = nlp, kept
        self.encoder = Encoder(nlp)
        self.parser: Any = nlp.get_pipe("parser")
        self.tags: tuple[str, ...] = self.encoder.tag_names
        self.deps: list[str] = []
        self.dep_of: dict[int, int] = {}
        self.known: dict[str, Rows] = {}

    def __call__(self, text: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """The same sentences with their tokens; offsets count in `text`."""
        pieces = [(i, a, text[a:b]) for i, s in enumerate(sentences) for a, b in cut(text, s.start, s.end)]
        parsed = self._parsed(dict.fromkeys(words for _, _, words in pieces))
        tokens: list[list[Token]] = [[] for _ in sentences]
        for i, start, words in pieces:
            tokens[i].extend(self._tokens(words, parsed[words].tolist(), start, len(tokens[i])))
        return tuple(msgspec.structs.replace(s, tokens=tuple(t)) for s, t in zip(sentences, tokens, strict=True))

    def _parsed(self, wanted: dict[str, None]) -> dict[str, Rows]:
        """Sentence -> its parse, of those that are not known made and kept."""
        found: dict[str, Rows] = {}
        for words in wanted:
            if (rows := self.known.pop(words, None)) is not None:
                found[words] = self.known[words] = rows  # taken out and put in again: the latest stand last
        rest = iter([words for words in wanted if words not in found])
        while chunk := list(islice(rest, CHUNK)):
            made = self._chunk(chunk)
            found |= made
            self.known |= made
        for words in list(islice(self.known, max(0, len(self.known) - self.kept))):
            del self.known[words]
        return found

    def _chunk(self, chunk: Sequence[str]) -> dict[str, Rows]:
        docs = [self._words(words) for words in chunk]
        full = [doc for doc in docs if len(doc)]
        tags = iter(self.encoder(full) if full else ())
        if full:
            self.parser.set_annotations(full, self.parser.predict(full))
        return {words: self._rows(doc, next(tags) if len(doc) else []) for words, doc in zip(chunk, docs, strict=True)}

    def _words(self, words: str) -> Doc:
        doc = self.nlp.make_doc(words)
        starts = numpy.full((len(doc),), -1, dtype="int64")
        starts[:1] = 1
        return doc.from_array(["SENT_START"], starts.view("uint64")) if len(doc) else doc

    def _rows(self, doc: Doc, tags: Sequence[int]) -> Rows:
        made = doc.to_array(["LENGTH", "SPACY", "DEP", "HEAD"])
        deps = [self.dep_of[d] if d in self.dep_of else self._dep(d, doc) for d in made[:, 2].tolist()]
        rows: Rows = numpy.empty((len(doc), 5), dtype=numpy.int16)
        rows[:, :2], rows[:, 2], rows[:, 3], rows[:, 4] = made[:, :2], tags, deps, made[:, 3].view(numpy.int64)
        return rows

    def _dep(self, label: int, doc: Doc) -> int:
        self.deps.append(doc.vocab.strings[label])
        return self.dep_of.setdefault(label, len(self.deps) - 1)

    def _tokens(self, words: str, rows: list[list[int]], offset: int, first: int) -> Iterator[Token]:
        """The tokens of one piece that begins at `offset` in the article and at place `first` in its sentence."""
        tags, deps, place = self.tags, self.deps, 0
        for i, (length, space, tag, dep, head) in enumerate(rows, first):
            end = place + length
            yield Token(i, offset + place, offset + end, words[place:end], tags[tag], deps[dep], i + head)
            place = end + space


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most LONGEST code points, cut at a space where there is one in the last tenth; none of a hopeless one."""
    if end - start > HOPELESS:
        return
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST * 9 // 10, start + LONGEST)
        stop = space + 1 if space > start else start + LONGEST
        yield start, stop
        start = stop
    if end > start:
        yield start, end
