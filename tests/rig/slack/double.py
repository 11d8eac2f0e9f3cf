"""A Slack workspace for tests: as strict as Slack; it signs what it sends, stores what it is told, notifies.

It answers the Web API on a loopback port, out of the documentation named in each module (`lint`, `chat`,
`conversations`, `views`, `limits`, `payloads`). The app is installed from its own manifest: a command,
shortcut or scope that is not in it does not exist here.

It does not model: threads, reactions, public channels that the bot joins, several workspaces or an
enterprise grid, OAuth, the Events API, link unfurling, Do Not Disturb, Slack's own formatting of
what people type in a form, or the hours after which it stops retrying.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import httpx

from tests.rig.slack import chat, payloads
from tests.rig.slack.faults import Fault
from tests.rig.slack.limits import Limits
from tests.rig.slack.person import NotThereError, Reply, SlackUser
from tests.rig.slack.reading import escape
from tests.rig.slack.server import Call, Server
from tests.rig.slack.socket import SocketSide
from tests.rig.slack.world import Account, Channel, Message, Notification, World

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]

TOKEN = "xoxb-double"
SIGNING_SECRET = "a-signing-secret-for-tests"


class SlackDouble:
    """The workspace; `with SlackDouble(manifest=…) as slack:` serves it.

    `deliver_to` is the app: an ASGI application, or the base URL of one that runs elsewhere. `now` is the
    hour with which requests are signed, in seconds since 1970.
    """

    def __init__(self, *, manifest: dict[str, Any], deliver_to: "ASGIApp | str | None" = None) -> None:
        self.manifest = manifest
        scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.world = World(team_id="T0CELLULE", team_domain="exemple", scopes=scopes)
        self.token = TOKEN
        self.signing_secret = SIGNING_SECRET
        self.app = deliver_to
        self.now: Callable[[], float] = time.time
        self.socket = SocketSide() if manifest.get("settings", {}).get("socket_mode_enabled") else None
        self._server = Server(self.world, token=TOKEN, socket=self.socket)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        if self.socket is not None:
            self.socket.stop()

    # The workspace

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` is set to."""
        return f"{self.world.base_url}/api/"

    def add_user(self, user_id: str, name: str, **details: Any) -> SlackUser:
        """Let somebody join; `name` is their handle, without blanks."""
        details.setdefault("real_name", name.title())
        details.setdefault("team_id", self.world.team_id)
        self.world.accounts[user_id] = Account(id=user_id, name=name, **details)
        return self.user(user_id)

    def user(self, user_id: str) -> SlackUser:
        """The client of somebody who has joined."""
        return SlackUser(self, self.world.account(user_id))

    def add_channel(self, name: str, *, members: list[str], **flags: Any) -> Channel:
        """Make a channel that people made by themselves."""
        return self.world.add_channel(name, creator=members[0], members=list(members), **flags)

    def channel(self, name: str) -> Channel:
        """A channel by its id or its name."""
        for channel in self.world.channels.values():
            if name in (channel.id, channel.name):
                return channel
        raise NotThereError(f"no channel {name}")

    @property
    def rooms(self) -> list[Channel]:
        """The channels that the app made."""
        return [one for one in self.world.channels.values() if one.creator == self.world.bot.id]

    def someone_writes(self, user_id: str, channel: str, text: str) -> Message:
        """Post a message as a person of the channel; `text` is what they typed."""
        return chat.say(self.world, self.channel(channel), user=user_id, text=escape(text), blocks=[])

    @property
    def notifications(self) -> list[Notification]:
        """Every notification so far."""
        return self.world.notifications

    # The machinery

    @property
    def calls(self) -> list[Call]:
        """Every call that the app made."""
        return self._server.calls

    @property
    def limits(self) -> Limits:
        """Slack's rate limits: off until `limits.on`."""
        return self._server.limits

    @property
    def delay(self) -> float:
        """Seconds that each call takes."""
        return self._server.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._server.delay = seconds

    def fail_next(self, method: str, **fault: Any) -> None:
        """Let the next call of a method fail: see `Fault`. `response_url` takes a `status`."""
        self._server.faults.add(method, Fault(**fault))

    def heal(self) -> None:
        """Forget the failures that have not happened yet."""
        self._server.faults.clear()

    # Between the person and the app

    def command(self, name: str) -> dict[str, Any]:
        """A slash command as the manifest declares it."""
        for command in self.manifest["features"]["slash_commands"]:
            if command["command"] == name:
                return dict(command)
        raise NotThereError(f"{name} is not a valid command")

    def shortcut(self, name: str) -> str:
        """The callback id of a message action, by the name that people see."""
        for shortcut in self.manifest["features"]["shortcuts"]:
            if shortcut["name"] == name and shortcut["type"] == "message":
                return str(shortcut["callback_id"])
        raise NotThereError(f"no message action {name!r}")

    async def deliver(
        self, body: bytes, content_type: str, *, retry: int = 0, headers: dict[str, str] | None = None
    ) -> Reply:
        """Send a request to the app, signed; `headers` stand over the genuine ones."""
        if self.socket is not None:
            said = await self.socket.deliver(body)
            return Reply(504, "", {}) if said is None else Reply(200, json.dumps(said) if said else "", {})
        signed = payloads.signed(body, self.signing_secret, at=self.now(), content_type=content_type)
        if retry:
            signed |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        if self.app is None:
            raise NotThereError("no app to deliver to")
        base = self.app if isinstance(self.app, str) else "http://cellule.test"
        transport = None if isinstance(self.app, str) else httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=base, timeout=10) as client:
            answer = await client.post("/slack/events", content=body, headers=signed | (headers or {}))
        await asyncio.sleep(0)  # as a network does, let what was begun beside the answer go on
        return Reply(answer.status_code, answer.text, {})

    def json(self, reply: Reply) -> dict[str, Any]:
        """The JSON of an answer; text alone is a message's, and nothing is nothing."""
        if reply.status != 200:
            return {"text": f"/crisis failed with the error «{reply.status}»"}
        try:
            content = json.loads(reply.text or "{}")
        except ValueError:
            return {"text": reply.text}
        return dict(content)

    def whisper(self, user: str, channel: str, content: dict[str, Any]) -> None:
        """Show the answer to a command to the one who typed it."""
        chat.whisper(self.world, user=user, channel=channel, content=content)
