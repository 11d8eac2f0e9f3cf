"""Crises: loaded whole, written where they changed, under one version each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select, union_all

from bot.domain.crisis import Crisis
from bot.domain.ids import CrisisId, Platform, RoomRef
from bot.domain.numbers import next_number
from bot.domain.states import CrisisStatus
from bot.storage.cache import Cache, Kept
from bot.storage.loading import Loader
from bot.storage.marks import alike
from bot.storage.saving import Saver
from bot.storage.tables import crises, guest_codes, guests, mailings, rooms
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class _Seen:
    """A crisis in other hands, and how it stands in the database (None: not there yet)."""

    crisis: Crisis
    before: Crisis | None


class SqlCrises:
    """The crises of one unit of work."""

    def __init__(
        self, connection: Connection, vault: Vault, cache: Cache, *, writes: bool, one_snapshot: bool
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._cache = cache
        self._loader = Loader(connection, vault, cache, one_snapshot=one_snapshot)
        self._saver = Saver(connection, vault)
        self._writes = writes
        self._written: list[Crisis] = []
        self._listed: set[tuple[tuple[str, ...], datetime | None]] = set()
        self._seen: dict[CrisisId, _Seen] = {}

    def get(self, crisis_id: CrisisId) -> Crisis | None:
        if crisis_id in self._seen:
            return self._seen[crisis_id].crisis
        return self._one(_by_id(locks=self._writes), id=crisis_id)

    def in_room(self, platform: Platform, room: RoomRef) -> Crisis | None:
        for seen in self._seen.values():
            if any((r.platform, r.ref) == (platform, room) for r in seen.crisis.rooms):
                return seen.crisis
        return self._one(_by_room(locks=self._writes), platform=platform, room=room)

    def numbered(self, number: str) -> Crisis | None:
        """One that this unit of work added is not looked for."""
        return self._one(_by_number(locks=self._writes), number=number)

    def with_guest(self, token_hash: str) -> Crisis | None:
        """One whose link this unit of work made is not looked for."""
        return self._one(_by_guest(locks=self._writes), token_hash=token_hash)

    def with_mail(self, token: str) -> Crisis | None:
        """One whose e-mail this unit of work wrote is not looked for."""
        return self._one(_by_mail(locks=self._writes), token=token)

    def with_guest_mail(self, token: str) -> Crisis | None:
        """One whose e-mail this unit of work wrote is not looked for."""
        return self._one(_by_guest_mail(locks=self._writes), token=token)

    def add(self, crisis: Crisis) -> None:
        self._vault.make_key(crisis.id)
        self._seen[crisis.id] = _Seen(crisis, before=None)

    def next_number(self, year: int) -> str:
        numbers: list[str] = list(self._connection.scalars(_last_number(), {"year": f"{year}-%"}))
        numbers += [
            seen.crisis.number for seen in self._seen.values() if seen.crisis.number.startswith(f"{year}-")
        ]
        return next_number(
            year=year, last=max(numbers, key=lambda number: (len(number), number), default=None)
        )

    def of(self, communities: Collection[str], *, closed_since: datetime | None = None) -> Sequence[Crisis]:
        asked = (tuple(communities), closed_since)
        if self._writes or asked not in self._listed:
            self._hand_out(self._loader.load(_listing(communities, closed_since), locked=False))
            self._listed.add(asked)
        found = [crisis for crisis in self.seen() if _wanted(crisis, communities, closed_since)]
        return sorted(found, key=lambda crisis: (crisis.opened_at, crisis.id))

    def alike(self, likenesses: Collection[str], *, opened_since: datetime) -> Sequence[Crisis]:
        if not likenesses:
            return []
        found = self._hand_out(self._loader.load(alike(self._vault, likenesses), locked=False))
        recent = [crisis for crisis in found if crisis.opened_at > opened_since]
        return sorted(recent, key=lambda crisis: (crisis.opened_at, crisis.id))

    def communities(self, *, closed_since: datetime) -> Collection[str]:
        wanted = or_(crises.c.status != CrisisStatus.CLOSED, crises.c.closed_at > closed_since)
        stored = self._connection.scalars(select(crises.c.community).where(wanted).distinct())
        return {*stored, *(seen.crisis.community for seen in self._seen.values())}

    def seen(self) -> Sequence[Crisis]:
        return [seen.crisis for seen in self._seen.values()]

    def flush(self) -> None:
        """Write what changed. Raises `Conflict`."""
        for seen in self._seen.values():
            if seen.before is None:
                self._saver.insert(seen.crisis)
            elif not self._saver.update(seen.crisis, seen.before):
                continue
            self._written.append(seen.crisis)

    def committed(self) -> None:
        """Take note that all is written: versions have moved, and no event waits any more."""
        for crisis in self._written:
            crisis.version += 1
            crisis.events.clear()
            self._cache.keep(Kept(_copy(crisis), self._vault.key(crisis.id)))

    def _one(self, query: Select[Any], **parameters: str) -> Crisis | None:
        found = self._hand_out(self._loader.load(query, locked=self._writes, **parameters))
        return found[0] if found else None

    def _hand_out(self, loaded: Iterable[Kept]) -> list[Crisis]:
        """Give copies, for what is kept never changes. What is in hand already stays as it is."""
        return [
            self._seen.setdefault(kept.crisis.id, _Seen(_copy(kept.crisis), before=kept.crisis)).crisis
            for kept in loaded
        ]


def _copy(crisis: Crisis) -> Crisis:
    """Parts are frozen and shared; only the list of events is its own."""
    return replace(crisis, events=[])


def _one_by(*conditions: ColumnElement[bool], locks: bool) -> Select[Any]:
    """PostgreSQL locks the row for a unit of work that writes; SQLite lets only one of them run."""
    query = select(crises).where(*conditions)
    return query.with_for_update(of=crises) if locks else query


@cache
def _by_id(*, locks: bool) -> Select[Any]:
    return _one_by(crises.c.id == bindparam("id"), locks=locks)


@cache
def _by_room(*, locks: bool) -> Select[Any]:
    here = (rooms.c.platform == bindparam("platform")) & (rooms.c.ref == bindparam("room"))
    return _one_by(crises.c.id == rooms.c.crisis_id, here, locks=locks)


@cache
def _by_number(*, locks: bool) -> Select[Any]:
    return _one_by(crises.c.number == bindparam("number"), locks=locks)


@cache
def _by_guest(*, locks: bool) -> Select[Any]:
    theirs = guests.c.token_hash == bindparam("token_hash")
    return _one_by(crises.c.id == guests.c.crisis_id, theirs, locks=locks)


@cache
def _by_mail(*, locks: bool) -> Select[Any]:
    theirs = mailings.c.token == bindparam("token")
    return _one_by(crises.c.id == mailings.c.crisis_id, theirs, locks=locks)


@cache
def _by_guest_mail(*, locks: bool) -> Select[Any]:
    theirs = (
        select(table.c.crisis_id).where(table.c.mail_token == bindparam("token"))
        for table in (guests, guest_codes)
    )
    return _one_by(crises.c.id.in_(union_all(*theirs)), locks=locks)


def _listing(communities: Collection[str], closed_since: datetime | None) -> Select[Any]:
    wanted = crises.c.status != CrisisStatus.CLOSED
    if closed_since is not None:
        wanted = or_(wanted, crises.c.closed_at > closed_since)
    return select(crises).where(and_(crises.c.community.in_(communities), wanted))


@cache
def _last_number() -> Select[str]:
    number = crises.c.number
    of_the_year = number.like(bindparam("year"))
    return select(number).where(of_the_year).order_by(func.length(number).desc(), number.desc()).limit(1)


def _wanted(crisis: Crisis, communities: Collection[str], closed_since: datetime | None) -> bool:
    if crisis.community not in communities:
        return False
    if crisis.status is not CrisisStatus.CLOSED:
        return True
    return closed_since is not None and crisis.closed_at is not None and crisis.closed_at > closed_since
