"""What the routes of the browser room share."""

from dataclasses import dataclass

from adapters.web.hub import Hub
from adapters.web.ports import Board
from adapters.web.render import Screen
from adapters.web.session import Sessions
from adapters.web.visitor import Door
from bot.ports import Handle, Paper


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an endpoint needs; each endpoint takes it first. Without `paper` no letter is made."""

    board: Board
    hub: Hub
    handle: Handle
    door: Door
    sessions: Sessions
    screen: Screen
    paper: Paper | None
