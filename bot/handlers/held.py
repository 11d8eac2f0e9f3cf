"""What a person holds: the crises they have a part in, what comes due for them there, what they offer."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain import cell
from bot.domain.crisis import Crisis
from bot.domain.handover import moment
from bot.domain.ids import PersonId
from bot.domain.members import is_watched
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, Presence, ReminderKind, ReminderStatus
from bot.domain.subjects import member_in
from bot.guide import Guide
from bot.plan.unknown import ids_of
from bot.store import UnitOfWork
from bot.views.handover import Handover, Part
from bot.views.scene import Scene
from bot.views.waiting import waits

WATCHED_FOR = timedelta(days=200)
"""A closed crisis may have follow-ups for six months."""

SOON = timedelta(hours=12)
"""A shift and what follows it at once."""


def held_by(uow: UnitOfWork, guide: Guide, person: PersonId, *, now: datetime) -> list[Crisis]:
    """Open crises with a part of theirs, and closed ones where something comes due for them soon."""
    rows = _coming(uow, now)
    return [
        crisis
        for crisis in _crises(uow, guide, person, now)
        if cell.roles_of(crisis, person)
        and (crisis.status is not CrisisStatus.CLOSED or _theirs(rows, guide, crisis, person))
    ]


def handover_of(
    uow: UnitOfWork,
    guide: Guide,
    *,
    giver: PersonId,
    taker: PersonId,
    offered: int,
    reader: PersonId,
    now: datetime,
    scene: Callable[[Crisis], Scene],
) -> Handover:
    """One offer as it stands now; `offered` is its hour in microseconds since 1970.

    Somebody else than the two reads of their own communities alone.
    """
    rows = _coming(uow, now)
    parts, stays, taken = [], [], False
    for crisis in _crises(uow, guide, giver, now):
        if reader not in {giver, taker} and not guide.community(crisis).roles_of(reader):
            continue
        mine = [a for a in cell.assignments_of(crisis, giver) if a.held or a.offered_to]
        passing = [a for a in mine if a.offered_to == taker and moment(a) == offered]
        taken = taken or any(a.presence is Presence.HANDED_OVER for a in passing)
        soon = _theirs(rows, guide, crisis, giver)
        waiting = bool(waits(guide, crisis, giver, now=now))
        if passing:
            parts.append(Part(scene(crisis), tuple(a.role for a in passing), waiting, soon))
        left = tuple(a.role for a in mine if a.held and not a.offered_to)
        if left and crisis.status is not CrisisStatus.CLOSED:
            stays.append(Part(scene(crisis), left, waiting, soon))
    return Handover(giver, taker, taken, parts, stays)


def _crises(uow: UnitOfWork, guide: Guide, person: PersonId, now: datetime) -> list[Crisis]:
    return [
        c
        for c in uow.crises.of(ids_of(guide.plan, person), closed_since=now - WATCHED_FOR)
        if person in c.people
    ]


def _coming(uow: UnitOfWork, now: datetime) -> list[Reminder]:
    waiting = [ReminderStatus.PLANNED, ReminderStatus.DUE]
    rows = uow.reminders.of_kind(ReminderKind.FOLLOW_UP, ReminderKind.PERSONAL, statuses=waiting)
    return [row for row in rows if row.due_at <= now + SOON]


def _theirs(rows: list[Reminder], guide: Guide, crisis: Crisis, person: PersonId) -> list[Reminder]:
    follows = guide.follow_up_owner(crisis) == person

    def theirs(row: Reminder) -> bool:
        if row.kind is not ReminderKind.FOLLOW_UP:
            return row.owner == person
        return follows and is_watched(crisis, member_in(row.subject))

    return [row for row in rows if row.crisis == crisis.id and theirs(row)]
