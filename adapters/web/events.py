"""The stream by which an open page learns that something changed (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from time import monotonic

from starlette.requests import Request
from starlette.responses import StreamingResponse

from adapters.web.desk import Desk
from adapters.web.hub import Change
from adapters.web.ports import Board
from bot.domain.ids import PersonId, RoomRef

RETRY = 1000
"""Milliseconds until a page whose stream was cut asks again; by itself a browser waits up to five seconds."""

HEARTBEAT = 15.0
"""Seconds. A silent stream is cut by many proxies after a minute."""


async def events(desk: Desk, request: Request) -> StreamingResponse:
    visitor = await desk.door.visitor(request)
    visitor.known()

    async def admitted() -> bool:
        return (await desk.door.visitor(request)).person is not None

    return StreamingResponse(
        event_lines(desk, visitor.known().id, guest=visitor.guest_of is not None, admitted=admitted),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},  # nginx would hold the events back
    )


async def event_lines(
    desk: Desk,
    person: PersonId,
    *,
    admitted: Callable[[], Awaitable[bool]],
    guest: bool = False,
    heartbeat: float = HEARTBEAT,
) -> AsyncGenerator[str]:
    """Yield the changes that concern this person, a guest's in no room, as long as they are `admitted`.

    That is asked after each `heartbeat`, in seconds.
    """
    async with (
        aclosing(desk.hub.subscribe(person)) as changes,
        aclosing(_beating(changes, heartbeat)) as beats,
    ):
        yield f"retry: {RETRY}\n\n"
        mine: frozenset[RoomRef] = frozenset()
        asked_at = monotonic()
        async for change in beats:
            if monotonic() - asked_at >= heartbeat:
                if not await admitted():
                    return
                asked_at = monotonic()
            if change is None:
                yield ": still here\n\n"
                continue
            if change.room is None and not guest:  # among others, they may have been brought into a room
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
