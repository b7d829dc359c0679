"""hand-made readings -> documents, and a reader that knows them: a case without a parse, for tests that must be quick"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from invented import Draft
from secondsource.case import Case
from secondsource.case.journal import Journal
from secondsource.model import Member, Problem, Reading
from secondsource.store.rows import packed, unpacked

AT = "2031-06-01T08:00:00Z"


class Shelf:
    """Takes the place of the pipeline's Reader."""

    def __init__(self) -> None:
        self.readings: dict[tuple[str, bytes], Reading] = {}

    def put(self, draft: Draft, url: str | None = None) -> Member:
        """The document that a draft is, by its own name or as the page of an address."""
        if url:
            draft.name = url
        reading = draft.reading()
        if url:
            reading = replace(reading, article=replace(reading.article, url=url))
        payload = reading.article.text.encode()
        self.readings[draft.name, payload] = unpacked(packed(reading), draft.name)
        return Member(name=draft.name, payload=payload, media="text/plain")

    def __call__(self, member: Member) -> Reading | Problem:
        found = self.readings.get((member.name, member.payload))
        return found or Problem(name=member.name, stage="read", text="no text in it")

    def attribute(self, article: Any) -> Reading:
        raise AssertionError(f"{article.name} is not read again here")


def made(folder: Path, shelf: Any, name: str = "Sluice") -> Case:
    """An empty case that is read by `shelf`."""
    case = Case.init(folder, name, at="2031-05-30T08:00:00Z", by="I. Analyst")
    case.journal.known_reader = shelf
    return case


def opened(folder: Path, shelf: Any) -> Case:
    return Case.open(folder, reader=shelf)


def again(case: Case, shelf: Any) -> Case:
    """The case with all its tables made anew."""
    journal: Journal = case.journal
    folder = journal.folder
    case.close()
    for file in folder.glob("case.db*"):
        file.unlink()
    fresh = Journal(folder, reader=shelf)
    fresh.replay()
    fresh.close()
    return opened(folder, shelf)


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def exported(case: Case, folder: Path) -> dict[str, bytes]:
    case.export_jsonl(folder)
    return files(folder)


def documents(shelf: Shelf, drafts: Iterable[Draft]) -> list[Member]:
    return [shelf.put(draft) for draft in drafts]
