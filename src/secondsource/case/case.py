"""a folder -> a case: documents and Decisions go in, the dossier and everything that is asked of it come out"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from secondsource import __model__, __version__
from secondsource.case import adding, diffing, doubts, papers, removing, showing, state, verifying
from secondsource.case.journal import ANEW, LOG, TABLES, Journal, Run
from secondsource.case.settings import CASE, Settings, create, settings
from secondsource.errors import BadInput, DamagedCase
from secondsource.model import Decision, Dossier, Member, Problem, Reading, Record
from secondsource.resolve.rulings import check, in_force
from secondsource.resolve.selectors import Selectors
from secondsource.store import search
from secondsource.store.db import Waiting, clear
from secondsource.store.originals import sync_folder

if TYPE_CHECKING:
    from secondsource.case.exports import Exported
    from secondsource.pipeline import Reader

FORMAT = 1
KEPT = 6  # dossiers that are kept put together, of different runs


class Assembled(Record, frozen=True, kw_only=True):
    """A dossier as it is kept: without readings, but for those that Decisions have changed."""

    dossier: Dossier
    changed: tuple[Reading, ...] = ()


class Case:
    """One case, kept in one folder. Changes need `at`, the time of the change as ISO 8601, since nothing here looks at a clock;
    `by` is the name of who makes it. Any number may read while one writes. Use it in a `with` block, or call `close`."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self.folder, self.journal, self.tables = folder, journal, journal.tables
        self._last: tuple[str, Assembled] | None = None

    # Opening

    @classmethod
    def init(cls, folder: str | Path, name: str = "", *, at: str, by: str = "", waiting: Waiting | None = None) -> "Case":
        """Make an empty case in a folder that is new or empty. Raises BadInput where there is something already."""
        path = Path(folder)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise BadInput(f"{folder} is not empty: name a new folder for the case")
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            for inner in ("originals", "papers"):
                (path / inner).mkdir()
            journal = Journal(path, waiting)
            journal.write({"what": "init", "format": FORMAT, "model": __model__}, Run(at, "init", by))
            create(path, name or path.name)
        except OSError as error:
            raise BadInput(f"{folder} cannot be made ({error}): give another folder, or the right to write") from error
        return cls(path, journal)

    @classmethod
    def open(cls, folder: str | Path, waiting: Waiting | None = None, reader: "Reader | None" = None) -> "Case":
        """Open a case to read and to change it. `waiting` hears when another writer is waited for; `reader` is one that is
        loaded already. Raises BadInput where there is no case, DamagedCase where it is damaged, newer, or of another model."""
        path = Path(folder)
        if not is_case(path):
            raise BadInput(f"{folder} is no case: make one with `secondsource init {folder}`")
        if not (path / TABLES).exists():
            raise DamagedCase(f"{folder} has no {TABLES}: `secondsource doctor {folder} --rebuild` makes it from the originals")
        journal = Journal(path, waiting, reader)
        model = journal.tables.meta("model", __model__)
        if model != __model__:
            journal.close()
            raise DamagedCase(f"{folder} was read with the model {model}, this program has {__model__}: two are never mixed")
        return cls(path, journal)

    def close(self) -> None:
        self.journal.close()

    def __enter__(self) -> "Case":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """What case.toml and outlets.toml hold now. Raises BadInput where they are malformed."""
        return settings(self.folder)

    # Changing

    def add(
        self,
        documents: Iterable[Member | Problem | papers.Given],
        *,
        at: str,
        by: str = "",
        workers: int = 1,
        progress: Callable[[str], None] | None = None,
    ) -> adding.Added:
        """Read documents and keep them, each as soon as it is read; what is in the case already is passed over, so that the
        same call again goes on where it was stopped. `progress` hears the name of each document that is done.

        A page whose address the case has with other bytes is a new version: the older one leaves the dossier and stays.
        """
        return adding.add(self.journal, documents, at=at, by=by, workers=workers, progress=progress)

    def decide(self, decision: Decision, *, at: str) -> bool:
        """Keep what an analyst ruled; False where it is known already. Raises BadInput where nobody could follow it.

        `target` makes the decision's target from an id; see `resolve/rulings.py` for kinds and values. Another decision of kind
        `reject` whose target is {"decision": its id} undoes it.
        """
        return bool(self.decide_all([decision], at=at))

    def decide_all(self, decisions: Iterable[Decision], *, at: str) -> int:
        """Keep several decisions in one run; how many were new. None is kept where one cannot be followed."""
        return adding.decide(self.journal, [check(d) for d in decisions], at=at)

    def retract(self, name: str, reason: str, *, at: str, by: str = "") -> str:
        """Take an article (its id, name or address) out of the dossier; it stays in the case. The article's id."""
        return removing.retract(self.journal, self._article(name), reason, at=at, by=by)

    def erase(self, name: str, reason: str, *, at: str, by: str = "") -> removing.Erased:
        """Take an article's words out of the case, files and all; hashes and the reason stay, which `verify` accepts."""
        return removing.erase(self.journal, self._article(name), reason, at=at, by=by)

    def _article(self, name: str) -> state.Paper:
        found = [p for p in self.papers() if name in (p.id, p.name, p.lineage, p.sha256)]
        found = [p for p in found if p.state == "active"] or found
        if not found:
            raise BadInput(f"no article {name!r} in this case: give its id as `search` and `show` print it")
        if len(found) > 1:
            raise BadInput(f"{name!r} names {len(found)} articles: {', '.join(p.id for p in found)}; give one id")
        return found[0]

    # Reading

    def runs(self) -> tuple[state.Run, ...]:
        """Every call that changed the case, the first first."""
        return state.runs(self.tables)

    def run_of(self, point: str | int) -> int:
        """The run that a number or a day means. Raises BadInput for anything else."""
        return state.run_of(self.tables, point)

    def papers(self, as_of_run: int | None = None) -> Iterator[state.Paper]:
        """Every article without its text, and whether it counts."""
        return state.State(self.tables, as_of_run).papers()

    def readings(self, as_of_run: int | None = None) -> Iterator[Reading]:
        """What was read from each article that counts, one after the other, before any Decision is followed."""
        return state.State(self.tables, as_of_run).readings()

    def decisions(self, as_of_run: int | None = None) -> tuple[Decision, ...]:
        """All decisions by id; `found` tells whether the last dossier found its words."""
        held = state.State(self.tables, as_of_run).decisions()
        assembled = self._kept(self.key(as_of_run))
        found = {d.id: d.found for d in assembled.dossier.decisions} if assembled else {}
        return tuple(replace(d, found=found.get(d.id, True)) for d in held)

    def dossier(self, as_of_run: int | None = None, *, hidden: bool = True) -> Dossier:
        """The dossier of all articles and Decisions up to a run, put together anew only where something has changed.

        `hidden`: who an analyst ruled to be hidden is.
        """
        now, key = state.State(self.tables, as_of_run), self.key(as_of_run)
        kept = self._kept(key)
        if kept is None:
            made = self._assembled(now)
            readings = {r.article.id: r for r in now.readings()}
            changed = tuple(r for r in made.readings if r != readings[r.article.id])
            self._keep(key, Assembled(dossier=replace(made, readings=()), changed=changed), latest=as_of_run is None)
        else:
            changed_by_id = {r.article.id: r for r in kept.changed}
            made = replace(kept.dossier, readings=tuple(changed_by_id.get(r.article.id, r) for r in now.readings()))
        return self._hidden(made) if hidden else made

    def _assembled(self, now: state.State) -> Dossier:
        from secondsource import pipeline

        entered = self.settings
        made = pipeline.assemble(
            now.readings(), now.problems(), now.decisions(), entered.admiralty, entered.outlets,
            attribute=lambda article: self.journal.reader.attribute(article),
        )  # fmt: skip
        roles = {name.casefold(): role for name, role in entered.roles.items()}
        people = tuple(
            replace(a, role_in_story=a.role_in_story or next((roles[n] for n in _names(a.name, a.aliases) if n in roles), None))
            for a in made.actors
        )
        return replace(made, actors=people)

    def _hidden(self, dossier: Dossier) -> Dossier:
        """Without those whom decisions that hold say to hide."""
        from secondsource.render import redaction

        ruled = [d for d in dossier.decisions if d.kind == "redact" and d.id in in_force(dossier.decisions)]
        if not ruled:
            return dossier
        selectors, actor_of = Selectors(dossier.readings), dossier.cluster_of("actor")
        spots = [selectors.record({"slot": "mention"} | d.target) for d in ruled]
        names = {actor_of.get(getattr(spot[1], "id", "")) for spot in spots if spot}
        return redaction.without_persons(dossier, [a for a in dossier.actors if a.id in names])

    def key(self, as_of_run: int | None = None) -> str:
        """What a dossier depends on, as a hash: equal keys are equal dossiers."""
        if as_of_run is None and self.tables.meta("quick") == self._quick():
            return self.tables.meta("latest")
        now = state.State(self.tables, as_of_run)
        held = [
            now.names(), [d.id for d in now.decisions()], [*now.problems()], self.settings, __version__, __model__,
        ]  # fmt: skip
        return hashlib.sha256(msgspec.json.encode(held, order="deterministic")).hexdigest()

    def _quick(self) -> str:
        """A hash that is sure to change with the dossier of now, and is had without a look at every article."""
        held = [self.tables.meta("state"), self.settings, __version__, __model__]
        return hashlib.sha256(msgspec.json.encode(held, order="deterministic")).hexdigest()

    def fresh(self) -> bool:
        """Whether the dossier of now is put together already, so that `search` knows the verdicts of now."""
        return self.tables.meta("latest") == self.key()

    def _kept(self, key: str) -> Assembled | None:
        if self._last is None or self._last[0] != key:
            body = self.tables.value("SELECT body FROM derived WHERE key = ?", key)
            if body is None:
                return None
            self._last = (key, msgspec.msgpack.decode(zlib.decompress(body), type=Assembled))
        return self._last[1]

    def _keep(self, key: str, made: Assembled, *, latest: bool) -> None:
        if not self.tables.writable:
            return
        body = zlib.compress(msgspec.msgpack.encode(made), 1)
        with self.tables.change():
            write = self.tables.connection
            write.execute("INSERT OR REPLACE INTO derived (key, body) VALUES (?, ?)", (key, body))
            write.execute(
                "DELETE FROM derived WHERE rowid NOT IN (SELECT rowid FROM derived ORDER BY rowid DESC LIMIT ?)", (KEPT,)
            )
            if latest:
                write.execute("DELETE FROM verdicts")
                answers = ((q, c) for q in made.dossier.questions for a in q.answers for c in a.claims)
                rows = ((line, question.verdict, question.id) for question, line in answers)
                write.executemany("INSERT INTO verdicts (line, verdict, question) VALUES (?, ?, ?)", rows)
                self.tables.set_meta("latest", key)
                self.tables.set_meta("quick", self._quick())

    def search(
        self,
        text: str = "",
        *,
        actor: str | None = None,
        thing: str | None = None,
        day: str | None = None,
        verdict: str | None = None,
        kind: str | None = None,
        limit: int = 50,
    ) -> tuple[search.Hit, ...]:
        """Lines with all these words. `actor`, `thing`: words of names, of the act and its object; `day`: 2031, 2031-05 or
        2031-05-09; `verdict`: of the questions that a line answers in the dossier that was last put together (`fresh` says
        whether that is the one of now); `kind`: statement, claim, figure or article. Nothing in `text` is a query."""
        asked = search.Asked(text=text, actor=actor, thing=thing, day=day, verdict=verdict, kind=kind, limit=limit)
        return search.search(self.tables, asked)

    def show(self, name: str) -> showing.Shown:
        """Anything by its id, or by the beginning of its id: its words, where they stand, the article, the file's bytes."""
        return showing.show(self, name)

    def target(self, name: str, slot: str = "") -> dict[str, str]:
        """The target of a Decision on this statement, claim, figure, mention or article: its words, not its id."""
        return showing.target(self, name, slot)

    def doubtful(self) -> tuple[doubts.Doubt, ...]:
        """Lines that a person should look at, the gravest first, each with the decision that could settle it."""
        return doubts.doubtful(self)

    def diff(self, before: str | int, after: str | int) -> diffing.Diff:
        """What lines are new, changed and dropped between two runs or days."""
        return diffing.diff(self, self.run_of(before), self.run_of(after))

    # Checking, mending, sharing

    def verify(self, progress: Callable[[int], None] | None = None) -> verifying.Verified:
        """Hash every original again, match every Quote again, compare the tables with the log, walk the log."""
        return verifying.verify(self.journal, progress)

    def mend(self) -> list[str]:
        """Finish what was cut short: half-written files, changes that the log alone has, erasures, files of an `add`
        that nobody ran again. What was done, in words."""
        return removing.mend(self.journal)

    def rebuild(self, *, at: str, by: str = "", progress: Callable[[int], None] | None = None) -> int:
        """Throw all tables away and make them from originals, papers and log; how many articles there are.

        The old file stays until the new one is whole. Raises DamagedCase where originals are missing.
        """
        self.close()
        rebuilt = rebuild(self.folder, at=at, by=by, progress=progress, reader=self.journal.known_reader)
        self.__init__(self.folder, rebuilt.journal)  # type: ignore[misc]
        return len(state.State(self.tables).names())

    def export_jsonl(self, folder: str | Path, *, comments: bool = False) -> "Exported":
        """All records of the dossier as sorted JSON lines, one file a kind: equal cases export equal bytes."""
        from secondsource.case import exports

        return exports.jsonl(self, Path(folder), comments=comments)

    def pack(self, target: str | Path) -> int:
        """A zip of the case with its dossier and a manifest of hashes, which `verify` accepts; how many files are in it."""
        from secondsource.case import exports

        return exports.pack(self, Path(target))


def is_case(path: str | Path) -> bool:
    """Whether a folder holds a case."""
    return (Path(path) / CASE).is_file() and ((Path(path) / LOG).is_file() or (Path(path) / TABLES).is_file())


def _names(name: str, aliases: Iterable[str]) -> Iterator[str]:
    yield name.casefold()
    yield from (alias.casefold() for alias in aliases)


def rebuild(
    folder: str | Path,
    *,
    at: str,
    by: str = "",
    progress: Callable[[int], None] | None = None,
    reader: "Reader | None" = None,
) -> Case:
    """Make the tables of a case anew beside the old ones, whatever state those are in, and put them in their place when they
    are whole. Raises DamagedCase where the log is broken or originals are missing; the old ones stay then."""
    path = Path(folder)
    with ExitStack() as held:
        with suppress(DamagedCase):  # where the old tables can be opened nobody else writes meanwhile
            old = held.enter_context(closing(Journal(path, reader=reader)))
            old.catch_up()
            held.enter_context(old.tables.change())
        clear(path / ANEW)
        try:
            with closing(Journal(path, reader=reader, tables=ANEW)) as fresh:
                fresh.replay(progress)
                fresh.write({"what": "rebuild"}, Run(at, "rebuild", by))
        except BaseException:
            clear(path / ANEW)
            raise
    clear(path / TABLES, but_the_file=True)
    (path / ANEW).replace(path / TABLES)
    sync_folder(path)
    return Case(path, Journal(path, reader=reader))
