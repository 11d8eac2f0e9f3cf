"""`chat.*`: posting, updating, deleting; and who is notified.

Sources: Slack's reference of each method, its «errors» table included. `block_mismatch` is read strictly:
what stood as rich text at a place stays rich text; so is the advice on fresh block ids at an update (Block
Kit, `block_id`).
"""

from typing import Any

from tests.rig.slack.lint import check_blocks, length
from tests.rig.slack.method import TIER_3, TIER_4, Arguments, method
from tests.rig.slack.reading import EVERYONE, called, seen
from tests.rig.slack.world import Blocks, Channel, Ephemeral, Message, Notification, SlackError, World

MAX_TEXT = 40_000
_LOOKS = "unfurl_links unfurl_media link_names parse mrkdwn"


@method(
    "chat.postMessage",
    scopes="chat:write",
    tier=None,
    required="channel",
    optional=f"text blocks metadata thread_ts {_LOOKS}",
)
def post_message(world: World, given: Arguments) -> dict[str, Any]:
    channel = _addressed(world, given["channel"])
    message = say(
        world,
        channel,
        user=world.bot.id,
        text=given.get("text", ""),
        blocks=given.get("blocks", []),
        metadata=given.get("metadata", {}),
    )
    return {"channel": channel.id, "ts": message.ts, "message": as_json(message, world)}


def say(
    world: World,
    channel: Channel,
    *,
    user: str,
    text: str,
    blocks: Blocks,
    metadata: dict[str, Any] | None = None,
) -> Message:
    """Store a message and notify whom it concerns."""
    _check_content(text, blocks)
    _check_metadata(metadata)
    message = Message(channel.id, world.timestamp(), user, text, _identified(world, blocks), metadata or {})
    channel.messages.append(message)
    for person in _notified(channel, message):
        desktop = seen(blocks[:1], text, world)
        world.notifications.append(Notification(person, channel.id, seen([], text, world), desktop))
    return message


@method(
    "chat.update",
    scopes="chat:write",
    tier=TIER_3,
    required="channel ts",
    optional=f"text blocks metadata {_LOOKS}",
)
def update(world: World, given: Arguments) -> dict[str, Any]:
    channel = world.channel_for_bot(given["channel"])
    message = _own_message(world, channel, given["ts"])
    text, blocks = given.get("text", ""), given.get("blocks", [])
    _check_content(text, blocks)
    _check_metadata(given.get("metadata"))
    _check_replacement(message.blocks, blocks)
    message.text, message.blocks = text, _identified(world, blocks)
    message.metadata = given.get("metadata", message.metadata)
    message.edits += 1
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": as_json(message, world)}


@method("chat.delete", scopes="chat:write", tier=TIER_3, required="channel ts")
def delete(world: World, given: Arguments) -> dict[str, Any]:
    channel = world.channel_for_bot(given["channel"])
    channel.messages.remove(_own_message(world, channel, given["ts"]))
    return {"channel": channel.id, "ts": given["ts"]}


@method(
    "chat.postEphemeral",
    scopes="chat:write",
    tier=TIER_4,
    required="channel user",
    optional=f"text blocks {_LOOKS}",
)
def post_ephemeral(world: World, given: Arguments) -> dict[str, Any]:
    channel = world.channel_for_bot(given["channel"])
    if channel.is_archived:
        raise SlackError("is_archived")
    if given["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    whisper(world, user=given["user"], channel=channel.id, content=given)
    return {"message_ts": world.timestamp()}


def whisper(world: World, *, user: str, channel: str, content: Arguments) -> None:
    """Show a message to one person alone."""
    text, blocks = content.get("text", ""), content.get("blocks", [])
    _check_content(text, blocks)
    world.ephemerals.append(Ephemeral(user, channel, text, _identified(world, blocks)))


def as_json(message: Message, world: World, *, metadata: bool = False) -> dict[str, Any]:
    """A message as Slack sends it; metadata only where they are asked for."""
    content: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": world.team_id,
        "blocks": message.blocks,
    }
    if message.user == world.bot.id:
        content |= {"bot_id": "B0CELLULE", "app_id": "A0CELLULE"}
    if message.edits:
        content["edited"] = {"user": message.user, "ts": message.ts}
    if metadata and message.metadata:
        content["metadata"] = message.metadata
    return content


def _addressed(world: World, channel_id: str) -> Channel:
    if channel_id.startswith("U"):
        account = world.account(channel_id)
        if account.deleted or account.is_bot:
            raise SlackError("cannot_dm_bot" if account.is_bot else "channel_not_found")
        return world.direct_channel(channel_id)
    channel = world.channel_for_bot(channel_id)
    if world.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _own_message(world: World, channel: Channel, ts: str) -> Message:
    if channel.is_archived:
        raise SlackError("is_inactive")
    message = world.message(channel, ts)
    if message.user != world.bot.id:
        raise SlackError("cant_update_message")
    return message


def _check_content(text: str, blocks: Blocks) -> None:
    if not text and not blocks:
        raise SlackError("no_text")
    if length(text) > MAX_TEXT:
        raise SlackError("msg_too_long")
    if blocks:
        check_blocks(blocks)


def _check_metadata(metadata: Any) -> None:
    if not metadata:
        return
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")


def _check_replacement(old: Blocks, new: Blocks) -> None:
    for before, after in zip(old, new, strict=False):
        if before["type"] == "rich_text" and after["type"] != "rich_text":
            raise SlackError("block_mismatch")
    if {block["block_id"] for block in old} & {block.get("block_id") for block in new}:
        raise SlackError("invalid_blocks", response_metadata={"messages": ["block_id of the last version"]})


def _identified(world: World, blocks: Blocks) -> Blocks:
    return [{"block_id": world.serial("b"), **block} for block in blocks]


def _notified(channel: Channel, message: Message) -> list[str]:
    others = [member for member in channel.members if member != message.user]
    names = called(message.blocks, message.text)
    if channel.is_im or names & EVERYONE:
        return others
    return [member for member in others if member in names]
