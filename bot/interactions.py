"""What came in, whatever the platform: normalised by an adapter, handed to `Application.handle`.

`key` names the interaction for deduplication: a true repeat has the same key and gets the first one's answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.cards import Action
from bot.domain.ids import CrisisId, MessageRef, PersonId, Platform, RoomRef


class Standing(StrEnum):
    """What the platform says somebody is in the workspace."""

    FULL = "full"
    GUEST = "guest"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    `person` is None for somebody whom the plan does not name. `locale` and `name` are what the platform says
    of them; `account` is how it knows again somebody whom the plan does not name.
    `guest_of` is the one crisis that is open to somebody who came in by a guest's link.
    """

    platform: Platform
    person: PersonId | None
    standing: Standing = Standing.FULL
    locale: str = "fr"
    name: str = ""
    account: str = ""
    guest_of: CrisisId | None = None


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """`text` is what follows `/crisis`; `room` is where it was typed, if the platform says so.

    `overheard`: others read what was typed there.
    """

    key: str
    actor: Actor
    text: str
    room: RoomRef | None = None
    overheard: bool = False


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A button of a card of ours."""

    key: str
    actor: Actor
    action: Action
    room: RoomRef | None = None


@dataclass(frozen=True, slots=True)
class FormSubmission:
    """A filled form; an untouched field is absent or empty."""

    key: str
    actor: Actor
    action: Action
    values: Mapping[str, str]
    room: RoomRef | None = None


class Wanted(StrEnum):
    """What somebody may want of a message."""

    OPEN_CRISIS = "open_crisis"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class MessageAction:
    """«Open a crisis» or «Add to the journal» on a message: its text, and a link to it.

    `written_at` is in seconds since 1970, UTC. `author` is None for somebody whom the plan does not name.
    """

    key: str
    actor: Actor
    text: str
    message: MessageRef
    wanted: Wanted = Wanted.OPEN_CRISIS
    author: PersonId | None = None
    link: str = ""
    written_at: float | None = None
    room: RoomRef | None = None


@dataclass(frozen=True, slots=True)
class MessageChange:
    """A message of a channel was edited; deleted, if `text` is None. The actor is nobody in particular."""

    key: str
    actor: Actor
    message: MessageRef
    room: RoomRef
    text: str | None


@dataclass(frozen=True, slots=True)
class Departure:
    """The actor is no longer in a room, since `at`: they left it, or somebody took them out, we perhaps."""

    key: str
    actor: Actor
    room: RoomRef
    at: datetime


Interaction = SlashCommand | ButtonPress | FormSubmission | MessageAction | MessageChange | Departure
