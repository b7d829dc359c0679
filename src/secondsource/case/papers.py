"""documents, Problems and Decisions <-> the JSON that is kept of them beside the originals

The log names these files by their hashes. Together with the originals they are all that a case is made from.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from secondsource import files
from secondsource.errors import BadInput, DamagedCase
from secondsource.model import Decision, Hint, Member, Problem, Record
from secondsource.read.formats import members


class Given(Record, frozen=True, kw_only=True):
    """A document as it came, and the bytes of the file that it was in, where they are others: an archive, a mail, a PDF."""

    item: Member | Problem
    pack: bytes = b""


class MemberPapers(Record, frozen=True, kw_only=True):
    """A document without its bytes. `problem`: why it could not be read."""

    name: str
    media: str
    layer: str
    hints: tuple[Hint, ...] = ()
    encoding: str | None = None
    document: bool = False
    problem: Problem | None = None


def given(paths: Iterable[str | Path], primary: Iterable[str | Path] = ()) -> Iterator[Given]:
    """Every document in files and folders, one file at a time. `primary`: paths of primary documents.

    Raises BadInput for a path that is not there.
    """
    for mark, names in ((False, paths), (True, primary)):
        for name, payload in files.payloads([str(path) for path in names]):
            for item in members(name, payload):
                if isinstance(item, Problem):
                    yield Given(item=item, pack=payload)
                else:
                    pack = b"" if item.payload == payload else payload
                    yield Given(item=replace(item, document=True) if mark else item, pack=pack)


def member_papers(member: Member, problem: Problem | None = None) -> bytes:
    made = MemberPapers(
        name=member.name, media=member.media, layer=member.layer, hints=member.hints, encoding=member.encoding,
        document=member.document, problem=problem,
    )  # fmt: skip
    return msgspec.json.encode(made, order="deterministic")


def member(papers: bytes, payload: bytes) -> Member:
    try:
        held = msgspec.json.decode(papers, type=MemberPapers)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise DamagedCase(f"the papers of a document were changed ({error}): run verify") from error
    return Member(
        name=held.name, payload=payload, media=held.media, layer=held.layer, hints=held.hints, encoding=held.encoding,
        document=held.document,
    )  # fmt: skip


def problem_papers(problem: Problem) -> bytes:
    return msgspec.json.encode({"problem": problem}, order="deterministic")


def problem(papers: bytes) -> Problem:
    held = msgspec.json.decode(papers, type=dict[str, Any])
    return msgspec.convert(held["problem"], Problem)


def decision_papers(decision: Decision) -> bytes:
    return msgspec.json.encode(replace(decision, found=True), order="deterministic")


def decision(papers: bytes) -> Decision:
    """The Decision in these bytes. Raises BadInput where they are none."""
    try:
        return msgspec.json.decode(papers, type=Decision)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadInput(f"no decision: {error}") from error
