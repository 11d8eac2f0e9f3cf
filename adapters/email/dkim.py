"""E-mails signed, so that receivers see whose domain they come from (DKIM: RFC 6376; Ed25519: RFC 8463)."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from bot.settings import SettingsError

WEAKEST = 2048
"""Bits of an RSA key that RFC 8301, 3.2 advises."""

SIGNED = (
    b"from",
    b"to",
    b"reply-to",
    b"subject",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
)
"""Each is named twice: whoever adds a second one breaks the signature (RFC 6376, 8.15)."""

_WIDTH = 72
_SPACES = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r\n(?=[ \t])")


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for a domain with a key whose public half stands in the domain's DNS, under the selector."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)

    def signed(self, message: bytes) -> bytes:
        """The same e-mail, its lines ending in CRLF, with the signature before it."""
        head, _empty_line, body = message.partition(b"\r\n\r\n")
        headers = dict(map(relaxed, _FOLD.sub(b"", head).split(b"\r\n")))
        unsigned = b"\r\n ".join(
            (
                f"DKIM-Signature: v=1; a={self._kind}-sha256; c=relaxed/relaxed;".encode(),
                f"d={self.domain}; s={self.selector};".encode(),
                b"h=" + b":".join(SIGNED) + b":",
                b":".join(SIGNED) + b";",
                b"bh=" + b64encode(sha256(relaxed_body(body)).digest()) + b";",
                b"b=",
            )
        )
        lines = [name + b":" + headers[name] for name in SIGNED if name in headers]
        lines.append(b":".join(relaxed(_FOLD.sub(b"", unsigned))))
        written = b64encode(self._written(b"\r\n".join(lines)))
        folded = (written[at : at + _WIDTH] for at in range(0, len(written), _WIDTH))
        return unsigned + b"\r\n ".join(folded) + b"\r\n" + message

    @property
    def record(self) -> tuple[str, str]:
        """Name and value of the TXT record that has to stand in the domain's DNS."""
        public = self.key.public_key()
        if isinstance(self.key, RSAPrivateKey):
            told = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            told = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        name = f"{self.selector}._domainkey.{self.domain}"
        return name, f"v=DKIM1; k={self._kind}; p={b64encode(told).decode()}"

    @property
    def _kind(self) -> str:
        return "rsa" if isinstance(self.key, RSAPrivateKey) else "ed25519"

    def _written(self, data: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, PKCS1v15(), SHA256())
        return self.key.sign(sha256(data).digest())


def load_signer(path: Path, selector: str, domain: str) -> Signer:
    """Raises `SettingsError` for a file without a key that is fit to sign."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise SettingsError(("dkim_unread", {"path": str(path), "reason": str(error.strerror)})) from None
    except (TypeError, ValueError, UnsupportedAlgorithm):
        raise SettingsError(("dkim_unfit", {"path": str(path)})) from None
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, RSAPrivateKey) and key.key_size >= WEAKEST):
        return Signer(domain, selector, key)
    raise SettingsError(("dkim_unfit", {"path": str(path)}))


def relaxed(line: bytes) -> tuple[bytes, bytes]:
    """Name and value of an unfolded header, as relays may not change them (RFC 6376, 3.4.2)."""
    name, _colon, value = line.partition(b":")
    return name.strip().lower(), _SPACES.sub(b" ", value).strip()


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376, 3.4.4."""
    lines = [_SPACES.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)
