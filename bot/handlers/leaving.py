"""People whom the plan no longer names in a community: their parts go on in other hands."""

from dataclasses import replace
from datetime import datetime

from bot.domain import cell, emergency, handover
from bot.domain.crisis import Crisis
from bot.domain.guests import is_invited
from bot.domain.ids import PersonId
from bot.domain.states import ReminderKind, ReminderStatus
from bot.guide import Guide
from bot.store import UnitOfWork


def left(uow: UnitOfWork, guide: Guide) -> list[tuple[Crisis, PersonId]]:
    """Those with a part in an open crisis, or to whom one is offered, whom the plan does not name there."""
    return [
        (crisis, person)
        for crisis in uow.crises.of(list(guide.plan.communities))
        for person in sorted(crisis.people | handover.asked(crisis))
        if not guide.community(crisis).roles_of(person) and not is_invited(crisis, person)
    ]


def part_with(uow: UnitOfWork, guide: Guide, crisis: Crisis, person: PersonId, *, now: datetime) -> None:
    """The deputies are called for what they alone held; what they were to be reminded of finds an owner."""
    for role in handover.leave(crisis, person=person, at=now):
        if not cell.holders(crisis, role):
            chain = guide.chain(crisis, role)
            cell.ask_next(crisis, role=role, chain=chain, at=now, instead_of=person)
    heir = guide.follow_up_owner(crisis)
    emergency.pass_on(crisis, person, heir)
    for row in uow.reminders.of(crisis.id):
        waits = row.status in {ReminderStatus.PLANNED, ReminderStatus.DUE}
        if row.kind is ReminderKind.PERSONAL and waits and row.owner == person:
            uow.reminders.save(replace(row, owner=heir))
