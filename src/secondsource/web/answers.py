"""a request of a program -> JSON: dossier, search, lines, trace, decisions; and the document that describes these answers"""

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from secondsource.case.doubts import Doubt
from secondsource.case.showing import Shown
from secondsource.errors import BadInput
from secondsource.model import Decision, Passport, Problem, Record
from secondsource.render import exports
from secondsource.store.search import Hit
from secondsource.web.asking import LONGEST, MOST, question
from secondsource.web.body import body
from secondsource.web.desk import Desk, Snapshot
from secondsource.web.ruling import Ruling, decided

Json = dict[str, Any]
SENTENCE = 5000


class About(Record, frozen=True, kw_only=True):
    """The case in a few numbers. `behind`: it has changed, and the answers are still of the state before."""

    name: str
    run: int
    version: str
    articles: int
    statements: int
    origins_low: int
    origins_high: int
    doubts: int
    decisions: int
    behind: bool


class Listed(Record, frozen=True, kw_only=True):
    """One article without its text."""

    id: str
    number: int
    name: str
    outlet: str
    published: str
    title: str | None
    url: str | None
    statements: int


class Wrong(Record, frozen=True, kw_only=True):
    """What was wrong, and what to do."""

    error: str


def answer(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")


def wrong(words: str, status: int) -> Response:
    return answer(Wrong(error=words), status)


class Answers:
    """All JSON of one case."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._whole: tuple[Snapshot, bytes] | None = None

    def about(self, request: Request) -> Response:  # noqa: ARG002
        snapshot, behind = self.desk.current()
        v = snapshot.sections.view
        return answer(
            About(
                name=snapshot.name, run=snapshot.run, version=snapshot.dossier.version, articles=v.articles,
                statements=v.statements, origins_low=v.low, origins_high=v.high, doubts=len(snapshot.doubts),
                decisions=len(snapshot.dossier.decisions), behind=behind,
            )
        )  # fmt: skip

    def dossier(self, request: Request) -> Response:  # noqa: ARG002
        snapshot, _ = self.desk.current()
        if self._whole is None or self._whole[0] is not snapshot:
            self._whole = (snapshot, exports.to_json(snapshot.dossier))
        return Response(self._whole[1], media_type="application/json")

    def articles(self, request: Request) -> Response:  # noqa: ARG002
        papers = self.desk.current()[0].sections.view.papers
        return answer([
            Listed(id=p.article.id, number=p.number, name=p.article.name, outlet=p.outlet, published=p.published,
                   title=p.article.title.value, url=p.article.url, statements=p.statements)
            for p in papers
        ])  # fmt: skip

    def search(self, request: Request) -> Response:
        try:
            asked = question(request.query_params)
            with self.desk.reading() as case:
                hits = case.search(asked.text, actor=asked.actor, thing=asked.thing, day=asked.day, verdict=asked.verdict,
                                   kind=asked.kind, limit=asked.limit)  # fmt: skip
        except BadInput as mistake:
            return wrong(str(mistake), 400)
        return answer(hits)

    def show(self, request: Request) -> Response:
        try:
            return answer(self.desk.show(request.path_params["name"]))
        except BadInput as mistake:
            return wrong(str(mistake), 404)

    def trace(self, request: Request) -> Response:
        sentence = request.query_params.get("sentence", "")
        if not sentence.strip() or len(sentence) > SENTENCE:
            return wrong(f"give one sentence of at most {SENTENCE} characters as ?sentence=…", 400)
        return answer(self.desk.current()[0].trace()(sentence))

    def doubts(self, request: Request) -> Response:  # noqa: ARG002
        return answer(self.desk.current()[0].doubts)

    def problems(self, request: Request) -> Response:  # noqa: ARG002
        return answer(self.desk.current()[0].dossier.problems)

    def decisions(self, request: Request) -> Response:  # noqa: ARG002
        return answer(self.desk.current()[0].dossier.decisions)

    async def decide(self, request: Request) -> Response:
        if not request.scope["state"].get("bearer"):
            return wrong("send the token as `Authorization: Bearer …`: a cookie alone cannot change the case", 403)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return wrong("send the decision as application/json", 415)
        payload = await body(request)
        return await run_in_threadpool(self._decide, payload)

    def _decide(self, payload: bytes) -> Response:
        try:
            ruling = msgspec.json.decode(payload, type=Ruling)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return wrong(f"this is no decision ({error}): see /openapi.json", 400)
        try:
            made = self.desk.decide(lambda case, at: decided(case, ruling, at))
        except BadInput as mistake:
            return wrong(str(mistake), 400)
        return answer(made, 201)

    def openapi(self, request: Request) -> Response:  # noqa: ARG002
        return answer(document())

    def routes(self) -> dict[str, dict[str, Callable[..., Any]]]:
        """Path -> method -> who answers."""
        return {
            "/api/case": {"GET": self.about}, "/api/dossier": {"GET": self.dossier}, "/api/articles": {"GET": self.articles},
            "/api/search": {"GET": self.search}, "/api/show/{name}": {"GET": self.show}, "/api/trace": {"GET": self.trace},
            "/api/doubts": {"GET": self.doubts}, "/api/problems": {"GET": self.problems},
            "/api/decisions": {"GET": self.decisions, "POST": self.decide},
        }  # fmt: skip


def document() -> Json:
    """The OpenAPI document of all answers."""
    kinds = (About, Decision, Doubt, Hit, Listed, Passport, Problem, Ruling, Shown, Wrong)
    _, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}", schema_hook=_anything)
    schemas["Ruling"]["required"] = ["kind", "id", "by"]
    schemas["Dossier"] = {
        "type": "object",
        "description": "All records: secondsource/dossier/1, see dossier.schema.json",
    }
    text = {"type": "string", "maxLength": LONGEST}
    asked = [_parameter(name, text) for name in ("q", "actor", "object", "day", "verdict", "kind")]
    asked.append(_parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}))
    sentence = _parameter("sentence", {"type": "string", "minLength": 1, "maxLength": SENTENCE}, required=True)
    name = _parameter("name", {"type": "string", "minLength": 1}, where="path", required=True)
    body_of = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ruling"}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Second Source: one case", "version": "1", "description": "Read-only but for POST /api/decisions."},
        "security": [{"token": []}],
        "paths": {
            "/api/case": {"get": _does("The case in a few numbers", "About")},
            "/api/dossier": {"get": _does("Every record of the dossier", "Dossier")},
            "/api/articles": {"get": _does("The articles without their texts", "Listed", many=True)},
            "/api/search": {"get": _does("Lines with all of the words", "Hit", asked, many=True, errors=(400,))},
            "/api/show/{name}": {"get": _does("A line by its id, and its words", "Shown", [name], errors=(404,))},
            "/api/trace": {"get": _does("Where a sentence comes from", "Passport", [sentence], errors=(400,))},
            "/api/doubts": {"get": _does("Lines that a person should look at", "Doubt", many=True)},
            "/api/problems": {"get": _does("What could not be read", "Problem", many=True)},
            "/api/decisions": {
                "get": _does("What named people ruled", "Decision", many=True),
                "post": _does("Rule on a line", "Decision", errors=(400, 403, 413, 415), ok=201) | {"requestBody": body_of},
            },
        },
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _anything(kind: type) -> Json:  # noqa: ARG001
    """A Decision's value may be anything that JSON holds."""
    return {"description": "any JSON value"}


def _parameter(name: str, schema: Json, *, where: str = "query", required: bool = False) -> Json:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _does(
    words: str,
    schema: str,
    parameters: list[Json] | None = None,
    *,
    many: bool = False,
    errors: tuple[int, ...] = (),
    ok: int = 200,
) -> Json:
    held: Json = {"$ref": f"#/components/schemas/{schema}"}
    of = {"type": "array", "items": held} if many else held
    answers: Json = {str(ok): {"description": words, "content": {"application/json": {"schema": of}}}}
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/Wrong"}}}
    answers |= {str(code): {"description": "What was wrong, in words", "content": told} for code in errors}
    answers["401"] = {"description": "No token, or a wrong one", "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"summary": words, "parameters": parameters or [], "responses": answers}
