"""What an older version had written of its only member is that member's."""

from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, text

from bot.domain.ids import CrisisId
from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from bot.storage.tables import crises
from tests.rig.samples import NIGHT

BEFORE = "0024"
CRISIS = CrisisId("0000000000000001")


def upgrade_to(database, revision):
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def test_it_keeps_how_the_member_was_watched(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'cellule.db'}")
    upgrade_to(database, BEFORE)
    old = {
        "id": CRISIS,
        "number": "2026-001",
        "community": "forum",
        "locale": "fr",
        "category": "distress",
        "severity": 4,
        "status": "open",
        "drill": False,
        "opened_by": "lea",
        "opened_at": NIGHT,
        "anchored_at": NIGHT + timedelta(minutes=4),
        "watch_stopped": True,
        "watch_silent": True,
        "unanswered": 3,
        "reminders_set": 0,
        "version": 1,
    }
    with database.write() as connection:
        connection.execute(insert(crises), old)
        mine = {"crisis": CRISIS}
        connection.execute(text("INSERT INTO crisis_keys (crisis_id) VALUES (:crisis)"), mine)
        row = "INSERT INTO members (crisis_id, position, id, age) VALUES (:crisis, 0, 'm1', 'adult')"
        connection.execute(text(row), mine)
        connection.commit()
    upgrade_to(database, "head")
    with SqlStore(database, Keyring(["k" * 32])).read() as uow:
        crisis = uow.crises.get(CRISIS)
    assert crisis is not None
    [member] = crisis.members
    assert member.anchored_at == old["anchored_at"]
    assert (member.watch_stopped, member.watch_silent, member.unanswered) == (True, True, 3)
    database.close()
