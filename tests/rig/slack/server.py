"""The double's HTTP side: a real server on a free loopback port, in a thread of its own."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.rig.loopback import Faults, Loopback, delayed, sever
from tests.rig.slack import chat, conversations, files, people, views  # noqa: F401  (they declare methods)
from tests.rig.slack.faults import Fault
from tests.rig.slack.limits import Limits
from tests.rig.slack.method import METHODS, understood
from tests.rig.slack.socket import APP_TOKEN, SocketSide
from tests.rig.slack.world import Message, SlackError, World

RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 1800


@dataclass(frozen=True)
class Call:
    """One call that the app made, timed by `time.perf_counter()`. `outcome` is `ok`, an error or a fault."""

    method: str
    started: float
    ended: float
    outcome: str
    arguments: Mapping[str, Any]
    query: str


class Server:
    """Answers the Web API out of a world."""

    def __init__(self, world: World, *, token: str, socket: SocketSide | None) -> None:
        self.world = world
        self.token = token
        self.socket = socket
        self.faults = Faults[Fault]()
        self.limits = Limits()
        self.delay = 0.0
        self.calls: list[Call] = []
        routes = [
            Route("/api/{method}", self._api, methods=["GET", "POST"]),
            Route("/upload/{id}", self._upload, methods=["POST"]),
            Route("/response/{token}", self._respond, methods=["POST"]),
        ]
        self._loopback = Loopback(routes, name="slack-double")

    def start(self) -> None:
        """Serve; returns when the port is open."""
        self._loopback.start()
        self.world.base_url = self._loopback.base_url

    def stop(self) -> None:
        """Stop serving within a moment, and close every connection; nobody waits for it."""
        self._loopback.stop()

    async def _api(self, request: Request) -> Response:
        started = time.perf_counter()
        name = request.path_params["method"]
        raw = await _arguments(request)
        await delayed(self.delay)
        fault = self.faults.take(name) or Fault()
        response, outcome = self._answer(name, raw, request, fault)
        ended = time.perf_counter()
        self.calls.append(Call(name, started, ended, outcome, raw, request.url.query))
        if fault.cut_before or fault.cut_after:
            await sever(request)
        return response

    def _answer(self, name: str, raw: dict[str, Any], request: Request, fault: Fault) -> tuple[Response, str]:
        if fault.cut_before:
            return Response(), "cut_before"
        if fault.status is not None:
            return HTMLResponse("<html>broken</html>", fault.status), str(fault.status)
        if fault.ratelimited is not None:
            return _too_many(fault.ratelimited), "ratelimited"
        if fault.error:
            return JSONResponse({"ok": False, "error": fault.error}), fault.error
        try:
            return self._run(name, raw, request, cut=fault.cut_after)
        except SlackError as refused:
            body = {"ok": False, "error": refused.error, **refused.extra}
            return JSONResponse(body), refused.error

    def _run(self, name: str, raw: dict[str, Any], request: Request, *, cut: bool) -> tuple[Response, str]:
        if name == "apps.connections.open":
            return JSONResponse({"ok": True, "url": self._socket_address(request)}), "ok"
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        called = METHODS[name]
        self._authorise(raw, request)
        wait = self.limits.retry_after(called, raw.get("channel"))
        if wait:
            return _too_many(wait), "ratelimited"
        self.world.need(called.scopes)
        answer = called.run(self.world, understood(called, raw))
        granted = {"X-OAuth-Scopes": ",".join(sorted(self.world.scopes))}
        return JSONResponse({"ok": True, **answer}, headers=granted), "cut_after" if cut else "ok"

    def _socket_address(self, request: Request) -> str:
        """Give it to the app's own token alone, and only where Socket Mode is on."""
        if request.headers.get("authorization") != f"Bearer {APP_TOKEN}":
            raise SlackError("invalid_auth")
        if self.socket is None:
            raise SlackError("not_allowed_token_type")
        return self.socket.address()

    def _authorise(self, raw: dict[str, Any], request: Request) -> None:
        given = raw.pop("token", None) or request.headers.get("authorization", "").removeprefix("Bearer ")
        if not given:
            raise SlackError("not_authed")
        if given != self.token:
            raise SlackError("invalid_auth")

    async def _upload(self, request: Request) -> Response:
        whole = files.receive(self.world, request.path_params["id"], await request.body())
        return PlainTextResponse("OK") if whole else PlainTextResponse("file missing data", 400)

    async def _respond(self, request: Request) -> Response:
        content = await request.json()
        await delayed(self.delay)
        fault = self.faults.take("response_url")
        if fault is not None and fault.status is not None:
            return PlainTextResponse("error", fault.status)
        url = self.world.response_urls.get(request.path_params["token"])
        if (
            url is None
            or url.uses == RESPONSE_URL_USES
            or time.monotonic() - url.opened > RESPONSE_URL_SECONDS
        ):
            return PlainTextResponse("expired_url", 404)
        url.uses += 1
        try:
            self._said(content, user=url.user, channel=url.channel, message=url.message)
        except SlackError as refused:
            return PlainTextResponse(refused.error, 400)
        return PlainTextResponse("ok")

    def _said(self, content: dict[str, Any], *, user: str, channel: str, message: Message | None) -> None:
        if content.get("replace_original") and message is not None:
            chat.update(self.world, {"channel": channel, "ts": message.ts, **_shown(content)})
        elif content.get("response_type") == "in_channel":
            chat.post_message(self.world, {"channel": channel, **_shown(content)})
        else:
            chat.whisper(self.world, user=user, channel=channel, content=content)


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    return {key: content[key] for key in ("text", "blocks") if key in content}


def _too_many(seconds: int) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})


async def _arguments(request: Request) -> dict[str, Any]:
    body = await request.body()
    query = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return query | dict(json.loads(body or b"{}"))
    return query | dict(parse_qsl(body.decode(), keep_blank_values=True))
