"""The Bot Connector below the service URL: conversations, messages, and who is in.

Sources: the Bot Connector REST reference; the Teams documentation, «Status codes from bot conversational
APIs».
"""

from typing import Any

from tests.rig.teams.lint import card_of, check_activity
from tests.rig.teams.routes import Answer, Asked, operation
from tests.rig.teams.world import (
    BOT,
    Account,
    Conversation,
    Json,
    Message,
    Team,
    TeamsError,
    World,
)

# Microsoft's own library writes `tenantID`, and the connector minds no case.
_CREATED = {"isGroup", "bot", "members", "topicName", "tenantId", "tenantID", "activity", "channelData"}


@operation("create_conversation", "POST", "/teams/v3/conversations")
def create_conversation(world: World, asked: Asked) -> Answer:
    """A 1:1 conversation with a person, or a new thread in a channel."""
    body = asked.body
    if unknown := body.keys() - _CREATED:
        raise TeamsError(400, "BadSyntax", f"unknown {sorted(unknown)}", blunder=True)
    data = body.get("channelData") or {}
    if "channel" in data:
        return _new_thread(world, body, data)
    if body.get("isGroup"):
        raise TeamsError(400, "BadSyntax", "a bot makes no group conversation", blunder=True)
    if len(body.get("members") or []) != 1:
        raise TeamsError(400, "BadSyntax", "one member", blunder=True)
    tenant = (data.get("tenant") or {}).get("id") or body.get("tenantId") or body.get("tenantID")
    if not tenant:
        raise TeamsError(400, "BadArgument", "a tenant is needed", blunder=True)
    person = world.account(body["members"][0]["id"])
    if person is None:
        raise TeamsError(400, "BadArgument", "The user id is not known.")
    if person.tenant != tenant:
        raise TeamsError(403, "Forbidden", "The person is of another tenant.")
    _may_be_written_to(world, person)
    place = world.personal(person)
    sent = {"activityId": _post(world, place, body["activity"], "").id} if body.get("activity") else {}
    return Answer(201, {"id": place.id, "serviceUrl": world.service_url, **sent})


def _new_thread(world: World, body: Json, data: Json) -> Answer:
    place, _ = _place(world, data["channel"]["id"])
    if not body.get("activity"):
        raise TeamsError(400, "BadSyntax", "a thread begins with an activity", blunder=True)
    sent = _post(world, place, body["activity"], "")
    return Answer(201, {"id": f"{place.id};messageid={sent.id}", "activityId": sent.id})


@operation("send", "POST", "/teams/v3/conversations/{conversation}/activities")
def send(world: World, asked: Asked) -> Answer:
    place, root = _place(world, asked.args["conversation"])
    return Answer(201, {"id": _post(world, place, asked.body, root).id})


@operation("reply", "POST", "/teams/v3/conversations/{conversation}/activities/{activity}")
def reply(world: World, asked: Asked) -> Answer:
    """Answer below a message; outside channels it stands like any other."""
    place, root = _place(world, asked.args["conversation"])
    answered = _message(place, asked.args["activity"])
    below = (root or answered.root or answered.id) if place.kind == "channel" else ""
    return Answer(201, {"id": _post(world, place, asked.body, below).id})


@operation("update", "PUT", "/teams/v3/conversations/{conversation}/activities/{activity}")
def update(world: World, asked: Asked) -> Answer:
    place, _ = _place(world, asked.args["conversation"])
    message = _own(place, asked.args["activity"])
    check_activity(world, place, asked.body)
    if asked.body["type"] != "message":
        raise TeamsError(400, "BadSyntax", "only a message is updated", blunder=True)
    _write(message, asked.body)
    message.edits += 1
    message.personal.clear()
    return Answer(200, {"id": message.id})


@operation("delete", "DELETE", "/teams/v3/conversations/{conversation}/activities/{activity}", body=False)
def delete(world: World, asked: Asked) -> Answer:
    place, _ = _place(world, asked.args["conversation"])
    _own(place, asked.args["activity"]).deleted = True
    return Answer(200)


@operation("members", "GET", "/teams/v3/conversations/{conversation}/members")
def members(world: World, asked: Asked) -> Answer:
    place, _ = _place(world, asked.args["conversation"])
    return Answer(200, [as_member(one) for one in world.members(place)])


@operation("paged_members", "GET", "/teams/v3/conversations/{conversation}/pagedmembers")
def paged_members(world: World, asked: Asked) -> Answer:
    """Pages of `pageSize` (at least 50 in Teams; smaller here, where a test says so)."""
    place, _ = _place(world, asked.args["conversation"])
    everybody = world.members(place)
    size = min(int(asked.query.get("pageSize", 200)), world.page_size)
    start = int(asked.query.get("continuationToken", 0))
    page: Json = {"members": [as_member(one) for one in everybody[start : start + size]]}
    if start + size < len(everybody):
        page["continuationToken"] = str(start + size)
    return Answer(200, page)


@operation("member", "GET", "/teams/v3/conversations/{conversation}/members/{member}")
def member(world: World, asked: Asked) -> Answer:
    place, _ = _place(world, asked.args["conversation"])
    one = world.account(asked.args["member"])
    if one is None or one not in world.members(place):
        raise TeamsError(404, "MemberNotFoundInConversation", "The member is not in the conversation.")
    return Answer(200, as_member(one))


@operation("team", "GET", "/teams/v3/teams/{team}")
def team(world: World, asked: Asked) -> Answer:
    one = _team(world, asked.args["team"])
    return Answer(200, {"id": one.channels[0].id, "name": one.name, "aadGroupId": one.id})


@operation("team_channels", "GET", "/teams/v3/teams/{team}/conversations")
def team_channels(world: World, asked: Asked) -> Answer:
    """The general channel has no name here."""
    general, *others = _team(world, asked.args["team"]).channels
    named = [{"id": one.id, "name": one.name} for one in others]
    return Answer(200, {"conversations": [{"id": general.id, "name": None}, *named]})


def as_member(one: Account) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "objectId": one.aad,
        "aadObjectId": one.aad,
        "givenName": one.name.split()[0],
        "surname": one.name.split()[-1],
        "email": one.mail,
        "userPrincipalName": one.upn,
        "tenantId": one.tenant,
        "userRole": "guest" if one.is_guest else "user",
    }


def _team(world: World, name: str) -> Team:
    """A team by the id of its general channel, which is what the connector calls it by."""
    for one in world.teams.values():
        if one.channels[0].id == name and one.installed:
            return one
    raise TeamsError(404, "ConversationNotFound", "Team not found.")


def _place(world: World, name: str) -> tuple[Conversation, str]:
    """A conversation that the bot is in, and the thread that its id names."""
    plain, _, root = name.partition(";messageid=")
    place = world.conversations.get(plain)
    if place is None:
        raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
    world.see(place)
    if place.kind == "personal":
        [person] = world.members(place)
        _may_be_written_to(world, person)
    elif not (place.team.installed if place.team else place.bot_is_in):
        raise TeamsError(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    if root:
        _message(place, root)
    return place, root


def _may_be_written_to(world: World, person: Account) -> None:
    if person.tenant not in world.tenants or not person.installed:
        raise TeamsError(403, "ForbiddenOperationException", "The bot is not installed in the user's scope.")
    if person.blocks_the_bot:
        raise TeamsError(403, "MessageWritesBlocked", "Thread writes are blocked for this user.")


def _message(place: Conversation, name: str) -> Message:
    for one in place.messages:
        if one.id == name:
            return one
    raise TeamsError(404, "ActivityNotFoundInConversation", "Activity not found.")


def _own(place: Conversation, name: str) -> Message:
    message = _message(place, name)
    if message.deleted:
        raise TeamsError(404, "ActivityNotFoundInConversation", "Activity was deleted.")
    if message.sender != BOT:
        raise TeamsError(403, "ForbiddenOperationException", "Only the author may change a message.")
    return message


def _post(world: World, place: Conversation, body: Json, root: str) -> Message:
    check_activity(world, place, body)
    message = Message(place.id, world.message_id(), BOT, "", root=root)
    if body["type"] == "message":
        _write(message, body)
        place.messages.append(message)
        world.notify(place, message)
    return message


def _write(message: Message, body: dict[str, Any]) -> None:
    message.text = body.get("text") or ""
    message.summary = body.get("summary") or ""
    message.cards = [card_of(one) for one in body.get("attachments") or []]
    mentions = [*(body.get("entities") or [])]
    for card in message.cards:
        mentions += (card.get("msteams") or {}).get("entities") or []
    message.entities = [one for one in mentions if one.get("type") == "mention"]
