"""Acts by their verb, whatever the button says in whatever language, and acts that no button offers."""

from copy import deepcopy
from functools import partial
from typing import Any

from adapters.slack.buttons import encode, parse_action
from adapters.teams import buttons as on_teams
from bot.cards import Action, Button
from bot.domain.verbs import Verb
from tests.rig.service import Rig, Running
from tests.rig.slack.person import Reply, SlackUser
from tests.rig.slack.reading import buttons
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Ephemeral, Message
from tests.rig.teams import world as teams
from tests.rig.teams.reading import pressables
from tests.rig.teams_service import TeamsRig


def offers(shown: Message | Ephemeral | teams.Message) -> dict[Verb, str]:
    """The acts of a message, by the label of their button; where it asks first, of the one that says yes."""
    if isinstance(shown, teams.Message):
        there = [one.action for card in shown.cards for one in pressables(card)]
        ours = [one for one in there if on_teams.OURS in one.get("data", {})]
        return {on_teams.parse_action(one["data"]).verb: one["title"] for one in ours}
    carrying = [button for button in buttons(shown.blocks) if "value" in button]
    return {parse_action(button["value"]).verb: button["text"]["text"] for button in carrying}


def newest(rig: Running[Any], who: str, verb: Verb) -> Any:
    """The newest direct message, else the newest of the room, that offers an act; as it is now."""
    everything = [*rig.said_in_room, *rig.user(who).direct_messages()]
    return deepcopy(next(message for message in reversed(everything) if verb in offers(message)))


async def press(rig: Running[Any], who: str, verb: Verb, *, on: Any = None) -> Any:
    """Press the button of an act."""
    message = on or newest(rig, who, verb)
    return await rig.user(who).press(offers(message)[verb], on=message)


async def press_behind_more(rig: Rig, who: str, verb: Verb) -> None:
    """Press a button that stands behind «More…», page by page."""
    user = rig.user(who)
    before = len(user.ephemerals())
    await press(rig, who, Verb.MORE)
    for page in range(1, 5):
        await eventually(partial(_more_than, user, before + page - 1))
        more = user.ephemerals()[-1]
        if verb in offers(more):
            await user.press(offers(more)[verb], on=more)
            await rig.settle()
            return
        await user.press(offers(more)[Verb.MORE], on=more)
    raise AssertionError(f"nothing behind «More…» offers {verb}")


def _more_than(user: SlackUser, seen: int) -> bool:
    return len(user.ephemerals()) > seen


async def act(rig: Running[Any], who: str, action: Action) -> Any:
    """Send an act as if a card had offered it."""
    if isinstance(rig, TeamsRig):
        [row] = on_teams.rows([Button("any", action)], where=on_teams.Where(), room_url=str)
        return await send_on_teams(rig, who, row["actions"][0])
    assert isinstance(rig, Rig)
    return await send(rig, who, encode(action))


async def send(rig: Rig, who: str, value: str) -> Reply:
    """Press a button of the room that carries this value."""
    button = {
        "type": "button",
        "action_id": "any.0",
        "text": {"type": "plain_text", "text": "any"},
        "value": value,
    }
    blocks = [{"type": "actions", "block_id": "any", "elements": [button]}]
    room = rig.slack.rooms[-1]
    message = Message(room.id, rig.slack.world.timestamp(), rig.slack.world.bot.id, "any", blocks)
    return await rig.user(who).press("any", on=message)


async def send_on_teams(rig: TeamsRig, who: str, button: teams.Json) -> Any:
    """Press this button, as if it had been said to them directly."""
    world, user = rig.teams.world, rig.user(who)
    card = {"type": "AdaptiveCard", "actions": [button]}
    message = teams.Message(world.personal(user.account).id, world.message_id(), teams.BOT, "", [card])
    return await user.press("any", on=message)
