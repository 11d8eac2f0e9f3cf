"""Socket Mode: the same crisis without a public address, over connections that get lost."""

from pathlib import Path

import httpx
from structlog.testing import capture_logs

from adapters.slack.socket import DOWN_AFTER, Socket
from bot.domain.verbs import Verb
from tests.rig.acts import newest, press
from tests.rig.service import Rig, served, workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.slack.socket import SocketSide
from tests.rig.slack.waiting import eventually

WORDS = "je ne vais pas bien"


def socket_of(slack: SlackDouble) -> SocketSide:
    assert slack.socket is not None
    return slack.socket


def ours(rig: Rig) -> Socket:
    assert rig.service.slack is not None
    assert rig.service.slack.socket is not None
    return rig.service.slack.socket


async def get(rig: Rig, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=rig.service.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        return await client.get(path)


async def ready(rig: Rig) -> bool:
    return bool((await get(rig, "/readyz")).json()["slack_socket"])


async def test_it_opens_a_crisis_and_takes_presses_and_forms(tmp_path: Path) -> None:
    with workspace(socket=True) as slack:
        async with served(slack, tmp_path, MovedClock()) as rig:
            await eventually(lambda: socket_of(slack).connected == 1)
            reply = await rig.user("lea").command(f"/crisis urgence {WORDS}")
            assert "2" in reply.text
            await rig.settle()
            assert len(slack.rooms) == 1
            assert (await press(rig, "farid", Verb.TAKE_UP)).status == 200
            await rig.user("lea").command("/crisis brouillon")
            await eventually(lambda: rig.user("lea").open_modal() is not None)
            assert (await get(rig, "/readyz")).status_code == 200
            assert (await get(rig, "/slack/events")).status_code == 404


async def test_it_connects_anew_when_slack_says_goodbye_or_the_line_is_cut(tmp_path: Path) -> None:
    with workspace(socket=True) as slack:
        async with served(slack, tmp_path, MovedClock()) as rig:
            there = socket_of(slack)
            await eventually(lambda: there.connected == 1)
            await there.say_goodbye()
            await eventually(lambda: there.opened == 2 and there.connected == 1)
            await there.cut()
            await eventually(lambda: there.opened == 3 and there.connected == 1, within=20)
            assert (await rig.user("lea").command("/crisis aide")).status == 200


async def test_it_says_that_it_hears_nothing_and_comes_back(tmp_path: Path) -> None:
    clock = MovedClock()
    with workspace(socket=True) as slack, capture_logs() as logs:
        there = socket_of(slack)
        there.refuses = True
        async with served(slack, tmp_path, clock) as rig:
            assert await ready(rig)
            clock.ahead += DOWN_AFTER
            assert not await ready(rig)
            there.refuses = False
            await eventually(lambda: there.connected == 1, within=20)
            await eventually(lambda: ours(rig).works)
            assert await ready(rig)
    assert {"slack_socket_open"} <= {line["event"] for line in logs}


async def test_it_logs_no_word_that_came_by_the_socket(tmp_path: Path, caplog) -> None:
    with workspace(socket=True) as slack:
        async with served(slack, tmp_path, MovedClock()) as rig:
            await eventually(lambda: socket_of(slack).connected == 1)
            await rig.user("lea").command(f"/crisis urgence {WORDS}")
            newest_brief = await _brief(rig)
            assert newest_brief
    assert WORDS not in caplog.text


async def _brief(rig: Rig) -> bool:
    await rig.settle()
    return bool(newest(rig, "lea", Verb.MORE))
