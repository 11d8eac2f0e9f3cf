"""The way out to Teams. A room is a conversation; a message is named `<conversation>|<activity>`."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TypeVar

from adapters.teams.calls import Refusal
from adapters.teams.connector import Conversation
from adapters.teams.render import message as rendered
from adapters.teams.rooms import Rooms, Teams, is_channel
from adapters.teams.texts import Json
from bot.cards import Card, Mention, Quote
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.ports import CreatedRoom, Denied, GatewayError, Gone, NotInvited, Place, RoomPlace

T = TypeVar("T")

BLOCKED = "MessageWritesBlocked"
"""The person blocked the app: nothing reaches them here."""
PART = 8_000
"""Characters of a file in one message: cards keep to 28 KB."""
_FORBIDDEN = 403


class TeamsGateway:
    """A `ChatGateway`."""

    platform = Platform.TEAMS

    def __init__(self, teams: Teams) -> None:
        self._teams = teams
        self._rooms = Rooms(teams)

    def knows(self, person: PersonId) -> bool:
        return self._teams.identity.knows(person)

    async def create_room(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        workspace: str | None = None,
    ) -> CreatedRoom:
        return await self._rooms.create(
            names=names,
            people=people,
            mark=mark,
            attempted_before=attempted_before,
            tenant=workspace or self._teams.settings.tenant,
        )

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        await self._rooms.rename(room, names[0])
        return CreatedRoom(room, names[0])

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        """Invite everybody who is found; raise what hindered the search for the others once that is done."""
        failures = dict(await self._teams.identity.meet(people))
        known = self._teams.identity.known_accounts(people)
        results = await asyncio.gather(
            *(self._let_in(room, account) for account in known.values()), return_exceptions=True
        )
        for person, result in zip(known, results, strict=True):
            if isinstance(result, GatewayError):
                failures[person] = result
            elif isinstance(result, BaseException):
                raise result
        for failure in failures.values():
            if not isinstance(failure, Denied):
                raise failure
        return [NotInvited(person, failure.code) for person, failure in failures.items()]

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        """Take out these people; for one whom the plan no longer names, all those whom it does not name.

        Raises `Denied` for a channel: who is in the team stays there for all else that the team does.
        """
        if is_channel(room):
            raise Denied("in_the_team")
        graph = await self._teams.graph_for(room)
        gone = {person if self._teams.identity.knows(person) else None for person in people}
        for member in await graph.members_of_chat(room):
            account = member.get("userId")
            if account and await self._teams.identity.person(str(account)) in gone:
                await graph.take_out_of_chat(room, str(member["id"]))

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        content = await self._content(place, card)
        if isinstance(place, RoomPlace):
            return await self._said(await self._teams.book.room(place.room), content, mark)
        account = await self._teams.identity.account(place.person)
        return await self._to_person(account, lambda where: self._said(where, content, mark))

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        del mark
        conversation, _, activity = message.rpartition("|")
        where = await self._teams.book.room(RoomRef(conversation))
        await self._teams.connector.update(where, activity, await self._content(place, card))

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        """Say that nobody can look: Teams shows an app no messages of before."""
        del place, mark
        raise Denied("no_history")

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        """Say the text, in as many messages as it needs: Teams takes no file from an app in a group."""
        text = content.decode()
        parts = [text[start : start + PART] for start in range(0, len(text), PART)] or [""]
        for number, part in enumerate(parts, 1):
            title = name if len(parts) == 1 else f"{name} ({number}/{len(parts)})"
            card = Card(summary=comment or name, title=title, blocks=(Quote(part),))
            await self.post(place, card, mark=f"{name}.{number}")

    async def archive(self, room: RoomRef) -> None:
        """Leave it as it is: an app can close neither a chat nor a thread. Nothing more is written there."""

    async def say(self, account: str, content: Json, *, mark: str) -> None:
        """Write to somebody directly, whether or not the plan names them."""
        await self._to_person(account, lambda where: self._said(where, content, mark))

    async def outside(self, room: RoomRef, people: Sequence[PersonId]) -> Collection[PersonId]:
        """Who of these is not in a room: Teams refuses a whole message that calls one who is not."""
        known = self._teams.identity.known_accounts(people)
        where = await self._teams.book.room(room)
        found = await asyncio.gather(*(self._is_in(where, account) for account in known.values()))
        return [person for person, inside in zip(known, found, strict=True) if not inside]

    async def _let_in(self, room: RoomRef, account: str) -> None:
        """Bring somebody in; in a channel is who is in its team."""
        if not is_channel(room):
            graph = await self._teams.graph_for(room)
            await graph.add_to_chat(room, account, guest=self._teams.identity.is_guest(account))
            return
        if not await self._is_in(await self._teams.book.room(room), account):
            raise Denied("not_in_the_team")

    async def _content(self, place: Place, card: Card) -> Json:
        called = [person for block in card.blocks if isinstance(block, Mention) for person in block.people]
        await self._teams.identity.meet(called)
        outside = await self.outside(place.room, called) if isinstance(place, RoomPlace) else ()
        return rendered(card, self._teams.looks.at(place, outside=outside))

    async def _is_in(self, where: Conversation, account: str) -> bool:
        try:
            await self._teams.connector.member(where, account)
        except Gone:
            return False
        return True

    async def _said(self, where: Conversation, content: Json, mark: str) -> MessageRef:
        activity = await self._teams.connector.post(where, content, mark=mark)
        return MessageRef(f"{where.id}|{activity}")

    async def _to_person(self, account: str, say: Callable[[Conversation], Awaitable[T]]) -> T:
        """Say something in somebody's own conversation; bring them the app when they lack it.

        Whoever cannot be reached there is `Denied`, never `Gone`: a person is no vanished message.
        """
        tenant = self._teams.identity.tenant(account)
        try:
            try:
                return await say(await self._direct(account))
            except Refusal as refused:
                if refused.status != _FORBIDDEN or refused.code == BLOCKED:
                    raise
                app = await self._teams.catalog.app(tenant)
                if not app:
                    raise
            await self._teams.graph.at(tenant).install_for(account, app)
            return await say(await self._direct(account))
        except Gone as gone:
            raise Denied(gone.code) from None

    async def _direct(self, account: str) -> Conversation:
        known = await self._teams.book.direct(account)
        if known is not None:
            return known
        tenant = self._teams.identity.tenant(account)
        service_url = await self._teams.book.service_url(tenant)
        begun = await self._teams.connector.begin_direct(
            service_url, tenant=tenant, account=account, bot=self._teams.settings.bot
        )
        await self._teams.book.is_in(begun.conversation, tenant)
        await self._teams.book.direct_is(account, begun.conversation)
        return Conversation(begun.conversation, service_url)
