"""Nothing that Slack did not sign, and nothing unreadable, changes anything or ends in a server error."""

import json
import time
from urllib.parse import quote_plus, urlencode

import pytest

from tests.rig.slack.payloads import interactive, signed
from tests.rig.slack.service import ScriptedCore, double, served

FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode({"command": "/crisis", "text": "help", "user_id": "U01LEA", "channel_id": "C1"}).encode()

SSL_CHECK = b"ssl_check=1&token=x"


@pytest.fixture
def slack():
    with double() as running:
        yield running


@pytest.fixture
def core():
    return ScriptedCore()


@pytest.fixture
async def adapter(slack, core):
    async with served(slack, core) as running:
        yield running


@pytest.mark.usefixtures("adapter")
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": str(int(time.time()) - 1000)},
        {"X-Slack-Request-Timestamp": str(int(time.time()) + 1000)},
    ],
)
async def test_it_refuses_a_forged_request(slack, core, headers):
    encoded = {name: value.encode() for name, value in headers.items()}
    reply = await slack.deliver(COMMAND, FORM, headers=encoded)
    assert reply.status == 401
    assert core.asked == []


@pytest.mark.usefixtures("adapter")
@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-310, 401)])
async def test_it_takes_a_genuine_request_for_five_minutes(slack, age, status):
    headers = signed(SSL_CHECK, slack.signing_secret, at=time.time() - age, content_type=FORM)
    assert (await slack.deliver(SSL_CHECK, FORM, headers=headers)).status == status


@pytest.mark.usefixtures("adapter")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"payload=%7B", 400),
        (b"payload=" + quote_plus("[1]").encode(), 400),
        (b"payload=" + b"[" * 100_000, 400),
        (b"{", 400),
        (b"{" * 100_000, 400),
        (b"hello=there", 400),
        (b"a" * 1_100_000, 413),
    ],
)
async def test_it_refuses_what_nobody_can_read(slack, core, body, status):
    assert (await slack.deliver(body, FORM)).status == status
    assert core.asked == []


@pytest.mark.usefixtures("adapter")
@pytest.mark.parametrize(
    "payload",
    [
        {"type": "dialog_submission", "callback_id": "x"},
        {"type": "message_action", "callback_id": "other"},
        {"type": "shortcut", "callback_id": "other"},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
        {"type": "nothing"},
        {},
    ],
)
async def test_it_finds_nothing_for_what_is_not_for_us(slack, core, payload):
    assert (await slack.deliver(interactive(payload), FORM)).status == 404
    assert core.asked == []


@pytest.mark.usefixtures("adapter")
@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "user": {"id": "U01LEA"}, "actions": [{}]},
        {"type": "block_actions", "user": {"id": "U01LEA"}, "actions": []},
        {"type": "block_actions", "user": [], "actions": [{"action_id": "x"}]},
        {"type": "block_actions", "team": "none", "user": "none", "actions": "none"},
        {"type": "view_submission", "view": "none"},
        {"type": "view_submission", "user": {"id": "U01LEA"}, "view": {"callback_id": "form"}},
        {"type": "message_action", "callback_id": "open_crisis", "user": {"id": "U01LEA"}},
    ],
)
async def test_it_meets_no_server_error_when_a_genuine_request_lacks_something(slack, core, payload):
    reply = await slack.deliver(interactive(payload), FORM)
    assert reply.status < 500
    assert core.asked == []


@pytest.mark.usefixtures("adapter")
async def test_it_answers_a_certificate_check(slack):
    assert (await slack.deliver(SSL_CHECK, FORM)).status == 200


@pytest.mark.usefixtures("adapter")
async def test_it_lets_slack_verify_the_address(slack):
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    reply = await slack.deliver(body, "application/json")
    assert json.loads(reply.text) == {"challenge": "abc"}
