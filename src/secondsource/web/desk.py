"""a case's folder -> what its pages are made from, put together once for each state of the case, never for a request

While a case that has changed is put together anew, the pages before it are served, and say so.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from secondsource import pipeline
from secondsource.case import Case
from secondsource.case.doubts import Doubt
from secondsource.case.settings import CASE, OUTLETS
from secondsource.case.showing import Shown
from secondsource.errors import BadInput, SecondSourceError
from secondsource.model import Decision, Dossier
from secondsource.render.sections import Sections

Stamp = tuple[object, ...]
PATIENCE = 10.0  # seconds that a decision waits for another writer


class Snapshot:
    """A dossier with everything that pages need of it."""

    def __init__(self, case: Case, stamp: Stamp, reader: pipeline.Reader) -> None:
        self.stamp = stamp
        self.name = case.settings.name
        self.dossier: Dossier = case.dossier()
        self.doubts: tuple[Doubt, ...] = case.doubtful()
        self.sections = Sections(self.dossier)
        runs = case.runs()
        self.run = runs[-1].number if runs else 0
        self.reader = reader
        _ = (
            self.records,
            self.sections.look.questions_of,
            self.sections.glance(),
        )  # the first page is to be as quick as the next
        self._tracing = threading.Lock()
        self._tracer: pipeline.Tracer | None = None

    def trace(self) -> pipeline.Tracer:
        """What answers where a sentence comes from; indexed when it is first asked for, or before, by `Desk`."""
        with self._tracing:
            if self._tracer is None:
                self._tracer = pipeline.Tracer(self.dossier, self.reader)
            return self._tracer

    @cached_property
    def records(self) -> dict[str, Any]:
        """Records that are put together from several articles, and mentions, by id."""
        d = self.dossier
        groups: tuple[Any, ...] = (
            d.questions, d.positions, d.pledges, d.utterances, d.incidents, d.actors, d.origins, d.stories, d.judgements,
            d.decisions, [a for q in d.questions for a in q.answers], *(r.mentions for r in d.readings),
        )  # fmt: skip
        return {record.id: record for group in groups for record in group}


class Desk:
    """One case that is served. `now` reads the clock, as ISO 8601."""

    def __init__(self, folder: Path, now: Callable[[], str], reader: pipeline.Reader | None = None) -> None:
        self.folder, self.now, self.reader = folder, now, reader or pipeline.Reader()
        self.lock = threading.RLock()
        self.case = Case.open(folder, reader=self.reader)
        self._work = threading.Lock()
        self._builder: threading.Thread | None = None
        self.trouble = ""
        self.snapshot = self._build()

    def close(self) -> None:
        if self._builder is not None:
            self._builder.join(60)
        with self.lock:
            self.case.close()

    @contextmanager
    def reading(self) -> Iterator[Case]:
        """The case, for one reader at a time."""
        with self.lock:
            yield self.case

    def stamp(self) -> Stamp:
        """What the case's state is told by, cheaply: the digest of its rows, and its two files of settings."""
        files = [(self.folder / name) for name in (CASE, OUTLETS)]
        times = [(f.stat().st_mtime_ns, f.stat().st_size) if f.exists() else None for f in files]
        with self.lock:
            return (self.case.tables.meta("state"), *times)

    def current(self) -> tuple[Snapshot, bool]:
        """What pages are made from, and whether the case is ahead of it; then the new one is on its way."""
        behind = self.snapshot.stamp != self.stamp()
        if behind:
            self._start()
        return self.snapshot, behind

    def _start(self) -> None:
        with self._work:
            if self._builder is None or not self._builder.is_alive():
                self._builder = threading.Thread(target=self._rebuild, name="dossier", daemon=True)
                self._builder.start()

    def _rebuild(self) -> None:
        try:
            self.snapshot = self._build()
            self.trouble = ""
        except SecondSourceError as error:
            self.trouble = str(error)

    def _build(self) -> Snapshot:
        stamp = self.stamp()
        with Case.open(self.folder, reader=self.reader) as own:
            return Snapshot(own, stamp, self.reader)

    def wait(self, seconds: float) -> bool:
        """Wait until pages show the case as it is, for so long at most; whether they do."""
        _, behind = self.current()
        if behind and self._builder is not None:
            self._builder.join(seconds)
        return self.snapshot.stamp == self.stamp()

    def decide(self, make: Callable[[Case, str], Decision]) -> Decision:
        """Let something be kept in the case now. Raises BadInput where another program writes on and on."""
        with Case.open(self.folder, reader=self.reader) as own:
            own.tables.patience = PATIENCE
            return make(own, self.now())

    def warm(self) -> None:
        """Make ready in the background what the first question for a sentence's origin needs."""
        snapshot = self.snapshot
        threading.Thread(target=lambda: snapshot.trace()("Nothing was said."), name="trace", daemon=True).start()

    def show(self, name: str) -> Shown:
        """Anything by its id. Raises BadInput where there is no such thing."""
        record = self.snapshot.records.get(name)
        if record is not None:
            kind = "decision" if name.startswith("decision-") else type(record).__name__.lower()
            return Shown(id=name, kind=kind, record=msgspec.to_builtins(record))
        if not name.partition("-")[2]:
            raise BadInput(f"{name!r} is no id: take one as search and review print it")
        with self.reading() as case:
            return case.show(name)
