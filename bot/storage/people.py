"""What belongs to one person: one-time links, wishes for the morning page, absences, addresses."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete, insert, select, update

from bot.domain.ids import PersonId, Platform
from bot.storage.batch import Insert, insert_into
from bot.storage.tables import absences, addresses, digest_wishes, links
from bot.store import DigestWish


class SqlLinks:
    """The links of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_hash: bytes, person: PersonId, *, expires_at: datetime) -> None:
        row = {"token_hash": token_hash, "person": person, "expires_at": expires_at}
        self._connection.execute(insert(links), row)

    def burn(self, token_hash: bytes, *, now: datetime) -> PersonId | None:
        """One statement, so that two at the same instant cannot both succeed."""
        usable = (links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.expires_at > now)
        burned = update(links).where(*usable).values(used_at=now).returning(links.c.person)
        person = self._connection.scalar(burned)
        return None if person is None else PersonId(person)


class SqlDigestWishes:
    """The wishes of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Mapping[PersonId, DigestWish]:
        rows = self._connection.execute(select(digest_wishes)).mappings()
        return {row["person"]: DigestWish(**row) for row in rows}

    def save(self, wish: DigestWish) -> None:
        self._connection.execute(_save(self._connection.dialect.name), asdict(wish))


class SqlAbsences:
    """The absences of one unit of work, read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[PersonId, datetime] | None = None

    def at(self, now: datetime) -> Mapping[PersonId, datetime]:
        if self._read is None:
            self._read = {row.person: row.until for row in self._connection.execute(select(absences))}
        return {person: until for person, until in self._read.items() if until > now}

    def save(self, person: PersonId, *, until: datetime) -> None:
        self._connection.execute(_keep(self._connection.dialect.name), {"person": person, "until": until})
        self._read = None

    def end(self, person: PersonId) -> None:
        self._connection.execute(delete(absences).where(absences.c.person == person))
        self._read = None


class SqlAddresses:
    """The addresses of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, platform: Platform, name: str) -> str | None:
        wanted = (addresses.c.platform == platform.value, addresses.c.name == name)
        return self._connection.scalar(select(addresses.c.value).where(*wanted))

    def save(self, platform: Platform, name: str, value: str) -> None:
        row = {"platform": platform.value, "name": name, "value": value}
        self._connection.execute(_write_down(self._connection.dialect.name), row)


@cache
def _write_down(dialect: str) -> Insert:
    statement = insert_into(addresses, dialect)
    return statement.on_conflict_do_update(
        index_elements=["platform", "name"], set_={"value": statement.excluded.value}
    )


@cache
def _keep(dialect: str) -> Insert:
    statement = insert_into(absences, dialect)
    return statement.on_conflict_do_update(
        index_elements=["person"], set_={"until": statement.excluded.until}
    )


@cache
def _save(dialect: str) -> Insert:
    statement = insert_into(digest_wishes, dialect)
    values = {"stopped": statement.excluded.stopped, "at": statement.excluded.at}
    return statement.on_conflict_do_update(index_elements=["person"], set_=values)
