"""Twenty-five crises at once, with Slack's limits in force."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, percentile
from benchmarks.forms import filled_form
from benchmarks.load import sender
from benchmarks.serving import served
from benchmarks.workspace import CALL_SECONDS, EXPERTS, workspace
from bot.domain.verbs import Verb
from tests.rig.slack.server import Call
from tests.rig.slack.waiting import eventually

CRISES = 25
WITHIN = 120
"""Seconds after which it has failed."""


async def measure(folder: Path) -> list[Figure]:
    """The first crisis of a process, which finds nothing prepared, comes before and does not count."""
    with workspace() as slack, served(slack, folder):
        slack.delay = CALL_SECONDS
        slack.limits.on = True
        async with sender(slack) as slack_side:
            await slack_side.send(await filled_form(slack, slack_side))
            await eventually(lambda: len(_pings(slack.calls)) == len(EXPERTS), within=WITHIN)
            await asyncio.sleep(2)
            bodies = [await filled_form(slack, slack_side) for _ in range(CRISES)]
            earlier, start = len(slack.calls), time.perf_counter()
            acks = await slack_side.at_rate(bodies, per_second=float("inf"))
            pings = CRISES * len(EXPERTS)
            await eventually(lambda: len(_pings(slack.calls[earlier:])) >= pings, within=WITHIN)
            await eventually(lambda: len(_rooms(slack.calls[earlier:])) == CRISES, within=WITHIN)
            await asyncio.sleep(2)
    calls = slack.calls[earlier:]
    pings, rooms = _pings(calls), _rooms(calls)
    refused = [call for call in calls if call.outcome == "ratelimited"]
    return [
        Figure("25 crises at once: rooms", len(rooms), "rooms", CRISES, at_least=True),
        Figure("25 crises at once: first pings to experts", len(pings), "pings", CRISES * len(EXPERTS)),
        Figure("25 crises at once: ack, p99", percentile(acks, 0.99) * 1000, "ms", 100),
        Figure("25 crises at once: all pings out after", max(pings) - start, "s"),
        Figure("25 crises at once: all rooms made after", max(rooms) - start, "s"),
        Figure("25 crises at once: calls that Slack refused", len(refused), "calls"),
    ]


def _rooms(calls: Sequence[Call]) -> list[float]:
    """When each room was made."""
    return [call.ended for call in calls if call.method == "conversations.create" and call.outcome == "ok"]


def _pings(calls: Sequence[Call]) -> list[float]:
    """When each message to an expert was taken."""
    return [
        call.ended
        for call in calls
        if call.method == "chat.postMessage" and call.outcome == "ok" and call.arguments["channel"] in EXPERTS
        if Verb.TAKE_UP in str(call.arguments["blocks"])  # not the list of what waits
    ]
