"""Nothing had happened: those who were woken may sleep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import course, emergency, members
from bot.domain.errors import Code, Refused
from bot.domain.events import FalseAlarmAsked
from bot.domain.proposal import level_held

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.levels import Level


def takes_two(crisis: Crisis, level: Level | None) -> bool:
    """Whether a life seemed in danger, to people or to the triage aid.

    `level` is the one to act on: D4 for an unassessed distress.
    """
    held = level_held(crisis)
    return crisis.emergency is not None or any(each is not None and each.is_grave for each in (level, held))


def say(crisis: Crisis, *, level: Level | None, by: PersonId, reason: str, at: datetime) -> bool:
    """End the crisis as a false alarm. False: where a life seemed in danger a second person must agree.

    A member who had a word from us is still checked on.

    Raises `reason_needed`, `crisis_closed`.
    """
    crisis.check_not_closed()
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    if takes_two(crisis, level) and not course.second(crisis, "false_alarm", by=by, at=at, reason=reason):
        crisis.record(FalseAlarmAsked(at=at, by=by, reason=reason.strip()))
        return False
    if crisis.emergency is not None and not crisis.emergency.settled:
        emergency.record_not_needed(crisis, by=by, reason=reason, at=at)
    for who in crisis.members:
        members.put(crisis, replace(who, watch_stopped=who.watch_stopped or who.anchored_at is None))
    course.end(crisis, by=by, reason=reason.strip(), at=at, false_alarm=True)
    return True
