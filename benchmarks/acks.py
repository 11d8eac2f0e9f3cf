"""How soon Slack has its answer to a press: written, synced to disk, and the relay at work meanwhile.

Each crisis takes five presses: three times «J'arrive», twice «Approve».
Neighbouring presses concern different crises.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from adapters.slack.texts import Json
from benchmarks.figures import Figure, percentile
from benchmarks.load import Sender, sender, undisturbed
from benchmarks.seeding import REPLY, in_process, open_crises, open_ids, relay_into, submit
from benchmarks.serving import at_rest, served
from benchmarks.workspace import CALL_SECONDS, EXPERTS, workspace
from bot.cards import Action
from bot.domain.verbs import Verb
from tests.rig.slack import payloads
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.reading import buttons
from tests.rig.slack.world import Message

ROUNDS = (
    (Verb.TAKE_UP, "UCLAIRE"),
    (Verb.TAKE_UP, "UFARID"),
    (Verb.TAKE_UP, "UDENIS"),
    (Verb.APPROVE, "UFARID"),
    (Verb.APPROVE, "UDENIS"),
)
WARM, CALM, BUSY, FLOOD = 10, 60, 160, 120
"""Crises pressed before measuring, at 50 a second, at 200 a second, and as fast as they are answered."""
CONNECTIONS = 32


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack:
        with in_process(slack, folder) as service:
            open_crises(service, WARM + CALM + BUSY + FLOOD)
            relay = relay_into(slack, service)
            await relay.drain()
            crises = open_ids(service)
            for crisis in crises:
                submit(
                    service, f"draft {crisis}", Action(Verb.DRAFT, crisis), text=REPLY, routes="public_post"
                )
            await relay.drain()
        presses = iter(list(_presses(slack, crises)))
        slack.delay = CALL_SECONDS
        with served(slack, folder) as service, undisturbed():
            await at_rest(service)
            async with sender(slack) as slack_side:
                return await _pressed(slack_side, presses)


async def _pressed(slack_side: Sender, presses: Iterator[list[bytes]]) -> list[Figure]:
    await slack_side.at_rate(next(presses), per_second=25)
    calm = await slack_side.at_rate(next(presses), per_second=50)
    busy = await slack_side.at_rate(next(presses), per_second=200)
    flood = await slack_side.as_fast_as_answered(next(presses), connections=CONNECTIONS)
    return [
        Figure("Ack at 50 presses a second, p99", percentile(calm, 0.99) * 1000, "ms", 10),
        Figure("Ack at 50 presses a second, median", percentile(calm, 0.5) * 1000, "ms"),
        Figure("Ack at 200 presses a second, p99", percentile(busy, 0.99) * 1000, "ms", 25),
        Figure("Ack at 200 presses a second, median", percentile(busy, 0.5) * 1000, "ms"),
        Figure("Presses answered when saturated", flood, "a second", 300, at_least=True),
    ]


def _presses(slack: SlackDouble, crises: Sequence[str]) -> Iterator[list[bytes]]:
    """The requests of each measurement, in their order."""
    found = buttons_found(slack)
    start = 0
    for share in (WARM, CALM, BUSY, FLOOD):
        mine = crises[start : start + share]
        yield [press_of(slack, user, *found[verb, user, crisis]) for verb, user in ROUNDS for crisis in mine]
        start += share


def press_of(slack: SlackDouble, user: str, message: Message, button: Json) -> bytes:
    world = slack.world
    channel = world.direct_channel(user)
    return payloads.button_in_message(
        world, world.account(user), channel, message, button=button, ephemeral=False
    )


def buttons_found(slack: SlackDouble) -> dict[tuple[Verb, str, str], tuple[Message, Json]]:
    """Where each person finds the button for each crisis."""
    found = {}
    for user in EXPERTS:
        for message in slack.user(user).direct_messages():
            for button in buttons(message.blocks):
                verb, subject, _ = json.loads(button.get("value", "[null, null, null]"))
                found[verb, user, str(subject).partition(".")[0]] = message, button
    return found
