"""Is it alive, can it work, how much does it do: and nothing of that names anybody."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.cards import Action
from bot.domain.ids import PersonId, Platform
from bot.domain.levels import Level
from bot.domain.proposal import Proposal
from bot.domain.verbs import Verb
from bot.interactions import Actor, ButtonPress, SlashCommand
from bot.main import Service
from bot.settings import Settings
from bot.store import CardKind, Outgoing, Task
from tests.rig.core import Core
from tests.rig.migrated import migrated
from tests.rig.samples import NIGHT, opened_crisis
from tests.rig.service import slack_rig
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import eventually

WORDS = "je ne veux plus"
LABEL_WORDS = re.compile(r"[A-Za-z_]+|\d+(\.\d+)?|\+Inf")
"""Names of kinds, codes, tasks, platforms and buckets: what a label may hold."""


async def get(service: Service, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=service.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        return await client.get(path)


async def metrics(service: Service) -> dict[str, float]:
    response = await get(service, "/metrics")
    assert response.status_code == 200
    lines = [line for line in response.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.fixture
def clock():
    return MovedClock()


@pytest.fixture
def service(tmp_path, clock):
    """Give a service for the browser alone, which nobody runs."""
    settings = Settings(_env_file=None, database_url=migrated(tmp_path), secret_key=SecretStr("s" * 40))
    service = Service(settings, clock=clock)
    yield service
    service.close()


# Health


async def test_it_is_alive(service):
    assert (await get(service, "/healthz")).status_code == 200


async def test_it_is_ready(service):
    response = await get(service, "/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": True,
        "oldest_due_row_seconds": 0.0,
        "oldest_undelivered_row_seconds": 0.0,
    }


async def test_it_is_not_ready_when_due_rows_wait(service, clock):
    service.application.prepare(clock())
    clock.ahead += timedelta(days=2)
    response = await get(service, "/readyz")
    assert response.status_code == 503
    assert response.json()["oldest_due_row_seconds"] > 3600


async def test_it_is_not_ready_when_messages_wait(service, clock):
    with service.application.store.write() as uow:
        uow.outbox.put([Outgoing(0, Task.CARD, Platform.WEB, "x", clock() - timedelta(minutes=3))])
        uow.commit()
    response = await get(service, "/readyz")
    assert response.status_code == 503
    assert response.json()["oldest_undelivered_row_seconds"] == pytest.approx(180, abs=20)


async def test_it_is_not_ready_without_its_database(service):
    with service.database.write() as connection:
        connection.execute(text("DROP TABLE reminders"))
        connection.commit()
    response = await get(service, "/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": False}


# Numbers


async def test_it_counts_what_comes_in_and_what_goes_out(tmp_path: Path):
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        before = await metrics(rig.service)
        await rig.settle()
        await rig.user("tom").command("/crisis liste")
        after = await metrics(rig.service)
    assert before["cellule_outgoing_undelivered"] > 0
    assert after["cellule_outgoing_undelivered"] == 0
    assert before["cellule_crises_open"] == after["cellule_crises_open"] == 1
    assert after['cellule_interactions_total{code="done",kind="SlashCommand"}'] == 1
    assert after['cellule_interactions_total{code="stranger",kind="SlashCommand"}'] == 1
    assert after["cellule_ack_seconds_count"] == 2
    assert after['cellule_outgoing_calls_total{outcome="done",platform="slack",task="create_room"}'] == 1


async def test_it_counts_calls_that_failed(tmp_path: Path):
    async with slack_rig(tmp_path) as rig:
        rig.slack.fail_next("conversations.create", error="restricted_action")
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await rig.settle()
        after = await metrics(rig.service)
    failed = 'cellule_outgoing_calls_total{outcome="Refusal",platform="slack",task="create_room"}'
    assert after[failed] == 1


async def test_it_puts_nobody_and_no_word_into_a_label(tmp_path: Path):
    async with slack_rig(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await rig.user("lea").command(f"/crisis {WORDS}")
        await rig.settle()
        series = await metrics(rig.service)
        people = rig.service.plan.people
    values = {value for name in series for value in re.findall(r'="([^"]*)"', name)}
    assert values
    assert all(LABEL_WORDS.fullmatch(value) for value in values)
    assert values.isdisjoint(people)
    assert values.isdisjoint(WORDS.split())


async def test_it_keeps_the_numbers_of_two_services_apart(tmp_path: Path):
    async with slack_rig(tmp_path / "one") as one, slack_rig(tmp_path / "two") as two:
        await one.user("lea").command("/crisis aide")
        assert (await metrics(one.service))["cellule_ack_seconds_count"] == 1
        assert (await metrics(two.service))["cellule_ack_seconds_count"] == 0


async def test_it_counts_the_due_rows_that_it_carried_out(service, clock):
    service.application.prepare(clock())
    clock.ahead += timedelta(days=1)
    deadline = time.monotonic() + 10
    async with service.running():
        while not (fired := (await metrics(service))["cellule_due_rows_fired_total"]):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.02)
    assert fired >= len(service.plan.communities_of(PersonId("helene")))


# The log


def test_it_logs_a_press_by_its_crisis_and_its_outcome(service):
    press = ButtonPress(
        "key",
        Actor(Platform.WEB, PersonId("lea")),
        Action(Verb.TAKE_UP, f"{0xABC:016x}.d1"),
    )
    with capture_logs() as lines:
        asyncio.run(service.handle(press))
    assert lines == [
        {
            "event": "handled",
            "log_level": "info",
            "kind": "ButtonPress",
            "platform": "web",
            "crisis": f"{0xABC:016x}",
            "code": "absent",
        }
    ]


def test_it_logs_no_word_that_stands_where_a_crisis_should(service):
    press = ButtonPress("key", Actor(Platform.WEB, PersonId("lea")), Action(Verb.TAKE_UP, WORDS))
    with capture_logs() as lines:
        asyncio.run(service.handle(press))
    assert [line["crisis"] for line in lines] == [None]


def test_it_goes_on_when_one_call_breaks():
    core = Core()
    crisis = core.opens()
    core.later(minutes=10)
    broken = iter([RuntimeError(WORDS)])

    def before(_call: str) -> None:
        for error in broken:
            raise error

    core.chat.before = before
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    with capture_logs() as lines:
        core.deliver()
    (line,) = [line for line in lines if line["event"] == "call_broke"]
    assert (line["crisis"], line["error"]) == (crisis, "RuntimeError")
    assert WORDS not in str(lines)
    with core.store.read() as uow:
        assert uow.outbox.undelivered() == 1
    core.later(minutes=1)
    with core.store.read() as uow:
        assert uow.outbox.undelivered() == 0


def test_it_goes_on_when_one_card_cannot_be_drawn():
    core = Core()
    orphan = opened_crisis(9, community="gone")
    with core.store.write() as uow:
        uow.crises.add(orphan)
        lost = Outgoing(0, Task.CARD, Platform.SLACK, orphan.id, NIGHT, CardKind.BRIEF, crisis=orphan.id)
        uow.outbox.put([lost])
        uow.commit()
    with capture_logs() as lines:
        core.opens()
    assert len(core.chat.rooms) == 1
    (line,) = [line for line in lines if line["event"] == "card_not_rendered"]
    assert (line["crisis"], line["card"], line["error"]) == (orphan.id, "brief", "KeyError")


FAILING = """
import logging, structlog
from bot import logs
logs.set_up()
try:
    {}["MEMBER"]
except KeyError as error:
    structlog.get_logger().exception("ours")
    logging.getLogger("library").exception("theirs")
    logging.getLogger("library").error("told", exc_info=error)
"""


def test_it_logs_where_an_error_came_from_and_none_of_its_words():
    root = Path(__file__).parents[2]
    logged = subprocess.run(
        [sys.executable, "-c", FAILING], cwd=root, capture_output=True, text=True, check=True
    ).stderr
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["event"] for line in lines] == ["ours", "theirs", "told"]
    assert [(line["error"], line["where"]) for line in lines] == [("KeyError", "<string>:6")] * 3
    assert "MEMBER" not in logged


def test_it_logs_in_json_and_says_where_to_look(tmp_path):
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "CELLULE_DEMO": "1", "LANG": "fr_FR.UTF-8"}
    environment.pop("LC_ALL", None)
    command = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert b"ok" in fetched(f"http://127.0.0.1:{port}/healthz")
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.stderr
        first, *rest = process.stderr.read().splitlines()
    assert first.startswith(f"Cellule\xa0: ouvrez http://127.0.0.1:{port} et choisissez qui vous êtes.")
    assert rest
    assert all(json.loads(line)["level"] == "info" for line in rest)


def fetched(url: str) -> bytes:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urlopen(url, timeout=5) as response:
                return bytes(response.read())
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# The triage aid


def nothing_found(_text, _country):
    return Proposal("question", Level.D0, "fr", ())


async def test_it_loads_the_triage_aid_once_it_runs(tmp_path):
    settings = Settings(_env_file=None, database_url=migrated(tmp_path), secret_key=SecretStr("s" * 40))
    service = Service(settings, triage=lambda _terms: nothing_found)
    async with service.running():
        assert service.application.judge is None
        await eventually(lambda: service.application.judge is nothing_found)


async def test_it_reminds_while_the_triage_aid_reads_and_says_how_long_that_took(tmp_path, clock):
    begun, read = threading.Event(), threading.Event()

    def slow(_text, _country):
        begun.set()
        assert read.wait(10)
        return nothing_found(_text, _country)

    settings = Settings(_env_file=None, database_url=migrated(tmp_path), secret_key=SecretStr("s" * 40))
    service = Service(settings, clock=clock, triage=lambda _terms: slow)
    async with service.running():
        await eventually(lambda: service.application.judge)
        await service.handle(SlashCommand("1", Actor(Platform.WEB, PersonId("lea")), f"urgent {WORDS}"))
        await eventually(begun.is_set)
        fired = value(service, "cellule_due_rows_fired_total")
        clock.ahead += timedelta(hours=1)
        await eventually(lambda: value(service, "cellule_due_rows_fired_total") > fired)
        assert value(service, "cellule_triage_cpu_seconds_count") == 0
        read.set()
        await eventually(lambda: value(service, "cellule_triage_cpu_seconds_count") == 1)


def value(service, metric):
    return service.metrics.registry.get_sample_value(metric)
