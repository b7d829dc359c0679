"""paths -> documents: the one place that reads the user's files."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from secondsource.errors import BadInput
from secondsource.model import Member, Problem
from secondsource.read.formats import members


def documents(paths: Iterable[str | Path], primary: Iterable[str | Path] = ()) -> list[Member | Problem]:
    """Every document in the given files and folders, a Problem for each that cannot be had; "-" is stdin.

    `primary`: paths of transcripts, communiqués and agreements, which are witnesses of another kind than reports. Raises
    BadInput for a path that is not there, and where there is no document at all.
    """
    given = [str(path) for path in paths]
    found = [item for name, payload in payloads(given) for item in members(name, payload)]
    marked = (item for name, payload in payloads(map(str, primary)) for item in members(name, payload))
    found += [replace(item, document=True) if isinstance(item, Member) else item for item in marked]
    if not found:
        raise BadInput(f"no reports in {' '.join(given)}: give files, or folders that hold files")
    return found


def payloads(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, one at a time; "-" is stdin. Raises BadInput for a path that is not there."""
    for given in paths:
        if given == "-":
            yield "stdin", sys.stdin.buffer.read()
            continue
        path = Path(given)
        if not path.exists():
            raise BadInput(f"{given}: no such file or folder; check the path")
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path))):
                yield file.relative_to(path).as_posix(), file.read_bytes()
        else:
            yield path.name, path.read_bytes()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
