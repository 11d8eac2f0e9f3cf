"""One request to Microsoft, and what its failure means.

Nothing is retried here: the outbox does it, and knows what was perhaps done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from adapters.teams.texts import Json
from bot.ports import Ambiguous, Denied, GatewayError, Gone, RateLimited, Unreachable

TIMEOUT = httpx.Timeout(10, connect=3)
"""Seconds."""

_DEFAULT_WAIT = 10.0
_UNAUTHORIZED, _NOT_FOUND, _TOO_MANY, _SERVER_ERROR = 401, 404, 429, 500
_NOT_DONE = frozenset({412, 502, 503, 504})
"""«Retry with exponential backoff» (Microsoft, «Rate limiting for bots», of 412, 502 and 504)."""


class Refusal(Denied):
    """Microsoft said no; `status` is the HTTP one."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.status = status


@dataclass(frozen=True, slots=True)
class Said:
    """An answer. `content` is empty when it holds no JSON object."""

    status: int
    content: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""


def http_client() -> httpx.AsyncClient:
    """The open connections, shared by all calls. Proxies and certificates come from the environment."""
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)
    return httpx.AsyncClient(timeout=TIMEOUT, limits=limits, follow_redirects=False)


async def call(
    http: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    token: str = "",
    data: bytes | None = None,
    json: object = None,
    form: Mapping[str, str] | None = None,
    repeatable: bool = False,
) -> Said:
    """Make one request. `repeatable`: doing it twice changes nothing. Raises `GatewayError`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if data is not None:
        headers["Content-Type"] = "application/json"
    try:
        response = await http.request(method, url, headers=headers, content=data, json=json, data=form)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failed:
        raise Unreachable(type(failed).__name__) from None
    except httpx.HTTPError as failed:
        raise _perhaps_done(type(failed).__name__, repeatable=repeatable) from None
    said = Said(response.status_code, _content(response), response.headers, response.content)
    if response.is_success:
        return said
    raise _meaning(said, repeatable=repeatable)


def _content(response: httpx.Response) -> Json:
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _meaning(said: Said, *, repeatable: bool) -> GatewayError:
    error = said.content.get("error")
    code = _code(error) or f"http_{said.status}"
    if said.status == _TOO_MANY:
        return RateLimited(code, retry_after=_seconds(said.headers.get("Retry-After")))
    if said.status == _NOT_FOUND:
        return Gone(code)
    if said.status in _NOT_DONE:
        return Unreachable(code)
    if said.status >= _SERVER_ERROR:
        return _perhaps_done(code, repeatable=repeatable)
    return Refusal(code, said.status)


def _code(error: object) -> str:
    """Microsoft's word for it, the inner one where Graph has one that says more."""
    if not isinstance(error, dict):
        return error if isinstance(error, str) else ""
    inner = error.get("innerError")
    said = inner.get("code") if isinstance(inner, dict) else None
    return str(said or error.get("code") or "")


def _perhaps_done(code: str, *, repeatable: bool) -> GatewayError:
    return Unreachable(code) if repeatable else Ambiguous(code)


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else _DEFAULT_WAIT
