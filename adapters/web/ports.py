"""What the browser room asks of the core. A board is synchronous: the adapter calls it off the event loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.cards import Card
from bot.domain.guest_codes import Typed
from bot.domain.ids import CrisisId, PersonId, RoomRef
from bot.domain.states import CrisisStatus
from bot.ports import Letter, Place


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as it stands now. `id` is the mark it was posted under; `at` is when it was first shown, UTC."""

    id: str
    card: Card
    at: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A line of the list. `severity` goes from 1 to 4; `locale` is the room's; `opened_at` is UTC."""

    room: RoomRef
    number: str
    community: str
    severity: int
    status: CrisisStatus
    waits_for_me: int
    opened_at: datetime
    locale: str


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A room. `brief` is the card that says where things stand; `cards` are the others, oldest first."""

    summary: RoomSummary
    brief: ShownCard | None
    cards: Sequence[ShownCard]


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """Somebody whom the plan names. `roles` is one line to read."""

    id: PersonId
    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class GuestPass:
    """What a guest's link opens now: one crisis, as one person."""

    person: PersonSummary
    crisis: CrisisId
    locale: str
    zone: str


class Way(StrEnum):
    """What a guest's link asks of a browser that is not known yet; `no_guest`: it is none."""

    NO_GUEST = "no_guest"
    OPEN = "open"
    CODE = "code"
    OVER = "over"


class Board(Protocol):
    """What a person may see. `person` is always one of `people()`."""

    def rooms(self, person: PersonId) -> Sequence[RoomSummary]:
        """Tell the rooms the person is in: what waits for them first, then the gravest."""

    def room(self, person: PersonId, room: RoomRef) -> RoomPage | None:
        """Read one room; None when it does not exist or is not theirs."""

    def journal(self, person: PersonId, room: RoomRef) -> tuple[str, bytes] | None:
        """Write out the journal of one room: a file's name and content; None when the room is not theirs."""

    def letter(self, person: PersonId, subject: str) -> Letter | None:
        """Tell what stands in a letter that the person made within the hour; None for any other."""

    def direct(self, person: PersonId) -> Sequence[ShownCard]:
        """Read the person's direct messages, newest first, at most 50."""

    def people(self) -> Sequence[PersonSummary]:
        """Name everybody in the plan."""

    def login(self, token: str, now: datetime) -> PersonId | None:
        """Burn the token of a personal link; None when it never was, is used or is too old."""

    def way(self, token: str, now: datetime) -> Way:
        """Look at a guest's link; changes nothing."""

    def enter(self, token: str, now: datetime, *, known: bool) -> str | None:
        """Come in by a guest's link: the hash that `guest` takes; None when it opens nothing.

        `known`: a code was typed in this browser before. Else a link that asks for one opens nothing.
        """

    def send_code(self, token: str, now: datetime) -> None:
        """Send a code to the address of a guest's link. Raises `Refused` (`absent`, `too_many_codes`)."""

    def enter_with(self, token: str, code: str, now: datetime) -> Typed:
        """Try a code, and come in if it is right. Raises `Refused` (`absent`)."""

    def guest(self, token_hash: str, now: datetime) -> GuestPass | None:
        """Tell what a guest's link opens; None once it is revoked, too old, or the crisis closed."""

    def guest_cards(self, person: PersonId, crisis: CrisisId) -> Sequence[ShownCard]:
        """Read a guest's whole page: where things stand, then what was said to them, newest first."""

    def person_locale(self, person: PersonId) -> str:
        """Tell the language of what the person alone reads."""

    def person_zone(self, person: PersonId) -> str:
        """Tell the time zone of the person's clocks, for example `Europe/Paris`."""
