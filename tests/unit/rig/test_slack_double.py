"""The Slack double is as strict as Slack."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.rig.slack.double import SIGNING_SECRET, SlackDouble
from tests.rig.slack.person import NotThereError
from tests.rig.slack.waiting import call_levels, eventually

SCOPES = (
    "commands chat:write groups:write groups:read groups:history "
    "users:read users:read.email im:write files:write"
)
MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [{"command": "/crisis", "should_escape": True}],
        "shortcuts": [{"name": "Open a crisis", "type": "message", "callback_id": "open_crisis"}],
    },
    "oauth_config": {"scopes": {"bot": SCOPES.split()}},
}


@pytest.fixture
def slack():
    with SlackDouble(manifest=MANIFEST) as double:
        double.add_user("U1", "lea", email="lea@exemple.example")
        double.add_user("U2", "denis")
        yield double


@pytest.fixture
def client(slack):
    return AsyncWebClient(token=slack.token, base_url=slack.api_url, retry_handlers=[])


async def refused(call) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as raised:
        await call
    return dict(raised.value.response.data)


def text_block(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}, **more}


def quote_block(text: str, **more: Any) -> dict[str, Any]:
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [quote], **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "a", **more}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons)}


def modal(**more: Any) -> dict[str, Any]:
    field = {
        "type": "input",
        "block_id": "text#1",
        "label": {"type": "plain_text", "text": "Text"},
        "element": {"type": "plain_text_input", "action_id": "v", "max_length": 10},
    }
    plain = {key: {"type": "plain_text", "text": key} for key in ("title", "submit")}
    return {"type": "modal", "blocks": [field], **plain, **more}


# Who may call, and what


async def test_it_knows_no_other_method(client):
    assert (await refused(client.api_call("chat.shout")))["error"] == "unknown_method"


async def test_it_wants_a_token(slack):
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{slack.api_url}auth.test") as answer:
            assert (await answer.json())["error"] == "not_authed"
        async with session.post(f"{slack.api_url}auth.test", data={"token": "other"}) as answer:
            assert (await answer.json())["error"] == "invalid_auth"


async def test_it_names_the_missing_scope(slack, client):
    slack.world.scopes.discard("groups:write")
    said = await refused(client.conversations_create(name="room", is_private=True))
    assert said["error"] == "missing_scope"
    assert said["needed"] == "groups:write"
    assert "chat:write" in said["provided"]


@pytest.mark.parametrize("arguments", [{}, {"channel": "U1", "text": "x", "colour": "red"}])
async def test_it_refuses_wrong_arguments(client, arguments):
    said = await refused(client.api_call("chat.postMessage", json=arguments))
    assert said["error"] == "invalid_arguments"


# Blocks


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        ([text_block("x" * 3001)], "invalid_blocks"),
        ([text_block("")], "invalid_blocks"),
        ([{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}], "invalid_blocks"),
        ([{"type": "header", "text": {"type": "plain_text", "text": ""}}], "invalid_blocks"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "invalid_blocks"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "invalid_blocks"),
        ([row(button(), button())], "invalid_blocks"),
        ([row(button(value="x" * 2001))], "invalid_blocks"),
        ([row(button(text={"type": "plain_text", "text": "x" * 76}))], "invalid_blocks"),
        ([row(button(style="loud"))], "invalid_blocks"),
        ([row()], "invalid_blocks"),
        ([text_block("x", block_id="b"), text_block("y", block_id="b")], "invalid_blocks"),
        ([{"type": "rich_text", "elements": []}], "invalid_blocks"),
        ([quote_block("")], "invalid_blocks"),
        ([quote_block("😀" * 1501)], "invalid_blocks"),
        ([{"type": "image"}], "invalid_blocks"),
        (modal()["blocks"], "invalid_blocks"),
        ([text_block("x" * 2500, block_id=str(n)) for n in range(5)], "msg_blocks_too_long"),
        ("[", "invalid_blocks_format"),
    ],
)
async def test_it_refuses_blocks_over_a_limit(client, blocks, error):
    call = client.api_call("chat.postMessage", json={"channel": "U1", "text": "x", "blocks": blocks})
    assert (await refused(call))["error"] == error


async def test_it_refuses_a_message_without_text(client):
    assert (await refused(client.api_call("chat.postMessage", json={"channel": "U1"})))["error"] == "no_text"


@pytest.mark.parametrize(
    "view",
    [
        modal(title={"type": "plain_text", "text": "x" * 25}),
        modal(submit={"type": "plain_text", "text": "x" * 25}),
        modal(private_metadata="x" * 3001),
        {key: value for key, value in modal().items() if key != "submit"},
        modal(blocks=[{"type": "divider"}] * 101),
    ],
)
async def test_it_refuses_a_dialog_over_a_limit(slack, client, view):
    call = client.views_open(trigger_id=slack.world.trigger("U1"), view=view)
    assert (await refused(call))["error"] in {"invalid_arguments", "invalid_blocks"}
    assert slack.user("U1").open_modal() is None


async def test_it_opens_one_dialog_by_a_trigger(slack, client):
    trigger = slack.world.trigger("U1")
    await client.views_open(trigger_id=trigger, view=modal())
    assert slack.user("U1").open_modal().content["title"]["text"] == "title"
    again = await refused(client.views_open(trigger_id=trigger, view=modal()))
    assert again["error"] == "exchanged_trigger_id"


async def test_it_takes_a_trigger_for_three_seconds(slack, client):
    trigger = slack.world.trigger("U1")
    user, given_at = slack.world.triggers[trigger]
    slack.world.triggers[trigger] = (user, given_at - 4)
    late = await refused(client.views_open(trigger_id=trigger, view=modal()))
    assert late["error"] == "expired_trigger_id"


# Channels


@pytest.mark.parametrize("name", ["Crise", "crise 1", "x" * 81, "é", "---"])
async def test_it_refuses_a_bad_channel_name(client, name):
    said = await refused(client.conversations_create(name=name, is_private=True))
    assert said["error"].startswith("invalid_name")


async def test_it_keeps_a_name_taken_after_archiving(client):
    made = await client.conversations_create(name="room", is_private=True)
    await client.conversations_archive(channel=made["channel"]["id"])
    again = await refused(client.conversations_create(name="room", is_private=True))
    assert again["error"] == "name_taken"


async def test_it_knows_no_private_channel_of_others(slack, client):
    secret = slack.add_channel("secret", members=["U1"], is_private=True)
    for call in (
        client.conversations_history(channel=secret.id),
        client.conversations_info(channel=secret.id),
        client.chat_postMessage(channel=secret.id, text="x"),
    ):
        assert (await refused(call))["error"] == "channel_not_found"


async def test_it_refuses_a_whole_invitation_for_one_bad_guest_without_force(client):
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    said = await refused(client.conversations_invite(channel=room, users="U1,U9"))
    assert said["error"] == "user_not_found"
    members = await client.conversations_members(channel=room)
    assert members["members"] == ["U0BOT"]


async def test_it_lets_the_others_in_with_force(client):
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    said = await client.conversations_invite(channel=room, users="U1,U9", force=True)
    assert [error["user"] for error in said["errors"]] == ["U9"]
    assert (await client.conversations_members(channel=room))["members"] == ["U0BOT", "U1"]


async def test_it_shows_nobody_a_room_that_they_are_not_in(slack, client):
    await client.conversations_create(name="room", is_private=True)
    with pytest.raises(NotThereError):
        slack.user("U1").sees_in("room")


# Messages


async def test_it_wants_fresh_block_ids_for_an_update(client):
    said = await client.chat_postMessage(channel="U1", text="x", blocks=[text_block("x", block_id="b")])
    again = client.chat_update(
        channel=said["channel"], ts=said["ts"], text="x", blocks=[text_block("y", block_id="b")]
    )
    assert (await refused(again))["error"] == "invalid_blocks"


async def test_it_keeps_rich_text_rich_text(client):
    said = await client.chat_postMessage(channel="U1", text="x", blocks=[quote_block("x")])
    other = client.chat_update(channel=said["channel"], ts=said["ts"], text="x", blocks=[text_block("y")])
    assert (await refused(other))["error"] == "block_mismatch"
    await client.chat_update(channel=said["channel"], ts=said["ts"], text="x", blocks=[quote_block("y")])


async def test_it_updates_only_the_apps_own_messages(slack, client):
    room = slack.add_channel("room", members=["U1", "U0BOT"], is_private=True)
    message = slack.someone_writes("U1", "room", "hello")
    said = await refused(client.chat_update(channel=room.id, ts=message.ts, text="x"))
    assert said["error"] == "cant_update_message"


async def test_it_finds_no_deleted_message(client):
    said = await client.chat_postMessage(channel="U1", text="x")
    await client.chat_delete(channel=said["channel"], ts=said["ts"])
    gone = await refused(client.chat_update(channel=said["channel"], ts=said["ts"], text="y"))
    assert gone["error"] == "message_not_found"


async def test_it_shows_metadata_when_asked_for_them(slack, client):
    slack.world.scopes.add("im:history")
    mark = {"event_type": "cellule", "event_payload": {"mark": "m1"}}
    said = await client.chat_postMessage(channel="U1", text="x", metadata=mark)
    seen = await client.conversations_history(channel=said["channel"], include_all_metadata=True)
    assert seen["messages"][0]["metadata"] == mark
    plain = await client.conversations_history(channel=said["channel"])
    assert "metadata" not in plain["messages"][0]


async def test_it_wants_its_own_scope_for_a_direct_history(client):
    said = await client.chat_postMessage(channel="U1", text="x")
    blind = await refused(client.conversations_history(channel=said["channel"]))
    assert blind["needed"] == "im:history"


async def test_it_notifies_those_who_are_mentioned_and_inside(slack, client):
    room = slack.add_channel("room", members=["U1", "U0BOT"], is_private=True)
    await client.chat_postMessage(channel=room.id, text="ping <@U1> <@U2>")
    assert [note.user for note in slack.notifications] == ["U1"]
    assert slack.user("U1").notified() == ["ping @lea @denis"] * 2


async def test_it_calls_everybody_by_a_broadcast(slack, client):
    room = slack.add_channel("room", members=["U1", "U2", "U0BOT"], is_private=True)
    await client.chat_postMessage(channel=room.id, text="x", blocks=[quote_block("<!channel> @U1")])
    assert slack.notifications == []
    await client.chat_postMessage(channel=room.id, text="<!channel>")
    assert {note.user for note in slack.notifications} == {"U1", "U2"}


async def test_it_shows_the_first_block_on_desktops_and_the_text_on_phones(slack, client):
    await client.chat_postMessage(channel="U1", text="neutral", blocks=[quote_block("their words")])
    assert slack.user("U1").notified() == ["neutral", "> their words"]


async def test_it_tells_only_a_member_in_private(slack, client):
    room = slack.add_channel("room", members=["U1", "U0BOT"], is_private=True)
    await client.chat_postEphemeral(channel=room.id, user="U1", text="only you")
    assert [said.text for said in slack.user("U1").ephemerals()] == ["only you"]
    other = await refused(client.chat_postEphemeral(channel=room.id, user="U2", text="x"))
    assert other["error"] == "user_not_in_channel"
    assert slack.user("U1").sees_in("room") == []


async def test_it_takes_a_file_whole_or_not_at_all(slack, client):
    room = slack.add_channel("room", members=["U1", "U0BOT"], is_private=True)
    given = await client.api_call("files.getUploadURLExternal", data={"filename": "log.txt", "length": 3})
    async with aiohttp.ClientSession() as session:
        async with session.post(given["upload_url"], data=b"too long") as answer:
            assert answer.status == 400
        early = client.api_call(
            "files.completeUploadExternal", json={"files": [{"id": given["file_id"]}], "channel_id": room.id}
        )
        assert (await refused(early))["error"] == "file_not_found"
        async with session.post(given["upload_url"], data=b"abc") as answer:
            assert answer.status == 200
    await client.api_call(
        "files.completeUploadExternal", json={"files": [{"id": given["file_id"]}], "channel_id": room.id}
    )
    assert slack.user("U1").sees_in("room")[0].files[0]["content"] == b"abc"


# People


async def test_it_finds_people_by_address(client):
    assert (await client.users_lookupByEmail(email="LEA@exemple.example"))["user"]["id"] == "U1"
    assert (await refused(client.users_lookupByEmail(email="no@exemple.example")))[
        "error"
    ] == "users_not_found"


# Limits and failures


async def test_it_refuses_calls_once_a_tier_has_run_out(slack, client):
    slack.limits.on = True
    for number in range(20):
        await client.conversations_create(name=f"room-{number}", is_private=True)
    with pytest.raises(SlackApiError) as raised:
        await client.conversations_create(name="one-more", is_private=True)
    assert raised.value.response.status_code == 429
    assert int(raised.value.response.headers["Retry-After"]) == 3
    await client.users_info(user="U1")


async def test_it_takes_five_messages_at_once_in_a_channel(slack, client):
    slack.limits.on = True
    for _ in range(5):
        await client.chat_postMessage(channel="U1", text="x")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel="U1", text="x")
    assert raised.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="U2", text="x")


async def test_it_may_have_done_what_a_cut_connection_asked(slack, client):
    slack.fail_next("chat.postMessage", cut_before=True)
    slack.fail_next("chat.postMessage", cut_after=True)
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel="U1", text="x")
    assert len(slack.user("U1").direct_messages()) == 1


async def test_it_fails_as_often_as_asked(slack, client):
    slack.fail_next("auth.test", error="internal_error", times=2)
    slack.fail_next("auth.test", status=502)
    for code in (200, 200, 502):
        with pytest.raises(SlackApiError) as raised:
            await client.auth_test()
        assert raised.value.response.status_code == code
    assert (await client.auth_test())["ok"]


async def test_it_times_calls(slack, client):
    slack.delay = 0.02
    await client.auth_test()
    await client.auth_test()
    assert all(call.ended - call.started >= 0.02 for call in slack.calls)
    assert call_levels(slack.calls) == 2


# The person's side


def echo_app(received: list[tuple[Request, bytes]], answer: dict[str, Any]) -> Starlette:
    async def events(request: Request) -> Response:
        received.append((request, await request.body()))
        return JSONResponse(answer) if answer else Response()

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def test_it_signs_a_command_and_shows_its_answer(slack):
    received: list[tuple[Request, bytes]] = []
    slack.app = echo_app(received, {"response_type": "ephemeral", "text": "done"})
    await slack.user("U1").command("/crisis role lawyer @denis <b>")
    request, body = received[0]
    assert SignatureVerifier(SIGNING_SECRET).is_valid_request(body, dict(request.headers))
    form = dict(await Request(request.scope, _replay(body)).form())
    assert form["text"] == "role lawyer <@U2|denis> &lt;b&gt;"
    assert slack.user("U1").ephemerals()[0].text == "done"


async def test_it_offers_no_unknown_command(slack):
    with pytest.raises(NotThereError):
        await slack.user("U1").command("/other")


async def test_it_refuses_in_a_form_what_slack_would(slack, client):
    received: list[tuple[Request, bytes]] = []
    slack.app = echo_app(received, {})
    await client.views_open(trigger_id=slack.world.trigger("U1"), view=modal())
    lea = slack.user("U1")
    for wrong in ({}, {"Text": "x" * 11}, {"Text": "x", "Other": "y"}):
        with pytest.raises(NotThereError):
            await lea.submit(lea.open_modal(), wrong)
    await lea.submit(lea.open_modal(), {"Text": "fine"})
    assert len(received) == 1
    assert lea.open_modal() is None


async def test_it_keeps_a_refused_form_open_with_its_errors(slack, client):
    slack.app = echo_app([], {"response_action": "errors", "errors": {"text#1": "No."}})
    await client.views_open(trigger_id=slack.world.trigger("U1"), view=modal())
    lea = slack.user("U1")
    dialog = lea.open_modal()
    reply = await lea.submit(dialog, {"text": "x"})
    assert reply.errors == {"Text": "No."}
    assert lea.open_modal() is dialog


async def test_it_reads_buttons_from_the_current_message(slack, client):
    received: list[tuple[Request, bytes]] = []
    slack.app = echo_app(received, {})
    said = await client.chat_postMessage(channel="U1", text="x", blocks=[row(button(value="1"))])
    lea = slack.user("U1")
    message = lea.direct_messages()[0]
    await lea.press("Go", on=message)
    await client.chat_update(channel=said["channel"], ts=said["ts"], text="x", blocks=[text_block("done")])
    with pytest.raises(NotThereError):
        await lea.press("Go", on=message)
    await lea.repeat()
    assert len(received) == 2
    assert received[0][1] == received[1][1]
    assert received[1][0].headers["x-slack-retry-num"] == "1"


async def test_it_takes_five_answers_at_a_response_url(slack):
    url = slack.world.response_url(user="U1", channel="C1")
    async with aiohttp.ClientSession() as session:
        for expected in (200, 200, 200, 200, 200, 404):
            async with session.post(url, json={"text": "hello"}) as answer:
                assert answer.status == expected
    assert len(slack.user("U1").ephemerals()) == 5


async def test_it_stops_waiting_when_the_awaited_happens(slack, client):
    await client.chat_postMessage(channel="U1", text="x")
    await eventually(slack.user("U1").direct_messages)
    with pytest.raises(AssertionError):
        await eventually(lambda: False, within=0.01)


def _replay(body: bytes):
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
