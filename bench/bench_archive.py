"""What an archive costs: processes, memory, a rerun, growth, Spark. Run: python bench/bench_archive.py [--many N] [--spark]

Invented articles, 35 % copies (`bench/invented_news.py`). The default of 400 takes minutes; `--many 100000` takes hours, and is
the figure that docs/scale.md wants. Wall clock where processes run side by side: the load is printed, a busy machine spoils it.
Exit 1 below a floor of bench/floors.toml.
"""

import math
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported, here and in the workers
os.environ.setdefault("OMP_NUM_THREADS", "1")

COPIES = 0.35
ENOUGH = 2000  # articles below which the start of processes spoils growth and the second process


def cpu() -> float:
    """CPU seconds of this process and of its workers that have ended."""
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def archived(news: Path, out: Path, engine: Any, sql: Any = None) -> tuple[float, float, Any]:
    """(wall, CPU, what the run did)."""
    from secondsource.archive.running import run

    wall, spent = time.perf_counter(), cpu()
    done = run([news], out, engine, sql=sql)
    return time.perf_counter() - wall, cpu() - spent, done


def table(out: Path, name: str) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.read_table(out / f"{name}.parquet").to_pylist()


def same(left: Path, right: Path) -> bool:
    return all(table(left, name) == table(right, name) for name in ("articles", "cases", "origins", "utterances", "questions"))


def main() -> int:
    from bench_speed import below
    from invented_news import written
    from secondsource.engine import Processes

    many = int(sys.argv[sys.argv.index("--many") + 1]) if "--many" in sys.argv else 400
    scores: dict[str, float] = {}
    print(f"{many} articles, {COPIES:.0%} copies; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start")
    with tempfile.TemporaryDirectory(dir=os.environ.get("SECONDSOURCE_SCRATCH")) as scratch:
        place = Path(scratch)
        news = written(place / "news.jsonl", many, COPIES)
        few = written(place / "few.jsonl", max(40, many // 10), COPIES)
        wall, spent, done = archived(news, place / "two", Processes(2))
        print(f"two processes: {wall:8.1f} s, CPU {spent:8.1f} s ({1000 * spent / many:.1f} ms an article), {done.cases} cases")
        scores["hours_for_100k_wrong"] = spent / many * 100_000 / 2 / 3600
        print(f"  at that CPU 100,000 articles take {scores['hours_for_100k_wrong']:.2f} h on two free cores")
        if many <= ENOUGH:
            one, _, _ = archived(news, place / "one", Processes(1))
            print(f"one process:   {one:8.1f} s; the second makes it {one / wall:.2f} times as fast")
            scores["second_process"] = one / wall if many >= ENOUGH else math.inf
            scores["same_tables"] = float(same(place / "one", place / "two"))
        small, less, _ = archived(few, place / "few", Processes(2))
        growth = math.log(spent / less) / math.log(many / max(40, many // 10))
        print(f"a tenth:       {small:8.1f} s, CPU {less:8.1f} s: cost grows with the number to the power of {growth:.2f}")
        scores["growth_wrong"] = growth if many >= ENOUGH else 0.0
        rerun(place, news, many, spent, scores)
        scores["memory_mb_wrong"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest memory of a worker: {scores['memory_mb_wrong']:.0f} MB; of this process: "
              f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip
        if "--spark" in sys.argv:
            sparked(place, news, wall, scores)
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    return below(scores, "archive")


def rerun(place: Path, news: Path, many: int, spent: float, scores: dict[str, float]) -> None:
    """With one article in a hundred new: reports of stories of their own, as tomorrow's are."""
    from invented_news import written
    from secondsource.engine import Processes

    more = written(place / "more.jsonl", max(1, many // 100), COPIES, seed=99)
    renamed = more.read_text(encoding="utf-8").replace('"id": "n', '"id": "m')
    with news.open("a", encoding="utf-8") as file:
        file.write(renamed)
    wall, again, done = archived(news, place / "two", Processes(2))
    share = again / spent
    print(
        f"rerun with 1 % new ({done.read} read, {done.decided} cases decided): {wall:.1f} s, {share:.1%} of the full run's CPU"
    )
    scores["rerun_share_wrong"] = share if many >= ENOUGH else 0.0


def sparked(place: Path, news: Path, wall: float, scores: dict[str, float]) -> None:
    from secondsource.spark import Spark

    engine = Spark("local[2, 4]")
    took, _, _ = archived(news, place / "spark", engine, engine.sql())
    equal = same(place / "two", place / "spark")
    print(f"Spark, local:  {took:8.1f} s, {took / wall:.1f} times as long as two processes; equal tables: {equal}")
    scores["spark_same"] = float(equal)


if __name__ == "__main__":
    sys.exit(main())
