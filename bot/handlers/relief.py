"""Offering relief to a moderator who has worked on distress for hours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import cell, relief
from bot.domain.crisis import Crisis
from bot.domain.events import ReliefOffered
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, ReminderStatus
from bot.guide import Guide
from bot.plan.unknown import ids_of
from bot.store import UnitOfWork

AS_OF = timedelta(days=1)
"""What was closed earlier belongs to no time at work that lasts until now."""


def fire(uow: UnitOfWork, guide: Guide, crisis: Crisis, reminder: Reminder, *, now: datetime) -> None:
    """Offer it after four hours in a row, counted over every case of distress of theirs; else look later.

    The case that began the count may be closed by now: the next one goes on from it.
    """
    person = reminder.owner
    if person is None:
        return
    cases = _cases(uow, guide, person, now=now)
    held = [case for case in cases if _is_held(case, person)]
    if not held:
        return
    since = relief.at_work_since(_acts(uow, cases, person), now=now)
    if now - since >= relief.AFTER:
        (crisis if crisis in held else held[0]).record(ReliefOffered(at=now, person=person, since=since))
        return
    uow.reminders.save(replace(reminder, status=ReminderStatus.PLANNED, due_at=since + relief.AFTER))


def _cases(uow: UnitOfWork, guide: Guide, person: PersonId, *, now: datetime) -> list[Crisis]:
    """Every case of distress that they have or had a part in lately."""
    crises = uow.crises.of(ids_of(guide.plan, person), closed_since=now - AS_OF)
    return [c for c in crises if person in c.people and guide.is_distress(c)]


def _is_held(crisis: Crisis, person: PersonId) -> bool:
    return crisis.status is not CrisisStatus.CLOSED and Role.MODERATOR in cell.roles_of(crisis, person)


def _acts(uow: UnitOfWork, cases: Sequence[Crisis], person: PersonId) -> list[datetime]:
    return [
        entry.occurred_at
        for crisis in cases
        for entry in uow.journal.of(crisis.id)
        if entry.event.by == person
    ]
