"""What the core asks of storage. One contract suite proves the in-memory fake, SQLite and PostgreSQL.

Leaving a unit of work without `commit()` undoes everything. All hours are aware and in UTC.
"""

from collections.abc import Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from bot.cards import Answer
from bot.domain.alerts import Alert
from bot.domain.crisis import Crisis
from bot.domain.events import Event
from bot.domain.ids import CrisisId, MessageRef, PersonId, Platform, RoomRef
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.ports import Place


class Conflict(Exception):
    """Somebody else changed the same thing first: nothing was written.

    Run it again on a fresh unit of work.
    """


class Locked(Exception):
    """Somebody else writes now, and whoever asked may not wait: nothing was done."""


MAY_WAIT = ContextVar("MAY_WAIT", default=True)
"""Whether a unit of work for writing waits for its turn. Else it raises `Locked`, before it did anything."""


class Task(StrEnum):
    """What the relay has to do for an outgoing row."""

    CREATE_ROOM = "create_room"
    INVITE = "invite"
    REMOVE = "remove"
    CARD = "card"
    FILE = "file"
    ARCHIVE = "archive"
    RENAME = "rename"
    MAIL = "mail"


class CardKind(StrEnum):
    """Which view renders the card of a row."""

    BRIEF = "brief"
    EMERGENCY = "emergency"
    EMERGENCY_NUDGE = "emergency_nudge"
    CALL_OUTCOME = "call_outcome"
    SUPPORT = "support"
    PING = "ping"
    MENTION = "mention"
    GUEST = "guest"
    GUEST_LINK_MAIL = "guest_link_mail"
    GUEST_CODE_MAIL = "guest_code_mail"
    OPENED = "opened"
    TROUBLE = "trouble"
    DRAFT = "draft"
    DECISION_NUDGE = "decision_nudge"
    ADVICE = "advice"
    ADVICE_NUDGE = "advice_nudge"
    CONTACTS = "contacts"
    RELEASED = "released"
    REREAD = "reread"
    WAITING = "waiting"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_NUDGE = "follow_up_nudge"
    REMINDER = "reminder"
    HANDOVER = "handover"
    RELIEF = "relief"
    NEWS = "news"
    CLIENT = "client"
    CLIENT_MAIL = "client_mail"
    LOG = "log"
    DIGEST = "digest"
    ALERT = "alert"


class OutgoingStatus(StrEnum):
    """A `failed` row is never claimed."""

    LIVE = "live"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to do outside, and how far it is.

    Unique by (task, kind, subject, ordinal, place). It is undelivered while `shown < wanted`. `place` is
    None for tasks that have no room yet; `platform` says where. Rows of one `lane` go out one after the
    other, oldest first. `text` is sealed (a person's words that no state holds); `attempts` counts the
    tries since the last success.
    """

    id: int
    task: Task
    platform: Platform
    subject: str
    at: datetime
    kind: CardKind | None = None
    ordinal: int = 0
    crisis: CrisisId | None = None
    place: Place | None = None
    lane: str = ""
    text: str = ""
    wanted: int = 1
    shown: int = 0
    message: MessageRef | None = None
    attempts: int = 0
    not_before: datetime | None = None
    status: OutgoingStatus = OutgoingStatus.LIVE


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the *main courante*. `occurred_at` is the event's hour, `recorded_at` the real clock's."""

    seq: int
    occurred_at: datetime
    recorded_at: datetime
    event: Event
    hash: bytes


@dataclass(frozen=True, slots=True)
class DigestWish:
    """What a person wants of the morning page; `at` is an hour such as `08:30`, None for the community's."""

    person: PersonId
    stopped: bool = False
    at: str | None = None


class Crises(Protocol):
    """Crises, loaded whole.

    What is got or added here is written at commit, once each, if it changed or has events.
    """

    def get(self, crisis_id: CrisisId) -> Crisis | None:
        """For a unit of work that writes, PostgreSQL locks the row.

        A concurrent change raises `Conflict` at commit.
        """

    def in_room(self, platform: Platform, room: RoomRef) -> Crisis | None: ...

    def numbered(self, number: str) -> Crisis | None: ...

    def with_guest(self, token_hash: str) -> Crisis | None:
        """The crisis that a guest's link was made for, whether or not it still opens it."""

    def with_mail(self, token: str) -> Crisis | None:
        """The crisis that an e-mail was sent in, by the token of the e-mail."""

    def with_guest_mail(self, token: str) -> Crisis | None:
        """The same of an e-mail to a guest: their link, or a code of the last hour."""

    def add(self, crisis: Crisis) -> None: ...

    def next_number(self, year: int) -> str:
        """`2026-014`; two at the same instant end in a `Conflict`."""

    def of(self, communities: Collection[str], *, closed_since: datetime | None = None) -> Sequence[Crisis]:
        """Those not closed, and those closed after `closed_since` if it is given; oldest first."""

    def alike(self, likenesses: Collection[str], *, opened_since: datetime) -> Sequence[Crisis]:
        """Those not closed, opened since then, with one of these likenesses; oldest first.

        One that this unit of work added is not looked for.
        """

    def communities(self, *, closed_since: datetime) -> Collection[str]:
        """Those with a crisis that is not closed, or was closed after this."""

    def seen(self) -> Sequence[Crisis]:
        """What this unit of work got or added so far."""


class Journal(Protocol):
    """One hash chain a crisis, over the sealed bytes."""

    def append(self, crisis_id: CrisisId, events: Sequence[Event], *, recorded_at: datetime) -> None: ...

    def of(self, crisis_id: CrisisId, *, last: int | None = None) -> Sequence[JournalEntry]:
        """In order; only the `last` so many if given."""

    def broken_at(self, crisis_id: CrisisId) -> int | None:
        """The first sequence number whose hash does not fit, None for a whole chain."""


class Inbox(Protocol):
    """The interactions that were carried out, and what they were answered."""

    def answer_to(self, key: str) -> Answer | None: ...

    def remember(self, key: str, answer: Answer, *, at: datetime) -> None:
        """Two at the same instant end in a `Conflict`."""

    def forget_before(self, at: datetime) -> None: ...


class Outbox(Protocol):
    """What goes out."""

    def put(self, rows: Sequence[Outgoing]) -> None:
        """Add rows (their `id` is ignored).

        One that exists already is wanted once more instead: `wanted + 1`, live again.
        """

    def refresh(self, kind: CardKind, subject: str, *, at: datetime) -> None:
        """Every row of this kind and subject is wanted once more, wherever it stands."""

    def refresh_crisis(self, crisis: CrisisId, *, at: datetime) -> None:
        """Every card of a crisis that a place shows is wanted once more."""

    def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Outgoing]:
        """Undelivered live rows that are due and not leased, one a lane and the oldest of it, oldest first.

        Leases them and counts the try: `attempts` of what is returned is 1 at the first claim since the
        last success, so that more than 1 means «perhaps done already», even after the process was killed.
        """

    def renew(self, row_ids: Collection[int], *, lease_until: datetime) -> None:
        """Keep the leases of calls that are still under way."""

    def delivered(
        self, row_id: int, *, shown: int, message: MessageRef | None, rests_until: datetime | None = None
    ) -> None:
        """`shown` is the `wanted` that was read when rendering; ends the lease and resets the attempts.

        Wanted once more, it is not claimed before `rests_until`.
        """

    def retry(self, row_id: int, *, not_before: datetime) -> None:
        """Ends the lease; the tries stay counted."""

    def postpone(self, row_id: int, *, not_before: datetime) -> None:
        """Ends the lease of a try that did nothing at all, and does not count it."""

    def fail(self, row_id: int) -> None:
        """Will not be tried again until it is put or refreshed."""

    def forget(self, row_id: int) -> None:
        """Empty the text of a row that has gone out: it was a secret."""

    def get(self, row_id: int) -> Outgoing | None: ...

    def at(self, place: Place, *, limit: int = 200) -> Sequence[Outgoing]:
        """Delivered card rows of one place, oldest first: what the browser room shows."""

    def of_message(self, place: Place, message: MessageRef) -> Outgoing | None:
        """The card row that a message of this place shows."""

    def oldest_undelivered(self) -> datetime | None: ...

    def undelivered(self) -> int:
        """How many rows wait to go out."""


class Reminders(Protocol):
    """Due rows."""

    def plan(self, reminders: Sequence[Reminder]) -> None:
        """Add rows.

        One that exists and is planned or cancelled is planned anew for the new hour; one that is due or
        done stays.
        """

    def cancel(self, kind: ReminderKind, subject: str) -> None:
        """What is planned or due of this kind and subject is cancelled."""

    def claim_due(self, *, now: datetime, limit: int) -> Sequence[Reminder]:
        """Planned rows with `due_at <= now`, oldest first, marked `due` with `fired_at=now`.

        PostgreSQL skips locked ones.
        """

    def get(self, kind: ReminderKind, subject: str, ordinal: int) -> Reminder | None: ...

    def of(self, crisis_id: CrisisId) -> Sequence[Reminder]:
        """Every row of a crisis, by due hour."""

    def of_kind(self, *kinds: ReminderKind, statuses: Collection[str]) -> Sequence[Reminder]: ...

    def save(self, reminder: Reminder) -> None:
        """Write a changed row."""

    def oldest_due(self, now: datetime) -> datetime | None: ...


class Links(Protocol):
    """One-time personal links, kept hashed."""

    def add(self, token_hash: bytes, person: PersonId, *, expires_at: datetime) -> None: ...

    def burn(self, token_hash: bytes, *, now: datetime) -> PersonId | None:
        """Whom it was for; None when unknown, expired or used. It works once."""


class Alerts(Protocol):
    """Alerts of people whom the plan does not name."""

    def add(self, alert: Alert) -> None: ...

    def get(self, alert_id: str) -> Alert | None: ...

    def raised_since(self, at: datetime) -> Sequence[Alert]:
        """Those raised at that hour or later, decided or not."""

    def undecided(self) -> Sequence[Alert]:
        """Those that nobody has decided on, oldest first."""

    def save(self, alert: Alert) -> None:
        """Write a changed one."""


class DigestWishes(Protocol):
    """What people want of the morning page."""

    def all(self) -> Mapping[PersonId, DigestWish]: ...

    def save(self, wish: DigestWish) -> None: ...


class Absences(Protocol):
    """Until when people said that they are away."""

    def at(self, now: datetime) -> Mapping[PersonId, datetime]:
        """Those who are away at this hour, and until when. Asked again, it reads nothing anew."""

    def save(self, person: PersonId, *, until: datetime) -> None: ...

    def end(self, person: PersonId) -> None: ...


class Addresses(Protocol):
    """What an adapter must find again after a restart, by names of its own; opaque to the core."""

    def get(self, platform: Platform, name: str) -> str | None: ...

    def save(self, platform: Platform, name: str, value: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def crises(self) -> Crises: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def links(self) -> Links: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def digest_wishes(self) -> DigestWishes: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def addresses(self) -> Addresses: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Write everything. Raises `Conflict`."""


class Store(Protocol):
    """Opens units of work. `write` ones are one at a time on SQLite; `read` ones see one consistent state."""

    def write(self) -> UnitOfWork: ...

    def read(self) -> UnitOfWork: ...
