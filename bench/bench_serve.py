"""Serving a case: what a page costs, by percentiles, in cases that grow; nothing is assembled for a request.

Rows of the large cases are those of a few hundred parsed short reports under other ids (as in bench_case.py). Requests go to
the application in this process, one after the other, as a browser sends them; the first of each page is counted too.
Run: .venv/bin/python bench/bench_serve.py [--quick] [--sizes 1000,5000,20000]
"""

import asyncio
import random
import re
import resource
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from bench_case import AT, fill, p95, reports  # noqa: E402
from secondsource.case import Case  # noqa: E402
from secondsource.model import Reading  # noqa: E402
from secondsource.pipeline import Reader  # noqa: E402
from secondsource.render.sections import SECTIONS  # noqa: E402
from secondsource.web.app import application  # noqa: E402
from secondsource.web.desk import Desk  # noqa: E402
from secondsource.web.doors import names  # noqa: E402

SIZES = (200, 500) if "--quick" in sys.argv else (1000, 5000)
if "--sizes" in sys.argv:
    SIZES = tuple(int(size) for size in sys.argv[sys.argv.index("--sizes") + 1].split(","))
PARSED = 60 if "--quick" in sys.argv else 200
EACH = 40 if "--quick" in sys.argv else 100
CEILING = float(tomllib.loads((HERE / "floors.toml").read_text())["serve"]["page_p95"])
WORDS = ("the", "said", "ferries", "withdraws", "bridge", "pumps", "people", "sluice", "zebra", '"talks on"', "tim*")
missed: list[str] = []


def main() -> int:
    reader, parsed = Reader(), []
    for member in reports(PARSED, seed=99):
        found = reader(member)
        assert isinstance(found, Reading)
        parsed.append((member.payload, found))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        Case.init(path, at=AT).close()
        for size in SIZES:
            with Case.open(path, reader=reader) as case:
                fill(case, parsed, size)
            measured(path, size, reader)
    if missed:
        print(f"above {CEILING:.0f} ms: {', '.join(missed)}")
    return bool(missed)


def measured(path: Path, size: int, reader: Reader) -> None:
    start = time.perf_counter()
    desk = Desk(path, lambda: AT, reader)
    made = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f" n = {size:,}: dossier and sections put together in {made:.1f} s before the first page; peak {peak:,.0f} MB")
    app = application(desk, "token", names("127.0.0.1", 80))
    try:
        asyncio.run(asked(app, desk))
    finally:
        desk.close()


async def asked(app: Any, desk: Desk) -> None:
    transport, chance = httpx.ASGITransport(app=app), random.Random(5)
    headers = {"authorization": "Bearer token", "host": "127.0.0.1:80"}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:80", headers=headers) as client:
        every: list[float] = []
        for name, paths in kinds(desk, chance).items():
            taken = []
            for path in paths:
                start = time.perf_counter()
                answer = await client.get(path)
                taken.append((time.perf_counter() - start) * 1000)
                assert answer.status_code in {200, 303, 404}, (path, answer.status_code)
            say(name, taken)
            every += taken
        say("all pages", every, holds=True)
        start = time.perf_counter()
        desk.snapshot.trace()
        print(f"  {'index for trace, made once in the background':<44} {time.perf_counter() - start:>8.1f} s")
        lines = list(desk.snapshot.sections.look.attributions.values())
        taken = []
        for said in chance.sample(lines, min(10, len(lines))):
            start = time.perf_counter()
            await client.get("/trace", params={"sentence": said.content[0].exact if said.content else "the sluice"})
            taken.append((time.perf_counter() - start) * 1000)
        say("trace of a sentence", taken)


def kinds(desk: Desk, chance: random.Random) -> dict[str, list[str]]:
    """What a reader opens: every kind of page, in any order, the same page again now and then."""
    sections = desk.snapshot.sections
    pages = [f"/section/{name}?page={chance.randint(1, sections.section(name).pages)}" for name in SECTIONS for _ in range(8)]
    sections._made.clear()
    articles, lines = list(sections.papers), [*sections.look.attributions, *sections.look.claims, *sections.look.figures]
    chance.shuffle(pages)
    actors = [a.id for a in sections.look.dossier.actors]
    found = {
        "first page": ["/"] * 5,
        "sections": pages,
        "articles": [f"/article/{chance.choice(articles)}" for _ in range(EACH)],
        "lists of articles, doubts, decisions": ["/articles?page=3", "/review", "/review?page=2", "/decisions"] * 5,
        "line to words": [f"/line/{chance.choice(lines)}" for _ in range(EACH)],
        "actors": [f"/line/{chance.choice(actors)}" for _ in range(EACH // 4)],
        "search": [f"/search?q={chance.choice(WORDS)}&kind={chance.choice(('', 'claim', 'statement'))}" for _ in range(EACH)],
        "search by verdict": [f"/search?q={chance.choice(WORDS)}&verdict=single_origin" for _ in range(EACH // 4)],
    }
    return {name: [re.sub(" ", "%20", path) for path in paths] for name, paths in found.items()}


def say(name: str, taken: list[float], *, holds: bool = False) -> None:
    value = p95(taken)
    print(f"  {name:<44} {value:>8.1f} ms p95 {max(taken):>8.1f} ms most, of {len(taken)}")
    if holds and value > CEILING:
        missed.append(name)


if __name__ == "__main__":
    sys.exit(main())
