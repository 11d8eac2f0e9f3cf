"""A real SMTP server on loopback, with TLS and authentication; it refuses or breaks where a test says so."""

from asyncio import Server
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any
from urllib.parse import quote
from warnings import catch_warnings, simplefilter

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from bot.postbox import Postbox

USER, PASSWORD = "cellule", "mot de passe inventé : 1"
CUT = "cut"
ELSEWHERE = "LOCALHOST"
"""This machine, under a name that Cellule does not know to be its own."""


@dataclass
class Taken:
    """One e-mail that the server took."""

    sender: str
    to: list[str]
    message: EmailMessage
    raw: bytes

    def part(self, kind: str) -> str:
        found = self.message.get_body((kind,))
        assert found is not None
        return str(found.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """`answers` are said instead of «250», one a visit, by the command they answer; `CUT` hangs up.

    `AFTER` hangs up once the text is kept.
    """

    answers: dict[str, deque[str]] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    visits: int = 0
    port: int = 0

    def says(self, command: str, *answers: str) -> None:
        self.answers[command] = deque(answers)

    def _next(self, command: str, server: Any) -> str | None:
        waiting = self.answers.get(command)
        answer = waiting.popleft() if waiting else None
        if answer == CUT:
            server.transport.abort()
        return answer

    async def handle_EHLO(  # noqa: N802  (the library calls it so)
        self, _server: Any, session: Any, _env: Any, host: str, told: list[str]
    ) -> list[str]:
        self.visits += 1
        session.host_name = host
        return told

    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _opts: Any
    ) -> str:
        if answer := self._next("MAIL", server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _opts: Any
    ) -> str:
        if answer := self._next("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        if answer := self._next("DATA", server):
            return answer
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(Taken(envelope.mail_from, envelope.rcpt_tos, message, envelope.content))
        return self._next("AFTER", server) or "250 2.0.0 Ok: queued"


def postbox(server: MailServer, *, tls: bool = False) -> Postbox:
    return Postbox("localhost", server.port, tls, USER, PASSWORD)


def mail_settings(patch: pytest.MonkeyPatch, smtp: MailServer, box: Postbox) -> None:
    """What Cellule's settings say of two servers that speak TLS."""
    patch.setenv("SMTP_URL", f"smtps://{USER}:{quote(PASSWORD)}@localhost:{smtp.port}")
    patch.setenv("IMAP_URL", f"imaps://{box.user}:{quote(box.password)}@localhost:{box.port}")
    patch.setenv("MAIL_FROM", "Forum Exemple <aide@exemple.fr>")


class OnAnyPort(Controller):
    """Looks whether it answers at the port that it was given."""

    def factory(self) -> Any:
        with catch_warnings():
            simplefilter("ignore")  # a password in the clear is what some tests are about
            return super().factory()

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(*, tls: SSLContext | None = None, starttls: SSLContext | None = None) -> Iterator[MailServer]:
    """Serve until the block ends. `tls`: from the first byte on; `starttls`: offered, and required."""
    mine = MailServer()
    controller = OnAnyPort(
        mine,
        hostname="localhost",
        port=0,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=_let_in,
        auth_required=True,
        auth_require_tls=starttls is not None,
    )
    controller.start()
    try:
        mine.port = controller.port
        yield mine
    finally:
        controller.stop()


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == known, handled=False)


def certificate(folder: Path, host: str = "localhost") -> Path:
    """A key and a certificate that it signed itself, in one file, for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName(host), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def dkim_key(folder: Path, key: PrivateKeyTypes, *, password: str = "") -> Path:
    """A file with a key, as DKIM_KEY names it."""
    file = folder / "dkim.pem"
    sealed = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed))
    return file


def server_context(file: Path) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
