"""The case on the command line: words, files and exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from secondsource.case import Case
from secondsource.cli.app import DAMAGED, FINDINGS, OK, SOME_FAILED, USAGE

pytestmark = pytest.mark.slow
REPORT = """The bridge at Lisk stays open

6 March 2031

Transport Minister Orla Venn said on Thursday that the bridge at Lisk would stay open.
At least {toll} people have been killed so far.
"""


def run(*arguments: str | Path, stdin: str | None = None, code: int = OK) -> str:
    command = [sys.executable, "-m", "secondsource.cli", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=300, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "reports").mkdir()
    (folder / "reports" / "a.txt").write_text(REPORT.format(toll=12))
    run("init", folder / "case", "--name", "Lisk")
    assert "1 articles added" in run("add", folder / "case", folder / "reports")
    return folder / "case"


def test_the_verbs_of_a_case(case: Path, tmp_path: Path) -> None:
    assert "nothing changed" in run("add", case, case.parent / "reports")
    hits = json.loads(run("search", case, "bridge", "--kind", "statement", "--json", "-q"))
    assert "Orla Venn" in hits[0]["actor"]
    assert "bytes" in run("show", case, hits[0]["id"])
    assert "run 2" in run("show", case)
    assert "Orla Venn" in run("positions", case, "--json") + run("sources", case) + run("dossier", case)
    assert "Orla Venn" in run("trace", "the bridge at Lisk would stay open", case)
    run("dossier", case, "-o", tmp_path / "d.html", "-o", tmp_path / "d.json")
    assert json.loads((tmp_path / "d.json").read_bytes())["articles"]
    assert "1 new" not in run("diff", case, "2", "2")
    run("export", case, "-f", "jsonl", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "attributions.jsonl").read_bytes()
    run("export", case, "-f", "pack", "-o", tmp_path / "pack.zip")
    assert "as they were written" in run("verify", tmp_path / "pack.zip")
    assert "as they were written" in run("doctor", case, "--rebuild")
    run("watch", case, case.parent / "reports", "--every", "0.1", "--rounds", "2")
    run("export", case, "-f", "clay", "-o", tmp_path / "x", code=USAGE)
    run("search", case, code=USAGE)


def test_review_on_the_terminal_and_from_a_table(case: Path, tmp_path: Path) -> None:
    hits = json.loads(run("search", case, "bridge", "--kind", "statement", "--json", "-q"))
    table = tmp_path / "decisions.csv"
    table.write_text(f"kind,id,value,reason\nset_speaker,{hits[0]['id']},Tam Besker,heard the tape\n")
    assert "1 new" in run("review", case, "--csv", table, "--by", "I. Analyst")
    assert "0 new" in run("export", case, "-f", "jsonl", "-o", tmp_path / "out") + run(
        "review", case, "--import", tmp_path / "out" / "decisions.jsonl"
    )
    decisions = json.loads(run("review", case, "--json"))["decisions"]
    assert [(d["kind"], d["by"], d["found"]) for d in decisions] == [("set_speaker", "I. Analyst", True)]
    assert "kept" in run("decide", case, "reject", decisions[0]["id"], "--reason", "misheard")
    assert "decision" in run("review", case, "--list")
    run("review", case, stdin="x\nn\nlook again\nwhy not\nq\n")
    run("decide", case, "set_when", hits[0]["id"], "yesterday", code=USAGE)


def test_exit_codes_tell_findings_from_damage(case: Path, tmp_path: Path) -> None:
    run("verify", tmp_path, code=USAGE)
    run("init", case, code=USAGE)
    (tmp_path / "empty.txt").write_text("")
    run("add", case, tmp_path / "empty.txt", code=SOME_FAILED)
    with Case.open(case) as inside:
        original = next((case / "originals").glob("*/*"))
        assert inside.journal.originals.get(original.name)
    original.chmod(0o600)
    payload = original.read_bytes()
    original.write_bytes(payload[:-1] + b"!")
    assert original.name in run("verify", case, code=FINDINGS)
    original.write_bytes(payload)
    run("verify", case)
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", case, copy], check=True)
    (copy / "case.db").write_bytes(b"no database " * 400)
    assert "doctor --rebuild" in run("verify", copy, code=DAMAGED)
    run("doctor", copy, "--rebuild")
    run("verify", copy)


def test_retract_and_erase(case: Path, tmp_path: Path) -> None:
    page = tmp_path / "b.txt"
    page.write_text(REPORT.format(toll=15).replace("Lisk", "Corran"))
    run("add", case, page)
    run("retract", case, "b.txt", "--reason", "hoax")
    assert "retracted: hoax" in run("dossier", case, code=OK)
    run("erase", case, "b.txt", "--reason", "law")
    assert "Corran" not in run("search", case, "Corran")
    run("verify", case)
    run("erase", case, "nothing", "--reason", "law", code=USAGE)
