"""The keys with which the Bot Framework signs what it sends us.

Source: Microsoft, «Authentication with the Bot Connector API»: the metadata names the address of the keys; a
key's `endorsements` name the channels that it may speak for. Keys are replaced without notice.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import jwt
import structlog

from adapters.teams.calls import call
from bot.ports import Clock, GatewayError

log = structlog.get_logger()

ASKED_EVERY = timedelta(minutes=1)
"""An unknown key makes us ask at most so often: anybody can name one."""
AGAIN_AFTER = timedelta(seconds=5)
"""After a failed fetch."""
KEPT = timedelta(hours=24)
"""«Bots should refresh their cache at least once a day.»"""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it may speak for."""

    key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """Fetches them when they are needed; keeps those it has while a fetch fails."""

    def __init__(self, *, http: httpx.AsyncClient, metadata_url: str, clock: Clock) -> None:
        self._http = http
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._not_before: datetime | None = None
        self._fetching = asyncio.Lock()

    async def get(self, key_id: str) -> SigningKey | None:
        """Return a key, asking Microsoft when it is not known; None when nobody knows it."""
        if key_id not in self._keys or self._are_old():
            async with self._fetching:
                if (key_id not in self._keys or self._are_old()) and self._may_ask():
                    await self._fetch()
        return self._keys.get(key_id)

    async def warm_up(self) -> None:
        """Fetch them ahead of the first request, which waits for it."""
        async with self._fetching:
            await self._fetch()

    async def _fetch(self) -> None:
        """Ask for all keys. A failure keeps those of before."""
        now = self._clock()
        self._not_before = now + AGAIN_AFTER
        try:
            metadata = await call(self._http, "GET", self._metadata_url, repeatable=True)
            listed = await call(self._http, "GET", str(metadata.content["jwks_uri"]), repeatable=True)
            keys = {each["kid"]: _key(each) for each in listed.content["keys"] if each.get("kty") == "RSA"}
        except (GatewayError, LookupError, TypeError, AttributeError, jwt.PyJWTError) as failed:
            log.warning("teams_keys_not_fetched", error=getattr(failed, "code", type(failed).__name__))
            return
        self._keys, self._fetched_at, self._not_before = keys, now, now + ASKED_EVERY

    def _may_ask(self) -> bool:
        return self._not_before is None or self._clock() >= self._not_before

    def _are_old(self) -> bool:
        return self._fetched_at is not None and self._clock() - self._fetched_at > KEPT


def _key(listed: dict[str, Any]) -> SigningKey:
    return SigningKey(jwt.PyJWK(listed, algorithm="RS256").key, frozenset(listed.get("endorsements", ())))
