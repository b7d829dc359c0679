"""files of reports -> an archive's tables: read in shards, join, decide in shards, write.

Every step finds what an earlier run has left: a run that was stopped goes on, a run with some new articles reads those and
decides the cases that they change, and a run over the same inputs does nothing but look.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from secondsource.archive.deciding import TABLES, Decide
from secondsource.archive.giving import pack, unpacked
from secondsource.archive.joining import Duck, Sql, Terms, cases, edges
from secondsource.archive.keeping import Place, opened, removed, table, written
from secondsource.archive.reading import Read
from secondsource.engine import Engine, Outcome
from secondsource.model import article_id, identify
from secondsource.pipeline import MODEL

ARTICLES = 200  # in a shard of cases, about
Say = Callable[[str], None]


class Ran(NamedTuple):
    """What a run did: articles given, newly read, cases, those newly decided, cut ones, shards set aside, inputs not read."""

    articles: int
    read: int
    cases: int
    decided: int
    cut: tuple[str, ...]
    aside: tuple[Outcome, ...]
    problems: int
    workers: tuple[int, ...]
    memory: int = 0  # the most that a worker has held, in bytes


def run(
    paths: Iterable[Path], out: Path, engine: Engine, model: str | None = None, sql: Sql | None = None,
    say: Say = lambda _: None,
) -> Ran:  # fmt: skip
    """The archive of all documents in `paths`, in the folder `out`. `sql`: what runs the joins, DuckDB where None."""
    place = opened(out, MODEL)
    sql = sql or Duck(out)
    given = pack(paths, place, _known(place, sql))
    say(f"{given.documents} documents, {given.new} new")
    aside, workers, memory = _read(place, engine, model, say)
    made, cut = _joined(place, sql)
    say(f"{len(made)} cases")
    decided, more, others, most = _decided(place, sql, engine, made, say)
    problems = _written(place, sql, made, cut, given.problems, [*aside, *more])
    everyone = tuple(sorted({*workers, *others}))
    return Ran(
        given.documents, given.new, len(made), decided, cut, (*aside, *more), problems, everyone, max(memory, most)
    )  # fmt: skip


def _known(place: Place, sql: Sql) -> set[str]:
    """Ids of the articles that are read, or packed to be read."""
    import hashlib

    known: set[str] = set()
    if place.done("readings"):
        sql.view("readings", place.folder("readings"))
        known = {name for (name,) in sql.rows("SELECT id FROM readings WHERE id IS NOT NULL")}
    for shard in place.done("given", ".bin"):
        if shard in place.done("readings"):
            removed(place.folder("given") / f"{shard}.bin")
        else:
            known |= {article_id(m.name, hashlib.sha256(m.payload).hexdigest()) for m in unpacked(place, shard)}
    return known


def _read(place: Place, engine: Engine, model: str | None, say: Say) -> tuple[list[Outcome], set[int], int]:
    waiting = sorted(place.done("given", ".bin") - place.done("readings"))
    return _run(engine.shards(Read(place.path, model), waiting), len(waiting), "read", say)


def _run(outcomes: Iterator[Outcome], many: int, what: str, say: Say) -> tuple[list[Outcome], set[int], int]:
    aside: list[Outcome] = []
    workers: set[int] = set()
    memory = 0
    for number, outcome in enumerate(outcomes, 1):
        workers.add(outcome.worker)
        memory = max(memory, outcome.memory)
        if outcome.failed:
            aside.append(outcome)
            say(f"set aside after {outcome.tries} tries: {outcome.shard} ({outcome.failed})")
        if number % 10 == 0 or number == many:
            say(f"{what}: {number} of {many} shards")
    return aside, workers, memory


def _joined(place: Place, sql: Sql) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    if not place.done("readings"):
        return {}, ()
    for name, folder in (("keys", "keys"), ("readings", "readings"), ("given", "given_now")):
        sql.view(name, place.folder(folder))
    days = dict(sql.rows("SELECT r.id, r.day FROM readings r JOIN given g ON g.id = r.id"))
    laid = place.path / "terms.part"
    terms = Terms(laid, _terms(place, days))
    try:
        return cases(days, edges(sql, terms))
    finally:
        terms.close()
        removed(laid)


def _terms(place: Place, days: Mapping[str, str]) -> Iterator[tuple[str, str, bytes]]:
    import pyarrow.parquet

    for file in sorted(place.folder("readings").glob("*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(columns=["id", "weights"]):
            for row in batch.to_pylist():
                if row["id"] in days:
                    yield row["id"], days[row["id"]], row["weights"]


def _decided(
    place: Place, sql: Sql, engine: Engine, made: Mapping[str, tuple[str, ...]], say: Say
) -> tuple[int, list[Outcome], set[int], int]:
    """Cases that are not decided yet, decided."""
    known: set[str] = set()
    if place.done("decided"):
        sql.view("decided", place.folder("decided"))
        known = {name for (name,) in sql.rows("SELECT id FROM decided WHERE kind = 'case'")}
    new = sorted(set(made) - known)
    batches = dict(_batches(new, made))
    removed(place.folder("todo"))
    place.folder("todo").mkdir()
    _dealt(place, made, batches)
    aside, workers, memory = _run(engine.shards(Decide(place.path), sorted(batches)), len(batches), "decided", say)
    removed(place.folder("todo"))
    place.folder("todo").mkdir()
    return len(new), aside, workers, memory


def _batches(new: Iterable[str], made: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, list[str]]]:
    """Cases packed into shards, which are named by what is in them."""
    batch: list[str] = []
    size = 0
    for case in new:
        batch.append(case)
        size += len(made[case])
        if size >= ARTICLES:
            yield identify("batch", *batch), batch
            batch, size = [], 0
    if batch:
        yield identify("batch", *batch), batch


def _dealt(place: Place, made: Mapping[str, tuple[str, ...]], batches: Mapping[str, list[str]]) -> None:
    """The readings of each batch, in a folder of its own: one pass over all readings."""
    import pyarrow.parquet

    where = {article: (batch, case) for batch, held in batches.items() for case in held for article in made[case]}
    if not where:
        return
    for name in batches:
        (place.folder("todo") / f"batch={name}").mkdir()
    columns = {"case_id": "string", "id": "string", "reading": "binary"}
    for file in sorted(place.folder("readings").glob("*.parquet")):
        if not set(pyarrow.parquet.read_table(file, columns=["id"])["id"].to_pylist()) & where.keys():
            continue
        rows: dict[str, list[tuple[str, str, bytes]]] = {}
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(columns=["id", "reading"]):
            for row in batch.to_pylist():
                if row["id"] in where:
                    name, case = where[row["id"]]
                    rows.setdefault(name, []).append((case, row["id"], row["reading"]))
        for name, found in rows.items():
            table(place.folder("todo") / f"batch={name}" / file.name, columns, found)


def _written(
    place: Place, sql: Sql, made: Mapping[str, tuple[str, ...]], cut: Iterable[str], unread: Iterable[Any], aside: Iterable[Any]
) -> int:
    """The tables of the archive, for the cases that there are now."""
    rows = sorted((article, case) for case, members in made.items() for article in members)
    table(place.path / "cases.parquet", {"article": "string", "case_id": "string"}, rows)
    problems = [(p.name, p.text) for p in unread] + [(o.shard, f"set aside: {o.failed}") for o in aside]
    if made:
        sql.view("decided", place.folder("decided"))
        problems += sql.rows("SELECT name, problem FROM readings WHERE problem IS NOT NULL")
        query = """SELECT r.id, r.name, r.outlet, r.day, r.words, r.attributions, r.claims, r.figures
            FROM readings r JOIN given g ON g.id = r.id ORDER BY r.id"""
        columns = dict.fromkeys(("id", "name", "outlet", "day"), "string")
        columns |= dict.fromkeys(("words", "attributions", "claims", "figures"), "int64")
        table(place.path / "articles.parquet", columns, sql.rows(query))
        for kind in (*TABLES, "links", "case"):
            _table(place, sql, kind, set(made))
    table(place.path / "problems.parquet", {"name": "string", "text": "string"}, sorted(set(problems)))
    summary = {"articles": len(rows), "cases": len(made), "cut": sorted(cut), "problems": len(set(problems))}
    written(place.path / "summary.json", json.dumps(summary, indent=1).encode())
    return len(set(problems))


def _table(place: Place, sql: Sql, kind: str, now: set[str]) -> None:
    """The records of one kind, of the cases that there are now; a case that was decided twice stands once."""
    query = f"SELECT DISTINCT case_id, id, record FROM decided WHERE kind = '{kind}' ORDER BY case_id, id, record"  # noqa: S608
    found = ((case, name, bytes(record)) for case, name, record in sql.rows(query) if case in now)
    name = "counts" if kind == "case" else kind
    table(place.path / f"{name}.parquet", {"case_id": "string", "id": "string", "record": "binary"}, found)
