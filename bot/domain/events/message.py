"""What becomes of the member's message, and who reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened, OfMember
from bot.domain.states import Deadline, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStandingChanged(OfMember):
    standing: Standing
    kind: Literal["message_standing_changed"] = "message_standing_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStillOnline(Happened):
    """It should be hidden, and nobody has noted that it is."""

    kind: Literal["message_still_online"] = "message_still_online"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead(OfMember):
    """Somebody asked for the member's words and was shown them."""

    kind: Literal["message_read"] = "message_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineNear(Happened):
    """A first word or a reply is due soon, or has been since `due_at`."""

    deadline: Deadline
    due_at: datetime
    kind: Literal["deadline_near"] = "deadline_near"

    @property
    def late(self) -> bool:
        return self.due_at <= self.at
