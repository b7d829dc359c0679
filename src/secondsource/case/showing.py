"""an id -> what it names: the line, its words, where they stand in article and file; and a Decision's target on it"""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from secondsource.case import papers
from secondsource.case.state import Paper, State
from secondsource.errors import BadInput, Unreadable
from secondsource.invariants import quotes_in
from secondsource.model import Article, Attribution, Claim, Decision, Dossier, Figure, Mention, Quote, Reading, Record
from secondsource.read.page import in_payload, page
from secondsource.resolve.selectors import target_of
from secondsource.store import rows
from secondsource.store.db import Tables

if TYPE_CHECKING:
    from secondsource.case.case import Case

AROUND = 120  # code points of context on each side
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Place(Record, frozen=True, kw_only=True):
    """Words of a line with what stands around them, their offsets in the article's text, and, where the original is here, in
    the bytes of its file (`layer`: of what the file holds, when the words are not those of the file itself)."""

    article: str
    start: int
    end: int
    before: str
    exact: str
    after: str
    first_byte: int | None = None
    last_byte: int | None = None


class Edit(Record, frozen=True, kw_only=True):
    """Words that one version of a page has and the next has not; either may be empty."""

    before: str
    after: str


class Shown(Record, frozen=True, kw_only=True):
    """What an id names. `record`: the record as it stands in the dossier. `article`: of a line or an article. `file`: the
    original's name in the case, below its folder; `pack`: of the file that it came in. `versions`: ids of all versions of the
    page, the oldest first; `edits`: what differs from the version before. `decisions`: on this line or article."""

    id: str
    kind: str
    record: dict[str, Any]
    places: tuple[Place, ...] = ()
    article: Paper | None = None
    file: str = ""
    layer: str = ""
    pack: str = ""
    versions: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    decisions: tuple[Decision, ...] = ()


def show(case: "Case", name: str) -> Shown:
    """See `Case.show`."""
    own = _own(case.tables, name)
    if own is None:
        return _linked(case, name)
    reading, record = own
    ruled = tuple(d for d in case.decisions() if _meant(d, reading, record))
    if isinstance(record, Article):
        return _article(case, reading, ruled)
    row = case.tables.row("SELECT sha256, papers, pack FROM articles WHERE id = ?", reading.article.id)
    return Shown(
        id=record.id,
        kind=record.id.partition("-")[0],
        record=msgspec.to_builtins(record),
        places=tuple(_places(case, reading, _quotes(record))),
        article=_paper(case, reading.article.id),
        **_files(case, row),
        decisions=ruled,
    )


def _own(tables: Tables, name: str) -> tuple[Reading, Any] | None:
    """A record of one article, by its id or the beginning of it. Raises BadInput where several begin so."""
    safe = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = "SELECT DISTINCT id, article FROM lines WHERE id LIKE ? ESCAPE '\\' LIMIT 3"
    found = list(tables.rows("SELECT id, article FROM lines WHERE id = ? LIMIT 1", name)) or list(tables.rows(sql, safe + "%"))
    if len(found) > 1:
        raise BadInput(f"{name!r} begins {found[0]['id']}, {found[1]['id']} and perhaps more: give more of it")
    sql = "SELECT name, reading FROM articles WHERE n = ?"
    row = tables.row(sql, found[0]["article"]) if found else None
    if row is None or row["reading"] is None:
        return None
    reading = rows.unpacked(row["reading"], row["name"])
    records: list[Any] = [reading.article, *reading.attributions, *reading.claims, *reading.figures]
    return next(((reading, record) for record in records if record.id == found[0]["id"]), None)


def _linked(case: "Case", name: str) -> Shown:
    """A record that is put together from several articles, a mention, or a Decision."""
    for decision in case.decisions():
        if decision.id.startswith(name):
            return Shown(id=decision.id, kind="decision", record=msgspec.to_builtins(decision))
    sql = (
        "SELECT id, reading IS NULL AS erased FROM articles WHERE id = ?1 OR name = ?1 OR lineage = ?1 ORDER BY n DESC LIMIT 1"
    )
    found = case.tables.row(sql, name) if name else None
    if found is not None and found["erased"]:
        return Shown(id=found["id"], kind="article", record={}, article=_paper(case, found["id"]))
    if found is not None:
        return show(case, found["id"])
    dossier = case.dossier()
    for record in _records(dossier):
        if record.id.startswith(name):
            readings = {r.article.id: r for r in dossier.readings}
            quotes = sorted({q for q in quotes_in(record) if q.article in readings})
            places = [p for q in quotes for p in _places(case, readings[q.article], [q])]
            kind = type(record).__name__.lower()
            return Shown(id=record.id, kind=kind, record=msgspec.to_builtins(record), places=tuple(places))
    raise BadInput(f"nothing in this case is called {name!r}: ids are printed by `search`, `diff` and `review`")


def _records(dossier: Dossier) -> Iterator[Any]:
    yield from (*dossier.questions, *dossier.positions, *dossier.pledges, *dossier.utterances, *dossier.incidents)
    yield from (*dossier.actors, *dossier.origins, *dossier.stories, *dossier.judgements)
    yield from (answer for question in dossier.questions for answer in question.answers)
    yield from (mention for reading in dossier.readings for mention in reading.mentions)


def _quotes(record: Attribution | Claim | Figure) -> tuple[Quote, ...]:
    if isinstance(record, Attribution):
        cue = (record.cue.evidence,) if record.cue.evidence else ()
        return (*record.content, *cue, *(s.evidence for s in record.speakers if s.evidence))
    return record.evidence


def _paper(case: "Case", name: str) -> Paper | None:
    return State(case.tables).paper(name)


def _files(case: "Case", row: Any) -> dict[str, Any]:
    made = {"file": f"originals/{row['sha256'][:2]}/{row['sha256']}", "pack": row["pack"]}
    kept = case.journal.papers.get(row["papers"])
    return made | {"layer": papers.member(kept, b"").layer if kept else ""}


def _places(case: "Case", reading: Reading, quotes: Iterable[Quote]) -> Iterator[Place]:
    """Words with their surroundings, and their place in the file."""
    text = reading.article.text
    row = case.tables.row("SELECT sha256, papers FROM articles WHERE id = ?", reading.article.id)
    kept = case.journal.papers.get(row["papers"]) if row else None
    payload = case.journal.originals.get(row["sha256"]) if row else None
    found = None
    if kept is not None and payload is not None:
        try:
            found = page(papers.member(kept, payload))
        except Unreadable:
            found = None
    for quote in quotes:
        same = found is not None and found.text[quote.start : quote.end] == quote.exact
        at = in_payload(found, quote.start, quote.end) if found is not None and same else (None, None)
        yield Place(
            article=quote.article, start=quote.start, end=quote.end, exact=quote.exact, first_byte=at[0], last_byte=at[1],
            before=text[max(0, quote.start - AROUND) : quote.start], after=text[quote.end : quote.end + AROUND],
        )  # fmt: skip


def _article(case: "Case", reading: Reading, ruled: tuple[Decision, ...]) -> Shown:
    article = reading.article
    paper = _paper(case, article.id)
    sql = "SELECT id, reading FROM articles WHERE lineage = ? AND lineage <> '' AND reading IS NOT NULL ORDER BY n"
    versions = list(case.tables.rows(sql, paper.lineage if paper else ""))
    names = [row["id"] for row in versions]
    at = names.index(article.id) if article.id in names else 0
    before = rows.unpacked(versions[at - 1]["reading"], names[at - 1]).article.text if at else None
    row = case.tables.row("SELECT sha256, papers, pack FROM articles WHERE id = ?", article.id)
    return Shown(
        id=article.id,
        kind="article",
        record=msgspec.to_builtins(article),
        article=paper,
        **_files(case, row),
        versions=tuple(names) if len(names) > 1 else (),
        edits=tuple(edits(before, article.text)) if before is not None else (),
        decisions=ruled,
    )


def edits(before: str, after: str) -> Iterator[Edit]:
    """What one text has and the other has not, word by word."""
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=len(left) > 5000)
    for what, a, b, c, d in matcher.get_opcodes():
        old, new = "".join(left[a:b]).strip(), "".join(right[c:d]).strip()
        if what != "equal" and (old or new):
            yield Edit(before=old, after=new)


def _meant(decision: Decision, reading: Reading, record: Any) -> bool:
    """Whether a Decision is on this record: its words stand here, and are the record's."""
    from secondsource.resolve.selectors import Selectors

    selectors = Selectors([reading])
    if not selectors.articles(decision.target.get("article", "")):
        return False
    found = selectors.record(decision.target)
    return found is not None and (found[1] == record or isinstance(record, Article))


def target(case: "Case", name: str, slot: str) -> dict[str, str]:
    """See `Case.target`."""
    own = _own(case.tables, name)
    if own is None:
        return _mentioned(case, name)
    reading, record = own
    article = reading.article
    match record:
        case Article():
            first = article.segments[0] if article.segments else None
            start, end = (first.start, first.end) if first else (0, len(article.text))
            return target_of(article, start, end, slot or "article")
        case Attribution():
            held = record.content or ((record.cue.evidence,) if record.cue.evidence else ())
            return target_of(article, held[0].start, held[-1].end, slot or "statement")
        case Claim():
            held = record.evidence
            return target_of(article, held[0].start, held[-1].end, slot or f"claim:{record.act}", record.cue)
        case _:
            held = record.evidence
            return target_of(article, held[0].start, held[-1].end, slot or f"figure:{record.counted}")


def _mentioned(case: "Case", name: str) -> dict[str, str]:
    """The target of a mention, or of an actor's first mention by name."""
    dossier = case.dossier(hidden=False)
    actor_of = dossier.cluster_of("actor")
    for reading in dossier.readings:
        found = [m for m in reading.mentions if m.id == name] or [m for m in reading.mentions if actor_of.get(m.id) == name]
        if found:
            best: Mention = min(found, key=lambda m: (m.via != "name", m.id))
            return target_of(reading.article, best.quote.start, best.quote.end, "mention")
    raise BadInput(f"{name!r} is no statement, claim, figure, mention, actor or article of this case")
