"""Finding what a person looks for among what they see on Slack: the newest thing that says it."""

from tests.rig.service import Rig
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Dialog, Ephemeral, Message


def text(rig: Rig, who: str, shown: Message | Ephemeral | Dialog) -> str:
    """What stands there, with plain spaces where French typography asks for others."""
    return rig.user(who).reads(shown).replace("\u00a0", " ").replace("\u202f", " ")


def in_room(rig: Rig, who: str, words: str) -> Message:
    """The newest message of the crisis room with these words."""
    return _newest(rig, who, rig.user(who).sees_in(rig.slack.rooms[-1].name), words)


def direct(rig: Rig, who: str, words: str) -> Message:
    """The newest direct message with these words."""
    return _newest(rig, who, rig.user(who).direct_messages(), words)


async def aside(rig: Rig, who: str, words: str) -> str:
    """What the app says to this person alone, a moment after it answered: the newest with these words."""

    def said() -> list[str]:
        return [told for e in rig.user(who).ephemerals() if words in (told := text(rig, who, e))]

    try:
        await eventually(said)
    except AssertionError:
        heard = "\n\n".join(text(rig, who, e) for e in rig.user(who).ephemerals()[-4:])
        raise AssertionError(f"nothing said {words!r} to {who}; last:\n{heard}") from None
    return said()[-1]


async def dialog(rig: Rig, who: str) -> Dialog:
    """The form that opens, a moment after the press was answered."""
    user = rig.user(who)

    def form() -> Dialog | None:
        shown = user.open_modal()
        asks = shown is not None and any(block["type"] == "input" for block in shown.content["blocks"])
        return shown if asks else None

    await eventually(form)
    opened = form()
    assert opened is not None
    return opened


def _newest(rig: Rig, who: str, messages: list[Message], words: str) -> Message:
    for message in reversed(messages):
        if words in text(rig, who, message):
            return message
    raise AssertionError(
        f"nothing says {words!r} among:\n" + "\n\n".join(text(rig, who, m) for m in messages)
    )
