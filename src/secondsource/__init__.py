"""Second Source: many reports of one story -> one dossier in which every line rests on exact words.

import secondsource

dossier = secondsource.analyze(secondsource.read("reports/"))
for question in dossier.questions:
    print(question.verdict, question.text)
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondsource.model import Dossier, Problem, Reading

__version__ = "0.1.0"
__model__ = "en_core_web_sm 3.8.0"
__all__ = ["__version__", "analyze", "read"]


def read(*paths: str | Path) -> "Iterator[Reading | Problem]":
    """Read the reports in files and folders, one Reading a report, one Problem for what cannot be read.

    Raises BadInput for a path that is not there.
    """
    from secondsource import files, pipeline
    from secondsource.model import Member

    found = files.documents(paths)
    yield from (item for item in found if not isinstance(item, Member))
    yield from pipeline.read(item for item in found if isinstance(item, Member))


def analyze(articles: "Iterable[Reading | Problem]") -> "Dossier":
    """Put what was read together into one dossier; the order of the articles changes nothing."""
    from secondsource import pipeline

    return pipeline.assemble(articles)
