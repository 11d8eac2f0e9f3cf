"""What a Slack workspace holds: people, channels, messages, dialogs, and who was notified of what."""

import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Blocks = list[dict[str, Any]]


class SlackError(Exception):
    """A refusal in Slack's own words: `error`, and whatever else the response carries beside it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass
class Account:
    """A user of the workspace, or of another one that shares a channel with it (`is_stranger`)."""

    id: str
    name: str
    real_name: str = ""
    email: str = ""
    team_id: str = "T0CELLULE"
    locale: str = "fr-FR"
    timezone: str = "Europe/Paris"
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False


@dataclass
class Message:
    """A message as it now is; `edits` counts its updates."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    edits: int = 0


@dataclass
class Channel:
    """A public or private channel, or a direct conversation (`is_im`)."""

    id: str
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False


@dataclass
class Ephemeral:
    """A message that one person alone sees; it is in no history."""

    user: str
    channel: str
    text: str
    blocks: Blocks


@dataclass
class Dialog:
    """An open modal. `content` is the view as the app gave it, `errors` what stands under its fields."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    parent: "Dialog | None" = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> "Dialog":
        """The dialog at the bottom of the pile."""
        return self.parent.root if self.parent else self


@dataclass(frozen=True)
class Notification:
    """What somebody's devices showed: phones take `text`, desktops the first block (since July 2026)."""

    user: str
    channel: str
    phone: str
    desktop: str


@dataclass
class ResponseUrl:
    """Where an app may answer an interaction: five times within half an hour."""

    user: str
    channel: str
    opened: float
    message: Message | None = None
    uses: int = 0


@dataclass
class Upload:
    """A file on its way in."""

    id: str
    name: str
    length: int
    content: bytes | None = None


class World:
    """The workspace. Its methods say nothing to anybody: `chat.py` and its neighbours are Slack's voice."""

    def __init__(self, *, team_id: str, team_domain: str, scopes: set[str]) -> None:
        self.team_id = team_id
        self.scopes = scopes
        self.team_domain = team_domain
        self.bot = Account(id="U0BOT", name="cellule", real_name="Cellule", is_bot=True, team_id=team_id)
        self.accounts: dict[str, Account] = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Ephemeral] = []
        self.dialogs: dict[str, Dialog] = {}
        self.notifications: list[Notification] = []
        self.triggers: dict[str, tuple[str, float]] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.uploads: dict[str, Upload] = {}
        self.base_url = ""
        self._serial = itertools.count(1)

    def serial(self, prefix: str) -> str:
        """A fresh id."""
        return f"{prefix}{next(self._serial):08d}"

    def timestamp(self) -> str:
        """A fresh message timestamp, which is also its id."""
        return f"{int(time.time())}.{next(self._serial):06d}"

    def add_channel(self, name: str, *, creator: str, members: list[str], **flags: Any) -> Channel:
        """Make a channel without asking whether one may."""
        channel = Channel(
            id=self.serial("D" if flags.get("is_im") else "C"),
            name=name,
            creator=creator,
            created=int(time.time()),
            members=members,
            **flags,
        )
        self.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: str) -> Channel:
        """The bot's conversation with a person, made when it is first asked for."""
        for channel in self.channels.values():
            if channel.is_im and user in channel.members:
                return channel
        return self.add_channel("", creator=user, members=[self.bot.id, user], is_private=True, is_im=True)

    def need(self, scopes: Iterable[str]) -> None:
        """Refuse what the app was not granted."""
        if missing := sorted(set(scopes) - self.scopes):
            raise SlackError(
                "missing_scope", needed=",".join(missing), provided=",".join(sorted(self.scopes))
            )

    def channel_for_bot(self, channel_id: str) -> Channel:
        """A channel that the bot may see; a private one that it is not in does not exist for it."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.is_private and self.bot.id not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def account(self, user_id: str) -> Account:
        """Somebody known to the workspace."""
        if user_id not in self.accounts:
            raise SlackError("user_not_found")
        return self.accounts[user_id]

    def message(self, channel: Channel, ts: str) -> Message:
        """One message of a channel."""
        for message in channel.messages:
            if message.ts == ts:
                return message
        raise SlackError("message_not_found")

    def trigger(self, user: str) -> str:
        """A trigger id: good for one dialog within three seconds."""
        trigger = f"{self.serial('')}.{self.team_id}.trigger"
        self.triggers[trigger] = (user, time.monotonic())
        return trigger

    def response_url(self, *, user: str, channel: str, message: Message | None = None) -> str:
        """An address where the app may answer this interaction."""
        token = self.serial("r")
        self.response_urls[token] = ResponseUrl(user, channel, time.monotonic(), message)
        return f"{self.base_url}/response/{token}"
