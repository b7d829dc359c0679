"""many files of reports -> an archive: tables of records, origins, utterances and questions, on processes or on Spark."""

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import SOME_FAILED, Quiet, app, log
from secondsource.errors import BadInput

archive = typer.Typer(no_args_is_help=True, help="Archives: more reports than fit in memory.")
app.add_typer(archive, name="archive")

ENGINES = ("processes", "spark")


@archive.callback()
def root() -> None:
    """Archives: more reports than fit in memory."""


@archive.command("run")
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="IN…", help="WARC, JSONL or Parquet files, or folders of them.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The archive's folder; a rerun goes on where one stopped.")],
    engine: Annotated[str, typer.Option("--engine", help="processes: this machine; spark: a cluster.")] = "processes",
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes to read with.")] = 2,
    master: Annotated[str | None, typer.Option("--master", help="Spark's master; left out: the cluster's own.")] = None,
    quiet: Quiet = False,
) -> None:
    """Read an archive in shards, and put together what belongs together."""
    if engine not in ENGINES:
        raise BadInput(f"--engine {engine}: no such engine; give {' or '.join(ENGINES)}")
    try:
        from secondsource.archive.running import run as running
        from secondsource.engine import Processes
        from secondsource.spark import Spark
    except ImportError as missing:
        raise BadInput(f"{missing.name} is not installed; install secondsource[archive]") from None

    def say(line: str) -> None:
        if not quiet:
            log.print(line, soft_wrap=True, markup=False)

    chosen = Spark(master) if engine == "spark" else Processes(workers)
    try:
        done = running(inputs, out, chosen, sql=chosen.sql() if isinstance(chosen, Spark) else None, say=say)
    except OSError as error:
        raise BadInput(f"{error}: mend that and run again; what is done is kept") from None
    say(f"{done.articles} articles ({done.read} newly read), {done.cases} cases ({done.decided} newly decided): {out}")
    for shard in done.aside:
        log.print(f"set aside: {shard.shard}: {shard.failed}", soft_wrap=True, markup=False)
    if done.problems:
        say(f"{done.problems} problems, listed in {out / 'problems.parquet'}")
        raise typer.Exit(SOME_FAILED)
