"""The command line as a person uses and misuses it: files, exit codes, words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPORT = """Bridge at Lisk stays open, minister says

6 March 2031

Transport Minister Orla Venn said on Thursday that the bridge at Lisk would stay open.
At least 12 people have been killed so far.
"""
TURKISH = """Köprü açık kalacak

Ulaştırma bakanı perşembe günü yaptığı açıklamada köprünün açık kalacağını ve yolların güvenli olduğunu söyledi. Bakan, kimsenin
bölgeden ayrılmak zorunda olmadığını, bütün köylere yardım gönderileceğini ve okulların pazartesi günü açılacağını da ekledi.
"""


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "secondsource.cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=300)


def dossier_of(tmp_path: Path, *paths: str | Path, stdin: bytes | None = None) -> tuple[dict, int, str]:
    out = tmp_path / "out.json"
    done = run("report", *paths, "-o", out, stdin=stdin)
    assert out.exists(), done.stderr.decode()
    return json.loads(out.read_bytes()), done.returncode, done.stderr.decode()


def test_report_writes_what_is_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    done = run(
        "report", tmp_path / "a.txt", *[x for s in ("html", "json", "md", "jsonld") for x in ("-o", tmp_path / f"d.{s}")]
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "Orla Venn" in (tmp_path / "d.html").read_text()
    assert "Orla Venn" in (tmp_path / "d.md").read_text()
    read = json.loads((tmp_path / "d.json").read_bytes())
    assert read["schema"] == "secondsource/dossier/1"
    assert json.loads((tmp_path / "d.jsonld").read_bytes())


def test_stdin_and_csv_folder(tmp_path: Path) -> None:
    done = run("report", "-", "-o", f"{tmp_path}/csv/", stdin=REPORT.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert list((tmp_path / "csv").glob("*.csv"))


def test_no_text_leaves_texts_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    run("report", tmp_path / "a.txt", "--no-text", "-o", tmp_path / "d.json")
    assert json.loads((tmp_path / "d.json").read_bytes())["articles"][0]["text"] is None


def test_a_missing_path_is_a_usage_error_in_one_line(tmp_path: Path) -> None:
    done = run("report", tmp_path / "nowhere.txt", "-o", tmp_path / "d.json")
    assert done.returncode == 2
    assert b"no such file" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_unknown_kind_of_output_is_refused_before_work(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    done = run("report", tmp_path / "a.txt", "-o", tmp_path / "d.docx")
    assert done.returncode == 2
    assert b".html" in done.stderr


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("binary.bin", bytes(range(256)) * 64),
        ("zeros.txt", b"\x00" * 4096),
    ],
)
def test_an_unreadable_file_is_a_problem_and_the_rest_comes_out(tmp_path: Path, name: str, payload: bytes) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT)
    (folder / name).write_bytes(payload)
    read, code, said = dossier_of(tmp_path, folder)
    assert code == 3
    assert name in said
    assert [p["name"] for p in read["problems"]] == [name]
    assert [a["name"] for a in read["articles"]] == ["a.txt"]
    assert read["attributions"]


def test_undecodable_bytes_lose_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode().replace(b"Lisk", b"L\xefsk\xff", 1))
    read, code, _ = dossier_of(tmp_path, tmp_path / "a.txt")
    assert code == 0
    assert read["attributions"]


def test_another_language_is_kept_and_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT)
    (folder / "tr.txt").write_text(TURKISH)
    read, code, _ = dossier_of(tmp_path, folder)
    assert code == 0
    assert {a["name"] for a in read["articles"]} == {"a.txt", "tr.txt"}
    assert any("not English" in p["text"] for p in read["problems"])


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    read, code, _ = dossier_of(tmp_path, tmp_path / "a.txt", tmp_path / "a.txt")
    assert code == 0
    assert len(read["articles"]) == 1
    assert any("twice" in p["text"] for p in read["problems"])


def test_a_huge_file_is_read_or_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT)
    (folder / "huge.txt").write_bytes(b"\n".join([b" " * 1024] * 51200))
    read, code, said = dossier_of(tmp_path, folder)
    assert code == 3
    assert "huge.txt" in said
    assert [a["name"] for a in read["articles"]] == ["a.txt"]


def test_annotate_goes_on_where_it_stopped(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": REPORT, "published": "2031-03-06"}) for n in range(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    whole = run("annotate", tmp_path / "in.jsonl", "-o", tmp_path / "whole.jsonl")
    assert whole.returncode == 0, whole.stderr.decode()
    full = (tmp_path / "whole.jsonl").read_bytes()
    assert [json.loads(line)["id"] for line in full.splitlines()] == ["d0", "d1", "d2"]
    # A run that was killed in the middle of its second line:
    (tmp_path / "part.jsonl").write_bytes(full[: full.index(b"\n") + 40])
    run("annotate", tmp_path / "in.jsonl", "-o", tmp_path / "part.jsonl")
    assert (tmp_path / "part.jsonl").read_bytes() == full


def test_annotations_are_slices(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "text": REPORT}) + "\n")
    run("annotate", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text())

    def spans(value: object) -> list[dict]:
        if isinstance(value, dict):
            own = [value] if {"start", "end", "text"} <= value.keys() else []
            return own + [s for v in value.values() for s in spans(v)]
        return [s for v in value for s in spans(v)] if isinstance(value, list) else []

    found = spans(line)
    assert len(found) > 4
    assert all(REPORT[s["start"] : s["end"]] == s["text"] for s in found)


def test_views_print_text_and_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT.replace("would stay open", "would stay open if the guns fell silent"))
    shown = run("sources", tmp_path / "a.txt", "-q")
    assert shown.returncode == 0
    assert b"a.txt" in shown.stdout
    assert json.loads(run("sources", tmp_path / "a.txt", "--json", "-q").stdout)["origins"]
    assert run("positions", tmp_path / "a.txt", "-q").returncode == 0
    assert "standing" in json.loads(run("positions", tmp_path / "a.txt", "--json", "-q").stdout)


def test_help_names_every_command_that_works() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("report", "annotate", "sources", "positions", "trace"):
        assert command in done.stdout.decode()
        assert run(command, "--help").returncode == 0
