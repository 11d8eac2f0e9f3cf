"""Where the member's message stands, and who reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain import course
from bot.domain.errors import Code, Refused
from bot.domain.events import MessageRead, MessageStillOnline
from bot.domain.ids import FIRST
from bot.domain.members import message_of
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, ReminderKind, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import MemberId, PersonId

LOOK_AGAIN = timedelta(minutes=5)
"""After this long a message to be hidden is asked about, and a hidden one without a word is counted anew."""
AN_HOUR = timedelta(hours=1)
"""How often the count goes on once it has lasted that long."""


def place(
    crisis: Crisis, standing: Standing, *, member: MemberId = FIRST, by: PersonId, at: datetime
) -> None:
    """«Hidden now», «Online again». Raises `absent` without a message, `already_done`, `crisis_closed`."""
    crisis.check_not_closed()
    message = message_of(crisis, member)
    if message is not None and message.standing is standing:
        raise Refused(Code.ALREADY_DONE)
    course.place_message(crisis, standing=standing, member=member, by=by, at=at)


def read(crisis: Crisis, *, member: MemberId = FIRST, by: PersonId, at: datetime) -> None:
    """Note that somebody reads a member's words. Raises `absent` without a message."""
    if message_of(crisis, member) is None:
        raise Refused(Code.ABSENT)
    crisis.record(MessageRead(at=at, by=by, member=member))


def seen_online(crisis: Crisis) -> bool:
    """Whether others may read it still: nobody has noted that it is hidden, or not yet published."""
    message = crisis.message
    return message is not None and message.standing in {Standing.ONLINE, Standing.UNKNOWN}


def waits_for_a_word(crisis: Crisis) -> bool:
    """Whether a message was taken from its member's sight without a word to them."""
    message = crisis.message
    return message is not None and message.standing is Standing.HIDDEN and crisis.anchored_at is None


def remind(crisis: Crisis, *, at: datetime) -> None:
    """Say once that the message should be hidden."""
    crisis.record(MessageStillOnline(at=at))


def next_look(crisis: Crisis, *, to_hide: bool, now: datetime) -> Reminder | None:
    """When to look again. `to_hide`: the message should be hidden and is not."""
    message = crisis.message
    if message is None or crisis.status is CrisisStatus.CLOSED or not (to_hide or waits_for_a_word(crisis)):
        return None
    lasts = now - (message.standing_since or message.seen_at)
    due = now + (AN_HOUR if lasts >= AN_HOUR and not to_hide else LOOK_AGAIN)
    return Reminder(ReminderKind.STANDING, crisis.id, int(due.timestamp()), due, crisis.id)
