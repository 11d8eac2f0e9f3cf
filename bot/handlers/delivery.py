"""What became of the things that went out: rooms made, people invited, pings sent, faults that last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.crisis import Crisis, Room
from bot.domain.events import (
    DeliveryFailed,
    InvitationFailed,
    PeopleInvited,
    PingSent,
    PlatformBack,
    PlatformLost,
    RoomArchived,
    RoomCreated,
    RoomDelayed,
)
from bot.domain.ids import PersonId
from bot.domain.states import RoomStatus
from bot.ports import CreatedRoom, DirectPlace, NotInvited
from bot.store import CardKind, Outgoing, Task, UnitOfWork


def room_created(uow: UnitOfWork, row: Outgoing, created: CreatedRoom, *, at: datetime) -> None:
    """The room exists; what waited for it follows."""
    crisis = _crisis(uow, row)
    room = Room(row.platform, RoomStatus.READY, created.room, created.name, overheard=bool(created.lesser))
    before = crisis.room_on(row.platform)
    _put_room(crisis, replace(room, lost_at=before.lost_at if before else None))
    crisis.record(
        RoomCreated(
            at=at,
            platform=row.platform,
            name=created.name,
            lesser=created.lesser,
            perhaps_twice=created.perhaps_twice,
        )
    )


def room_delayed(uow: UnitOfWork, row: Outgoing, code: str, *, at: datetime) -> None:
    """The room is not made for the moment; said once."""
    crisis = _crisis(uow, row)
    room = crisis.room_on(row.platform)
    if room is not None and room.status is RoomStatus.ASKED:
        _put_room(crisis, replace(room, status=RoomStatus.DELAYED))
        crisis.record(RoomDelayed(at=at, platform=row.platform, code=code))


def room_renamed(uow: UnitOfWork, row: Outgoing, renamed: CreatedRoom) -> None:
    """The room goes by its community's name; the journal holds why, the move itself."""
    crisis = _crisis(uow, row)
    room = crisis.room_on(row.platform)
    if room is not None:
        _put_room(crisis, replace(room, name=renamed.name))


def invited(
    uow: UnitOfWork,
    row: Outgoing,
    people: Sequence[PersonId],
    failures: Sequence[NotInvited],
    *,
    at: datetime,
) -> None:
    """Who is inside now, and who could not be brought in."""
    crisis = _crisis(uow, row)
    failed = {failure.person for failure in failures}
    inside = tuple(p for p in people if p not in failed)
    if inside:
        crisis.record(PeopleInvited(at=at, platform=row.platform, people=inside))
    for failure in failures:
        crisis.record(
            InvitationFailed(at=at, platform=row.platform, person=failure.person, code=failure.code)
        )


def card_shown(uow: UnitOfWork, row: Outgoing, *, at: datetime) -> None:
    """A ping that went out is a line in the journal; other cards are not."""
    if row.kind is CardKind.PING and row.shown == 0 and isinstance(row.place, DirectPlace):
        crisis = _crisis(uow, row)
        crisis.record(
            PingSent(at=at, person=row.place.person, platform=row.platform, attempt=row.ordinal % 10)
        )


def archived(uow: UnitOfWork, row: Outgoing, *, at: datetime) -> None:
    """The room is at rest."""
    crisis = _crisis(uow, row)
    room = crisis.room_on(row.platform)
    if room is not None:
        _put_room(crisis, replace(room, status=RoomStatus.ARCHIVED))
        crisis.record(RoomArchived(at=at, platform=row.platform))


def unreached(uow: UnitOfWork, row: Outgoing, code: str, *, at: datetime) -> None:
    """Something does not go out for now. Where the crisis has other rooms its platform counts as lost."""
    crisis = _crisis(uow, row) if row.crisis else None
    room = _place_in(crisis, row)
    if crisis is None or room is None or len(crisis.rooms) == 1:
        failed(uow, row, code, lasting=False, at=at)
    elif room.lost_at is None:
        _put_room(crisis, replace(room, lost_at=at))
        crisis.record(PlatformLost(at=at, platform=row.platform, code=code))


def arrived_at_last(uow: UnitOfWork, row: Outgoing, *, at: datetime) -> None:
    """What failed before went out: a platform that was lost answers again."""
    crisis = _crisis(uow, row) if row.crisis else None
    room = _place_in(crisis, row)
    if crisis is not None and room is not None and room.lost_at is not None:
        _put_room(crisis, replace(room, lost_at=None))
        crisis.record(PlatformBack(at=at, platform=row.platform, lost_at=room.lost_at))


def _place_in(crisis: Crisis | None, row: Outgoing) -> Room | None:
    """The room whose platform carries it; a mail server, which carries an e-mail, is no platform."""
    return crisis.room_on(row.platform) if crisis and row.task is not Task.MAIL else None


def failed(uow: UnitOfWork, row: Outgoing, code: str, *, lasting: bool, at: datetime) -> None:
    """Something does not go out: the room and the opener are told, but of a name, which wakes nobody."""
    if row.crisis is None or row.task is Task.RENAME:
        return
    crisis = _crisis(uow, row)
    person = row.place.person if isinstance(row.place, DirectPlace) else None
    crisis.record(
        DeliveryFailed(
            at=at,
            platform=row.platform,
            what=row.kind or row.task,
            code=code,
            lasting=lasting,
            person=person,
        )
    )


def _crisis(uow: UnitOfWork, row: Outgoing) -> Crisis:
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    if crisis is None:
        raise LookupError(row.crisis)
    return crisis


def _put_room(crisis: Crisis, room: Room) -> None:
    crisis.rooms = tuple(room if r.platform is room.platform else r for r in crisis.rooms)
