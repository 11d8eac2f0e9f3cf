"""Offering relief to a moderator who has worked on distress for hours."""

from dataclasses import replace
from datetime import datetime

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


def fire(uow: UnitOfWork, guide: Guide, crisis: Crisis, reminder: Reminder, *, now: datetime) -> None:
    """Offer it after four hours in a row, counted over every case of distress of theirs; else look later."""
    person = reminder.owner
    held = person is not None and Role.MODERATOR in cell.roles_of(crisis, person)
    if person is None or not held or crisis.status is CrisisStatus.CLOSED:
        return
    since = relief.at_work_since(_acts(uow, guide, person), now=now)
    if now - since >= relief.AFTER:
        crisis.record(ReliefOffered(at=now, person=person, since=since))
        return
    uow.reminders.save(replace(reminder, status=ReminderStatus.PLANNED, due_at=since + relief.AFTER))


def _acts(uow: UnitOfWork, guide: Guide, person: PersonId) -> list[datetime]:
    return [
        entry.occurred_at
        for crisis in uow.crises.of(ids_of(guide.plan, person))
        if person in crisis.people and guide.is_distress(crisis)
        for entry in uow.journal.of(crisis.id)
        if entry.event.by == person
    ]
