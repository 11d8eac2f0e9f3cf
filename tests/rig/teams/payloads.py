"""What Teams sends to a bot, field by field.

Sources: the Teams documentation on conversation events, invokes (`adaptiveCard/action`, `task/fetch`,
`task/submit`, `composeExtension/fetchTask`, `composeExtension/submitAction`) and the Bot Framework's schema.
"""

import re
from datetime import UTC, datetime
from html import escape
from typing import Any

from tests.rig.teams.world import BOT, BOT_NAME, Account, Conversation, Json, Message, World


def _base(world: World, place: Conversation, who: Account, kind: str, *, root: str = "") -> Json:
    now = datetime.now(UTC)
    conversation: Json = {
        "conversationType": place.kind,
        "tenantId": who.tenant,
        "id": f"{place.id};messageid={root}" if root else place.id,
    }
    if place.kind != "personal":
        conversation["isGroup"] = True
    return {
        "type": kind,
        "id": world.message_id(),
        "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "localTimestamp": now.isoformat(timespec="milliseconds"),
        "localTimezone": who.timezone,
        "channelId": "msteams",
        "serviceUrl": world.service_url,
        "from": {"id": who.id, "name": who.name, "aadObjectId": who.aad},
        "conversation": conversation,
        "recipient": {"id": BOT, "name": BOT_NAME},
        "entities": [
            {
                "type": "clientInfo",
                "locale": who.locale,
                "country": who.locale.partition("-")[2],
                "platform": "Web",
                "timezone": who.timezone,
            }
        ],
        "channelData": {"tenant": {"id": who.tenant}, **_team_data(place)},
        "locale": who.locale,
    }


def _team_data(place: Conversation) -> Json:
    if place.team is None:
        return {}
    general = place.team.channels[0].id
    return {
        "teamsChannelId": place.id,
        "teamsTeamId": general,
        "channel": {"id": place.id},
        "team": {"id": general, "name": place.team.name, "aadGroupId": place.team.id},
    }


def typed(world: World, place: Conversation, who: Account, text: str, *, root: str = "") -> Json:
    """A message; it mentions the bot by `@Cellule`, and who is there by `@` and their handle."""
    names = {BOT_NAME: (BOT, BOT_NAME)} | {one.handle: (one.id, one.name) for one in world.members(place)}
    activity = _base(world, place, who, "message", root=root)
    if place.kind == "channel" and not root:
        activity["conversation"]["id"] += f";messageid={activity['id']}"
    said, markup = text, escape(text)
    for handle, (known, name) in names.items():
        if not re.search(called := rf"@{re.escape(handle)}\b", text):
            continue
        said = re.sub(called, f"<at>{name}</at>", said)
        markup = re.sub(called, f'<span itemscope itemid="0">{name}</span>', markup)
        mention = {"type": "mention", "mentioned": {"id": known, "name": name}, "text": f"<at>{name}</at>"}
        activity["entities"].insert(0, mention)
    ended = f"{said}\n" if said != text else said
    content = [{"contentType": "text/html", "content": f"<p>{markup}</p>"}]
    return activity | {"text": ended, "textFormat": "plain", "attachments": content}


def submitted(world: World, place: Conversation, who: Account, on: Message, *, data: Json) -> Json:
    """A pressed `Action.Submit`: a message without a text."""
    activity = _base(world, place, who, "message", root=on.root)
    activity["channelData"] |= {"source": {"name": "message"}, "legacy": {"replyToId": on.id}}
    return activity | {"replyToId": on.id, "value": data}


def invoke(
    world: World,
    place: Conversation,
    who: Account,
    name: str,
    *,
    value: Any,
    on: Message | None = None,
) -> Json:
    activity = _base(world, place, who, "invoke", root=on.root if on else "")
    activity |= {"name": name, "value": value, "id": f"f:{world.uuid()}"}
    activity["channelData"]["source"] = {"name": "message"}
    if on is not None:
        activity["replyToId"] = on.id
        activity["channelData"]["legacy"] = {"replyToId": on.id}
    return activity


def message_payload(place: Conversation, message: Message, author: Account | None, name: str) -> Json:
    """A message as a message action shows it to the app."""
    kind = "user" if author else "application"
    sender = {"id": author.aad, "displayName": author.name} if author else {"id": BOT, "displayName": name}
    identity = {"userIdentityType": "aadUser"} if author else {"applicationIdentityType": "bot"}
    return {
        "id": message.id,
        "replyToId": message.root or None,
        "createdDateTime": "2027-01-01T09:00:00.000Z",
        "lastModifiedDateTime": None,
        "deleted": False,
        "subject": None,
        "summary": None,
        "importance": "normal",
        "locale": "fr-fr",
        "messageType": "message",
        "linkToMessage": f"https://teams.microsoft.com/l/message/{place.id}/{message.id}",
        "from": {"application": None, "device": None, "conversation": None, "user": None}
        | {kind: sender | identity},
        "body": {"contentType": "html", "content": f"<p>{escape(message.text)}</p>"},
        "attachments": [],
        "mentions": [],
        "reactions": [],
    }


def installation(world: World, place: Conversation, who: Account, *, added: bool) -> Json:
    activity = _base(world, place, who, "installationUpdate")
    activity["channelData"]["settings"] = {"selectedChannel": {"id": place.id}}
    return activity | {"action": "add" if added else "remove"}


def members_changed(
    world: World, place: Conversation, by: Account, *, added: list[Account | None], gone: list[Account | None]
) -> Json:
    """`None` stands for the bot.

    Of people in a team Teams tells in the team's own conversation; of one who is gone from it, no Entra id.
    """
    if place.team is not None and None not in (*added, *gone):
        place = place.team.channels[0]
    activity = _base(world, place, by, "conversationUpdate")
    for field, people, event in (
        ("membersAdded", added, "teamMemberAdded"),
        ("membersRemoved", gone, "teamMemberRemoved"),
    ):
        if people:
            named = place.team is None or field == "membersAdded"
            activity[field] = [
                {"id": BOT} if one is None else {"id": one.id} | ({"aadObjectId": one.aad} if named else {})
                for one in people
            ]
            if place.team is not None:
                activity["channelData"]["eventType"] = event
    return activity
