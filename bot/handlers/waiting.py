"""What waits for one person, in all their crises and beside them; their one list of it.

Decision: `docs/adr/0012-one-message-of-what-waits.md`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.domain import handover
from bot.domain.crisis import Crisis
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import ReminderKind, ReminderStatus
from bot.guide import Guide
from bot.handlers import alerted
from bot.handlers.digest import place_of
from bot.plan.unknown import ids_of
from bot.store import CardKind, Outgoing, Task, UnitOfWork
from bot.views.waiting import Wait, waits

ENOUGH = 30
"""Crises that want something of somebody, gravest first, after which no other is looked at for their list."""

SEVERAL = 2
"""Things that wait for somebody, from which a list helps: one alone stands in its own message."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The crises that want something of one person, what, and how many alerts nobody has decided on.

    `more`: there are others, which were not looked at.
    """

    crises: Sequence[tuple[Crisis, tuple[Wait, ...]]]
    more: bool
    alerts: int

    @property
    def things(self) -> int:
        return sum(len(found) for _crisis, found in self.crises) + self.alerts


def waiting_for(uow: UnitOfWork, guide: Guide, person: PersonId, *, now: datetime) -> Waiting:
    """Everything that waits for a person now."""
    if person not in guide.plan.people:
        return Waiting((), more=False, alerts=0)
    ids = ids_of(guide.plan, person)
    rows = uow.reminders.of_kind(ReminderKind.FOLLOW_UP, ReminderKind.PERSONAL, statuses=[ReminderStatus.DUE])
    crises = {crisis.id: crisis for crisis in uow.crises.of(ids)}
    for row in rows:
        closed = uow.crises.get(row.crisis) if row.crisis and row.crisis not in crises else None
        if closed is not None and closed.community in ids:
            crises[closed.id] = closed
    undecided = uow.alerts.undecided() if guide.plan.communities_of(person, Role.MODERATOR) else ()
    alerts = sum(person in alerted.waited_for(guide, each, now=now) for each in undecided)
    wanting = _of(guide, crises.values(), rows, person, now)
    found = list(islice(wanting, ENOUGH))
    return Waiting(found, more=next(wanting, None) is not None, alerts=alerts)


def keep_lists(uow: UnitOfWork, guide: Guide, people: Collection[PersonId], *, now: datetime) -> None:
    """See that their lists are drawn anew: what waits is read then, behind the presses."""
    uow.outbox.put([_row(guide, person, now) for person in people])


def _of(
    guide: Guide, crises: Iterable[Crisis], rows: Sequence[Reminder], person: PersonId, now: datetime
) -> Iterator[tuple[Crisis, tuple[Wait, ...]]]:
    """The gravest and oldest first."""
    for crisis in sorted(crises, key=lambda each: (-each.severity, each.opened_at)):
        due = [row for row in rows if row.crisis == crisis.id]
        part = person in crisis.people or person in handover.asked(crisis)
        mine = part or guide.follow_up_owner(crisis) == person
        found = waits(guide, crisis, person, now=now, due=due) if mine else ()
        if found:
            yield crisis, found


def _row(guide: Guide, person: PersonId, now: datetime) -> Outgoing:
    place = place_of(guide, person)
    return Outgoing(
        id=0,
        task=Task.CARD,
        kind=CardKind.WAITING,
        platform=place.platform,
        subject=person,
        place=place,
        lane=f"waiting:{place.platform}:{person}",
        at=now,
    )
