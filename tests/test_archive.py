"""Archives: the same records as one run over all articles gives, whatever died on the way, and once."""

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

import pyarrow
import pyarrow.parquet
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from invented_news import articles
from secondsource.archive import giving, joining, keeping, running
from secondsource.archive.deciding import TABLES
from secondsource.archive.keeping import Place
from secondsource.archive.reading import Read
from secondsource.cli import app
from secondsource.engine import Here, Outcome, Processes
from secondsource.errors import BadInput
from secondsource.model import Dossier, Member, Reading
from secondsource.pipeline import assemble

MANY = 30


def lines(path: Path, many: int = MANY, copies: float = 0.35) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in articles(many, copies)), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
    return found


def tables(out: Path) -> dict[str, Any]:
    """All that an archive says, without the names of shards."""
    names = ("articles", "cases", "links", "counts", "problems", *TABLES)
    return {name: rows(out / f"{name}.parquet") for name in names}


def readings(out: Path) -> list[Reading]:
    held = [row for file in (out / "readings").glob("*.parquet") for row in rows(file)]
    return [msgspec.json.decode(row["reading"], type=Reading) for row in held if row["reading"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    running.run([lines(folder / "news.jsonl")], folder / "out", Here())
    return folder


@pytest.mark.slow
def test_every_case_is_what_the_pipeline_makes_of_its_articles(made: Path) -> None:
    by_id = {r.article.id: r for r in readings(made / "out")}
    cases: dict[str, list[Reading]] = {}
    for row in rows(made / "out" / "cases.parquet"):
        cases.setdefault(row["case_id"], []).append(by_id[row["article"]])
    assert sum(map(len, cases.values())) == MANY
    for case, held in cases.items():
        dossier = assemble(held)
        for kind in (*TABLES, "links"):
            found = [row["record"] for row in rows(made / "out" / f"{kind}.parquet") if row["case_id"] == case]
            assert sorted(found) == sorted(msgspec.json.encode(record) for record in getattr(dossier, kind)), kind


@pytest.mark.slow
def test_cases_keep_together_what_one_run_over_everything_joins_by_words(made: Path) -> None:
    """Copies, rewordings, stories and quotations: no such link of the whole archive leads out of a case."""
    whole: Dossier = assemble(readings(made / "out"))
    case_of = {row["article"]: row["case_id"] for row in rows(made / "out" / "cases.parquet")}
    for group in [*whole.stories, *(o for o in whole.origins if not any(r.kind == "credit" for r in o.reasons))]:
        assert len({case_of[article] for article in group.articles}) == 1
    apart = [msgspec.json.decode(row["record"], type=dict) for row in rows(made / "out" / "origins.parquet")]
    assert sorted(o["articles"] for o in apart) == sorted(list(o.articles) for o in whole.origins)


@pytest.mark.slow
def test_processes_leave_the_same_tables_and_a_rerun_leaves_them_alone(made: Path, tmp_path: Path) -> None:
    news = made / "news.jsonl"
    done = running.run([news], tmp_path / "out", Processes(2))
    assert tables(tmp_path / "out") == tables(made / "out")
    assert os.getpid() not in done.workers
    again = running.run([news], tmp_path / "out", Processes(2))
    assert (again.read, again.decided, again.workers) == (0, 0, ())
    assert tables(tmp_path / "out") == tables(made / "out")


@pytest.mark.slow
def test_new_articles_are_read_alone_and_give_what_a_fresh_run_gives(made: Path, tmp_path: Path) -> None:
    first = lines(tmp_path / "news.jsonl", MANY - 6)
    running.run([first], tmp_path / "out", Here())
    lines(first)
    done = running.run([first], tmp_path / "out", Here())
    assert done.read == 6
    assert tables(tmp_path / "out") == tables(made / "out")


class Dying(Here):
    """An engine whose process is killed in the middle of a step."""

    def __init__(self, after: int) -> None:
        self.after = after

    def shards(self, work: Any, names: Any) -> Iterator[Outcome]:
        for outcome in super().shards(work, names):
            self.after -= 1
            if not self.after:
                os.kill(os.getpid(), signal.SIGKILL)
            yield outcome


def killed(news: Path, out: Path, after: int) -> None:
    giving.DOCUMENTS, running.ARTICLES = 8, 1
    running.run([news], out, Dying(after))


@pytest.mark.slow
@pytest.mark.parametrize("after", [2, 5])
def test_a_killed_run_goes_on_and_gives_the_same_once(made: Path, tmp_path: Path, after: int) -> None:
    """In the middle of reading, and of deciding."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=killed, args=(made / "news.jsonl", tmp_path / "out", after))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    running.run([made / "news.jsonl"], tmp_path / "out", Here())
    assert tables(tmp_path / "out") == tables(made / "out")
    assert not list((tmp_path / "out").rglob("*.part"))


class Poisoned(Read):
    """Reads as `Read` does, but one document takes its worker along."""

    def __call__(self, shard: str) -> None:
        if any(b"POISON" in m.payload for m in giving.unpacked(Place(self.folder), shard)):
            os.kill(os.getpid(), signal.SIGKILL)
        super().__call__(shard)


@pytest.mark.slow
def test_a_poisonous_article_costs_its_shard_and_is_named(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving, "DOCUMENTS", MANY)
    monkeypatch.setattr(running, "Read", Poisoned)
    news = tmp_path / "news.jsonl"
    news.write_text((made / "news.jsonl").read_text() + json.dumps({"id": "z", "text": "POISON"}) + "\n")
    done = running.run([news], tmp_path / "out", Processes(2))
    assert [(o.tries, "died" in o.failed) for o in done.aside] == [(3, True)]
    assert any("set aside" in row["text"] for row in rows(tmp_path / "out" / "problems.parquet"))
    assert rows(tmp_path / "out" / "origins.parquet") == rows(made / "out" / "origins.parquet")


def test_a_disk_that_fills_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keeping.written(tmp_path / "a.bin", b"words")
    assert list(tmp_path.iterdir()) == []


def test_inputs_of_every_kind_are_read_and_bad_ones_are_problems(tmp_path: Path) -> None:
    documents = list(articles(3))
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.jsonl").write_text(json.dumps(documents[0]) + "\nno json\n")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(documents[1:2]), given / "b.parquet")
    (given / "c.parquet").write_bytes(b"no table")
    (given / "d.warc").write_bytes(warc("http://example.org/d", documents[2]["text"]) * 2)
    found = list(giving.documents([given]))
    members = [item for item in found if isinstance(item, Member)]
    assert [m.name for m in members] == ["n0000000", "n0000001", *["http://example.org/d"] * 2]
    assert len(found) - len(members) == 2
    with pytest.raises(BadInput, match="no such file"):
        list(giving.documents([tmp_path / "none"]))


def warc(url: str, text: str) -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-02-03T00:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def test_a_large_case_is_cut_by_days_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST", 4)
    days = {f"a{n}": f"2031-01-{n + 1:02}" for n in range(10)}
    made, cut = joining.cases(days, [("a0", f"a{n}") for n in range(1, 10)])
    assert sorted(map(len, made.values())) == [2, 4, 4]
    assert set(cut) == set(made)
    assert ("a0", "a1", "a2", "a3") in made.values()


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds other files"):
        keeping.opened(tmp_path, "model")
    keeping.opened(tmp_path / "out", "model")
    with pytest.raises(BadInput, match="was made by"):
        keeping.opened(tmp_path / "out", "another model")


@pytest.mark.slow
def test_the_command_runs_and_says_what_it_did(tmp_path: Path) -> None:
    news = lines(tmp_path / "news.jsonl", 3)
    done = CliRunner().invoke(app, ["archive", "run", str(news), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert done.exit_code == 0, done.output
    assert len(rows(tmp_path / "out" / "articles.parquet")) == 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_spark_leaves_the_same_tables(made: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from secondsource.spark import Spark

    engine = Spark("local[2, 4]")
    try:
        sql = engine.sql()
    except Exception as error:  # noqa: BLE001  no Java, no Spark
        pytest.skip(str(error))
    done = running.run([made / "news.jsonl"], tmp_path / "out", engine, sql=sql)
    assert tables(tmp_path / "out") == tables(made / "out")
    assert os.getpid() not in done.workers
