"""The store in memory: the ports carried out for real, without a database.

Units of work that write take turns between threads. Within one thread two may be open at once, and then the
second to commit what the first has changed gets a `Conflict`: tests of retries are written that way.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import count
from threading import RLock
from types import TracebackType
from typing import Any, Self

from bot.cards import Answer
from bot.domain.alerts import Alert
from bot.domain.crisis import Crisis
from bot.domain.events import Event
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.likeness import likenesses as likenesses_of
from bot.domain.numbers import next_number
from bot.domain.states import CrisisStatus
from bot.reactions.texts import EVENTS
from bot.storage.journal import START, entry_hash
from bot.store import Conflict, DigestWish, JournalEntry
from tests.rig.memory_queues import MemoryOutbox, MemoryReminders, OutgoingRow, ReminderRow


@dataclass(frozen=True, slots=True)
class Link:
    person: PersonId
    expires_at: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The tables. What stands in them is frozen, or never handed out."""

    crises: dict[CrisisId, Crisis] = field(default_factory=dict)
    journal: dict[tuple[CrisisId, int], JournalEntry] = field(default_factory=dict)
    inbox: dict[str, tuple[Answer, datetime]] = field(default_factory=dict)
    outgoing: dict[tuple, OutgoingRow] = field(default_factory=dict)
    reminders: dict[tuple, ReminderRow] = field(default_factory=dict)
    links: dict[bytes, Link] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    wishes: dict[PersonId, DigestWish] = field(default_factory=dict)
    absences: dict[PersonId, datetime] = field(default_factory=dict)
    addresses: dict[tuple[Platform, str], str] = field(default_factory=dict)

    def copy(self) -> "State":
        return State(**{f.name: dict(getattr(self, f.name)) for f in fields(self)})

    def with_changes(self, before: "State", after: "State") -> "State":
        """Bring what one unit of work changed into this newer state. Raises `Conflict` for a row of both."""
        return State(
            **{
                f.name: _merged(
                    getattr(self, f.name), before=getattr(before, f.name), after=getattr(after, f.name)
                )
                for f in fields(self)
            }
        )


class MemoryStore:
    def __init__(self) -> None:
        self.state = State()
        self.turn = RLock()
        self.ids = count(1)

    def write(self) -> "MemoryUnitOfWork":
        return MemoryUnitOfWork(self, writes=True)

    def read(self) -> "MemoryUnitOfWork":
        return MemoryUnitOfWork(self, writes=False)


class MemoryUnitOfWork:
    def __init__(self, store: MemoryStore, *, writes: bool) -> None:
        self._store = store
        self._writes = writes

    def __enter__(self) -> Self:
        if self._writes:
            self._store.turn.acquire()
        self._before = self._store.state
        self._after = self._before.copy()
        self.crises = MemoryCrises(self._after)
        self.journal = MemoryJournal(self._after, self.crises)
        self.inbox = MemoryInbox(self._after)
        self.outbox = MemoryOutbox(self._after.outgoing, self._store.ids)
        self.reminders = MemoryReminders(self._after.reminders, self._store.ids)
        self.links = MemoryLinks(self._after)
        self.alerts = MemoryAlerts(self._after)
        self.digest_wishes = MemoryDigestWishes(self._after)
        self.absences = MemoryAbsences(self._after)
        self.addresses = MemoryAddresses(self._after)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writes:
            self._store.turn.release()

    def commit(self) -> None:
        if not self._writes:
            raise RuntimeError("this unit of work only reads")
        written = self.crises.write()
        merged = self._store.state.with_changes(self._before, self._after)
        numbers = [crisis.number for crisis in merged.crises.values()]
        if len(set(numbers)) < len(numbers):
            raise Conflict
        self._store.state = merged
        for crisis in written:
            crisis.version += 1
            crisis.events.clear()


class MemoryCrises:
    def __init__(self, state: State) -> None:
        self._state = state
        self._seen: dict[CrisisId, Crisis] = {}

    def get(self, crisis_id: CrisisId) -> Crisis | None:
        stored = self._state.crises.get(crisis_id)
        if crisis_id not in self._seen and stored is not None:
            self._seen[crisis_id] = _copy(stored)
        return self._seen.get(crisis_id)

    def in_room(self, platform: Platform, room: RoomRef) -> Crisis | None:
        for crisis in [*self._seen.values(), *self._state.crises.values()]:
            if any((r.platform, r.ref) == (platform, room) for r in crisis.rooms):
                return self.get(crisis.id)
        return None

    def numbered(self, number: str) -> Crisis | None:
        return next(
            (self.get(crisis.id) for crisis in self._state.crises.values() if crisis.number == number), None
        )

    def with_guest(self, token_hash: str) -> Crisis | None:
        for crisis in self._state.crises.values():
            if any(guest.token_hash == token_hash for guest in crisis.guests):
                return self.get(crisis.id)
        return None

    def with_mail(self, token: str) -> Crisis | None:
        for crisis in self._state.crises.values():
            if any(mailing.token == token for mailing in crisis.mailings):
                return self.get(crisis.id)
        return None

    def with_guest_mail(self, token: str) -> Crisis | None:
        for crisis in self._state.crises.values():
            tokens = {guest.mail_token for guest in crisis.guests}
            if token in tokens | {code.mail_token for code in crisis.guest_codes}:
                return self.get(crisis.id)
        return None

    def add(self, crisis: Crisis) -> None:
        if self.knows(crisis.id):
            raise Conflict
        self._seen[crisis.id] = crisis

    def next_number(self, year: int) -> str:
        crises = {**self._state.crises, **self._seen}.values()
        numbers = [crisis.number for crisis in crises if crisis.number.startswith(f"{year}-")]
        return next_number(
            year=year, last=max(numbers, key=lambda number: (len(number), number), default=None)
        )

    def of(self, communities: Collection[str], *, closed_since: datetime | None = None) -> Sequence[Crisis]:
        everything = [crisis for crisis_id in self._state.crises if (crisis := self.get(crisis_id))]
        added = [crisis for crisis in self._seen.values() if crisis.id not in self._state.crises]
        found = [crisis for crisis in everything + added if _wanted(crisis, communities, closed_since)]
        return sorted(found, key=lambda crisis: (crisis.opened_at, crisis.id))

    def alike(self, likenesses: Collection[str], *, opened_since: datetime) -> Sequence[Crisis]:
        found = [
            crisis.id
            for crisis in self._state.crises.values()
            if likenesses_of(crisis) & set(likenesses)
            and crisis.status is not CrisisStatus.CLOSED
            and crisis.opened_at > opened_since
        ]
        crises = [crisis for crisis_id in found if (crisis := self.get(crisis_id))]
        return sorted(crises, key=lambda crisis: (crisis.opened_at, crisis.id))

    def communities(self, *, closed_since: datetime) -> Collection[str]:
        stored = self._state.crises.values()
        wanted = {c.community for c in stored if _wanted(c, [c.community], closed_since)}
        return wanted | {c.community for c in self._seen.values()}

    def seen(self) -> Sequence[Crisis]:
        return list(self._seen.values())

    def knows(self, crisis_id: CrisisId) -> bool:
        return crisis_id in self._seen or crisis_id in self._state.crises

    def write(self) -> Sequence[Crisis]:
        """Put what changed, or has events, into the tables."""
        changed = [crisis for crisis in self._seen.values() if self._state.crises.get(crisis.id) != crisis]
        for crisis in changed:
            self._state.crises[crisis.id] = replace(_copy(crisis), version=crisis.version + 1)
        return changed


class MemoryJournal:
    def __init__(self, state: State, crises: MemoryCrises) -> None:
        self._state = state
        self._crises = crises

    def append(self, crisis_id: CrisisId, events: Sequence[Event], *, recorded_at: datetime) -> None:
        if not self._crises.knows(crisis_id):
            raise KeyError(crisis_id)
        for event in events:
            earlier = self.of(crisis_id)
            seq, previous = len(earlier) + 1, earlier[-1].hash if earlier else START
            digest = _hash(previous, crisis_id, seq, event, recorded_at)
            self._state.journal[crisis_id, seq] = JournalEntry(seq, event.at, recorded_at, event, digest)

    def of(self, crisis_id: CrisisId, *, last: int | None = None) -> Sequence[JournalEntry]:
        entries = [entry for (owner, _), entry in self._state.journal.items() if owner == crisis_id]
        return entries if last is None else entries[len(entries) - min(last, len(entries)) :]

    def broken_at(self, crisis_id: CrisisId) -> int | None:
        previous = START
        for entry in self.of(crisis_id):
            if entry.hash != _hash(previous, crisis_id, entry.seq, entry.event, entry.recorded_at):
                return entry.seq
            previous = entry.hash
        return None


class MemoryInbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def answer_to(self, key: str) -> Answer | None:
        remembered = self._state.inbox.get(key)
        return remembered and remembered[0]

    def remember(self, key: str, answer: Answer, *, at: datetime) -> None:
        if key in self._state.inbox:
            raise Conflict
        self._state.inbox[key] = (answer, at)

    def forget_before(self, at: datetime) -> None:
        for key in [key for key, (_, remembered_at) in self._state.inbox.items() if remembered_at < at]:
            del self._state.inbox[key]


class MemoryLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, token_hash: bytes, person: PersonId, *, expires_at: datetime) -> None:
        if token_hash in self._state.links:
            raise Conflict
        self._state.links[token_hash] = Link(person, expires_at)

    def burn(self, token_hash: bytes, *, now: datetime) -> PersonId | None:
        link = self._state.links.get(token_hash)
        if link is None or link.used or link.expires_at <= now:
            return None
        self._state.links[token_hash] = replace(link, used=True)
        return link.person


class MemoryAlerts:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, alert: Alert) -> None:
        self._state.alerts[alert.id] = alert

    def get(self, alert_id: str) -> Alert | None:
        return self._state.alerts.get(alert_id)

    def raised_since(self, at: datetime) -> list[Alert]:
        return [alert for alert in self._state.alerts.values() if alert.raised_at >= at]

    def undecided(self) -> Sequence[Alert]:
        waiting = (alert for alert in self._state.alerts.values() if alert.decided_by is None)
        return sorted(waiting, key=lambda alert: (alert.raised_at, alert.id))

    save = add


class MemoryDigestWishes:
    def __init__(self, state: State) -> None:
        self._state = state

    def all(self) -> Mapping[PersonId, DigestWish]:
        return dict(self._state.wishes)

    def save(self, wish: DigestWish) -> None:
        self._state.wishes[wish.person] = wish


class MemoryAbsences:
    def __init__(self, state: State) -> None:
        self._state = state

    def at(self, now: datetime) -> Mapping[PersonId, datetime]:
        return {person: until for person, until in self._state.absences.items() if until > now}

    def save(self, person: PersonId, *, until: datetime) -> None:
        self._state.absences[person] = until

    def end(self, person: PersonId) -> None:
        self._state.absences.pop(person, None)


class MemoryAddresses:
    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, platform: Platform, name: str) -> str | None:
        return self._state.addresses.get((platform, name))

    def save(self, platform: Platform, name: str, value: str) -> None:
        self._state.addresses[platform, name] = value


def _copy(crisis: Crisis) -> Crisis:
    return replace(crisis, events=[])


def _wanted(crisis: Crisis, communities: Collection[str], closed_since: datetime | None) -> bool:
    recent = crisis.closed_at is not None and closed_since is not None and crisis.closed_at > closed_since
    return crisis.community in communities and (crisis.status is not CrisisStatus.CLOSED or recent)


def _hash(previous: bytes, crisis: CrisisId, seq: int, event: Event, recorded_at: datetime) -> bytes:
    return entry_hash(
        previous,
        crisis=crisis,
        seq=seq,
        kind=event.kind,
        by=event.by,
        occurred_at=event.at,
        recorded_at=recorded_at,
        payload=EVENTS.dump_json(event),
    )


def _merged(live: dict[Any, Any], *, before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, Any]:
    changed = [key for key in before.keys() | after.keys() if before.get(key) is not after.get(key)]
    if any(live.get(key) is not before.get(key) for key in changed):
        raise Conflict
    kept = {key: row for key, row in live.items() if key in after or key not in before}
    return kept | {key: after[key] for key in after if key in set(changed)}
