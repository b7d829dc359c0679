"""the tables of case.db, as numbered steps: what one step has made is never changed, a later step is added

Rows of one article are written in one transaction and never changed after it, but for `erase`. `verdicts` and `derived` can be
thrown away at any time. `lines` holds what can be searched for; every row of it follows from the article's reading.
"""

FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE runs (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL, by TEXT NOT NULL,
  version TEXT NOT NULL, model TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TABLE articles (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lineage TEXT NOT NULL, sha256 TEXT NOT NULL,
  papers TEXT NOT NULL, pack TEXT NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (number), reading BLOB, digest TEXT NOT NULL
) STRICT;
CREATE INDEX articles_lineage ON articles (lineage) WHERE lineage <> '';
CREATE INDEX articles_sha256 ON articles (sha256);
CREATE TABLE gone (
  article TEXT NOT NULL REFERENCES articles (id), run INTEGER NOT NULL REFERENCES runs (number), what TEXT NOT NULL,
  reason TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (article, what)
) STRICT;
CREATE TABLE problems (
  n INTEGER PRIMARY KEY, papers TEXT NOT NULL UNIQUE, name TEXT NOT NULL, stage TEXT NOT NULL, text TEXT NOT NULL,
  sha256 TEXT NOT NULL, pack TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (number), digest TEXT NOT NULL
) STRICT;
CREATE TABLE decisions (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, papers TEXT NOT NULL, body BLOB,
  run INTEGER NOT NULL REFERENCES runs (number), digest TEXT NOT NULL
) STRICT;
CREATE TABLE lines (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles (n), kind TEXT NOT NULL,
  actor TEXT NOT NULL, thing TEXT NOT NULL, days TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX lines_article ON lines (article);
CREATE INDEX lines_id ON lines (id);
CREATE VIRTUAL TABLE words USING fts5 (
  text, actor, thing, days, kind, content = 'lines', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE verdicts (line TEXT NOT NULL, verdict TEXT NOT NULL, question TEXT NOT NULL) STRICT;
CREATE INDEX verdicts_verdict ON verdicts (verdict, line);
CREATE INDEX verdicts_line ON verdicts (line);
CREATE TABLE derived (key TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
"""

STEPS: tuple[str, ...] = (FIRST,)
