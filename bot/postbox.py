"""Where mail is handed over and fetched: `smtps://user:password@host`, `smtp://…`, `imaps://…`."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

PORTS = {"smtps": 465, "smtp": 587, "imaps": 993}
"""Sources: RFC 8314, 7.3 and 7.1; RFC 6409, 3.1."""

LONGEST_LOCAL = 39
"""What 64 octets (RFC 5321, 4.5.3.1.1) leave beside `+` and a token."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Postbox:
    """A mail server. `tls`: from the first byte on; else it begins in the clear and must offer TLS."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mail comes from. A reply goes to `local+token@domain`."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    def reply_to(self, token: str) -> str:
        return f"{self.local}+{token}@{self.domain}"

    def message_id(self, token: str) -> str:
        return f"<{token}@{self.domain}>"


def parse_postbox(url: str, *schemes: str) -> Postbox:
    """Raises `ValueError`, without the address, for what names no such server."""
    parts = urlsplit(url.strip())
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(schemes)
    return Postbox(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        tls=parts.scheme.endswith("s"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def parse_sender(text: str) -> Sender:
    """`Name <local@domain>` or the address alone. Raises `ValueError`."""
    name, address = parseaddr(text.strip())
    local, _at, domain = address.rpartition("@")
    if len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise ValueError(text)
    return Sender(name, local, domain.lower())
