"""Whether a service works on a database now: a lock that is dropped with its process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import Database

LOG_MOVED_EVERY = 2.0
"""Seconds."""

SERVING_LOCK = 0x43656C73
"""PostgreSQL's advisory lock, which each service shares."""


@contextmanager
def serving(database: Database) -> Iterator[None]:
    """Be seen by `is_served` as long as this is open; several services may be."""
    if database.is_sqlite:
        with _file(database).open("w") as lock, _log_moved(database):
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


@contextmanager
def _log_moved(database: Database) -> Iterator[None]:
    """Move SQLite's write-ahead log into the database from time to time, in a thread that holds no lock."""
    stopped = Event()

    def move() -> None:
        while not stopped.wait(LOG_MOVED_EVERY):
            with suppress(DBAPIError), database.writer.connect() as connection:
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("PRAGMA wal_checkpoint(PASSIVE)")

    mover = Thread(target=move, name="log", daemon=True)
    mover.start()
    try:
        yield
    finally:
        stopped.set()
        mover.join()


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
