"""text, sentences -> sentences with tokens"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy
from spacy.language import Language
from spacy.tokens import Doc

from secondsource.model import Sentence, Token

CHUNK = 64  # sentences; fixed, so that no parse depends on its company (32: 4 % slower; 128: no faster)
HOPELESS = 20_000  # code points; no writer prints such a sentence: it gets no words, so that no line can take hours
LONGEST = 2000  # code points that are parsed as one piece; a longer sentence is cut, so that no line can exhaust memory


class Parser:
    """Words, Penn tags and dependency heads for sentences; no named entities, no lemmas.

    Sentences are parsed one by one in fixed chunks, so that neither order nor company changes a parse.
    """

    def __init__(self, nlp: Language) -> None:
        """`nlp`: a loaded English pipeline with tagger and parser (secondsource.language)."""
        self.nlp = nlp

    def __call__(self, text: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """The same sentences with their tokens; offsets count in `text`."""
        pieces = [(i, a, b) for i, s in enumerate(sentences) for a, b in cut(text, s.start, s.end)]
        tokens: list[list[Token]] = [[] for _ in sentences]
        docs = (self._words(text[a:b]) for _, a, b in pieces)
        for (i, a, _), doc in zip(pieces, self._parsed(docs), strict=True):
            tokens[i].extend(read_tokens(doc, a, len(tokens[i])))
        return tuple(msgspec.structs.replace(s, tokens=tuple(t)) for s, t in zip(sentences, tokens, strict=True))

    def _words(self, words: str) -> Doc:
        doc = self.nlp.make_doc(words)
        starts = numpy.full((len(doc),), -1, dtype="int64")
        starts[:1] = 1
        return doc.from_array(["SENT_START"], starts.view("uint64")) if len(doc) else doc

    def _parsed(self, docs: Iterator[Doc]) -> Iterator[Doc]:
        yield from self.nlp.pipe(docs, batch_size=CHUNK)


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


def read_tokens(doc: Doc, offset: int, first: int) -> Iterator[Token]:
    """The tokens of one piece that begins at `offset` in the article and at place `first` in its sentence."""
    text, names = doc.text, doc.vocab.strings
    rows = doc.to_array(["TAG", "DEP", "HEAD", "LENGTH", "SPACY"]).astype("int64", casting="unsafe").tolist()
    place = 0
    for i, (tag, dep, head, length, space) in enumerate(rows):
        start = offset + place
        word = text[place : place + length]
        yield Token(first + i, start, start + length, word, names[tag % 2**64], names[dep % 2**64], first + i + head)
        place += length + space
