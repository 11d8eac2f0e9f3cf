"""People whom the plan no longer names in a community, or who left a room: others go on in their place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.cards import Answer
from bot.domain import cell, emergency, handover
from bot.domain.crisis import Crisis
from bot.domain.guests import is_invited
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, Presence
from bot.guide import Guide
from bot.handlers import reminding
from bot.handlers.request import Request
from bot.interactions import Departure
from bot.store import UnitOfWork


def left(uow: UnitOfWork, guide: Guide, *, now: datetime) -> list[tuple[Crisis, PersonId]]:
    """Those with a part in an open crisis, or to whom one is offered, whom the plan does not name there."""
    return [
        (crisis, person)
        for crisis in _still_open(uow, now)
        for person in sorted(crisis.people | handover.asked(crisis))
        if not guide.community(crisis).roles_of(person) and not is_invited(crisis, person)
    ]


def parts(uow: UnitOfWork, platform: Platform, *, now: datetime) -> Mapping[RoomRef, Collection[PersonId]]:
    """Who has a part in each open crisis, by its room on a platform."""
    rooms = ((crisis.room_on(platform), crisis.people) for crisis in _still_open(uow, now))
    return {room.ref: people for room, people in rooms if room and room.ref}


def depart(request: Request, departure: Departure) -> Answer:
    """Somebody left the room of an open crisis, or was taken out of it there.

    Whom we took out ourselves has no part any more, and who was called since then is back: nothing to do.
    """
    person, platform = departure.actor.person, departure.actor.platform
    crisis = request.uow.crises.in_room(platform, departure.room)
    if crisis is None or person is None or crisis.status is CrisisStatus.CLOSED:
        return Answer()
    parts = cell.assignments_of(crisis, person)
    if parts and all(part.asked_at <= departure.at for part in parts):
        part_with(request.uow, request.guide, crisis, person, now=request.now, room=platform)
    return Answer()


def part_with(
    uow: UnitOfWork,
    guide: Guide,
    crisis: Crisis,
    person: PersonId,
    *,
    now: datetime,
    room: Platform | None = None,
) -> None:
    """The deputies are called for what they alone held; what they were to be reminded of finds an owner.

    `room`: where they are no longer inside.
    """
    roles = handover.leave(crisis, person=person, at=now, room=room)
    for role in roles:
        if not cell.holders(crisis, role):
            chain = guide.chain(crisis, role)
            cell.ask_next(crisis, role=role, chain=chain, at=now, instead_of=person)
    heir = _heir(guide, crisis, roles)
    if heir is None:
        return
    emergency.pass_on(crisis, person, heir)
    if reminding.pass_on(uow, crisis, person, heir) and not cell.roles_of(crisis, heir):
        cell.ask(crisis, person=heir, role=Role.MANAGER, asked_as=AskedAs.MANAGER, at=now)


def _still_open(uow: UnitOfWork, now: datetime) -> Sequence[Crisis]:
    """Of every community, and of those that nobody has named yet."""
    return uow.crises.of(uow.crises.communities(closed_since=now))


def _heir(guide: Guide, crisis: Crisis, left: Collection[Role]) -> PersonId | None:
    """Who goes on with what was one person's alone: the opener, or whoever holds their role after them.

    Or a role just `left`. Where nobody does, the first manager on duty; else whoever is here.
    """
    named = guide.community(crisis).roles_of
    here = [a for a in crisis.assignments if a.held and named(a.person)]
    here.sort(key=lambda part: part.presence is not Presence.TAKEN_UP)
    theirs = {*left, *(a.role for a in crisis.assignments if a.person == crisis.opened_by)}
    managers = [p for p in guide.chain(crisis, Role.MANAGER) if not cell.has_left(crisis, p)]
    heirs = [
        *(a.person for a in here if a.person == crisis.opened_by),
        *(a.person for a in here if a.role in theirs),
        *managers,
        *(a.person for a in here),
    ]
    return next(iter(heirs), None)
