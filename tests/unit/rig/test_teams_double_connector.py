"""The Teams double takes messages as the Bot Connector does, and cards as Teams does."""

import pytest
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters
from botframework.connector.aio import ConnectorClient
from msrest.authentication import BasicTokenAuthentication

from tests.rig.teams.asking import (
    Client,
    attached,
    blunder,
    card,
    code,
    create,
    execute,
    field,
    mention,
    peopled,
    submit,
)
from tests.rig.teams.lint import CARD
from tests.rig.teams.login import CONNECTOR_SCOPE
from tests.rig.teams.world import TENANT


@pytest.fixture
def teams():
    with peopled() as double:
        yield double


@pytest.fixture
def client(teams):
    return Client(teams)


# Activities and cards


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({}, "neither text nor card"),
        ({"text": "x", "colour": "red"}, "unknown colour"),
        ({"type": "shout", "text": "x"}, "a message or typing"),
        ({"text": "x", "from": {"id": "29:somebody"}}, "somebody else"),
        ({"text": "x", "serviceUrl": "https://elsewhere.example"}, "serviceUrl"),
        ({"text": "x", "attachments": [{"contentType": "text/html", "content": "x"}]}, "attachment: not"),
        ({"attachments": [{"contentType": CARD, "content": card()}]}, "summary"),
        (attached({"type": "AdaptiveCard", "version": "1.6", "body": []}), "version"),
        (attached(card({"type": "TextBlock", "text": "x", "txet": "x"})), "'txet' was unexpected"),
        (attached(card({"type": "Column", "items": []})), "no place here"),
        (attached({"version": "1.5", "body": []}), "AdaptiveCard"),
        (attached(card({"type": "TextBlock", "text": "x" * 29_000})), "too large"),
        (attached(card(actions=({"type": "Action.Http", "title": "x"},))), "action: Action.Http"),
        (attached(card(actions=({"type": "Action.Execute", "title": "x"},))), "no verb"),
        (attached(card(actions=(execute(data={"msteams": {"type": "task/fetch"}}),))), "opens no dialog"),
        (attached(card(actions=(execute(fallback={"type": "Action.Http"}),))), "Action.Http"),
        (
            attached(card(actions=({"type": "Action.OpenUrl", "title": "x", "url": "javascript:x"},))),
            "OpenUrl",
        ),
        (attached(card(actions=(submit(""),))), "no title"),
        (attached(card(field(), field())), "two inputs with one id"),
        (attached(card(field(isRequired=True))), "errorMessage"),
        (attached(card(field(value="long", maxLength=3))), "longer than maxLength"),
        (attached(card(msteams={"width": "Narrow"})), "width"),
        (attached(card(msteams={"entity": []})), "msteams: unknown"),
        (attached(card(refresh={"action": submit()})), "refresh"),
        (attached(card(refresh={"action": execute(), "userIds": ["29:1"] * 61})), "60 userIds"),
    ],
)
async def test_it_fails_a_test_that_sends_what_teams_would_not_show(teams, client, activity, said):
    chat = teams.add_chat("cell", members=["claire"])
    assert code(await client.send(chat.id, **activity)) == (400, "BadSyntax")
    assert said in blunder(teams)
    assert chat.messages == []


async def test_it_takes_a_card_with_all_that_is_allowed(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    shown = card(
        {"type": "TextBlock", "text": "<at>Claire</at> **Brief**", "wrap": True},
        field(isRequired=True, errorMessage="Needed", maxLength=10),
        actions=(
            execute(fallback=submit("Go")),
            submit(data={"msteams": {"type": "task/fetch"}}),
            {"type": "Action.ShowCard", "title": "More", "card": card(actions=(execute(),))},
            {"type": "Action.OpenUrl", "title": "Open", "url": "https://cellule.test/"},
        ),
        msteams={"width": "Full", "entities": [mention(teams, "Claire")]},
        refresh={"action": execute(), "userIds": [teams.user("claire").account.id]},
    )
    assert (await client.send(chat.id, **attached(shown))).status_code == 201


async def test_it_wants_an_entity_for_each_mention_and_a_text_for_each_entity(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    claire = teams.user("claire").account
    sent = await client.send(chat.id, text="<at>Claire</at>!", entities=[mention(teams, "Claire")])
    assert sent.status_code == 201
    assert teams.user("claire").reads(chat.messages[0]) == "@Claire!"
    for text, entities, said in (
        ("<at>Claire</at>", [], "no entity"),
        ("Claire", [mention(teams, "Claire")], "no text"),
        ("<at>Denis</at>", [mention(teams, "Denis", id="29:1nobody")], "nobody is"),
        ("<at>Claire</at>", [mention(teams, "Claire", id=claire.aad)], "29: id alone"),
    ):
        assert (await client.send(chat.id, text=text, entities=entities)).status_code == 400
        assert said in blunder(teams)


# The connector


async def test_it_sends_updates_and_deletes(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    there = f"conversations/{chat.id}/activities"
    sent = (await client.send(chat.id, text="one")).json()["id"]
    assert (await client.connector("PUT", f"{there}/{sent}", {"type": "message", "text": "two"})).json()
    assert [teams.user("claire").reads(one) for one in teams.user("claire").sees_in("cell")] == ["two"]
    assert (await client.connector("DELETE", f"{there}/{sent}")).status_code == 200
    assert teams.user("claire").sees_in("cell") == []
    gone = await client.connector("PUT", f"{there}/{sent}", {"type": "message", "text": "three"})
    assert code(gone) == (404, "ActivityNotFoundInConversation")


async def test_it_changes_no_message_of_somebody_else(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    await teams.user("claire").types("mine", where="cell")
    path = f"conversations/{chat.id}/activities/{chat.messages[0].id}"
    refused = await client.connector("PUT", path, {"type": "message", "text": "x"})
    assert code(refused) == (403, "ForbiddenOperationException")


async def test_it_writes_only_where_the_bot_is(teams, client):
    chat = teams.add_chat("cell", members=["claire"], bot_is_in=False)
    assert code(await client.send(chat.id, text="x")) == (403, "BotNotInConversationRoster")
    assert code(await client.send("19:no@thread.v2", text="x")) == (404, "ConversationNotFound")


async def test_it_makes_one_conversation_with_a_person_who_has_the_app(teams, client):
    first, second = await create(client, "claire"), await create(client, "claire")
    assert first.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    await client.send(first.json()["id"], text="hello")
    assert [one.text for one in teams.user("claire").direct_messages()] == ["hello"]
    assert code(await create(client, "denis")) == (403, "ForbiddenOperationException")
    teams.user("claire").account.blocks_the_bot = True
    assert code(await create(client, "claire")) == (403, "MessageWritesBlocked")


async def test_it_makes_no_group_by_the_connector(teams, client):
    assert (await create(client, "claire", isGroup=True)).status_code == 400
    assert "no group" in blunder(teams)


async def test_it_makes_threads_in_channels_and_keeps_replies_below(teams, client):
    team = teams.add_team("Cell", members=["claire"], channels=("alerts",))
    channel = team.channels[1]
    body = {
        "isGroup": True,
        "channelData": {"channel": {"id": channel.id}},
        "activity": {"type": "message", "text": "root"},
    }
    made = (await client.connector("POST", "conversations", body)).json()
    assert made["id"] == f"{channel.id};messageid={made['activityId']}"
    await client.send(made["id"], text="below")
    await client.send(channel.id, text="another root")
    assert [one.root for one in channel.messages] == ["", made["activityId"], ""]


async def test_it_shows_members_in_pages(teams, client):
    chat = teams.add_chat("cell", members=["claire", "yves"])
    teams.world.page_size = 1
    path = f"conversations/{chat.id}"
    page = (await client.connector("GET", f"{path}/pagedmembers")).json()
    assert [one["name"] for one in page["members"]] == ["Claire Moreau"]
    rest = await client.connector("GET", f"{path}/pagedmembers?continuationToken={page['continuationToken']}")
    assert [one["userRole"] for one in rest.json()["members"]] == ["guest"]
    assert "continuationToken" not in rest.json()
    assert len((await client.connector("GET", f"{path}/members")).json()) == 2
    claire = teams.user("claire").account
    assert (await client.connector("GET", f"{path}/members/{claire.id}")).json()["objectId"] == claire.aad
    missing = await client.connector("GET", f"{path}/members/{teams.user('denis').account.id}")
    assert code(missing) == (404, "MemberNotFoundInConversation")


async def test_it_refuses_messages_above_100_kb(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    assert code(await client.send(chat.id, text="x" * 103_000)) == (413, "MessageSizeTooBig")


async def test_it_limits_how_often_a_conversation_is_written_to(teams, client):
    chat, other = (teams.add_chat(name, members=["claire"]) for name in ("cell", "other"))
    at = [0.0]
    teams.limits.on = True
    teams.limits.now = lambda: at[0]
    for _ in range(7):
        assert (await client.send(chat.id, text="x")).status_code == 201
    refused = await client.send(chat.id, text="x")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert (await client.send(other.id, text="x")).status_code == 201
    at[0] = 1.5
    assert (await client.send(chat.id, text="x")).status_code == 201
    assert (await client.send(chat.id, text="x")).status_code == 429
    at[0] = 2.5
    assert (await client.send(chat.id, text="x")).status_code == 201


async def test_it_answers_as_microsofts_own_library_expects(teams):
    bearer = {"access_token": teams.tokens.give(CONNECTOR_SCOPE, teams.world)}
    chat = teams.add_chat("cell", members=["claire"])
    claire = teams.user("claire").account
    library = ConnectorClient(BasicTokenAuthentication(bearer), base_url=teams.service_url).conversations
    sent = await library.send_to_conversation(chat.id, Activity(type="message", text="one"))
    await library.update_activity(chat.id, sent.id, Activity(type="message", text="two"))
    below = await library.reply_to_activity(chat.id, sent.id, Activity(type="message", text="three"))
    await library.delete_activity(chat.id, below.id)
    assert [one.text for one in teams.user("claire").sees_in("cell")] == ["two"]
    assert (await library.get_conversation_member(chat.id, claire.aad)).id == claire.id
    assert len((await library.get_conversation_paged_members(chat.id)).members) == 1
    person = ConversationParameters(members=[ChannelAccount(id=claire.id)], tenant_id=TENANT)
    made = await library.create_conversation(person)
    assert made.id == teams.world.personal(claire).id
