"""articles of one case -> its dossier's rows: the same rules as for five files, `pipeline.assemble`.

A shard is some cases together; a case that was decided before with the same articles is not decided again.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from secondsource.archive.keeping import Place, table
from secondsource.model import Dossier, Reading
from secondsource.pipeline import assemble

ROWS = {"case_id": "string", "kind": "string", "id": "string", "record": "binary"}
# What is kept of a dossier, beside the readings themselves: table -> the dossier's records.
TABLES = ("origins", "utterances", "questions", "judgements", "actors", "incidents", "positions", "shifts", "pledges")


class Decide:
    """`Decide(folder)(shard)` leaves the rows of the shard's cases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, shard: str) -> None:
        import pyarrow.parquet

        place = Place(self.folder)
        found: defaultdict[str, list[Reading]] = defaultdict(list)
        decode = msgspec.json.Decoder(Reading).decode
        for file in sorted((place.folder("todo") / f"batch={shard}").glob("*.parquet")):
            for batch in pyarrow.parquet.ParquetFile(file).iter_batches(columns=["case_id", "reading"]):
                for row in batch.to_pylist():
                    found[row["case_id"]].append(decode(row["reading"]))
        rows = [row for case in sorted(found) for row in _rows(case, assemble(found[case]))]
        table(place.folder("decided") / f"{shard}.parquet", ROWS, rows)


def _rows(case: str, dossier: Dossier) -> Iterator[tuple[Any, ...]]:
    encode = msgspec.json.encode
    yield case, "case", case, encode(counts(dossier))
    for kind in TABLES:
        for record in getattr(dossier, kind):
            yield case, kind, getattr(record, "id", ""), encode(record)
    for link in dossier.links:
        yield case, "links", link.member, encode(link)


def counts(dossier: Dossier) -> dict[str, Any]:
    """How much a case holds, and its questions by verdict."""
    verdicts: defaultdict[str, int] = defaultdict(int)
    for question in dossier.questions:
        verdicts[question.verdict] += 1
    many = {kind: len(getattr(dossier, kind)) for kind in TABLES}
    known = sum(origin.known for origin in dossier.origins)
    return {"articles": len(dossier.readings), "known_origins": known, **many, "verdicts": verdicts}
