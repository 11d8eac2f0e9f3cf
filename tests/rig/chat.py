"""A chat platform in memory: it does what it is told, remembers it, and breaks where a test says so."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.cards import Card
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.ports import CreatedRoom, DirectPlace, Gone, NotInvited, Place, RoomPlace


@dataclass
class Said:
    """One message: `versions` are its cards, oldest first."""

    place: Place
    mark: str
    versions: list[Card]

    @property
    def card(self) -> Card:
        return self.versions[-1]


@dataclass
class ChatRoom:
    name: str
    people: set[PersonId] = field(default_factory=set)
    archived: bool = False


def nothing(_what: str) -> None:
    """Let the call go through."""


class Chat:
    """A `ChatGateway`. `before` and `after` are called around each call, with its name.

    `lesser` is why the next room is not a private one.
    """

    def __init__(self, platform: Platform = Platform.SLACK) -> None:
        self.platform = platform
        self.rooms: dict[RoomRef, ChatRoom] = {}
        self.said: dict[MessageRef, Said] = {}
        self.calls: list[str] = []
        self.before: Callable[[str], None] = nothing
        self.after: Callable[[str], None] = nothing
        self.lesser = ""
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
        del people, mark, workspace
        self._begin("create_room")
        for ref, room in self.rooms.items():
            if attempted_before and room.name == names[0] and not room.people:
                return CreatedRoom(ref, room.name)
        taken = {room.name for room in self.rooms.values()}
        name = next(name for name in names if name not in taken)
        ref = RoomRef(f"C{next(self._serial)}")
        self.rooms[ref] = ChatRoom(name)
        self.after("create_room")
        return CreatedRoom(ref, name, self.lesser)

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        self._begin("rename")
        taken = {each.name for ref, each in self.rooms.items() if ref != room}
        self.rooms[room].name = next(name for name in names if name not in taken)
        self.after("rename")
        return CreatedRoom(room, self.rooms[room].name)

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        self._begin("invite")
        self.rooms[room].people.update(people)
        self.after("invite")
        return ()

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        self._begin("remove")
        self.rooms[room].people.difference_update(people)
        self.after("remove")

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        self._begin("post")
        ref = MessageRef(f"m{next(self._serial)}")
        self.said[ref] = Said(place, mark, [card])
        self.after("post")
        return ref

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        del place, mark
        self._begin("update")
        if message not in self.said:
            raise Gone("message_not_found")
        self.said[message].versions.append(card)
        self.after("update")

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        self._begin("find")
        found = (ref for ref, said in self.said.items() if (said.place, said.mark) == (place, mark))
        return next(found, None)

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        del place, name, content, comment
        self._begin("attach")
        self.after("attach")

    async def archive(self, room: RoomRef) -> None:
        self._begin("archive")
        self.rooms[room].archived = True
        self.after("archive")

    def read_by(self, person: str) -> list[Said]:
        """A person's own channel, oldest first."""
        return [
            said for said in self.said.values() if said.place == DirectPlace(self.platform, PersonId(person))
        ]

    def in_rooms(self) -> list[Said]:
        """What stands in the rooms, oldest first."""
        return [said for said in self.said.values() if isinstance(said.place, RoomPlace)]

    def _begin(self, what: str) -> None:
        self.before(what)
        self.calls.append(what)
