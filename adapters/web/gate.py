"""What every request to the browser room passes first, and the headers that every answer of it carries."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web import problems
from adapters.web.problems import Problem
from adapters.web.render import Screen
from adapters.web.session import host_name, is_loopback

MOST_BYTES = 256 * 1024
"""Far above a form of five fields of 3,000 characters, whatever their alphabet."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # a personal link's address is a secret
    "X-Content-Type-Options": "nosniff",
}


class Gate:
    """Lets in requests for our own host and, when they write, only those that our own pages sent."""

    def __init__(self, app: ASGIApp, *, base_url: str, screen: Screen) -> None:
        address = urlsplit(base_url)
        self._app = app
        self._screen = screen
        self._origin = f"{address.scheme}://{address.netloc}"
        self._host = host_name(address.netloc)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message))
            await send(message)

        request = Request(scope)
        try:
            self._check(request.method, request.headers)
            await self._app(scope, receive, send_dressed)
        except Problem as problem:
            await self._screen.problem(request, problem)(scope, receive, send_dressed)
        except HTTPException as refusal:  # the router's and the file server's: 404, 405
            response = self._screen.problem(request, Problem(refusal.status_code, problems.NOTHING_HERE))
            response.headers.update(refusal.headers or {})
            await response(scope, receive, send_dressed)

    def _check(self, method: str, headers: Headers) -> None:
        name = host_name(headers.get("host", ""))
        if name != self._host and not is_loopback(name):
            raise Problem(400, problems.UNKNOWN_HOST)
        if method in {"GET", "HEAD"}:
            return
        if not self._sent_by_our_page(headers):
            raise Problem(403, problems.NOT_FROM_US)
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            raise Problem(411, problems.UNREADABLE)
        if len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
            raise Problem(413, problems.TOO_LONG)

    def _sent_by_our_page(self, headers: Headers) -> bool:
        """Ask what the browser says of where the request came from; silence is a no.

        Under `Referrer-Policy: no-referrer` a browser sends `Origin: null`, and `Sec-Fetch-Site` only over
        https or on loopback (Fetch standard, Fetch Metadata): elsewhere the browser room takes no forms.
        """
        if (site := headers.get("sec-fetch-site")) is not None:
            return site == "same-origin"
        host = headers.get("host", "")
        own = {self._origin, f"http://{host}"} if is_loopback(host_name(host)) else {self._origin}
        return headers.get("origin") in own


def _dress(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
