"""Our own tokens: for the connector and for Graph, by the app's id and password.

Source: Microsoft, «Authenticate requests from your bot to the Bot Connector service».
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from adapters.teams.calls import call
from bot.ports import Clock, Unreachable

CONNECTOR = "https://api.botframework.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
EARLY = timedelta(minutes=5)
"""A token is replaced so long before it ends."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    until: datetime


class Tokens:
    """One token a tenant and scope; those who need it at once share one request."""

    def __init__(
        self, *, http: httpx.AsyncClient, login_url: str, app_id: str, password: str, clock: Clock
    ) -> None:
        self._http = http
        self._login_url = login_url
        self._app_id = app_id
        self._password = password
        self._clock = clock
        self._tokens: dict[tuple[str, str], _Token] = {}
        self._asking: dict[tuple[str, str], asyncio.Lock] = {}

    async def get(self, scope: str, tenant: str) -> str:
        """Return a token that is good for a while. Raises `GatewayError`."""
        name = (scope, tenant)
        if (token := self._good(name)) is None:
            async with self._asking.setdefault(name, asyncio.Lock()):
                if (token := self._good(name)) is None:
                    token = self._tokens[name] = await self._asked(scope, tenant)
        return token.text

    def forget(self, scope: str, tenant: str) -> None:
        """Microsoft no longer takes it."""
        self._tokens.pop((scope, tenant), None)

    def _good(self, name: tuple[str, str]) -> _Token | None:
        token = self._tokens.get(name)
        return token if token and self._clock() < token.until else None

    async def _asked(self, scope: str, tenant: str) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._app_id,
            "client_secret": self._password,
            "scope": scope,
        }
        url, asked_at = f"{self._login_url}{tenant}/oauth2/v2.0/token", self._clock()
        said = (await call(self._http, "POST", url, form=form, repeatable=True)).content
        text, seconds = said.get("access_token"), said.get("expires_in")
        if not isinstance(text, str) or not isinstance(seconds, int | float):
            raise Unreachable("no_token")
        # At least a minute: a clock that is wrong must not make us ask for each message.
        lasts = max(timedelta(seconds=seconds) - EARLY, timedelta(minutes=1))
        return _Token(text, asked_at + lasts)
