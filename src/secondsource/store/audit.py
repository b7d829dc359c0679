"""changes -> lines of a log in which each line names the hash of the one before it

The log is written before the tables: what it holds and the tables do not is done again (`after`), half a line at its end is
what a change left that never happened (`mend`). It holds hashes, ids and reasons, and no words of any report, so that nothing
of an article that had to be erased stays in it.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from secondsource.errors import DamagedCase
from secondsource.model import Record

START = "0" * 64
NO_END = "has no end"


class Entry(Record, frozen=True, kw_only=True):
    """A line of the log: its number from 1, what it holds, its own hash. `end`: the byte after it."""

    number: int
    held: dict[str, Any]
    hash: str
    end: int


class Log:
    """The file `audit.jsonl`. Whoever appends holds the lock of the tables."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, changes: Iterable[dict[str, Any]], before: str, end: int) -> list[Entry]:
        """Write a line a change after byte `end`, where the log ends, and force them to disk, or leave nothing of them."""
        made: list[Entry] = []
        payload = b""
        for held in changes:
            line = msgspec.json.encode({**held, "before": before})
            payload += line + b"\n"
            before = hashlib.sha256(line).hexdigest()
            made.append(Entry(number=0, held=held, hash=before, end=end + len(payload)))
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.seek(0, os.SEEK_END)
            if file.tell() != end:
                raise DamagedCase(f"{self.path.name} has {file.tell()} bytes where {end} were written: run verify")
            try:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                self._cut(end)
                raise
        return made

    def _cut(self, end: int) -> None:
        os.truncate(self.path, end)

    def mend(self, end: int) -> int:
        """Cut off half a line after byte `end`; how many bytes the log has."""
        payload = self._from(end)
        whole = payload.rfind(b"\n") + 1
        if whole < len(payload):
            self._cut(end + whole)
        return end + whole

    def whole(self) -> int:
        """The byte after the last line that has an end."""
        return self._from(0).rfind(b"\n") + 1

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def after(self, end: int, before: str) -> Iterator[Entry]:
        """The whole lines after byte `end`, whose line has the hash `before`. Raises DamagedCase where the chain breaks."""
        at = end
        for number, line in enumerate(self._from(end).split(b"\n")[:-1], 1):
            entry, broken = _entry(line, number, before, at)
            if entry is None:
                raise DamagedCase(f"{self.path.name}: {broken}; run verify")
            before, at = entry.hash, entry.end
            yield entry

    def walk(self) -> Iterator[Entry | str]:
        """Every line from the first; a sentence in place of each that is not as it was written."""
        before, at = START, 0
        payload = self._from(0)
        for number, line in enumerate(payload.split(b"\n")[:-1], 1):
            entry, broken = _entry(line, number, before, at)
            yield entry or broken
            before, at = hashlib.sha256(line).hexdigest(), at + len(line) + 1
        if at < len(payload):
            yield f"line {payload.count(bytes([10])) + 1} {NO_END}"

    def _from(self, end: int) -> bytes:
        if not self.path.exists():
            return b""
        with self.path.open("rb") as file:
            file.seek(end)
            return file.read()


def _entry(line: bytes, number: int, before: str, at: int) -> tuple[Entry | None, str]:
    try:
        held = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        return None, f"line {number} cannot be read ({error})"
    if held.get("before") != before:
        return None, f"line {number} does not follow the one before it: one of the two was changed"
    return Entry(number=number, held=held, hash=hashlib.sha256(line).hexdigest(), end=at + len(line) + 1), ""
