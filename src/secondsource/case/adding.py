"""documents -> articles of the case, each kept as soon as it is read; Decisions -> kept"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby

from msgspec.structs import replace

from secondsource.case import papers
from secondsource.case.journal import Journal, Run
from secondsource.case.papers import Given
from secondsource.engine import Here, Processes
from secondsource.model import Decision, Member, Problem, Reading, Record, article_id
from secondsource.resolve.versions import lineage_of
from secondsource.store.db import Tables, told
from secondsource.store.originals import sha256

ERASED = "SELECT a.sha256 FROM articles a JOIN gone g ON g.article = a.id WHERE g.what = 'erased'"


class Version(Record, frozen=True, kw_only=True):
    """A page that has changed: the article of the new version and that of the one before it."""

    new: str
    before: str


class Added(Record, frozen=True, kw_only=True):
    """What one call has added. `run` None: nothing was new. `known`: documents that were in the case. `refused`: what was
    erased or retracted before, and stays out. `problems`: what could not be read."""

    run: int | None
    articles: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    known: int = 0
    problems: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()


def add(
    journal: Journal,
    documents: Iterable[Member | Problem | Given],
    *,
    at: str,
    by: str,
    workers: int,
    progress: Callable[[str], None] | None,
) -> Added:
    """See `Case.add`."""
    adder = _Adder(journal, Run(at, "add", by))
    waiting: deque[Given] = deque()
    # One worker shares the reader that the case has loaded; several load their own.
    engine = Processes(workers) if workers > 1 else Here()
    make = _loaded if workers > 1 else (lambda: journal.reader)
    for found in engine.each(make, adder.fresh(documents, waiting, progress)):
        given = waiting.popleft()
        adder.keep(given, found)
        if progress:
            progress(given.item.name)
    return adder.added()


def _loaded() -> Callable[[Member], Reading | Problem]:
    from secondsource.pipeline import Reader

    return Reader()


class _Adder:
    def __init__(self, journal: Journal, run: Run) -> None:
        self.journal, self.run = journal, run
        self.articles: list[str] = []
        self.versions: list[Version] = []
        self.problems: list[Problem] = []
        self.refused: list[Problem] = []
        self.known = 0

    def fresh(
        self, documents: Iterable[Member | Problem | Given], waiting: deque[Given], progress: Callable[[str], None] | None
    ) -> Iterator[Member]:
        """The documents that are to be read; each is put into `waiting` too, in the same order."""
        for given in self._allowed(d if isinstance(d, Given) else Given(item=d) for d in documents):
            if isinstance(given.item, Problem):
                self.unread(given, None, given.item)
            elif not self._is_known(given.item):
                waiting.append(given)
                yield given.item
                continue
            if progress:
                progress(given.item.name)

    def _allowed(self, documents: Iterable[Given]) -> Iterator[Given]:
        """The documents without files in which erased words would come back."""
        erased = {row["sha256"] for row in self.journal.tables.rows(ERASED)}
        if not erased:
            yield from documents
            return
        for pack, group in groupby(documents, key=lambda given: given.pack):
            held = list(group)
            tainted = [g for g in held if isinstance(g.item, Member) and sha256(g.item.payload) in erased]
            self.refused += [
                Problem(name=g.item.name, stage="case", text="its words were erased and stay out") for g in tainted
            ]
            for given in held:
                if given not in tainted:
                    yield replace(given, pack=b"") if tainted and pack else given

    def _is_known(self, member: Member) -> bool:
        name = article_id(member.name, sha256(member.payload))
        row = self.journal.tables.row("SELECT id FROM articles WHERE id = ?", name)
        if row is None:
            return False
        gone = self.journal.tables.row("SELECT what, reason FROM gone WHERE article = ?", name)
        if gone is None:
            self.known += 1
        else:
            text = f"was {gone['what']} ({gone['reason']}) and stays out"
            self.refused.append(Problem(name=member.name, article=name, stage="case", text=text))
        return True

    def keep(self, given: Given, found: Reading | Problem) -> None:
        """Originals first, then the row: a stop in between leaves at worst an original that the same call takes up again."""
        member = given.item
        assert isinstance(member, Member)
        if isinstance(found, Problem):
            self.unread(given, member, found)
            return
        article, tables = found.article, self.journal.tables
        before = _latest(tables, lineage_of(article))
        held = {
            "what": "add", "article": article.id, **self._stored(given, papers.member_papers(member))
        }  # fmt: skip
        known = "SELECT 1 FROM articles WHERE id = ?"
        if self.journal.write(held, self.run, found, unless=lambda: tables.row(known, article.id) is not None):
            self.articles.append(article.id)
            if before:
                self.versions.append(Version(new=article.id, before=before))
        else:
            self.known += 1

    def unread(self, given: Given, member: Member | None, problem: Problem) -> None:
        """Keep what could not be read, and why; its bytes too, for a program that can."""
        self.problems.append(problem)
        kept = papers.member_papers(member, problem) if member else papers.problem_papers(problem)
        tables, known = self.journal.tables, "SELECT 1 FROM problems WHERE papers = ?"
        if tables.row(known, sha256(kept)) is not None:
            return
        held = {"what": "unread", **self._stored(given, kept)}
        self.journal.write(held, self.run, unless=lambda: tables.row(known, held["papers"]) is not None)

    def _stored(self, given: Given, kept: bytes) -> dict[str, str]:
        """The hashes of a document's files, which are on disk from now on."""
        journal, item = self.journal, given.item
        try:
            payload = journal.originals.put(item.payload) if isinstance(item, Member) else ""
            pack = journal.originals.put(given.pack) if given.pack else ""
            return {"payload": payload, "pack": pack, "papers": journal.papers.put(kept)}
        except OSError as error:
            raise told(error, journal.tables.path) from error

    def added(self) -> Added:
        return Added(
            run=self.run.number, articles=tuple(self.articles), versions=tuple(self.versions), known=self.known,
            problems=tuple(self.problems), refused=tuple(self.refused),
        )  # fmt: skip


def _latest(tables: Tables, lineage: str) -> str | None:
    """The version of a page that counts so far."""
    sql = (
        "SELECT id FROM articles a WHERE lineage = ? AND lineage <> '' "
        "AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.article = a.id) ORDER BY n DESC LIMIT 1"
    )
    return tables.value(sql, lineage) if lineage else None


def decide(journal: Journal, decisions: Iterable[Decision], *, at: str) -> int:
    """See `Case.decide_all`."""
    new = 0
    run: Run | None = None
    known = "SELECT 1 FROM decisions WHERE id = ?"
    for decision in decisions:
        if journal.tables.row(known, decision.id) is not None:
            continue
        run = run or Run(at, "review", decision.by)
        try:
            kept = journal.papers.put(papers.decision_papers(decision))
        except OSError as error:
            raise told(error, journal.tables.path) from error
        held = {"what": "decide", "decision": decision.id, "papers": kept}
        new += journal.write(held, run, unless=partial(_has, journal.tables, known, decision.id))
    return new


def _has(tables: Tables, sql: str, value: str) -> bool:
    return tables.row(sql, value) is not None
