"""shard of documents -> readings, and the keys under which articles meet others.

A shard is a pure function of its documents. Keys are narrow rows, so that what may hang together can be found by joins alone:
`gram` and `whole` (words in a row, all words) for copies, `anchor` for rewording, `term` for one story, `run` for a quotation.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from secondsource.archive.giving import unpacked
from secondsource.archive.joining import packed_terms
from secondsource.archive.keeping import Place, table
from secondsource.data import table as words_of
from secondsource.model import Article, Problem, Reading
from secondsource.pipeline import Reader
from secondsource.resolve.reworded import anchored
from secondsource.resolve.stories import Rarity, Weighed, weighed
from secondsource.resolve.utterances import SAME_QUOTE, spoken_runs
from secondsource.resolve.wording import Wording, number, wording

READINGS = {
    "id": "string", "name": "string", "outlet": "string", "day": "string", "words": "int64", "grams": "int64",
    "anchors": "int64", "attributions": "int64", "claims": "int64", "figures": "int64", "weights": "binary",
    "reading": "binary", "problem": "string",
}  # fmt: skip
KEYS = {"kind": "string", "key": "int64", "article": "string", "day": "string"}
HALF = 1 << 63


class Read:
    """`Read(folder)(shard)` leaves the shard's readings and keys."""

    def __init__(self, folder: Path, model: str | None = None) -> None:
        self.folder, self.model = folder, model

    def __call__(self, shard: str) -> None:
        place, reader = Place(self.folder), _reader(self.model)
        rows: list[tuple[Any, ...]] = []
        keys: list[tuple[str, int, str, str]] = []
        for member in unpacked(place, shard):
            read = reader(member)
            if isinstance(read, Problem):
                rows.append((None, member.name, None, "", 0, 0, 0, 0, 0, 0, None, None, read.text))
                continue
            held = _Held(read, wording(read), weighed(read.article, _rarity()))
            rows.append(_row(held))
            keys += _keys(held)
        # The readings stand last: where they are, the keys are too.
        table(place.folder("keys") / f"{shard}.parquet", KEYS, keys)
        table(place.folder("readings") / f"{shard}.parquet", READINGS, rows)


@cache
def _reader(model: str | None) -> Reader:
    """One a process: loading the model takes longer than a shard."""
    return Reader(model)


@cache
def _rarity() -> Rarity:
    return Rarity(words_of("rarity"))


class _Held(NamedTuple):
    """A reading with what its keys are made of."""

    read: Reading
    text: Wording
    told: Weighed

    @property
    def anchors(self) -> tuple[str, ...]:
        return anchored(self.text).anchors


def _row(held: _Held) -> tuple[Any, ...]:
    read, text, article = held.read, held.text, held.read.article
    return (
        article.id, article.name, article.outlet.value, day(article), len(text.words), len(text.keys),
        len(held.anchors), len(read.attributions), len(read.claims), len(read.figures),
        packed_terms(held.told), msgspec.json.encode(read), None,
    )  # fmt: skip


def day(article: Article) -> str:
    """The day of publication, "" where it is not known; as stories order articles."""
    when = article.published.value
    return ((when.earliest or when.latest or "") if when else "")[:10]


def _keys(held: _Held) -> Iterator[tuple[str, int, str, str]]:
    read, text = held.read, held.text
    article, when = read.article.id, day(read.article)
    if text.words:
        yield "whole", _signed(text.everything), article, when
    for gram in text.keys:
        yield "gram", _signed(gram), article, when
    for anchor in held.anchors:
        yield "anchor", _signed(number(["anchor", anchor])), article, when
    for term in held.told.keys:
        yield "term", _signed(number(["term", term])), article, when
    for run in sorted({run for attribution in read.attributions for run in spoken_runs(attribution, SAME_QUOTE)}):
        yield "run", _signed(number(["run", run])), article, when


def _signed(key: int) -> int:
    """A number of 64 bits as tables hold it everywhere."""
    return (key + HALF) % (1 << 64) - HALF
