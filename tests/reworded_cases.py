"""tests/cases/reworded/NN.txt (an original, the same in other words, an independent report) -> what the detector says."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import copies
from secondsource.model import Article
from secondsource.resolve.reworded import anchored, is_reworded, likeness
from secondsource.resolve.wording import Wording

CASES = Path(__file__).parent / "cases" / "reworded"


class Outcome(NamedTuple):
    name: str
    found: bool
    false: tuple[bool, bool]


def outcomes(folder: Path = CASES) -> Iterator[Outcome]:
    for file in sorted(folder.glob("*.txt")):
        texts = [part.strip() for part in file.read_text(encoding="utf-8").split("\n-----\n")]
        original, reworded, independent = (copies.article(f"{file.stem}-{n}", text) for n, text in enumerate(texts[:3]))
        false = alike(original, independent), alike(reworded, independent)
        yield Outcome(file.stem, alike(original, reworded), false)


def alike(left: Article, right: Article) -> bool:
    return is_reworded(likeness(anchored(Wording(left)), anchored(Wording(right))))
