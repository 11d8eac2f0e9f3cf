"""Rooms, people called into them, and calls for help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId, Platform
from bot.domain.roster import Role
from bot.domain.states import AskedAs


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCreated(Happened):
    """`lesser`: why it is not the kind of room that was asked for, in the platform's word.

    `perhaps_twice`: an empty one may stand beside it.
    """

    platform: Platform
    name: str
    lesser: str = ""
    perhaps_twice: bool = False
    kind: Literal["room_created"] = "room_created"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDelayed(Happened):
    """The room cannot be made for the moment; people are called without it. `code` is the platform's word."""

    platform: Platform
    code: str
    kind: Literal["room_delayed"] = "room_delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformLost(Happened):
    """Nothing arrives on one of several platforms; it is still tried. `code` is the platform's word."""

    platform: Platform
    code: str
    kind: Literal["platform_lost"] = "platform_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformBack(Happened):
    """What is sent arrives again, since `lost_at` for the first time."""

    platform: Platform
    lost_at: datetime
    kind: Literal["platform_back"] = "platform_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomArchived(Happened):
    platform: Platform
    kind: Literal["room_archived"] = "room_archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleInvited(Happened):
    platform: Platform
    people: tuple[PersonId, ...]
    kind: Literal["people_invited"] = "people_invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFailed(Happened):
    platform: Platform
    person: PersonId
    code: str
    kind: Literal["invitation_failed"] = "invitation_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Happened):
    """Something that had to go out did not.

    `what` is a card kind or a task, `person` whom it was for, if anyone. Until it is `lasting` it may well
    go out by itself.
    """

    platform: Platform
    what: str
    code: str
    lasting: bool
    person: PersonId | None = None
    kind: Literal["delivery_failed"] = "delivery_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked(Happened):
    """Somebody is called into the cell. `instead_of` is the person whose silence or refusal led to it."""

    person: PersonId
    role: Role
    asked_as: AskedAs
    instead_of: PersonId | None = None
    kind: Literal["person_asked"] = "person_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAskedAgain(Happened):
    """Somebody silent is called once more; `listed`: by the list of what waits for them, not by a ring."""

    person: PersonId
    attempt: int
    listed: bool = False
    kind: Literal["person_asked_again"] = "person_asked_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class PingSent(Happened):
    person: PersonId
    platform: Platform
    attempt: int
    kind: Literal["ping_sent"] = "ping_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp(Happened):
    person: PersonId
    kind: Literal["taken_up"] = "taken_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Happened):
    person: PersonId
    kind: Literal["declined"] = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainExhausted(Happened):
    """Nobody is left to call for this role."""

    role: Role
    kind: Literal["chain_exhausted"] = "chain_exhausted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientContactTold(Happened):
    """The client's contact learns that a crisis is open, without a word of it."""

    person: PersonId
    kind: Literal["client_contact_told"] = "client_contact_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephonesRead(Happened):
    """Somebody was shown the telephone numbers of these people."""

    people: tuple[PersonId, ...]
    kind: Literal["telephones_read"] = "telephones_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDeclared(Happened):
    kind: Literal["emergency_declared"] = "emergency_declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOnPhone(Happened):
    until: datetime
    kind: Literal["emergency_on_phone"] = "emergency_on_phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyCalled(Happened):
    """A call for help was made. `called_at` is the hour given by the caller."""

    service: str
    called_at: datetime
    said: str
    reference: str
    kind: Literal["emergency_called"] = "emergency_called"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNotNeeded(Happened):
    reason: str
    kind: Literal["emergency_not_needed"] = "emergency_not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyUnrecorded(Happened):
    """Still no call recorded: the cell is reminded for the `attempt`-th time."""

    attempt: int
    kind: Literal["emergency_unrecorded"] = "emergency_unrecorded"
