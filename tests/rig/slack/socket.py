"""The double's side of Socket Mode: `apps.connections.open`, the WebSocket, its envelopes.

Out of Slack's «Using Socket Mode»: an address is good for one connection; `hello` comes first; each envelope
wants its id back within three seconds; `disconnect` says that a connection ends.
"""

import asyncio
import json
import threading
import uuid
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qs

from aiohttp import WSMsgType, web

T = TypeVar("T")

APP_TOKEN = "xapp-double"
ACK_SECONDS = 3.0
START_SECONDS = 10


class SocketSide:
    """Slack's end of the connections, on a free loopback port, in a thread of its own."""

    def __init__(self) -> None:
        self.refuses = False
        self.opened = 0
        self.answers: list[dict[str, Any]] = []
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._stopped = asyncio.Event()
        self._port = 0
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._listen(started)), name="slack-socket", daemon=True
        )
        self._thread.start()
        if not started.wait(START_SECONDS):
            raise TimeoutError("the double's socket did not start")

    def address(self) -> str:
        """What `apps.connections.open` gives: good for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}&app_id=A0CELLULE"

    @property
    def connected(self) -> int:
        return len(self._connections)

    async def deliver(self, body: bytes) -> dict[str, Any] | None:
        """Send what a form would bring; the answer in the acknowledgement, None when none came in time."""
        return await self._there(self._deliver(_envelope(body)))

    async def say_goodbye(self) -> None:
        """Announce the end of a connection, as Slack does before it refreshes one, then end it."""
        await self._there(self._goodbye())

    async def cut(self) -> None:
        """End every connection without a word."""
        await self._there(self._cut())

    def stop(self) -> None:
        """Close everything."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _listen(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        app = web.Application()
        app.router.add_get("/link/", self._link)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        started.set()
        await self._stopped.wait()
        await runner.cleanup()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.refuses:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._connections.append(socket)
        self.opened += 1
        count = len(self._connections)
        await socket.send_json(
            {"type": "hello", "num_connections": count, "connection_info": {"app_id": "A0CELLULE"}}
        )
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self._connections.remove(socket)
        return socket

    def _acknowledged(self, said: dict[str, Any]) -> None:
        assert set(said) <= {"envelope_id", "payload"}
        waiting = self._waiting.pop(said["envelope_id"])
        self.answers.append(said)
        waiting.set_result(said)

    async def _deliver(self, envelope: dict[str, Any]) -> dict[str, Any] | None:
        assert self._connections, "nothing is connected"
        waiting = self._waiting[envelope["envelope_id"]] = self._loop.create_future()
        await self._connections[-1].send_json(envelope)
        try:
            said = await asyncio.wait_for(waiting, ACK_SECONDS)
        except TimeoutError:
            return None
        payload = said.get("payload")
        return dict(payload) if payload else {}

    async def _goodbye(self) -> None:
        for socket in list(self._connections):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def _cut(self) -> None:
        for socket in list(self._connections):
            if socket._req is not None and socket._req.transport is not None:  # noqa: SLF001  (no closing handshake)
                socket._req.transport.abort()  # noqa: SLF001


def _envelope(body: bytes) -> dict[str, Any]:
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    interactive = "payload" in form
    return {
        "envelope_id": str(uuid.uuid4()),
        "type": "interactive" if interactive else "slash_commands",
        "payload": json.loads(form["payload"]) if interactive else form,
        "accepts_response_payload": True,
    }
