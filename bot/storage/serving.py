"""Whether a service works on a database now: a lock that is dropped with its process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import Database

SERVING_LOCK = 0x43656C73
"""PostgreSQL's advisory lock, which each service shares."""


@contextmanager
def serving(database: Database) -> Iterator[None]:
    """Be seen by `is_served` as long as this is open; several services may be."""
    if database.is_sqlite:
        with _file(database).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield
    else:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            _ask(connection, "SELECT pg_advisory_lock_shared(:lock)")
            try:
                yield
            finally:
                with suppress(DBAPIError):  # a lost connection has lost its lock
                    _ask(connection, "SELECT pg_advisory_unlock_shared(:lock)")


def is_served(database: Database) -> bool:
    """Whether a service is at work on this database, in this process or another."""
    if database.is_sqlite:
        with _file(database).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False
    with database.write() as connection:
        return not _ask(connection, "SELECT pg_try_advisory_xact_lock(:lock)")


def _ask(connection: Connection, question: str) -> object:
    return connection.scalar(text(question), {"lock": SERVING_LOCK})


def _file(database: Database) -> Path:
    return Path(f"{database.writer.url.database}.serving")
