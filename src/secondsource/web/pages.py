"""a request for a page -> HTML that needs no script: the sections of the dossier, search, articles, lines, trace, review"""

import hashlib
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any, get_args
from urllib.parse import parse_qsl, quote, unquote, urlencode

from jinja2 import Environment, PackageLoader
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.case.showing import Shown
from secondsource.errors import BadInput
from secondsource.model import Bound, Decision, Quote, Scope, SegmentKind
from secondsource.render import chaindrawing, html, passport
from secondsource.render.answers import question_anchor
from secondsource.render.phrases import number as amount
from secondsource.render.phrases import plural
from secondsource.render.sections import SECTIONS
from secondsource.resolve.rulings import in_force
from secondsource.store.search import KINDS as HITS
from secondsource.web.asking import Question, question
from secondsource.web.body import body
from secondsource.web.desk import Desk, Snapshot
from secondsource.web.doors import form_token
from secondsource.web.passages import Passage, passages
from secondsource.web.ruling import ASKED, OF, ROLES, decided, from_form

VERDICTS = (
    "conflicting", "internally_inconsistent", "disputed", "denied", "revised", "updated", "supported", "compatible",
    "single_origin", "not_comparable", "possible",
)  # fmt: skip
EMPTY = {"blame": "Nobody blames anybody in these reports.", "terms": "No thing has two names in these reports.",
         "utterances": "No statement is reported twice.", "pledges": "No pledge was found."}  # fmt: skip
DOUBTS, DECISIONS, PAPERS, LINES = 10, 30, 100, 300
FRESH = 4.0  # seconds that a kept decision waits for its dossier
BY = "secondsource-by"
UNSAID = frozenset({"id", "article", "text", "sha256", "name", "segments", "evidence", "content", "attribution", "parent"})
WRONG = {400: "That cannot be done", 403: "Refused", 404: "There is no such page", 413: "Too long"}


class Pages:
    """All pages of one case."""

    def __init__(self, desk: Desk, token: str) -> None:
        self.desk, self.form = desk, form_token(token)
        self.style, self.style_hash = stylesheet()

    # What every page has

    def page(self, request: Request, template: str, title: str, *, status: int = 200, **held: Any) -> Response:
        snapshot, behind = self.desk.current()
        counts = snapshot.sections.counts()
        shown = [name for name in SECTIONS if counts[name] or name == "method"]
        menu: list[tuple[str, str, int | None]] = [
            ("/", "At a glance", None),
            *((f"/section/{name}", SECTIONS[name][0], counts[name]) for name in shown),
            ("/articles", "Articles", len(snapshot.sections.papers)),
        ]
        tools: list[tuple[str, str, int | None]] = [
            ("/search", "Search", None),
            ("/trace", "Trace", None),
            ("/review", "Review", len(snapshot.doubts)),
            ("/decisions", "Decisions", len(snapshot.dossier.decisions)),
        ]
        address = "/" + request.url.path.lstrip("/") + (f"?{request.url.query}" if request.url.query else "")
        given = {
            "title": title, "case": snapshot.name, "run": snapshot.run, "menu": menu, "tools": tools, "here": request.url.path,
            "address": address, "behind": behind, "trouble": self.desk.trouble, "style": self.style_hash, "form": self.form,
            "told": self._kept(request, snapshot), "by": unquote(request.cookies.get(BY, ""))[:200],
            "look": snapshot.sections.look, "undone": undone(snapshot), **held,
        }  # fmt: skip
        return HTMLResponse(environment().get_template(template).render(given), status_code=status)

    def _kept(self, request: Request, snapshot: Snapshot) -> str:
        """What to say of a decision that was just kept."""
        name = request.query_params.get("kept", "")
        found = next((d for d in snapshot.dossier.decisions if d.id == name), None)
        if found is None:
            return ""
        words = "" if found.found else " Its words are not found in any report: it is kept and changes nothing."
        return f"Kept: {ASKED[found.kind][0].lower()}, by {found.by}.{words}"

    def wrong(self, request: Request, words: str, status: int) -> Response:
        return self.page(request, "wrong.html.j2", WRONG.get(status, "That did not work"), status=status, words=words)

    # Sections

    def front(self, request: Request) -> Response:
        snapshot, _ = self.desk.current()
        sections = snapshot.sections
        held: dict[str, Any] = {"v": sections.view, "glance": sections.glance(), "doubts": len(snapshot.doubts)}
        return self.page(request, "front.html.j2", "At a glance", **held)

    def section(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in SECTIONS:
            return self.wrong(request, f"There is no section {name!r}: choose one of the list above.", 404)
        part = self.desk.current()[0].sections.section(name, number(request))
        return self.page(request, "section.html.j2", part.title, part=part, name=name, EMPTY=EMPTY)

    def articles(self, request: Request) -> Response:
        papers = self.desk.current()[0].sections.view.papers
        part, shown = slice_of(papers, number(request), PAPERS)
        return self.page(request, "articles.html.j2", "Articles", part=part, papers=shown)

    def article(self, request: Request) -> Response:
        name, sections = request.path_params["name"], self.desk.current()[0].sections
        paper = sections.papers.get(name)
        if paper is None:
            return RedirectResponse(f"/line/{quote(name)}", status_code=303)
        reading = sections.look.readings[name]
        found: list[tuple[str, str, tuple[Quote, ...]]] = [
            *((a.id, "statement", sections.look.content(a)) for a in reading.attributions),
            *((c.id, "claim", c.evidence) for c in reading.claims),
            *((f.id, "figure", f.evidence) for f in reading.figures),
        ]
        found.sort(key=lambda line: (line[2][0].start if line[2] else 0, line[1]))
        lines = [SimpleNamespace(id=i, kind=k, text=" […] ".join(q.exact for q in quotes)) for i, k, quotes in found[:LINES]]
        held: dict[str, Any] = {"d": paper, "pieces": sections.pieces(name), "lines": lines}
        return self.page(request, "article.html.j2", f"Article {paper.number}: {paper.outlet}", **held)

    # Asking

    def search(self, request: Request) -> Response:
        labels = {name: paper.outlet for name, paper in self.desk.current()[0].sections.papers.items()}
        held: dict[str, Any] = {"hits": None, "more": "", "wrong": "", "asked": Question(), "labels": labels}
        try:
            asked = held["asked"] = question(request.query_params)
            if asked.given:
                hits = self._hits(asked)
                held |= {"hits": hits[: asked.limit]}
                if len(hits) > asked.limit:
                    pairs = [(k, v) for k, v in request.query_params.multi_items() if k != "limit"]
                    held["more"] = (
                        f"/search?{urlencode([*pairs, ('limit', str(min(500, asked.limit + 50)))])}"
                        if asked.limit < 500
                        else ""
                    )
        except BadInput as mistake:
            held["wrong"] = str(mistake)
        query = held["asked"].text or request.query_params.get("q", "")[:500]
        return self.page(request, "search.html.j2", "Search", query=query, VERDICTS=VERDICTS, HITS=HITS, **held)

    def _hits(self, asked: Question) -> tuple[Any, ...]:
        with self.desk.reading() as case:
            return case.search(asked.text, actor=asked.actor, thing=asked.thing, day=asked.day, verdict=asked.verdict,
                               kind=asked.kind, limit=asked.limit + 1)  # fmt: skip

    def trace(self, request: Request) -> Response:
        sentence = request.query_params.get("sentence", "")[:5000]
        held: dict[str, Any] = {"sentence": sentence, "found": None, "wrong": ""}
        if sentence.strip():
            snapshot = self.desk.current()[0]
            found = snapshot.trace()(sentence)
            sheet = passport.Sheet(found, snapshot.dossier)
            drawing = chaindrawing.tree(found, sheet.page) if found.chains else ""
            held |= {"found": found, "sheet": sheet, "drawing": drawing, "reasons": passport.reasons}
            held |= {"CHANGES": passport.CHANGES, "MATCHES": passport.KINDS, "OBJECTIONS": passport.OBJECTIONS}
        return self.page(request, "trace.html.j2", "Trace a sentence", **held)

    def line(self, request: Request) -> Response:
        name = request.path_params["name"]
        sections = self.desk.current()[0].sections
        if name.startswith(("question-", "answer-", "origin-", "position-", "pledge-", "utterance-", "incident-")) and (
            address := sections.where(anchor_of(name))
        ):
            return RedirectResponse(address, status_code=303)
        try:
            shown = self.desk.show(name)
        except BadInput as mistake:
            return self.wrong(request, str(mistake), 404)
        held = self._line(shown)
        kind = shown.kind if shown.kind in OF else ""
        segments = self._segments(shown) if shown.kind == "article" else ()
        return self.page(
            request, "line.html.j2", held["heading"], shown=shown, kinds=OF.get(kind, ()), segments=segments, **held
        )

    def _line(self, shown: Shown) -> dict[str, Any]:
        sections = self.desk.snapshot.sections
        look = sections.look
        asked = {q.id: q for q in look.dossier.questions}
        questions = [
            (sections.where(question_anchor(asked[q])) or "/", asked[q].text) for q in look.questions_of.get(shown.id, ())
        ]
        found = [replace(p, anchor=self._anchor(p)) for p in passages(shown.places)]
        heading = {"attribution": "Statement"}.get(shown.kind, shown.kind.capitalize())
        if shown.kind in {"actor", "mention"}:
            heading = f"{heading}: {shown.record.get('name') or shown.record.get('quote', {}).get('exact', '')}"
        return {
            "heading": heading, "passages": found, "line": sections.line(shown.id), "questions": questions,
            "facts": facts(shown.record),
            "values": {k: str(v) for k in ("low", "high") if (v := shown.record.get(k)) is not None},
        }  # fmt: skip

    def _anchor(self, passage: Passage) -> str:
        """The mark of a passage's first words on its article's page, empty where no line of the dossier cites them."""
        sections = self.desk.snapshot.sections
        short = sections.look.short.get(passage.article, "")
        named = (f"w-{short}-{p.start}-{p.end}" for p in passage.places)
        return next((name for name in named if name in sections.notes.quotes), "")

    def _segments(self, shown: Shown) -> list[Any]:
        text = str(shown.record.get("text", ""))
        made = [(s["kind"], s["start"], s["end"]) for s in shown.record.get("segments", ())]
        return [SimpleNamespace(kind=k, start=a, end=b, text=" ".join(text[a:b].split())) for k, a, b in made[:LINES]]

    def at(self, request: Request) -> Response:
        """The page that has an anchor of the one-file dossier."""
        address = self.desk.current()[0].sections.where(request.path_params["anchor"])
        return RedirectResponse(address or "/", status_code=303)

    # Ruling

    def review(self, request: Request) -> Response:
        part, shown = slice_of(self.desk.current()[0].doubts, number(request), DOUBTS)
        return self.page(request, "review.html.j2", "Review", part=part, doubts=shown)

    def decisions(self, request: Request) -> Response:
        every = sorted(self.desk.current()[0].dossier.decisions, key=lambda d: (d.date, d.id), reverse=True)
        part, shown = slice_of(every, number(request), DECISIONS)
        return self.page(request, "decisions.html.j2", "Decisions", part=part, decisions=shown)

    async def decide(self, request: Request) -> Response:
        fields = dict(parse_qsl((await body(request)).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40))
        return await run_in_threadpool(self._decide, request, fields)

    def _decide(self, request: Request, fields: Mapping[str, str]) -> Response:
        if fields.get("form") != self.form:
            return self.wrong(request, "This form is not of this server, or of an older one: load the page again.", 403)
        try:
            made: Decision = self.desk.decide(lambda case, at: decided(case, from_form(fields), at))
        except BadInput as mistake:
            return self.wrong(request, f"Nothing was kept: {mistake}. Go back and change it.", 400)
        self.desk.wait(FRESH)
        answer = RedirectResponse(f"/decisions?kept={made.id}", status_code=303)
        answer.set_cookie(BY, quote(made.by[:200]), httponly=True, samesite="strict", path="/")
        return answer


def anchor_of(name: str) -> str:
    """The anchor on the page of a record that is put together from several articles."""
    kind, _, mark = name.rpartition("-")
    return f"{ {'incident': 'i', 'answer': 'a', 'origin': 'o', 'question': 'q'}.get(kind, kind[:1]) }-{mark[:10]}"


def undone(snapshot: Snapshot) -> set[str]:
    """Decisions that another one undoes."""
    return {d.id for d in snapshot.dossier.decisions} - in_force(snapshot.dossier.decisions)


def facts(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a record says, as far as it is short: key and words."""
    made = []
    for key, value in record.items():
        if key in UNSAID or value in (None, "", [], (), {}):
            continue
        if isinstance(value, dict):
            value = value.get("value", value.get("kind", value.get("exact", value)))
            if isinstance(value, dict) and "earliest" in value:
                value = " to ".join(dict.fromkeys(str(value[k]) for k in ("earliest", "latest") if value.get(k)))
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            value = "; ".join(value)
        if isinstance(value, (str, int, float)) and value != "":
            made.append((key, amount(value) if isinstance(value, float) else str(value)))
    return made


def number(request: Request) -> int:
    """The page that is asked for, 1 where it is no number."""
    text = request.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def slice_of(items: Any, page: int, most: int) -> tuple[SimpleNamespace, Any]:
    pages = max(1, -(-len(items) // most))
    page = min(max(1, page), pages)
    return SimpleNamespace(page=page, pages=pages, count=len(items)), items[(page - 1) * most : page * most]


@cache
def environment() -> Environment:
    made = html.environment().overlay(loader=PackageLoader("secondsource.web", "templates"))
    made.globals = {
        **made.globals, "ASKED": ASKED, "ROLES": ROLES, "BOUNDS": get_args(Bound), "SCOPED": get_args(Scope),
        "SEGMENTS": get_args(SegmentKind), "plural": plural, "query": "",
    }  # fmt: skip
    return made


def drawn() -> str:
    """How the drawing of a chain looks, as on the page of its passport."""
    rules = str(html.packaged("passport.css")).splitlines()
    return "\n".join(rule for rule in rules if rule.startswith(".tree"))


@cache
def stylesheet() -> tuple[str, str]:
    """The style sheet of the page with what a server needs, and a mark of it that its address bears."""
    loaded = environment().loader
    assert loaded is not None
    text = f"{html.packaged('page.css')}\n{drawn()}\n{loaded.get_source(environment(), 'served.css')[0]}"
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]
