"""Acts by their verb, whatever the button says in whatever language, and acts that no button offers."""

from copy import deepcopy
from functools import partial

from adapters.slack.buttons import encode, parse_action
from bot.cards import Action
from bot.domain.verbs import Verb
from tests.rig.service import Rig
from tests.rig.slack.person import Reply, SlackUser
from tests.rig.slack.reading import buttons
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Ephemeral, Message


def offers(shown: Message | Ephemeral) -> dict[Verb, str]:
    """The acts of a message, by the label of their button."""
    there = [button for button in buttons(shown.blocks) if "value" in button]
    return {parse_action(button["value"]).verb: button["text"]["text"] for button in there}


def newest(rig: Rig, who: str, verb: Verb) -> Message:
    """The newest direct message, else the newest of the room, that offers an act; as it is now."""
    everything = [*rig.slack.rooms[-1].messages, *rig.user(who).direct_messages()]
    return deepcopy(next(message for message in reversed(everything) if verb in offers(message)))


async def press(rig: Rig, who: str, verb: Verb, *, on: Message | None = None) -> Reply:
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


async def act(rig: Rig, who: str, action: Action) -> Reply:
    """Send an act as if a card of the room had offered it."""
    return await send(rig, who, encode(action))


async def send(rig: Rig, who: str, value: str) -> Reply:
    """Press a button that carries this value."""
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
