"""Where the app gets its tokens: client credentials at Microsoft Entra.

Source: «Microsoft identity platform and the OAuth 2.0 client credentials flow», with its error codes. A Graph
token carries the granted app permissions as its `roles`; consent by resource (`….Group`) is not among them.
"""

import itertools
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

import jwt

from tests.rig.teams.routes import Answer, Asked, operation
from tests.rig.teams.world import APP_ID, SECRET, TENANT, Json, World

CONNECTOR_SCOPE = "https://api.botframework.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"


class Tokens:
    """The tokens that were given; `lifetime` is the `expires_in` of the next ones."""

    def __init__(self) -> None:
        self.lifetime = 3599
        self.now: Callable[[], float] = time.time
        self._given: dict[str, tuple[str, float]] = {}
        self._serial = itertools.count(1)

    def give(self, scope: str, world: World, *, tenant: str = TENANT) -> str:
        now = self.now()
        claims: Json = {
            "aud": scope.removesuffix("/.default"),
            "iss": f"https://sts.windows.net/{tenant}/",
            "appid": APP_ID,
            "tid": tenant,
            "iat": int(now),
            "exp": int(now + self.lifetime),
            "jti": str(next(self._serial)),
        }
        if scope == GRAPH_SCOPE:
            claims["roles"] = sorted(one for one in world.granted(tenant) if not one.endswith(".Group"))
        token = jwt.encode(claims, SECRET.ljust(32, "."), algorithm="HS256")
        self._given[token] = (scope, now + self.lifetime)
        return token

    def tenant(self, token: str) -> str:
        """For which tenant a token was given; empty for one that was not."""
        if token not in self._given:
            return ""
        return str(jwt.decode(token, options={"verify_signature": False})["tid"])

    def forget(self) -> None:
        """Take every token back before its time."""
        self._given.clear()

    def good(self, token: str, scope: str) -> bool:
        given = self._given.get(token)
        return given is not None and given[0] == scope and self.now() < given[1]


@operation("token", "POST", "/login/{tenant}/oauth2/v2.0/token", body=False)
def token(world: World, asked: Asked) -> Answer:
    form = dict(parse_qsl(asked.raw.decode()))
    if not asked.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return _refusal(400, "invalid_request", 900144, "The request body must contain 'grant_type'.")
    if form.get("grant_type") != "client_credentials":
        return _refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
    if asked.args["tenant"] not in world.tenants:
        return _refusal(400, "invalid_request", 90002, f"Tenant '{asked.args['tenant']}' not found.")
    if form.get("client_id") != APP_ID:
        return _refusal(400, "unauthorized_client", 700016, "Application was not found in the directory.")
    if form.get("client_secret") != SECRET:
        return _refusal(401, "invalid_client", 7000215, "Invalid client secret provided.")
    if form.get("scope") not in (CONNECTOR_SCOPE, GRAPH_SCOPE):
        return _refusal(400, "invalid_scope", 1002012, "The provided value for scope is not valid.")
    lifetime = asked.tokens.lifetime
    return Answer(
        200,
        {
            "token_type": "Bearer",
            "expires_in": lifetime,
            "ext_expires_in": lifetime,
            "access_token": asked.tokens.give(form["scope"], world, tenant=asked.args["tenant"]),
        },
    )


def _refusal(status: int, error: str, code: int, said: str) -> Answer:
    body = {
        "error": error,
        "error_description": f"AADSTS{code}: {said}",
        "error_codes": [code],
        "timestamp": "2027-01-01 00:00:00Z",
        "trace_id": "00000000-0000-4000-8000-000000000001",
        "correlation_id": "00000000-0000-4000-8000-000000000002",
        "error_uri": f"https://login.microsoftonline.com/error?code={code}",
    }
    return Answer(status, body)
