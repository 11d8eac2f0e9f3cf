"""`kill -9` of the real process, at a call of its own: started again it goes on, once."""

import random
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.domain.verbs import Verb
from tests.rig.acts import offers
from tests.rig.process import Killer, Process, killable
from tests.rig.service import workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Message

CALLED = ("claire", "farid", "denis", "noe")
OPENING = 9
"""Calls of an opening: a room, an invitation, the brief, four pings, the mention, the word to the opener."""
RESUMED_WITHIN = 5.0
"""Seconds after the process answers again: four until the leases of the killed one end, and the calls."""

REPLY = "Bonjour, nous vous avons lu. Le 3114 vous écoute."

_draw = random.Random(20260)
SOME = [(1, True), (_draw.randrange(2, OPENING), _draw.random() < 0.5)]
ALL = [(call, done) for call in range(1, OPENING + 1) for done in (False, True)]


def pings(slack: SlackDouble, who: str) -> list[Message]:
    said = slack.user(f"U{who.upper()}").direct_messages()
    return [message for message in said if Verb.TAKE_UP in offers(message)]


def opened(slack: SlackDouble) -> bool:
    """The room is there with everybody inside, everybody is called, the opener is told."""
    if len(slack.rooms) != 1:
        return False
    (room,) = slack.rooms
    inside = {f"U{who.upper()}" for who in ("lea", *CALLED)} <= set(room.members)
    called = all(pings(slack, who) for who in CALLED)
    brief = any(Verb.MORE in offers(message) for message in room.messages)
    mention = any(
        Verb.TAKE_UP in offers(message) and Verb.MORE not in offers(message) for message in room.messages
    )
    return inside and called and brief and mention and bool(slack.user("ULEA").direct_messages())


async def ready(slack: SlackDouble, process: Process) -> None:
    """Serving, and everybody looked up: what comes next are the calls of the crisis."""
    before = len(slack.calls)
    await process.start()
    await eventually(lambda: sum(c.method == "users.info" for c in slack.calls[before:]) >= len(CALLED) + 4)


async def killed_while_opening(folder: Path, *, call: int, done: bool) -> None:
    with workspace() as slack, killable(folder, slack) as (process, killer):
        await ready(slack, process)
        killer.countdown, killer.done = call, done
        reply = await slack.user("ULEA").command("/crisis urgence je ne vais pas bien")
        assert reply.status == 200
        await eventually(lambda: not process.alive)
        await resumed(slack, process, killer)
        assert {who: len(pings(slack, who)) for who in CALLED} == dict.fromkeys(CALLED, 1)
        (room,) = slack.rooms
        assert sum(Verb.MORE in offers(message) for message in room.messages) == 1
        assert len(slack.user("ULEA").direct_messages()) == 1
        assert "je ne vais pas bien" not in process.log()


async def resumed(slack: SlackDouble, process: Process, killer: Killer) -> None:
    killer.countdown = 0
    await process.start()
    await eventually(lambda: opened(slack), within=RESUMED_WITHIN)


async def released(slack: SlackDouble, process: Process) -> Message:
    """Open, propose, approve; the draft's card in the room, ready to be released."""
    await ready(slack, process)
    await slack.user("ULEA").command("/crisis urgence je ne vais pas bien")
    await eventually(lambda: opened(slack))
    (room,) = slack.rooms
    await slack.user("ULEA").command("/crisis brouillon")
    await eventually(lambda: slack.user("ULEA").open_modal() is not None)
    dialog = slack.user("ULEA").open_modal()
    assert dialog is not None
    await slack.user("ULEA").submit(dialog, {"text": REPLY, "routes": ["private_message"]})
    await eventually(lambda: any(Verb.APPROVE in offers(m) for m in room.messages))
    await pressed(slack, "denis", Verb.APPROVE, room.messages)
    await eventually(lambda: any(Verb.RELEASE in offers(m) for m in room.messages))
    return next(message for message in room.messages if Verb.RELEASE in offers(message))


async def pressed(slack: SlackDouble, who: str, verb: Verb, messages: list[Message]) -> None:
    message = next(m for m in reversed(messages) if verb in offers(m))
    await slack.user(f"U{who.upper()}").press(offers(message)[verb], on=message)


@pytest.mark.parametrize("done", [False, True])
async def test_it_releases_once_when_killed_on_the_way(tmp_path: Path, done: bool) -> None:  # noqa: FBT001
    with workspace() as slack, killable(tmp_path, slack) as (process, killer):
        draft = await released(slack, process)
        killer.countdown, killer.done = 1, done
        lea = slack.user("ULEA")
        with suppress(httpx.TransportError):  # killed before it answered: Slack sends the press again
            await lea.press(offers(draft)[Verb.RELEASE], on=draft)
        await eventually(lambda: not process.alive)
        killer.countdown = 0
        await process.start()
        assert (await lea.repeat()).status == 200
        (room,) = slack.rooms
        await eventually(
            lambda: any(Verb.DISPATCH in offers(m) for m in room.messages), within=RESUMED_WITHIN
        )
        assert sum(Verb.DISPATCH in offers(message) for message in room.messages) == 1
        exported = process.types("journal", "export", number_of(room.name))
        assert exported.stdout.count("a donné le feu vert") == 1
        assert REPLY not in process.log()


def number_of(name: str) -> str:
    """`2026-001` of `crise-2026-001-fe`."""
    return "-".join(name.split("-")[1:3])


@pytest.mark.parametrize(("call", "done"), SOME)
async def test_it_opens_once_when_killed_on_the_way(tmp_path: Path, call: int, done: bool) -> None:  # noqa: FBT001
    await killed_while_opening(tmp_path, call=call, done=done)


@pytest.mark.soak
@pytest.mark.parametrize(("call", "done"), ALL)
async def test_it_opens_once_wherever_it_was_killed(tmp_path: Path, call: int, done: bool) -> None:  # noqa: FBT001
    await killed_while_opening(tmp_path, call=call, done=done)
