"""Watching over the member after the reply: what a follow-up found, when it is put off, when it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import members
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
from bot.domain.ids import FIRST
from bot.domain.levels import Level
from bot.domain.states import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis, Member
    from bot.domain.ids import MemberId, PersonId


ENOUGH = 5
"""Follow-ups in a row without an answer. Five attempts, then a person counts as lost (988, Follow-up Matters,
followupmatters.suicidepreventionlifeline.org: three to five)."""

NOBODY_THERE = frozenset({Outcome.NO_ANSWER, Outcome.UNREACHABLE})


def come_due(
    crisis: Crisis, *, member: MemberId = FIRST, ordinal: int, owner: PersonId | None, at: datetime
) -> None:
    """Say that a follow-up is to be done now."""
    crisis.record(FollowUpDue(at=at, member=member, ordinal=ordinal, owner=owner))


def overdue(crisis: Crisis, *, member: MemberId = FIRST, ordinal: int, step: int, at: datetime) -> None:
    """Say that a follow-up was not recorded."""
    crisis.record(FollowUpOverdue(at=at, member=member, ordinal=ordinal, step=step))


def record(
    crisis: Crisis,
    *,
    member: MemberId = FIRST,
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
    who = members.find(crisis, member)
    crisis.record(
        FollowUpRecorded(at=at, by=by, member=member, ordinal=ordinal, outcome=outcome, note=note.strip())
    )
    who = replace(who, unanswered=who.unanswered + 1 if outcome in NOBODY_THERE else 0)
    silent = who.unanswered == ENOUGH and not who.watch_stopped
    if outcome is Outcome.ASKS_TO_STOP:
        looks = (level or Level.D0) >= Level.D2
        _write_no_more(crisis, who, looks=looks, by=by, reason=outcome.value, at=at)
        return
    members.put(crisis, replace(who, watch_stopped=who.watch_stopped or silent))
    if silent:
        crisis.record(MemberSilent(at=at, member=member, times=ENOUGH))


def _write_no_more(
    crisis: Crisis, who: Member, *, looks: bool, by: PersonId, reason: str, at: datetime
) -> None:
    """It is the member's right. `looks`: we still see how they are, without a word."""
    members.put(crisis, replace(who, watch_silent=True, watch_stopped=who.watch_stopped or not looks))
    said = WritingStopped if looks else FollowUpStopped
    crisis.record(said(at=at, by=by, member=who.id, reason=reason))


def check_may_write(who: Member) -> None:
    """Raises `asked_to_stop`."""
    if who.watch_silent:
        raise Refused(Code.ASKED_TO_STOP)


def needs_two_to_close(crisis: Crisis, level: Level | None) -> bool:
    """From D2 on one person lets go of no member who never answered, or to whom no way is known."""
    lost = crisis.reaching.stands or any(who.unanswered >= ENOUGH for who in crisis.members)
    return lost and (level or Level.D0) >= Level.D2


def postpone(
    crisis: Crisis,
    *,
    member: MemberId = FIRST,
    ordinal: int,
    until: datetime,
    by: PersonId,
    at: datetime,
) -> None:
    """Put a follow-up off."""
    crisis.record(FollowUpPostponed(at=at, by=by, member=member, ordinal=ordinal, until=until))


def stop(
    crisis: Crisis,
    *,
    member: MemberId = FIRST,
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
    who, reason = members.find(crisis, member), reason.strip()
    if who.watch_stopped:
        raise Refused(Code.ALREADY_DONE)
    if asked_by_member:
        _write_no_more(crisis, who, looks=looks, by=by, reason=reason, at=at)
        return True
    alone = (level or Level.D0) < Level.D2
    target = "" if member == FIRST else member
    if not alone and not second(crisis, "stop_follow_up", by=by, at=at, reason=reason, target=target):
        crisis.record(FollowUpStopAsked(at=at, by=by, member=member, reason=reason))
        return False
    members.put(crisis, replace(who, watch_stopped=True))
    crisis.record(FollowUpStopped(at=at, by=by, member=member, reason=reason))
    return True
