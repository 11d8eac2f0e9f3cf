"""The way out to the browser room. Nothing leaves the process: pages read the rows themselves."""

import secrets
from collections.abc import Sequence

from adapters.web.hub import Hub
from adapters.web.ports import Board
from bot.cards import Card
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.ports import CreatedRoom, DirectPlace, NotInvited, Place

ROOM_BYTES = 16
"""128 bits: a room's address cannot be guessed."""


class WebGateway:
    """A `ChatGateway`."""

    platform = Platform.WEB

    def __init__(self, *, hub: Hub, board: Board) -> None:
        self._hub = hub
        self._board = board

    def knows(self, person: PersonId) -> bool:
        """Whether the plan names them: a browser is all they need."""
        return any(known.id == person for known in self._board.people())

    async def create_room(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        workspace: str | None = None,
    ) -> CreatedRoom:
        """Draw a fresh address. A cut attempt left nothing behind, and names need not be unique here."""
        del people, mark, attempted_before, workspace
        return CreatedRoom(room=RoomRef(secrets.token_urlsafe(ROOM_BYTES)), name=names[0])

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        """Take the first: a page shows no other name than the crisis's."""
        return CreatedRoom(room=room, name=names[0])

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        """Tell their pages to look: who is in a room stands in storage."""
        del room
        for person in people:
            self._hub.changed(DirectPlace(Platform.WEB, person))
        return ()

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        """Tell their pages to look: storage no longer shows them the room."""
        await self.invite(room, people)

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        del card
        self._hub.changed(place, mark)
        return MessageRef(mark)

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        del card, mark
        self._hub.changed(place, message)

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        """Always None: a post that was cut off changed nothing, so it may be repeated."""
        del place, mark
        return None

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        """Do nothing: the room's page links to the file."""

    async def archive(self, room: RoomRef) -> None:
        """Do nothing: a page that nobody opens is at rest."""
