"""shard of documents -> readings, and the keys under which articles meet others.

A shard is a pure function of its documents. Keys are narrow rows, so that what may hang together can be found by joins alone:
`gram` and `whole` (words in a row, all words) for copies, `anchor` for rewording, `term` for one story, `run` for a quotation.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from secondsource.archive.giving import unpacked
from secondsource.archive.joining import packed_terms
from secondsource.archive.keeping import Place, table
from secondsource.data import table as words_of
from secondsource.model import Article, Member, Problem, Reading
from secondsource.pipeline import Reader
from secondsource.resolve.reworded import anchored
from secondsource.resolve.stories import Rarity, weighed
from secondsource.resolve.utterances import SAME_QUOTE, spoken_runs
from secondsource.resolve.wording import number, wording

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
            rows.append(_row(read, member))
            if isinstance(read, Reading):
                keys += _keys(read)
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


def _row(read: Reading | Problem, member: Member) -> tuple[Any, ...]:
    if isinstance(read, Problem):
        return (None, member.name, None, "", 0, 0, 0, 0, 0, 0, None, None, read.text)
    text, article = wording(read), read.article
    return (
        article.id, article.name, article.outlet.value, day(article), len(text.words), len(text.keys),
        len(anchored(text).anchors), len(read.attributions), len(read.claims), len(read.figures),
        packed_terms(weighed(article, _rarity())), msgspec.json.encode(read), None,
    )  # fmt: skip


def day(article: Article) -> str:
    """The day of publication, "" where it is not known; as stories order articles."""
    when = article.published.value
    return ((when.earliest or when.latest or "") if when else "")[:10]


def _keys(read: Reading) -> Iterator[tuple[str, int, str, str]]:
    article, when, text = read.article, day(read.article), wording(read)
    if text.words:
        yield "whole", _signed(text.everything), article.id, when
    for gram in text.keys:
        yield "gram", _signed(gram), article.id, when
    for anchor in anchored(text).anchors:
        yield "anchor", _signed(number(["anchor", anchor])), article.id, when
    for term in weighed(article, _rarity()).keys:
        yield "term", _signed(number(["term", term])), article.id, when
    runs = {run for attribution in read.attributions for run in spoken_runs(attribution, SAME_QUOTE)}
    for run in sorted(runs):
        yield "run", _signed(number(["run", run])), article.id, when


def _signed(key: int) -> int:
    """A number of 64 bits as tables hold it everywhere."""
    return (key + HALF) % (1 << 64) - HALF
