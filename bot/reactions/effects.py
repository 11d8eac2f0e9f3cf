"""The few things that can follow from an event, and the names of what they concern."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cell import silent
from bot.domain.crisis import Crisis
from bot.domain.events import Event
from bot.domain.guests import is_invited
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, RoomStatus
from bot.guide import Guide
from bot.ports import DirectPlace, Place, RoomPlace
from bot.store import CardKind, Outgoing, Task


@dataclass(frozen=True, slots=True)
class Send:
    """Put a row into the outbox."""

    row: Outgoing


@dataclass(frozen=True, slots=True)
class Refresh:
    """Bring every card of this kind and subject up to date."""

    kind: CardKind
    subject: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Something comes due."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nothing of this comes due any more."""

    kind: ReminderKind
    subject: str


Effect = Send | Refresh | Plan | Cancel


@dataclass(frozen=True, slots=True)
class After:
    """The state after the event, and what is known around it.

    `reminders` reads the crisis's rows: most events never ask.
    """

    crisis: Crisis
    guide: Guide
    reminders: Callable[[], Sequence[Reminder]]
    now: datetime

    @property
    def rings(self) -> bool:
        """Whether people may be called now."""
        return self.guide.rings_at(self.crisis, self.now) == self.now

    def asleep(self, person: PersonId) -> bool:
        """Whether somebody was asked and is to be called only after the quiet hours."""
        return not self.rings and silent(self.crisis, person)

    def due(self, delay: timedelta) -> datetime:
        """When a delay from now is over."""
        return self.guide.due(self.crisis, self.now, delay)

    def step(
        self,
        kind: ReminderKind,
        subject: str,
        ordinal: int,
        delay: timedelta,
        *,
        owner: PersonId | None = None,
    ) -> Plan:
        """Something comes due after a delay of the plan."""
        due = self.due(delay)
        return Plan(Reminder(kind, subject, ordinal, due, self.crisis.id, owner, since=self.now))

    def rooms(self) -> Iterable[RoomPlace]:
        """The rooms that exist."""
        for room in self.crisis.rooms:
            if room.status is RoomStatus.READY and room.ref is not None:
                yield RoomPlace(room.platform, room.ref)

    def may_be_written_to(self, person: PersonId) -> bool:
        """Whether a person's messages wait no longer for the room that they lead to: it is ready.

        Or delayed.
        """
        room = self.crisis.room_on(self.direct(person).platform)
        return room is None or room.status is not RoomStatus.ASKED

    def direct(self, person: PersonId) -> DirectPlace:
        """Where a person is written to: the first of the crisis's platforms that knows them and answers."""
        places = self.directs(person)
        lost = {room.platform for room in self.crisis.rooms if room.lost_at is not None}
        return next((place for place in places if place.platform not in lost), places[0])

    def directs(self, person: PersonId) -> Sequence[DirectPlace]:
        """Everywhere that a person can be written to about this crisis; the browser where nothing else is."""
        platforms = [r.platform for r in self.crisis.rooms if self.guide.meets_on(r.platform, person)]
        return [DirectPlace(platform, person) for platform in platforms or [Platform.WEB]]

    def card(
        self,
        kind: CardKind,
        subject: str,
        place: Place,
        *,
        ordinal: int = 0,
        lane: str = "",
        text: str = "",
    ) -> Send:
        """A card at a place. Without a lane of its own it waits for nothing but itself."""
        where = place.room if isinstance(place, RoomPlace) else place.person
        return Send(
            Outgoing(
                id=0,
                task=Task.CARD,
                kind=kind,
                platform=place.platform,
                subject=subject,
                ordinal=ordinal,
                crisis=self.crisis.id,
                place=place,
                lane=lane or f"{kind}:{subject}:{ordinal}:{where}",
                text=text,
                at=self.now,
            )
        )

    def everywhere(
        self,
        kind: CardKind,
        subject: str,
        *,
        ordinal: int = 0,
        text: str = "",
        but: Platform | None = None,
    ) -> list[Effect]:
        """The same card in every room, or in all `but` one platform's."""
        return [
            self.card(kind, subject, place, ordinal=ordinal, text=text)
            for place in self.rooms()
            if place.platform is not but
        ]

    def to(
        self, people: Iterable[PersonId], kind: CardKind, subject: str, *, ordinal: int = 0, text: str = ""
    ) -> list[Effect]:
        """The same card to each of these people directly."""
        return [
            self.card(kind, subject, self.direct(p), ordinal=ordinal, text=text)
            for p in dict.fromkeys(people)
        ]


def invitation(after: After, place: RoomPlace, subject: str, people: Sequence[PersonId]) -> list[Effect]:
    """Bring those into a room who can come there; an invited guest has a page of their own."""
    seated = [
        p for p in people if after.guide.meets_on(place.platform, p) and not is_invited(after.crisis, p)
    ]
    if not seated:
        return []
    return [_into_or_out_of(Task.INVITE, after, place, subject, seated)]


def removal(after: After, place: RoomPlace, people: Sequence[PersonId]) -> Effect:
    """Take people out of a room."""
    subject = f"{after.crisis.id}.x.{int(after.now.timestamp() * 1_000_000)}.{','.join(people)}"
    return _into_or_out_of(Task.REMOVE, after, place, subject, people)


def _into_or_out_of(
    task: Task, after: After, place: RoomPlace, subject: str, people: Sequence[PersonId]
) -> Send:
    return Send(
        Outgoing(
            id=0,
            task=task,
            platform=place.platform,
            subject=subject,
            crisis=after.crisis.id,
            place=place,
            lane=f"invite:{subject}:{place.platform}",
            text=",".join(people),
            at=after.now,
        )
    )


def moment(event: Event) -> int:
    """An ordinal that no other event of its kind has: microseconds since 1970."""
    return int(event.at.timestamp() * 1_000_000)
