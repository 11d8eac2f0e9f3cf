"""After a call for help: nobody forgets to ask what came of it, nor who made it."""

from bot.domain.after_call import SUPPORT_AFTER, next_asked_after, outcome_awaited
from bot.domain.cell import has_left
from bot.domain.events import CallOutcomeAsked, SupportOffered
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CallOutcome, ReminderKind
from bot.reactions import handover
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, moment
from bot.store import CardKind

CELL, MANAGERS = 2, 3
"""The attempts from which on the whole cell, then the managers are asked too."""


def called(after: After) -> list[Effect]:
    """A call is recorded: its outcome is asked later, and relief is offered."""
    crisis = after.crisis
    calls = len(crisis.emergency.calls) if crisis.emergency else 0
    support = Reminder(ReminderKind.SUPPORT, crisis.id, calls, after.now + SUPPORT_AFTER, crisis.id)
    return [Cancel(ReminderKind.SUPPORT, crisis.id), Plan(support), *_asked_later(after)]


def outcome_asked(event: CallOutcomeAsked, after: After) -> list[Effect]:
    """In the room and of the caller, then of the whole cell, then of the managers."""
    crisis = after.crisis
    people = _asked(event.attempt, after)
    return [
        *after.everywhere(CardKind.CALL_OUTCOME, crisis.id, ordinal=moment(event)),
        *after.to(people, CardKind.CALL_OUTCOME, crisis.id, ordinal=moment(event)),
        *handover.ring(after, people, ordinal=moment(event)),
        *_asked_later(after),
    ]


def outcome_recorded(after: After, outcome: CallOutcome) -> list[Effect]:
    """Once it is known whoever called is offered relief at once; what is not the last word is asked again."""
    crisis = after.crisis
    calls = len(crisis.emergency.calls) if crisis.emergency else 0
    known: list[Effect] = []
    if outcome is not CallOutcome.CALL_BACK:
        known.append(Plan(Reminder(ReminderKind.SUPPORT, crisis.id, calls, after.now, crisis.id)))
    return [
        *known,
        *_asked_later(after),
        Refresh(CardKind.CALL_OUTCOME, crisis.id),
        Refresh(CardKind.EMERGENCY, crisis.id),
    ]


def not_asked_any_more(after: After) -> list[Effect]:
    """Nobody needs to know it any more."""
    return [
        Cancel(ReminderKind.CALL_OUTCOME, after.crisis.id),
        Refresh(CardKind.CALL_OUTCOME, after.crisis.id),
    ]


def support_offered(event: SupportOffered, after: After) -> list[Effect]:
    return after.to([event.person], CardKind.SUPPORT, after.crisis.id, ordinal=moment(event))


def _asked_later(after: After) -> list[Effect]:
    crisis = after.crisis
    effects: list[Effect] = [Cancel(ReminderKind.CALL_OUTCOME, crisis.id)]
    emergency = outcome_awaited(crisis)
    if emergency is None:
        return effects
    due = after.now + next_asked_after(emergency)
    ordinal = int(due.timestamp())
    return [*effects, Plan(Reminder(ReminderKind.CALL_OUTCOME, crisis.id, ordinal, due, crisis.id))]


def _asked(attempt: int, after: After) -> list[PersonId]:
    """Whoever called, where they are still there."""
    crisis = after.crisis
    cell = sorted({a.person for a in crisis.assignments if a.held})
    caller = crisis.emergency.calls[-1].by if crisis.emergency else None
    if attempt < CELL and caller is not None and not has_left(crisis, caller):
        return [caller]
    managers = after.guide.chain(crisis, Role.MANAGER) if attempt >= MANAGERS else ()
    return [*cell, *managers]
