"""On PostgreSQL: the schema's way, a night that begins, and two services on one database."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.cli import main
from bot.domain.events import PersonAskedAgain
from bot.storage import schema
from bot.storage.engine import open_database
from bot.storage.serving import is_served, serving
from bot.store import Conflict
from tests.rig.reading import aside, direct, in_room, text
from tests.rig.service import Rig, served, slack_rig, workspace
from tests.rig.slack.service import MovedClock

WORDS = "je ne veux plus être là demain"
TO_DO = "À FAIRE MAINTENANT"


@pytest.fixture
def upgraded(postgres_url):
    schema.upgrade(postgres_url)
    return postgres_url


@pytest.fixture
def cellule(monkeypatch, tmp_path, postgres_url, capsys):
    """Type a command on this database; give its exit code and what it said in the end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("PORT", str(listener.getsockname()[1]))

    def cellule(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        return int(left.value.code or 0), capsys.readouterr().err

    return cellule


# The schema


@pytest.mark.parametrize("command", [("link", "lea"), ("tick", "--now", "2026-11-24T09:00Z")])
def test_it_asks_for_the_upgrade_and_then_works(cellule, command):
    code, said = cellule(*command)
    assert code == 1
    assert "lancez « cellule db upgrade »" in said
    assert cellule("db", "upgrade") == (0, "")
    assert cellule(*command) == (0, "")


def test_it_does_not_serve_an_older_schema(cellule, postgres_url):
    schema.upgrade(postgres_url)
    database = open_database(postgres_url)
    with database.write() as connection:
        connection.execute(sql("UPDATE alembic_version SET version_num = '0001'"))
        connection.commit()
    database.close()
    code, said = cellule("serve")
    assert code == 1
    assert "lancez « cellule db upgrade »" in said
    assert "Traceback" not in said


def test_it_knows_who_serves(upgraded):
    database = open_database(upgraded)
    assert not is_served(database)
    with serving(database), serving(database):
        assert is_served(database)
    assert not is_served(database)
    database.close()


# The night


async def test_it_opens_calls_and_gathers(tmp_path: Path, upgraded: str) -> None:
    async with slack_rig(tmp_path, database_url=upgraded) as rig:
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await aside(rig, "lea", "On appelle maintenant")
        await rig.settle()
        await rig.user("lea").press("Lire le message", on=in_room(rig, "lea", TO_DO))
        await aside(rig, "lea", WORDS)
        await rig.user("noe").press("J'arrive", on=direct(rig, "noe", "Votre rôle"))
        await rig.user("claire").press("Je ne peux pas", on=direct(rig, "claire", "Votre rôle"))
        await rig.settle()
        assert "Noé est là" in text(rig, "noe", in_room(rig, "noe", TO_DO))
        direct(rig, "denis", "porte-parole")
        await rig.later(minutes=15)
        assert "juriste" in text(rig, "salome", direct(rig, "salome", "Votre rôle"))
        direct(rig, "helene", "comme responsable")


# Two services


@asynccontextmanager
async def two_services(folder: Path, url: str) -> AsyncIterator[tuple[Rig, Rig]]:
    """Two processes' worth of service on one database and one workspace, by one clock."""
    clock = MovedClock()
    with workspace() as slack:
        async with (
            served(slack, folder, clock, database_url=url) as one,
            served(slack, folder, clock, database_url=url) as two,
        ):
            yield one, two


async def both_work(one: Rig, two: Rig) -> None:
    """Both do what is due and send what waits, at the same time, until nothing is left."""
    while True:
        fired = await asyncio.gather(fires(one), fires(two))
        await asyncio.gather(one.service.relay.drain(), two.service.relay.drain())
        if not any(fired) and not one.undelivered():
            return
        one.clock.ahead += timedelta(seconds=1)


async def fires(rig: Rig) -> int:
    """One tick; a lost race is the next tick's."""
    try:
        return await rig.service.threads.write(rig.service.application.tick, rig.clock())
    except Conflict:
        return 1


async def test_it_says_everything_once_whoever_sends_it(tmp_path: Path, upgraded: str) -> None:
    async with two_services(tmp_path, upgraded) as (one, two):
        for rig in (one, two, one, two):
            rig.slack.app = rig.service.app
            await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await both_work(one, two)
        assert [room.name[-6:] for room in one.slack.rooms] == ["001-fe", "002-fe", "003-fe", "004-fe"]
        for _minute in range(6):
            one.clock.ahead += timedelta(minutes=1)
            await both_work(one, two)
        said = Counter(
            message.metadata["event_payload"]["mark"]
            for channel in one.slack.world.channels.values()
            for message in channel.messages
            if message.metadata
        )
        carried = [metric_of(rig) for rig in (one, two)]
    assert set(said.values()) == {1}
    assert all(carried)


def metric_of(rig: Rig) -> float:
    """How many calls this service made."""
    calls = rig.service.metrics.registry.get_sample_value
    labels = {"platform": "slack", "task": "card", "outcome": "done"}
    return calls("cellule_outgoing_calls_total", labels) or 0


async def test_it_fires_each_reminder_once(tmp_path: Path, upgraded: str) -> None:
    async with two_services(tmp_path, upgraded) as (one, two):
        for _crisis in range(3):
            await one.user("lea").command(f"/crisis urgence {WORDS}")
        await both_work(one, two)
        for _minute in range(5):
            one.clock.ahead += timedelta(minutes=1)
            await both_work(one, two)
        with one.service.application.store.read() as uow:
            journals = {c.id: uow.journal.of(c.id) for c in uow.crises.of(["forum"])}
            broken = [uow.journal.broken_at(crisis) for crisis in journals]
    asked = Counter(
        (crisis, entry.event.person, entry.event.attempt)
        for crisis, entries in journals.items()
        for entry in entries
        if isinstance(entry.event, PersonAskedAgain)
    )
    assert len(asked) >= 9
    assert set(asked.values()) == {1}
    assert broken == [None] * 3
