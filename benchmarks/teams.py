"""One crisis on Slack and Teams: the calls to the experts and to a decision, the answer to a press.

The opener is on Slack, the experts are on Teams; each call to either takes 100 ms.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from benchmarks.figures import Figure, percentile
from benchmarks.load import Sender, teams_sender, undisturbed
from benchmarks.memory import TRIAGE
from benchmarks.seeding import REPLY, in_process, open_crises, open_ids, submit
from benchmarks.serving import WARM_AFTER, at_rest, served
from benchmarks.workspace import CALL_SECONDS, PLAN, environment, workspace
from bot.cards import Action
from bot.domain.verbs import Verb
from bot.main import Service
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import call_levels
from tests.rig.teams import payloads
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.reading import Pressable, pressables
from tests.rig.teams.server import Call
from tests.rig.teams.world import Message

EXPERTS = ("claire", "farid", "denis")
OPENINGS = 3
CRISES = 120
ROUNDS = (
    (Verb.TAKE_UP, "claire"),
    (Verb.APPROVE, "farid"),
    (Verb.TAKE_UP, "farid"),
    (Verb.TAKE_UP, "denis"),
    (Verb.APPROVE, "denis"),
)
WARM, CALM = 1, 3
"""The first round comes before measuring, those up to the third at 50 a second, the rest without a pause."""
CONNECTIONS = 32
IDLE = 5
"""Seconds."""


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack, _tenant() as teams:
        settings = _settings(slack, teams, folder)
        with _working(slack, teams, folder, settings) as (service, clock):
            await _started(service)
            levels = await _levels(slack, teams, service)
            slack.delay = teams.delay = 0
            await _many(service, clock)
            await _stopped(service)
        presses = _presses(teams)
        slack.delay = teams.delay = CALL_SECONDS
        with served(slack, folder, settings=settings) as process:
            await asyncio.sleep(IDLE)
            resident = process.resident
            with undisturbed():
                await at_rest(process)
                async with teams_sender(teams, process.base_url) as teams_side:
                    pressed = await _pressed(teams_side, presses)
    with_aid = "Resident memory after 5 s, Slack, Teams, browser room and triage aid on"
    memory = Figure(with_aid, resident, "MB", 130 + TRIAGE)
    return [*levels, *pressed, memory]


def _tenant() -> TeamsDouble:
    teams = TeamsDouble()
    for name in EXPERTS:
        teams.add_user(name)
    return teams


def _settings(slack: SlackDouble, teams: TeamsDouble, folder: Path) -> dict[str, str]:
    """Those of a service on both, with the experts at Teams instead of Slack."""
    text = PLAN.read_text("utf-8").replace("rooms: [slack]", "rooms: [slack, teams]")
    for name in EXPERTS:
        text = text.replace(f"slack: U{name.upper()}", f"teams: {teams.user(name).account.aad}")
    plan = folder / "plan.yaml"
    plan.write_text(text, "utf-8")
    return environment(slack, folder) | teams.settings | {"CELLULE_PLAN": str(plan)}


@contextmanager
def _working(
    slack: SlackDouble, teams: TeamsDouble, folder: Path, settings: dict[str, str]
) -> Iterator[tuple[Service, MovedClock]]:
    """The service in this process: what it sends is sent when the measurement says so."""
    clock = MovedClock()
    with in_process(slack, folder, settings=settings, clock=clock) as service:
        teams.app = service.app
        teams.now = lambda: clock().timestamp()
        yield service, clock


async def _started(service: Service) -> None:
    assert service.slack is not None
    assert service.teams is not None
    await service.slack.start()
    await service.teams.start()
    await asyncio.sleep(WARM_AFTER)


async def _stopped(service: Service) -> None:
    assert service.slack is not None
    assert service.teams is not None
    await service.teams.stop()
    await service.slack.stop()


async def _levels(slack: SlackDouble, teams: TeamsDouble, service: Service) -> list[Figure]:
    """The longest chains of calls, of some openings and of one decision in each."""
    called, shown = [], []
    slack.delay = teams.delay = CALL_SECONDS
    for number in range(OPENINGS):
        before = len(teams.calls)
        open_crises(service, 1, first=number)
        await service.relay.drain()
        done = max(call.ended for call in teams.calls[before:] if _is_ping(teams, call))
        called.append(call_levels([call for call in teams.calls[before:] if call.ended <= done]))
        _draft(service, open_ids(service)[-1])
        await service.relay.drain()
        before = len(slack.calls)
        farid, message = teams.user("farid"), _with(teams.rooms[-1].messages, Verb.APPROVE)
        await farid.press(_button(message, Verb.APPROVE).action["title"], on=message)
        await service.relay.drain()
        shown.append(call_levels(slack.calls[before:]))
    return [
        Figure("Submission → experts written to on Teams, longest chain of calls", max(called), "calls", 4),
        Figure("Decision on Teams → shown on Slack, longest chain of calls", max(shown), "calls", 2),
    ]


async def _many(service: Service, clock: MovedClock) -> None:
    """Open crises, then a draft in each."""
    for number in range(OPENINGS, CRISES):
        open_crises(service, 1, first=number)
    await _all_sent(service, clock)
    for crisis in open_ids(service)[OPENINGS:]:
        _draft(service, crisis)
    await _all_sent(service, clock)


async def _all_sent(service: Service, clock: MovedClock) -> None:
    """Send everything; what Teams' pace puts off goes as time passes."""
    while _undelivered(service):
        await service.relay.drain()
        clock.ahead += timedelta(seconds=1)


def _draft(service: Service, crisis: str) -> None:
    submit(service, f"draft {crisis}", Action(Verb.DRAFT, crisis), text=REPLY, routes="public_post")


def _undelivered(service: Service) -> bool:
    with service.application.store.read() as uow:
        return uow.outbox.oldest_undelivered() is not None


async def _pressed(teams_side: Sender, rounds: Sequence[list[bytes]]) -> list[Figure]:
    await teams_side.at_rate(list(chain(*rounds[:WARM])), per_second=50)
    calm = await teams_side.at_rate(list(chain(*rounds[WARM:CALM])), per_second=50)
    flood = await teams_side.as_fast_as_answered(list(chain(*rounds[CALM:])), connections=CONNECTIONS)
    return [
        Figure("Invoke of Teams answered at 50 a second, p99", percentile(calm, 0.99) * 1000, "ms", 20),
        Figure("Invoke of Teams answered at 50 a second, median", percentile(calm, 0.5) * 1000, "ms"),
        Figure("Invokes of Teams answered when saturated", flood, "a second", 300, at_least=True),
    ]


def _presses(teams: TeamsDouble) -> list[list[bytes]]:
    """The requests of each round; neighbouring ones are of different crises."""
    rooms = teams.rooms[OPENINGS:]
    return [[_press(teams, who, _with(room.messages, verb), verb) for room in rooms] for verb, who in ROUNDS]


def _press(teams: TeamsDouble, who: str, message: Message, verb: Verb) -> bytes:
    action = _button(message, verb).action
    kept = {key: action[key] for key in ("type", "title", "verb", "data")}
    place = teams.world.conversations[message.conversation]
    value = {"action": kept, "trigger": "manual"}
    account = teams.user(who).account
    activity = payloads.invoke(teams.world, place, account, "adaptiveCard/action", value=value, on=message)
    return json.dumps(activity).encode()


def _with(messages: Sequence[Message], verb: Verb) -> Message:
    return next(message for message in messages if _buttons(message, verb))


def _button(message: Message, verb: Verb) -> Pressable:
    return _buttons(message, verb)[0]


def _buttons(message: Message, verb: Verb) -> list[Pressable]:
    there = [one for card in message.cards for one in pressables(card)]
    return [one for one in there if one.action.get("verb") == verb.value]


def _is_ping(teams: TeamsDouble, call: Call) -> bool:
    """Whether a call wrote to an expert in their own conversation."""
    own = {teams.world.personal(teams.user(name).account).id for name in EXPERTS}
    return call.name == "send" and any(place in unquote(call.path) for place in own)
