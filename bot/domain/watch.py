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
    MemberSilent,
    WritingStopped,
)
from bot.domain.levels import Level
from bot.domain.states import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId


ENOUGH = 5
"""Follow-ups in a row without an answer. Five attempts, then a person counts as lost (988, Follow-up Matters,
followupmatters.suicidepreventionlifeline.org: three to five)."""

NOBODY_THERE = frozenset({Outcome.NO_ANSWER, Outcome.UNREACHABLE})


def come_due(crisis: Crisis, *, ordinal: int, owner: PersonId | None, at: datetime) -> None:
    """Say that a follow-up is to be done now."""
    crisis.record(FollowUpDue(at=at, ordinal=ordinal, owner=owner))


def overdue(crisis: Crisis, *, ordinal: int, step: int, at: datetime) -> None:
    """Say that a follow-up was not recorded."""
    crisis.record(FollowUpOverdue(at=at, ordinal=ordinal, step=step))


def record(
    crisis: Crisis,
    *,
    ordinal: int,
    outcome: Outcome,
    note: str,
    level: Level | None,
    by: PersonId,
    at: datetime,
) -> None:
    """Note how the member is.

    Where they ask us to stop, we write no more, and from D2 on still look. `level` is the one to act on.
    """
    crisis.record(FollowUpRecorded(at=at, by=by, ordinal=ordinal, outcome=outcome, note=note.strip()))
    crisis.unanswered = crisis.unanswered + 1 if outcome in NOBODY_THERE else 0
    if outcome is Outcome.ASKS_TO_STOP:
        _write_no_more(crisis, looks=(level or Level.D0) >= Level.D2, by=by, reason=outcome.value, at=at)
    elif crisis.unanswered == ENOUGH and not crisis.watch_stopped:
        crisis.watch_stopped = True
        crisis.record(MemberSilent(at=at, times=ENOUGH))


def _write_no_more(crisis: Crisis, *, looks: bool, by: PersonId, reason: str, at: datetime) -> None:
    """It is the member's right. `looks`: we still see how they are, without a word."""
    crisis.watch_silent = True
    if looks:
        crisis.record(WritingStopped(at=at, by=by, reason=reason))
        return
    crisis.watch_stopped = True
    crisis.record(FollowUpStopped(at=at, by=by, reason=reason))


def check_may_write(crisis: Crisis) -> None:
    """Raises `asked_to_stop`."""
    if crisis.watch_silent:
        raise Refused(Code.ASKED_TO_STOP)


def needs_two_to_close(crisis: Crisis, level: Level | None) -> bool:
    """From D2 on one person lets go of no member who never answered, or to whom no way is known."""
    lost = crisis.unanswered >= ENOUGH or crisis.reaching.stands
    return lost and (level or Level.D0) >= Level.D2


def postpone(crisis: Crisis, *, ordinal: int, until: datetime, by: PersonId, at: datetime) -> None:
    """Put a follow-up off."""
    crisis.record(FollowUpPostponed(at=at, by=by, ordinal=ordinal, until=until))


def stop(
    crisis: Crisis,
    *,
    level: Level | None,
    by: PersonId,
    reason: str,
    asked_by_member: bool,
    looks: bool = False,
    at: datetime,
) -> bool:
    """End the follow-ups. False: from D2 on a second person must ask for it too, unless the member did.

    `level` is the one to act on: D4 for a distress that nobody has assessed. `looks`: the member asked us to
    write no more, and we still see how they are.

    Raises `reason_needed`, `already_done`.
    """
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    if crisis.watch_stopped:
        raise Refused(Code.ALREADY_DONE)
    if asked_by_member:
        _write_no_more(crisis, looks=looks, by=by, reason=reason.strip(), at=at)
        return True
    alone = (level or Level.D0) < Level.D2
    if not alone and not second(crisis, "stop_follow_up", by=by, at=at, reason=reason):
        crisis.record(FollowUpStopAsked(at=at, by=by, reason=reason.strip()))
        return False
    crisis.watch_stopped = True
    crisis.record(FollowUpStopped(at=at, by=by, reason=reason.strip()))
    return True
