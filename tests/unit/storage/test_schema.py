"""The schema's revisions."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.tables import metadata

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """Return the URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'cellule.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def database(url):
    database = open_database(url)
    yield database
    database.close()


def stamp(database, revision):
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        connection.commit()


def revision(database):
    with database.read() as connection:
        return schema.current_revision(connection)


def test_it_makes_exactly_the_tables_that_the_code_knows(url, database):
    schema.upgrade(url)
    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_it_makes_the_partial_indexes(url, database):
    schema.upgrade(url)
    option = f"{database.writer.dialect.name}_where"
    with database.read() as connection:
        found = {
            index["name"]
            for table in ("outgoing", "reminders")
            for index in inspect(connection).get_indexes(table)
            if index["dialect_options"].get(option) is not None
        }
    assert found == {"ix_outgoing_undelivered", "ix_outgoing_lane", "ix_reminders_planned"}


def test_it_upgrades_to_the_expected_revision_and_stays_there(url, database):
    schema.upgrade(url)
    schema.upgrade(url)
    assert revision(database) == schema.expected_revision()
    schema.ensure(database)


def test_it_upgrades_once_when_two_start_at_the_same_instant(url, database):
    upgrade = f"from bot.storage.schema import upgrade; upgrade({url!r})"
    both = [subprocess.Popen([sys.executable, "-c", upgrade], cwd=ROOT) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert revision(database) == schema.expected_revision()


def test_it_knows_an_empty_database(database):
    assert revision(database) is None


def test_it_upgrades_sqlite_by_itself(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'cellule.db'}")
    schema.ensure(database)
    assert revision(database) == schema.expected_revision()
    database.close()


def test_it_refuses_a_postgresql_without_a_schema_and_says_what_to_run(postgres_url):
    database = open_database(postgres_url)
    with pytest.raises(
        schema.SchemaOutdated, match=r"run «cellule db upgrade».*lancez « cellule db upgrade »"
    ):
        schema.ensure(database)
    assert revision(database) is None
    database.close()


def test_it_refuses_an_older_postgresql(postgres_url):
    schema.upgrade(postgres_url)
    database = open_database(postgres_url)
    stamp(database, "0001")
    with pytest.raises(schema.SchemaOutdated):
        schema.ensure(database)
    database.close()


def test_it_works_on_a_newer_schema(url, database):
    schema.upgrade(url)
    stamp(database, "of a later version")
    schema.ensure(database)
    assert revision(database) == "of a later version"
