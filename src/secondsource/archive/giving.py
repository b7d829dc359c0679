"""files of reports -> shards of documents: WARC, JSONL, Parquet, and whatever else a report can be read from.

One pass over the inputs says what is given now, and packs what has not been read yet into shards that are named by what is in
them: a rerun over the same inputs packs nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from secondsource.archive.keeping import Place, removed, table, written
from secondsource.errors import BadInput
from secondsource.model import Hint, Member, Problem, article_id, identify
from secondsource.read.formats import members
from secondsource.read.lines import document

DOCUMENTS = 100  # a shard: large enough to hide the hand-over, small enough that losing one costs seconds
FIELDS = ("published", "outlet", "title", "url")
ROWS = 1000


class Given(NamedTuple):
    """What a run was given: documents, those that had not been read, and what could not be had."""

    documents: int
    new: int
    problems: tuple[Problem, ...]


def pack(paths: Iterable[Path], place: Place, known: set[str]) -> Given:
    """Shards of the documents whose ids are not `known`; the ids of all are left in `given_now`."""
    now: dict[str, str] = {}
    shard: dict[str, Member] = {}
    problems: list[Problem] = []
    new = 0
    for item in documents(paths):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        name = article_id(item.name, hashlib.sha256(item.payload).hexdigest())
        if name not in now and name not in known:
            shard[name] = item
            new += 1
            if len(shard) == DOCUMENTS:
                _put(place, shard)
                shard = {}
        now[name] = item.name
    if shard:
        _put(place, shard)
    removed(place.folder("given_now") / "now.parquet")
    table(place.folder("given_now") / "now.parquet", {"id": "string", "name": "string"}, sorted(now.items()))
    return Given(len(now), new, tuple(problems))


def _put(place: Place, shard: dict[str, Member]) -> None:
    name = identify("shard", sorted(shard))
    written(place.folder("given") / f"{name}.bin", msgspec.msgpack.encode(list(shard.values())))


def unpacked(place: Place, shard: str) -> list[Member]:
    """The documents of a shard."""
    payload = (place.folder("given") / f"{shard}.bin").read_bytes()
    return msgspec.msgpack.decode(payload, type=list[Member])


def documents(paths: Iterable[Path]) -> Iterator[Member | Problem]:
    """Every document of the inputs, in their order. Raises BadInput for a path that is not there."""
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: no such file or folder; check the path")
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            yield from _documents(file, file.relative_to(path).as_posix() if path.is_dir() else file.name)


def _documents(file: Path, name: str) -> Iterator[Member | Problem]:
    if file.suffix == ".jsonl":
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _line(line, number, name)
    elif file.suffix == ".parquet":
        yield from _rows(file)
    elif file.name.endswith((".warc", ".warc.gz")):
        yield from _records(file, name)
    else:
        yield from members(name, file.read_bytes())


def _line(line: bytes, number: int, name: str) -> Member | Problem:
    try:
        return document(line, number)
    except BadInput as error:
        return Problem(name=f"{name}:{number}", stage="read", text=str(error))


def _rows(file: Path) -> Iterator[Member | Problem]:
    """A table with the columns id and text, and perhaps published, outlet, title, url."""
    import pyarrow
    import pyarrow.parquet

    try:
        opened = pyarrow.parquet.ParquetFile(file)
    except (pyarrow.ArrowInvalid, OSError) as error:
        yield Problem(name=file.name, stage="read", text=f"not a Parquet file, or damaged ({error})")
        return
    held = [name for name in ("id", "text", *FIELDS) if name in opened.schema_arrow.names]
    if not {"id", "text"} <= set(held):
        yield Problem(name=file.name, stage="read", text="the table has no columns id and text")
        return
    for batch in opened.iter_batches(batch_size=ROWS, columns=held):
        for row in batch.to_pylist():
            hints = tuple(Hint(where="manifest", name=key, value=str(row[key])) for key in FIELDS if row.get(key))
            payload = str(row["text"] or "").encode("utf-8", "surrogatepass")
            yield Member(name=str(row["id"]), payload=payload, media="text/plain", encoding="utf-8", hints=hints)


def _records(file: Path, name: str) -> Iterator[Member | Problem]:
    """The pages of a WARC, which may be larger than memory: one gzip member or record block at a time."""
    from secondsource.read import warcs
    from secondsource.read.archives import Limits

    limits = Limits()
    for number, block in enumerate(_blocks(file)):
        yield from warcs.members(f"{name}#{number}" if number else name, block, limits)


BLOCK = 64 << 20
MARK = b"\r\n\r\nWARC/1"


def _blocks(file: Path) -> Iterator[bytes]:
    """Pieces of whole records, about BLOCK bytes each: a packed file in pieces that each begin where one unpacks."""
    import gzip
    import io

    stream = gzip.open(file) if file.suffix == ".gz" else file.open("rb")  # noqa: SIM115  closed below
    with stream as held:
        rest = b""
        try:
            while piece := held.read(BLOCK):
                rest += piece
                cut = rest.rfind(MARK)
                if cut > 0:
                    yield rest[: cut + 4]
                    rest = rest[cut + 4 :]
        except (EOFError, OSError, io.UnsupportedOperation):
            rest += b""  # a file that breaks off: what is there is read, and the reader says where it ends
    if rest:
        yield rest
