"""The browser room, put together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from adapters.web import entry, events, letters, pages, posts, public
from adapters.web.assets import Assets
from adapters.web.desk import Desk
from adapters.web.gate import Gate
from adapters.web.gateway import WebGateway
from adapters.web.guard import Guard
from adapters.web.hub import Hub
from adapters.web.ports import Board
from adapters.web.render import Screen
from adapters.web.session import Sessions
from adapters.web.visitor import Door
from bot.ports import Clock, Handle, Paper

Endpoint = Callable[[Desk, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`base_url` is where people reach us; `signing_key` signs cookies and forms.

    `demo` says that the settings allow to choose freely who one is: the demonstration's flag, no chat
    platform, a loopback bind and base URL.
    """

    base_url: str
    signing_key: str
    demo: bool


class WebAdapter:
    """The browser room: `gateway` for the relay, `routes` and `guard` for the application.

    `routes` take every path that is left: put them last. `guard` goes into `Starlette(middleware=…)`.
    Open pages look again when `gateway` posts; of what another process posted, tell `hub`.
    """

    def __init__(
        self,
        *,
        board: Board,
        handle: Handle,
        clock: Clock,
        settings: WebSettings,
        paper: Paper | None = None,
    ) -> None:
        self.hub = Hub()
        screen = Screen()
        sessions = Sessions(key=settings.signing_key, https=settings.base_url.startswith("https:"))
        desk = Desk(
            board=board,
            hub=self.hub,
            handle=handle,
            door=Door(board=board, sessions=sessions, clock=clock, demo=settings.demo),
            sessions=sessions,
            screen=screen,
            paper=paper,
        )
        self.gateway = WebGateway(hub=self.hub, board=board)
        self.guard = Middleware(Guard, screen=screen)
        gate = Middleware(Gate, base_url=settings.base_url, screen=screen)
        self.routes: list[BaseRoute] = [Mount("", routes=_routes(desk), middleware=[gate])]


def _routes(desk: Desk) -> list[BaseRoute]:
    def get(path: str, endpoint: Endpoint) -> Route:
        return Route(path, partial(endpoint, desk), methods=["GET"])

    def post(path: str, endpoint: Endpoint) -> Route:
        return Route(path, partial(endpoint, desk), methods=["POST"])

    return [
        get("/", pages.home),
        get("/c/{room}", pages.room),
        get("/c/{room}/journal.txt", pages.journal),
        get("/fragments/home", pages.home_fragment),
        get("/fragments/room/{room}", pages.room_fragment),
        get("/fragments/card/{room}/{card}", pages.card_fragment),
        get("/events", events.events),
        post("/act", posts.act),
        post("/form", posts.submit),
        post("/command", posts.command),
        get("/letters/{letter}", letters.letter),
        get("/letters/{letter}/pdf", letters.pdf),
        get("/r/{token}", entry.link),
        post("/r/{token}", entry.come_in),
        get("/r/{token}/code", entry.code),
        post("/r/{token}/code", entry.come_in_by_code),
        get("/r/{token}/{letter}", entry.link),
        post("/r/{token}/{letter}", entry.come_in),
        get("/me", entry.choice),
        post("/me", entry.choose),
        post("/logout", entry.leave),
        get(public.PRIVACY, public.privacy),
        get(public.TERMS, public.terms),
        Mount("/static", Assets()),
    ]
