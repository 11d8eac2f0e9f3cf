"""E-mails fetched by IMAP: read only, so that whoever reads the mailbox still sees them as new."""

import asyncio
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from adapters.email.arriving import arrived
from bot.ports import Arrived, Unreachable
from bot.postbox import Postbox, Sender

WITHIN = 30
"""Seconds for each answer of the server."""

AT_ONCE = 20
LARGEST = 512 * 1024
"""Bytes of one e-mail that are fetched: attachments stay in the mailbox."""


class ImapMailbox:
    """A `Mailbox`. A cursor is `<UIDVALIDITY>:<last UID>` (RFC 3501, 2.3.1.1).

    In a thread of its own: nothing else waits for a mail server that is silent.
    """

    def __init__(self, server: Postbox, sender: Sender) -> None:
        self._server = server
        self._sender = sender
        self._thread = ThreadPoolExecutor(1, "imap")

    async def since(self, cursor: str | None) -> tuple[str, Sequence[Arrived]]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._since, cursor)

    def close(self) -> None:
        """Begin nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def log_in(self) -> None:
        """See that the server lets us in, for `doctor`. Raises `Unreachable`."""
        self._since(None)

    def _since(self, cursor: str | None) -> tuple[str, Sequence[Arrived]]:
        try:
            with imaplib.IMAP4_SSL(
                self._server.host,
                self._server.port,
                ssl_context=ssl.create_default_context(),
                timeout=WITHIN,
            ) as client:
                client.login(self._server.user, self._server.password)
                client.select("INBOX", readonly=True)
                return self._read(client, cursor)
        except ssl.SSLError:
            raise Unreachable("tls") from None
        except (imaplib.IMAP4.error, OSError, UnicodeError):
            raise Unreachable("imap") from None

    def _read(self, client: imaplib.IMAP4, cursor: str | None) -> tuple[str, Sequence[Arrived]]:
        validity = _number(client.response("UIDVALIDITY")[1])
        known, _colon, last = (cursor or "").partition(":")
        if known != str(validity):
            # Seen for the first time, or made anew by its server: what stands there already is no answer.
            uids = _uids(client, 1)
            return f"{validity}:{max(uids, default=0)}", ()
        uids = [uid for uid in _uids(client, int(last) + 1) if uid > int(last)][:AT_ONCE]
        found = [arrived(raw, self._sender) for uid in uids for raw in _fetched(client, uid)]
        return f"{validity}:{max(uids, default=int(last))}", found


def _uids(client: imaplib.IMAP4, first: int) -> list[int]:
    said, found = client.uid("SEARCH", "UID", f"{first}:*")
    _raise_unless_ok(said, "search")
    return sorted(int(uid) for uid in (found[0] or b"").split())


def _fetched(client: imaplib.IMAP4, uid: int) -> Iterator[bytes]:
    """Nothing for an e-mail that was deleted meanwhile: that is no error (RFC 3501, 6.4.8)."""
    said, parts = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
    _raise_unless_ok(said, "fetch")
    for part in parts:
        if isinstance(part, tuple):
            yield part[1]


def _raise_unless_ok(said: str, code: str) -> None:
    """What was refused comes with the next look; the server's own words are not kept."""
    if said != "OK":
        raise Unreachable(code)


def _number(said: Sequence[object]) -> int:
    found = re.search(rb"\d+", said[0]) if said and isinstance(said[0], bytes) else None
    if found is None:
        raise Unreachable("uidvalidity")
    return int(found[0])
