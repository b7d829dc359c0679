"""paths to reports -> a dossier, one view of it, or one analysed document a line."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from secondsource.cli.app import SOME_FAILED, Paths, Quiet, app, leave, log, make_dossier
from secondsource.errors import BadInput
from secondsource.model import Dossier, Problem

Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="May be repeated; .html, .json, .md, .jsonld, .xlsx, or a folder/ for CSV."
    ),
]
WRITERS = (".html", ".json", ".md", ".jsonld", ".xlsx")


@app.command()
def report(
    paths: Paths,
    output: Outputs = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the articles' texts out of the output.")] = False,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="PATH", help="A transcript, communiqué or agreement; may be repeated."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Hide persons without an office whom one origin alone names.")
    ] = False,
    with_comments: Annotated[
        bool, typer.Option("--with-comments", help="Keep readers' comments and editors' notes in .md, .jsonld and CSV.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes to read with.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Read reports of one story and write one dossier; nothing is kept.

    Without -o the dossier goes to the terminal as Markdown.
    """
    from secondsource.render import redaction

    outputs = output or []
    for target in outputs:
        _check(target)
    dossier = make_dossier(paths, quiet=quiet, workers=workers, primary=document)
    if redact:
        dossier = redaction.without_persons(dossier, redaction.private(dossier))
    write_dossier(dossier, outputs, no_text=no_text, with_comments=with_comments, quiet=quiet)
    leave(dossier, quiet, paths)


def write_dossier(dossier: Dossier, outputs: list[str], *, no_text: bool, with_comments: bool, quiet: bool) -> None:
    """Write the dossier to every file of `outputs`, or to the terminal where there is none."""
    from secondsource.render import redaction

    for target in outputs:
        _check(target)
    if not outputs:
        sys.stdout.write(_text(dossier, ".md", no_text))
    for target in outputs:
        # The page folds comments and notes, the JSON is the exact record: both keep them.
        whole = with_comments or Path(target).suffix in {".html", ".json"}
        _write(dossier if whole else redaction.without_comments(dossier), target, no_text)
    if not quiet:
        _summary(dossier, outputs)


def _check(target: str) -> None:
    """A file whose kind can be told from its name, or a folder. Raises BadInput before any work is done."""
    if target.endswith("/") or Path(target).is_dir():
        return
    if Path(target).suffix not in WRITERS:
        raise BadInput(f"-o {target}: unknown kind of file; end the name in {', '.join(WRITERS)}, or in / for a folder of CSV")


def _text(dossier: Dossier, suffix: str, no_text: bool) -> str:
    from secondsource.render import exports

    match suffix:
        case ".json":
            return exports.to_json(dossier, with_text=not no_text).decode()
        case ".jsonld":
            return exports.to_jsonld(dossier).decode()
        case _:
            return exports.to_markdown(dossier)


def _write(dossier: Dossier, name: str, no_text: bool) -> None:
    from secondsource.render import exports, workbook

    target = Path(name)
    if target.suffix in WRITERS and not name.endswith("/"):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".xlsx":
            target.write_bytes(workbook.workbook(dossier).files["dossier.xlsx"])
            return
        if target.suffix == ".html":
            _write_pages(dossier, target)
            return
        target.write_text(_text(dossier, target.suffix, no_text), encoding="utf-8")
        return
    target.mkdir(parents=True, exist_ok=True)
    for file, payload in exports.to_csv(dossier).items():
        (target / file).write_bytes(payload)


def _too_long(dossier: Dossier) -> bool:
    """Whether one page cannot hold all words: the one-file edition then has excerpts, and a folder has everything."""
    from secondsource.render import html

    return sum(len(reading.article.text) for reading in dossier.readings) > html.LIMIT // 3


def _write_pages(dossier: Dossier, target: Path) -> None:
    """One page; beside it a folder, where one page cannot hold all words."""
    from secondsource import pipeline
    from secondsource.render import html

    passports = pipeline.Tracer(dossier).few()
    target.write_text(html.page(dossier, passports), encoding="utf-8")
    if not _too_long(dossier):
        return
    folder = target.with_suffix("")
    for name, page in html.folder(dossier, passports).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(page, encoding="utf-8")


def _summary(dossier: Dossier, outputs: list[str]) -> None:
    from secondsource.render.dossier import contradicting
    from secondsource.render.phrases import plural

    said = sum(len(reading.attributions) for reading in dossier.readings)
    odd = contradicting(dossier)
    log.print(
        f"{len(dossier.readings)} articles, {len(dossier.origins)} origins, {said} statements, "
        f"{len(dossier.questions)} questions, {plural(len(dossier.problems), 'note')} on reading the files"
        + (f", {plural(odd, 'report')} that contradict{'s itself' if odd == 1 else ' themselves'}" if odd else "")
    )
    for target in outputs:
        log.print(f"written: {target}", soft_wrap=True)


@app.command()
def sources(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: Quiet = False,
) -> None:
    """Show who copies and relays whom: outlets, origins, and the words that show it."""
    from secondsource.render import views

    dossier = make_dossier(paths, quiet=quiet)
    sys.stdout.write(views.sources_json(dossier).decode() if as_json else views.sources_text(dossier))
    leave(dossier, quiet, paths)


@app.command()
def positions(
    paths: Paths,
    actor: Annotated[str | None, typer.Option("--actor", help="Only objects on which somebody of this name stands.")] = None,
    thing: Annotated[str | None, typer.Option("--object", help="Only this object: ceasefire, talks, status …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: Quiet = False,
) -> None:
    """Show what each side demands, offers and refuses, since when, and how it moved."""
    from secondsource import pipeline
    from secondsource.render import views

    dossier = make_dossier(paths, quiet=quiet)
    stands = pipeline.stand(dossier, actor, thing)
    sys.stdout.write((views.positions_json(dossier, stands)).decode() if as_json else views.positions_text(dossier, stands))
    leave(dossier, quiet, paths)


@app.command()
def trace(
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="The sentence, in quotation marks; - reads it from stdin.")
    ],
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    output: Annotated[
        list[str] | None,
        typer.Option("-o", "--output", metavar="FILE", help="May be repeated; .html, .json, .md, or .svg for a card to share."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Paste one sentence, see whose mouth it came from, every hop since, and the words that changed on the way."""
    from secondsource import pipeline
    from secondsource.render import passport

    if sentence == "-" and "-" in paths:
        raise BadInput("- can be the sentence or a report, not both: give the other one as an argument or a file")
    writers = {".html": passport.to_html, ".svg": passport.to_svg, ".md": passport.to_text, ".json": passport.to_json}
    for target in output or []:
        if Path(target).suffix not in writers:
            raise BadInput(f"-o {target}: unknown kind of file; end the name in {', '.join(writers)}")
    words = sys.stdin.read() if sentence == "-" else sentence
    if refused := pipeline.unfit(words):
        raise BadInput(refused)
    dossier = make_dossier(paths, quiet=quiet)
    found = pipeline.Tracer(dossier)(words)
    for target in output or []:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(writers[Path(target).suffix](found, dossier), encoding="utf-8")
    if as_json or not output:
        sys.stdout.write(writers[".json" if as_json else ".md"](found, dossier))
    leave(dossier, quiet, paths)


@app.command()
def annotate(
    documents: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One document a line: id, text, published?, outlet?")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.jsonl", help="One analysed document a line.")],
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes to read with.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Analyse one document a line, for pipelines. A rerun goes on after the last line that OUT.jsonl holds."""
    from secondsource import pipeline
    from secondsource.engine import Here, Processes
    from secondsource.read.lines import document
    from secondsource.render.annotations import annotation

    if not documents.exists():
        raise BadInput(f"{documents}: no such file; check the path")
    done = _complete_lines(output)
    engine = Processes(workers) if workers > 1 else Here()
    failed = 0
    with documents.open("rb") as lines, output.open("ab") as out, Progress(console=log, disable=quiet, transient=True) as bar:
        rest = (document(line, number) for number, line in enumerate(lines, 1) if line.strip() and number > done)
        readings = pipeline.read(rest, engine)
        for reading in bar.track(readings, total=_count_lines(documents) - done, description="annotating"):
            failed += isinstance(reading, Problem)
            out.write(annotation(reading) + b"\n")
    if failed:
        log.print(f"{failed} documents could not be read; their lines say why")
        raise typer.Exit(SOME_FAILED)


def _complete_lines(output: Path) -> int:
    """How many whole lines a stopped run has left; half a line at the end is cut off."""
    if not output.exists():
        return 0
    with output.open("rb+") as file:
        count = end = 0
        for line in file:
            if not line.endswith(b"\n"):
                break
            count += 1
            end += len(line)
        file.truncate(end)
    return count


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())
