"""A mailbox on loopback that speaks the few words of IMAP that are spoken to it (RFC 3501), through TLS.

Written from the standard: LOGIN, EXAMINE, NOOP, UID SEARCH of a range or of all, UID FETCH of one
message or of its date, LOGOUT. It does not model flags, several folders, literals from the client, IDLE,
pipelining, or anybody who writes into the mailbox at the same time; it refuses every other word. What it
does not model is tried on a real server (tests/rig/dovecot.py).
"""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Any

from bot.postbox import Postbox
from tests.rig.mail_server import USER

ASCII_PASSWORD = "invented-password"


@dataclass
class Mails:
    """`validity` and the UIDs are what the server says; `said` is each command, without its tag.

    A command that begins like the pattern `refused` is answered «NO».
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    said: list[str] = field(default_factory=list)
    port: int = 0
    refused: str = "nothing"

    def arrives(self, raw: bytes) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = raw
        return uid

    @property
    def postbox(self) -> Postbox:
        return Postbox("localhost", self.port, tls=True, user=USER, password=ASCII_PASSWORD)


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _space, command = line.decode().strip().partition(" ")
            self.server.mails.said.append(command)
            if re.match(self.server.mails.refused, command):
                self._say(f"{tag} NO [SERVERBUG] internal error")
            else:
                self._answer(tag, command)
            if command.upper() == "LOGOUT":
                return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _answer(self, tag: str, command: str) -> None:
        mails = self.server.mails
        if command.upper() == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif command.upper().startswith("LOGIN"):
            if command != f'LOGIN {USER} "{ASCII_PASSWORD}"':
                self._say(f"{tag} NO [AUTHENTICATIONFAILED] no")
                return
        elif command == "EXAMINE INBOX":
            self._say(f"* {len(mails.mails)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {mails.validity}] valid")
        elif command == "NOOP":
            pass
        elif command == "UID SEARCH ALL":
            self._say("* SEARCH " + " ".join(map(str, mails.mails)))
        elif found := re.fullmatch(r"UID SEARCH UID (\d+):\*", command):
            # `n:*` holds the last message even where its UID is smaller (RFC 3501, 6.4.8).
            first = int(found[1])
            uids = [uid for uid in mails.mails if uid >= first] or [max(mails.mails, default=0)]
            self._say("* SEARCH " + " ".join(str(uid) for uid in uids if uid))
        elif found := re.fullmatch(r"UID FETCH (\d+) \(INTERNALDATE BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            uid, most = int(found[1]), int(found[2])
            raw = mails.mails[uid][:most]
            self._say(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}")
            self.wfile.write(raw + b")\r\n")
        elif found := re.fullmatch(r"UID FETCH (\d+) \(INTERNALDATE\)", command):
            self._say(f'* 1 FETCH (UID {found[1]} INTERNALDATE "24-Nov-2026 03:10:00 +0100")')
        elif command.upper() == "LOGOUT":
            self._say("* BYE")
        else:
            self._say(f"{tag} BAD not modelled")
            return
        self._say(f"{tag} OK done")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, mails: Mails, context: SSLContext) -> None:
        super().__init__(("localhost", 0), _Talk)
        self.mails = mails
        self._context = context

    def get_request(self) -> Any:
        connection, address = super().get_request()
        return self._context.wrap_socket(connection, server_side=True), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no failure."""


@contextmanager
def imap_server(context: SSLContext) -> Iterator[Mails]:
    mails = Mails()
    with _Server(mails, context) as server:
        mails.port = server.server_address[1]
        worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        worker.start()
        try:
            yield mails
        finally:
            server.shutdown()
            worker.join()
