"""The triage aid only raises: the severity at once for D4 and D5, the level when a person takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import course
from bot.domain.errors import Code, Refused
from bot.domain.events import SeverityChanged, TriageDeclined, TriageProposed
from bot.domain.levels import Level
from bot.domain.proposal import each_of, is_of_another, level_set, put, settle, standing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.proposal import Proposal


def propose(crisis: Crisis, proposal: Proposal, *, at: datetime) -> None:
    """Note what the aid makes of the message."""
    put(crisis, proposal)
    crisis.record(
        TriageProposed(
            at=at,
            category=proposal.category,
            level=proposal.level,
            language=proposal.language,
            reasons=proposal.reasons,
        )
    )
    if standing(crisis) and proposal.level.is_grave and crisis.severity < course.GRAVEST:
        crisis.record(SeverityChanged(at=at, before=crisis.severity, after=course.GRAVEST))
        crisis.severity = course.GRAVEST


def raises(crisis: Crisis, proposal: Proposal) -> bool:
    """Whether later words are graver than what people have set, and than what is proposed already."""
    open_ = [p.level for p in each_of(crisis) if p.member == proposal.member and not p.settled]
    return proposal.level > max(level_set(crisis, proposal), *open_, Level.D0)


def keep(crisis: Crisis, level: Level, *, by: PersonId, at: datetime) -> None:
    """Take the proposal over as one's own judgement. Raises `already_done` where `level` no longer stands."""
    proposal = standing(crisis)
    if proposal is None or proposal.level is not level:
        raise Refused(Code.ALREADY_DONE)
    course.set_category(crisis, proposal.category, by=by, at=at)
    course.set_level(crisis, level, by=by, at=at)


def decline(crisis: Crisis, level: Level, *, by: PersonId, at: datetime, reason: str) -> bool:
    """Judge it less grave than was proposed. False: against D4 or D5 a second person must say so too.

    Of another member than the first the level of the crisis says nothing. Raises `already_done`,
    `reason_needed`; `bad_value` for a level that `lower_levels` does not hold.
    """
    proposal = standing(crisis)
    if proposal is None:
        raise Refused(Code.ALREADY_DONE)
    if level not in lower_levels(crisis, proposal):
        raise Refused(Code.BAD_VALUE, field="level")
    grave = proposal.level.is_grave
    of = proposal.member if is_of_another(crisis, proposal) else ""
    if not course.may_lower(crisis, grave=grave, target=level.value, of=of, by=by, at=at, reason=reason):
        return False
    settle(crisis, proposal.member)
    crisis.record(TriageDeclined(at=at, by=by, level=proposal.level, reason=reason.strip()))
    if not of:
        course.judge(crisis, level, by=by, at=at)
    return True


def lower_levels(crisis: Crisis, proposal: Proposal) -> list[Level]:
    """From what people have set up to below what is proposed."""
    return [level for level in Level if level_set(crisis, proposal) <= level < proposal.level]
