"""dossier -> Parquet files, one a table, with typed columns (needs pyarrow, of the extra `archive`)"""

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from secondsource.errors import BadInput
from secondsource.model import Dossier
from secondsource.render.foreign import Foreign, scalar
from secondsource.render.lookup import Lookup
from secondsource.render.tables import LOST, TABLES, Cell, codebook

if TYPE_CHECKING:
    import pyarrow

WHOLE = frozenset(
    {"start", "end", "origins_low", "origins_high", "origins", "articles", "witnesses", "documents", "code_points"}
)
BROKEN = frozenset({"low", "high"})
GROUP = 10_000  # rows that are held at a time


def parquet(dossier: Dossier) -> Foreign:
    """A file for each table of the CSV. Raises BadInput where pyarrow is missing."""
    if find_spec("pyarrow") is None:
        raise BadInput("Parquet needs pyarrow: install it with `pip install 'secondsource[archive]'`, or take csv")
    look, files, count = Lookup(dossier), {}, 0
    for name, (columns, rows) in TABLES.items():
        files[f"{name}.parquet"], held = _file(tuple(columns), rows(look))
        count += held
    files["codebook.parquet"] = _file(("table", "column", "holds"), codebook())[0]
    return Foreign(files=files, lost=LOST, rows=count)


def _file(columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> tuple[bytes, int]:
    import pyarrow
    import pyarrow.parquet

    schema, count = pyarrow.schema([(name, _type(name)) for name in columns]), 0
    out = pyarrow.BufferOutputStream()
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := tuple(islice(rows, GROUP)):
            count += len(group)
            cells = zip(*group, strict=True)
            arrays = [pyarrow.array(map(_value, held), type=field.type) for field, held in zip(schema, cells, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
    return out.getvalue().to_pybytes(), count


def _type(column: str) -> "pyarrow.DataType":
    import pyarrow

    return pyarrow.int64() if column in WHOLE else pyarrow.float64() if column in BROKEN else pyarrow.string()


def _value(value: Cell) -> Any:
    return scalar(value) if isinstance(value, str) else value
