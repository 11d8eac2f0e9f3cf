"""The stores that must all behave alike."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.storage import schema
from bot.storage.engine import Database, open_database
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from bot.storage.tables import metadata
from bot.store import Store
from tests.rig.memory import MemoryStore
from tests.rig.migrated import migrated
from tests.rig.postgres import Server

SECRET = "a secret for tests"
OpenDatabase = Callable[[str], Database]


@pytest.fixture(scope="session")
def _migrated(_postgres: Server) -> Iterator[str]:
    """Yield one PostgreSQL database with its schema: making one for each test would take most of the run."""
    with _postgres.fresh_database() as url:
        schema.upgrade(url)
        yield url


@pytest.fixture
def postgresql(_migrated: str) -> str:
    """Return the URL of an empty PostgreSQL database with its schema."""
    database = open_database(_migrated)
    with database.write() as connection:
        for table in reversed(metadata.sorted_tables):  # quicker than TRUNCATE, as long as there are few rows
            connection.execute(table.delete())
        connection.commit()
    database.close()
    return _migrated


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """Return the URL of an empty SQLite database with its schema."""
    return migrated(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of each database in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def opened() -> Iterator[OpenDatabase]:
    """Open a database, anew at each call as another process would, and close it after the test."""
    with ExitStack() as stack:

        def open_again(url: str) -> Database:
            database = open_database(url)
            stack.callback(database.close)
            return database

        yield open_again


@pytest.fixture
def database(opened: OpenDatabase, url: str) -> Database:
    return opened(url)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring([SECRET])


@pytest.fixture
def sql_store(database: Database, keyring: Keyring) -> Store:
    """Return the store on SQLite, then on PostgreSQL."""
    return SqlStore(database, keyring)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, opened: OpenDatabase, keyring: Keyring) -> Store:
    """Return each store in turn."""
    return _store(request, opened, keyring)


@pytest.fixture(params=["memory", "postgresql"])
def concurrent_store(request: pytest.FixtureRequest, opened: OpenDatabase, keyring: Keyring) -> Store:
    """Return the stores in which two units of work may write at once; SQLite has them wait."""
    return _store(request, opened, keyring)


def _store(request: pytest.FixtureRequest, opened: OpenDatabase, keyring: Keyring) -> Store:
    if request.param == "memory":
        return MemoryStore()
    return SqlStore(opened(request.getfixturevalue(request.param)), keyring)
