"""The last net around the whole application: the unforeseen becomes a neutral page and a line of the log."""

import traceback
from pathlib import PurePath

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web import problems
from adapters.web.problems import Problem
from adapters.web.render import Screen

log = structlog.get_logger()


class Guard:
    """Goes into `Starlette(middleware=…)`: inside Starlette's own handler, which has a page of its own."""

    def __init__(self, app: ASGIApp, *, screen: Screen) -> None:
        self._app = app
        self._screen = screen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_noticing(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_noticing)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  (this is the net)
            _log(scope["path"], error)
            if not started:
                response = self._screen.problem(Request(scope), Problem(500, problems.BROKEN))
                await response(scope, receive, send)


def _log(path: str, error: Exception) -> None:
    """Say where it broke, without the error's message, which may quote a member, nor the end of the path.

    After the path's first part may stand the secret of a personal link.
    """
    frame = traceback.extract_tb(error.__traceback__)[-1]
    log.error(
        "request_failed",
        path="/" + path.lstrip("/").partition("/")[0],
        error=type(error).__name__,
        where=f"{PurePath(frame.filename).name}:{frame.lineno}",
    )
