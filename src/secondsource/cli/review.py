"""doubtful lines of a case -> an analyst's Decisions: asked for on the terminal, or taken from a table or an export"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from secondsource.cli.app import Quiet, app, log
from secondsource.cli.cases import By, Folder, Json, _json, _short, _who, now, opened
from secondsource.errors import BadInput
from secondsource.model import Decision

if TYPE_CHECKING:
    from secondsource.case import Case
    from secondsource.case.doubts import Doubt

KEYS = {"c": "confirm", "r": "reject", "s": "set_speaker", "d": "set_when", "f": "set_figure", "k": "set_kind", "n": "note"}
ASKED = {
    "set_speaker": "who says it (nothing: nobody is named)",
    "set_when": "when (2031, 2031-05, 2031-05-09; nothing: not known)",
    "set_figure": 'what is right, as JSON: {"low": 5, "high": 5, "bound": "exact"}',
    "set_kind": "the right kind",
    "note": "your note",
}


@app.command()
def review(
    folder: Folder,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Take decisions from a table: kind, value, reason, id.")
    ] = None,
    exported: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take decisions from the decisions.jsonl of an export.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the doubtful lines and leave.")] = False,
    by: By = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Go through doubtful lines and rule on them; a ruling outranks every rule and can be undone by another."""
    from secondsource.case import doubts, exports

    with opened(folder, quiet=quiet) as case:
        if table:
            made = list(doubts.from_csv(case, _read(table).decode("utf-8-sig"), by=_who(by), date=now()))
        elif exported:
            made = list(exports.decisions_of(_read(exported)))
        elif listed or as_json:
            _print(case, as_json)
            return
        else:
            _ask(case, _who(by))
            return
        new = case.decide_all(made, at=now())
        lost = _lost(case, made)
    for decision in lost:
        sys.stdout.write(f"not found: {decision.kind} {decision.target.get('exact') or decision.target}\n")
    if not quiet:
        log.print(f"{len(made)} decisions, {new} new, {len(lost)} that do not find their words")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}): check the path") from error


def _lost(case: "Case", made: list[Decision]) -> list[Decision]:
    case.dossier()
    names = {d.id for d in made}
    return [d for d in case.decisions() if d.id in names and not d.found]


def _print(case: "Case", as_json: bool) -> None:
    found = case.doubtful()
    if as_json:
        _json({"doubts": found, "decisions": case.decisions()})
        return
    for number, doubt in enumerate(found, 1):
        sys.stdout.write(f"{number}. {doubt.reason}\n   {_short(doubt.text, 300)}\n   {doubt.id}  {doubt.article}\n")
    for decision in case.decisions():
        found_words = "" if decision.found else " (its words are not found)"
        sys.stdout.write(
            f"decision {decision.id}: {decision.kind} by {decision.by}, {decision.date}: {decision.reason}{found_words}\n"
        )


def _ask(case: "Case", by: str) -> None:
    """One doubtful line after the other: a letter, what it needs, and why."""
    found = case.doubtful()
    if not found:
        sys.stdout.write("nothing is doubtful\n")
    for number, doubt in enumerate(found, 1):
        sys.stdout.write(f"\n{number} of {len(found)}: {doubt.reason}\n  {_short(doubt.text, 400)}\n  {doubt.article}\n")
        keys = {key: kind for key, kind in KEYS.items() if kind in doubt.kinds}
        offered = ", ".join(f"{key} {kind.replace('_', ' ')}" for key, kind in keys.items())
        while True:
            answer = _line(f"  {offered}, Enter next, q leave: ")
            if answer is None or answer == "q":
                return
            if answer == "" or (answer in keys and _decided(case, doubt, keys[answer], by)):
                break
            if answer not in keys:
                sys.stdout.write("  no such letter\n")


def _decided(case: "Case", doubt: "Doubt", kind: str, by: str) -> bool:
    """Whether a decision was kept; what is wrong with it is said, and asked again."""
    from secondsource.case.doubts import value_of

    value = _line(f"  {ASKED[kind]}: ") if kind in ASKED else None
    reason = _line("  why: ")
    if reason is None:
        return False
    try:
        target = {"decision": doubt.id} if doubt.id.startswith("decision-") else case.target(doubt.id)
        made = Decision(kind=kind, target=target, value=value_of(value or ""), by=by, date=now(), reason=reason)
        case.decide(made, at=now())
    except BadInput as mistake:
        sys.stdout.write(f"  {mistake}\n")
        return False
    sys.stdout.write(f"  kept: {made.id}\n")
    return True


def _line(prompt: str) -> str | None:
    """What is typed, None at the end of input."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


@app.command()
def decide(
    folder: Folder,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="confirm, reject, set_speaker, set_when …")],
    name: Annotated[str, typer.Argument(metavar="ID", help="A line's id, a decision's to undo it, or a target as JSON.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What the kind needs; JSON where it begins with a brace.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why.")] = "",
    by: By = "",
    quiet: Quiet = False,
) -> None:
    """Rule on one line without being asked."""
    from secondsource.case.doubts import value_of

    with opened(folder, quiet=quiet) as case:
        if name.startswith("{"):
            target = msgspec.json.decode(name, type=dict[str, str])
        else:
            target = {"decision": name} if name.startswith("decision-") else case.target(name)
        made = Decision(kind=kind, target=target, value=value_of(value), by=_who(by), date=now(), reason=reason)
        case.decide(made, at=now())
        lost = _lost(case, [made])
    if not quiet:
        log.print(
            f"kept: {made.id}" + ("; its words are not found in any report" if lost else ""), soft_wrap=True, markup=False
        )
