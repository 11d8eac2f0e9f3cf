"""A real HTTP server on a free loopback port, in a thread of its own: what a platform's double serves."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

START_SECONDS = 10


class _Severable(HttpToolsProtocol):
    """Lets a handler cut the connection that it answers."""

    open: dict[tuple[str, int], asyncio.Transport] = {}  # noqa: RUF012

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.open[tuple(transport.get_extra_info("peername"))] = transport
        super().connection_made(transport)


async def sever(request: Request) -> None:
    """Cut the connection of a request that is not answered yet."""
    _Severable.open[tuple(request.scope["client"])].abort()
    await asyncio.sleep(0.01)  # lets the server see that nobody is there to be answered


EARLY = 0.001
"""Seconds that a timer may be early, on a loop that counts in milliseconds."""


async def delayed(seconds: float) -> None:
    """Take the whole of a delay."""
    await asyncio.sleep(seconds + EARLY if seconds else 0)


class Loopback:
    """Serves routes between `start` and `stop`; `base_url` says where, without a slash at its end."""

    def __init__(self, routes: Sequence[BaseRoute], *, name: str) -> None:
        self.name = name
        self.base_url = ""
        config = uvicorn.Config(
            Starlette(routes=list(routes)),
            port=0,
            http=_Severable,
            log_level="critical",
            lifespan="off",
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name=name, daemon=True)

    def start(self) -> None:
        """Serve; returns when the port is open."""
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} did not start")
            time.sleep(0.005)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """Stop serving within a moment, and close every connection; nobody waits for it."""
        self._server.should_exit = True
        self._server.force_exit = True


class Failing(Protocol):
    """What goes wrong so many times."""

    times: int


Fault = TypeVar("Fault", bound=Failing)


class Faults(Generic[Fault]):
    """The failures to come, by the method that fails, in order."""

    def __init__(self) -> None:
        self._coming: dict[str, list[Fault]] = defaultdict(list)

    def add(self, method: str, fault: Fault) -> None:
        """Let the next calls of a method fail."""
        self._coming[method].append(fault)

    def clear(self) -> None:
        """Let everything succeed again."""
        self._coming.clear()

    def take(self, method: str) -> Fault | None:
        """The failure of this call, if any."""
        coming = self._coming[method]
        if not coming:
            return None
        coming[0].times -= 1
        return coming.pop(0) if coming[0].times == 0 else coming[0]
