"""One outgoing row, carried to its platform: at least once, and looked for before it is said again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.cards import Card
from bot.domain.ids import MessageRef, PersonId
from bot.domain.numbers import room_name
from bot.guide import Guide
from bot.handlers.guest_mail import GUEST_MAILS, guest_email
from bot.handlers.mail_delivery import email_of
from bot.ports import (
    Ambiguous,
    Carrier,
    ChatGateway,
    CreatedRoom,
    Denied,
    Email,
    GatewayError,
    Gone,
    NotInvited,
    Place,
    RoomPlace,
    Unreachable,
)
from bot.rendering import card_of, file_of, notice_of
from bot.store import Outgoing, Task, UnitOfWork

SUFFIXES = 5
"""How many names a room is tried under: numbers restart with a new database."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed row with what it shows now. Without content there is nothing left to say.

    `people` are those whom an invitation brings in, or for whom a room is made.
    """

    row: Outgoing
    card: Card | None = None
    file: tuple[str, bytes] | None = None
    names: tuple[str, ...] = ()
    people: tuple[PersonId, ...] = ()
    room: RoomPlace | None = None
    workspace: str | None = None
    email: Email | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to say any more, or not yet."""
        if self.row.task is Task.CREATE_ROOM:
            return not self.names
        if self.row.task is Task.MAIL:
            return self.email is None
        return self.row.task is Task.CARD and self.card is None

    @property
    def mark(self) -> str:
        """What the message is recognised by: an opaque name."""
        return f"{self.row.crisis or self.row.kind}.{self.row.id}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job; `error` is None when it is done.

    `taken` is the code with which a mail server took it.
    """

    job: Job
    error: GatewayError | None = None
    message: MessageRef | None = None
    created: CreatedRoom | None = None
    not_invited: Sequence[NotInvited] = ()
    taken: str = ""


def job_for(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> Job:
    """Render a claimed row from the state of this moment."""
    match row.task:
        case Task.CARD:
            return Job(row, card=card_of(row, uow, guide, now=now))
        case Task.FILE:
            return Job(row, file=file_of(row, uow, guide, now=now))
        case Task.CREATE_ROOM:
            crisis = uow.crises.get(row.crisis) if row.crisis else None
            if crisis is None or crisis.false_alarm:
                return Job(row)  # nobody is woken by an invitation
            where = guide.community(crisis).workspaces.get(row.platform)
            people = tuple(sorted(crisis.people))
            return Job(row, names=_names(row, uow, guide), people=people, workspace=where)
        case Task.ARCHIVE:
            return Job(row, room=_room(row, uow))
        case Task.RENAME:
            return Job(row, names=_names(row, uow, guide), room=_room(row, uow))
        case Task.INVITE | Task.REMOVE:
            people = tuple(PersonId(name) for name in row.text.split(",") if name)
            return Job(row, people=people, room=row.place if isinstance(row.place, RoomPlace) else None)
        case Task.MAIL:
            if row.kind in GUEST_MAILS:
                return Job(row, email=guest_email(row, uow, guide, now=now))
            if row.kind is not None:
                return Job(row, email=notice_of(row, uow, guide, now=now))
            return Job(row, email=email_of(row, uow, now=now))
        case _:
            assert_never(row.task)


async def hand_over(job: Job, carrier: Carrier[Email] | None) -> Outcome:
    """Send one e-mail. To a member once: where an earlier try was cut it may have gone, and nothing is sent.

    A notice is sent once more: a double one harms less than a lost one.
    """
    if job.row.attempts > 1 and job.row.kind is None:
        return Outcome(job, error=Ambiguous("attempted_before"))
    if job.email is None or carrier is None:
        return Outcome(job, error=Unreachable("no_connection"))
    try:
        return Outcome(job, taken=await carrier.send(job.email))
    except GatewayError as error:
        return Outcome(job, error=error)


async def carry(job: Job, gateway: ChatGateway) -> Outcome:
    """Make the calls of one job."""
    try:
        return await _carry(job, gateway)
    except GatewayError as error:
        return Outcome(job, error=error)


async def _carry(job: Job, gateway: ChatGateway) -> Outcome:
    row = job.row
    if row.task is Task.CREATE_ROOM:
        again = row.attempts > 1
        created = await gateway.create_room(
            names=job.names,
            people=job.people,
            mark=job.mark,
            attempted_before=again,
            workspace=job.workspace,
        )
        return Outcome(job, created=created)
    if job.room is not None and row.task is Task.INVITE:
        return Outcome(job, not_invited=await gateway.invite(job.room.room, job.people))
    if job.room is not None and row.task is Task.RENAME:
        return Outcome(job, created=await gateway.rename(job.room.room, names=job.names))
    if job.room is not None and row.task is Task.REMOVE:
        await gateway.remove(job.room.room, job.people)
    if job.room is not None and row.task is Task.ARCHIVE:
        await gateway.archive(job.room.room)
    if job.file is not None and row.place is not None:
        name, content = job.file
        await gateway.attach(row.place, name=name, content=content, comment=name)
    if job.card is not None and row.place is not None:
        return Outcome(job, message=await _show(job, row.place, job.card, gateway))
    return Outcome(job)


async def _show(job: Job, place: Place, card: Card, gateway: ChatGateway) -> MessageRef:
    """Edit the message; post it when there is none, or when it has vanished."""
    row, mark = job.row, job.mark
    message = row.message
    if message is None and row.attempts > 1:
        message = await _look(job, place, gateway)
    if message is not None:
        try:
            await gateway.update(place, message, card, mark=mark)
        except Gone:
            return await gateway.post(place, card, mark=mark)
        return message
    return await gateway.post(place, card, mark=mark)


async def _look(job: Job, place: Place, gateway: ChatGateway) -> MessageRef | None:
    """Find what an earlier try left, cut after it arrived.

    Where nobody may look it is said again: a double ping harms less than a lost one.
    """
    try:
        return await gateway.find(place, mark=job.mark)
    except Denied:
        return None


def _names(row: Outgoing, uow: UnitOfWork, guide: Guide) -> tuple[str, ...]:
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    if crisis is None:
        return ()
    name = room_name(number=crisis.number, community_code=guide.community(crisis).code)
    return (name, *(f"{name}-{n}" for n in range(2, SUFFIXES + 1)))


def _room(row: Outgoing, uow: UnitOfWork) -> RoomPlace | None:
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    room = crisis.room_on(row.platform) if crisis else None
    return RoomPlace(room.platform, room.ref) if room and room.ref else None
