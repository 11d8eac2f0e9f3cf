"""The stream by which an open page learns that something changed (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import StreamingResponse

from adapters.web.desk import Desk
from adapters.web.hub import Change
from adapters.web.ports import Board
from bot.domain.ids import PersonId, RoomRef

HEARTBEAT = 15.0
"""Seconds. A silent stream is cut by many proxies after a minute."""


async def events(desk: Desk, request: Request) -> StreamingResponse:
    person = (await desk.door.visitor(request)).known().id
    return StreamingResponse(
        event_lines(desk, person),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},  # nginx would hold the events back
    )


async def event_lines(desk: Desk, person: PersonId, *, heartbeat: float = HEARTBEAT) -> AsyncGenerator[str]:
    """Yield the changes that concern this person. `heartbeat` is in seconds."""
    async with (
        aclosing(desk.hub.subscribe(person)) as changes,
        aclosing(_beating(changes, heartbeat)) as beats,
    ):
        mine: frozenset[RoomRef] = frozenset()
        async for change in beats:
            if change is None:
                yield ": still here\n\n"
                continue
            if change.room is None:  # among others, they may have been brought into a room
                mine = await asyncio.to_thread(_rooms, desk.board, person)
            if change.room is None or change.room in mine:
                yield f"event: change\ndata: {json.dumps({'room': change.room, 'card': change.card})}\n\n"


async def _beating(changes: AsyncGenerator[Change], heartbeat: float) -> AsyncGenerator[Change | None]:
    """Yield the changes, and None whenever nothing came for `heartbeat` seconds."""
    upcoming = asyncio.ensure_future(anext(changes))
    try:
        while True:
            arrived, _ = await asyncio.wait({upcoming}, timeout=heartbeat)
            if not arrived:
                yield None
                continue
            try:
                change = upcoming.result()
            except StopAsyncIteration:  # the hub closes
                return
            yield change
            upcoming = asyncio.ensure_future(anext(changes))
    finally:
        upcoming.cancel()
        await asyncio.wait({upcoming})


def _rooms(board: Board, person: PersonId) -> frozenset[RoomRef]:
    return frozenset(summary.room for summary in board.rooms(person))
