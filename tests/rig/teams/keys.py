"""How the Bot Framework signs what it sends: metadata, keys with endorsements, RS256 tokens, and forged ones.

Source: the Bot Framework's documentation, «Authenticate requests from the Bot Connector service to your bot».
"""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from tests.rig.teams.world import APP_ID, Json

ISSUER = "https://api.botframework.com"
_STRAY = 99


_MAKING = Lock()


def _private(number: int) -> RSAPrivateKey:
    """A key for each number, made once for all tests, whichever thread asks first."""
    with _MAKING:
        return _made(number)


@cache
def _made(number: int) -> RSAPrivateKey:
    del number
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Key:
    """One signing key of the service."""

    number: int
    endorsements: tuple[str, ...]

    @property
    def kid(self) -> str:
        return f"key-{self.number}-{'-'.join(self.endorsements)}"

    @property
    def private(self) -> RSAPrivateKey:
        return _private(self.number)

    def as_json(self) -> Json:
        public = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": public["n"],
            "e": public["e"],
            "endorsements": list(self.endorsements),
        }


class Keys:
    """The keys that are published now: one for Teams, and one for another channel."""

    def __init__(self) -> None:
        self._generation = 0
        self.teams = Key(0, ("msteams",))
        self.other = Key(1, ("webchat",))

    def rotate(self) -> None:
        """Sign with a new key from now on, and publish the old ones no more."""
        self._generation += 2
        self.teams = Key(self._generation, ("msteams",))
        self.other = Key(self._generation + 1, ("webchat",))

    def metadata(self, base_url: str) -> Json:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{base_url}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }

    def jwks(self) -> Json:
        return {"keys": [self.other.as_json(), self.teams.as_json()]}

    def token(
        self,
        service_url: str,
        *,
        at: float | None = None,
        key: Key | None = None,
        kid: str | None = None,
        lifetime: float = 3600,
        **changed: Any,
    ) -> str:
        """A token for an activity; `changed` claims stand over the genuine ones, `None` takes one out."""
        signer = key or self.teams
        now = time.time() if at is None else at
        genuine = {
            "serviceurl": service_url,
            "nbf": int(now),
            "exp": int(now + lifetime),
            "iss": ISSUER,
            "aud": APP_ID,
        }
        claims = {name: value for name, value in (genuine | changed).items() if value is not None}
        return jwt.encode(claims, signer.private, algorithm="RS256", headers={"kid": kid or signer.kid})

    def forged(self, service_url: str, *, at: float) -> Mapping[str, str]:
        """Tokens that nobody may take, by what is wrong with them."""
        genuine = self.token(service_url, at=at)
        head, claims, _ = genuine.split(".")
        unsigned = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
        stray = Key(_STRAY, ("msteams",))
        return {
            "wrong audience": self.token(service_url, at=at, aud="00000000-0000-4000-8000-000000000000"),
            "no audience": self.token(service_url, at=at, aud=None),
            "wrong issuer": self.token(service_url, at=at, iss="https://sts.windows.net/somebody/"),
            "wrong service URL": self.token("https://elsewhere.example/", at=at),
            "no service URL": self.token(service_url, at=at, serviceurl=None),
            "not endorsed": self.token(service_url, at=at, key=self.other),
            "expired": self.token(service_url, at=at - 7200),
            "no expiry": self.token(service_url, at=at, exp=None),
            "not valid yet": self.token(service_url, at=at + 3600),
            "unknown key": self.token(service_url, at=at, key=stray),
            "another key's signature": self.token(service_url, at=at, key=stray, kid=self.teams.kid),
            "unsigned": f"{unsigned}.{claims}.",
            "cut off": f"{head}.{claims}.",
            "no token at all": "rubbish",
        }
