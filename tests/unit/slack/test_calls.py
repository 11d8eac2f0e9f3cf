"""What a failure of Slack means."""

import socket

import pytest

from adapters.slack.calls import Calls, Refusal
from adapters.slack.pace import Pace
from bot.ports import Ambiguous, Denied, Gone, RateLimited, Unreachable
from tests.rig.slack.service import double


@pytest.fixture
def slack():
    with double() as running:
        yield running


@pytest.fixture
async def calls(slack):
    made = Calls(token=slack.token, api_url=slack.api_url, pace=Pace())
    await made.start()
    yield made
    await made.stop()


@pytest.mark.parametrize(
    ("fault", "meaning", "code"),
    [
        ({"error": "message_not_found"}, Gone, "message_not_found"),
        ({"error": "channel_not_found"}, Gone, "channel_not_found"),
        ({"error": "not_in_channel"}, Denied, "not_in_channel"),
        ({"error": "something_new"}, Denied, "something_new"),
        ({"error": "internal_error"}, Ambiguous, "internal_error"),
        ({"error": "fatal_error"}, Ambiguous, "fatal_error"),
        ({"error": "service_unavailable"}, Unreachable, "service_unavailable"),
        ({"status": 500}, Ambiguous, "http_500"),
        ({"status": 502}, Ambiguous, "http_502"),
        ({"status": 503}, Unreachable, "http_503"),
        ({"status": 403}, Denied, "http_403"),
        ({"cut_before": True}, Ambiguous, "ServerDisconnectedError"),
        ({"cut_after": True}, Ambiguous, "ServerDisconnectedError"),
    ],
)
async def test_it_says_what_a_failed_post_means(slack, calls, fault, meaning, code):
    slack.fail_next("chat.postMessage", **fault)
    with pytest.raises(meaning) as raised:
        await calls("chat.postMessage", channel="U01LEA", text="x")
    assert raised.value.code == code


async def test_it_takes_a_question_without_an_answer_for_unanswered(slack, calls):
    for fault in ({"cut_after": True}, {"status": 500}, {"error": "internal_error"}):
        slack.fail_next("users.info", **fault)
        with pytest.raises(Unreachable):
            await calls("users.info", user="U01LEA")


async def test_it_knows_that_nothing_was_done_when_nobody_is_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        calls = Calls(token="xoxb", api_url=f"http://127.0.0.1:{taken.getsockname()[1]}/api/", pace=Pace())
        await calls.start()
        with pytest.raises(Unreachable):
            await calls("chat.postMessage", channel="C1", text="x")
        await calls.stop()


async def test_it_holds_calls_back_as_long_as_slack_says(slack, calls):
    slack.fail_next("chat.update", ratelimited=7)
    with pytest.raises(RateLimited) as raised:
        await calls("chat.update", channel="C1", ts="1", text="x")
    assert raised.value.retry_after == 7
    before = len(slack.calls)
    with pytest.raises(RateLimited) as held:
        await calls("chat.update", channel="C1", ts="1", text="x")
    assert 6 < held.value.retry_after <= 7
    assert len(slack.calls) == before


async def test_it_names_a_missing_scope(slack, calls):
    slack.world.scopes.discard("groups:write")
    with pytest.raises(Refusal) as raised:
        await calls("conversations.create", name="x", is_private=True)
    assert raised.value.code == "missing_scope"
    assert raised.value.answer["needed"] == "groups:write"


async def test_it_repeats_nothing_by_itself(slack, calls):
    slack.fail_next("chat.postMessage", cut_after=True)
    with pytest.raises(Ambiguous):
        await calls("chat.postMessage", channel="U01LEA", text="x")
    assert len(slack.user("U01LEA").direct_messages()) == 1


async def test_it_puts_no_argument_in_an_address(slack, calls):
    await calls("users.lookupByEmail", email="lea@exemple.example")
    await calls("conversations.create", name="crise-2026-014-fe", is_private=True)
    assert {call.query for call in slack.calls} == {""}


async def test_it_says_that_a_call_before_the_start_is_a_mistake(slack):
    with pytest.raises(RuntimeError, match="not started"):
        _ = Calls(token=slack.token, api_url=slack.api_url, pace=Pace()).session


async def test_it_never_makes_slack_refuse_for_the_pace(slack, calls):
    slack.limits.on = True
    for method, arguments in (
        ("conversations.create", {"is_private": True}),
        ("chat.postMessage", {"channel": "U01LEA", "posts_to": "U01LEA", "text": "x"}),
    ):
        codes = []
        for number in range(40):
            name = {"name": f"room-{number}"} if "create" in method else {}
            try:
                await calls(method, **arguments, **name)
            except RateLimited as limited:
                codes.append(limited.code)
        assert set(codes) == {"paced"}
    assert "ratelimited" not in {call.outcome for call in slack.calls}
