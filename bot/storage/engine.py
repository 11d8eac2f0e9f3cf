"""Connections: SQLite embedded in one file, or PostgreSQL.

SQLite's settings are measured: with the driver's own way of beginning, two writers silently lose updates.
"""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store import Conflict

SQLITE = "sqlite"
BUSY_TIMEOUT = 30.0  # seconds; another process may be writing
POOL_SIZE = 10


class Database:
    """One database. Use `open_database`; close it with `close`."""

    def __init__(self, writer: Engine, reader: Engine, turn: AbstractContextManager[None]) -> None:
        self.writer = writer
        self.reader = reader
        self._turn = turn

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == SQLITE

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that writes, undone unless committed. On SQLite they take turns."""
        with self._turn, self.writer.connect() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one consistent state and cannot write."""
        with self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open `sqlite:///path` (its folder is made) or `postgresql://…`. Raises `ValueError` for any other."""
    address = make_url(
        url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url
    )
    match address.get_backend_name():
        case "sqlite":
            return _sqlite(address)
        case "postgresql":
            return _postgresql(address.set(drivername="postgresql+psycopg"))
        case other:
            raise ValueError(f"{other} is no database that Cellule can use: only sqlite and postgresql are.")


def _sqlite(address: URL) -> Database:
    if not address.database or address.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:///var/cellule.db")
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": BUSY_TIMEOUT, "check_same_thread": False}
    writer, reader = (
        create_engine(address, connect_args=arguments, hide_parameters=True, pool_size=POOL_SIZE)
        for _ in range(2)
    )
    event.listen(writer, "connect", _set_up_writer)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(writer, "handle_error", _sqlite_conflict)
    event.listen(writer, "reset", _roll_back)
    event.listen(reader, "connect", _set_up_reader)
    event.listen(reader, "begin", _begin)
    return Database(writer, reader, _Turn())


def _postgresql(address: URL) -> Database:
    writer = create_engine(address, hide_parameters=True, pool_pre_ping=True, pool_size=POOL_SIZE)
    event.listen(writer, "handle_error", _postgresql_conflict)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(writer, reader, nullcontext())


class _Turn:
    """A lock whose waiters go in the order in which they came; Python's own may starve one."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


def _set_up_writer(dbapi: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    _set_up(dbapi, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def _set_up_reader(dbapi: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    _set_up(dbapi, "query_only=ON")


def _set_up(dbapi: sqlite3.Connection, *pragmas: str) -> None:
    """`isolation_level=None` stops the driver from beginning transactions by itself."""
    dbapi.isolation_level = None
    for pragma in pragmas:
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _roll_back(dbapi: sqlite3.Connection, *_: object) -> None:
    """After a COMMIT that failed, on a full disk say, SQLite is still inside the transaction."""
    dbapi.rollback()


def _sqlite_conflict(context: ExceptionContext) -> None:
    """Turn a lost race into the error that callers retry on."""
    error = context.original_exception
    if isinstance(error, sqlite3.IntegrityError) and error.sqlite_errorcode in {
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    }:
        raise Conflict from error


def _postgresql_conflict(context: ExceptionContext) -> None:
    from psycopg import errors  # noqa: PLC0415  (10 MB that SQLite does without)

    error = context.original_exception
    lost_races = (errors.UniqueViolation, errors.SerializationFailure, errors.DeadlockDetected)
    if isinstance(error, lost_races):
        raise Conflict from error
