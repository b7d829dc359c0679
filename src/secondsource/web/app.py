"""a case's folder, a token, the names of this server -> the application that serves the case"""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from secondsource.errors import BadInput, SecondSourceError
from secondsource.web.answers import Answers, wrong
from secondsource.web.desk import Desk
from secondsource.web.doors import Doors
from secondsource.web.pages import Pages

WORDS = {404: "there is no such page: start from the first one", 405: "this address does not take that method"}


def application(desk: Desk, token: str, hosts: Iterable[str]) -> Starlette:
    """The application. `hosts`: what Host headers may say, none for any bare IP address; `token`: what lets a visitor in."""
    pages, answers = Pages(desk, token), Answers(desk)

    def style(request: Request) -> Response:  # noqa: ARG001
        headers = {"cache-control": "private, max-age=31536000, immutable"}
        return Response(pages.style, media_type="text/css", headers=headers)

    async def failed(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400 if isinstance(error, BadInput) else 500
        words = WORDS.get(status) or (str(error.detail) if isinstance(error, HTTPException) else str(error))
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if request.url.path.startswith("/api/"):
            answer = wrong(words, status)
        elif status in {400, 404}:
            answer = pages.wrong(request, f"{words[:1].upper()}{words[1:]}.", status)
        else:
            answer = PlainTextResponse(f"{words}\n", status_code=status)
        answer.headers.update(headers)
        return answer

    routes = [
        Route("/", pages.front), Route("/section/{name}", pages.section), Route("/articles", pages.articles),
        Route("/article/{name}", pages.article), Route("/line/{name}", pages.line), Route("/at/{anchor}", pages.at),
        Route("/search", pages.search), Route("/trace", pages.trace), Route("/review", pages.review),
        Route("/decisions", pages.decisions), Route("/decide", pages.decide, methods=["POST"]), Route("/style.css", style),
        Route("/openapi.json", answers.openapi),
    ]  # fmt: skip
    for path, methods in answers.routes().items():
        routes += [Route(path, endpoint, methods=[method]) for method, endpoint in methods.items()]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Doors, token=token, hosts=hosts)],
        exception_handlers={HTTPException: failed, SecondSourceError: failed},
    )
