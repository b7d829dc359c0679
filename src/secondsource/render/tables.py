"""dossier -> CSV files with typed numbers and cells that no spreadsheet takes for a formula.

A text cell that a spreadsheet would run (it begins with = + - @ or their full-width forms, after white space or invisible
characters too) gets a leading apostrophe. The JSON holds the exact words.
"""

from collections.abc import Callable, Iterable, Iterator

from secondsource.model import Dossier, Quote, When
from secondsource.render.foreign import Foreign
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import day

Cell = str | int | float | None
Rows = Iterator[tuple[Cell, ...]]

RUN_BY_SPREADSHEETS = frozenset("=+-@＝＋－＠\t\r\n")
# What no table of ours holds, whatever its format.
LOST = (
    "texts of the articles, mentions, times and segments",
    "utterances, incidents, links, judgements, pledges and the timeline as records of their own",
    "decisions and problems",
    "where second and later stretches of words stand: only the first has offsets",
    "several values of one cell are one text, joined by ;",
)
# What stands before a formula without keeping it from being one.
INVISIBLE = " \u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"


def safe(text: str) -> str:
    """The text as a cell that is never a formula."""
    head = text.lstrip(INVISIBLE)
    return f"'{text}" if head[:1] in RUN_BY_SPREADSHEETS and head else text


def files(dossier: Dossier) -> dict[str, bytes]:
    """File name -> UTF-8 CSV with a header line; text cells are quoted, numbers and empty cells are not."""
    look = Lookup(dossier)
    made = {f"{name}.csv": csv_file(columns, rows(look)) for name, (columns, rows) in TABLES.items()}
    made["codebook.csv"] = csv_file(("table", "column", "holds"), codebook())
    return made


def foreign(dossier: Dossier) -> Foreign:
    """The same files with what they leave out."""
    look = Lookup(dossier)
    rows = sum(1 for _, records in TABLES.values() for _ in records(look))
    changed = "text cells that a spreadsheet would run as a formula have an apostrophe before them"
    return Foreign(files=files(dossier), lost=(*LOST, changed), rows=rows)


def csv_file(columns: Iterable[str], rows: Rows) -> bytes:
    """A header line and the rows as UTF-8 CSV."""
    lines = [",".join(map(_cell, columns)), *(",".join(map(_cell, row)) for row in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _cell(value: Cell) -> str:
    """Text in quotes, numbers bare, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + safe(value).replace('"', '""') + '"'
    return str(int(value)) if value == int(value) else repr(value)


def _joined(words: tuple[str, ...] | list[str]) -> str:
    return "; ".join(words)


def _words(quotes: tuple[Quote, ...]) -> str:
    return " […] ".join(q.exact for q in quotes)


def _place(quotes: tuple[Quote, ...]) -> tuple[Cell, Cell]:
    return (quotes[0].start, quotes[0].end) if quotes else (None, None)


def _ends(when: When | None) -> tuple[Cell, Cell, Cell]:
    return (when.earliest, when.latest, when.precision) if when else (None, None, None)


def _paper(look: Lookup, article: str) -> tuple[Cell, Cell, Cell]:
    held = look.articles[article]
    return article, held.outlet.value, day(look.published(article))


def _statements(look: Lookup) -> Rows:
    for article in look.ordered:
        for a in look.readings[article.id].attributions:
            low, high = look.origins_behind(a)
            roles = [role for s in a.speakers if (role := look.role(s))]
            yield (
                a.id, _joined(look.speakers(a)), _joined([x.id for x in look.speaker_actors(a)]), _joined(roles),
                a.cue.evidence.exact if a.cue.evidence else None, a.cue.kind, a.mode, a.wording, _words(a.content),
                *_ends(a.said), _joined([f"{r.kind}: {r.name}" for r in a.relays]), _joined(look.credits(a.article)),
                a.parent, look.utterance_of.get(a.id), low, high, *_paper(look, a.article), *_place(a.content),
            )  # fmt: skip


def _claims(look: Lookup) -> Rows:
    for article in look.ordered:
        for c in look.readings[article.id].claims:
            yield (
                c.id, c.act, c.object, look.mention_name(c.actor), look.mention_name(c.target), look.mention_name(c.place),
                c.realis, c.polarity, _joined([x.words.exact for x in c.conditions]), *_ends(c.when), c.plover, c.cameo,
                _asserters(look, c.attribution), c.attribution, c.figure, look.incident_of.get(c.id),
                *_paper(look, c.article), _words(c.evidence), *_place(c.evidence),
            )  # fmt: skip


def _asserters(look: Lookup, attribution: str | None) -> str:
    held = look.attributions.get(attribution or "")
    if held is None:
        return "the outlet's own voice"
    return _joined(look.speakers(held)) or "not named"


def _figures(look: Lookup) -> Rows:
    for article in look.ordered:
        for f in look.readings[article.id].figures:
            yield (
                f.id, f.counted, f.whose, f.low, f.high, f.bound, f.scope, f.counter, *_ends(f.as_of), *_ends(f.since),
                _asserters(look, f.attribution), f.attribution, *_paper(look, f.article), _words(f.evidence),
                *_place(f.evidence),
            )  # fmt: skip


def _positions(look: Lookup) -> Rows:
    moved = {s.end: s for s in look.dossier.shifts if s.end}
    for p in sorted(look.dossier.positions, key=lambda p: (look.actor_name(p.actor) or "", p.object, day(p.when), p.id)):
        shift = moved.get(p.id)
        yield (
            p.id, look.actor_name(p.actor), p.actor, p.object, p.act, *_ends(p.when),
            _joined([q.exact for q in p.conditions]), shift.kind if shift else None, shift.reason if shift else None,
            p.utterance, len(p.origins), _words(p.evidence), p.evidence[0].article if p.evidence else None, *_place(p.evidence),
        )  # fmt: skip


def _origins(look: Lookup) -> Rows:
    for o in look.dossier.origins:
        for article in o.articles:
            held = look.articles[article]
            reasons = [f"{r.kind}: {r.text}" for r in o.reasons]
            yield (
                o.id, o.name, "yes" if o.known else "no", len(o.articles), article, held.outlet.value,
                _joined(look.credits(article)), _joined(reasons), _joined(o.derived),
            )  # fmt: skip


def _answers(look: Lookup) -> Rows:
    for q in look.dossier.questions:
        for a in q.answers:
            who = [look.actor_name(s.actor) or "an outlet's own voice" for s in a.asserted_by]
            yield (
                q.id, q.kind, q.text, q.verdict, q.rule, q.reason, a.id, a.text, _joined(who),
                _joined([look.actor_name(x) or x for x in a.denied_by]), a.reported_by.origins_low, a.reported_by.origins_high,
                len(a.reported_by.articles), a.witnesses, a.documents, _words(a.evidence),
            )  # fmt: skip


def _articles(look: Lookup) -> Rows:
    for article in look.ordered:
        published: When | None = article.published.value
        yield (
            article.id, article.name, article.sha256, article.language, article.outlet.value, article.outlet.basis,
            article.title.value, article.byline.value, *_ends(published), article.published.basis,
            article.url, look.origin_of.get(article.id), len(article.text),
        )  # fmt: skip


def codebook() -> Rows:
    """What each column of each table holds."""
    for table, (columns, _) in TABLES.items():
        for column, holds in columns.items():
            yield f"{table}.csv", column, holds


def _when(name: str, what: str) -> dict[str, str]:
    return {
        f"{name}_earliest": f"{what}: first day or minute, ISO 8601; empty: open or not known",
        f"{name}_latest": f"{what}: last day or minute, both ends inclusive",
        f"{name}_precision": "minute, hour, day, range, month, year, unknown",
    }


_PAPER = {
    "article": "id of the article",
    "outlet": "who published, empty: not stated",
    "published": "day of publication in words",
}
_EVIDENCE = {
    "words": "the exact words, stretches joined by […]",
    "start": "code point in the article's text",
    "end": "exclusive",
}
_SPAN = {"start": "code point in the article's text where the words begin", "end": "exclusive"}

TABLES: dict[str, tuple[dict[str, str], Callable[[Lookup], Rows]]] = {
    "statements": (
        {"id": "attribution", "speakers": "names, empty: not known", "actors": "ids of actors", "roles": "as printed",
         "verb": "as printed", "kind": "kind of cue", "mode": "direct, indirect, mixed", "wording": "status of the words",
         "words": "exact words of the content", **_when("said", "when it was said"), "relays": "channels it came through",
         "copied_from": "whose text the article carries", "parent": "attribution that encloses this one",
         "utterance": "act of speech", "origins_low": "independent origins at least", "origins_high": "at most",
         **_PAPER, **_SPAN}, _statements),
    "claims": (
        {"id": "claim", "act": "see docs/vocabulary.md", "object": "of the act", "actor": "who does it", "target": "to whom",
         "place": "where", "realis": "actual, planned, …", "polarity": "positive or negative", "conditions": "their words",
         **_when("when", "when it happened"), "plover": "PLOVER root", "cameo": "CAMEO root", "asserted_by": "who says so",
         "attribution": "empty: the outlet's own voice", "figure": "id", "incident": "id", **_PAPER, **_EVIDENCE}, _claims),
    "figures": (
        {"id": "figure", "counted": "what", "whose": "as printed", "low": "least", "high": "most, empty: open",
         "bound": "see docs/vocabulary.md", "scope": "one event, added, in all", "counter": "who counted, empty: not named",
         **_when("as_of", "as of"), **_when("since", "counted since"), "asserted_by": "who says so", "attribution": "id",
         **_PAPER, **_EVIDENCE}, _figures),
    "positions": (
        {"id": "position", "actor": "name", "actor_id": "id", "object": "of the act", "act": "demand, refuse, …",
         **_when("when", "when it was said"), "conditions": "their words", "shift": "against the position before",
         "shift_reason": "", "utterance": "act of speech", "origins": "origins that report it", "words": "exact words",
         "article": "of the first words", **_SPAN}, _positions),
    "origins": (
        {"origin": "id", "name": "empty: not known", "known": "an outlet or a credit is stated", "articles": "how many",
         "article": "id", "outlet": "who published", "copied_from": "by its own words", "reasons": "why they are one",
         "leans_on": "origins that it partly derives from"}, _origins),
    "answers": (
        {"question": "id", "kind": "of question", "text": "the question", "verdict": "of the question", "rule": "that gave it",
         "reason": "in words", "answer": "id", "answer_text": "", "asserted_by": "who says that it is so",
         "denied_by": "who says that it is not", "origins_low": "independent origins at least", "origins_high": "at most",
         "articles": "how many", "witnesses": "named eyewitnesses", "documents": "seen", "words": "exact words"}, _answers),
    "articles": (
        {"id": "article", "name": "of the file", "sha256": "of the bytes", "language": "", "outlet": "empty: not stated",
         "outlet_basis": "stated, inferred, hint, absent", "title": "", "byline": "", **_when("published", "published"),
         "published_basis": "", "url": "", "origin": "id", "code_points": "length of the text"}, _articles),
}  # fmt: skip
