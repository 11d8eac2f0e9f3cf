"""The schema's revisions. SQLite moves to the newest by itself; PostgreSQL waits for `cellule db upgrade`."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.storage.engine import Database, open_database

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 0x43656C6C  # PostgreSQL's advisory lock: two upgrades at once run one after the other


class SchemaOutdated(Exception):
    """The database has an older schema than this version needs."""

    def __init__(self) -> None:
        super().__init__(
            "The database's schema is older than this version of Cellule: "
            "run «cellule db upgrade», then start again. / "
            "Le schéma de la base est plus ancien que cette version de Cellule : "
            "lancez « cellule db upgrade », puis redémarrez."
        )


def ensure(database: Database) -> None:
    """Make the schema fit for use. Raises `SchemaOutdated` on PostgreSQL with an older one, or none."""
    with database.write() as connection:
        if not is_outdated(connection):
            return
        if not database.is_sqlite:
            raise SchemaOutdated
        _upgrade(connection)
        connection.commit()


def is_outdated(connection: Connection) -> bool:
    """Whether the schema is older than this version needs, or none.

    A revision unknown here is newer: schemas only grow before they shrink, so this version still fits it.
    """
    revision = current_revision(connection)
    return revision is None or (revision != expected_revision() and revision in _revisions())


def upgrade(url: str) -> None:
    """Bring the schema of a database to the newest revision."""
    database = open_database(url)
    try:
        with database.write() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
            _upgrade(connection)
            connection.commit()
    finally:
        database.close()


def current_revision(connection: Connection) -> str | None:
    """The revision that the database has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def expected_revision() -> str:
    """The revision that this version needs."""
    return max(_revisions())


def _revisions() -> set[str]:
    """Each migration's file begins with its revision."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _upgrade(connection: Connection) -> None:
    """Alembic is imported only where there is something to do: it takes 10 MB."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
