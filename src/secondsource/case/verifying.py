"""a case -> what in it is not as it was written, by name

Four things are held against each other: the files by their hashes, the readings' quotes by their articles' words, the rows by
their digests and by what they were made from, and all of it by the log, in which each line names the one before it.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from secondsource.case.journal import LOG, TABLES, Journal
from secondsource.errors import BadInput, DamagedCase
from secondsource.invariants import quotes_in
from secondsource.model import Reading, Record
from secondsource.store import rows
from secondsource.store.audit import NO_END, START, Entry
from secondsource.store.db import COUNTED, MODULUS, digest
from secondsource.store.originals import Originals, sha256

MANIFEST = "manifest-sha256.txt"
Progress = Callable[[int], None]


class Finding(Record, frozen=True, kw_only=True):
    """Something that is not as it was written: where, and what is wrong with it."""

    where: str
    text: str


class Verified(Record, frozen=True, kw_only=True):
    """What `verify` has looked at, and found. `waiting`: files of an `add` that was cut short; the same `add` takes them up.
    `behind`: changes that the log has and the tables will have with the next change."""

    findings: tuple[Finding, ...]
    articles: int
    quotes: int
    files: int
    lines: int
    waiting: tuple[str, ...] = ()
    behind: int = 0


def verify(journal: Journal, progress: Progress | None = None) -> Verified:
    """See `Case.verify`."""
    checker = _Checker(journal, progress)
    findings = tuple(checker.findings())
    return Verified(
        findings=findings,
        articles=checker.articles,
        quotes=checker.quotes,
        files=checker.files,
        lines=len(checker.entries),
        waiting=tuple(checker.waiting),
        behind=checker.behind,
    )


class _Checker:
    def __init__(self, journal: Journal, progress: Progress | None) -> None:
        self.journal, self.tables, self.progress = journal, journal.tables, progress
        self.articles = self.quotes = self.files = self.behind = 0
        self.entries: list[Entry] = []
        self.waiting: list[str] = []
        self.erased: set[str] = set()
        self.total = 0

    def findings(self) -> Iterator[Finding]:
        """Every finding; a part that cannot be read at all is one, and the others go on."""
        for part in (self._log, self._file, self._rows, self._articles, self._state, self._files):
            try:
                yield from part()
            except DamagedCase as error:
                yield Finding(where=TABLES, text=str(error))

    def _log(self) -> Iterator[Finding]:
        end, known = int(self.tables.meta("log_end", "0")), self.tables.meta("log_hash", START)
        for entry in self.journal.log.walk():
            if isinstance(entry, str):
                # Half a line after all that the tables know is a change that was cut short: the next one takes it away.
                if not entry.endswith(NO_END) or self.journal.log.whole() < end:
                    yield Finding(where=LOG, text=entry)
            else:
                self.entries.append(entry)
                if entry.held.get("what") == "erase":
                    self.erased |= set(entry.held.get("removed", ()))
        if self.journal.log.size() < end:
            yield Finding(where=LOG, text=f"its end is missing: {end - self.journal.log.size()} bytes that the tables know of")
        elif end and known not in {e.hash for e in self.entries if e.end == end}:
            yield Finding(where=LOG, text="the last line that the tables know of was changed")
        self.behind = sum(e.end > end for e in self.entries)

    def _file(self) -> Iterator[Finding]:
        for row in self.tables.rows("PRAGMA integrity_check(20)"):
            if row[0] != "ok":
                yield Finding(where=TABLES, text=f"SQLite: {row[0]}")
        for row in self.tables.rows("PRAGMA foreign_key_check"):
            yield Finding(where=TABLES, text=f"a row of {row[0]} names one of {row[2]} that is not there")

    def _rows(self) -> Iterator[Finding]:
        for table in COUNTED:
            for row in self.tables.rows(f"SELECT * FROM {table}"):  # noqa: S608  our own tables
                held = dict(row)
                made = digest(table, held)
                self.total = (self.total + int(made, 16)) % MODULUS
                if made != held["digest"]:
                    name = held.get("id") or held.get("article") or held.get("papers") or f"run {held.get('number')}"
                    yield Finding(where=TABLES, text=f"the row of {table} for {name} was changed")

    def _articles(self) -> Iterator[Finding]:
        for row in self.tables.rows("SELECT n, id, name, sha256, reading FROM articles ORDER BY id"):
            self.articles += 1
            if row["reading"] is not None:
                try:
                    reading = rows.unpacked(row["reading"], row["id"])
                except DamagedCase as error:
                    yield Finding(where=TABLES, text=str(error))
                else:
                    yield from self._article(row["n"], row["id"], reading)
            elif self.tables.value("SELECT count(*) FROM lines WHERE article = ?", row["n"]):
                yield Finding(where=TABLES, text=f"lines of {row['id']}, which was erased, are still there")
            if self.progress:
                self.progress(self.articles)
        if self.tables.value("SELECT count(*) FROM lines WHERE article NOT IN (SELECT n FROM articles)"):
            yield Finding(where=TABLES, text="there are lines of no article")
        if self.tables.writable:
            with self.tables.change():
                self.tables.connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")

    def _article(self, number: int, name: str, reading: Reading) -> Iterator[Finding]:
        text = reading.article.text
        for quote in quotes_in(reading):
            self.quotes += 1
            if quote.article != name or text[quote.start : quote.end] != quote.exact:
                yield Finding(where=name, text=f"its words at [{quote.start}, {quote.end}) are not {quote.exact!r}")
        kept = "SELECT id, kind, actor, thing, days, text FROM lines WHERE article = ? ORDER BY n"
        held = [tuple(row) for row in self.tables.rows(kept, number)]
        wanted = [(x.id, x.kind, x.actor, x.thing, x.days, x.text) for x in rows.lines(reading)]
        for one in sorted({x[0] for x in set(held) ^ set(wanted)}):
            yield Finding(
                where=TABLES, text=f"the line {one} of {name} is not what was read: it was changed, added or taken away"
            )

    def _state(self) -> Iterator[Finding]:
        state = f"{self.total:064x}"
        end = int(self.tables.meta("log_end", "0"))
        logged = [e.held.get("state") for e in self.entries if e.end == end]
        if logged and logged[0] and logged[0] != state:
            yield Finding(
                where=TABLES, text="its rows are not those of which the log was written: rows were changed, added or deleted"
            )

    def _files(self) -> Iterator[Finding]:
        sql = (
            "SELECT id, name, sha256, papers, pack FROM articles UNION ALL "
            "SELECT papers, name, sha256, papers, pack FROM problems UNION ALL SELECT id, '', '', papers, '' FROM decisions"
        )
        wanted: dict[str, str] = {}
        for row in self.tables.rows(sql):
            wanted |= {row[key]: row["name"] or row["id"] for key in ("sha256", "papers", "pack") if row[key]}
        held: set[str] = set()
        for store in (self.journal.originals, self.journal.papers):
            for name in store.names():
                held.add(name)
                yield from self._kept(store, name, wanted)
            self.waiting += [f"{store.folder.name}/{file.parent.name}/{file.name}" for file in store.unfinished()]
        for name in sorted(wanted.keys() - held - self.erased):
            yield Finding(where=wanted[name], text=f"the file {name} of it is missing")

    def _kept(self, store: Originals, name: str, wanted: dict[str, str]) -> Iterator[Finding]:
        self.files += 1
        where = f"{store.folder.name}/{name[:2]}/{name}"
        if name in self.erased and name not in wanted:
            yield Finding(where=where, text="was erased and is still here: run doctor")
        elif sha256(store.get(name) or b"") != name:
            yield Finding(where=where, text=f"its bytes were changed (of {wanted.get(name, 'nothing that is in the case')})")
        elif name not in wanted:
            self.waiting.append(where)


def verify_pack(pack: Path, progress: Progress | None = None) -> Verified:
    """What is wrong with an evidence pack: its files by the manifest, then the case in it. Raises BadInput where it is none."""
    try:
        with zipfile.ZipFile(pack) as held, tempfile.TemporaryDirectory() as folder:
            found = list(_manifest(held))
            _unpack(held, Path(folder))
            journal = Journal(Path(folder))
            try:
                made = verify(journal, progress)
            finally:
                journal.close()
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise DamagedCase(f"{pack.name} is no whole evidence pack ({error})") from error
    return Verified(
        findings=(*found, *made.findings), articles=made.articles, quotes=made.quotes, files=made.files, lines=made.lines,
        waiting=made.waiting, behind=made.behind,
    )  # fmt: skip


def _manifest(held: zipfile.ZipFile) -> Iterator[Finding]:
    """What of a pack is not what its manifest says."""
    listed = dict(line.split("  ", 1)[::-1] for line in held.read(MANIFEST).decode().splitlines() if "  " in line)
    names = set(held.namelist()) - {MANIFEST}
    for name in sorted(names | listed.keys()):
        if name not in names:
            yield Finding(where=name, text="is in the manifest and not in the pack")
        elif name not in listed:
            yield Finding(where=name, text="is in the pack and not in its manifest")
        else:
            yield from _checked(held, name, listed[name])


def _checked(held: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Finding]:
    try:
        payload = held.read(name)
    except zipfile.BadZipFile as error:
        yield Finding(where=name, text=f"cannot be unpacked ({error})")
        return
    if sha256(payload) != wanted:
        yield Finding(where=name, text="its bytes are not those of the manifest")


def _unpack(held: zipfile.ZipFile, folder: Path) -> None:
    """The case's own files, and no others: a name that leads out of the folder is none of them."""
    for name in held.namelist():
        parts = name.split("/")
        if ".." in parts or parts[0] not in {"originals", "papers", TABLES, LOG, "case.toml", "outlets.toml"}:
            continue
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.write_bytes(held.read(name))
        except zipfile.BadZipFile:
            continue  # named by the manifest's check
    if not (folder / TABLES).exists():
        raise BadInput(f"the pack holds no {TABLES}: it is no evidence pack")
