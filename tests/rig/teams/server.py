"""The double's HTTP side: Microsoft's addresses, all of them on one loopback port."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.rig.loopback import Faults, Loopback, delayed, sever
from tests.rig.teams import connector, graph, graph_rooms  # noqa: F401  (they declare operations)
from tests.rig.teams.faults import Fault
from tests.rig.teams.keys import Keys
from tests.rig.teams.limits import Limits
from tests.rig.teams.login import CONNECTOR_SCOPE, GRAPH_SCOPE, Tokens
from tests.rig.teams.routes import Answer, Asked, Operation, found, operation
from tests.rig.teams.world import TeamsError, World

MOST_BYTES = 100 * 1024
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_COUNTED = {"create_conversation", "send", "reply"}


@dataclass(frozen=True)
class Call:
    """One call that the app made, timed by `time.perf_counter()`. `name` is the operation's.

    `outcome` is `ok`, an error's code or a fault.
    """

    name: str
    method: str
    path: str
    started: float
    ended: float
    outcome: str
    body: Any


@operation("metadata", "GET", "/v1/.well-known/openidconfiguration")
def metadata(world: World, asked: Asked) -> Answer:
    return Answer(200, asked.keys.metadata(world.base_url))


@operation("keys", "GET", "/v1/.well-known/keys")
def keys(_world: World, asked: Asked) -> Answer:
    return Answer(200, asked.keys.jwks())


class Server:
    """Answers out of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keys = Keys()
        self.tokens = Tokens()
        self.faults = Faults[Fault]()
        self.limits = Limits()
        self.delay = 0.0
        self.calls: list[Call] = []
        self._loopback = Loopback([Route("/{path:path}", self._any, methods=_METHODS)], name="teams-double")

    def start(self) -> None:
        """Serve; returns when the port is open."""
        self._loopback.start()
        self.world.base_url = self._loopback.base_url

    def stop(self) -> None:
        """Stop serving within a moment, and close every connection; nobody waits for it."""
        self._loopback.stop()

    async def _any(self, request: Request) -> Response:
        started = time.perf_counter()
        path = request.scope["path"]
        raw = await request.body()
        await delayed(self.delay)
        known = found(request.method, path)
        name = known[0].name if known else "unknown"
        fault = self.faults.take(name) or Fault()
        answer, outcome = self._answer(known, request, raw, fault)
        self.calls.append(
            Call(name, request.method, path, started, time.perf_counter(), outcome, _readable(raw))
        )
        if fault.cut_before or fault.cut_after:
            await sever(request)
        if answer.body is None:
            return Response(status_code=answer.status, headers=dict(answer.headers))
        return JSONResponse(answer.body, answer.status, headers=dict(answer.headers))

    def _answer(
        self, known: tuple[Operation, dict[str, str]] | None, request: Request, raw: bytes, fault: Fault
    ) -> tuple[Answer, str]:
        if fault.cut_before:
            return Answer(200), "cut_before"
        if fault.status is not None and not fault.after:
            return _failed(fault, fault.status), str(fault.status)
        try:
            answer = self._run(known, request, raw)
        except TeamsError as refused:
            if refused.blunder:
                self.world.errors.append(f"{request.method} {request.scope['path']}: {refused}")
            return _refusal(refused), refused.code
        except Exception as broken:  # noqa: BLE001  (in the server's thread nobody would hear of it)
            self.world.errors.append(f"{request.method} {request.scope['path']}: {broken!r}")
            return _failed(Fault(), 500), "broken"
        if fault.status is not None:
            return _failed(fault, fault.status), str(fault.status)
        return answer, "cut_after" if fault.cut_after else "ok"

    def _run(self, known: tuple[Operation, dict[str, str]] | None, request: Request, raw: bytes) -> Answer:
        if known is None:
            raise TeamsError(404, "ResourceNotFound", "Resource not found for the segment.", blunder=True)
        called, args = known
        self._authorise(request)
        headers = dict(request.headers)
        tenant = self.tokens.tenant(headers.get("authorization", "").removeprefix("Bearer "))
        if called.needs and not called.needs & self.world.granted(tenant):
            raise _not_granted(called)
        if len(raw) > MOST_BYTES:
            raise TeamsError(413, "MessageSizeTooBig", "Message size too large.")
        query = dict(parse_qsl(request.url.query, keep_blank_values=True))
        body = _json(request, raw) if called.body else {}
        if called.name in _COUNTED and (wait := self.limits.retry_after(_counted(args, body))):
            return _failed(Fault(code="TooManyRequests", retry_after=wait), 429)
        return called.run(self.world, Asked(args, query, body, raw, headers, self.tokens, self.keys, tenant))

    def _authorise(self, request: Request) -> None:
        area = request.scope["path"].split("/")[1]
        scope = {"teams": CONNECTOR_SCOPE, "graph": GRAPH_SCOPE}.get(area)
        if scope is None:
            return
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind != "Bearer" or not token:
            raise TeamsError(401, "Unauthorized", "No bearer token.", blunder=True)
        if not self.tokens.good(token, scope):
            code = "InvalidAuthenticationToken" if area == "graph" else "Unauthorized"
            raise TeamsError(401, code, "The token is expired, or for somebody else.")


def _not_granted(called: Operation) -> TeamsError:
    if called.name in ("user", "users"):
        said = "Insufficient privileges to complete the operation."
        return TeamsError(403, "Authorization_RequestDenied", said)
    said = (
        f"Missing role permissions on the request. API requires one of '{', '.join(sorted(called.needs))}'."
    )
    return TeamsError(403, "Forbidden", said)


def _counted(args: dict[str, str], body: dict[str, Any]) -> str:
    """The conversation that a call counts for; a new one goes by its person or channel."""
    if "conversation" in args:
        return args["conversation"].partition(";")[0]
    data = body.get("channelData") or {}
    return str((data.get("channel") or {}).get("id") or body.get("members"))


def _json(request: Request, raw: bytes) -> dict[str, Any]:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise TeamsError(415, "UnsupportedMediaType", "application/json is needed", blunder=True)
    try:
        body = json.loads(raw)
    except ValueError:
        raise TeamsError(400, "BadSyntax", "no JSON", blunder=True) from None
    if not isinstance(body, dict):
        raise TeamsError(400, "BadSyntax", "no object", blunder=True)
    return body


def _readable(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return dict(parse_qsl(raw.decode(errors="replace")))


def _failed(fault: Fault, status: int) -> Answer:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return Answer(status, {"error": {"code": fault.code or "Failed", "message": "It failed."}}, headers)


def _refusal(refused: TeamsError) -> Answer:
    error = {"code": refused.code, "message": refused.message}
    return Answer(refused.status, {"error": error | ({"innerError": refused.inner} if refused.inner else {})})
