"""The case: what one article costs in a small and a large one, what a search costs, and what the case survives.

Rows of the large cases are those of a few hundred parsed short reports under other ids, so that filling them is quick; the
articles whose adding is timed are read like any other. Run: .venv/bin/python bench/bench_case.py [--quick]
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median

import msgspec

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from crashes import AT, tormented  # noqa: E402
from secondsource.case import Case  # noqa: E402
from secondsource.case.journal import Run  # noqa: E402
from secondsource.case.papers import member_papers  # noqa: E402
from secondsource.case.verifying import verify_pack  # noqa: E402
from secondsource.errors import BadInput, DamagedCase  # noqa: E402
from secondsource.model import Member, Reading, article_id  # noqa: E402
from secondsource.pipeline import Reader  # noqa: E402
from short_reports import BODIES, DEEDS, PEOPLE, PLACES, report, reports  # noqa: E402

QUICK = "--quick" in sys.argv
SIZES = (1000, 2000) if QUICK else (1000, 5000, 20000)
PARSED = 100 if QUICK else 300
TIMED = 20 if QUICK else 60
SEARCHES = 300
KILLS, KILLED = (10, 60) if QUICK else (50, 200)
ID = re.compile(rb"-([0-9a-f]{20})\"")
failed: list[str] = []


def say(name: str, value: float, unit: str, floor: str = "") -> None:
    """A line of the table; `floor` names the ceiling that the value must stay under."""
    held = tomllib.loads((HERE / "floors.toml").read_text())["case"]
    wanted = f"  at most {held[floor]:g}" if floor else ""
    missed = bool(floor) and value > held[floor]
    print(f"  {name:<62} {value:>10.1f} {unit}{wanted}{'  MISSED' if missed else ''}")
    if missed:
        failed.append(name)


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def renamed(reading: Reading, number: int) -> Reading:
    """The same reading as another article, with other ids."""
    name = f"https://post.example/copy/{number}"
    raw = msgspec.json.encode(reading)
    mine = reading.article.id.rpartition("-")[2].encode()
    new = article_id(name, reading.article.sha256).rpartition("-")[2].encode()

    def other(found: re.Match[bytes]) -> bytes:
        made = new if found[1] == mine else b"%08x" % number + found[1][8:]
        return b"-" + made + b'"'

    made = msgspec.json.decode(ID.sub(other, raw), type=Reading)
    return msgspec.structs.replace(made, article=msgspec.structs.replace(made.article, name=name, url=name))


def fill(case: Case, parsed: list[tuple[bytes, Reading]], size: int) -> None:
    """Bring the case to `size` articles, past the log's and the disk's usual care: only speed is measured here."""
    journal, have = case.journal, int(case.tables.value("SELECT count(*) FROM articles"))
    force, os.fsync = os.fsync, lambda _: None
    case.tables.connection.execute("PRAGMA synchronous = OFF")
    try:
        run = Run(AT, "fill", "bench")
        journal.write({"what": "fill"}, run)
        with case.tables.change():
            end, before = journal._caught_up()
            for number in range(have, size):
                payload, reading = parsed[number % len(parsed)]
                made = renamed(reading, number)
                kept = journal.papers.put(member_papers(Member(name=made.article.name, payload=b"", media="text/plain")))
                sha = journal.originals.put(payload)
                held = {
                    "what": "add",
                    "run": run.number,
                    "article": made.article.id,
                    "payload": sha,
                    "papers": kept,
                    "pack": "",
                }
                journal._apply(held, made)
                (entry,) = journal.log.append([{**held, "state": case.tables.meta("state")}], before, end)
                journal._stand(entry)
                end, before = entry.end, entry.hash
    finally:
        os.fsync = force
        case.tables.connection.execute("PRAGMA synchronous = FULL")
        case.tables.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def growth(folder: Path, reader: Reader) -> None:
    parsed = []
    for member in reports(PARSED, seed=99):
        found = reader(member)
        assert isinstance(found, Reading)
        parsed.append((member.payload, found))
    print(f"One article into a case of n: {PARSED} parsed reports under other ids fill it, those that are timed are new")
    Case.init(folder, at=AT).close()
    fresh = 0
    for size in SIZES:
        with Case.open(folder, reader=reader) as case:
            seconds = timed(lambda case=case, size=size: fill(case, parsed, size)) / 1000
            print(f" n = {size:,} (filled in {seconds:.0f} s, case.db {(folder / 'case.db').stat().st_size / 1e6:.0f} MB)")
            documents = [_new(number, 7) for number in range(fresh, fresh + TIMED)]
            fresh += TIMED
            # Other documents than those that are added: what is parsed once is not parsed again.
            read = [timed(lambda m=m: reader(m)) for m in (_new(n, size) for n in range(TIMED))]
            added = [timed(lambda case=case, m=m: case.add([m], at=AT)) for m in documents]
            last = size == SIZES[-1]
            say("reading alone, median", median(read), "ms")
            say("add, warm, median", median(added), "ms")
            say("add, warm, p95", p95(added), "ms", "add_warm_ms" if last else "")
            searching(case, last=last)
        cold = [timed(lambda n=n: _command("add", folder, _page(folder, n))) for n in range(fresh, fresh + 5)]
        fresh += 5
        say("add, cold (a whole process), p95 of 5", p95(cold) / 1000, "s", "add_cold_s" if last else "")
        say("search, cold (a whole process)", timed(lambda: _command("search", folder, "sluice", "-q")) / 1000, "s")


def _new(number: int, seed: int) -> Member:
    """A report of twenty sentences that no other report has, since a sentence that was parsed once is not parsed again."""
    pumps = (
        f"{PEOPLE[n % len(PEOPLE)]} said on Friday that pump {seed}-{number}-{n} at {PLACES[n % len(PLACES)]} would not "
        f"be mended before the {number + n + 2} ferries from the north had been searched."
        for n in range(20)
    )
    return report(number, seed, words=" ".join(pumps))


def _page(folder: Path, number: int) -> Path:
    page = folder.with_name(f"{folder.name}-cold-{number}.txt")
    page.write_bytes(_new(number, 8).payload)
    return page


def _command(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "secondsource.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode in (0, 1, 4), done.stderr
    return f"{done.returncode} {done.stdout}"


def searching(case: Case, *, last: bool) -> None:
    """Words that stand everywhere, rare ones, phrases, and filters, alone and together."""
    chance = random.Random(11)
    words = (
        "the",
        "said",
        "ferries",
        "withdraws",
        "bridge",
        "pumps",
        "people",
        "sluice",
        "zebra",
        "order",
        "near",
        "timetable",
    )
    kinds = (None, "statement", "claim", "figure", "article")
    spent: list[float] = []
    for _ in range(SEARCHES):
        asked = {
            "text": chance.choice(
                ("", " ".join(chance.sample(words, chance.randrange(1, 4))), '"until the pumps are mended"', "ferr*")
            ),
            "actor": chance.choice((None, None, *PEOPLE, *BODIES, chance.choice(PLACES))),
            "thing": chance.choice((None, None, None, *DEEDS, "talks")),
            "day": chance.choice((None, None, f"2031-05-{chance.randrange(1, 29):02}", "2031-05", "2031")),
            "kind": chance.choice(kinds),
        }
        if any(value for key, value in asked.items() if key != "kind"):
            spent.append(timed(lambda asked=asked: case.search(**asked, limit=20)))
    say(f"search, {len(spent)} questions, median", median(spent), "ms")
    say(f"search, {len(spent)} questions, p95", p95(spent), "ms", "search_ms" if last else "")


def kills(folder: Path, reader: Reader) -> None:
    print(f"SIGKILL at {KILLS} seeded moments of add over {KILLED} articles, by the clock and at forced writes in turn")
    documents = reports(KILLED)
    with Case.init(folder / "quiet", at=AT) as quiet:
        quiet.journal.known_reader = reader
        quiet.add(documents, at=AT)
        quiet.export_jsonl(folder / "wanted")
    Case.init(folder / "killed", at=AT).close()
    wrong = tormented(folder / "killed", documents, reader, KILLS, 7)
    with Case.open(folder / "killed") as case:
        case.export_jsonl(folder / "left")
    differing = [p.name for p in (folder / "wanted").iterdir() if p.read_bytes() != (folder / "left" / p.name).read_bytes()]
    for line in wrong:
        print(f"    {line}")
    say("findings of verify after kills and at the end, left-overs", len(wrong), "", "kill_findings")
    say("tables that differ from the undisturbed case", len(differing), "", "kill_differences")


def flips(folder: Path) -> None:
    print("One byte flipped, verify's exit code")
    chance, unnamed = random.Random(3), {"original": 0, "row": 0, "log": 0}
    with Case.open(folder) as case:
        case.tables.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cells = [bytes(row[0])[30:60] for row in case.tables.rows("SELECT reading FROM articles ORDER BY id LIMIT 20")]
        cells += [row[0].encode() for row in case.tables.rows("SELECT id FROM lines ORDER BY n LIMIT 20")]
    whole = (folder / "case.db").read_bytes()
    originals = sorted((folder / "originals").glob("*/*"))
    places = [("original", file, chance.randrange(file.stat().st_size)) for file in chance.sample(originals, 20)]
    places += [("row", folder / "case.db", whole.find(cell) + 5) for cell in cells]
    places += [("log", folder / "audit.jsonl", chance.randrange((folder / "audit.jsonl").stat().st_size)) for _ in range(20)]
    for kind, file, place in places:
        file.chmod(0o600)
        _flip(file, place)
        try:
            with Case.open(folder) as case:
                named = bool(case.verify().findings)
        except (DamagedCase, BadInput) as error:
            print(f"    {kind}: {error}")
            named = False
        unnamed[kind] += not named
        _flip(file, place)
    for kind, count in unnamed.items():
        say(f"flips in {kind}s that verify did not name, of {sum(k == kind for k, _, _ in places)}", count, "", "unnamed_flips")
    (folder / "case.db").write_bytes(b"no database " * 4000)
    say(
        "exit code of verify on a file that SQLite cannot open, less 4",
        abs(int(_command("verify", folder)[0]) - 4),
        "",
        "exit_code",
    )
    (folder / "case.db").write_bytes(whole)


def _flip(file: Path, place: int) -> None:
    with file.open("r+b") as held:
        held.seek(place)
        byte = held.read(1)[0]
        held.seek(place)
        held.write(bytes([byte ^ 1]))


def together(folder: Path) -> None:
    print("Two adds at once")
    Case.init(folder / "both", at=AT).close()
    (folder / "pages").mkdir()
    for number in range(12):
        (folder / "pages" / f"{number}.txt").write_bytes(report(number, seed=5).payload)
    command = [sys.executable, "-m", "secondsource.cli", "add", str(folder / "both"), str(folder / "pages"), "--json", "-q"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [len(json.loads(process.communicate()[0])["articles"]) for process in running]
    with Case.open(folder / "both") as case:
        wrong = len(case.verify().findings) + abs(len(list(case.papers())) - 12) + abs(sum(counts) - 12)
        case.pack(folder / "pack.zip")
    say(f"wrong after both ended ({counts[0]} and {counts[1]} articles added)", wrong, "", "together_wrong")
    say("findings in the evidence pack", len(verify_pack(folder / "pack.zip").findings), "", "kill_findings")


def main() -> int:
    reader = Reader()
    reader.parser  # noqa: B018  loaded once, so that what is timed is warm
    folder = Path(tempfile.mkdtemp(prefix="case-"))
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    try:
        kills(folder, reader)
        flips(folder / "killed")
        together(folder)
        growth(folder / "large", reader)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name in failed:
        print(f"below the floor: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
