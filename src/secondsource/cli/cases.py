"""a case and what to do with it -> changes in its folder, words on the terminal"""

import getpass
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from secondsource.cli.app import FINDINGS, SOME_FAILED, Quiet, app, log
from secondsource.errors import BadInput

if TYPE_CHECKING:
    from secondsource.case import Case
    from secondsource.case.adding import Added
    from secondsource.case.verifying import Verified

Folder = Annotated[Path, typer.Argument(metavar="CASE", help="The case's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it; your login's name if you give none.")]
Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why; kept in the log.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes to read with.")]


def now() -> str:
    """The clock of all changes, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _who(by: str) -> str:
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


@contextmanager
def opened(folder: Path, *, quiet: bool = False) -> Iterator["Case"]:
    """The case in a folder, for one command."""
    from secondsource.case import Case

    def waiting(words: str) -> None:
        if not quiet:
            log.print(words)

    with Case.open(folder, waiting) as case:
        yield case


def _json(value: Any) -> None:
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n")


def _counter(quiet: bool) -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.completed} {task.description}"), console=log, disable=quiet, transient=True
    )


@app.command()
def init(
    folder: Folder,
    name: Annotated[str, typer.Option("--name", help="What the case is called; the folder's name if you give none.")] = "",
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Make an empty case in a new folder."""
    from secondsource.case import Case

    Case.init(folder, name, at=now(), by=_who(by)).close()
    if not quiet:
        log.print(f"made: {folder}; add reports with `secondsource add {folder} PATH…`", soft_wrap=True, markup=False)


@app.command()
def add(
    folder: Folder,
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files and folders with reports; - reads stdin.")],
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="PATH", help="A transcript, communiqué or agreement; may be repeated."),
    ] = None,
    workers: Workers = 1,
    by: By = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read reports into the case. What it has already is passed over, so the same call goes on where it was stopped."""
    with opened(folder, quiet=quiet) as case:
        added = _add(case, paths, document or [], workers, _who(by), quiet)
        if as_json:
            _json(added)
        elif not quiet:
            _tell(case, added)
    if added.problems:
        raise typer.Exit(SOME_FAILED)


def _add(case: "Case", paths: list[str], document: list[str], workers: int, by: str, quiet: bool) -> "Added":
    from secondsource.case import given

    with _counter(quiet) as progress:
        task = progress.add_task("documents", total=None)
        found = given(paths, document)
        return case.add(found, at=now(), by=by, workers=workers, progress=lambda _: progress.advance(task))


def _tell(case: "Case", added: "Added") -> None:
    counts = f"{len(added.articles)} articles added, {added.known} were here"
    run = f" (run {added.run})" if added.run else "; nothing changed"
    log.print(counts + run)
    for version in added.versions:
        edits = case.show(version.new).edits
        log.print(f"new version: {version.new} of {version.before}, {len(edits)} edits", soft_wrap=True, markup=False)
        for edit in edits[:3]:
            log.print(f"  “{_short(edit.before)}” → “{_short(edit.after)}”", soft_wrap=True, markup=False)
    for problem in (*added.problems, *added.refused):
        log.print(f"problem {problem.name}: {problem.text}", soft_wrap=True, markup=False, style="yellow")


def _short(words: str, most: int = 120) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


@app.command()
def watch(
    folder: Folder,
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Folders to look into.")],
    every: Annotated[float, typer.Option("--every", min=0.1, metavar="SECONDS", help="How often to look.")] = 10.0,
    rounds: Annotated[int, typer.Option("--rounds", min=0, help="How often in all; 0 goes on until you stop it.")] = 0,
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Look into folders again and again, and add what is new. Stop it with Ctrl-C: nothing is lost."""
    done = 0
    with opened(folder, quiet=quiet) as case:
        try:
            while True:
                added = _add(case, paths, [], 1, _who(by), quiet=True)
                if not quiet and added.run:
                    _tell(case, added)
                done += 1
                if done == rounds:
                    return
                time.sleep(every)
        except KeyboardInterrupt:
            return


@app.command()
def dossier(
    folder: Folder,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="May be repeated; .html, .json, .md, .jsonld, or a folder/ for CSV."
        ),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY|RUN", help="As the case was then.")] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the articles' texts out of the output.")] = False,
    with_comments: Annotated[bool, typer.Option("--with-comments", help="Keep readers' comments and editors' notes.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the case's dossier. Without -o it goes to the terminal as Markdown."""
    from secondsource.cli.app import leave
    from secondsource.cli.reports import write_dossier

    with opened(folder, quiet=quiet) as case:
        made = case.dossier(case.run_of(as_of) if as_of else None)
    write_dossier(made, output or [], no_text=no_text, with_comments=with_comments, quiet=quiet)
    leave(made, quiet, [str(folder)])


@app.command()
def search(
    folder: Folder,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS…", help='All of them; "a phrase"; a beginning*.')] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Words of a name of who speaks or acts.")] = None,
    thing: Annotated[str | None, typer.Option("--object", help="An act, its object, what is counted.")] = None,
    day: Annotated[str | None, typer.Option("--day", help="2031-05-09, 2031-05 or 2031.")] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", help="conflicting, supported, single_origin …")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="statement, claim, figure or article.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 20,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find statements, claims, figures and articles by their words."""
    with opened(folder, quiet=quiet) as case:
        if verdict and not case.fresh():
            case.dossier()
        text = " ".join(words or [])
        found = case.search(text, actor=actor, thing=thing, day=day, verdict=verdict, kind=kind, limit=limit)
    if as_json:
        _json(found)
        return
    for hit in found:
        days = "–".join(hit.days)
        head = " · ".join(part for part in (hit.kind, days, hit.actor, hit.thing, ", ".join(hit.verdicts)) if part)
        sys.stdout.write(f"{hit.id}\n  {head}\n  {_short(hit.text, 300)}\n  {hit.name}\n")
    if not quiet:
        log.print(f"{len(found)} {'line' if len(found) == 1 else 'lines'}")


@app.command()
def show(
    folder: Folder,
    name: Annotated[str | None, typer.Argument(metavar="ID", help="Of anything that search, diff or review print.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show one line: its words, where they stand in the article, and in the file's bytes. Without ID: the case and its runs."""
    with opened(folder, quiet=quiet) as case:
        if name is None:
            _overview(case, as_json)
            return
        found = case.show(name)
    if as_json:
        _json(found)
        return
    out = [f"{found.kind} {found.id}"]
    if paper := found.article:
        out.append(f"article {paper.id}, {paper.state}: {paper.outlet or 'outlet not stated'}, {paper.name}")
        out += [f"  {paper.reason}"] if paper.reason else []
    if found.file:
        within = f" (in the file {found.pack})" if found.pack else ""
        out.append(f"file {found.file}{within}")
    for place in found.places:
        at = f", bytes {place.first_byte} to {place.last_byte}" if place.first_byte is not None else ""
        before, after = _short(place.before[-60:]), _short(place.after[:60])
        out.append(f"  [{place.start}, {place.end}) of {place.article}{at}\n    …{before} ⟦{place.exact}⟧ {after}…")
    out += [f"version {name}" for name in found.versions]
    out += [f"  “{_short(e.before)}” → “{_short(e.after)}”" for e in found.edits]
    out += [f"decision {d.id}: {d.kind} by {d.by}, {d.date}: {d.reason}" for d in found.decisions]
    if not found.places and found.kind != "article":
        out.append(msgspec.json.format(msgspec.json.encode(found.record), indent=1).decode())
    sys.stdout.write("\n".join(out) + "\n")


def _overview(case: "Case", as_json: bool) -> None:
    runs, papers = case.runs(), list(case.papers())
    if as_json:
        _json({"name": case.settings.name, "runs": runs, "articles": papers, "decisions": case.decisions()})
        return
    sys.stdout.write(
        f"{case.settings.name}: {sum(p.state == 'active' for p in papers)} articles, {len(case.decisions())} decisions\n"
    )
    for run in runs:
        added = f"{run.articles} articles, {run.decisions} decisions"
        sys.stdout.write(f"run {run.number}  {run.at}  {run.what} by {run.by or 'nobody named'}: {added}\n")
    for paper in papers:
        state = "" if paper.state == "active" else f" [{paper.state}]"
        sys.stdout.write(
            f"{paper.id}  {paper.published[:10] or 'undated':10}  {paper.outlet or '?'}  {paper.title or paper.name}{state}\n"
        )


@app.command()
def diff(
    folder: Folder,
    before: Annotated[str, typer.Argument(metavar="A", help="A run's number or a day.")],
    after: Annotated[str, typer.Argument(metavar="B", help="A run's number or a day.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show which lines are new, changed and dropped between two runs or days."""
    with opened(folder, quiet=quiet) as case:
        found = case.diff(before, after)
    if as_json:
        _json(found)
        return
    for mark, lines in (("+", found.new), ("-", found.dropped)):
        for line in lines:
            sys.stdout.write(f"{mark} {line.kind}: {_short(line.text, 200)}\n    {_short(line.state, 200)}\n")
    for change in found.changed:
        sys.stdout.write(
            f"~ {change.kind}: {_short(change.text, 200)}\n    {_short(change.before, 200)}\n  → {_short(change.after, 200)}\n"
        )
    if not quiet:
        counts = f"{len(found.new)} new, {len(found.changed)} changed, {len(found.dropped)} dropped"
        log.print(f"run {found.before} to run {found.after}: {counts}")


@app.command()
def export(
    folder: Folder,
    form: Annotated[
        str, typer.Option("--format", "-f", help="jsonl, pack, csv, xlsx, parquet, jsonld, ftm, acled, timelinejs or md.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR|FILE", help="Where to; of a pack the zip's name.")],
    with_comments: Annotated[bool, typer.Option("--with-comments", help="Keep readers' comments and editors' notes.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the case for other programs, or as one zip with everything in it and its hashes."""
    from secondsource.case.exports import FORMATS

    if form not in FORMATS:
        raise BadInput(f"--format {form}: one of {', '.join(sorted(FORMATS))}")
    with opened(folder, quiet=quiet) as case:
        made = FORMATS[form](case, output, with_comments)
    if not quiet:
        log.print(f"written: {output} ({sum(made.files.values())} rows or files)", soft_wrap=True, markup=False)
        for lost in made.lost:
            log.print(f"left out: {lost}", soft_wrap=True, markup=False)


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="CASE", help="The case's folder, or an evidence pack (.zip).")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check that nothing was changed: files, words, rows, log. Exit code 1: something was; 4: the case cannot be opened."""
    from secondsource.case.verifying import verify_pack

    with _counter(quiet) as progress:
        task = progress.add_task("articles checked", total=None)

        def count(number: int) -> None:
            progress.update(task, completed=number)

        if folder.is_file():
            found = verify_pack(folder, count)
        else:
            with opened(folder, quiet=quiet) as case:
                found = case.verify(count)
    if as_json:
        _json(found)
    else:
        _report(found)
    if found.findings:
        raise typer.Exit(FINDINGS)


def _report(found: "Verified") -> None:
    for finding in found.findings:
        sys.stdout.write(f"{finding.where}: {finding.text}\n")
    looked = f"{found.articles} articles, {found.quotes} quotes, {found.files} files, {found.lines} lines of the log"
    sys.stdout.write(f"{looked}: {f'{len(found.findings)} findings' if found.findings else 'as they were written'}\n")
    if found.waiting:
        sys.stdout.write(f"{len(found.waiting)} files wait for an add that was cut short: run it again, or doctor\n")
    if found.behind:
        sys.stdout.write(f"{found.behind} changes are in the log alone; the next change takes them up\n")


@app.command()
def retract(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="ID", help="The article's id, name or address.")],
    reason: Reason,
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Take an article out of the dossier; it stays in the case."""
    with opened(folder, quiet=quiet) as case:
        done = case.retract(name, reason, at=now(), by=_who(by))
    if not quiet:
        log.print(f"retracted: {done}")


@app.command()
def erase(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's id, name or address.")],
    reason: Reason,
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Take an article's words out of the case for good, for the law's or somebody's safety's sake."""
    with opened(folder, quiet=quiet) as case:
        done = case.erase(name, reason, at=now(), by=_who(by))
    if quiet:
        return
    log.print(f"erased: {done.article}, {done.files} files")
    if done.shared:
        log.print(f"{len(done.shared)} files stay: another article of the case has the same bytes")
    for other in done.others:
        log.print(f"another version of the page stays: {other}")
    if done.decisions:
        log.print(f"{len(done.decisions)} decisions quoted it and went with it")


@app.command()
def doctor(
    folder: Folder,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make all tables anew from originals, papers and log.")] = False,
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Look after a case: finish what was cut short, say what is odd; --rebuild reads every original again."""
    from secondsource import case as cases

    if rebuild:
        with _counter(quiet) as progress:
            task = progress.add_task("lines of the log done", total=None)
            cases.rebuild(folder, at=now(), by=_who(by), progress=lambda n: progress.update(task, completed=n)).close()
    with opened(folder, quiet=quiet) as case:
        mended = case.mend()
        found = case.verify()
        lost = [d for d in case.decisions() if not d.found]
    for line in mended:
        sys.stdout.write(f"{line}\n")
    for decision in lost:
        sys.stdout.write(f"decision {decision.id} ({decision.kind} by {decision.by}) no longer finds its words\n")
    _report(found)
    if found.findings:
        raise typer.Exit(FINDINGS)
