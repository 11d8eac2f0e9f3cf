"""The double's technical side: where it is, how it signs, what it was asked, and what it lets fail."""

import json
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.rig.teams import payloads
from tests.rig.teams.delivery import ASGIApp, Delivery, Reply
from tests.rig.teams.faults import Fault
from tests.rig.teams.keys import Keys
from tests.rig.teams.limits import Limits
from tests.rig.teams.login import Tokens
from tests.rig.teams.routes import OPERATIONS
from tests.rig.teams.server import Call, Server
from tests.rig.teams.world import APP_ID, CATALOG_APP_ID, SECRET, TENANT, Event, Json, World


class Machinery:
    """The cloud without its people."""

    def __init__(self, *, deliver_to: ASGIApp | str | None = None) -> None:
        self.world = World()
        self.world.tell = self._tell
        self._delivery = Delivery()
        self._delivery.app = deliver_to
        self._server = Server(self.world)
        self.now: Callable[[], float] = time.time
        self._server.tokens.now = lambda: self.now()  # noqa: PLW0108  (a test moves `now` later)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        if raised is None and self.errors:
            raise AssertionError("the app sent what it should not:\n" + "\n".join(self.errors))

    # What the app is configured with

    @property
    def settings(self) -> dict[str, str]:
        """The settings that lead the app here, by the names of their environment variables."""
        base = self.world.base_url
        return {
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_PASSWORD": SECRET,
            "MICROSOFT_APP_TENANT_ID": TENANT,
            "TEAMS_OPENID_METADATA_URL": f"{base}/v1/.well-known/openidconfiguration",
            "TEAMS_LOGIN_URL": f"{base}/login",
            "TEAMS_GRAPH_URL": self.world.graph_url,
            "TEAMS_SERVICE_URL_HOSTS": urlsplit(base).netloc,
            "TEAMS_CATALOG_APP_ID": CATALOG_APP_ID,
        }

    @property
    def service_url(self) -> str:
        """Where the connector is; every activity says so."""
        return self.world.service_url

    @property
    def app(self) -> ASGIApp | str | None:
        """The app to which everything is delivered."""
        return self._delivery.app

    @app.setter
    def app(self, app: ASGIApp | str | None) -> None:
        self._delivery.app = app

    # Between Teams and the app

    async def deliver(
        self, activity: Json | bytes, *, bearer: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send an activity (or a raw body) to the app, signed.

        `bearer` stands for the genuine token (an empty one sends none), `headers` over the genuine ones.
        """
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        return await self._delivery.send(body, self._headers(bearer) | dict(headers or {}))

    async def told(self) -> list[Reply]:
        """Wait until the app has answered all that the cloud told it by itself."""
        return await self._delivery.told()

    # Keys, tokens, failures

    @property
    def keys(self) -> Keys:
        """The signing keys: `rotate`, `token` with other claims."""
        return self._server.keys

    @property
    def tokens(self) -> Tokens:
        """The tokens that the app was given: `forget`, `lifetime`."""
        return self._server.tokens

    def forged(self) -> Mapping[str, str]:
        """Bearers that nobody may take, by what is wrong with them."""
        return self.keys.forged(self.service_url, at=self.now())

    @property
    def permissions(self) -> set[str]:
        """The app permissions that were consented to: all that Cellule may need, until a test takes some."""
        return self.world.permissions

    @property
    def errors(self) -> list[str]:
        """What the app should not have sent; a test that provokes it clears the list."""
        return self.world.errors

    @property
    def calls(self) -> list[Call]:
        """Every call that the app made."""
        return self._server.calls

    def count(self, name: str) -> int:
        """How often an operation was called."""
        self._known(name)
        return sum(call.name == name for call in self.calls)

    @property
    def limits(self) -> Limits:
        """The connector's rate limits: off until `limits.on`."""
        return self._server.limits

    @property
    def delay(self) -> float:
        """Seconds that each call takes."""
        return self._server.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._server.delay = seconds

    def fail_next(self, name: str, **fault: Any) -> None:
        """Let the next call of an operation fail: see `Fault`."""
        self._known(name)
        self._server.faults.add(name, Fault(**fault))

    def heal(self) -> None:
        """Forget the failures that have not happened yet."""
        self._server.faults.clear()

    def _known(self, name: str) -> None:
        if name not in {one.name for one in OPERATIONS}:
            raise AssertionError(f"no operation {name}")

    def _headers(self, bearer: str | None = None) -> dict[str, str]:
        token = self.keys.token(self.service_url, at=self.now()) if bearer is None else bearer
        plain = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Microsoft-SkypeBotApi"}
        return plain | ({"Authorization": f"Bearer {token}"} if token else {})

    def _tell(self, event: Event) -> None:
        """Send what an app's own call led to: it was installed, or somebody came or went."""
        place, who, world = event.place, event.who, self.world
        match event.kind:
            case "installed":
                activities = [
                    payloads.members_changed(world, place, who, added=[None], gone=[]),
                    payloads.installation(world, place, who, added=True),
                ]
            case "joined":
                activities = [payloads.members_changed(world, place, who, added=[who], gone=[])]
            case "left":
                activities = [payloads.members_changed(world, place, who, added=[], gone=[who])]
        self._delivery.tell([json.dumps(one).encode() for one in activities], self._headers())
