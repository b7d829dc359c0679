"""a change -> a line of the log, then rows of the tables: both or none, whatever happens in between

Every change is one entry: what it does is written to the log first, and `_apply` makes the rows from the entry and from the
files that it names. A change that the log has and the tables do not is applied again by the next writer; all tables can be made
anew by applying the whole log (`replay`).
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondsource import __model__, __version__
from secondsource.case import papers
from secondsource.errors import DamagedCase
from secondsource.model import Article, Problem, Reading
from secondsource.resolve.versions import lineage_of
from secondsource.store import rows
from secondsource.store.audit import START, Entry, Log
from secondsource.store.db import Tables, Waiting
from secondsource.store.originals import Originals

if TYPE_CHECKING:
    from secondsource.pipeline import Reader

Held = dict[str, Any]
TABLES, ANEW, LOG = "case.db", "case.db.new", "audit.jsonl"
GONE = "what was read from it is gone"


class Run:
    """One call that changes the case; its `number` comes with the first change."""

    def __init__(self, at: str, what: str, by: str) -> None:
        self.at, self.what, self.by = at, what, by
        self.number: int | None = None


class Journal:
    """The files of one case, and the one way to change them."""

    def __init__(
        self, folder: Path, waiting: Waiting | None = None, reader: "Reader | None" = None, tables: str = TABLES
    ) -> None:
        self.folder = folder
        self.originals, self.papers = Originals(folder / "originals"), Originals(folder / "papers")
        self.log = Log(folder / LOG)
        self.tables = Tables(folder / tables, waiting)
        self.known_reader = reader

    @cached_property
    def reader(self) -> "Reader":
        """Loaded on first use: most of what is asked of a case needs no language model."""
        from secondsource.pipeline import Reader

        return self.known_reader or Reader()

    def write(
        self, held: Held, run: Run | None = None, reading: Reading | None = None, unless: Callable[[], bool] | None = None
    ) -> bool:
        """Make one change; False where `unless` says, once nobody else writes, that there is nothing to change.

        `run`: the call that the change belongs to; it is opened with its first change. `reading`: of an added article, where
        the caller has read it already.
        """
        with self.tables.change():
            end, before = self._caught_up()
            if unless is not None and unless():
                return False
            changes = [] if run is None or run.number is not None else [self._opened(run)]
            if run is not None:
                held = {**held, "run": run.number or changes[0]["run"]}
            changes.append(held)
            logged = []
            for change in changes:
                self._apply(change, reading)
                logged.append({**change, "state": self.tables.meta("state")})
            self._stand(self.log.append(logged, before, end)[-1])
        if run is not None:
            run.number = held["run"]
        return True

    def _opened(self, run: Run) -> Held:
        number = int(self.tables.value("SELECT coalesce(max(number), 0) FROM runs")) + 1
        held: Held = {"what": "run", "run": number, "at": run.at, "verb": run.what, "by": run.by}
        return {**held, "version": __version__, "model": __model__}

    def catch_up(self) -> None:
        """Apply what the log has and the tables do not."""
        with self.tables.change():
            self._caught_up()

    def _stand(self, entry: Entry) -> None:
        self.tables.set_meta("log_end", str(entry.end))
        self.tables.set_meta("log_hash", entry.hash)

    def _caught_up(self) -> tuple[int, str]:
        """The end of the log and the hash of its last line, once the tables hold everything that it does."""
        end, before = int(self.tables.meta("log_end", "0")), self.tables.meta("log_hash", START)
        if self.log.size() < end:
            raise DamagedCase(f"{LOG} is shorter than it was: run verify")
        if self.log.size() > end:
            whole = self.log.mend(end)
            for entry in self.log.after(end, before):
                self._apply(entry.held)
                self._stand(entry)
                end, before = entry.end, entry.hash
            assert end == whole
        return end, before

    def replay(self, progress: Callable[[int], None] | None = None) -> None:
        """Make all rows of empty tables from the log and the files that it names. Raises DamagedCase for a broken log."""
        lost = 0
        erased = self.erased()
        with self.tables.change():
            for entry in self.log.walk():
                if isinstance(entry, str):
                    raise DamagedCase(f"{LOG}: {entry}; without an unbroken log the case cannot be made anew")
                done = self._apply(entry.held)
                lost += done is False and entry.held["papers"] not in erased
                self._stand(entry)
                if progress and entry.held.get("what") in {"add", "unread"}:
                    progress(entry.number)
        if lost:
            raise DamagedCase(f"{lost} originals are missing or changed: run verify to see which")

    def _apply(self, held: Held, reading: Reading | None = None) -> bool | None:
        """Do what an entry says. False where a file that it needs is not there, and nothing says that it was erased."""
        match held.get("what"):
            case "init":
                for key in ("format", "model"):
                    self.tables.set_meta(key, str(held[key]))
            case "run":
                row = {key: held[key] for key in ("at", "by", "version", "model")}
                self.tables.insert("runs", row | {"number": held["run"], "what": held["verb"]})
            case "add":
                return self._add(held, reading or self._read_again(held))
            case "unread":
                return self._unread(held)
            case "retract":
                row = {"article": held["article"], "run": held["run"], "what": "retracted", "reason": held["reason"]}
                self.tables.insert("gone", row)
            case "erase":
                self._erase(held)
            case "decide":
                body = self.papers.get(held["papers"])
                row = {"id": held["decision"], "papers": held["papers"], "body": body, "run": held["run"]}
                self.tables.insert("decisions", row)
        return None

    def erased(self) -> set[str]:
        """The hashes of all files that were erased."""
        entries = (e.held for e in self.log.walk() if not isinstance(e, str))
        return {name for held in entries if held.get("what") == "erase" for name in held.get("removed", ())}

    def _read_again(self, held: Held) -> Reading | Problem | None:
        payload, kept = self.originals.get(held["payload"]), self.papers.get(held["papers"])
        return self.reader(papers.member(kept, payload)) if payload is not None and kept is not None else None

    def _add(self, held: Held, reading: Reading | Problem | None) -> bool:
        """The row of an article, and its lines. What was erased has a row without words."""
        article = reading.article if isinstance(reading, Reading) else None
        row = _papers_of(article) | {
            "id": held["article"], "sha256": held["payload"], "papers": held["papers"], "pack": held["pack"],
            "run": held["run"], "reading": rows.packed(reading) if isinstance(reading, Reading) else None,
        }  # fmt: skip
        number = self.tables.insert("articles", row)
        if isinstance(reading, Reading):
            self.index(number, reading)
        elif isinstance(reading, Problem):  # another version of the program can no longer read it
            self._tell(held, reading)
        return reading is not None

    def index(self, number: int, reading: Reading) -> None:
        """Write the lines by which an article is found."""
        write = self.tables.connection.execute
        for line in rows.lines(reading):
            columns = (line.actor, line.thing, line.days, line.kind)
            made = write(
                "INSERT INTO lines (id, article, actor, thing, days, kind, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (line.id, number, *columns, line.text),
            )
            write(
                "INSERT INTO words (rowid, actor, thing, days, kind, text) VALUES (?, ?, ?, ?, ?, ?)",
                (made.lastrowid, *columns, line.text),
            )

    def _unread(self, held: Held) -> bool:
        kept = self.papers.get(held["papers"])
        self._tell(held, papers.problem(kept) if kept is not None else Problem(name="", stage="read", text=GONE))
        return kept is not None

    def _tell(self, held: Held, told: Problem) -> None:
        row = {"papers": held["papers"], "name": told.name, "stage": told.stage, "text": told.text}
        self.tables.insert("problems", row | {"sha256": held["payload"], "pack": held["pack"], "run": held["run"]})

    def _erase(self, held: Held) -> None:
        """Take the words of an article out of every table; the files go once this is written."""
        row = self.tables.row("SELECT n FROM articles WHERE id = ?", held["article"])
        assert row is not None
        write = self.tables.connection.execute
        for line in list(self.tables.rows("SELECT * FROM lines WHERE article = ?", row["n"])):
            write(
                "INSERT INTO words (words, rowid, text, actor, thing, days, kind) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
                tuple(line[key] for key in ("n", "text", "actor", "thing", "days", "kind")),
            )
        write("DELETE FROM lines WHERE article = ?", (row["n"],))
        self.tables.empty("articles", row["n"], _papers_of(None) | {"reading": None})
        for name in held["decisions"]:
            decision = self.tables.row("SELECT n FROM decisions WHERE id = ?", name)
            if decision is not None:
                self.tables.empty("decisions", decision["n"], {"body": None})
        self.forget()
        gone = {"article": held["article"], "run": held["run"], "what": "erased", "reason": held["reason"]}
        self.tables.insert("gone", gone)

    def forget(self) -> None:
        """Throw away what can be put together again."""
        self.tables.connection.execute("DELETE FROM verdicts")
        self.tables.connection.execute("DELETE FROM derived")

    def settled(self) -> Iterator[str]:
        """Finish what an erasure that was cut short has left: the hashes of files that it says are gone and that were here."""
        for entry in self.log.walk():
            if not isinstance(entry, str) and entry.held.get("what") == "erase":
                for name in entry.held.get("removed", ()):
                    if self.originals.remove(name) | self.papers.remove(name):
                        yield name

    def close(self) -> None:
        self.tables.close()


def _papers_of(article: Article | None) -> Held:
    """The small columns of an article's row, all empty for one whose words are gone."""
    if article is None:
        return dict.fromkeys(("name", "lineage", "outlet", "title", "published"), "")
    published = article.published.value
    return {
        "name": article.name,
        "lineage": lineage_of(article),
        "outlet": article.outlet.value or "",
        "title": article.title.value or "",
        "published": (published.earliest or published.latest or "") if published else "",
    }
