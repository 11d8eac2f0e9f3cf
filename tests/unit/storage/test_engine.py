"""Connections to SQLite and PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.storage.columns import Utc
from bot.storage.engine import open_database

numbers = Table("numbers", MetaData(), Column("at", Utc))
AT = datetime(2026, 11, 24, 2, 14, 5, 123456, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'cellule.db'}")
    with database.write() as connection:
        numbers.create(connection)
        connection.commit()
    yield database
    database.close()


def test_it_compiles_a_statement_once_for_writers_readers_and_other_files(database, tmp_path):
    asked = select(numbers.c.at.label("asked_once"))
    with database.write() as connection:
        assert connection.execute(asked).context.cache_hit is CacheStats.CACHE_MISS
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    with other.write() as connection:
        numbers.create(connection)
        connection.commit()
    with other.read() as connection:
        assert connection.execute(asked).context.cache_hit is CacheStats.CACHE_HIT
    other.close()


@pytest.mark.usefixtures("database")
def test_it_makes_the_folder_of_the_file(tmp_path):
    assert (tmp_path / "new" / "folder" / "cellule.db").exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_it_wants_a_file(url):
    with pytest.raises(ValueError, match="SQLite needs a file"):
        open_database(url)


def test_it_refuses_any_other_database():
    with pytest.raises(ValueError, match="mysql is no database that Cellule can use"):
        open_database("mysql://localhost/cellule")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_it_takes_every_usual_name_of_postgresql(scheme):
    database = open_database(f"{scheme}://somebody@localhost/cellule")
    assert (database.writer.dialect.name, database.writer.dialect.driver) == ("postgresql", "psycopg")
    assert not database.is_sqlite


def test_it_writes_durably(database):
    with database.write() as connection:
        settings = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert settings == ["wal", 2, 1, 30000]


def test_it_cannot_write_through_a_reader(database):
    with database.read() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(insert(numbers), {"at": AT})


def test_it_undoes_what_was_not_committed(database):
    with database.write() as connection:
        connection.execute(insert(numbers), {"at": AT})
    with database.read() as connection:
        assert connection.execute(select(numbers)).all() == []


def test_it_holds_other_processes_back_while_it_writes(database):
    other = open_database(str(database.writer.url))
    with database.write() as connection, other.writer.connect() as second:
        connection.execute(select(numbers))
        second.connection.execute("PRAGMA busy_timeout=0")
        with pytest.raises(OperationalError, match="locked"):
            second.execute(select(numbers))
    other.close()


def test_it_lets_writers_go_in_the_order_in_which_they_asked(database):
    order = []

    def write(name):
        with database.write() as connection:
            connection.execute(insert(numbers), {"at": AT})
            order.append(name)
            connection.commit()

    with ThreadPoolExecutor(6) as pool, database.write():
        for name in range(6):
            pool.submit(write, name)
            _until_waiting(database, name + 1)
    assert order == list(range(6))


def _until_waiting(database, count):
    while len(database._turns._waiting) < count:  # noqa: SLF001  (there is no other sign of it)
        threading.Event().wait(0.001)


def test_it_gives_the_turn_back_when_something_is_raised(database):
    with pytest.raises(ZeroDivisionError), database.write():
        raise ZeroDivisionError
    with database.write() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize("at", [AT, datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC), None])
def test_it_keeps_an_hour_to_the_microsecond(database, at):
    with database.write() as connection:
        connection.execute(insert(numbers), {"at": at})
        assert connection.scalar(select(numbers.c.at)) == at


def test_it_gives_an_hour_back_in_utc(database):
    with database.write() as connection:
        connection.execute(insert(numbers), {"at": AT.astimezone(timezone(timedelta(hours=5)))})
        assert connection.scalar(select(numbers.c.at)).tzinfo is UTC


def test_it_refuses_an_hour_without_its_zone(database):
    with database.write() as connection, pytest.raises(StatementError, match="without its zone"):
        connection.execute(insert(numbers), {"at": AT.replace(tzinfo=None)})


def test_it_shows_no_value_in_an_error(database):
    with database.write() as connection:
        connection.execute(text("CREATE TABLE people (name TEXT CHECK (name = 'x'))"))
        with pytest.raises(IntegrityError) as caught:
            connection.execute(text("INSERT INTO people VALUES (:name)"), {"name": "bergamote"})
    assert "bergamote" not in str(caught.value)
