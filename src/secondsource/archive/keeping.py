"""rows -> files that are there whole or not at all: what a run leaves on disk, and what a rerun finds.

A file is written beside its place, flushed to the disk and renamed into it: that it stands there is the mark that its shard is
done. A killed process leaves at most a `.part` file that nobody reads.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from secondsource import __version__
from secondsource.errors import BadInput

FOLDERS = ("given", "readings", "keys", "given_now", "todo", "decided")
# Bumped where the rows of a table change.
LAYOUT = 1
GROUP = 20_000  # rows written at once: no table is held whole


class Place(NamedTuple):
    """The folder of an archive."""

    path: Path

    def folder(self, name: str) -> Path:
        return self.path / name

    def done(self, folder: str, suffix: str = ".parquet") -> set[str]:
        """Shards whose result stands in a folder."""
        return {file.name.removesuffix(suffix) for file in self.folder(folder).glob(f"*{suffix}")}


def opened(path: Path, model: str) -> Place:
    """The archive in a folder, made where there is none. Raises BadInput where another version made it."""
    place = Place(path)
    made = {"secondsource": __version__, "model": model, "layout": LAYOUT}
    manifest = path / "manifest.json"
    if manifest.exists():
        found = json.loads(manifest.read_text(encoding="utf-8"))
        if found != made:
            raise BadInput(f"{path} was made by {found}, this is {made}: give an empty folder")
    elif path.exists() and any(path.iterdir()):
        raise BadInput(f"{path} holds other files: give a folder that is empty or an archive's")
    for name in FOLDERS:
        place.folder(name).mkdir(parents=True, exist_ok=True)
    for stale in path.rglob("*.part"):
        stale.unlink()
    if not manifest.exists():
        written(manifest, json.dumps(made, indent=1).encode())
    return place


def written(path: Path, payload: bytes) -> None:
    """A file with these bytes, whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def table(path: Path, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """A Parquet file of rows, whole or not at all. `columns`: name -> "string", "int64", "double", "binary"."""
    import pyarrow
    import pyarrow.parquet

    kinds = {name: pyarrow.type_for_alias(kind) for name, kind in columns.items()}
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    rest = iter(rows)
    try:
        with pyarrow.parquet.ParquetWriter(part, pyarrow.schema(kinds.items()), compression="zstd") as file:
            while chunk := list(islice(rest, GROUP)):
                arrays = [pyarrow.array([row[n] for row in chunk], type=kind) for n, kind in enumerate(kinds.values())]
                file.write_table(pyarrow.table(arrays, names=list(kinds)))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def removed(path: Path) -> None:
    """A folder, or a file, gone."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
