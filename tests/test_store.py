"""The store: what is changed behind its back is named; what stops a write leaves everything as it was."""

import os
import random
import resource
import sqlite3
import subprocess
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import Draft, story
from secondsource.case import Case, rebuild
from secondsource.case.verifying import verify_pack
from secondsource.errors import BadInput, DamagedCase, SecondSourceError
from secondsource.invariants import fingerprint
from secondsource.model import Problem, When
from secondsource.resolve.versions import lineage
from secondsource.store import db, schema
from secondsource.store.audit import START, Log
from secondsource.store.originals import Originals
from secondsource.store.rows import days, lines, packed, unpacked
from secondsource.store.search import Asked, match
from shelf import AT, Shelf, documents, made, opened


def filled(folder: Path) -> Shelf:
    """A closed case of three articles with one Decision-free run."""
    shelf = Shelf()
    with made(folder, shelf) as case:
        case.add(documents(shelf, story([3, 8, 21])), at=AT)
        case.dossier()
        case.tables.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return shelf


def flip(file: Path, place: int) -> None:
    """Change one bit of one byte, also of a file that is written once."""
    file.chmod(0o600)
    payload = bytearray(file.read_bytes())
    payload[place] ^= 1
    file.write_bytes(payload)


def found(folder: Path, shelf: Shelf) -> list[str]:
    with opened(folder, shelf) as case:
        return [f"{f.where}: {f.text}" for f in case.verify().findings]


def test_a_flipped_byte_of_an_original_is_named(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    for file in sorted((tmp_path / "case" / "originals").glob("*/*")):
        flip(file, 5)
        assert [line for line in found(tmp_path / "case", shelf) if file.name in line]
        flip(file, 5)
    assert not found(tmp_path / "case", shelf)


def test_a_missing_original_is_named(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    file = next((tmp_path / "case" / "originals").glob("*/*"))
    file.unlink()
    assert any(file.name in line and "missing" in line for line in found(tmp_path / "case", shelf))


@pytest.mark.parametrize("table", [*db.COUNTED[:2], "lines", "readings"])
def test_a_changed_row_is_named(tmp_path: Path, table: str) -> None:
    """In the file itself, where nothing but SQLite's own pages could tell."""
    shelf = filled(tmp_path / "case")
    file = tmp_path / "case" / "case.db"
    with sqlite3.connect(file) as inside:
        if table == "readings":
            (body,) = inside.execute("SELECT reading FROM articles ORDER BY id LIMIT 1").fetchone()
            words = body[40:72]
        else:
            column = {"runs": "at", "articles": "sha256", "lines": "text"}[table]
            words = inside.execute(f"SELECT {column} FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()[0].encode()
    inside.close()
    place = file.read_bytes().find(words)
    assert place > 0
    flip(file, place + 3)
    named = found(tmp_path / "case", shelf)
    assert named
    assert any("case.db" in line or "article-" in line for line in named)


def test_rows_that_are_added_or_deleted_are_told(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    for sql in ("DELETE FROM lines WHERE n = 2", "UPDATE articles SET outlet = 'Other'", "DELETE FROM runs WHERE number = 1"):
        copy = tmp_path / f"copy{abs(hash(sql))}"
        subprocess.run(["cp", "-r", tmp_path / "case", copy], check=True)
        with sqlite3.connect(copy / "case.db") as inside:
            inside.execute(sql)
        inside.close()
        assert found(copy, shelf)


def test_every_flipped_byte_of_the_log_is_named(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    log = tmp_path / "case" / "audit.jsonl"
    chance = random.Random(5)
    size = log.stat().st_size
    for place in [0, size - 1, size - 2, *(chance.randrange(size) for _ in range(20))]:
        flip(log, place)
        assert any("audit.jsonl" in line for line in found(tmp_path / "case", shelf)), place
        flip(log, place)
    log.write_bytes(log.read_bytes()[: size // 2])
    assert any("its end is missing" in line for line in found(tmp_path / "case", shelf))


def test_what_sqlite_cannot_open_is_a_damaged_case(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    file = tmp_path / "case" / "case.db"
    whole = file.read_bytes()
    for garbage in (b"no database at all " * 500, whole[:100] + os.urandom(len(whole) - 100), b"x" + whole[1:]):
        file.write_bytes(garbage)
        for ending in ("-wal", "-shm"):
            (tmp_path / "case" / f"case.db{ending}").unlink(missing_ok=True)
        try:
            named = found(tmp_path / "case", shelf)
        except DamagedCase:
            continue
        assert named  # opened, since its first page is whole: then all that is wrong is told
    wanted = len(shelf.readings)
    # What was made from originals, papers and log is made again.
    with rebuild(tmp_path / "case", at=AT, reader=shelf) as case:  # type: ignore[arg-type]
        assert len(case.dossier().readings) == wanted
        assert not case.verify().findings
    assert not list((tmp_path / "case").glob("case.db.new*"))


def test_a_rebuild_that_fails_leaves_what_there_was(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    with opened(tmp_path / "case", shelf) as case:
        wanted = fingerprint(case.dossier())
    lost = next((tmp_path / "case" / "originals").glob("*/*"))
    lost.rename(tmp_path / "lost")
    with pytest.raises(DamagedCase, match="missing"):
        rebuild(tmp_path / "case", at=AT, reader=shelf)  # type: ignore[arg-type]
    (tmp_path / "lost").rename(lost)
    with opened(tmp_path / "case", shelf) as case:
        assert fingerprint(case.dossier()) == wanted
        assert not case.verify().findings


def test_a_newer_file_is_refused_and_an_older_one_copied_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = filled(tmp_path / "case")
    monkeypatch.setattr(db, "STEPS", (*schema.STEPS, "CREATE TABLE later (n INTEGER) STRICT;"))
    with opened(tmp_path / "case", shelf) as case:
        assert case.tables.value("SELECT count(*) FROM later") == 0
        assert not case.verify().findings
    assert (tmp_path / "case" / "case.db.before-2").exists()
    monkeypatch.setattr(db, "STEPS", schema.STEPS)
    with pytest.raises(DamagedCase, match="newer program"):
        opened(tmp_path / "case", shelf)


def test_a_pack_is_verified_and_a_changed_one_named(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    with opened(tmp_path / "case", shelf) as case:
        assert case.pack(tmp_path / "pack.zip") > 8
    assert not verify_pack(tmp_path / "pack.zip").findings
    with zipfile.ZipFile(tmp_path / "pack.zip") as held:
        content = {name: held.read(name) for name in held.namelist()}
    name = next(n for n in content if n.startswith("originals/"))
    content[name] = content[name][:-1] + b"!"
    del content["dossier.html"]
    with zipfile.ZipFile(tmp_path / "changed.zip", "w") as other:
        for inner, payload in content.items():
            other.writestr(inner, payload)
    named = {f.where for f in verify_pack(tmp_path / "changed.zip").findings}
    assert {name, "dossier.html"} <= named
    (tmp_path / "half.zip").write_bytes((tmp_path / "pack.zip").read_bytes()[:2000])
    with pytest.raises(DamagedCase):
        verify_pack(tmp_path / "half.zip")


def test_two_writers_at_once_both_finish(tmp_path: Path) -> None:
    shelf = Shelf()
    given_now = documents(shelf, story([3, 8, 21, 40, 55, 60]))
    made(tmp_path / "case", shelf).close()
    errors: list[Exception] = []

    def add(members: list) -> None:
        try:
            with opened(tmp_path / "case", shelf) as case:
                case.add(members, at=AT)
        except SecondSourceError as error:
            errors.append(error)

    threads = [threading.Thread(target=add, args=(members,)) for members in (given_now[:4], given_now[2:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    with opened(tmp_path / "case", shelf) as case:
        assert len(list(case.papers())) == 6
        assert not case.verify().findings


def test_a_writer_that_waits_says_so_and_then_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = filled(tmp_path / "case")
    heard: list[str] = []
    monkeypatch.setattr(db, "PATIENCE", 0.5)
    holder = sqlite3.connect(tmp_path / "case" / "case.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Case.open(tmp_path / "case", heard.append, shelf) as case:  # type: ignore[arg-type]
        case.tables.patience = 0.5
        assert case.search("council")  # readers go on
        with pytest.raises(BadInput, match="another program"):
            case.add([shelf.put(Draft("new.txt", None, None).tell("A new report came."))], at=AT)
    assert heard
    holder.close()
    assert not found(tmp_path / "case", shelf)


def _full(limit: int) -> Callable[[], None]:
    """Let no file grow beyond `limit` bytes from now on: what a full disk looks like to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 500, 3000, 40_000])
def test_a_full_disk_is_told_and_leaves_the_case_as_it_was(tmp_path: Path, room: int) -> None:
    shelf = filled(tmp_path / "case")
    with opened(tmp_path / "case", shelf) as case:
        before = fingerprint(case.dossier())
        more = [
            shelf.put(Draft(f"{n}.txt", "P", "2031-03-05").say("Tam Besker", "w" * 20 + " and so on " * 3000)) for n in range(4)
        ]
        give_back = _full(room)
        try:
            with pytest.raises(BadInput, match=r"full|large|cannot be written"):
                case.add(more, at=AT)
        finally:
            give_back()
    with opened(tmp_path / "case", shelf) as case:
        kept = len(list(case.papers()))
        assert not case.verify().findings
        if kept == 3:
            assert fingerprint(case.dossier()) == before
        case.add(more, at=AT)
        assert len(list(case.papers())) == 7
        assert not case.verify().findings


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    for path in (tmp_path, *tmp_path.parents):
        if path == Path("/tmp"):
            break
        path.chmod(0o755)
    subprocess.run(["chmod", "-R", "a=rX", tmp_path / "case"], check=True)
    reading, writing = os.pipe()
    child = os.fork()  # a process that has loaded everything, and then may write nowhere
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        told = "nothing was refused"
        try:
            with Case.open(tmp_path / "case") as case:
                assert len(case.dossier().readings) == 3
                assert case.search("council")
                assert not case.verify().findings
                case.add([Problem(name="x", stage="read", text="y")], at=AT)
        except BaseException as refused:  # noqa: BLE001  whatever it is, the parent wants to know
            told = f"{type(refused).__name__}: {refused}"
        os.write(writing, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as words:
        assert "cannot be written to" in words.read()
    assert not found(tmp_path / "case", shelf)


def test_a_change_that_the_log_alone_has_is_taken_up(tmp_path: Path) -> None:
    """As after a stop between the log and the tables."""
    shelf = Shelf()
    given_now = documents(shelf, story([3, 8]))
    with made(tmp_path / "case", shelf) as case:
        case.add(given_now[:1], at=AT)
        stand, case.journal._stand = case.journal._stand, _stop
        with pytest.raises(KeyboardInterrupt):
            case.add(given_now[1:], at=AT)
        case.journal._stand = stand
    with (tmp_path / "case" / "audit.jsonl").open("ab") as log:
        log.write(b'{"what":"add","run":')  # and one that was only half written
    with opened(tmp_path / "case", shelf) as case:
        assert case.verify().behind == 2  # the run and its article
        assert not case.verify().findings
        case.add(given_now, at=AT)
        assert len(list(case.papers())) == 2
        assert not case.verify().findings


def _stop(_: object) -> None:
    raise KeyboardInterrupt


def test_files_of_a_stopped_add_wait_and_doctor_takes_them_away(tmp_path: Path) -> None:
    shelf = filled(tmp_path / "case")
    with opened(tmp_path / "case", shelf) as case:
        name = case.journal.originals.put(b"an original without a row")
        (case.journal.originals.path(name).parent / "x.part").write_bytes(b"half")
        assert len(case.verify().waiting) == 2
        assert len(case.mend()) == 2
        assert not case.verify().waiting
        assert case.mend() == []


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(0, 9), max_size=4), max_size=8))
def test_a_log_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, entries: list[dict]) -> None:
    log = Log(tmp_path_factory.mktemp("log") / "audit.jsonl")
    end, before = 0, START
    for held in entries:
        held.pop("before", None)
        (entry,) = log.append([held], before, end)
        end, before = entry.end, entry.hash
    walked = list(log.walk())
    assert [{k: v for k, v in e.held.items() if k != "before"} for e in walked if not isinstance(e, str)] == entries
    assert len(list(log.after(0, START))) == len(entries)


def test_originals_are_written_once(tmp_path: Path) -> None:
    held = Originals(tmp_path)
    name = held.put(b"words")
    changed = held.path(name).stat().st_mtime_ns
    assert held.put(b"words") == name
    assert held.path(name).stat().st_mtime_ns == changed
    assert list(held.names()) == [name]
    assert held.get(name) == b"words"
    assert held.get("0" * 64) is None


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_a_row_gives_back_its_reading(seed: list[int]) -> None:
    for one in story(seed):
        reading = one.reading()
        assert unpacked(packed(reading), "x") == reading
        ids = [line.id for line in lines(reading)]
        assert len(ids) == len(set(ids)) == 1 + len(reading.attributions) + len(reading.claims) + len(reading.figures)


def test_the_days_of_a_line() -> None:
    def when(first: str | None, last: str | None) -> When:
        return When(earliest=first, latest=last, precision="day")

    assert days(when("2031-05-09", "2031-05-09T10:00")) == "d20310509 m203105 y2031"
    assert days(when("2031-12-31", "2032-01-01")) == "d20311231 d20320101 m203112 m203201 y2031 y2032"
    assert days(when("2031-01-01", "2031-12-31")).split()[0] == "m203101"
    assert days(when("1900-01-01", "2031-12-31")) == days(None) == days(when(None, None)) == ""
    assert days(when(None, "2031-05-09")) == "d20310509 m203105 y2031"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_query_that_sqlite_takes(text: str) -> None:
    made_query = match(Asked(text=text))
    if made_query:
        inside = sqlite3.connect(":memory:")
        inside.execute("CREATE VIRTUAL TABLE words USING fts5 (text, actor, thing, days, kind)")
        inside.execute("SELECT * FROM words WHERE words MATCH ?", (made_query,)).fetchall()
        inside.close()


def test_addresses_that_are_one_page() -> None:
    page = "courier.example/lisk/bridge"
    for url in (f"https://www.{page}/", f"http://{page}#top", f"https://m.{page}?utm_source=x&fbclid=y", f"https://{page}"):
        assert lineage(url) == page
    assert lineage(f"https://{page}?id=2&a=1") == f"{page}?a=1&id=2"
    for none in (None, "", "a.txt", "https://courier.example", "https://courier.example/index.html", "https://[", "mailto:x@y"):
        assert lineage(none) == ""
