"""words of sentences -> their vectors: the encoder of the language model, so computed that nothing depends on company.

spaCy multiplies matrices in single precision, where the last bits of a row depend on the rows beside it, on the kernel and on
the number of threads; and it spends most of a parse there. Here factors are rounded to grids so coarse that every product and
every partial sum is a whole number of grid steps below 2**53: sums in double precision are then exact, in whatever order they
are added up. That is as near to the true product as single precision is, and lets any fast library do the work.
The vector of a word before it has looked at its neighbours depends on the word alone and is kept.

Of 1,915 sentences of real news none is parsed otherwise than by spaCy's own arithmetic, and it takes half the time.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

Doubles = NDArray[numpy.float64]
Floats = NDArray[numpy.float32]

EXACT = 53  # bits that a double holds
FINE = 22  # bits behind the point of a weight's grid
KEPT = 20_000  # words whose vectors are kept: 15 MB, and nearly all words of news
# Of these a word's own vector is made, in the order in which the model was trained.
FEATURES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
COLUMNS = ("ORTH", *FEATURES)
ODD = numpy.uint64(0x9E3779B97F4A7C15)  # mixes two hashes into one
NORM_EPSILON = 1e-8  # as in the model's layers


class Product:
    """Rows times fixed weights, exact on grids. `bound`: the largest magnitude that a row's number can have."""

    def __init__(self, weights: Floats, bound: float) -> None:
        """`weights`: one row for each number that comes out."""
        self.weights = numpy.ascontiguousarray(_rounded(weights.astype(numpy.float64), FINE).T)
        most = bound * float(numpy.abs(self.weights).sum(axis=0).max())
        self.bits = EXACT - FINE - math.ceil(math.log2(most))

    def __call__(self, rows: Doubles) -> Doubles:
        made: Doubles = rows @ self.weights
        return made

    def rounded(self, rows: Doubles) -> Doubles:
        """Rows as the product wants them."""
        return _rounded(rows, self.bits)


def _rounded(numbers: Doubles, bits: int) -> Doubles:
    """Numbers, smaller than 2**(51 - bits), to the nearest multiple of 2**-bits."""
    shift = 1.5 * 2.0 ** (EXACT - 1 - bits)
    made: Doubles = numbers + shift
    made -= shift
    return made


class Layer:
    """One maxout layer with its normalisation: rows of words -> rows of `width` numbers, none above `bound`."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any], bound: float) -> None:
        weights, bias = _param(maxout, "W"), _param(maxout, "b")
        self.width, self.pieces, size = weights.shape
        # Pieces stand apart, so that the largest of them is found on whole blocks.
        self.product = Product(weights.transpose(1, 0, 2).reshape(-1, size), bound)
        self.bias = bias.T.reshape(-1).astype(numpy.float64)
        self.scale = _param(norm, "G").astype(numpy.float64)
        self.shift = _param(norm, "b").astype(numpy.float64)
        self.bound = float(math.sqrt(self.width) * numpy.abs(self.scale).max() + numpy.abs(self.shift).max())

    def __call__(self, rows: Doubles) -> Doubles:
        """`rows`: on the product's grid."""
        made = self.product(rows)
        made += self.bias
        best: Doubles = made[:, : self.width]
        for piece in range(1, self.pieces):
            best = numpy.maximum(best, made[:, piece * self.width : (piece + 1) * self.width])
        best = best - best.sum(axis=1, keepdims=True) * (1 / self.width)
        spread = (best * best).sum(axis=1, keepdims=True)
        spread *= 1 / self.width
        spread += NORM_EPSILON
        best /= numpy.sqrt(spread)
        best *= self.scale
        best += self.shift
        return best


class Fixed(NumpyOps):  # type: ignore[misc]
    """What a layer of the parser multiplies with: always the same weights, exactly."""

    def __init__(self, weights: Floats, bound: float) -> None:
        super().__init__()
        self.product = Product(weights, bound)

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: ARG002
        """`x` times the weights; whatever `y` is, it is they."""
        made = self.product(self.product.rounded(x.astype(numpy.float64)))
        if out is None:
            return made.astype(numpy.float32)
        out[...] = made
        return out


class Encoder:
    """Vectors of words for the tagger and the parser, and the tags."""

    def __init__(self, nlp: Language) -> None:
        """`nlp`: a loaded English pipeline with tok2vec, tagger and parser; the parser's products are made exact in it."""
        embed, encode = nlp.get_pipe("tok2vec").model.layers
        self.hashed = embed.layers[2].layers[0]
        largest = sum(float(numpy.abs(_param(t, "E")).max()) * 4 for t in self.hashed.walk() if t.name == "hashembed")
        self.first = Layer(*_maxout(embed.layers[3]), bound=largest)
        self.pad: int = encode.attrs["pad"]
        self.layers: list[Layer] = []
        bound = self.first.bound
        for residual in encode.layers[0].layers:
            self.layers.append(Layer(*_maxout(residual), bound=bound))
            bound += self.layers[-1].bound
        self._exact(nlp.get_pipe("parser").model, bound)
        tagger = next(m for m in nlp.get_pipe("tagger").model.walk() if m.name == "softmax")
        self.tags = Product(_param(tagger, "W"), bound)
        self.tag_bias = _param(tagger, "b").astype(numpy.float64)
        self.tag_names: tuple[str, ...] = nlp.get_pipe("tagger").labels
        self.rows: dict[int, int] = {}
        self.table: Doubles = numpy.zeros((KEPT, self.first.width))

    def _exact(self, parser: Model[Any, Any], bound: float) -> None:
        linear = next(m for m in parser.get_ref("tok2vec").walk() if m.name == "linear")
        weights, bias = _param(linear, "W"), _param(linear, "b")
        linear.ops = Fixed(weights, bound)
        out = bound * float(numpy.abs(weights).sum(axis=1).max()) + float(numpy.abs(bias).max())
        lower = parser.get_ref("lower")
        lower.ops = Fixed(_param(lower, "W").reshape(-1, lower.get_dim("nI")), out)

    def __call__(self, docs: Sequence[Doc]) -> list[list[int]]:
        """The tags of each sentence's words, as places in `tag_names`; no doc is empty. The words' vectors are left in
        `doc.tensor`, where the parser finds them."""
        places, total = [], self.pad
        for doc in docs:  # the rows between sentences are zeros at first, as the model was trained
            places.append(total)
            total += len(doc) + self.pad
        rows: Doubles = numpy.zeros((total, self.first.width))
        inside = numpy.concatenate([numpy.arange(place, place + len(doc)) for place, doc in zip(places, docs, strict=True)])
        rows[inside] = self._words(docs)
        for layer in self.layers:
            near = numpy.zeros((total + 2, self.first.width))
            near[1:-1] = layer.product.rounded(rows)
            rows += layer(numpy.concatenate((near[:-2], near[1:-1], near[2:]), axis=1))
        found = (self.tags(self.tags.rounded(rows)) + self.tag_bias).argmax(axis=1).tolist()
        vectors = rows.astype(numpy.float32)
        tags = []
        for place, doc in zip(places, docs, strict=True):
            doc.tensor = vectors[place : place + len(doc)]
            tags.append(found[place : place + len(doc)])
        return tags

    def _words(self, docs: Sequence[Doc]) -> Doubles:
        """The words' own vectors, of new words made and kept."""
        features = numpy.concatenate([doc.to_array(COLUMNS) for doc in docs])
        keys = (features[:, 0] * ODD ^ features[:, 1]) * ODD + features[:, 5]
        named = keys.tolist()
        new = {key: at for at, key in enumerate(named) if key not in self.rows}
        if len(self.rows) + len(new) > KEPT:
            self.rows.clear()
            new = {key: at for at, key in enumerate(named)}
        if new:
            made = self._made(features[list(new.values()), 1:])
            first = len(self.rows)
            self.table[first : first + len(made)] = made
            self.rows.update(zip(new, range(first, first + len(made)), strict=True))
        return self.table[[self.rows[key] for key in named]]

    def _made(self, features: NDArray[numpy.uint64]) -> Doubles:
        hashed = self.hashed.predict(numpy.ascontiguousarray(features)).astype(numpy.float64)
        return self.first(self.first.product.rounded(hashed))


def _maxout(model: Model[Any, Any]) -> tuple[Model[Any, Any], Model[Any, Any]]:
    """The maxout layer inside, and its normalisation."""
    found = {m.name: m for m in model.walk()}
    return found["maxout"], found["layernorm"]


def _param(model: Model[Any, Any], name: str) -> Floats:
    found: Any = model.get_param(name)
    return numpy.asarray(found)
