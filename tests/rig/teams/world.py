"""What Microsoft's cloud holds: people, conversations, teams, messages, dialogs, and who was notified."""

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import NAMESPACE_DNS, uuid5

Json = dict[str, Any]

TENANT = "7e4a4000-0000-4000-8000-00000000cafe"
APP_ID = "c3111000-0000-4000-8000-0000000000aa"
SECRET = "a-client-secret-for-tests"
CATALOG_APP_ID = "ca7a1000-0000-4000-8000-0000000000bb"
BOT = f"28:{APP_ID}"
BOT_NAME = "Cellule"
ALL_PERMISSIONS = frozenset(
    {
        "Chat.Create",
        "ChatMember.ReadWrite.All",
        "Chat.ReadWrite.All",
        "TeamsAppInstallation.ReadWriteSelfForChat.All",
        "TeamsAppInstallation.ReadWriteSelfForUser.All",
        "Channel.Create.Group",
        "ChannelSettings.Read.Group",
        "User.Read.All",
        "AppCatalog.Read.All",
    }
)


class TeamsError(Exception):
    """A refusal in Microsoft's own words. `blunder`: what no app should send, it fails the test."""

    def __init__(
        self, status: int, code: str, message: str = "", *, blunder: bool = False, inner: Json | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.blunder = blunder
        self.inner = inner or {}


@dataclass
class Account:
    """A person of the tenant, or of another one. `installed`: they have the app in their personal scope."""

    handle: str
    name: str
    aad: str
    upn: str
    mail: str | None
    tenant: str = TENANT
    locale: str = "fr-FR"
    timezone: str = "Europe/Paris"
    is_guest: bool = False
    installed: bool = True
    blocks_the_bot: bool = False

    @property
    def id(self) -> str:
        """What this bot knows them by."""
        return f"29:1{self.aad}"


@dataclass
class Message:
    """A message as it now is; `personal` holds the card that a press brought to somebody alone."""

    conversation: str
    id: str
    sender: str
    text: str
    cards: list[Json] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    summary: str = ""
    root: str = ""
    edits: int = 0
    deleted: bool = False
    personal: dict[str, Json] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The conversation id with which one answers below this message."""
        return f"{self.conversation};messageid={self.root}" if self.root else self.conversation


@dataclass
class Conversation:
    """A 1:1 conversation with the bot, a group chat or a channel. `hidden`: so many calls miss it yet."""

    id: str
    kind: str
    name: str
    members: list[str]
    team: "Team | None" = None
    bot_is_in: bool = False
    messages: list[Message] = field(default_factory=list)
    hidden: int = 0
    tenant: str = TENANT


@dataclass
class Team:
    """A team; its channels are conversations. `installed`: the app is in it."""

    id: str
    name: str
    members: list[str]
    installed: bool = True
    channels: list[Conversation] = field(default_factory=list)


@dataclass
class Dialog:
    """An open dialog. `action` is the invoke's value that opened it from a message's menu, if so."""

    user: str
    title: str
    card: Json
    conversation: str
    action: Json | None = None
    said: str = ""


@dataclass(frozen=True)
class Notification:
    """What somebody's devices showed."""

    user: str
    conversation: str
    text: str


@dataclass(frozen=True)
class Event:
    """What the cloud tells the app by itself; `who` installed it, came or went."""

    kind: Literal["installed", "joined", "left"]
    place: Conversation
    who: Account


class World:
    """The cloud. Its methods say nothing to the app but through `tell`."""

    def __init__(self) -> None:
        self.base_url = ""
        self.catalogs = {TENANT: CATALOG_APP_ID}
        self.permissions = set(ALL_PERMISSIONS)
        self.refused: dict[str, set[str]] = {}
        self.accounts: dict[str, Account] = {}
        self.conversations: dict[str, Conversation] = {}
        self.teams: dict[str, Team] = {}
        self.dialogs: list[Dialog] = []
        self.toasts: list[tuple[str, str]] = []
        self.notifications: list[Notification] = []
        self.operations: dict[str, tuple[Conversation, int]] = {}
        self.errors: list[str] = []
        self.lag = 0
        self.channel_polls = 0
        self.page_size = 100
        self.tell: Callable[[Event], None] = lambda _event: None
        self._serial = itertools.count(1)

    @property
    def tenants(self) -> Collection[str]:
        """Those that know the app; `catalogs` holds its id in each, empty where nobody uploaded it."""
        return self.catalogs.keys()

    def add_tenant(self, tenant: str) -> None:
        """Let another tenant in, which gives the app an id of its own."""
        self.catalogs[tenant] = f"ca7a1000-{tenant[9:]}"

    def granted(self, tenant: str) -> set[str]:
        """What a tenant consented to: `permissions`, but for what it `refused`."""
        return self.permissions - self.refused.get(tenant, set())

    @property
    def service_url(self) -> str:
        return f"{self.base_url}/teams/"

    @property
    def graph_url(self) -> str:
        return f"{self.base_url}/graph/v1.0"

    def serial(self) -> int:
        return next(self._serial)

    def message_id(self) -> str:
        """Milliseconds since 1970, as Teams numbers messages."""
        return str(1_700_000_000_000 + self.serial())

    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_DNS, f"{self.serial()}.exemple.example"))

    def account(self, name: str) -> Account | None:
        """Somebody by handle, Entra id, UPN or the bot's own id for them."""
        for one in self.accounts.values():
            if name.lower() in (one.handle.lower(), one.aad.lower(), one.upn.lower(), one.id.lower()):
                return one
        return None

    def add_conversation(self, kind: str, name: str, members: list[str], **more: Any) -> Conversation:
        """Make a conversation without asking whether one may."""
        suffix = {"groupChat": "@thread.v2", "channel": "@thread.tacv2", "personal": ""}[kind]
        mark = self.uuid().replace("-", "")
        made = Conversation(
            f"a:1{mark}" if kind == "personal" else f"19:{mark}{suffix}", kind, name, members, **more
        )
        self.conversations[made.id] = made
        return made

    def personal(self, account: Account) -> Conversation:
        """The bot's conversation with a person, made when it is first asked for."""
        for one in self.conversations.values():
            if one.kind == "personal" and one.members == [account.aad]:
                return one
        return self.add_conversation("personal", "", [account.aad], bot_is_in=True, tenant=account.tenant)

    def see(self, place: Conversation) -> None:
        """Refuse, 404 and 403 by turns, while what was just made is not everywhere yet."""
        if not place.hidden:
            return
        place.hidden -= 1
        if place.hidden % 2:
            raise TeamsError(403, "Forbidden", "Not yet.")
        raise TeamsError(404, "NotFound", "Not found yet.")

    def members(self, conversation: Conversation) -> list[Account]:
        aads = conversation.team.members if conversation.team else conversation.members
        return [one for one in self.accounts.values() if one.aad in aads]

    def notify(self, conversation: Conversation, message: Message) -> None:
        """Show it on devices: in a chat to everybody, in a channel to those who are mentioned."""
        called = {entity["mentioned"]["id"] for entity in message.entities}
        for one in self.members(conversation):
            if conversation.kind != "channel" or {one.id, one.aad, one.upn} & called:
                text = message.summary or message.text or "Sent a card"
                self.notifications.append(Notification(one.aad, conversation.id, text))
