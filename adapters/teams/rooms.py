"""Making rooms: a group chat, a channel or a thread, as the settings say; a thread when Microsoft refuses."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.teams.book import Book
from adapters.teams.calls import Refusal
from adapters.teams.catalog import Catalog
from adapters.teams.connector import Connector
from adapters.teams.graph import Graph
from adapters.teams.identity import Identity
from adapters.teams.links import THREAD
from adapters.teams.looks import Looks
from adapters.teams.render import message
from adapters.teams.settings import TeamsSettings
from bot.cards import Card
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.ports import Ambiguous, CreatedRoom, Denied, RoomPlace

CONSENTS = ("Chat.Create", "TeamsAppInstallation.ReadWriteSelfForChat.All")
"""What a group chat needs. Source: Microsoft Graph, «Create chat», «Add app to chat»."""
MAX_NAME = 50
_FORBIDDEN = frozenset("~#%&*{}+/\\:<>?|'\"")
"""In a channel's name (Microsoft, «Limits and specifications for Teams»); `:` in a chat's topic."""
_FORBIDDEN_STATUS = 403


@dataclass(frozen=True, slots=True)
class Teams:
    """Teams as we reach it: what we may call there, who is there, and what was learned of it."""

    settings: TeamsSettings
    graph: Graph
    connector: Connector
    identity: Identity
    looks: Looks
    book: Book
    catalog: Catalog

    async def graph_for(self, room: RoomRef) -> Graph:
        """Graph as it answers for the tenant of a room."""
        return self.graph.at(await self.book.tenant(room))


class Rooms:
    """Makes one room after the other; what an attempt had made when it was cut is taken up again."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams
        self._whole: set[str] = set()

    async def create(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        tenant: str,
    ) -> CreatedRoom:
        """Make the room; where the kind that was asked for is refused, a thread.

        The team and the channel of the settings are with the app: another tenant has group chats alone.
        Raises `Denied` when there can be no room: people are then called one by one.
        """
        if tenant != self._teams.settings.tenant:
            return await self._chat(names[0], people, mark, attempted_before=attempted_before, tenant=tenant)
        if self._teams.settings.room_kind == "thread":
            return await self._thread(names[0])
        try:
            if self._teams.settings.room_kind == "channel":
                return await self._channel(names)
            return await self._chat(names[0], people, mark, attempted_before=attempted_before, tenant=tenant)
        except Denied as refused:
            if not self._teams.settings.channel:
                raise
            return await self._thread(names[0], lesser=refused.code)

    async def rename(self, room: RoomRef, name: str) -> None:
        """Rename what has a name of its own; a thread has none."""
        if THREAD in room:
            return
        if is_channel(room):
            await self._teams.graph.rename_channel(self._teams.settings.team, room, _clean(name))
        else:
            graph = await self._teams.graph_for(room)
            await graph.rename_chat(room, _clean(name))

    async def _chat(
        self, name: str, people: Sequence[PersonId], mark: str, *, attempted_before: bool, tenant: str
    ) -> CreatedRoom:
        graph = self._teams.graph.at(tenant)
        app = await self._our_app(graph, tenant)
        chat = await self._teams.book.made(mark) if attempted_before else None
        twice = chat is None and attempted_before and mark not in self._whole
        if chat is None:
            chat = await self._new_chat(name, people, mark, graph)
            await self._teams.book.is_in(chat, tenant)
            await self._teams.book.was_made(mark, chat)
        await graph.install_in_chat(chat, app)
        return CreatedRoom(RoomRef(chat), name, perhaps_twice=twice)

    async def _new_chat(self, name: str, people: Sequence[PersonId], mark: str, graph: Graph) -> str:
        """Graph makes no chat without people. Whether a cut attempt made one, nobody can say."""
        await self._teams.identity.meet(people)
        accounts = self._teams.identity.known_accounts(people).values()
        inside = {account: self._teams.identity.is_guest(account) for account in accounts}
        self._whole.add(mark)
        try:
            return await graph.create_chat(topic=_clean(name), people=inside)
        except Ambiguous:
            self._whole.discard(mark)
            raise

    async def _our_app(self, graph: Graph, tenant: str) -> str:
        """See beforehand that a chat can be used: one without us would stay behind. Raises `Denied`."""
        for consent in CONSENTS:
            if not await graph.may(consent):
                raise Denied(consent)
        app = await self._teams.catalog.app(tenant)
        if not app:
            raise Denied("TEAMS_CATALOG_APP_ID")
        return app

    async def _channel(self, names: Sequence[str]) -> CreatedRoom:
        for name in names:
            try:
                made = await self._teams.graph.create_channel(self._teams.settings.team, name=_clean(name))
            except Refusal as refused:
                if refused.status == _FORBIDDEN_STATUS:
                    raise Denied("Channel.Create.Group") from None
                if refused.code != "NameAlreadyExists":
                    raise
                continue
            return CreatedRoom(RoomRef(made), name)
        raise Denied("NameAlreadyExists")

    async def _thread(self, name: str, *, lesser: str = "") -> CreatedRoom:
        """Begin a thread: it needs no consent. Its first message bears the room's name."""
        look = self._teams.looks.at(RoomPlace(Platform.TEAMS, RoomRef(self._teams.settings.channel)))
        begun = await self._teams.connector.begin_thread(
            await self._teams.book.service_url(self._teams.settings.tenant),
            tenant=self._teams.settings.tenant,
            channel=self._teams.settings.channel,
            bot=self._teams.settings.bot,
            message=message(Card(summary=name, title=name), look),
        )
        return CreatedRoom(RoomRef(begun.conversation), name, lesser)


def is_channel(room: RoomRef) -> bool:
    """Whether all of a team reads it: a channel, or a thread of one."""
    return THREAD in room or room.endswith("@thread.tacv2")


def _clean(name: str) -> str:
    """Leave out what Teams takes in no name."""
    kept = "".join("-" if letter in _FORBIDDEN else letter for letter in name)
    return kept[:MAX_NAME].strip(" ._") or "cellule"
