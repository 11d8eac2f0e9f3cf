"""Who is looking at the page: a signed cookie, and the proof that a form came from one of our pages."""

import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, Signer, URLSafeSerializer
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from bot.domain import guests
from bot.domain.ids import PersonId

LASTS = timedelta(hours=24)
"""A night and the day after it; then a new personal link is asked for."""

FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})
"""Headers that a proxy or a tunnel adds, besides every `X-Forwarded-…`."""

MARK = 16
"""So much of a link's hash names the cookie that knows it: a guest may have several links."""

_AUTHORITY = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's visit. `person` is None before entering; `chosen`: picked in the demonstration.

    A guest's visit names no person but the hash of the link, which may stop opening anything at any moment.
    """

    id: str
    person: PersonId | None = None
    chosen: bool = False
    guest: str = ""


def new_session(person: PersonId | None = None, *, chosen: bool = False, guest: str = "") -> Session:
    """Begin a visit under an id that nobody could have known before: entering always draws a new one."""
    return Session(id=secrets.token_urlsafe(16), person=person, chosen=chosen, guest=guest)


class Sessions:
    """Reads and writes the cookie. Nothing is kept here: any replica reads what another wrote."""

    def __init__(self, *, key: str, https: bool) -> None:
        self._cookies = URLSafeSerializer(key, salt="cellule.web.session")
        self._forms = Signer(key, salt="cellule.web.form")
        self._links = URLSafeSerializer(key, salt="cellule.web.link")
        self._https = https
        self.cookie = "__Host-cellule" if https else "cellule"
        self._known = f"{self.cookie}-link-"

    def read(self, cookie: str | None, now: datetime) -> Session | None:
        """Return the session of a cookie that we signed less than `LASTS` ago."""
        try:
            identity, person, chosen, begun, *guest = self._cookies.loads(cookie or "")
        except BadData:
            return None
        age = now - datetime.fromtimestamp(begun, UTC)
        return Session(identity, person, chosen, *guest) if timedelta() <= age < LASTS else None

    def write(self, response: Response, session: Session, now: datetime) -> None:
        """Set the cookie. Were it `Strict`, a link in a chat message would open a page that knows nobody."""
        begun = int(now.timestamp())
        value = self._cookies.dumps([session.id, session.person, session.chosen, begun, session.guest])
        response.set_cookie(
            self.cookie,
            value,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            secure=self._https,
            samesite="lax",
        )

    def remember(self, response: Response, link: str, now: datetime) -> None:
        """A code was typed here: this browser needs none for this guest's link (its hash) any more."""
        response.set_cookie(
            self._known + link[:MARK],
            self._links.dumps([link, int(now.timestamp())]),
            max_age=int(guests.LASTS.total_seconds()),
            httponly=True,
            secure=self._https,
            samesite="lax",
        )

    def knows(self, cookies: Mapping[str, str], link: str, now: datetime) -> bool:
        """Whether a code was typed here for this link, while it can still work."""
        try:
            known, at = self._links.loads(cookies.get(self._known + link[:MARK], ""))
        except BadData:
            return False
        age = now - datetime.fromtimestamp(at, UTC)
        return known == link and timedelta() <= age < guests.LASTS

    def erase(self, request: Request, response: Response) -> None:
        """Whoever comes to this browser next is a stranger: a guest's link in its history asks for a code."""
        for name in (self.cookie, *(known for known in request.cookies if known.startswith(self._known))):
            response.delete_cookie(name, httponly=True, secure=self._https, samesite="lax")

    def form_token(self, session: Session) -> str:
        """Return what every form of this session carries."""
        return self._forms.get_signature(session.id).decode()

    def owns(self, session: Session, form_token: str) -> bool:
        return self._forms.verify_signature(session.id, form_token)


def host_name(authority: str) -> str:
    """Read the name in a `Host` header (`name`, `name:port`, `[::1]:port`); empty when it is malformed."""
    found = _AUTHORITY.fullmatch(authority)
    return found["name"].strip("[]").lower() if found else ""


def is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def came_directly(headers: Headers) -> bool:
    """Whether this request was made on this very machine, with nothing in between that we can see."""
    forwarded = any(name in FORWARDING or name.startswith("x-forwarded-") for name in headers)
    return is_loopback(host_name(headers.get("host", ""))) and not forwarded
