"""How Teams reaches the app: signed activities to `/api/messages`, from people and from the cloud itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import httpx

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True)
class Reply:
    """How the app answered Teams."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.text)


class Delivery:
    """The way to the app: an ASGI application, or the base URL of one that runs elsewhere.

    What the cloud tells by itself goes to an application in the loop that ran when the application was given.
    """

    def __init__(self) -> None:
        self._app: ASGIApp | str | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told: list[Future[list[Reply]]] = []

    @property
    def app(self) -> ASGIApp | str | None:
        return self._app

    @app.setter
    def app(self, app: ASGIApp | str | None) -> None:
        self._app = app
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    async def send(self, body: bytes, headers: dict[str, str]) -> Reply:
        """Post a body as it is."""
        if self._app is None:
            raise AssertionError("no app to deliver to")
        base = self._app if isinstance(self._app, str) else "http://cellule.test"
        async with httpx.AsyncClient(transport=_way(self._app), base_url=base, timeout=10) as client:
            answer = await client.post("/api/messages", content=body, headers=headers)
        await asyncio.sleep(0)  # as a network does, let what was begun beside the answer go on
        return Reply(answer.status_code, answer.text)

    def tell(self, bodies: list[bytes], headers: dict[str, str]) -> None:
        """Post bodies from the server's thread, while the call that caused them is answered."""
        if self._app is None:
            return
        loop = asyncio.get_running_loop() if isinstance(self._app, str) else self._loop
        if loop is None:
            raise AssertionError("give the application to the double while the test's loop runs")
        self._told.append(asyncio.run_coroutine_threadsafe(self._all(bodies, headers), loop))

    async def _all(self, bodies: list[bytes], headers: dict[str, str]) -> list[Reply]:
        return [await self.send(body, headers) for body in bodies]

    async def told(self) -> list[Reply]:
        """Wait until the app has answered all that the cloud told it."""
        return [reply for one in self._told for reply in await asyncio.wrap_future(one)]


def _way(app: ASGIApp | str) -> httpx.AsyncBaseTransport:
    """Without the certificates that a client reads by itself, which takes longer than the app's answer."""
    return httpx.AsyncHTTPTransport(verify=False) if isinstance(app, str) else httpx.ASGITransport(app=app)
