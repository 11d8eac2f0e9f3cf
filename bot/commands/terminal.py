"""A chat platform that is a terminal: what the cell would see is printed, and nothing is sent."""

import itertools
from collections.abc import Callable, Sequence
from textwrap import indent

from bot.cards import Card
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.ports import CreatedRoom, DirectPlace, NotInvited, Place
from bot.views.plain import plain_card


class TerminalGateway:
    """Prints a room's new cards whole, a changed one and what one person gets by one line."""

    platform = Platform.WEB

    def __init__(self, *, say: Callable[[str], None], name: Callable[[PersonId], str]) -> None:
        self._say = say
        self._name = name
        self._serial = itertools.count(1)

    def knows(self, person: PersonId) -> bool:
        return bool(person)

    async def create_room(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        workspace: str | None = None,
    ) -> CreatedRoom:
        del people, mark, attempted_before, workspace
        self._say(f"  # {names[0]}")
        return CreatedRoom(RoomRef(f"r{next(self._serial)}"), names[0])

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        self._say(f"  # {names[0]}")
        return CreatedRoom(room, names[0])

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        del room
        self._say(f"  + {', '.join(map(self._name, people))}")
        return ()

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        del mark
        if isinstance(place, DirectPlace):
            self._say(f"  → {self._name(place.person)} : {card.summary}")
        else:
            self._say(indent(plain_card(card), "  │ "))
        return MessageRef(f"m{next(self._serial)}")

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        del message, mark
        if not isinstance(place, DirectPlace):
            self._say(f"  ↻ {card.summary}")

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        del place, mark
        return None

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        del place, content, comment
        self._say(f"  ⎙ {name}")

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        del room
        self._say(f"  - {', '.join(map(self._name, people))}")

    async def archive(self, room: RoomRef) -> None:
        del room
