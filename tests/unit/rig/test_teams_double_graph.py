"""The Teams double makes chats and channels and finds people as Microsoft Graph does."""

from typing import Any

import httpx
import pytest

from tests.rig.loopback import Loopback
from tests.rig.teams.asking import (
    Client,
    Received,
    blunder,
    code,
    create,
    peopled,
    recording,
)
from tests.rig.teams.login import GRAPH_SCOPE
from tests.rig.teams.world import CATALOG_APP_ID

MEMBER = "#microsoft.graph.aadUserConversationMember"


@pytest.fixture
def teams():
    with peopled() as double:
        yield double


@pytest.fixture
def client(teams):
    return Client(teams)


# Graph


def bound(*people: str, role: str = "owner") -> list[dict[str, Any]]:
    users = "https://graph.microsoft.com/v1.0/users"
    return [
        {"@odata.type": MEMBER, "roles": [role], "user@odata.bind": f"{users}('{one}')"} for one in people
    ]


async def chat_made(client: Client, *members: dict[str, Any], topic: str = "Cell") -> httpx.Response:
    return await client.graph(
        "POST", "chats", {"chatType": "group", "topic": topic, "members": list(members)}
    )


def ours(app: str = CATALOG_APP_ID) -> dict[str, str]:
    return {"teamsApp@odata.bind": f"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{app}"}


async def test_it_makes_a_new_chat_each_time(teams, client):
    claire = teams.user("claire").account
    members = bound("claire@exemple.example")
    first, second = [(await chat_made(client, *members)).json()["id"] for _ in range(2)]
    assert first != second
    people = (await client.graph("GET", f"chats/{first}/members")).json()["value"]
    assert [one["userId"] for one in people] == [claire.aad]


@pytest.mark.parametrize("topic", ["Cell: secret", "x" * 251])
async def test_it_refuses_topics(teams, client, topic):
    assert code(await chat_made(client, *bound("claire@exemple.example"), topic=topic)) == (400, "BadRequest")
    assert "topic" in blunder(teams)


async def test_it_wants_guests_to_be_guests(teams, client):
    yves = teams.user("yves").account
    assert code(await chat_made(client, *bound(yves.aad))) == (400, "BadRequest")
    assert (await chat_made(client, *bound(yves.aad, role="guest"))).status_code == 201


async def test_it_refuses_what_was_not_consented_to(teams, client):
    teams.permissions.difference_update({"Chat.Create", "User.Read.All"})
    assert code(await chat_made(client, *bound("claire@exemple.example"))) == (403, "Forbidden")
    assert code(await client.graph("GET", "users/x")) == (403, "Authorization_RequestDenied")


async def test_it_tells_the_app_that_it_was_installed_in_a_chat(teams, client):
    received: Received = []
    teams.app = recording(received)
    chat = (await chat_made(client, *bound("claire@exemple.example"))).json()["id"]
    assert code(await client.connector("GET", f"conversations/{chat}/members"))[0] == 403
    installed = await client.graph("POST", f"chats/{chat}/installedApps", ours())
    assert installed.status_code == 201
    assert {one.status for one in await teams.told()} == {200}
    assert [one["type"] for one in received] == ["conversationUpdate", "installationUpdate"]
    assert received[1]["conversation"]["id"] == chat
    assert (await client.send(chat, text="x")).status_code == 201
    assert code(await client.graph("POST", f"chats/{chat}/installedApps", ours())) == (409, "Conflict")
    assert code(await client.graph("POST", f"chats/{chat}/installedApps", ours("other"))) == (
        403,
        "Forbidden",
    )


async def test_it_tells_an_app_that_runs_elsewhere(teams, client):
    received: Received = []
    elsewhere = Loopback(recording(received).routes, name="an app")
    elsewhere.start()
    teams.app = elsewhere.base_url
    chat = teams.add_chat("cell", members=["claire"], bot_is_in=False)
    await client.graph("POST", f"chats/{chat.id}/installedApps", ours())
    await teams.told()
    await teams.user("claire").command("crisis help", where="cell")
    elsewhere.stop()
    assert [one["type"] for one in received] == ["conversationUpdate", "installationUpdate", "message"]


async def test_it_lets_people_in_and_out_of_a_chat_and_tells(teams, client):
    received: Received = []
    teams.app = recording(received)
    chat = teams.add_chat("cell", members=["claire"])
    denis = teams.user("denis").account
    assert (await client.graph("POST", f"chats/{chat.id}/members", bound(denis.aad)[0])).status_code == 201
    people = (await client.graph("GET", f"chats/{chat.id}/members")).json()["value"]
    [membership] = [one["id"] for one in people if one["userId"] == denis.aad]
    assert (await client.graph("DELETE", f"chats/{chat.id}/members/{denis.aad}")).status_code == 404
    assert (await client.graph("DELETE", f"chats/{chat.id}/members/{membership}")).status_code == 204
    await teams.told()
    assert received[0]["membersAdded"] == received[1]["membersRemoved"]
    assert received[0]["membersAdded"][0]["aadObjectId"] == denis.aad


async def test_it_shows_late_what_was_just_made(teams, client):
    teams.world.lag = 2
    chat = (await chat_made(client, *bound("claire@exemple.example"))).json()["id"]
    seen = [(await client.graph("GET", f"chats/{chat}")).status_code for _ in range(3)]
    assert seen == [403, 404, 200]


async def test_it_makes_a_channel_at_once_or_later(teams, client):
    team = teams.add_team("Cell", members=["claire"])
    path = f"teams/{team.id}/channels"
    assert (await client.graph("POST", path, {"displayName": "one"})).status_code == 201
    teams.world.channel_polls = 1
    later = await client.graph("POST", path, {"displayName": "two", "membershipType": "standard"})
    assert later.status_code == 202
    assert [one.name for one in team.channels] == ["General", "one"]
    asked = [(await client.graph("GET", later.headers["Location"][1:])).json() for _ in range(2)]
    assert [one["status"] for one in asked] == ["inProgress", "succeeded"]
    assert asked[1]["targetResourceId"] == team.channels[2].id


@pytest.mark.parametrize("name", ["", "x" * 51, "a/b", "a:b", "a'b", "_a", "a."])
async def test_it_refuses_names_of_channels(teams, client, name):
    team = teams.add_team("Cell", members=["claire"])
    refused = await client.graph("POST", f"teams/{team.id}/channels", {"displayName": name})
    assert code(refused) == (400, "BadRequest")
    assert "name is not valid" in blunder(teams)


async def test_it_makes_no_channel_twice_nor_where_the_app_is_not(teams, client):
    team = teams.add_team("Cell", members=["claire"])
    path = f"teams/{team.id}/channels"
    taken = await client.graph("POST", path, {"displayName": "general"})
    assert taken.json()["error"]["innerError"]["code"] == "NameAlreadyExists"
    team.installed = False
    assert code(await client.graph("POST", path, {"displayName": "one"})) == (403, "Forbidden")


async def test_it_finds_people_by_id_and_upn_but_not_by_another_address(teams, client):
    yves = teams.user("yves").account
    assert (await client.graph("GET", f"users/{yves.aad}")).json()["mail"] == "yves@cabinet.example"
    missing = await client.graph("GET", "users/yves@cabinet.example")
    assert code(missing) == (404, "Request_ResourceNotFound")
    found = await client.graph("GET", "users", params={"$filter": "mail eq 'YVES@cabinet.example'"})
    assert [one["id"] for one in found.json()["value"]] == [yves.aad]
    refused = await client.graph("GET", "users", params={"$filter": "mail has 'x'"})
    assert refused.status_code == 400
    assert "filter" in blunder(teams)


async def test_it_shows_people_of_the_tenant_in_pages(teams, client):
    teams.add_user("else", tenant="0e15e000-0000-4000-8000-000000000000")
    teams.world.page_size = 2
    first = (await client.graph("GET", "users", params={"$select": "id,mail"})).json()
    rest = (await client.ask("GET", first["@odata.nextLink"], GRAPH_SCOPE)).json()
    assert [one["mail"] for one in first["value"] + rest["value"]] == [
        "claire@exemple.example",
        "denis@exemple.example",
        "yves@cabinet.example",
    ]
    assert rest["value"][0].keys() == {"id", "mail"}
    assert "@odata.nextLink" not in rest


async def test_it_installs_the_app_for_a_person_once(teams, client):
    denis = teams.user("denis").account
    path = f"users/{denis.aad}/teamwork/installedApps"
    assert (await client.graph("POST", path, ours())).status_code == 201
    assert (await create(client, "denis")).status_code == 201
    assert code(await client.graph("POST", path, ours())) == (409, "Conflict")
