"""One call to Slack's Web API, and what its failure means.

Every argument travels in the body: the SDK's own methods put some into the address, which ends in proxies'
logs. Nothing is retried here: the outbox does it, and knows what was perhaps done.
"""

import json
import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.pace import Pace
from adapters.slack.texts import Json
from bot.ports import Ambiguous, Denied, GatewayError, Gone, RateLimited, Unreachable

TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=3)
"""Seconds."""

REPEATABLE = frozenset(
    {
        "auth.test",
        "conversations.history",
        "conversations.members",
        "conversations.open",
        "users.conversations",
        "users.info",
        "users.lookupByEmail",
    }
)
"""Doing these twice changes nothing: when one was perhaps done, it counts as not done."""

_GONE = frozenset(
    {"channel_not_found", "edit_window_closed", "is_archived", "is_inactive", "message_not_found"}
)
_BROKEN = frozenset({"request_timeout", "service_unavailable", "team_added_to_org"})
# «It's possible some aspect of the operation succeeded before the error was raised.» (Slack, of both)
_PERHAPS = frozenset({"fatal_error", "internal_error"})
_TOO_MANY = frozenset({"rate_limited", "ratelimited"})
_TOLD_APART_BY = ("channel", "ts", "name", "user", "email")
_DEFAULT_WAIT = 10.0
_SERVICE_UNAVAILABLE = 503
_SERVER_ERROR = 500


class Refusal(Denied):
    """Slack said no; `answer` is all that it said."""

    def __init__(self, code: str, answer: Json) -> None:
        super().__init__(code)
        self.answer = answer


class Calls:
    """Calls Slack at the pace that it allows. `session` is shared by all calls and set by `start`."""

    def __init__(self, *, token: str, api_url: str, pace: Pace) -> None:
        self._pace = pace
        # The SDK writes whole messages into its debug log, and prepares to unless its logger has a level.
        quiet = logging.getLogger("adapters.slack.sdk")
        quiet.setLevel(logging.WARNING)
        self._client = AsyncWebClient(token=token, base_url=api_url, retry_handlers=[], logger=quiet)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open connections. Raises `RuntimeError` before `start`."""
        if self._client.session is None:
            raise RuntimeError("the Slack adapter was not started")
        return self._client.session

    async def start(self) -> None:
        self._client.session = aiohttp.ClientSession(timeout=TIMEOUT)

    async def stop(self) -> None:
        await self.session.close()

    async def __call__(self, method: str, *, posts_to: str | None = None, **arguments: object) -> Json:
        """Call a method; None is left out. `posts_to` is the channel whose pace it shares.

        Raises `GatewayError`.
        """
        about = tuple(arguments.get(name) for name in _TOLD_APART_BY)
        self._pace.take(method, channel=posts_to, about=about)
        form = {name: _written(value) for name, value in arguments.items() if value is not None}
        try:
            response = await self._client.api_call(method, data=form)
        except SlackApiError as refused:
            failure = self._meaning(method, refused)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failed:
            failure = Unreachable(type(failed).__name__)
        except (aiohttp.ClientError, TimeoutError) as failed:
            failure = _perhaps_done(method, type(failed).__name__)
        else:
            return dict(response.data) if isinstance(response.data, dict) else {}
        raise failure

    async def send(self, url: str, *, data: bytes | None = None, json: Json | None = None) -> None:
        """Send a file or a message to an address that Slack gave for it. Raises `Unreachable`."""
        try:
            async with self.session.post(url, data=data, json=json) as response:
                if not response.ok:
                    raise Unreachable(f"http_{response.status}")
        except (aiohttp.ClientError, TimeoutError) as failed:
            raise Unreachable(type(failed).__name__) from failed

    def _meaning(self, method: str, refused: SlackApiError) -> GatewayError:
        response = refused.response
        if not isinstance(response, AsyncSlackResponse):
            return _perhaps_done(method, "unreadable")
        answer = response.data if isinstance(response.data, dict) else {}
        code = str(answer.get("error", f"http_{response.status_code}"))
        if code in _TOO_MANY:
            wait = _seconds(response.headers.get("Retry-After"))
            self._pace.hold(method, wait)
            return RateLimited(code, retry_after=wait)
        if code in _GONE:
            return Gone(code)
        if code in _BROKEN or response.status_code == _SERVICE_UNAVAILABLE:
            return Unreachable(code)
        if code in _PERHAPS or response.status_code >= _SERVER_ERROR:
            return _perhaps_done(method, code)
        return Refusal(code, answer)


def _perhaps_done(method: str, code: str) -> GatewayError:
    return Unreachable(code) if method in REPEATABLE else Ambiguous(code)


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else _DEFAULT_WAIT


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
