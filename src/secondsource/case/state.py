"""a case, as of a run -> its articles, decisions and problems, as they come out of the tables"""

import sqlite3
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from secondsource.errors import BadInput
from secondsource.model import Decision, Problem, Reading, Record
from secondsource.store import rows
from secondsource.store.db import Tables

LAST = 1 << 40  # a run that no case reaches: as of now
# `<> ''` twice: the index of lineages holds no empty ones, and is used only where the query says so of the same table.
# Of one lineage the version that came last counts, among those that are neither retracted nor erased.
ACTIVE = (
    "a.run <= :run AND a.reading IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.article = a.id AND g.run <= :run) "
    "AND (a.lineage = '' OR NOT EXISTS (SELECT 1 FROM articles b WHERE b.lineage = a.lineage AND b.lineage <> '' AND b.n > a.n "
    "AND b.run <= :run AND NOT EXISTS (SELECT 1 FROM gone h WHERE h.article = b.id AND h.run <= :run)))"
)

PAPER = "a.id, a.name, a.lineage, a.sha256, a.outlet, a.title, a.published, a.run"


class Run(Record, frozen=True, kw_only=True):
    """One call that changed the case: when, which verb, who; `articles`, `decisions`: how many it added."""

    number: int
    at: str
    what: str
    by: str
    version: str
    articles: int
    decisions: int


class Paper(Record, frozen=True, kw_only=True):
    """An article of the case without its text. `state`: active, superseded, retracted or erased; `reason`: why it is gone."""

    id: str
    name: str
    lineage: str
    sha256: str
    outlet: str
    title: str
    published: str
    run: int
    state: str = "active"
    reason: str = ""


class State:
    """What the tables hold up to and with one run."""

    def __init__(self, tables: Tables, run: int | None = None) -> None:
        self.tables = tables
        self.run = LAST if run is None else run

    def names(self) -> list[str]:
        """Ids of the articles that count, in order."""
        return [row[0] for row in self._query("SELECT a.id FROM articles a WHERE {active} ORDER BY a.id")]

    def readings(self) -> Iterator[Reading]:
        """What was read from the articles that count, one after the other."""
        for row in self._query("SELECT a.name, a.reading FROM articles a WHERE {active} ORDER BY a.id"):
            yield rows.unpacked(row["reading"], row["name"])

    def _query(self, sql: str, *values: str) -> Iterator[sqlite3.Row]:
        whole = sql.replace("{active}", ACTIVE).replace("{paper}", PAPER).replace(":run", str(int(self.run)))
        yield from self.tables.rows(whole, *values)

    def decisions(self) -> Iterator[Decision]:
        for row in self.tables.rows("SELECT body FROM decisions WHERE run <= ? AND body IS NOT NULL ORDER BY id", self.run):
            yield msgspec.json.decode(row["body"], type=Decision)

    def problems(self) -> Iterator[Problem]:
        """What could not be read, unless an article of that name could be later; and what was taken out, and why."""
        sql = (
            "SELECT p.name, p.stage, p.text FROM problems p WHERE p.run <= ? AND p.name <> '' "
            "AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.name = p.name AND a.run <= ? AND a.reading IS NOT NULL)"
        )
        for row in self.tables.rows(sql, self.run, self.run):
            yield Problem(name=row["name"], stage=row["stage"], text=row["text"])
        sql = "SELECT g.what, g.reason, a.id, a.name FROM gone g JOIN articles a ON a.id = g.article WHERE g.run <= ?"
        for row in self.tables.rows(sql, self.run):
            text = (
                f"{row['what']}: {row['reason']}"
                if row["what"] == "retracted"
                else f"erased, its words are gone: {row['reason']}"
            )
            yield Problem(name=row["name"] or row["id"], stage="case", text=text, article=row["id"])

    def papers(self) -> Iterator[Paper]:
        """Every article that ever was in the case, in order of its id."""
        for row in self._query("SELECT {paper}, ({active}) AS counts FROM articles a WHERE a.run <= :run ORDER BY a.id"):
            yield self._paper(row)

    def paper(self, name: str) -> Paper | None:
        """One article by its id."""
        sql = "SELECT {paper}, ({active}) AS counts FROM articles a WHERE a.id = ?"
        return next((self._paper(row) for row in self._query(sql, name)), None)

    def _paper(self, row: sqlite3.Row) -> Paper:
        made = Paper(**{key: row[key] for key in Paper.__struct_fields__ if key not in {"state", "reason"}})
        if row["counts"]:
            return made
        gone = "SELECT what, reason FROM gone WHERE article = ? AND run <= ? ORDER BY what"
        found = self.tables.row(gone, row["id"], self.run)
        return replace(made, state=found["what"] if found else "superseded", reason=found["reason"] if found else "")


def runs(tables: Tables) -> tuple[Run, ...]:
    sql = (
        "SELECT r.*, (SELECT count(*) FROM articles a WHERE a.run = r.number) AS articles, "
        "(SELECT count(*) FROM decisions d WHERE d.run = r.number) AS decisions FROM runs r ORDER BY r.number"
    )
    keys = ("number", "at", "what", "by", "version", "articles", "decisions")
    return tuple(Run(**{key: row[key] for key in keys}) for row in tables.rows(sql))


def run_of(tables: Tables, point: str | int) -> int:
    """The run that a number or a day means: of a day the last run up to its end. Raises BadInput for any other words."""
    text = str(point).strip()
    if text.isdecimal() and len(text) < 8:
        last = int(tables.value("SELECT coalesce(max(number), 0) FROM runs"))
        if int(text) > last:
            raise BadInput(f"there is no run {text}: the last one is {last}")
        return int(text)
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        raise BadInput(f"{text!r} is neither the number of a run nor a day: write 3, or 2031-05-09")
    end = text if "T" in text else f"{text[:10]}T99"
    return int(tables.value("SELECT coalesce(max(number), 0) FROM runs WHERE at <= ?", end))
