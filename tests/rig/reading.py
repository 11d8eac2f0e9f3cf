"""Finding what a person looks for among what they see: the newest thing that says it."""

from typing import Any, TypeVar

from tests.rig.service import Rig, Running
from tests.rig.slack.waiting import eventually

M = TypeVar("M")


def text(rig: Running[Any], who: str, shown: Any) -> str:
    """What stands there."""
    return plain(rig.user(who).reads(shown))


def plain(words: str) -> str:
    """With plain spaces where French typography asks for others."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def in_room(rig: Running[M], who: str, words: str) -> M:
    """The newest message of the crisis room with these words."""
    return _newest(rig, who, rig.user(who).sees_in(rig.room), words)


def direct(rig: Running[M], who: str, words: str) -> M:
    """The newest direct message with these words."""
    return _newest(rig, who, rig.user(who).direct_messages(), words)


async def aside(rig: Rig, who: str, words: str) -> str:
    """What Slack shows this person alone, a moment after the app answered: the newest with these words."""

    def said() -> list[str]:
        return [told for e in rig.user(who).ephemerals() if words in (told := text(rig, who, e))]

    try:
        await eventually(said)
    except AssertionError:
        heard = "\n\n".join(text(rig, who, e) for e in rig.user(who).ephemerals()[-4:])
        raise AssertionError(f"nothing said {words!r} to {who}; last:\n{heard}") from None
    return said()[-1]


async def dialog(rig: Running[Any], who: str) -> Any:
    """The form that opens, on Slack a moment after the press was answered."""
    await eventually(lambda: rig.form(who))
    return rig.form(who)


def _newest(rig: Running[M], who: str, messages: list[M], words: str) -> M:
    for message in reversed(messages):
        if words in text(rig, who, message):
            return message
    raise AssertionError(
        f"nothing says {words!r} among:\n" + "\n\n".join(text(rig, who, m) for m in messages)
    )
