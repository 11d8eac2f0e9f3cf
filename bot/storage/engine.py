"""Connections: SQLite embedded in one file, or PostgreSQL.

SQLite's settings are measured: with the driver's own way of beginning, two writers silently lose updates.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from bot.storage.compiled import COMPILED, DRIVER
from bot.store import MAY_WAIT, Conflict, Locked

SQLITE = "sqlite"
DatabaseError = SQLAlchemyError
"""Whatever the database or its driver raises."""

BUSY_TIMEOUT = 30.0  # seconds; another process may be writing
POOL_SIZE = 10
LOG_PAGES = 16_000  # of 4 KB; SQLite's own 1,000 fall into every fiftieth press


class Database:
    """One database. Use `open_database`; close it with `close`."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self.writer = writer
        self.reader = reader
        self._turns = _Turns(writer) if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == SQLITE

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that writes, undone unless committed. On SQLite they take turns."""
        with self._turns or self.writer.connect() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one consistent state and cannot write."""
        with self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        if self._turns:
            self._turns.close()
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
        create_engine(
            address.set(drivername=DRIVER),
            connect_args=arguments,
            hide_parameters=True,
            pool_size=POOL_SIZE,
            execution_options={"compiled_cache": COMPILED},
        )
        for _ in range(2)
    )
    event.listen(writer, "connect", _set_up_writer)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(writer, "handle_error", _sqlite_conflict)
    event.listen(writer, "reset", _roll_back)
    event.listen(reader, "connect", _set_up_reader)
    event.listen(reader, "begin", _begin)
    return Database(writer, reader)


def _postgresql(address: URL) -> Database:
    writer = create_engine(address, hide_parameters=True, pool_pre_ping=True, pool_size=POOL_SIZE)
    event.listen(writer, "handle_error", _postgresql_conflict)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(writer, reader)


def driver_says(error: DatabaseError) -> str:
    """The driver's first line, without the statement that SQLAlchemy adds to it."""
    said = str(getattr(error, "orig", None) or error)
    return said.strip().partition("\n")[0].rstrip(".")


class _Turns:
    """The one connection that writes, handed on in the order in which it was asked for.

    Taking one from the pool each time costs as much as a statement; Python's own lock may starve a waiter.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> Connection:
        self._wait()
        try:
            self._connection = self._connection or self._engine.connect()
        except BaseException:
            self._hand_on()
            raise
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What was not committed is undone; after an error, with the connection."""
        try:
            if kind is None and self._connection is not None:
                self._connection.rollback()
                _roll_back(self._connection.connection)
            else:
                self.close()
        finally:
            self._hand_on()

    def close(self) -> None:
        kept, self._connection = self._connection, None
        if kept is not None:
            kept.close()

    def _wait(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            if not MAY_WAIT.get():
                raise Locked
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


def _set_up_writer(dbapi: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """A service moves the log into the database beside the writer (`serving`): no press waits for that."""
    _write_ahead(dbapi)
    _set_up(dbapi, "synchronous=FULL", "foreign_keys=ON", f"wal_autocheckpoint={LOG_PAGES}")


def _write_ahead(dbapi: sqlite3.Connection) -> None:
    """Of two who make the database in the same instant, SQLite refuses one at once, whatever its timeout."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            _set_up(dbapi, "journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _set_up_reader(dbapi: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    _set_up(dbapi, "query_only=ON")


def _set_up(dbapi: sqlite3.Connection, *pragmas: str) -> None:
    """`isolation_level=None` stops the driver from beginning transactions by itself."""
    dbapi.isolation_level = None
    for pragma in pragmas:
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """Raises `Locked` when another process writes and this one may not wait."""
    timeout = BUSY_TIMEOUT if MAY_WAIT.get() else 0.0
    if connection.info.setdefault("timeout", BUSY_TIMEOUT) != timeout:
        connection.info["timeout"] = timeout
        connection.exec_driver_sql(f"PRAGMA busy_timeout={timeout * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _roll_back(dbapi: DBAPIConnection | PoolProxiedConnection, *_: object) -> None:
    """After a COMMIT that failed, on a full disk say, SQLite is still inside the transaction."""
    dbapi.rollback()


def _sqlite_conflict(context: ExceptionContext) -> None:
    """Turn a lost race into the error that callers retry on."""
    error = context.original_exception
    busy = isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    if busy and not MAY_WAIT.get():
        raise Locked from error
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
