"""The plan has changed: what is still to come in an open crisis moves to the new times."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.reminders import Reminder, step_of
from bot.domain.states import ReminderKind, ReminderStatus
from bot.reactions import calling, clocks, contacts, watching
from bot.reactions.effects import After, Effect, Plan, Refresh
from bot.reactions.reply import sending_delay
from bot.store import CardKind

SHOWN_ON = {
    ReminderKind.TAKE_UP: CardKind.PING,
    ReminderKind.CONTACTS: CardKind.CONTACTS,
    ReminderKind.FOLLOW_UP_OVERDUE: CardKind.FOLLOW_UP,
}
"""Cards that name the hour of a step."""


def follow(after: After) -> list[Effect]:
    """What was said stays said. A step whose new hour has passed is due now."""
    effects: list[Effect] = [*clocks.schedule(after), *watching.rescheduled(after)]
    for row in after.reminders():
        if row.since is None or row.status is not ReminderStatus.PLANNED:
            continue
        due = max(_hour(after, row, row.since), after.now)
        if due != row.due_at:
            effects.append(Plan(replace(row, due_at=due)))
            if row.kind in SHOWN_ON:
                effects.append(Refresh(SHOWN_ON[row.kind], row.subject))
    return effects


def _hour(after: After, row: Reminder, since: datetime) -> datetime:
    """When a step is due by the plan in force."""
    crisis, guide = after.crisis, after.guide
    community = guide.community(crisis)
    match row.kind:
        case ReminderKind.TAKE_UP if step_of(row.ordinal) == calling.CALL:
            return guide.rings_at(crisis, since)
        case ReminderKind.TAKE_UP:
            delay = calling.take_up_delays(guide, crisis)[step_of(row.ordinal) - 1]
        case ReminderKind.DECIDE | ReminderKind.ADVICE:
            steps = community.decide
            delay = (steps.remind, steps.deputy, steps.manager)[_place(row, after.reminders())]
        case ReminderKind.CONTACTS:
            delay = contacts.delays(community)[row.ordinal - 1]
        case ReminderKind.SENDING:
            delay = sending_delay(community, row.ordinal)
        case ReminderKind.FOLLOW_UP_OVERDUE:
            delay = watching.overdue_delays(community)[(row.ordinal - 1) % 3]
        case ReminderKind.REREAD:
            return community.next_morning(since)
        case _:
            return row.due_at
    return guide.due(crisis, since, delay)


def _place(row: Reminder, rows: Sequence[Reminder]) -> int:
    """Which of the steps that began together this is: ordinals count on from round to round."""
    key = (row.kind, row.subject, row.since)
    return sorted(r.ordinal for r in rows if (r.kind, r.subject, r.since) == key).index(row.ordinal)
