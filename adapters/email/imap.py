"""A connection to an IMAP server that can wait for what it says (IDLE, RFC 2177).

The standard library's client learns that in Python 3.14.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress

from bot.ports import Unreachable
from bot.postbox import Postbox

AT_A_TIME = 16 * 1024
LONGEST_LINE = 1_000_000

DROPPED: tuple[type[Exception], ...] = (imaplib.IMAP4.error, OSError, UnicodeError)
"""What is raised when the connection broke, or the server cannot be understood."""

_TAG = b"WAIT"
"""Of IDLE alone; the library's tags end in a number."""


class Line(imaplib.IMAP4_SSL):
    """An open INBOX, to be read only. `validity` is its UIDVALIDITY (RFC 3501, 2.3.1.1).

    It receives by itself, and so knows whether something came that nobody has read yet.
    """

    def __init__(self, server: Postbox, *, within: float) -> None:
        """Raises `Unreachable`; `within`: seconds for each answer."""
        self._within = within
        self._received = bytearray()
        try:
            super().__init__(
                server.host, server.port, ssl_context=ssl.create_default_context(), timeout=within
            )
        except ssl.SSLError:
            raise Unreachable("tls") from None
        try:
            self._enter(server)
            self.validity = self._examined()
        except BaseException:
            self.leave()
            raise
        self.tells = b"IDLE" in b" ".join(self.capability()[1]).upper().split()

    def readline(self) -> bytes:
        while (end := self._received.find(b"\n") + 1) == 0:
            if len(self._received) > LONGEST_LINE:
                raise self.error("line too long")
            self._receive()
        return self._taken(end)

    def read(self, size: int) -> bytes:
        while len(self._received) < size:
            self._receive()
        return self._taken(size)

    def wait(self, seconds: float) -> bool:
        """Return when the server says anything, or after so long; False if it does not take IDLE."""
        self.send(_TAG + b" IDLE\r\n")
        said = self._lines_until(b"+", _TAG)
        if said[-1].startswith(_TAG):
            return False
        if len(said) == 1 and not self._received:
            self.sock.settimeout(seconds)
            with suppress(TimeoutError):
                self._receive()
            self.sock.settimeout(self._within)
        self.send(b"DONE\r\n")
        self._lines_until(_TAG)
        return True

    def leave(self) -> None:
        """Hang up, whatever became of the connection."""
        with suppress(OSError):
            self.shutdown()

    def cut(self) -> None:
        """From any thread: whoever waits here waits no more."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def _enter(self, server: Postbox) -> None:
        user, password = server.user, server.password
        try:
            if "AUTH=PLAIN" in self.capabilities:
                self.authenticate("PLAIN", lambda _asked: f"\0{user}\0{password}".encode())
            else:
                self.login(user, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise Unreachable("login") from None

    def _examined(self) -> int:
        self.select("INBOX", readonly=True)
        said: Sequence[object] = self.response("UIDVALIDITY")[1]
        found = re.search(rb"\d+", said[0]) if said and isinstance(said[0], bytes) else None
        if found is None:
            raise Unreachable("uidvalidity")
        return int(found[0])

    def _lines_until(self, *beginnings: bytes) -> list[bytes]:
        lines = [self.readline()]
        while not lines[-1].startswith(beginnings):
            lines.append(self.readline())
        return lines

    def _receive(self) -> None:
        more = self.sock.recv(AT_A_TIME)
        if not more:
            raise self.abort("cut")
        self._received += more

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken
