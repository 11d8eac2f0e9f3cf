"""People of the Teams double see and do what Teams lets them."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.rig.teams.asking import (
    Client,
    Received,
    attached,
    card,
    dialog,
    execute,
    field,
    mention,
    peopled,
    posted,
    recording,
    submit,
)
from tests.rig.teams.filling import NotThereError
from tests.rig.teams.lint import CARD
from tests.rig.teams.world import BOT


@pytest.fixture
def teams():
    with peopled() as double:
        yield double


@pytest.fixture
def client(teams):
    return Client(teams)


# The person's side


async def test_it_mentions_the_bot_in_what_people_type(teams):
    received: Received = []
    teams.app = recording(received)
    teams.add_chat("cell", members=["claire"])
    await teams.user("claire").command("crisis open", where="cell")
    assert await teams.user("claire").types("just talking", where="cell") is None
    await teams.user("claire").command("crisis help")
    assert [one["text"] for one in received] == ["<at>Cellule</at> crisis open\n", "crisis help"]
    assert received[0]["entities"][0]["mentioned"]["id"] == BOT
    assert received[0]["from"]["aadObjectId"] == teams.user("claire").account.aad
    assert [one["conversation"]["conversationType"] for one in received] == ["groupChat", "personal"]


async def test_it_begins_a_thread_with_what_is_typed_in_a_channel(teams):
    received: Received = []
    teams.app = recording(received)
    team = teams.add_team("Cell", members=["claire"])
    await teams.user("claire").command("crisis open", where="General")
    assert received[0]["conversation"]["id"] == f"{team.channels[0].id};messageid={received[0]['id']}"
    assert received[0]["channelData"]["team"]["aadGroupId"] == team.id


async def test_it_refreshes_a_pressed_card_for_the_presser_until_it_is_updated(teams, client):
    fresh = card({"type": "TextBlock", "text": "Yours"})
    received: Received = []
    teams.app = recording(received, {"statusCode": 200, "type": CARD, "value": fresh})
    message = await posted(client, card(actions=(execute(data={"card": "1"}),)))
    claire, denis = teams.user("claire"), teams.user("denis")
    await claire.press("Go", on=message)
    assert received[0]["name"] == "adaptiveCard/action"
    assert received[0]["replyToId"] == message.id
    pressed = {"type": "Action.Execute", "title": "Go", "verb": "go", "data": {"card": "1"}}
    assert received[0]["value"] == {"action": pressed, "trigger": "manual"}
    assert (claire.reads(message), denis.reads(message)) == ("Yours", "Hello\n[Go]")
    with pytest.raises(NotThereError):
        await claire.press("Go", on=message)
    path = f"conversations/{message.conversation}/activities/{message.id}"
    await client.connector("PUT", path, {"type": "message", **attached(card())})
    assert claire.reads(message) == denis.reads(message) == "Hello"


async def test_it_shows_a_message_or_a_failure_to_the_presser_alone(teams, client):
    message = await posted(client, card(actions=(execute(),)))
    claire = teams.user("claire")
    toast = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Not you."}
    teams.app = recording([], toast)
    await claire.press("Go", on=message)
    teams.app = recording([], status=500)
    await claire.press("Go", on=message)
    assert claire.toasts() == ["Not you.", "Something went wrong. Please try again."]
    assert teams.user("denis").toasts() == []


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"value": "x"},
        {"statusCode": 200, "type": CARD, "value": {"type": "AdaptiveCard"}},
        {"statusCode": 200, "type": "text/plain", "value": "x"},
        {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": "x"},
    ],
)
async def test_it_fails_a_test_that_answers_a_press_with_what_no_client_shows(teams, client, answer):
    message = await posted(client, card(actions=(execute(),)))
    teams.app = recording([], answer)
    with pytest.raises(AssertionError, match="adaptiveCard/action"):
        await teams.user("claire").press("Go", on=message)


async def test_it_sends_a_submit_as_a_message_with_its_fields(teams, client):
    received: Received = []
    teams.app = recording(received)
    message = await posted(client, card(field(), actions=(submit(data={"a": "b"}),)))
    await teams.user("claire").press("Send", on=message, filled={"Text": "typed"})
    assert received[0]["value"] == {"a": "b", "text#1": "typed"}
    assert "text" not in received[0]
    with pytest.raises(NotThereError):
        await teams.user("claire").press("Send", on=message, filled={"Other": "typed"})


async def test_it_opens_fills_and_closes_a_dialog(teams, client):
    received: Received = []
    needed = field(isRequired=True, errorMessage="Needed", maxLength=5)
    teams.app = recording(received, dialog(needed))
    message = await posted(
        client, card(actions=(submit(data={"msteams": {"type": "task/fetch"}, "a": "b"}),))
    )
    claire = teams.user("claire")
    await claire.press("Send", on=message)
    form = claire.open_dialog()
    assert claire.reads(form) == "Form\nText: ____\n[Send]"
    for wrong in ({}, {"Text": "too long"}, {"Text": "x", "Other": "y"}):
        with pytest.raises(NotThereError):
            await claire.submit(form, wrong)
    teams.app = recording(received, {"task": {"type": "message", "value": "Thank you"}})
    await claire.submit(form, {"Text": "fine"})
    assert [one["name"] for one in received] == ["task/fetch", "task/submit"]
    assert received[0]["value"]["data"]["a"] == "b"
    assert received[1]["value"]["data"] == {"text#1": "fine"}
    assert claire.open_dialog() is None
    assert claire.toasts() == ["Thank you"]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        dialog(title=""),
        dialog(title="x" * 65),
        dialog(height="huge"),
        dialog(colour="red"),
        {"task": {"type": "continue", "value": {"title": "x", "card": card()}}},
        {"task": {"type": "other", "value": "x"}},
    ],
)
async def test_it_fails_a_test_that_opens_a_dialog_that_no_client_shows(teams, client, answer):
    message = await posted(client, card(actions=(submit(data={"msteams": {"type": "task/fetch"}}),)))
    teams.app = recording([], answer)
    with pytest.raises(AssertionError, match="task/fetch"):
        await teams.user("claire").press("Send", on=message)


async def test_it_shows_a_message_to_a_message_action(teams):
    received: Received = []
    teams.app = recording(received, dialog(field()))
    chat = teams.add_chat("cell", members=["claire"])
    claire = teams.user("claire")
    await claire.types("<b> worrying", where="cell")
    await claire.message_action("Open a crisis", chat.messages[0])
    teams.app = recording(received)
    await claire.submit(claire.open_dialog(), {"Text": "x"})
    fetched, sent = received
    assert [one["name"] for one in received] == [
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
    ]
    assert fetched["value"]["messagePayload"]["body"]["content"] == "<p>&lt;b&gt; worrying</p>"
    assert sent["value"]["messagePayload"]["from"]["user"]["id"] == claire.account.aad
    assert sent["value"]["commandId"] == "open_crisis"
    with pytest.raises(NotThereError):
        await claire.message_action("Other", chat.messages[0])


async def test_it_refreshes_by_itself_for_those_who_are_named(teams, client):
    received: Received = []
    teams.app = recording(received, {"statusCode": 200, "type": CARD, "value": card()})
    userids = [teams.user("claire").account.id]
    message = await posted(client, card(refresh={"action": execute(), "userIds": userids}))
    assert await teams.user("denis").comes_by(message) is None
    await teams.user("claire").comes_by(message)
    assert [one["value"]["trigger"] for one in received] == ["automatic"]


async def test_it_notifies_everybody_in_a_chat_and_only_the_mentioned_in_a_channel(teams, client):
    chat = teams.add_chat("cell", members=["claire", "denis"])
    team = teams.add_team("Cell", members=["claire", "denis"])
    await client.send(chat.id, **attached(card()))
    await client.send(
        team.channels[0].id, text="<at>Claire</at>", summary="ping", entities=[mention(teams, "Claire")]
    )
    assert teams.user("claire").notified() == ["A card", "ping"]
    assert teams.user("denis").notified() == ["A card"]


async def test_it_sends_the_same_activity_again(teams):
    received: Received = []
    teams.app = recording(received)
    claire = teams.user("claire")
    await claire.command("crisis help")
    await claire.repeat()
    assert received[0] == received[1]


async def test_it_tells_the_app_who_comes_and_goes(teams):
    received: Received = []
    teams.app = recording(received)
    teams.add_chat("cell", members=["claire"], bot_is_in=False)
    with pytest.raises(NotThereError):
        await teams.user("claire").command("crisis help", where="cell")
    await teams.installs("cell", by="claire")
    await teams.adds("denis", to="cell", by="claire")
    await teams.takes_out("denis", of="cell", by="denis")
    await teams.removes("cell", by="claire")
    told = [one.get("action") or next(key for key in one if key.startswith("members")) for one in received]
    assert told == [
        "membersAdded",
        "add",
        "membersAdded",
        "membersRemoved",
        "membersRemoved",
        "remove",
    ]


async def test_it_unfolds_what_stands_below_a_button(teams, client):
    received: Received = []
    teams.app = recording(received, {"statusCode": 200, "type": CARD, "value": card()})
    hidden = {"type": "TextBlock", "id": "words", "text": "*long*", "isVisible": False}
    show = {"type": "Action.ToggleVisibility", "title": "Read", "targetElements": ["words"]}
    ask = {"type": "AdaptiveCard", "body": [field(id="why")], "actions": [execute("Yes")]}
    unfold = {"type": "Action.ShowCard", "title": "Close…", "card": ask}
    message = await posted(client, card(hidden, field(label="Outer"), actions=(show, unfold)))
    claire = teams.user("claire")
    assert claire.buttons(message) == ["Read", "Close…", "Yes"]
    await claire.press("Read", on=message)
    assert claire.reads(message) == "long\nOuter: ____\n[Read] [Close…]"
    assert "long" not in teams.user("denis").reads(message)
    await claire.press("Yes", on=message, filled={"why": "over", "Outer": "typed"})
    assert received[0]["value"]["action"]["data"] == {"why": "over", "text#1": "typed"}


async def test_it_sends_choices_and_ticks_as_teams_does(teams, client):
    received: Received = []
    teams.app = recording(received)
    choices = [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}]
    one = {"type": "Input.ChoiceSet", "id": "one", "label": "Which", "choices": choices}
    many = {"type": "Input.ChoiceSet", "id": "many", "isMultiSelect": True, "choices": choices}
    tick = {"type": "Input.Toggle", "id": "tick", "title": "Sure"}
    message = await posted(client, card(one, many, tick, actions=(submit(),)))
    claire = teams.user("claire")
    await claire.press("Send", on=message)
    await claire.press("Send", on=message, filled={"Which": "Two", "many": ["One", "2"], "Sure": True})
    assert [told["value"] for told in received] == [
        {"tick": "false"},
        {"one": "2", "many": "1,2", "tick": "true"},
    ]
    with pytest.raises(NotThereError):
        await claire.press("Send", on=message, filled={"Which": "Three"})


async def test_it_reads_markdown_as_it_is_drawn(teams, client):
    chat = teams.add_chat("cell", members=["claire"])
    text = "**Brief** for _you_: [the page](https://cellule.test/) \\*as it is\\* a_b_c 2 \\< 3"
    await client.send(chat.id, text=text)
    assert teams.user("claire").reads(chat.messages[0]) == "Brief for you: the page *as it is* a_b_c 2 < 3"


async def test_it_lets_nobody_press_another_apps_card_for_this_one(teams):
    teams.add_chat("cell", members=["claire"])
    message = teams.other_app_posts("cell", card(actions=(execute(),)))
    with pytest.raises(NotThereError):
        await teams.user("claire").press("Go", on=message)


async def test_it_delivers_anything_with_any_headers(teams):
    seen = []

    async def messages(request: Request) -> Response:
        seen.append((request.headers.get("authorization"), request.headers["content-type"]))
        return Response(status_code=401)

    teams.app = Starlette(routes=[Route("/api/messages", messages, methods=["POST"])])
    reply = await teams.deliver(b"rubbish", bearer="", headers={"Content-Type": "text/plain"})
    assert (reply.status, seen) == (401, [(None, "text/plain")])
