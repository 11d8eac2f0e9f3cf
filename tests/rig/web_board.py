"""A browser room without a core: a board in memory, and a core that answers what a test tells it to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.responses import Response

from adapters.web.app import WebAdapter, WebSettings
from adapters.web.ports import GuestPass, PersonSummary, RoomPage, RoomSummary, ShownCard, Way
from adapters.web.session import Sessions, new_session
from bot.cards import Answer, Card
from bot.domain.guest_codes import Typed
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.interactions import (
    ButtonPress,
    Departure,
    FormSubmission,
    Interaction,
    MessageAction,
    MessageChange,
    SlashCommand,
)
from bot.ports import DirectPlace, Letter, Paper, Place, RoomPlace

NIGHT = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)
"""03:12 in Paris."""

KEY = "invented-key"

LEA, INES, FARID = PersonId("lea"), PersonId("ines"), PersonId("farid")


@dataclass
class Room:
    summary: RoomSummary
    members: set[PersonId]
    brief: ShownCard | None = None
    cards: list[ShownCard] = field(default_factory=list)
    journal: tuple[str, bytes] = ("journal-2026-014.txt", "03:12 · Léa ouvre la crise.\n".encode())


class MemoryBoard:
    """A `Board`. A card put twice under one id is replaced; `tokens` are the personal links not yet used.

    `passes` are what the guests' links open; here a link's secret is its own hash.
    """

    def __init__(self) -> None:
        self.persons = [
            PersonSummary(LEA, "Léa Martin", "modératrice"),
            PersonSummary(INES, "Inès Roy", "modératrice"),
            PersonSummary(FARID, "Farid Benali", "juriste"),
        ]
        self.locales: dict[PersonId, str] = {}
        self.tokens: dict[str, PersonId] = {}
        self.letters: dict[tuple[PersonId, str], Letter] = {}
        self.passes: dict[str, GuestPass] = {}
        self._rooms: dict[RoomRef, Room] = {}
        self._direct: dict[PersonId, list[ShownCard]] = {}

    def open_room(self, ref: str, *, members: Sequence[PersonId], **facts: object) -> RoomPlace:
        """Add a room; `facts` override the fields of its summary."""
        summary = RoomSummary(
            room=RoomRef(ref),
            number="2026-014",
            community="Forum Exemple",
            severity=4,
            status=CrisisStatus.OPEN,
            waits_for_me=0,
            opened_at=NIGHT,
            locale="fr",
        )
        self._rooms[summary.room] = Room(replace(summary, **facts), set(members))  # type: ignore[arg-type]
        return RoomPlace(Platform.WEB, summary.room)

    def close_rooms(self) -> None:
        for room in self._rooms.values():
            room.summary = replace(room.summary, status=CrisisStatus.CLOSED)

    def put(self, place: Place, card: Card, *, mark: str, at: datetime = NIGHT, brief: bool = False) -> None:
        shown = ShownCard(mark, card, at, place)
        if isinstance(place, DirectPlace):
            _put(self._direct.setdefault(place.person, []), shown)
        elif brief:
            self._rooms[place.room].brief = shown
        else:
            _put(self._rooms[place.room].cards, shown)

    def remove(self, place: RoomPlace, mark: str) -> None:
        room = self._rooms[place.room]
        room.cards = [card for card in room.cards if card.id != mark]

    def rooms(self, person: PersonId) -> Sequence[RoomSummary]:
        return [room.summary for room in self._rooms.values() if person in room.members]

    def room(self, person: PersonId, room: RoomRef) -> RoomPage | None:
        found = self._rooms.get(room)
        if found is None or person not in found.members:
            return None
        return RoomPage(found.summary, found.brief, tuple(found.cards))

    def journal(self, person: PersonId, room: RoomRef) -> tuple[str, bytes] | None:
        found = self._rooms.get(room)
        return found.journal if found and person in found.members else None

    def letter(self, person: PersonId, subject: str) -> Letter | None:
        return self.letters.get((person, subject))

    def direct(self, person: PersonId) -> Sequence[ShownCard]:
        return sorted(self._direct.get(person, []), key=lambda shown: shown.at, reverse=True)[:50]

    def people(self) -> Sequence[PersonSummary]:
        return self.persons

    def login(self, token: str, now: datetime) -> PersonId | None:
        del now
        return self.tokens.pop(token, None)

    def way(self, token: str, now: datetime) -> Way:
        del now
        return Way.OPEN if token in self.passes else Way.NO_GUEST

    def send_code(self, token: str, now: datetime) -> None:
        raise NotImplementedError

    def enter_with(self, token: str, code: str, now: datetime) -> Typed:
        raise NotImplementedError

    def enter(self, token: str, now: datetime, *, known: bool) -> str | None:
        del now, known
        return token if token in self.passes else None

    def guest(self, token_hash: str, now: datetime) -> GuestPass | None:
        del now
        return self.passes.get(token_hash)

    def guest_cards(self, person: PersonId, crisis: CrisisId) -> Sequence[ShownCard]:
        del crisis
        return self.direct(person)

    def person_locale(self, person: PersonId) -> str:
        return self.locales.get(person, "fr")

    def person_zone(self, person: PersonId) -> str:
        del person
        return "Europe/Paris"


class ScriptedCore:
    """A `Handle`. It keeps every interaction and answers as scripted, a repeated key as the first time."""

    def __init__(self) -> None:
        self.seen: list[Interaction] = []
        self.script: dict[Verb | str, Callable[[Interaction], Answer]] = {}
        self._answers: dict[str, Answer] = {}

    async def __call__(self, interaction: Interaction) -> Answer:
        earlier = self._answers.get(interaction.key)
        if earlier is not None:
            return earlier
        self.seen.append(interaction)
        answer = self.script.get(_asked(interaction), lambda _: Answer())(interaction)
        if not (answer.code or answer.errors):
            self._answers[interaction.key] = answer
        return answer


@dataclass(frozen=True, slots=True)
class WebRig:
    """A whole browser room. `now` is what its clock shows."""

    board: MemoryBoard
    core: ScriptedCore
    web: WebAdapter
    app: Starlette
    now: list[datetime]

    def cookie(self, person: PersonId) -> tuple[str, str]:
        """Return the name and the value of a cookie with which a browser is this person at once."""
        sessions, response = Sessions(key=KEY, https=False), Response()
        sessions.write(response, new_session(person), self.now[0])
        name, _, rest = response.headers["set-cookie"].partition("=")
        return name, rest.partition(";")[0]


def web_rig(
    *, demo: bool = True, base_url: str = "http://127.0.0.1:8080", paper: Paper | None = None
) -> WebRig:
    board, core, now = MemoryBoard(), ScriptedCore(), [NIGHT]
    web = WebAdapter(
        board=board,
        handle=core,
        clock=lambda: now[0],
        settings=WebSettings(base_url=base_url, signing_key=KEY, demo=demo),
        paper=paper,
    )
    app = Starlette(routes=web.routes, middleware=[web.guard])
    return WebRig(board, core, web, app, now)


def _put(cards: list[ShownCard], shown: ShownCard) -> None:
    places = [index for index, card in enumerate(cards) if card.id == shown.id]
    if places:
        cards[places[0]] = replace(shown, at=cards[places[0]].at)
    else:
        cards.append(shown)


def _asked(interaction: Interaction) -> Verb | str:
    match interaction:
        case ButtonPress() | FormSubmission():
            return interaction.action.verb
        case SlashCommand():
            return interaction.text
        case MessageAction():
            return "message_action"
        case MessageChange():
            return "message_change"
        case Departure():
            return "departure"
