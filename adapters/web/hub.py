"""Tells the open pages of this process that a card changed."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import assert_never

from bot.domain.ids import PersonId, RoomRef
from bot.ports import DirectPlace, Place, RoomPlace

MOST_PENDING = 32
"""Changes kept for one page; beyond, it is told to look at everything."""


@dataclass(frozen=True, slots=True)
class Change:
    """What to look at anew: a card of a room; without a room, the person's own page; without a card, all."""

    room: RoomRef | None = None
    card: str | None = None


class Hub:
    """One event loop's broadcast. A page that reads slowly gets coarser changes and holds nobody up."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._closed = False

    def changed(self, place: Place, card: str | None = None) -> None:
        """Say that a card was posted or updated. Call it on the event loop."""
        match place:
            case RoomPlace(room=room):
                change, person = Change(room, card), None
            case DirectPlace(person=person):
                change = Change(None, card)
            case _:
                assert_never(place)
        for listener in self._listeners:
            if person in (None, listener.person):
                listener.tell(change)

    def close(self) -> None:
        """End every subscription, so that a server that stops has no page to wait for."""
        self._closed = True
        for listener in self._listeners:
            listener.wake()

    async def subscribe(self, person: PersonId) -> AsyncGenerator[Change]:
        """Yield the changes of every room, and those of this person's own page.

        The first comes at once and says «look at all of it»: what happened before is in no queue.
        """
        listener = _Listener(person)
        listener.tell(Change())
        self._listeners.add(listener)
        try:
            while not self._closed:
                for change in await listener.news():
                    yield change
        finally:
            self._listeners.discard(listener)


class _Listener:
    def __init__(self, person: PersonId) -> None:
        self.person = person
        self._pending: dict[Change, None] = {}
        self._some = asyncio.Event()

    def tell(self, change: Change) -> None:
        if len(self._pending) >= MOST_PENDING:
            self._pending = {Change(): None}
        self._pending[change] = None
        self.wake()

    def wake(self) -> None:
        self._some.set()

    async def news(self) -> tuple[Change, ...]:
        await self._some.wait()
        self._some.clear()
        taken, self._pending = tuple(self._pending), {}
        return taken
