"""Who is no longer in a room. Teams tells of a chat or of a whole team, and names people by ids of its own.

Source: Microsoft, «Conversation events in your Teams bot»: of a team every change is told in the team's own
conversation, and whoever was taken out of it bears no Entra id.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping

import structlog

from adapters.teams.book import CHANNEL, Book
from adapters.teams.connector import Connector
from adapters.teams.gateway import TeamsGateway
from adapters.teams.identity import Identity
from adapters.teams.rooms import is_channel
from adapters.teams.texts import Json
from bot.domain.ids import PersonId, RoomRef
from bot.ports import Denied, GatewayError, Gone

log = structlog.get_logger()

Parts = Callable[[], Awaitable[Mapping[RoomRef, Collection[PersonId]]]]
"""Who has a part in each open crisis, by its room on Teams."""


class Departures:
    """Finds out whom a `membersRemoved` is about, and which rooms they are out of."""

    def __init__(
        self,
        *,
        identity: Identity,
        connector: Connector,
        gateway: TeamsGateway,
        book: Book,
        parts: Parts,
    ) -> None:
        self._identity = identity
        self._connector = connector
        self._gateway = gateway
        self._book = book
        self._parts = parts

    async def of(self, activity: Json) -> list[tuple[RoomRef, PersonId]]:
        """Read an activity. Raises `GatewayError` when only Microsoft could say it, and does not."""
        ours, conversation = activity["recipient"]["id"], activity["conversation"]
        removed = [each for each in activity.get("membersRemoved") or [] if each["id"] != ours]
        if not removed:
            return []
        parts, chat = await self._parts(), RoomRef(str(conversation["id"]))
        if conversation.get("conversationType") != CHANNEL:
            people = await self._people(removed, parts.get(chat, ()))
            return [(chat, person) for person in people]
        rooms = {room: inside for room, inside in parts.items() if is_channel(room)}
        people = await self._people(removed, {person for inside in rooms.values() for person in inside})
        return [
            (room, person)
            for room, inside in rooms.items()
            for person in await self._gateway.outside(room, [each for each in people if each in inside])
        ]

    async def _people(self, removed: list[Json], near: Collection[PersonId]) -> list[PersonId]:
        """Whom the plan knows of those who were removed; `near` are those of whom it may be one."""
        found = []
        for each in removed:
            account = each.get("aadObjectId") or await self._account(str(each["id"]), near)
            person = await self._person(str(account)) if account else None
            if person is not None:
                found.append(person)
        return found

    async def _person(self, account: str) -> PersonId | None:
        try:
            return await self._identity.person(account)
        except GatewayError as failure:
            log.warning("teams_departure_of_nobody_known", error=failure.code)
            return None

    async def _account(self, known_as: str, near: Collection[PersonId]) -> str | None:
        """Whose id it is: Teams says it in each one's own conversation with us."""
        accounts = list(self._identity.known_accounts(near).values())
        ids = await asyncio.gather(*(self._id_of(account) for account in accounts))
        return dict(zip(ids, accounts, strict=True)).get(known_as)

    async def _id_of(self, account: str) -> str:
        where = await self._book.direct(account)
        if where is None:
            return ""
        try:
            return str((await self._connector.member(where, account)).get("id") or "")
        except (Denied, Gone):
            return ""
