"""Watching over the member after the reply: what a follow-up found, when it is put off, when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.course import second
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    FollowUpDue,
    FollowUpOverdue,
    FollowUpPostponed,
    FollowUpRecorded,
    FollowUpStopAsked,
    FollowUpStopped,
)
from bot.domain.levels import Level
from bot.domain.states import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId


def come_due(crisis: Crisis, *, ordinal: int, owner: PersonId | None, at: datetime) -> None:
    """Say that a follow-up is to be done now."""
    crisis.record(FollowUpDue(at=at, ordinal=ordinal, owner=owner))


def overdue(crisis: Crisis, *, ordinal: int, step: int, at: datetime) -> None:
    """Say that a follow-up was not recorded."""
    crisis.record(FollowUpOverdue(at=at, ordinal=ordinal, step=step))


def record(crisis: Crisis, *, ordinal: int, outcome: Outcome, note: str, by: PersonId, at: datetime) -> None:
    """Note how the member is. They may ask for its end; after serious news every message stops."""
    crisis.record(FollowUpRecorded(at=at, by=by, ordinal=ordinal, outcome=outcome, note=note.strip()))
    if outcome is Outcome.ASKS_TO_STOP:
        crisis.watch_stopped = True
        crisis.record(FollowUpStopped(at=at, by=by, reason=outcome.value))


def postpone(crisis: Crisis, *, ordinal: int, until: datetime, by: PersonId, at: datetime) -> None:
    """Put a follow-up off."""
    crisis.record(FollowUpPostponed(at=at, by=by, ordinal=ordinal, until=until))


def stop(
    crisis: Crisis, *, level: Level | None, by: PersonId, reason: str, asked_by_member: bool, at: datetime
) -> bool:
    """End the follow-ups. False: from D2 on a second person must ask for it too, unless the member did.

    `level` is the one to act on: D4 for a distress that nobody has assessed.

    Raises `reason_needed`, `already_done`.
    """
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    if crisis.watch_stopped:
        raise Refused(Code.ALREADY_DONE)
    alone = asked_by_member or (level or Level.D0) < Level.D2
    if not alone and not second(crisis, "stop_follow_up", by=by, at=at, reason=reason):
        crisis.record(FollowUpStopAsked(at=at, by=by, reason=reason.strip()))
        return False
    crisis.watch_stopped = True
    crisis.record(FollowUpStopped(at=at, by=by, reason=reason.strip()))
    return True
