"""From the submitted form to three experts who are in the room and have their direct message."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.acks import buttons_found, press_of
from benchmarks.figures import Figure
from benchmarks.forms import filled_form
from benchmarks.load import Sender, sender
from benchmarks.serving import Served, served
from benchmarks.workspace import CALL_SECONDS, EXPERTS, workspace
from bot.domain.verbs import Verb
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.server import Call
from tests.rig.slack.waiting import call_levels, eventually

OPENINGS = 12
CALLS = 8
CALM = 2.0
"""Seconds without a call after which the edits that followed the answers are over, too."""
QUIET = 0.6
"""Seconds without a call after which an opening is over: a call takes 0.1."""


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack, served(slack, folder) as service:
        slack.delay = CALL_SECONDS
        async with sender(slack) as slack_side:
            await _measured(slack, slack_side, service, idle=0)
            idle = await _idle_cpu(service)
            openings = [await _measured(slack, slack_side, service, idle=idle) for _ in range(OPENINGS)]
    seconds, calls, levels, cpu = zip(*openings, strict=True)
    there = "Submission → three experts invited and written to"
    return [
        Figure(f"{there}, median", median(seconds) * 1000, "ms", 250),
        Figure(f"{there}, worst of {OPENINGS}", max(seconds) * 1000, "ms", 250),
        Figure("Calls to Slack for an opening, most", max(calls), "calls", CALLS),
        Figure("Longest chain of calls, most", max(levels), "calls", 3),
        Figure(
            "Processor time of an opening, reading the message aside, median",
            median(cpu) * 1000,
            "ms",
            30,
        ),
    ]


async def _measured(
    slack: SlackDouble, slack_side: Sender, service: Served, *, idle: float
) -> tuple[float, int, int, float]:
    """Seconds until the experts are there, calls, call levels, processor seconds of one opening.

    The triage aid reads the message within a second after it, perhaps meanwhile: that is measured by itself.
    `idle` is the processor seconds a second that the service takes anyhow.
    """
    body = await filled_form(slack, slack_side)
    read = service.triage_cpu
    before, cpu, start = len(slack.calls), service.cpu, time.perf_counter()
    await slack_side.send(body)
    await eventually(lambda: len(slack.calls) >= before + CALLS, within=10)
    await eventually(lambda: time.perf_counter() - slack.calls[-1].ended > QUIET, within=10)
    cpu_used = service.cpu - cpu - idle * (time.perf_counter() - start)
    cpu_used -= service.triage_cpu - read
    calls = slack.calls[before:]
    await _answered(slack, slack_side)
    return _there(calls) - start, len(calls), call_levels(calls), cpu_used


async def _answered(slack: SlackDouble, slack_side: Sender) -> None:
    """Everybody comes: the next opening finds nobody for whom two things wait, which would be a list more."""
    for (verb, user, _crisis), found in buttons_found(slack).items():
        if verb == Verb.TAKE_UP:
            await slack_side.send(press_of(slack, user, *found))
    await eventually(lambda: time.perf_counter() - slack.calls[-1].ended > CALM, within=20)


def _there(calls: Sequence[Call]) -> float:
    """When the last of the three was invited and written to."""
    invited = [call.ended for call in calls if call.method == "conversations.invite"]
    written = [c.ended for c in calls if c.method == "chat.postMessage" and c.arguments["channel"] in EXPERTS]
    assert len(written) == len(EXPERTS)
    return max(*invited, *written)


async def _idle_cpu(service: Served) -> float:
    before, start = service.cpu, time.perf_counter()
    await asyncio.sleep(3)
    return (service.cpu - before) / (time.perf_counter() - start)
