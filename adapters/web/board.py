"""What the browser room shows, read from storage: the rows of a place, each as its card stands now."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar

from adapters.web.ports import GuestPass, PersonSummary, RoomPage, RoomSummary, ShownCard, Way
from bot.application import Application
from bot.domain import guest_codes, guests
from bot.domain.crisis import Crisis, Room
from bot.domain.errors import Refused
from bot.domain.guest_codes import Typed
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.roster import role_name
from bot.handlers import guest_entry, guest_mail
from bot.handlers.letter import look_at
from bot.plan.unknown import ids_of
from bot.ports import DirectPlace, Letter, Place, RoomPlace
from bot.rendering import card_of, journal_file, scene_for
from bot.store import CardKind, Outgoing, UnitOfWork
from bot.views.guests import for_guest
from bot.views.waiting import waits

T = TypeVar("T")

CLOSED_STAY = timedelta(days=30)
"""How long a closed crisis stays in the list."""

MESSAGES = 50

SAID_AGAIN = frozenset(
    {
        CardKind.PING,
        CardKind.DRAFT,
        CardKind.EMERGENCY_NUDGE,
        CardKind.CALL_OUTCOME,
        CardKind.DECISION_NUDGE,
        CardKind.ADVICE_NUDGE,
        CardKind.CONTACTS,
        CardKind.FOLLOW_UP,
        CardKind.FOLLOW_UP_NUDGE,
    }
)
"""Said again so that a telephone rings. All of them show the same state: on a page the newest is enough."""


class StoreBoard:
    """A `Board`."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def rooms(self, person: PersonId) -> Sequence[RoomSummary]:
        guide, now = self._application.guide(), self._application.clock()
        with self._application.store.read() as uow:
            crises = uow.crises.of(ids_of(guide.plan, person), closed_since=now - CLOSED_STAY)
            mine = [(c, r) for c in crises if person in c.people and (r := c.room_on(Platform.WEB))]
            summaries = [self._summary(c, r, person) for c, r in mine if r.ref is not None]
        return sorted(summaries, key=lambda s: (-s.waits_for_me, -s.severity, s.opened_at))

    def room(self, person: PersonId, room: RoomRef) -> RoomPage | None:
        with self._application.store.read() as uow:
            crisis = uow.crises.in_room(Platform.WEB, room)
            place = crisis.room_on(Platform.WEB) if crisis else None
            if crisis is None or place is None or not self._inside(crisis, person):
                return None
            cards = self._cards(uow.outbox.at(RoomPlace(Platform.WEB, room)), uow)
            summary = self._summary(crisis, place, person)
        brief = next((shown for row, shown in cards if row.kind is CardKind.BRIEF), None)
        return RoomPage(summary, brief, [s for row, s in cards if row.kind is not CardKind.BRIEF])

    def journal(self, person: PersonId, room: RoomRef) -> tuple[str, bytes] | None:
        application = self._application
        with application.store.read() as uow:
            crisis = uow.crises.in_room(Platform.WEB, room)
            if crisis is None or not self._inside(crisis, person):
                return None
            now = application.clock()
            scene = scene_for(crisis, uow, application.guide(), now=now, platform=Platform.WEB)
            return journal_file(scene, uow)

    def letter(self, person: PersonId, subject: str) -> Letter | None:
        application = self._application
        with application.store.read() as uow, suppress(Refused):
            return look_at(uow, application.guide(), person, subject, now=application.clock())
        return None

    def direct(self, person: PersonId) -> Sequence[ShownCard]:
        with self._application.store.read() as uow:
            rows = uow.outbox.at(DirectPlace(Platform.WEB, person), limit=MESSAGES)
            cards = self._cards([row for row in rows if self._may_read(row, uow, person)], uow)
        return [shown for _row, shown in reversed(cards)]

    def people(self) -> Sequence[PersonSummary]:
        guide = self._application.guide()
        return [
            PersonSummary(
                person.id,
                person.name,
                ", ".join(
                    dict.fromkeys(
                        role_name(role, guide.translator_for(person.id))
                        for community in guide.plan.communities_of(person.id)
                        for role in community.roles_of(person.id)
                    )
                ),
            )
            for person in guide.plan.people.values()
        ]

    def login(self, token: str, now: datetime) -> PersonId | None:
        with self._application.store.write() as uow:
            person = uow.links.burn(sha256(token.encode()).digest(), now=now)
            uow.commit()
        return person

    def way(self, token: str, now: datetime) -> Way:
        with self._application.store.read() as uow:
            found = guest_entry.found(uow, token)
        if found is None:
            return Way.NO_GUEST
        if not guests.works(*found, now=now):
            return Way.OVER
        return Way.CODE if found[1].with_code else Way.OPEN

    def enter(self, token: str, now: datetime, *, known: bool) -> str | None:
        entered = self._written(partial(guest_entry.enter, token=token, known=known, now=now), now)
        return guests.hash_of(token) if entered else None

    def send_code(self, token: str, now: datetime) -> None:
        code = guest_codes.code_of(secrets.randbelow)
        mail_token = guest_mail.mail_token(secrets.token_urlsafe())
        self._written(
            partial(guest_entry.send_code, token=token, code=code, mail_token=mail_token, now=now), now
        )

    def enter_with(self, token: str, code: str, now: datetime) -> Typed:
        return self._written(partial(guest_entry.enter_with, token=token, typed=code, now=now), now)

    def _written(self, work: Callable[[UnitOfWork], T], now: datetime) -> T:
        """In one transaction, with what follows from it."""
        application = self._application
        with application.store.write() as uow:
            done = work(uow)
            application.settle(uow, now=now)
            uow.commit()
        return done

    def guest(self, token_hash: str, now: datetime) -> GuestPass | None:
        with self._application.store.read() as uow:
            crisis = uow.crises.with_guest(token_hash)
        guest = guests.admitted(crisis, token_hash, now=now) if crisis else None
        if crisis is None or guest is None:
            return None
        guide = self._application.guide().with_guests(crisis)
        known, translator = guide.plan.person(guest.person), guide.translator_for(guest.person)
        summary = PersonSummary(guest.person, known.name, role_name(guest.role, translator))
        return GuestPass(summary, crisis.id, translator.locale, str(known.timezone))

    def guest_cards(self, person: PersonId, crisis: CrisisId) -> Sequence[ShownCard]:
        with self._application.store.read() as uow:
            rows = uow.outbox.at(DirectPlace(Platform.WEB, person), limit=MESSAGES)
            cards = self._cards([row for row in rows if row.crisis == crisis], uow)
        cards = [(row, replace(shown, card=for_guest(shown.card))) for row, shown in reversed(cards)]
        return [shown for _row, shown in sorted(cards, key=lambda c: c[0].kind is not CardKind.BRIEF)]

    def person_locale(self, person: PersonId) -> str:
        return self._application.guide().translator_for(person).locale

    def person_zone(self, person: PersonId) -> str:
        return str(self._application.guide().zone_for(person))

    def _inside(self, crisis: Crisis, person: PersonId) -> bool:
        """Whether somebody has a part, and the plan still names them in the community."""
        return person in crisis.people and bool(self._application.guide().community(crisis).roles_of(person))

    def _may_read(self, row: Outgoing, uow: UnitOfWork, person: PersonId) -> bool:
        """Whether the plan still names somebody in the community that a message is about."""
        crisis = uow.crises.get(row.crisis) if row.crisis else None
        return crisis is None or bool(self._application.guide().community(crisis).roles_of(person))

    def _cards(self, rows: Sequence[Outgoing], uow: UnitOfWork) -> list[tuple[Outgoing, ShownCard]]:
        cards = [(row, shown) for row in rows if (shown := self._shown(row, uow))]
        newest = {(row.kind, row.subject): row.id for row, _shown in cards}
        return [
            (row, shown)
            for row, shown in cards
            if row.kind not in SAID_AGAIN or newest[row.kind, row.subject] == row.id
        ]

    def _shown(self, row: Outgoing, uow: UnitOfWork) -> ShownCard | None:
        application = self._application
        card = card_of(row, uow, application.guide(), now=application.clock())
        place: Place | None = row.place
        if card is None or place is None or row.message is None:
            return None
        return ShownCard(row.message, card, row.at, place)

    def _summary(self, crisis: Crisis, room: Room, person: PersonId) -> RoomSummary:
        guide = self._application.guide()
        return RoomSummary(
            room=room.ref or RoomRef(""),
            number=crisis.number,
            community=guide.community(crisis).name,
            severity=crisis.severity,
            status=crisis.status,
            waits_for_me=int(bool(waits(guide, crisis, person, now=self._application.clock()))),
            opened_at=crisis.opened_at,
            locale=crisis.locale,
        )
