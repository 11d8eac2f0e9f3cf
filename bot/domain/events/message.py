"""What becomes of the member's message, and who reads it."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.states import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStandingChanged(Happened):
    standing: Standing
    kind: Literal["message_standing_changed"] = "message_standing_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStillOnline(Happened):
    """It should be hidden, and nobody has noted that it is."""

    kind: Literal["message_still_online"] = "message_still_online"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead(Happened):
    """Somebody asked for the member's words and was shown them."""

    kind: Literal["message_read"] = "message_read"
