"""E-mails fetched by IMAP: read only, so that whoever reads the mailbox still sees them as new."""

import asyncio
import imaplib
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from adapters.email.arriving import arrived
from adapters.email.imap import DROPPED, Line
from bot.ports import Arrived, Unreachable
from bot.postbox import Postbox, Sender

AT_ONCE = 20
LARGEST = 512 * 1024
"""Bytes of one e-mail that are fetched: attachments stay in the mailbox."""

_RECEIVED = re.compile(rb'INTERNALDATE "([^"]+)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for each answer; until a server that says nothing is asked anew; between looks without IDLE.

    Anew well before 29 minutes (RFC 2177): so looks a connection that a firewall has forgotten, too.
    """

    answer: float = 30
    silence: float = 300
    poll: float = 60


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the mailbox was read. `received`: when the last had come in, in seconds since 1970."""

    validity: int
    uid: int
    received: int

    def __str__(self) -> str:
        return f"{self.validity}:{self.uid}:{self.received}"


class ImapMailbox:
    """A `Mailbox`. In a thread of its own: nothing else waits for a mail server that is silent."""

    def __init__(self, server: Postbox, sender: Sender, patience: Patience = Patience()) -> None:
        self._server = server
        self._sender = sender
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, "imap")
        self._line: Line | None = None
        self._more = False
        self._closed = False

    async def since(self, cursor: str | None) -> tuple[str, Sequence[Arrived]]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._since, cursor)

    async def news(self) -> None:
        if not await asyncio.get_running_loop().run_in_executor(self._thread, self._told):
            await asyncio.sleep(self._patience.poll)

    def close(self) -> None:
        """Begin nothing more, and wait for nothing."""
        self._closed = True
        if self._line is not None:
            self._line.cut()
        self._thread.submit(self._hang_up)
        self._thread.shutdown(wait=False)

    def log_in(self) -> bool:
        """For `doctor`: see that the server lets us in; whether it tells of news. Raises `Unreachable`."""
        with self._open() as line:
            line.logout()
        self._line = None
        return line.tells

    @contextmanager
    def _open(self) -> Iterator[Line]:
        """The connection. Whatever breaks on it, the next one is a new one."""
        try:
            self._line = self._line or Line(self._server, within=self._patience.answer)
            if self._closed:
                self._line.cut()
            yield self._line
        except Unreachable:
            self._hang_up()
            raise
        except DROPPED:
            self._hang_up()
            raise Unreachable("imap") from None

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.leave()
            self._line = None

    def _told(self) -> bool:
        """Wait until the server says that something came; False where it does not say such things."""
        with self._open() as line:
            told = self._more or line.response("EXISTS")[1] != [None]
            return told or (line.tells and line.wait(self._patience.silence))

    def _since(self, said: str | None) -> tuple[str, Sequence[Arrived]]:
        with self._open() as line:
            line.noop()
            line.response("EXISTS")  # what came up to here is found now; what is told from here on is not
            cursor = _cursor(line, said)
            uids = [uid for uid in _searched(line, f"UID {cursor.uid + 1}:*") if uid > cursor.uid]
            self._more = len(uids) > AT_ONCE
            found: list[Arrived] = []
            for uid in uids[:AT_ONCE]:
                given, received = self._given(line, uid)
                found += given
                cursor = Cursor(line.validity, uid, max(cursor.received, received))
            if len(found) > 1 and all(mail.withheld for mail in found):
                raise Unreachable("fetch")  # the server's fault, not that of one e-mail
            return str(cursor), found

    def _given(self, line: Line, uid: int) -> tuple[Sequence[Arrived], int]:
        """Of one that the server refuses though it tells of it, only that it is there."""
        try:
            raw, received = _fetched(line, uid, f"INTERNALDATE BODY.PEEK[]<0.{LARGEST}>")
        except Unreachable:
            return (_withheld(line.validity, uid),), _received(line, uid)
        return [arrived(each, self._sender) for each in raw], received


def _cursor(line: Line, said: str | None) -> Cursor:
    """From where to read on."""
    known = [int(part) for part in (said or "").split(":") if part]
    if not known:
        # Seen for the first time: what stands there already is no answer.
        last = max(_searched(line, "ALL"), default=0)
        return Cursor(line.validity, last, _received(line, last) + 1 if last else 0)
    validity, uid, *rest = known
    received = rest[0] if rest else _received(line, uid) + 1
    if validity != line.validity:
        uid = _last_before(line, received)
    return Cursor(line.validity, uid, received)


def _last_before(line: Line, received: int) -> int:
    """Where its server has numbered the mailbox anew: the last UID of what came in before."""
    if not received:
        return 0
    # A day earlier: the search knows days, and no time zones (RFC 3501, 6.4.4).
    day = imaplib.Time2Internaldate(datetime.fromtimestamp(received, UTC) - timedelta(days=1))[1:12]
    later = [uid for uid in _searched(line, f"SINCE {day}") if _received(line, uid) >= received]
    return min(later) - 1 if later else max(_searched(line, "ALL"), default=0)


def _searched(line: Line, what: str) -> list[int]:
    said, found = line.uid("SEARCH", what)
    _raise_unless_ok(said, "search")
    return sorted(int(uid) for uid in (found[0] or b"").split())


def _withheld(validity: int, uid: int) -> Arrived:
    key = sha256(f"{validity}:{uid}".encode()).hexdigest()
    return Arrived(f"mail:{key}", sender="", tokens=(), text="", raw="", withheld=True)


def _received(line: Line, uid: int) -> int:
    """When its server received it, in seconds since 1970; 0 for what is no longer there."""
    return _fetched(line, uid, "INTERNALDATE")[1]


def _fetched(line: Line, uid: int, what: str) -> tuple[list[bytes], int]:
    """Nothing for an e-mail that was deleted meanwhile: that is no error (RFC 3501, 6.4.8)."""
    said, parts = line.uid("FETCH", str(uid), f"({what})")
    _raise_unless_ok(said, "fetch")
    told = b"".join(part[0] if isinstance(part, tuple) else part or b"" for part in parts)
    at = _RECEIVED.search(told)
    received = datetime.strptime(at[1].decode(), "%d-%b-%Y %H:%M:%S %z").timestamp() if at else 0
    return [part[1] for part in parts if isinstance(part, tuple)], int(received)


def _raise_unless_ok(said: str, code: str) -> None:
    """What was refused comes with the next look; the server's own words are not kept."""
    if said != "OK":
        raise Unreachable(code)
