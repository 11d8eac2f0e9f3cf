"""What is said in a room and put into the journal; each message has a number there, from 1."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import MessageRef, PersonId, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkKept(Happened):
    """Somebody put a message into the journal. `author` is None for one whom the plan does not name."""

    number: int
    platform: Platform
    message: MessageRef
    author: PersonId | None
    text: str
    kind: Literal["talk_kept"] = "talk_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEdited(Happened):
    number: int
    text: str
    kind: Literal["talk_edited"] = "talk_edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDeleted(Happened):
    """The platform does not say by whom."""

    number: int
    kind: Literal["talk_deleted"] = "talk_deleted"
