"""Links that let somebody without a seat into one crisis."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId
from bot.domain.roster import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkMade(Happened):
    """An earlier link of the same person ended with this."""

    person: PersonId
    role: Role
    until: datetime
    kind: Literal["guest_link_made"] = "guest_link_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkOpened(Happened):
    """For the first time."""

    person: PersonId
    kind: Literal["guest_link_opened"] = "guest_link_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkRevoked(Happened):
    person: PersonId
    kind: Literal["guest_link_revoked"] = "guest_link_revoked"
