"""words and filters -> lines that have them

What a user writes is never taken as a query: every word is looked for as it stands, words between quotation marks as a phrase,
a word that ends in * by its beginning. Of few finds the shortest, where the words weigh most, come first; many come newest
first: FTS5's own weighing walks every row that has any of the words, which a filter like a year has on every page.
"""

import re
import sqlite3

from secondsource.errors import BadInput
from secondsource.model import Record
from secondsource.store.db import Tables

KINDS = ("statement", "claim", "figure", "article")
WEIGHED = 400  # finds up to which the best come first
_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
AROUND = 90  # code points shown on each side of the first word that is found
SHOWN = 320


class Hit(Record, frozen=True, kw_only=True):
    """A line that was found: its id and kind, its article's id and name, who and what it is about, and its words.

    `verdicts`: of the questions that it answers, in the dossier that was last put together.
    """

    id: str
    kind: str
    article: str
    name: str
    actor: str
    thing: str
    days: tuple[str, ...]
    text: str
    verdicts: tuple[str, ...] = ()


class Asked(Record, frozen=True, kw_only=True):
    """What is looked for. `day`: 2031, 2031-05 or 2031-05-09."""

    text: str = ""
    actor: str | None = None
    thing: str | None = None
    day: str | None = None
    verdict: str | None = None
    kind: str | None = None
    limit: int = 50


def search(tables: Tables, asked: Asked) -> tuple[Hit, ...]:
    """The lines of articles that are neither retracted nor superseded. Raises BadInput where nothing is asked for."""
    query = match(asked)
    if not query and not asked.verdict:
        raise BadInput("nothing to look for: give words, or an actor, an object, a day or a verdict")
    chosen, values = [], []
    if query:
        chosen.append("l.n IN (SELECT rowid FROM words WHERE words MATCH ?)" if asked.verdict else "words MATCH ?")
        values.append(query)
    if asked.verdict:
        chosen.append("l.id IN (SELECT line FROM verdicts WHERE verdict = ?)")
        values.append(asked.verdict.replace(" ", "_"))
    tables_named = "lines l" if asked.verdict or not query else "words CROSS JOIN lines l ON l.n = words.rowid"
    # CROSS: the full-text index is asked first, whatever the order. By the row's own number it can stop after the first
    # finds; by any other column it would list them all.
    order = "l.n DESC" if asked.verdict or not query else "words.rowid DESC"
    if query and not asked.verdict and _few(tables, query):
        order = "length(l.text), words.rowid DESC"
    sql = (
        "SELECT l.id, l.kind, a.id AS article, a.name, l.actor, l.thing, l.days, l.text FROM "  # noqa: S608  our own words
        f"{tables_named} JOIN articles a ON a.n = l.article WHERE {' AND '.join(chosen)} "
        "AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.article = a.id) "
        "AND (a.lineage = '' OR NOT EXISTS (SELECT 1 FROM articles b "
        "WHERE b.lineage = a.lineage AND b.lineage <> '' AND b.n > a.n "
        "AND NOT EXISTS (SELECT 1 FROM gone h WHERE h.article = b.id))) "
        f"ORDER BY {order} LIMIT ?"
    )
    words = [part.casefold() for part in re.findall(r"\w+", asked.text)]
    return tuple(_hit(tables, row, words) for row in tables.rows(sql, *values, max(1, asked.limit)))


def _few(tables: Tables, query: str) -> bool:
    sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return int(tables.value(sql, query, WEIGHED + 1)) <= WEIGHED


def match(asked: Asked) -> str:
    """The query that FTS5 understands. Raises BadInput for a day or a kind that there is not."""
    if asked.kind and asked.kind not in KINDS:
        raise BadInput(f"{asked.kind!r} is none of {', '.join(KINDS)}")
    parts = [_column("text", asked.text), _column("actor", asked.actor or ""), _column("thing", asked.thing or "")]
    if asked.day:
        if not _DAY.fullmatch(asked.day):
            raise BadInput(f"{asked.day!r} is no day: write 2031-05-09, 2031-05 or 2031")
        parts.append(f'days : "{"ymd"[asked.day.count("-")]}{asked.day.replace("-", "")}"')
    if asked.kind:
        parts.append(f'kind : "{asked.kind}"')
    found = [part for part in parts if part]
    return " AND ".join(found) if any(found[: len(found) - bool(asked.kind)]) else ""


def _column(name: str, text: str) -> str:
    """All parts of a user's text, quoted, in one column."""
    terms = []
    for phrase, word in _PARTS.findall(text):
        plain = (phrase or word).replace('"', " ").replace("\x00", " ").strip()
        if _WORD.search(plain):
            terms.append(f'"{plain.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    return f"{name} : ({' AND '.join(terms)})" if terms else ""


def _hit(tables: Tables, row: sqlite3.Row, words: list[str]) -> Hit:
    verdicts = tables.rows("SELECT DISTINCT verdict FROM verdicts WHERE line = ? ORDER BY verdict", row["id"])
    shown = tuple(f"{d[1:5]}-{d[5:7]}-{d[7:9]}" for d in row["days"].split() if d.startswith("d"))
    text = row["text"] if row["kind"] != "article" else _around(row["text"], words)
    return Hit(
        id=row["id"], kind=row["kind"], article=row["article"], name=row["name"], actor=row["actor"], thing=row["thing"],
        days=(shown[0], shown[-1]) if len(shown) > 1 else shown, text=text, verdicts=tuple(v[0] for v in verdicts),
    )  # fmt: skip


def _around(text: str, words: list[str]) -> str:
    """The words around the first of `words` in a long text, on one line."""
    low = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    places = [at for word in words if (at := low.find(word)) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    cut = " ".join(text[start : start + SHOWN].split())
    return ("… " if start else "") + cut + (" …" if start + SHOWN < len(text) else "")
