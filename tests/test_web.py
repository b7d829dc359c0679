"""A served case: who is let in, what its pages show, what its forms keep, and that no request brings it down."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from invented import Draft, story
from secondsource.case import Case
from secondsource.model import Article, Reading
from secondsource.resolve.rulings import KINDS
from secondsource.web.app import application
from secondsource.web.desk import Desk
from secondsource.web.doors import HEADERS, form_token, loopback, names
from shelf import AT, Shelf, documents, made

TOKEN, HOST = "a-token-for-tests", "127.0.0.1:8080"
NOW = "2031-06-02T08:00:00Z"


class Reader(Shelf):
    """A reader that finds nothing in what is pasted or read again."""

    def attribute(self, article: Article) -> Reading:
        return Reading(article=article)


class Browser:
    """Asks the application without any network, as a browser that has the cookie or as one that has not."""

    def __init__(self, app: Any, *, known: bool = True) -> None:
        self.app, self.cookies = app, httpx.Cookies()
        if known:
            answer = self.get(f"/?token={TOKEN}", follow=False)
            name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
            self.cookie = f"{name}={value}"
        else:
            self.cookie = ""

    def send(self, method: str, path: str, *, content: str | bytes = b"", host: str = HOST, **headers: str) -> httpx.Response:
        import anyio

        given = {k.replace("_", "-"): v for k, v in headers.items()} | {"host": host}
        if getattr(self, "cookie", ""):
            given.setdefault("cookie", self.cookie)

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, content=content, headers=given)

        return anyio.run(asked)

    def get(self, path: str, *, follow: bool = True, **headers: str) -> httpx.Response:
        answer = self.send("GET", path, **headers)
        while follow and answer.status_code == 303:
            answer = self.send("GET", answer.headers["location"], **headers)
        return answer

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        given = {"content_type": "application/x-www-form-urlencoded", "origin": f"http://{HOST}"} | headers
        return self.send("POST", path, content=urlencode(fields), **given)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    reader = Reader()
    with made(tmp_path / "case", reader, "Lisk bridge") as case:
        draft = Draft("toll.txt", "Lisk Courier", "2031-03-05").tell("Rain fell on Lisk.")
        draft.say("Orla Venn", "the bridge would stay open all winter").toll(12)
        case.add(documents(reader, [draft, *story([3, 8, 21, 30])]), at=AT)
    held = Desk(tmp_path / "case", lambda: NOW, reader)  # type: ignore[arg-type]
    yield held
    held.close()


@pytest.fixture
def app(desk: Desk) -> Any:
    return application(desk, TOKEN, names("127.0.0.1", 8080))


@pytest.fixture
def browser(app: Any) -> Browser:
    return Browser(app)


def _line(browser: Browser, kind: str) -> str:
    words = "object=killed" if kind == "figure" else "q=the"
    hits = json.loads(browser.get(f"/api/search?kind={kind}&{words}&limit=5").content)
    return str(hits[0]["id"])


# Who is let in


def test_without_the_token_nothing_is_shown(app: Any) -> None:
    stranger = Browser(app, known=False)
    for path in ("/", "/api/dossier", "/openapi.json", "/style.css", "/nix", "/article/x", "/?token=wrong", "/?token="):
        answer = stranger.get(path)
        assert answer.status_code == 401
        assert "token" in answer.text
        assert "Lisk" not in answer.text
    assert stranger.get("/", cookie="secondsource-00000000=x").status_code == 401
    assert stranger.get("/api/case", authorization="Bearer wrong").status_code == 401
    assert stranger.get("/api/case", authorization=f"Bearer {TOKEN}").status_code == 200


def test_the_token_becomes_a_strict_cookie_and_leaves_the_address(app: Any) -> None:
    answer = Browser(app, known=False).get(f"/section/said?page=2&token={TOKEN}", follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/section/said?page=2")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_an_address_with_a_token_never_leads_to_another_site(app: Any) -> None:
    answer = Browser(app, known=False).get(f"//evil.example/?token={TOKEN}", follow=False)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:81", "", "127.0.0.1:8080.evil.example"]
)
def test_a_rebound_name_is_refused(browser: Browser, host: str) -> None:
    answer = browser.send("GET", "/", host=host)
    assert answer.status_code == 421
    assert "not called" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"origin": "http://evil.example"}, {"origin": "null"},
     {"origin": "http://127.0.0.1:81"}, {"origin": "https://127.0.0.1:8080"}],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_another_site_is_refused(browser: Browser, method: str, headers: dict[str, str]) -> None:
    for path in ("/", "/decide", "/api/decisions"):
        assert browser.send(method, path, **headers).status_code == 403
    assert browser.send("GET", "/", sec_fetch_site="same-origin", origin=f"http://{HOST}").status_code == 200


def test_only_get_and_post_are_known(browser: Browser) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
        assert browser.send(method, "/").status_code == 405
    assert browser.send("POST", "/search").status_code == 405
    assert browser.get("/decide").status_code == 405


def test_a_bare_address_is_enough_where_other_machines_are_let_in(desk: Desk) -> None:
    anywhere = Browser(application(desk, TOKEN, ()), known=False)
    for host, status in (("192.0.2.7:8080", 401), ("[2001:db8::1]:8080", 401), ("evil.example:8080", 421), ("", 421)):
        assert anywhere.send("GET", "/", host=host).status_code == status, host
    assert [loopback(h) for h in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.1", "box")] == [True] * 3 + [False] * 3


def test_every_answer_has_its_safety_headers(browser: Browser, app: Any) -> None:
    answers = [browser.get(path) for path in ("/", "/nix", "/api/case", "/style.css", "/api/nix")] + [
        Browser(app, known=False).get("/")
    ]
    for answer in answers:
        assert {k: answer.headers[k] for k in HEADERS} == HEADERS
    assert "script" not in HEADERS["content-security-policy"]
    assert answers[0].headers["cache-control"] == "no-store"


def test_pages_hold_no_script_no_style_and_no_other_site(browser: Browser) -> None:
    for path in ("/", "/section/said", "/section/figures", "/section/origins", "/search?q=the", "/review", "/trace"):
        page = browser.get(path).text
        assert not re.search(r"<script|<style|\son\w+=|\sstyle=|javascript:", page), path
        assert not re.search(r"(?:src|action)=[\"']?https?:", page), path
        assert TOKEN not in page


# What is shown


def test_every_page_and_every_link_of_it_opens(browser: Browser, desk: Desk) -> None:
    seen, todo = set(), ["/"]
    while todo and len(seen) < 300:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if "html" in answer.headers["content-type"]:
            assert "<h1" in answer.text or "<h2" in answer.text, path
            assert answer.text.count("<main") == 1
            todo += [link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text)]
    kinds = {path.split("/")[1].partition("?")[0] for path in seen}
    assert {"section", "articles", "article", "line", "review", "decisions", "trace"} <= kinds


def test_links_to_words_land_on_marks_that_are_there(browser: Browser) -> None:
    page = browser.get("/section/said").text
    links = re.findall(r'href="(/article/[^"#]+)#(w-[^"]+)"', page)
    assert links
    for path, anchor in links[:10]:
        assert f'id="{anchor}"' in browser.get(path).text
    name = re.findall(r'href="(/line/attribution-[^"]+)"', page)[0]
    line = browser.get(name).text
    assert "<mark>" in line
    assert "code points" in line


def test_search_filters_and_says_what_is_wrong(browser: Browser) -> None:
    page = browser.get("/search?q=winter&actor=Venn&kind=statement").text
    assert "stay open all winter" in page
    assert "Nothing has all of this" in browser.get("/search?q=zebra").text
    assert "no day" in browser.get("/search?day=yesterday").text
    assert 'value="a&quot; OR &lt;b&gt;"' in browser.get("/search?q=a%22+OR+%3Cb%3E").text
    assert browser.get("/search?q=%00").status_code == 200
    assert browser.get("/api/search?q=x&limit=0").status_code == 400
    assert browser.get("/search?verdict=single_origin").status_code == 200


def test_a_decision_by_form_is_kept_shown_and_undone(browser: Browser, desk: Desk) -> None:
    name = _line(browser, "statement")
    page = browser.get(f"/line/{name}").text
    assert page.count('name="form"') >= 5
    fields = {
        "form": form_token(TOKEN),
        "kind": "set_speaker",
        "id": name,
        "value": "Sal Thorn",
        "by": "I. Analyst",
        "reason": "byline",
    }
    answer = browser.post("/decide", fields)
    assert answer.status_code == 303
    kept = browser.get(answer.headers["location"]).text
    assert "Kept: somebody else says it, by I. Analyst" in kept
    assert "Sal Thorn" in browser.get(f"/line/{name}").text
    assert "Sal Thorn" in browser.get("/section/said").text
    (decision,) = desk.snapshot.dossier.decisions
    assert (decision.by, decision.date, decision.reason, decision.found) == ("I. Analyst", NOW, "byline", True)
    undo = {"form": form_token(TOKEN), "kind": "reject", "id": decision.id, "by": "I. Analyst", "reason": ""}
    assert browser.post("/decide", undo).status_code == 303
    assert "Sal Thorn" not in browser.get("/section/said").text
    assert "undone" in browser.get("/decisions").text


FORMS = {
    "statement": [("confirm", {}), ("set_when", {"value": "2031-03"}), ("note", {"value": "call her"}), ("reject", {})],
    "figure": [("set_figure", {"low": "1,200", "bound": "at_least"}), ("set_when", {"value": ""})],
    "claim": [("set_kind", {"value": "strike"}), ("confirm", {})],
    "article": [("set_when", {"value": "2031"}), ("same_origin", {"value": "toll.txt"}), ("not_a_copy", {"value": "toll.txt"}),
                ("grade_outlet", {"reliability": "B", "owner": "Lisk Council"})],
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_forms_of_every_kind(browser: Browser, desk: Desk, kind: str) -> None:
    name = _line(browser, kind)
    for number, (ruling, values) in enumerate(FORMS[kind], 1):
        fields = {"form": form_token(TOKEN), "kind": ruling, "id": name, "by": "I. Analyst", "reason": "why"} | values
        answer = browser.post("/decide", fields)
        assert answer.status_code == 303, answer.text
        assert len(desk.snapshot.dossier.decisions) == number


def test_forms_for_actors_and_parts(browser: Browser, desk: Desk) -> None:
    actor = next(a for a in desk.snapshot.dossier.actors if a.kind == "person")
    page = browser.get(f"/line/{actor.id}").text
    assert "Hide this person" in page
    base = {"form": form_token(TOKEN), "by": "I. Analyst", "reason": ""}
    assert browser.post("/decide", base | {"kind": "set_role", "id": actor.id, "value": "party"}).status_code == 303
    assert next(a for a in desk.snapshot.dossier.actors if a.name == actor.name).role_in_story == "party"
    article = desk.snapshot.dossier.readings[0].article
    part = article.segments[-1]
    fields = {"kind": "set_kind", "id": article.id, "value": "advert", "start": str(part.start), "end": str(part.end)}
    assert browser.post("/decide", base | fields).status_code == 303
    assert all(d.found for d in desk.snapshot.dossier.decisions)


def test_what_cannot_be_kept_is_said_and_changes_nothing(browser: Browser, desk: Desk) -> None:
    name, form = _line(browser, "statement"), form_token(TOKEN)
    wrong = [
        ({"kind": "set_role", "id": name, "by": "A", "form": "no"}, 403),
        ({"kind": "confirm", "id": name, "by": " ", "form": form}, 400),
        ({"kind": "dance", "id": name, "by": "A", "form": form}, 400),
        ({"kind": "confirm", "id": "nothing", "by": "A", "form": form}, 400),
        ({"kind": "set_when", "id": name, "by": "A", "value": "soon", "form": form}, 400),
        ({"kind": "set_figure", "id": name, "by": "A", "low": "many", "form": form}, 400),
        ({"kind": "set_kind", "id": name, "by": "A", "start": "5", "end": "2", "form": form}, 400),
    ]
    for fields, status in wrong:
        answer = browser.post("/decide", fields)
        assert answer.status_code == status, (fields, answer.text)
        assert "<h1>" in answer.text
    assert browser.send("POST", "/decide", content=b"x" * 70_000).status_code == 413
    assert browser.get("/api/decisions").content == b"[]"
    assert desk.snapshot.dossier.decisions == ()


def test_a_body_without_a_length_cannot_be_endless(app: Any, browser: Browser) -> None:
    import anyio

    status: list[int] = []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"x" * 9000, "more_body": True}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])

        headers = [(b"host", HOST.encode()), (b"cookie", browser.cookie.encode())]
        scope = {
            "type": "http", "method": "POST", "path": "/decide", "query_string": b"", "headers": headers, "root_path": "",
            "raw_path": b"/decide", "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 8080),
        }  # fmt: skip
        await app(scope, receive, send)

    anyio.run(run)
    assert status == [413]


def test_decisions_by_json_need_the_token_itself(browser: Browser, app: Any, desk: Desk) -> None:
    name = _line(browser, "statement")
    given = json.dumps({"kind": "note", "id": name, "by": "A script", "value": "seen"})
    assert browser.send("POST", "/api/decisions", content=given, content_type="application/json").status_code == 403
    program = Browser(app, known=False)
    held = {"authorization": f"Bearer {TOKEN}", "content_type": "application/json"}
    answer = program.send("POST", "/api/decisions", content=given, **held)
    assert answer.status_code == 201
    assert answer.json()["kind"] == "note"
    assert program.send("POST", "/api/decisions", content=given, **held | {"content_type": "text/plain"}).status_code == 415
    for bad in (
        "",
        "{",
        "[]",
        '{"kind": "note"}',
        '{"kind": 5, "id": "x", "by": "y"}',
        '{"kind":"note","id":"x","by":"\\ud800"}',
    ):
        assert program.send("POST", "/api/decisions", content=bad, **held).status_code == 400, bad


def test_pages_follow_a_case_that_another_program_changes(browser: Browser, desk: Desk) -> None:
    before = browser.get("/api/case").json()
    reader = desk.reader
    with Case.open(desk.folder, reader=reader) as other:
        late = Draft("late.txt", "Harsk Today", "2031-03-09").tell("A late report.").say("Sal Thorn", "the ferry would not run")
        other.add(documents(reader, [late]), at="2031-06-03T08:00:00Z")  # type: ignore[arg-type]
    seen = browser.get("/").text
    assert "has changed" in seen or "the ferry" in seen or "6 reports" in seen
    assert desk.wait(20)
    assert browser.get("/api/case").json()["articles"] == before["articles"] + 1
    assert "has changed" not in browser.get("/").text


def test_reading_changes_nothing_in_the_case(browser: Browser, desk: Desk) -> None:
    log = (desk.folder / "audit.jsonl").read_bytes()
    for path in (
        "/",
        "/section/said",
        "/search?q=the",
        "/review",
        "/api/dossier",
        "/trace?sentence=the+bridge+would+stay+open",
    ):
        assert browser.get(path).status_code == 200
    assert (desk.folder / "audit.jsonl").read_bytes() == log


def test_an_empty_case_is_served(tmp_path: Path) -> None:
    reader = Reader()
    made(tmp_path / "case", reader, "Nothing yet").close()
    desk = Desk(tmp_path / "case", lambda: NOW, reader)  # type: ignore[arg-type]
    browser = Browser(application(desk, TOKEN, names("127.0.0.1", 8080)))
    assert "The case is empty" in browser.get("/").text
    for path in ("/articles", "/review", "/decisions", "/section/said", "/section/contested", "/api/dossier", "/search?q=x"):
        assert browser.get(path).status_code == 200, path
    desk.close()


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    reader = Reader()
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\u202e"
    with made(tmp_path / "case", reader, evil) as case:
        draft = Draft(f"{evil}.txt", evil, "2031-03-05").tell(evil).say("Orla Venn", f"the {evil} would stay open")
        case.add(documents(reader, [draft]), at=AT)
    desk = Desk(tmp_path / "case", lambda: NOW, reader)  # type: ignore[arg-type]
    browser = Browser(application(desk, TOKEN, names("127.0.0.1", 8080)))
    article = desk.snapshot.dossier.readings[0].article.id
    quoted = quote(evil, safe="")
    for path in (
        "/", "/section/said", "/section/origins", "/section/method", "/articles", f"/article/{article}", f"/line/{article}",
        "/search?q=open", "/review", f"/search?q={quoted}", f"/trace?sentence={quoted}", f"/line/{quoted}", f"/{quoted}",
    ):  # fmt: skip
        page = browser.get(path).text
        assert "<script" not in page, path
        assert "<img" not in page, path
    desk.close()


def _aimed(document: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """The document with ids that there are and kinds that there are, so that requests reach what lies behind the checks."""
    reading, dossier = desk.snapshot.dossier.readings[0], desk.snapshot.dossier
    records = [reading.article, *reading.attributions, *reading.claims, *reading.figures, *reading.mentions, *dossier.actors]
    ids = [r.id for r in (*records, *dossier.questions, *dossier.origins, *dossier.utterances)]
    document["paths"]["/api/show/{name}"]["get"]["parameters"][0]["schema"] = {"enum": ids}
    ruling = document["components"]["schemas"]["Ruling"]["properties"]
    words = {"enum": ["party", "2031-03", "Sal Thorn", "toll.txt", "strike", "advert", "\x00", "", "\U0001f600"]}
    objects = {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}}
    ruling |= {"kind": {"enum": list(KINDS)}, "id": {"enum": ids}, "by": {"type": "string", "minLength": 1}}
    ruling["value"] = {"anyOf": [words, objects, {"type": ["null", "number", "boolean", "array"]}]}
    return document


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("aimed", [False, True])
def test_no_generated_request_brings_it_down(app: Any, desk: Desk, aimed: bool) -> None:
    """Requests made from the OpenAPI document and its opposite, in this process: no answer is a fault of ours."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    async def trusted(scope: Scope, receive: Receive, send: Send) -> None:
        """The same application for a caller that has the token and calls the server by its name."""
        if scope["type"] == "http":
            kept = [(k, v) for k, v in scope["headers"] if k not in {b"host", b"authorization", b"cookie"}]
            scope = {**scope, "headers": [*kept, (b"host", HOST.encode()), (b"authorization", f"Bearer {TOKEN}".encode())]}
        await app(scope, receive, send)

    document = Browser(app).get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(_aimed(document, desk) if aimed else document)
    schema.app = trusted
    asked: Counter[tuple[str, int]] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            try:
                strategy = operation.as_strategy(generation_mode=mode)
            except (TypeError, ValueError):
                continue

            @given(case=strategy)
            @settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
                      suppress_health_check=list(HealthCheck))  # fmt: skip
            def check(case: Any) -> None:
                answer = case.call(app=trusted)
                asked[case.method, answer.status_code] += 1
                assert answer.status_code < 500, (case.method, case.path, answer.status_code)

            try:
                check()
            except BaseException as error:
                if type(error).__name__ not in {"Unsatisfiable", "Skipped"}:
                    raise
    assert sum(asked.values()) > 150
    assert not aimed or asked["POST", 201]
