"""Microsoft's cloud for tests: as strict as Teams; it signs what it sends, stores what it is told, notifies.

It answers the Bot Framework's keys, the token endpoint, the connector and Graph on a loopback port, out of
the documentation named in each module. What no app should send (an unknown address, no bearer, a card that
Teams would not draw) is refused and fails the test: `with TeamsDouble() as teams:` raises it at the end.

It does not model: private and shared channels, meetings, tabs, message extensions that search, files,
reactions, edits and deletions by people, read receipts, throttling and batching by Graph, subscriptions,
delegated permissions, sovereign clouds, the reviews of app catalogues, several bots, federated chats in
which the bot is (only activities of foreign tenants), the drawing of cards, `data` beside an Action.Submit's
own and its fields, or the hours after which Teams stops retrying. Consent by resource (`….Group`) is part of
`permissions`, and lapses where the app is not installed in the team.
"""

from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from tests.rig.teams import payloads
from tests.rig.teams.delivery import ASGIApp, Reply
from tests.rig.teams.filling import NotThereError
from tests.rig.teams.machinery import Machinery
from tests.rig.teams.person import TeamsUser
from tests.rig.teams.world import APP_ID, Account, Conversation, Json, Message, Notification, Team

MANIFEST: Json = {
    "composeExtensions": [
        {
            "botId": APP_ID,
            "commands": [
                {
                    "id": "open_crisis",
                    "type": "action",
                    "title": "Open a crisis",
                    "context": ["message"],
                    "fetchTask": True,
                }
            ],
        }
    ]
}


class TeamsDouble(Machinery):
    """The cloud; `with TeamsDouble() as teams:` serves it.

    `deliver_to` is the app: an ASGI application, or the base URL of one that runs elsewhere. `now` is the
    hour with which activities are signed and tokens given, in seconds since 1970.
    """

    def __init__(self, *, manifest: Json | None = None, deliver_to: ASGIApp | str | None = None) -> None:
        super().__init__(deliver_to=deliver_to)
        self.manifest = MANIFEST if manifest is None else manifest
        self._told: Json = {}

    # People and places

    def add_user(self, handle: str, name: str = "", **details: Any) -> TeamsUser:
        """Let somebody join; `details` are those of an `Account`. A guest's UPN is no address."""
        mail = details.pop("mail", f"{handle}@exemple.example")
        upn = mail or f"{handle}@exemple.example"
        if details.get("is_guest"):
            upn = f"{upn.replace('@', '_')}#EXT#@exemple.onmicrosoft.com"
        details.setdefault("aad", str(uuid5(NAMESPACE_DNS, f"{handle}.exemple.example")))
        details.setdefault("upn", upn)
        self.world.accounts[handle] = Account(handle, name or handle.title(), mail=mail, **details)
        return self.user(handle)

    def user(self, handle: str) -> TeamsUser:
        """The client of somebody who has joined."""
        return TeamsUser(self, self._account(handle))

    def add_chat(self, name: str, *, members: list[str], bot_is_in: bool = True) -> Conversation:
        """Make a group chat that people made by themselves."""
        aads = [self._account(one).aad for one in members]
        return self.world.add_conversation("groupChat", name, aads, bot_is_in=bot_is_in)

    def add_team(self, name: str, *, members: list[str], channels: tuple[str, ...] = ()) -> Team:
        """Make a team with a general channel, and the app in it."""
        team = Team(self.world.uuid(), name, [self._account(one).aad for one in members])
        for channel in ("General", *channels):
            team.channels.append(self.world.add_conversation("channel", channel, [], team=team))
        self.world.teams[team.id] = team
        return team

    def conversation(self, name: str) -> Conversation:
        """A conversation by its id (also a thread's) or its name."""
        for one in self.world.conversations.values():
            if one.id == name.partition(";")[0] or (name and one.name == name):
                return one
        raise NotThereError(f"no conversation {name}")

    @property
    def rooms(self) -> list[Conversation]:
        """The group chats and channels, oldest first."""
        return [one for one in self.world.conversations.values() if one.kind != "personal"]

    def other_app_posts(self, where: str, card: Json) -> Message:
        """Post a card of another app."""
        place = self.conversation(where)
        message = Message(place.id, self.world.message_id(), "28:another-app", "", [card])
        place.messages.append(message)
        return message

    @property
    def notifications(self) -> list[Notification]:
        """Every notification so far."""
        return self.world.notifications

    def message_action(self, title: str) -> str:
        """The command of a message action, by the title that people see."""
        for extension in self.manifest.get("composeExtensions", []):
            for command in extension["commands"]:
                if command["title"] == title and "message" in command["context"] and command["fetchTask"]:
                    return str(command["id"])
        raise NotThereError(f"no message action {title!r}")

    # What happens to the app

    async def installs(self, where: str, *, by: str) -> Reply:
        """Let somebody put the app into a conversation, or (`where` is a person) into their own scope."""
        place, who = self._in_scope(where), self._account(by)
        self._put(place, installed=True)
        await self.deliver(payloads.members_changed(self.world, place, who, added=[None], gone=[]))
        return await self.deliver(payloads.installation(self.world, place, who, added=True))

    async def removes(self, where: str, *, by: str) -> Reply:
        """Let somebody take the app out again."""
        place, who = self._in_scope(where), self._account(by)
        self._put(place, installed=False)
        if place.kind != "personal":
            await self.deliver(payloads.members_changed(self.world, place, who, added=[], gone=[None]))
        return await self.deliver(payloads.installation(self.world, place, who, added=False))

    async def adds(self, who: str, *, to: str, by: str) -> Reply:
        """Let somebody bring a person into a conversation."""
        place, person = self.conversation(to), self._account(who)
        (place.team.members if place.team else place.members).append(person.aad)
        return await self.deliver(
            payloads.members_changed(self.world, place, self._account(by), added=[person], gone=[])
        )

    async def takes_out(self, who: str, *, of: str, by: str) -> Reply:
        """Let somebody take a person out of a conversation; by themselves, they leave."""
        place, person = self.conversation(of), self._account(who)
        (place.team.members if place.team else place.members).remove(person.aad)
        self._told = payloads.members_changed(self.world, place, self._account(by), added=[], gone=[person])
        return await self.deliver(self._told)

    async def repeats(self) -> Reply:
        """Tell once more who was taken out, as Teams does after an error."""
        return await self.deliver(self._told)

    def _account(self, name: str) -> Account:
        account = self.world.account(name)
        if account is None:
            raise NotThereError(f"nobody is called {name}")
        return account

    def _in_scope(self, where: str) -> Conversation:
        account = self.world.account(where)
        return self.conversation(where) if account is None else self.world.personal(account)

    def _put(self, place: Conversation, *, installed: bool) -> None:
        if place.team is not None:
            place.team.installed = installed
        elif place.kind == "personal":
            self._account(place.members[0]).installed = installed
        else:
            place.bot_is_in = installed
