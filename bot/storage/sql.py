"""The store on SQLite or PostgreSQL."""

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from bot.storage.alerts import SqlAlerts
from bot.storage.cache import Cache
from bot.storage.crises import SqlCrises
from bot.storage.engine import Database
from bot.storage.inbox import SqlInbox
from bot.storage.journal import SqlJournal
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlAbsences, SqlAddresses, SqlDigestWishes, SqlLinks
from bot.storage.reminders import SqlReminders
from bot.storage.seal import Keyring
from bot.storage.vault import Vault


class SqlStore:
    """Opens units of work on one database. The schema is there already (`schema.ensure`)."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._cache = Cache()

    def write(self) -> "SqlUnitOfWork":
        return SqlUnitOfWork(
            self._database.write(),
            self._keyring,
            self._cache,
            writes=True,
            one_snapshot=self._database.is_sqlite,
        )

    def read(self) -> "SqlUnitOfWork":
        return SqlUnitOfWork(
            self._database.read(), self._keyring, self._cache, writes=False, one_snapshot=True
        )


class SqlUnitOfWork:
    """One transaction. Writes wait in memory as long as nothing has to read them, and go out together."""

    def __init__(
        self,
        transaction: AbstractContextManager[Connection],
        keyring: Keyring,
        cache: Cache,
        *,
        writes: bool,
        one_snapshot: bool,
    ) -> None:
        self._transaction = transaction
        self._keyring = keyring
        self._cache = cache
        self._writes = writes
        self._one_snapshot = one_snapshot

    def __enter__(self) -> Self:
        connection = self._connection = self._transaction.__enter__()
        vault = Vault(connection, self._keyring)
        self.crises = SqlCrises(
            connection, vault, self._cache, writes=self._writes, one_snapshot=self._one_snapshot
        )
        self.journal = SqlJournal(connection, vault, self._cache)
        self.inbox = SqlInbox(connection, vault)
        self.outbox = SqlOutbox(connection, vault)
        self.reminders = SqlReminders(connection, vault)
        self.links = SqlLinks(connection)
        self.alerts = SqlAlerts(connection, vault, writes=self._writes)
        self.digest_wishes = SqlDigestWishes(connection)
        self.absences = SqlAbsences(connection)
        self.addresses = SqlAddresses(connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, error, trace)

    def commit(self) -> None:
        if not self._writes:
            raise RuntimeError("this unit of work only reads")
        for part in (self.crises, self.journal, self.outbox, self.reminders, self.inbox):
            part.flush()
        self._connection.commit()
        self.crises.committed()
        self.journal.committed()
