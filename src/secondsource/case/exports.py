"""a case -> files for others: sorted JSON lines, and a pack that holds everything and its hashes"""

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from secondsource.case.journal import LOG, TABLES
from secondsource.case.settings import CASE, OUTLETS
from secondsource.case.verifying import MANIFEST
from secondsource.errors import BadInput
from secondsource.model import Decision, Dossier, Reading, Record
from secondsource.render import exports as rendered
from secondsource.render import formats, html, redaction
from secondsource.store.db import told
from secondsource.store.originals import sha256

if TYPE_CHECKING:
    from secondsource.case.case import Case

OF_ARTICLES = ("mentions", "attributions", "times", "figures", "claims")
LINKED = (
    "links", "actors", "outlets", "origins", "stories", "utterances", "incidents", "questions", "judgements", "positions",
    "shifts", "pledges", "timeline", "problems",
)  # fmt: skip

HIDDEN = ("readers' comments and editors' notes are hidden: export with --with-comments to have them",)


class Exported(Record, frozen=True, kw_only=True):
    """What was written: file -> rows. `lost`: what the format cannot say, in words."""

    files: dict[str, int]
    lost: tuple[str, ...] = ()


def jsonl(case: "Case", folder: Path, *, comments: bool = False) -> Exported:
    """One file a kind of record, a record a line, sorted; no clock, run, case name or path of this machine is in them."""
    dossier = case.dossier()
    if not comments:
        dossier = redaction.without_comments(dossier)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        counts = {name: _write(folder / name, lines) for name, lines in _tables(dossier)}
    except OSError as error:
        raise told(error, folder / "x") from error
    return Exported(files=counts, lost=() if comments else HIDDEN)


def _tables(dossier: Dossier) -> Iterator[tuple[str, Iterator[bytes]]]:
    readings = dossier.readings
    yield "articles.jsonl", (_encoded(r.article) for r in readings)
    for name in OF_ARTICLES:
        yield f"{name}.jsonl", _in_order(readings, name)
    for name in LINKED:
        yield f"{name}.jsonl", iter(sorted(_encoded(record) for record in getattr(dossier, name)))
    yield "dated_by_others.jsonl", (_encoded([k, v]) for k, v in sorted(dossier.dated_by_others.items()))
    yield "decisions.jsonl", (_encoded(d) for d in dossier.decisions)
    yield (
        "about.jsonl",
        iter([_encoded({"format": "secondsource/jsonl/1", "model": dossier.model, "version": dossier.version})]),
    )


def _in_order(readings: Iterable[Reading], name: str) -> Iterator[bytes]:
    """Records of one kind, article by article; within an article by their id."""
    for reading in readings:
        yield from (_encoded(record) for record in sorted(getattr(reading, name), key=lambda r: r.id))


def _encoded(record: Any) -> bytes:
    return msgspec.json.encode(record, order="deterministic")


def _write(file: Path, lines: Iterator[bytes]) -> int:
    count = 0
    with file.open("wb") as out:
        for line in lines:
            out.write(line + b"\n")
            count += 1
    return count


def foreign(name: str, case: "Case", folder: Path, comments: bool) -> Exported:
    """A format of others: its files in a folder, and beside them the list of what it cannot say."""
    dossier = case.dossier()
    made = formats.FORMATS[name](dossier if comments else redaction.without_comments(dossier))
    made = made if comments else replace(made, lost=made.lost + HIDDEN)
    try:
        for file, payload in made.with_list().items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(payload)
    except OSError as error:
        raise told(error, folder / "x") from error
    return Exported(files=dict.fromkeys(made.files, 0) | {next(iter(made.files)): made.rows}, lost=made.lost)


def decisions_of(payload: bytes) -> Iterator[Decision]:
    """The Decisions in an exported decisions.jsonl. Raises BadInput with the number of a line that is none."""
    for number, line in enumerate(payload.splitlines(), 1):
        if line.strip():
            try:
                yield replace(msgspec.json.decode(line, type=Decision), found=True)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise BadInput(f"line {number} is no decision ({error})") from error


def pack(case: "Case", target: Path) -> int:
    """See `Case.pack`. Written under another name first, so that half a pack is never taken for one."""
    dossier = case.dossier()
    unfinished = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=target.parent) as folder,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as made,
        ):
            count = _fill(case, made, Path(folder), dossier)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise told(error, target) from error
    return count


def _fill(case: "Case", made: zipfile.ZipFile, folder: Path, dossier: Dossier) -> int:
    listed: list[str] = []

    def put(name: str, payload: bytes) -> None:
        made.writestr(zipfile.ZipInfo(name), payload, zipfile.ZIP_DEFLATED)
        listed.append(f"{sha256(payload)}  {name}")

    # The tables first and the log after them: a change in between is then in the log alone, which verify accepts.
    case.tables.copy_to(folder / TABLES)
    put(TABLES, (folder / TABLES).read_bytes())
    for name in (LOG, CASE, OUTLETS):
        if (case.folder / name).exists():
            put(name, (case.folder / name).read_bytes())
    for store in (case.journal.originals, case.journal.papers):
        for name in store.names():
            put(f"{store.folder.name}/{name[:2]}/{name}", store.get(name) or b"")
    put("dossier.json", rendered.to_json(dossier))
    put("dossier.html", html.page(dossier).encode())
    made.writestr(zipfile.ZipInfo(MANIFEST), "\n".join(sorted(listed)) + "\n")
    return len(listed)


# Format -> what writes it: a folder or file as the format needs. Others join here.
FORMATS: dict[str, Callable[["Case", Path, bool], Exported]] = {
    "jsonl": lambda case, target, comments: jsonl(case, target, comments=comments),
    "pack": lambda case, target, _: Exported(files={target.name: pack(case, target)}),
    **{name: partial(foreign, name) for name in formats.FORMATS},
}
