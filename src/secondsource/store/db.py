"""case.db -> rows, one change at a time

One writer at a time: SQLite's own lock, waited for. Every row of the tables that count has a digest, and `state` is the sum of
them all: whoever holds `state` (the log does) can tell whether a row was changed, added or taken away behind its back.
"""

import errno
import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from secondsource.errors import BadInput, DamagedCase
from secondsource.store.schema import STEPS

Row = dict[str, Any]
COUNTED = ("runs", "articles", "gone", "problems", "decisions")
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
MODULUS = 1 << 256
PATIENCE = 60.0  # seconds that a writer waits for another one
AGAIN = 0.02  # seconds until a file that somebody else opens or closes is tried again
BUSY = "PRAGMA busy_timeout = 5000"  # milliseconds that a reader waits; writers are asked for more often, to say that they wait
Waiting = Callable[[str], None]


def digest(table: str, row: Mapping[str, Any]) -> str:
    """The digest of a row's columns, but for `digest` itself and the number that the table gives."""
    held = [
        (key, hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value)
        for key, value in sorted(row.items())
        if key not in {"digest", "n"}
    ]
    return hashlib.sha256(msgspec.json.encode([table, held])).hexdigest()


class Tables:
    """The tables of one case. `waiting` hears, in words, that somebody else writes."""

    def __init__(self, path: Path, waiting: Waiting | None = None, patience: float = PATIENCE) -> None:
        self.path, self.waiting, self.patience = path, waiting, patience
        self.writable = True
        try:
            self.connection = self._opened()
            self._checked()
        except sqlite3.Error as error:
            raise told(error, path) from error

    def _opened(self) -> sqlite3.Connection:
        """A connection; another one that opens or closes the file at this moment is waited for."""
        until = time.monotonic() + self.patience
        while True:
            try:
                return self._connect()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(AGAIN)

    def _connect(self) -> sqlite3.Connection:
        try:
            return self._configured(sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False))
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error) and "unable to open" not in str(error):
                raise
        # A folder that nobody can write to: no other writer either, so the file is read as it stands.
        self.writable = False
        where = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        plain = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False)
        plain.row_factory = sqlite3.Row
        return plain

    def _configured(self, made: sqlite3.Connection) -> sqlite3.Connection:
        made.row_factory = sqlite3.Row
        for pragma in (
            "trusted_schema = OFF",
            "foreign_keys = ON",
            "synchronous = FULL",
            "secure_delete = ON",
            "cell_size_check = ON",
        ):
            made.execute(f"PRAGMA {pragma}")
        made.execute(BUSY)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA cache_size = -32000")
        made.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return made

    def _checked(self) -> None:
        """Bring an older file up to date, a copy first. Raises DamagedCase for a newer one."""
        version = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(STEPS):
            raise DamagedCase(
                f"{self.path.name} was made by a newer program (format {version}, this one knows {len(STEPS)}): update"
            )
        if version == len(STEPS):
            return
        if version:
            with sqlite3.connect(self.path.with_name(f"{self.path.name}.before-{version + 1}")) as copy:
                self.connection.backup(copy)
            copy.close()
        with self.change():
            for step in STEPS[version:]:
                for statement in _statements(step):
                    self.connection.execute(statement)
            self.connection.execute(f"PRAGMA user_version = {len(STEPS)}")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything inside happens, or nothing. Raises BadInput where the disk is full, closed, or another one writes on."""
        self._begin()
        try:
            yield
            self.connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._undo()
            raise told(error, self.path) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _begin(self) -> None:
        if not self.writable:
            raise BadInput(f"{self.path.parent} cannot be written to: give this user the right to write, or copy the case")
        until, said = time.monotonic() + self.patience, False
        while True:
            try:
                self.connection.execute("PRAGMA busy_timeout = 250")
                self.connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise told(error, self.path) from error
                if time.monotonic() > until:
                    spent = f"for {self.patience:.0f} s: try again when it is done"
                    raise BadInput(f"another program has been writing to {self.path.parent} {spent}") from error
                if not said and self.waiting:
                    self.waiting("another program writes to this case: waiting")
                said = True
            else:
                self.connection.execute(BUSY)
                return

    def rows(self, query: str, *values: Any) -> Iterator[sqlite3.Row]:
        """The rows of a query as they come. Raises DamagedCase where the file cannot be read."""
        try:
            yield from self.connection.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise told(error, self.path) from error

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        return next(self.rows(query, *values), None)

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row, None if there is none."""
        found = self.row(query, *values)
        return found[0] if found is not None else None

    def meta(self, key: str, default: str = "") -> str:
        found = self.value("SELECT value FROM meta WHERE key = ?", key)
        return default if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def insert(self, table: str, row: Row) -> int:
        """Add a row that counts, with its digest; the number that the table gives it."""
        held = {**row, "digest": digest(table, row)}
        columns, marks = ", ".join(held), ", ".join("?" * len(held))
        made = self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(held.values()))  # noqa: S608
        self._count(held["digest"], 1)
        return int(made.lastrowid or 0)

    def empty(self, table: str, n: int, changes: Row) -> None:
        """Change a row that counts; only `erase` and a fresh reading do."""
        before = dict(self.row(f"SELECT * FROM {table} WHERE n = ?", n) or {})  # noqa: S608
        after = before | changes
        self._count(before["digest"], -1)
        after["digest"] = digest(table, after)
        sets = ", ".join(f"{key} = ?" for key in after)
        self.connection.execute(f"UPDATE {table} SET {sets} WHERE n = ?", (*after.values(), n))  # noqa: S608
        self._count(after["digest"], 1)

    def _count(self, one: str, times: int) -> None:
        total = (int(self.meta("state", "0"), 16) + times * int(one, 16)) % MODULUS
        self.set_meta("state", f"{total:064x}")

    def compact(self) -> None:
        """Write the file anew, so that nothing of a deleted row is left between the rows."""
        self.connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in self.path.parent.glob(f"{self.path.name}.before-*"):
            copy.unlink()

    def copy_to(self, target: Path) -> None:
        """A whole copy of the file as it is now."""
        self.connection.execute("VACUUM INTO ?", (str(target),))

    def close(self) -> None:
        self.connection.close()


def _statements(step: str) -> Iterator[str]:
    held = ""
    for part in step.split(";"):
        held += part
        if held.strip():
            yield held
        held = ""


def told(error: sqlite3.Error | OSError, path: Path) -> BadInput | DamagedCase:
    """What went wrong with the disk or the file, in words, and what to do."""
    text, folder = str(error), path.parent
    number = error.errno if isinstance(error, OSError) else None
    kept = "what was in the case is as it was"
    if number in FULL or "full" in text or "disk I/O" in text:
        return BadInput(f"{folder}: the disk is full, or fails ({text}); {kept}: make room and run the same again")
    if number in CLOSED or "readonly" in text or "unable to open" in text:
        return BadInput(f"{folder} cannot be written to ({text}); {kept}: give the right to write")
    if "locked" in text:
        return BadInput(f"another program writes to {folder}: try again when it is done")
    if isinstance(error, OSError):
        return BadInput(f"{folder}: {text}; {kept}")
    return DamagedCase(f"{path.name} cannot be read by SQLite ({text}): `doctor --rebuild` makes it anew from the originals")


def clear(path: Path, *, but_the_file: bool = False) -> None:
    """Take the tables' files away: all of them, or what SQLite keeps beside the file."""
    for ending in ("-wal", "-shm") if but_the_file else ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
