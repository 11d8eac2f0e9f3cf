"""What stands before everything: a request that Microsoft did not sign for us goes no further.

Source: Microsoft, «Authentication with the Bot Connector API», «Authenticate requests from the Bot Connector
service to your bot».
"""

import json
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import jwt

from adapters.teams.keys import SigningKey, SigningKeys
from adapters.teams.texts import Json
from bot.ports import Clock

MAX_BODY = 1024 * 1024
"""Bytes. A message of Teams has about 100 KB."""
ISSUER = "https://api.botframework.com"
SKEW = timedelta(minutes=5)
TOKENS_KEPT = 64
"""Tokens whose signature need not be checked again; Microsoft makes a new one each hour."""
_BEARER = re.compile(r"Bearer ([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII)
_UNAUTHORIZED, _BAD_REQUEST, _TOO_LARGE = 401, 400, 413
_HTTPS = 443


class Rejected(Exception):
    """The request stops here, with this HTTP status."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class _Signed:
    """What a token says, and the key that signed it."""

    key_id: str
    key: SigningKey
    claims: Json


class Guard:
    """Lets genuine activities through. `tenants` and `hosts` say whose, and where our answers may go."""

    def __init__(
        self,
        *,
        app_id: str,
        keys: SigningKeys,
        hosts: AbstractSet[str],
        tenants: Callable[[], AbstractSet[str]],
        clock: Clock,
    ) -> None:
        if not app_id:
            raise ValueError("without an app id nothing can be verified")
        self._app_id = app_id
        self._keys = keys
        self._hosts = hosts
        self._tenants = tenants
        self._clock = clock
        self._checked: OrderedDict[bytes, _Signed] = OrderedDict()

    async def content(self, chunks: AsyncIterator[bytes], headers: Mapping[str, str]) -> Json:
        """Return an activity that the Bot Framework signed for us. Raises `Rejected`."""
        raw = await _within_limit(chunks)
        bearer = _BEARER.fullmatch(headers.get("authorization", ""))
        if bearer is None:
            raise Rejected(_UNAUTHORIZED, "no token")
        claims, endorsements = await self._verified(bearer[1])
        activity = _object(raw)
        self._check(activity, claims, endorsements)
        return activity

    async def _verified(self, token: str) -> tuple[Json, AbstractSet[str]]:
        """Microsoft uses a token for many requests: its signature is checked once for the key as it is."""
        name = sha256(token.encode()).digest()
        signed = self._checked.get(name)
        if signed is None or signed.key is not await self._keys.get(signed.key_id):
            signed = self._checked[name] = await self._signed(token)
            while len(self._checked) > TOKENS_KEPT:
                self._checked.popitem(last=False)
        self._check_hours(signed.claims)
        return signed.claims, signed.key.endorsements

    async def _signed(self, token: str) -> _Signed:
        try:
            key_id = jwt.get_unverified_header(token).get("kid")
            key = await self._keys.get(key_id) if isinstance(key_id, str) else None
            if not isinstance(key_id, str) or key is None:
                raise Rejected(_UNAUTHORIZED, "signed with a key that Microsoft does not name")
            return _Signed(key_id, key, jwt.decode(token, key.key, **self._expected()))
        except jwt.PyJWTError:
            raise Rejected(_UNAUTHORIZED, "not signed for us by Microsoft") from None

    def _expected(self) -> Any:  # noqa: ANN401  (arguments of PyJWT, each of its own type)
        ours = {
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
            "require": ["exp", "iss", "aud"],
        }
        return {"algorithms": ["RS256"], "audience": self._app_id, "issuer": ISSUER, "options": ours}

    def _check_hours(self, claims: Json) -> None:
        """By the service's own clock, which the library does not know."""
        now, skew = self._clock().timestamp(), SKEW.total_seconds()
        until, since = claims["exp"], claims.get("nbf", 0)
        if not _is_number(until) or not _is_number(since) or not since - skew <= now < until + skew:
            raise Rejected(_UNAUTHORIZED, "a token of another hour")

    def _check(self, activity: Json, claims: Json, endorsements: AbstractSet[str]) -> None:
        channel, service_url = activity.get("channelId"), activity.get("serviceUrl")
        if not isinstance(channel, str) or channel not in endorsements:
            raise Rejected(_UNAUTHORIZED, "a key that may not speak for this channel")
        if not isinstance(service_url, str) or claims.get("serviceurl") != service_url:
            raise Rejected(_UNAUTHORIZED, "another service URL than the token's")
        if not may_be_called(service_url, self._hosts):
            raise Rejected(_UNAUTHORIZED, "a service URL that is not allowed")
        named = _tenants(activity)
        if not named or not named <= self._tenants():
            raise Rejected(_UNAUTHORIZED, "another tenant")


def may_be_called(url: str, hosts: AbstractSet[str]) -> bool:
    """Whether our token may be sent there: https to a named host.

    Without TLS only to a loopback address that is named with its port.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if host is None or "@" in parts.netloc:
        return False
    if parts.scheme == "https":
        return host in hosts and port in {None, _HTTPS}
    return parts.scheme == "http" and host == "127.0.0.1" and f"{host}:{port}" in hosts


def _tenants(activity: Json) -> set[str]:
    """The tenants that an activity names: where it was said, and whom Teams says it is from."""
    named = set()
    for path in (("conversation", "tenantId"), ("channelData", "tenant", "id")):
        found: object = activity
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is not None:
            named.add(found if isinstance(found, str) else "")
    return named


async def _within_limit(chunks: AsyncIterator[bytes]) -> bytes:
    raw = bytearray()
    async for chunk in chunks:
        raw += chunk
        if len(raw) > MAX_BODY:
            raise Rejected(_TOO_LARGE, "too large")
    return bytes(raw)


def _object(raw: bytes) -> Json:
    try:
        content = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise Rejected(_BAD_REQUEST, "not JSON") from None
    if not isinstance(content, dict):
        raise Rejected(_BAD_REQUEST, "not a JSON object")
    return content


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
