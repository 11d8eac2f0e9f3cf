"""Microsoft Graph: group chats, who is in them, and the channels of a team.

Sources: Microsoft Graph v1.0 reference («Create chat», «Add member to a chat», «Remove member from chat»,
«Update chat», «Create channel», «Get teamsAsyncOperation»). A chat has no idempotency key: twice makes two.
"""

import re
from urllib.parse import unquote

from tests.rig.teams.graph import chat_of, in_directory, page
from tests.rig.teams.routes import Answer, Asked, operation
from tests.rig.teams.world import Account, Conversation, Event, Json, Team, TeamsError, World

_USER = re.compile(r"/users(?:\('([^']+)'\)|/([^/']+))$")
_FORBIDDEN = set("~#%&*{}+/\\:<>?|'\"")
_MEMBER = "#microsoft.graph.aadUserConversationMember"
_MOST_TOPIC = 250
_MOST_NAME = 50
_READS_MEMBERS = ("ChatMember.Read.All", "ChatMember.ReadWrite.All", "Chat.Read.All", "Chat.ReadWrite.All")
_CREATES_CHANNELS = ("Channel.Create.Group", "Channel.Create", "Teamwork.Migrate.All")
_READS_CHANNELS = ("ChannelSettings.Read.Group", "Channel.ReadBasic.All", "Channel.Create.Group")


@operation("create_chat", "POST", "/graph/v1.0/chats", needs=("Chat.Create",))
def create_chat(world: World, asked: Asked) -> Answer:
    body = asked.body
    if body.keys() - {"chatType", "topic", "members"} or body.get("chatType") != "group":
        raise TeamsError(400, "BadRequest", "a group chat has chatType, topic and members", blunder=True)
    _check_topic(body.get("topic", ""))
    people = [_bound(world, one, asked.tenant) for one in body.get("members") or []]
    aads = [one.aad for one in people]
    if not aads or len(set(aads)) < len(aads):
        raise TeamsError(400, "BadRequest", "Duplicate members, or none.", blunder=True)
    topic, tenant = body.get("topic", ""), asked.tenant
    place = world.add_conversation("groupChat", topic, aads, hidden=world.lag, tenant=tenant)
    return Answer(201, _as_chat(place))


@operation("rename_chat", "PATCH", "/graph/v1.0/chats/{chat}", needs=("Chat.ReadWrite.All",))
def rename_chat(world: World, asked: Asked) -> Answer:
    if asked.body.keys() != {"topic"}:
        raise TeamsError(400, "BadRequest", "only the topic is changed", blunder=True)
    _check_topic(asked.body["topic"])
    place = chat_of(world, asked.args["chat"], asked.tenant)
    place.name = asked.body["topic"]
    return Answer(200, _as_chat(place))


@operation("chat", "GET", "/graph/v1.0/chats/{chat}", needs=("Chat.ReadBasic.All", *_READS_MEMBERS[2:]))
def chat(world: World, asked: Asked) -> Answer:
    return Answer(200, _as_chat(chat_of(world, asked.args["chat"], asked.tenant)))


@operation("chat_members", "GET", "/graph/v1.0/chats/{chat}/members", needs=_READS_MEMBERS)
def chat_members(world: World, asked: Asked) -> Answer:
    place = chat_of(world, asked.args["chat"], asked.tenant)
    found = [_as_member(place, one) for one in world.members(place)]
    return Answer(200, page(world, asked, f"chats/{place.id}/members", found))


@operation("add_to_chat", "POST", "/graph/v1.0/chats/{chat}/members", needs=("ChatMember.ReadWrite.All",))
def add_to_chat(world: World, asked: Asked) -> Answer:
    place = chat_of(world, asked.args["chat"], asked.tenant)
    body = {key: value for key, value in asked.body.items() if key != "visibleHistoryStartDateTime"}
    person = _bound(world, body, asked.tenant)
    if person.aad in place.members:
        raise TeamsError(409, "Conflict", "The member is already there.")
    place.members.append(person.aad)
    if place.bot_is_in:
        world.tell(Event("joined", place, person))
    location = f"/chats/{place.id}/members/{_as_member(place, person)['id']}"
    return Answer(201, headers={"Location": location})


@operation(
    "remove_from_chat",
    "DELETE",
    "/graph/v1.0/chats/{chat}/members/{member}",
    needs=("ChatMember.ReadWrite.All",),
    body=False,
)
def remove_from_chat(world: World, asked: Asked) -> Answer:
    """By the membership's id, which is not the person's."""
    place = chat_of(world, asked.args["chat"], asked.tenant)
    for one in world.members(place):
        if _as_member(place, one)["id"] == asked.args["member"]:
            place.members.remove(one.aad)
            if place.bot_is_in:
                world.tell(Event("left", place, one))
            return Answer(204)
    raise TeamsError(404, "NotFound", "No such membership.")


@operation("create_channel", "POST", "/graph/v1.0/teams/{team}/channels", needs=_CREATES_CHANNELS)
def create_channel(world: World, asked: Asked) -> Answer:
    """A standard channel: at once (201), or as an operation to be asked about (202)."""
    team = _team(world, asked.args["team"])
    body = asked.body
    if body.keys() - {"@odata.type", "displayName", "description", "membershipType"}:
        raise TeamsError(400, "BadRequest", f"unknown in {sorted(body)}", blunder=True)
    if body.get("membershipType", "standard") != "standard":
        raise TeamsError(400, "BadRequest", "a standard channel alone is modelled", blunder=True)
    name = str(body.get("displayName") or "")
    if not 0 < len(name) <= _MOST_NAME or set(name) & _FORBIDDEN or name[0] in "_." or name[-1] == ".":
        raise TeamsError(400, "BadRequest", "Channel name is not valid.", blunder=True)
    if name.lower() in [one.name.lower() for one in team.channels]:
        said = "Channel name already existed, please use other name."
        raise TeamsError(400, "BadRequest", said, inner={"code": "NameAlreadyExists", "message": said})
    place = world.add_conversation("channel", name, [], team=team, hidden=world.lag)
    if not world.channel_polls:
        team.channels.append(place)
        return Answer(201, _as_channel(place))
    operation_id = world.uuid()
    world.operations[operation_id] = (place, world.channel_polls)
    here = f"/teams('{team.id}')/operations('{operation_id}')"
    return Answer(202, headers={"Location": here, "Content-Location": f"/teams('{team.id}')"})


@operation("operation", "GET", "/graph/v1.0/teams('{team}')/operations('{operation}')")
def asked_about(world: World, asked: Asked) -> Answer:
    if asked.args["operation"] not in world.operations:
        raise TeamsError(404, "NotFound", "No such operation.")
    place, left = world.operations[asked.args["operation"]]
    done = left == 0
    if not done:
        world.operations[asked.args["operation"]] = (place, left - 1)
    elif place.team is not None and place not in place.team.channels:
        place.team.channels.append(place)
    team_id = asked.args["team"]
    body = {
        "id": asked.args["operation"],
        "operationType": "createChannel",
        "status": "succeeded" if done else "inProgress",
        "targetResourceId": place.id if done else None,
        "targetResourceLocation": f"/teams('{team_id}')/channels('{place.id}')" if done else None,
        "error": None,
    }
    return Answer(200, body)


@operation("operation", "GET", "/graph/v1.0/teams/{team}/operations/{operation}")
def asked_about_by_path(world: World, asked: Asked) -> Answer:
    return asked_about(world, asked)


@operation("channels", "GET", "/graph/v1.0/teams/{team}/channels", needs=_READS_CHANNELS)
def channels(world: World, asked: Asked) -> Answer:
    team = _team(world, asked.args["team"])
    found = [_as_channel(one) for one in team.channels]
    if wanted := re.fullmatch(r"displayName eq '((?:[^']|'')*)'", asked.query.get("$filter", "")):
        found = [one for one in found if one["displayName"] == wanted[1].replace("''", "'")]
    elif "$filter" in asked.query:
        raise TeamsError(400, "BadRequest", "Invalid filter clause", blunder=True)
    return Answer(200, page(world, asked, f"teams/{team.id}/channels", found))


@operation("channel", "GET", "/graph/v1.0/teams/{team}/channels/{channel}", needs=_READS_CHANNELS)
def channel(world: World, asked: Asked) -> Answer:
    for one in _team(world, asked.args["team"]).channels:
        if one.id == asked.args["channel"]:
            world.see(one)
            return Answer(200, _as_channel(one))
    raise TeamsError(404, "NotFound", "No such channel.")


def _team(world: World, name: str) -> Team:
    team = world.teams.get(name)
    if team is None:
        raise TeamsError(404, "NotFound", "No team found.")
    if not team.installed:  # consent by resource comes with the app, and goes with it
        raise TeamsError(403, "Forbidden", "The app is not installed in the team.")
    return team


def _check_topic(topic: object) -> None:
    if not isinstance(topic, str) or len(topic) > _MOST_TOPIC or ":" in topic:
        raise TeamsError(400, "BadRequest", "topic: 250 characters at most, without «:»", blunder=True)


def _bound(world: World, member: Json, tenant: str) -> Account:
    """The person that a conversation member is bound to; guests and members have their own role."""
    bind = _USER.search(unquote(str(member.get("user@odata.bind"))))
    if member.keys() != {"@odata.type", "roles", "user@odata.bind"} or bind is None:
        raise TeamsError(400, "BadRequest", "members: @odata.type, roles, user@odata.bind", blunder=True)
    if member["@odata.type"] != _MEMBER:
        raise TeamsError(400, "BadRequest", f"members: not {_MEMBER}", blunder=True)
    person = in_directory(world, bind[1] or bind[2], tenant)
    if member["roles"] != (["guest"] if person.is_guest else ["owner"]):
        raise TeamsError(400, "BadRequest", "members: a member is an owner, a guest a guest")
    return person


def _as_chat(place: Conversation) -> Json:
    return {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#chats/$entity",
        "id": place.id,
        "topic": place.name or None,
        "chatType": "group",
        "tenantId": place.tenant,
        "webUrl": f"https://teams.microsoft.com/l/chat/{place.id}/0",
    }


def _as_member(place: Conversation, one: Account) -> Json:
    return {
        "@odata.type": _MEMBER,
        "id": f"MCMj{one.aad.replace('-', '')}{place.id[3:11]}",
        "roles": ["guest"] if one.is_guest else ["owner"],
        "displayName": one.name,
        "userId": one.aad,
        "email": one.mail,
        "tenantId": one.tenant,
    }


def _as_channel(place: Conversation) -> Json:
    return {
        "id": place.id,
        "displayName": place.name,
        "description": None,
        "membershipType": "standard",
        "webUrl": f"https://teams.microsoft.com/l/channel/{place.id}/{place.name}",
    }
