"""Calling for help. Nothing here waits for a role, an approval or a category (Code pénal, art. 223-6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import (
    EmergencyCalled,
    EmergencyDeclared,
    EmergencyNotNeeded,
    EmergencyOnPhone,
    EmergencyUnrecorded,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.states import CallOutcome

REMIND_EVERY = timedelta(minutes=2)
PHONE_HOLD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Call:
    """One call for help as its caller told it."""

    service: str
    by: PersonId
    called_at: datetime
    said: str
    reference: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Emergency:
    """A life is in danger: declared.

    And open until a call is recorded or somebody writes why none is needed. `outcome` is that of the last
    call; `outcome_asked`: how often it was asked since.
    """

    declared_by: PersonId
    declared_at: datetime
    settled: bool = False
    on_phone_by: PersonId | None = None
    on_phone_until: datetime | None = None
    not_needed: str = ""
    reminded: int = 0
    outcome: CallOutcome | None = None
    outcome_at: datetime | None = None
    outcome_asked: int = 0
    calls: tuple[Call, ...] = ()


def declare(crisis: Crisis, *, by: PersonId, at: datetime) -> bool:
    """Open the emergency; False when it is open already (the sheet is shown all the same)."""
    current = crisis.emergency
    if current is not None and not current.settled:
        return False
    calls, reminded = (current.calls, current.reminded) if current else ((), 0)
    # The steps count on: one that was taken for an earlier call does not come due twice.
    crisis.emergency = Emergency(declared_by=by, declared_at=at, calls=calls, reminded=reminded)
    crisis.record(EmergencyDeclared(at=at, by=by))
    return True


def hold_for_phone(crisis: Crisis, *, by: PersonId, at: datetime) -> datetime:
    """«I'm on the phone»: no reminder before the returned hour."""
    declare(crisis, by=by, at=at)
    until = at + PHONE_HOLD
    crisis.emergency = replace(_declared(crisis), on_phone_by=by, on_phone_until=until)
    crisis.record(EmergencyOnPhone(at=at, by=by, until=until))
    return until


def record_call(
    crisis: Crisis,
    *,
    by: PersonId,
    service: str,
    called_at: datetime,
    said: str,
    reference: str,
    at: datetime,
) -> None:
    """Note a call; a further one may follow. Raises `bad_value` for an hour still to come."""
    if called_at > at:
        raise Refused(Code.BAD_VALUE, field="called_at")
    declare(crisis, by=by, at=at)
    emergency = _declared(crisis)
    call = Call(service, by, called_at, said, reference, at)
    crisis.emergency = replace(
        emergency,
        settled=True,
        calls=(*emergency.calls, call),
        on_phone_by=None,
        on_phone_until=None,
        outcome=None,
        outcome_at=None,
        outcome_asked=0,
    )
    crisis.record(
        EmergencyCalled(at=at, by=by, service=service, called_at=called_at, said=said, reference=reference)
    )


def record_not_needed(crisis: Crisis, *, by: PersonId, reason: str, at: datetime) -> None:
    """Close the emergency without a call. Raises `reason_needed`."""
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    declare(crisis, by=by, at=at)
    crisis.emergency = replace(_declared(crisis), settled=True, not_needed=reason.strip())
    crisis.record(EmergencyNotNeeded(at=at, by=by, reason=reason.strip()))


def pass_on(crisis: Crisis, before: PersonId, after: PersonId) -> None:
    """Somebody else answers now for the call that is not recorded yet."""
    current = crisis.emergency
    if current is not None and not current.settled and current.declared_by == before:
        crisis.emergency = replace(current, declared_by=after)


def remind(crisis: Crisis, *, at: datetime) -> bool:
    """Say again that no call is recorded; False when there is nothing to say."""
    emergency = crisis.emergency
    if emergency is None or emergency.settled:
        return False
    attempt = emergency.reminded + 1
    crisis.emergency = replace(emergency, reminded=attempt)
    crisis.record(EmergencyUnrecorded(at=at, attempt=attempt))
    return True


def _declared(crisis: Crisis) -> Emergency:
    if crisis.emergency is None:
        raise Refused(Code.ABSENT)
    return crisis.emergency
