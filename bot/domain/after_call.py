"""Once help is called: what came of it, and who looks after whoever called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import CallOutcomeAsked, CallOutcomeRecorded, SupportOffered
from bot.domain.states import CallOutcome

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.emergency import Emergency
    from bot.domain.ids import PersonId

SUPPORT_AFTER = timedelta(minutes=30)
"""After a call, relief is offered; at once when its outcome is known earlier."""

FIRST_ASKED_AFTER = timedelta(hours=1)
ASKED_AGAIN_AFTER = (timedelta(hours=3), timedelta(hours=4))
"""So 1 h and 4 h after the call, then every 4 h."""

ASK_AGAIN = {CallOutcome.NOT_FOUND: timedelta(hours=4), CallOutcome.CALL_BACK: timedelta(hours=1)}
"""Answers that are not the last word."""


def outcome_awaited(crisis: Crisis) -> Emergency | None:
    """The emergency with a call of which nobody has the last word."""
    emergency = crisis.emergency
    if emergency is None or not emergency.settled or not emergency.calls:
        return None
    return emergency if emergency.outcome is None or emergency.outcome in ASK_AGAIN else None


def next_asked_after(emergency: Emergency) -> timedelta:
    """How long until it is asked (again)."""
    asked = emergency.outcome_asked
    if asked == 0:
        return ASK_AGAIN[emergency.outcome] if emergency.outcome else FIRST_ASKED_AFTER
    return ASKED_AGAIN_AFTER[min(asked, len(ASKED_AGAIN_AFTER)) - 1]


def ask_outcome(crisis: Crisis, *, at: datetime) -> None:
    """Ask what came of the call, while nobody has said it."""
    emergency = outcome_awaited(crisis)
    if emergency is None or crisis.false_alarm:
        return
    attempt = emergency.outcome_asked + 1
    crisis.emergency = replace(emergency, outcome_asked=attempt)
    crisis.record(CallOutcomeAsked(at=at, attempt=attempt))


def record_outcome(crisis: Crisis, outcome: CallOutcome, *, note: str, by: PersonId, at: datetime) -> None:
    """Note what the emergency services say. Raises `already_done` where no call waits for it."""
    emergency = outcome_awaited(crisis)
    if emergency is None:
        raise Refused(Code.ALREADY_DONE)
    crisis.emergency = replace(emergency, outcome=outcome, outcome_at=at, outcome_asked=0)
    crisis.record(CallOutcomeRecorded(at=at, by=by, result=outcome, note=note))


def helpers(emergency: Emergency) -> tuple[PersonId, ...]:
    """Whoever said that a life is in danger, and whoever called."""
    callers = (call.by for call in emergency.calls if call.recorded_at >= emergency.declared_at)
    return tuple(dict.fromkeys((emergency.declared_by, *callers)))


def offer_support(crisis: Crisis, people: tuple[PersonId, ...], *, at: datetime) -> None:
    """Say to each of them who can go on in their place."""
    for person in people:
        crisis.record(SupportOffered(at=at, person=person))
