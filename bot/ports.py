"""What the core asks of the outside: rooms and messages. What it asks of storage stands in `bot/store.py`."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.cards import Answer, Card
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.interactions import Interaction

Handle = Callable[[Interaction], Awaitable[Answer]]
"""The one way in: runs the interaction off the event loop and returns when its transaction is committed.

It raises nothing that an adapter must catch: refusals come back as an answer with a `code`.
"""

Clock = Callable[[], datetime]
"""The hour, aware, in UTC."""


class AddressBook(Protocol):
    """What an adapter must find again after a restart, by names of its own."""

    async def get(self, name: str) -> str | None: ...

    async def save(self, name: str, value: str) -> None: ...


class GatewayError(Exception):
    """A platform did not do what was asked. `code` is the platform's own word, safe to log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RateLimited(GatewayError):
    """Nothing was done; it may be tried again after `retry_after` seconds."""

    def __init__(self, code: str, *, retry_after: float) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Gone(GatewayError):
    """The message or the room no longer exists."""


class Denied(GatewayError):
    """Nothing was done, and trying again will not help: a scope, a person or a setting is missing."""


class Unreachable(GatewayError):
    """Nothing was done: the platform did not answer, or says that it is broken. Try again."""


class Ambiguous(GatewayError):
    """Perhaps done: the connection was cut after the request had gone."""


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A room on one platform."""

    platform: Platform
    room: RoomRef


@dataclass(frozen=True, slots=True)
class DirectPlace:
    """A person's direct channel on one platform."""

    platform: Platform
    person: PersonId


Place = RoomPlace | DirectPlace


@dataclass(frozen=True, slots=True)
class CreatedRoom:
    """A new room. `name` is the one that the platform gave in the end.

    `lesser`: the platform's word for why this is not the kind of room that was asked for; others may read it.
    `perhaps_twice`: an attempt before was cut, and an empty room of it may stand beside this one.
    """

    room: RoomRef
    name: str
    lesser: str = ""
    perhaps_twice: bool = False


@dataclass(frozen=True, slots=True)
class NotInvited:
    """Somebody who could not be brought into a room, with the platform's word for it."""

    person: PersonId
    code: str


class ChatGateway(Protocol):
    """The way out to one platform. Every method may raise a `GatewayError`."""

    platform: Platform

    def knows(self, person: PersonId) -> bool:
        """Whether this person can probably be reached here; asks nobody."""

    async def create_room(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        workspace: str | None = None,
    ) -> CreatedRoom:
        """Make a private room under the first free name.

        `workspace`: the Slack workspace or Teams tenant that the plan names for the community, if any.
        `people` are those who are invited next, for platforms that make no room without anybody. `mark` names
        this creation. With `attempted_before` a room that an earlier, cut attempt of the same creation left
        behind (ours, made since, nobody else in it) is adopted instead of taking the next name.
        """

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        """Give a room the first free name; one that bears one of these is fine."""

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        """Bring people in with as few calls as can be; those already inside are fine."""

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        """Take people out of a room; those who are not inside are fine.

        For somebody whom the plan no longer names, everybody goes whom it does not name.
        """

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        """Say something new. `mark` lets `find` recognise it."""

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        """Replace a card; raises `Gone` when it has vanished."""

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        """Look for an earlier post with this mark; raises `Denied` when looking is impossible."""

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        """Share a file."""

    async def archive(self, room: RoomRef) -> None:
        """Put a room to rest; an archived one is fine."""


@dataclass(frozen=True, slots=True)
class Email:
    """A text to one address. `token` (letters and digits in lower case) makes its answer known again."""

    to: str
    subject: str
    text: str
    token: str
    locale: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A released text on paper. `name` is that of its file; `dated` is its place and date, as it bears them.

    `sender` and `recipient` are lines; the latter have the form of `postal_address`. `warning` stands in red
    on the sheet of an exercise.
    """

    name: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    dated: str
    day: date
    text: str
    signature: str
    locale: str
    warning: str = ""


class Unprintable(Exception):
    """Signs of a text stand in no font: a letter would not say what was approved."""

    def __init__(self, signs: str) -> None:
        super().__init__()
        self.signs = signs


class Paper(Protocol):
    """Sets letters off the event loop: the same bytes for the same letter. Raises `Unprintable`."""

    async def pdf(self, letter: Letter) -> bytes: ...

    async def pictures(self, letter: Letter) -> Sequence[bytes]:
        """Each page, as PNG."""


Sent_contra = TypeVar("Sent_contra", contravariant=True)


class Carrier(Protocol[Sent_contra]):
    """A way out to a member: a mail server takes an `Email`; a postal service would take a `Letter`."""

    async def send(self, sent: Sent_contra, /) -> str:
        """Hand it over once; the server's code when it was taken.

        Raises `Gone` for an address that does not exist, `Denied` for another refusal, `Unreachable` when
        nothing was done and later may do, `Ambiguous` when it has perhaps gone.
        """


@dataclass(frozen=True, slots=True)
class Arrived:
    """An e-mail that came in. `tokens` are those that it answers; `text` is what is new in it.

    `automatic`: a machine wrote it, or we did. `bounced` is the token of what could not be delivered,
    with its `status` (RFC 3463); empty for anything else. `raw` is the whole, a character a byte. `withheld`:
    the server did not give it out, and nothing is known of it.
    """

    key: str
    sender: str
    tokens: tuple[str, ...]
    text: str
    raw: str
    automatic: bool = False
    bounced: str = ""
    status: str = ""
    written_at: datetime | None = None
    withheld: bool = False


class Mailbox(Protocol):
    """Where e-mails come in."""

    async def since(self, cursor: str | None) -> tuple[str, Sequence[Arrived]]:
        """What came after a cursor that was given before, and the next one; at first nothing.

        Raises a `GatewayError`.
        """

    async def news(self) -> None:
        """Return when something may have come since: at once where the server says so, else after a minute.

        Raises a `GatewayError`.
        """
