"""E-mail by SMTP. The standard library's client, in a thread, one step after the other.

Up to the end of the text nothing has been sent, whatever breaks; once it has gone, only the server's answer
says what became of it (RFC 5321, 4.1.1.4).
"""

import asyncio
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from adapters.email.dkim import Signer
from adapters.email.message import message_of
from bot.ports import Ambiguous, Denied, Email, Gone, Unreachable
from bot.postbox import Postbox, Sender
from bot.settings import is_loopback

CONNECT_WITHIN = 20
"""Seconds; also for each answer but the last."""

TAKEN_WITHIN = 120
"""Seconds that a server may take to look at the text before it answers."""

AT_ONCE = 4
"""E-mails under way."""

WRONG_ADDRESS = {550, 551, 553}
"""Answers to `RCPT TO`: no such mailbox, not here, not allowed as a name (RFC 5321, 4.2.3)."""

OTHER_REASON = re.compile(rb"5\.(?!1\.)\d|5\.1\.[78]\b")
"""What such an answer begins with when the address is not what is wrong (RFC 3463, 3.2; 7 and 8: ours is)."""

FINE, LET_IN, READY, NOT_NOW, REFUSED = 200, 235, 354, 400, 500

LAST_WORDS = {2, 4, 5}
"""By what an answer to the whole text begins (RFC 5321, 4.3.2); any other leaves open what became of it."""

END = b".\r\n"

LINE_BEGINS_WITH_A_DOT = re.compile(rb"^\.", re.MULTILINE)


class SmtpCarrier:
    """A `Carrier`. In threads of its own: nothing else waits for a mail server that is silent."""

    def __init__(self, server: Postbox, sender: Sender, signer: Signer | None = None) -> None:
        self._server = server
        self._sender = sender
        self._signer = signer
        self._threads = ThreadPoolExecutor(AT_ONCE, "smtp")

    async def send(self, mail: Email) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._send, mail)

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def log_in(self) -> None:
        """See that the server lets us in, for `doctor`. Raises `Unreachable`."""
        with self._nothing_done():
            self._connected().quit()

    def _send(self, mail: Email) -> str:
        mail = replace(mail, to=in_ascii(mail.to))
        text = message_of(mail, self._sender).as_bytes()
        if self._signer is not None:
            text = self._signer.signed(text)
        with self._nothing_done():
            client = self._connected()
        try:
            with self._nothing_done():
                self._introduce(client, mail.to)
                client.send(LINE_BEGINS_WITH_A_DOT.sub(b"..", text))
            return _taken(client)
        finally:
            client.close()

    def _connected(self) -> smtplib.SMTP:
        server, us, context = self._server, self._sender.domain, ssl.create_default_context()
        if server.tls:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, us, timeout=CONNECT_WITHIN, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, us, timeout=CONNECT_WITHIN)
        try:
            self._enter(client, context)
        except BaseException:
            client.close()
            raise
        return client

    def _enter(self, client: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Nothing is said in the clear but to this machine itself."""
        server = self._server
        client.ehlo_or_helo_if_needed()
        if not server.tls and not is_loopback(server.host):
            client.starttls(context=context)
            client.ehlo()
        if (server.user + server.password).isascii():
            if server.user:
                client.login(server.user, server.password)
            return
        # `login` takes ASCII alone; PLAIN is UTF-8 (RFC 4616, 2).
        told = b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
        code, said = client.docmd("AUTH", f"PLAIN {told}")
        if code != LET_IN:
            raise smtplib.SMTPAuthenticationError(code, said)

    def _introduce(self, client: smtplib.SMTP, to: str) -> None:
        """Say from whom and to whom, up to where the text may follow."""
        _raise_unless_fine(client.mail(self._sender.address))
        code, said = client.rcpt(to)
        if code in WRONG_ADDRESS and not OTHER_REASON.match(said):
            raise Gone(str(code))
        _raise_unless_fine((code, said))
        code, _said = client.docmd("DATA")
        _raise_unless_fine((code, _said))
        if code != READY:
            raise Unreachable(str(code))

    @contextmanager
    def _nothing_done(self) -> Iterator[None]:
        """Name what may break before anything is sent; no message of the server's is kept."""
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"login_{error.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            raise Unreachable("tls_not_offered") from None
        except ssl.SSLError:
            raise Unreachable("tls") from None
        except smtplib.SMTPResponseException as error:
            raise Unreachable(str(error.smtp_code)) from None
        except (smtplib.SMTPException, OSError):
            raise Unreachable("no_connection") from None


def _taken(client: smtplib.SMTP) -> str:
    """End the text; the server's word. Raises `Ambiguous` when it did not come, or cannot be understood."""
    try:
        if client.sock is not None:
            client.sock.settimeout(TAKEN_WITHIN)
        client.send(END)
        answer = client.getreply()
    except (smtplib.SMTPException, OSError):
        raise Ambiguous("cut") from None
    if answer[0] // 100 not in LAST_WORDS:
        raise Ambiguous("unclear")
    _raise_unless_fine(answer)
    return str(answer[0])


def _raise_unless_fine(answer: tuple[int, bytes]) -> None:
    """The server's word alone is kept: what it adds may quote an address."""
    code = answer[0]
    if code >= REFUSED:
        raise Denied(str(code))
    if code >= NOT_NOW or code < FINE:
        raise Unreachable(str(code))


def in_ascii(address: str) -> str:
    """A domain beyond ASCII as servers know it. Raises `Denied` for a name that few servers take."""
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Denied("not_ascii") from None
