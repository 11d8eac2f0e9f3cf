"""The first message, which the client agreed to beforehand, and its re-reading the next morning."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessageReleased(Happened):
    """The word to send it, by the moderator alone; it was agreed to until the end of the day `until`."""

    draft: int
    fingerprint: str
    agreed_by: PersonId
    until: date
    kind: Literal["first_message_released"] = "first_message_released"


@dataclass(frozen=True, slots=True, kw_only=True)
class RereadingAsked(Happened):
    """Those who could not be reached when it left are asked to read it."""

    draft: int
    kind: Literal["rereading_asked"] = "rereading_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessageReread(Happened):
    draft: int
    kind: Literal["first_message_reread"] = "first_message_reread"
