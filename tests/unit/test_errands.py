"""What nobody waits for is still looked after."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.errands import Errands
from tests.rig.slack.waiting import eventually


async def test_it_logs_a_failure_without_its_words():
    async def fail() -> None:
        raise RuntimeError("a member's words")

    errands = Errands()
    with capture_logs() as logged:
        errands.start(fail(), name="open a form")
        await eventually(lambda: logged)
    assert logged[0]["errand"] == "open a form"
    assert logged[0]["error"] == "RuntimeError"
    assert "words" not in str(logged)


async def test_it_lets_what_runs_finish_when_it_stops_and_ends_the_rest():
    done: list[str] = []
    never = asyncio.Event()

    async def short() -> None:
        await asyncio.sleep(0)
        done.append("short")

    async def long() -> None:
        try:
            await never.wait()
        finally:
            done.append("ended")

    errands = Errands()
    errands.start(short(), name="short")
    errands.start(long(), name="long")
    await errands.stop(within=0.02)
    await eventually(lambda: "ended" in done)
    assert done == ["short", "ended"]


@pytest.mark.parametrize("within", [0.0, 1.0])
async def test_it_stops_with_nothing_to_do(within):
    await Errands().stop(within=within)
