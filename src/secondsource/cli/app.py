"""paths and options that all commands share -> a dossier, progress on stderr, and an exit code.

Exit codes: 0 ok; 1 findings; 2 usage; 3 some inputs failed; 4 damaged case.
"""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from secondsource import __version__
from secondsource.model import Dossier, Member, Problem

OK, FINDINGS, USAGE, SOME_FAILED, DAMAGED = range(5)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads many news reports of one story and writes one dossier. Every line rests on exact words.",
)
log = Console(stderr=True, highlight=False)

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files and folders with reports, or one case; - is stdin.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary on stderr.")]


def make_dossier(paths: list[str], *, quiet: bool, workers: int = 1, primary: list[str] | None = None) -> Dossier:
    """Read the given paths, or open the case that the one path is, and put the dossier together, with progress on stderr."""
    from secondsource import files, pipeline
    from secondsource.case import Case, is_case
    from secondsource.engine import Here, Processes

    if len(paths) == 1 and is_case(paths[0]):
        with Case.open(paths[0]) as case:
            return case.dossier()
    found = files.documents(paths, primary or ())
    documents = [item for item in found if isinstance(item, Member)]
    if not quiet:
        log.print(f"{len(found)} {'document' if len(found) == 1 else 'documents'}")
    problems = [item for item in found if isinstance(item, Problem)]
    engine = Processes(workers) if workers > 1 else Here()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=log, disable=quiet, transient=True) as progress:
        read = list(progress.track(pipeline.read(documents, engine), total=len(documents), description="reading"))
    return pipeline.assemble(read, problems)


def leave(dossier: Dossier, quiet: bool, paths: Sequence[str] = ()) -> None:
    """Say what could not be read, and leave with the exit code that tells it; what a case could not read it told at `add`."""
    from secondsource.case import is_case

    for problem in dossier.problems:
        if not quiet:
            log.print(f"[yellow]problem[/yellow] {problem.name}: {problem.text}", soft_wrap=True)
    if any(problem.article is None for problem in dossier.problems) and not (len(paths) == 1 and is_case(paths[0])):
        raise typer.Exit(SOME_FAILED)


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        sys.stdout.write(f"secondsource {__version__}\n")
        raise typer.Exit(OK)
