"""keys -> articles that belong into one case: SQL proposes, and the rules of `resolve` decide within the case.

The same SQL runs on DuckDB and on Spark. No key makes all pairs: one that few hold makes pairs, one that many hold makes a star
(each with the least), a term that very many hold joins each article with its neighbours in time. All joins are closed: two
articles that any of the rules could join for their words alone stand in one case.
"""

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec

from secondsource.engine import components
from secondsource.errors import BadInput
from secondsource.model import identify
from secondsource.resolve import overlap, reworded, stories

MOST = 1500  # articles a case: a larger one is cut into runs of days, and said to be cut
ROWS = 10_000


class Sql(Protocol):
    """What runs the joins."""

    def view(self, name: str, files: Path) -> None:
        """A name for the Parquet files of a folder."""
        ...

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]: ...


class Duck:
    """DuckDB in this process. `memory`: what it may hold, the rest goes to `spill`."""

    def __init__(self, spill: Path, memory: str = "300MB") -> None:
        try:
            import duckdb
        except ImportError:
            raise BadInput("the archive needs DuckDB and pyarrow; install secondsource[archive]") from None
        self.held = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(spill), "threads": 2})
        self.held.execute("SET preserve_insertion_order = false")

    def view(self, name: str, files: Path) -> None:
        where = str(files.resolve()).replace("'", "''")
        query = f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{where}/*.parquet')"  # noqa: S608  quoted above
        self.held.execute(query)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        found = self.held.cursor().execute(query)
        while rows := found.fetchmany(ROWS):
            yield from rows


# Pairs that share at least this much; {most} holders make pairs, more make a star of the least with each.
PAIRS = """
WITH k AS ({keys}),
h AS (SELECT key, count(*) AS many, min(article) AS least FROM k GROUP BY key HAVING count(*) >= 2),
p AS (
  SELECT a.article AS l, b.article AS r FROM h JOIN k a ON a.key = h.key JOIN k b ON b.key = h.key
  WHERE h.many <= {most} AND a.article < b.article
  UNION ALL
  SELECT h.least AS l, b.article AS r FROM h JOIN k b ON b.key = h.key WHERE h.many > {most} AND b.article > h.least
)
SELECT l, r, count(*) AS shared FROM p GROUP BY l, r"""
NOW = "SELECT k.key, k.article FROM keys k JOIN given g ON g.id = k.article WHERE k.kind = '{kind}'"
# Articles of equal words are compared once.
FIRSTS = """
SELECT k.key, k.article FROM keys k JOIN given g ON g.id = k.article WHERE k.kind = 'gram' AND k.article IN (
  SELECT min(w.article) FROM keys w JOIN given v ON v.id = w.article WHERE w.kind = 'whole' GROUP BY w.key
)"""
COPIES = """
SELECT s.l, s.r FROM ({pairs}) s JOIN readings a ON a.id = s.l JOIN readings b ON b.id = s.r
WHERE s.shared >= least({fewest}, a.grams, b.grams) AND s.shared >= {partly} * least(a.grams, b.grams)"""
STAR = """
SELECT h.least, k.article FROM (SELECT key, min(article) AS least FROM ({keys}) m GROUP BY key HAVING count(*) >= 2) h
JOIN ({keys}) k ON k.key = h.key WHERE k.article > h.least"""
# Pairs that share enough rare anchors, and then enough of all they have.
REWORDED = """
WITH near AS (SELECT l, r FROM ({pairs}) s WHERE shared >= {proposing}), k AS ({keys})
SELECT n.l, n.r FROM near n JOIN k a ON a.article = n.l JOIN k b ON b.article = n.r AND b.key = a.key
JOIN readings x ON x.id = n.l JOIN readings y ON y.id = n.r
GROUP BY n.l, n.r, x.anchors, y.anchors
HAVING count(*) >= {fewest} AND count(*) >= {share} * least(x.anchors, y.anchors)"""
RARE = """
SELECT k.key, k.article FROM ({keys}) k
JOIN (SELECT key FROM ({keys}) m GROUP BY key HAVING count(*) BETWEEN 2 AND {rare}) r ON r.key = k.key"""
# Each article with its neighbours in time among those who share a term.
STORIES = """
WITH k AS (
  SELECT k.key, k.article, row_number() OVER (PARTITION BY k.key ORDER BY k.day, k.article) AS place
  FROM keys k JOIN given g ON g.id = k.article WHERE k.kind = 'term'
), p AS (
  SELECT least(a.article, b.article) AS l, greatest(a.article, b.article) AS r
  FROM k a JOIN k b ON b.key = a.key AND b.place > a.place AND b.place <= a.place + {neighbours}
)
SELECT l, r FROM p GROUP BY l, r HAVING count(*) >= {shared} ORDER BY l, r"""


def edges(sql: Sql, terms: "Terms") -> Iterator[tuple[str, str]]:
    """Pairs of articles that belong into one case, for the views `keys`, `readings` and `given`."""
    whole, run, anchor = (NOW.format(kind=kind) for kind in ("whole", "run", "anchor"))
    yield from _pairs(sql, STAR.format(keys=whole))
    grams = PAIRS.format(keys=FIRSTS, most=overlap.COMMON)
    yield from _pairs(sql, COPIES.format(pairs=grams, fewest=overlap.FEWEST, partly=overlap.PARTLY))
    yield from _pairs(sql, STAR.format(keys=run))
    near = PAIRS.format(keys=RARE.format(keys=anchor, rare=reworded.RARE), most=reworded.RARE)
    found = REWORDED.format(
        pairs=near, keys=anchor, proposing=reworded.PROPOSING, fewest=reworded.FEWEST, share=reworded.ANCHORS
    )  # fmt: skip
    yield from _pairs(sql, found)
    yield from told_together(sql, terms)


def _pairs(sql: Sql, query: str) -> Iterator[tuple[str, str]]:
    yield from ((left, right) for left, right in sql.rows(query))


def told_together(sql: Sql, terms: "Terms") -> Iterator[tuple[str, str]]:
    """Pairs that tell of one story: what SQL proposes, `resolve.stories` decides."""
    held: dict[int, float] = {}
    before = day = ""
    for left, right in sql.rows(STORIES.format(neighbours=stories.NEIGHBOURS, shared=stories.SHARED_KEYS)):
        if left != before:
            mine = terms(left)
            held, before, day = dict(zip(mine.terms, mine.weights, strict=True)), left, mine.day
        if stories.one_story(held, day, terms(right)):
            yield left, right


class Terms:
    """Every article's weighed terms, looked up one by one on disk: as rows beside their pairs they would fill the memory."""

    def __init__(self, path: Path, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """`path`: where they are laid down. `rows`: article, day, what `packed_terms` gives."""
        self.at: dict[str, tuple[int, int, str]] = {}
        with path.open("wb") as file:
            for article, day, packed in rows:
                self.at[article] = file.tell(), len(packed), day
                file.write(packed)
        self.file = path.open("rb")

    def __call__(self, article: str) -> stories.Weighed:
        start, size, day = self.at[article]
        self.file.seek(start)
        return unpacked_terms(article, day, self.file.read(size))

    def close(self) -> None:
        self.file.close()


def packed_terms(told: stories.Weighed) -> bytes:
    """An article's terms and weights as a table holds them."""
    return msgspec.msgpack.encode((told.terms.tobytes(), told.weights.tobytes()))


def unpacked_terms(article: str, day: str, packed: bytes) -> stories.Weighed:
    """What `packed_terms` packed."""
    terms, weights = array("Q"), array("d")
    held = msgspec.msgpack.decode(packed, type=tuple[bytes, bytes])
    terms.frombytes(held[0])
    weights.frombytes(held[1])
    return stories.Weighed(article=article, day=day, terms=terms, weights=weights, keys=())


def cases(days: dict[str, str], pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Case -> its articles, and the cases that are pieces of a larger one. `days`: article -> its day, "" where not known.

    A case is named by its articles: what changes makes another case, and what does not is found again.
    """
    members: dict[str, list[str]] = {}
    for article, root in components(days, pairs).items():
        members.setdefault(root, []).append(article)
    made: dict[str, tuple[str, ...]] = {}
    cut: list[str] = []
    for found in members.values():
        ordered = sorted(found, key=lambda a: (days[a], a))
        for start in range(0, len(ordered), MOST):
            held = tuple(sorted(ordered[start : start + MOST]))
            name = identify("case", *held)
            made[name] = held
            cut += [name] if len(ordered) > MOST else []
    return made, tuple(cut)
