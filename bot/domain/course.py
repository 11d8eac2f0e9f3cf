"""How a crisis is judged and ended: details, level, severity, category, closing.

Software may raise a level; only a person lowers one, and from D4 or D5 two people do, with a written reason.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain import members, sending, wave
from bot.domain.crisis import Member, Pending
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    CategoryChanged,
    CloseAsked,
    CloseRefused,
    CrisisClosed,
    DetailsCompleted,
    LevelChanged,
    LoweringAsked,
    MessageStandingChanged,
    NoteAdded,
    SeverityChanged,
)
from bot.domain.ids import FIRST
from bot.domain.levels import Level, severity_of
from bot.domain.proposal import level_held, settle
from bot.domain.states import CrisisStatus, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import MemberId, PersonId
    from bot.domain.states import Age

SECOND_PERSON_WITHIN = timedelta(hours=24)
"""After a day an act that nobody seconded must be asked for again."""

GRAVEST = 4


def complete_member(
    crisis: Crisis,
    *,
    member: MemberId = FIRST,
    handle: str,
    platform: str,
    age: Age,
    country: str,
    by: PersonId,
    at: datetime,
) -> None:
    """Fill in who a member is; nothing is recorded when nothing changes."""
    old = next((each for each in crisis.members if each.id == member), Member(member))
    new = replace(old, handle=handle, platform=platform, age=age, country=country)
    if new == old:
        return
    names = tuple(n for n in ("handle", "platform", "age", "country") if getattr(new, n) != getattr(old, n))
    crisis.members = crisis.members or (new,)
    members.put(crisis, new)
    crisis.record(DetailsCompleted(at=at, by=by, fields=names, member=member))


def place_message(
    crisis: Crisis,
    *,
    standing: Standing,
    written_at: datetime | None = None,
    link: str = "",
    text: str = "",
    member: MemberId = FIRST,
    by: PersonId,
    at: datetime,
) -> None:
    """Say where a member's message stands, when it was written and where to read it, if that is known.

    Its `text` is added where only a link was known. Raises `already_done` where there is another.
    """
    old = message = members.message_of(crisis, member)
    if old is None or message is None:
        raise Refused(Code.ABSENT)
    if link and link != message.link:
        message = replace(message, link=link)
        crisis.record(DetailsCompleted(at=at, by=by, fields=("link",), member=member))
    if text.strip() and text != message.text:
        if message.text:
            raise Refused(Code.ALREADY_DONE, field="text")
        message = replace(message, text=text)
        crisis.record(DetailsCompleted(at=at, by=by, fields=("text",), member=member))
    if written_at is not None and written_at != message.written_at:
        message = replace(message, written_at=written_at)
        crisis.record(DetailsCompleted(at=at, by=by, fields=("written_at",), member=member))
    if standing is not message.standing:
        message = replace(message, standing=standing, standing_since=at)
        crisis.record(MessageStandingChanged(at=at, by=by, standing=standing, member=member))
    crisis.messages = tuple(message if each is old else each for each in crisis.messages)


def set_category(crisis: Crisis, category: str, *, by: PersonId, at: datetime) -> None:
    """Say what kind of situation it is."""
    if category != crisis.category:
        crisis.record(CategoryChanged(at=at, by=by, before=crisis.category, after=category))
        crisis.category = category


def set_level(crisis: Crisis, level: Level, *, by: PersonId, at: datetime, reason: str = "") -> bool:
    """Set the level of distress, and with it the severity. False: a second person must ask for it too.

    Raises `reason_needed` to lower it.
    """
    crisis.check_not_closed()
    held = level_held(crisis)
    if level is crisis.level:
        return True
    lowers = held is not None and level < held
    grave = held is not None and held.is_grave
    if lowers and not may_lower(crisis, grave=grave, target=level.value, by=by, at=at, reason=reason):
        return False
    settle(crisis)
    judge(crisis, level, by=by, at=at, reason=reason.strip())
    return True


def judge(crisis: Crisis, level: Level, *, by: PersonId, at: datetime, reason: str = "") -> None:
    """Note the level, and the severity that follows. Distress is somebody's."""
    if level > Level.D0:
        wave.concerns_a_member(crisis, by=by, at=at)
    if level is not crisis.level:
        crisis.record(LevelChanged(at=at, by=by, before=crisis.level, after=level, reason=reason))
        crisis.level = level
    severity = severity_of(level)
    if severity is not None and severity != crisis.severity:
        crisis.record(SeverityChanged(at=at, by=by, before=crisis.severity, after=severity))
        crisis.severity = severity


def set_severity(crisis: Crisis, severity: int, *, by: PersonId, at: datetime, reason: str = "") -> bool:
    """Set the severity, 1 to 4. False: a second person must ask for it too (lowering under D4 or D5).

    Raises `reason_needed` to lower it, `severity_unknown`.
    """
    crisis.check_not_closed()
    if not 1 <= severity <= GRAVEST:
        raise Refused(Code.SEVERITY_UNKNOWN, field="severity")
    if severity == crisis.severity:
        return True
    if severity < crisis.severity:
        held = level_held(crisis)
        grave = held is not None and held.is_grave
        if not may_lower(crisis, grave=grave, target=str(severity), by=by, at=at, reason=reason):
            return False
    crisis.record(
        SeverityChanged(at=at, by=by, before=crisis.severity, after=severity, reason=reason.strip())
    )
    crisis.severity = severity
    return True


def second(crisis: Crisis, act: str, *, by: PersonId, at: datetime, reason: str, target: str = "") -> bool:
    """True when another person asked for the same act before; otherwise this one's wish is kept.

    Waiting for a second.
    """
    waiting = crisis.pending
    fresh = waiting is not None and at - waiting.at <= SECOND_PERSON_WITHIN
    if waiting is not None and fresh and (waiting.act, waiting.target) == (act, target) and waiting.by != by:
        crisis.pending = None
        return True
    crisis.pending = Pending(act, by, at, reason, target)
    return False


def note(crisis: Crisis, text: str, *, by: PersonId, at: datetime) -> None:
    """Write a line into the journal; a closed crisis still takes one."""
    if not text.strip():
        raise Refused(Code.TEXT_EMPTY, field="text")
    crisis.record(NoteAdded(at=at, by=by, text=text.strip()))


def close(
    crisis: Crisis,
    *,
    by: PersonId,
    reason: str,
    despite_waiting: str = "",
    two: bool = False,
    at: datetime,
) -> bool:
    """End the crisis; follow-ups live on. `two`: two people must ask for it; False: a second one is missing.

    Raises `reason_needed`; `dispatch_waits` while a released reply has not gone, unless `despite_waiting`
    says why.
    """
    crisis.check_not_closed()
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    if sending.waiting(crisis) and not despite_waiting.strip():
        raise Refused(Code.DISPATCH_WAITS, field="despite_waiting")
    whole = " · ".join(p.strip() for p in (reason, despite_waiting) if p.strip())
    if two and not second(crisis, "close", by=by, at=at, reason=whole):
        crisis.record(CloseAsked(at=at, by=by, reason=whole))
        return False
    end(crisis, by=by, reason=whole, at=at)
    return True


def keep_open(crisis: Crisis, *, by: PersonId, at: datetime) -> None:
    """A second person refuses the end that somebody asked for. Raises `already_done`."""
    crisis.check_not_closed()
    asked = crisis.pending
    if asked is None or asked.act != "close":
        raise Refused(Code.ALREADY_DONE)
    crisis.pending = None
    crisis.record(CloseRefused(at=at, by=by))


def end(crisis: Crisis, *, by: PersonId, reason: str, at: datetime, false_alarm: bool = False) -> None:
    """Close without asking anything more."""
    crisis.status, crisis.false_alarm = CrisisStatus.CLOSED, false_alarm
    crisis.closed_by, crisis.closed_at, crisis.close_reason = by, at, reason
    crisis.record(CrisisClosed(at=at, by=by, reason=reason, false_alarm=false_alarm))


def may_lower(
    crisis: Crisis,
    *,
    grave: bool,
    target: str,
    of: MemberId = "",
    by: PersonId,
    at: datetime,
    reason: str,
) -> bool:
    """Whether it may be done now. False: a second person must ask for it too. Raises `reason_needed`.

    `of`: it is about this member, not about the level of the crisis.
    """
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    if not grave or second(crisis, f"lower{of}", by=by, at=at, reason=reason, target=target):
        return True
    crisis.record(LoweringAsked(at=at, by=by, target=target, reason=reason.strip()))
    return False
