"""an article of the case -> retracted, or erased: what is taken out and what stays to tell of it"""

from secondsource.case.journal import Held, Journal, Run
from secondsource.case.state import LAST, Paper, State
from secondsource.errors import BadInput
from secondsource.model import Record
from secondsource.store.db import told


class Erased(Record, frozen=True, kw_only=True):
    """What an erasure has taken away. `shared`: files that stay because another article of the case has the same bytes.
    `others`: other versions of the page, whose words stay. `decisions`: Decisions that quoted the article."""

    article: str
    files: int
    shared: tuple[str, ...]
    others: tuple[str, ...]
    decisions: tuple[str, ...]


def retract(journal: Journal, paper: Paper, reason: str, *, at: str, by: str) -> str:
    """See `Case.retract`."""
    _reasoned(reason)
    if paper.state in {"retracted", "erased"}:
        raise BadInput(f"{paper.name or paper.id} is {paper.state} already: {paper.reason}")
    journal.write({"what": "retract", "article": paper.id, "reason": reason}, Run(at, "retract", by))
    return paper.id


def erase(journal: Journal, paper: Paper, reason: str, *, at: str, by: str) -> Erased:
    """See `Case.erase`. The tables lose the words first, then the files go: a stop in between is finished by `doctor`."""
    _reasoned(reason)
    if paper.state == "erased":
        raise BadInput(f"{paper.id} is erased already: {paper.reason}")
    row = journal.tables.row("SELECT sha256, papers, pack FROM articles WHERE id = ?", paper.id)
    assert row is not None
    names = {row[key] for key in ("sha256", "papers", "pack")} - {""}
    shared = tuple(sorted(name for name in names - {row["pack"]} if _elsewhere(journal, name, paper.id)))
    decisions = {d.id: d for d in State(journal.tables, LAST).decisions()}
    called = {paper.id, paper.name, paper.sha256, paper.lineage} - {""}
    quoting = tuple(sorted(name for name, d in decisions.items() if _quotes(d.target, called) or _quotes(d.value, called)))
    kept = [journal.tables.value("SELECT papers FROM decisions WHERE id = ?", name) for name in quoting]
    removed = sorted((names - set(shared)) | set(kept))
    held: Held = {"what": "erase", "article": paper.id, "reason": reason, "removed": removed, "decisions": list(quoting)}
    journal.write(held, Run(at, "erase", by))
    try:
        files = sum(1 for _ in journal.settled())
        journal.tables.compact()
    except OSError as error:
        raise told(error, journal.tables.path) from error
    sql = "SELECT id FROM articles WHERE lineage = ? AND lineage <> '' AND id <> ? AND reading IS NOT NULL"
    others = tuple(r["id"] for r in journal.tables.rows(sql, paper.lineage, paper.id))
    return Erased(article=paper.id, files=files, shared=shared, others=others, decisions=quoting)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise BadInput("say why: --reason is kept in the log for whoever looks at the case later")


def _elsewhere(journal: Journal, name: str, article: str) -> bool:
    sql = "SELECT 1 FROM articles WHERE (sha256 = ? OR papers = ?) AND id <> ? AND reading IS NOT NULL"
    return journal.tables.row(sql, name, name, article) is not None


def _quotes(target: object, called: set[str]) -> bool:
    if not isinstance(target, dict):
        return isinstance(target, str) and target in called
    named = target.get("article", "")
    return named in called or any(name.endswith(named) for name in called if named and "/" in named)


def mend(journal: Journal) -> list[str]:
    """See `Case.mend`."""
    done: list[str] = []
    behind = journal.log.size() - int(journal.tables.meta("log_end", "0"))
    if behind:
        journal.catch_up()
        done.append("changes that were in the log alone are in the tables now")
    if half := journal.originals.swept() + journal.papers.swept():
        done.append(f"{half} half-written files are taken away")
    if erased := sum(1 for _ in journal.settled()):
        journal.tables.compact()
        done.append(f"{erased} files of an erasure that was cut short are gone now")
    sql = (
        "SELECT sha256, papers, pack FROM articles UNION SELECT sha256, papers, pack FROM problems "
        "UNION SELECT '', papers, '' FROM decisions"
    )
    wanted = {name for row in journal.tables.rows(sql) for name in row}
    for store in (journal.originals, journal.papers):
        waiting = [name for name in store.names() if name not in wanted]
        for name in waiting:
            store.remove(name)
        if waiting:
            done.append(f"{len(waiting)} files in {store.folder.name} that no change has taken up are taken away")
    return done
