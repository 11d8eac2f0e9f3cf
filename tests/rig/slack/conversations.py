"""`conversations.*` and `users.conversations`.

Sources: Slack's reference of each method; channel names after «Naming channels» of `conversations.create`. An
archived channel keeps its name, and a private one that the bot cannot see still holds its own.
"""

import re
from typing import Any

from tests.rig.slack.chat import as_json
from tests.rig.slack.method import TIER_2, TIER_3, TIER_4, Arguments, method
from tests.rig.slack.world import Channel, SlackError, World

MAX_NAME = 80
MAX_INVITED = 100
_NAME = re.compile(r"[a-z0-9_-]+")


@method("conversations.create", scopes="groups:write", tier=TIER_2, required="name", optional="is_private")
def create(world: World, given: Arguments) -> dict[str, Any]:
    if not given.get("is_private"):
        raise SlackError("missing_scope", needed="channels:manage", provided="groups:write")
    name = _new_name(world, given["name"])
    channel = world.add_channel(name, creator=world.bot.id, members=[world.bot.id], is_private=True)
    return {"channel": channel_json(channel)}


@method("conversations.rename", scopes="groups:write", tier=TIER_2, required="channel name")
def rename(world: World, given: Arguments) -> dict[str, Any]:
    channel = _joined(world, given["channel"])
    if channel.creator != world.bot.id:
        raise SlackError("not_authorized")
    channel.name = _new_name(world, given["name"])
    return {"channel": channel_json(channel)}


def _new_name(world: World, name: str) -> str:
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > MAX_NAME:
        raise SlackError("invalid_name_maxlength")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    if not name.strip("-_"):
        raise SlackError("invalid_name_punctuation")
    if any(channel.name == name for channel in world.channels.values()):
        raise SlackError("name_taken")
    return name


@method(
    "conversations.invite", scopes="groups:write", tier=TIER_3, required="channel users", optional="force"
)
def invite(world: World, given: Arguments) -> dict[str, Any]:
    channel = _joined(world, given["channel"])
    users = [user for user in given["users"].split(",") if user]
    if not users:
        raise SlackError("no_user")
    if len(users) > MAX_INVITED:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["users: at most 100"]})
    refused = [(user, code) for user in users if (code := _why_not(world, channel, user))]
    if refused and (len(users) == 1 or not given.get("force")):
        raise SlackError(refused[0][1], errors=_errors(refused))
    kept = [user for user in users if user not in dict(refused)]
    if not kept:
        raise SlackError(refused[0][1], errors=_errors(refused))
    channel.members.extend(kept)
    answer: dict[str, Any] = {"channel": channel_json(channel)}
    return answer | ({"errors": _errors(refused)} if refused else {})


@method("conversations.kick", scopes="groups:write", tier=TIER_3, required="channel user")
def kick(world: World, given: Arguments) -> dict[str, Any]:
    channel = _joined(world, given["channel"])
    if given["user"] == world.bot.id:
        raise SlackError("cant_kick_self")
    if given["user"] not in channel.members:
        raise SlackError("not_in_channel")
    channel.members.remove(given["user"])
    return {"errors": {}}


@method(
    "conversations.info",
    scopes="groups:read",
    tier=TIER_3,
    required="channel",
    optional="include_num_members include_locale",
)
def info(world: World, given: Arguments) -> dict[str, Any]:
    return {"channel": channel_json(world.channel_for_bot(given["channel"]))}


@method("conversations.open", scopes="im:write", tier=TIER_3, required="users", optional="return_im")
def open_direct(world: World, given: Arguments) -> dict[str, Any]:
    if "," in given["users"]:
        raise SlackError("missing_scope", needed="mpim:write", provided="im:write")
    account = world.account(given["users"])
    if account.is_bot:
        raise SlackError("cannot_dm_bot")
    if account.deleted:
        raise SlackError("user_disabled")
    return {"channel": {"id": world.direct_channel(account.id).id}}


@method(
    "conversations.members", scopes="groups:read", tier=TIER_4, required="channel", optional="cursor limit"
)
def members(world: World, given: Arguments) -> dict[str, Any]:
    channel = world.channel_for_bot(given["channel"])
    return {"members": list(channel.members), "response_metadata": {"next_cursor": ""}}


@method(
    "conversations.history",
    tier=TIER_3,
    required="channel",
    optional="limit oldest latest inclusive cursor include_all_metadata",
)
def history(world: World, given: Arguments) -> dict[str, Any]:
    channel = _joined(world, given["channel"], archived_too=True)
    world.need({"im:history" if channel.is_im else "groups:history"})
    newest_first = channel.messages[::-1]
    limit = int(given.get("limit", 100))
    with_metadata = bool(given.get("include_all_metadata"))
    return {
        "messages": [as_json(message, world, metadata=with_metadata) for message in newest_first[:limit]],
        "has_more": len(newest_first) > limit,
    }


@method("conversations.archive", scopes="groups:write", tier=TIER_2, required="channel")
def archive(world: World, given: Arguments) -> dict[str, Any]:
    channel = _joined(world, given["channel"], archived_too=True)
    if channel.is_archived:
        raise SlackError("already_archived")
    channel.is_archived = True
    return {}


@method(
    "users.conversations",
    scopes="groups:read",
    tier=TIER_3,
    optional="types cursor limit exclude_archived user",
)
def of_user(world: World, given: Arguments) -> dict[str, Any]:
    if given.get("types") != "private_channel":
        raise SlackError("missing_scope", needed="channels:read", provided="groups:read")
    limit, start = int(given.get("limit", 100)), int(given.get("cursor") or 0)
    mine = [
        channel
        for channel in world.channels.values()
        if world.bot.id in channel.members
        and not channel.is_im
        and not (given.get("exclude_archived") and channel.is_archived)
    ]
    more = str(start + limit) if len(mine) > start + limit else ""
    return {
        "channels": [channel_json(channel) for channel in mine[start : start + limit]],
        "response_metadata": {"next_cursor": more},
    }


def channel_json(channel: Channel) -> dict[str, Any]:
    """A channel as Slack sends it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "created": channel.created,
        "is_channel": not channel.is_im,
        "is_group": False,
        "is_im": channel.is_im,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": True,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
    }


def _joined(world: World, channel_id: str, *, archived_too: bool = False) -> Channel:
    channel = world.channel_for_bot(channel_id)
    if world.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived and not archived_too:
        raise SlackError("is_archived")
    return channel


def _why_not(world: World, channel: Channel, user: str) -> str:
    account = world.accounts.get(user)
    if account is None or account.deleted:
        return "user_not_found"
    if user == world.bot.id:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if account.is_stranger:
        return "cant_invite"
    elsewhere = (
        user in other.members
        for other in world.channels.values()
        if not other.is_im and other.id != channel.id
    )
    return "ura_max_channels" if account.is_ultra_restricted and any(elsewhere) else ""


def _errors(refused: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"user": user, "ok": False, "error": code} for user, code in refused]
