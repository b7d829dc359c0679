"""a request -> the same request let in, or refused in words; an answer -> the same answer with its safety headers

Who may come in: a browser or program of this machine that has the token. A page of another site cannot: it has no cookie
(SameSite=Strict), its name is no name of this server (DNS rebinding), and its browser says where it comes from.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 1024  # bytes of a request's body
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "x-frame-options": "DENY",
    "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "permissions-policy": "camera=(), microphone=(), geolocation=()",
}  # fmt: skip
METHODS = frozenset({"GET", "HEAD", "POST"})


def loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def names(host: str, port: int) -> frozenset[str]:
    """What the Host header may say for a server at this address."""
    hosts = {"127.0.0.1", "localhost", "[::1]"} if loopback(host) else {f"[{host}]" if ":" in host else host}
    return frozenset(f"{name}:{port}" for name in hosts)


def form_token(token: str) -> str:
    """What a form of ours carries: made from the token, which itself never stands on a page."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()[:32]


class Doors:
    """Stands before the whole application. `hosts`: Host headers that are let in; none: any that is a bare IP address."""

    def __init__(self, app: ASGIApp, token: str, hosts: Iterable[str]) -> None:
        self.app, self.token, self.hosts = app, token, frozenset(hosts)
        mark = hmac.new(token.encode(), b"cookie", hashlib.sha256).hexdigest()
        # Cookies are shared by all ports of a host: each server's has its own name.
        self.cookie, self.worth = f"secondsource-{mark[:8]}", mark[8:48]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                out.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope, headers)
        if refused is None:
            scope.setdefault("state", {})["bearer"] = self._bearer(headers)
            await self.app(scope, receive, guarded)
        else:
            await refused(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Why a request is not let in, None where it is."""
        host = headers.get("host", "")
        if host not in self.hosts and not (not self.hosts and _bare(host)):
            return _no(421, f"this server is not called {host!r}: open the address that `secondsource serve` printed")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return _no(403, "this request comes from a page of another site: open the address in a tab of its own")
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return _no(403, "this request comes from a page of another origin: use the forms of this server")
        if scope["method"] not in METHODS:
            return _no(405, "only GET and POST are known here", allow="GET, HEAD, POST")
        if int(headers.get("content-length", "0") or 0) > LARGEST if headers.get("content-length", "0").isdecimal() else True:
            return _no(413, f"the request is longer than {LARGEST} bytes: send one decision at a time")
        return self._known(scope, headers)

    def _known(self, scope: Scope, headers: Headers) -> Response | None:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((value for key, value in pairs if key == "token"), None)
        if given is not None and scope["method"] == "GET" and _same(given, self.token):
            rest = urlencode([(key, value) for key, value in pairs if key != "token"])
            answer = RedirectResponse("/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else ""), status_code=303)
            answer.set_cookie(self.cookie, self.worth, httponly=True, samesite="strict", path="/")
            return answer
        if self._bearer(headers):
            return None
        cookie = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        if not _same(cookie, self.worth):
            return _no(401, "no token: open the whole address that `secondsource serve` printed, with its token")
        return None

    def _bearer(self, headers: Headers) -> bool:
        scheme, _, value = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and _same(value.strip(), self.token)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _bare(host: str) -> bool:
    """Whether a Host header is an IP address, which no rebinding of names can forge."""
    name = host.rpartition(":")[0] if host.count(":") == 1 or "]:" in host else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _no(status: int, words: str, **headers: str) -> Response:
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return PlainTextResponse(f"Refused: {words}.\n", status_code=status, headers=headers)
