"""A real IMAP server on loopback (Dovecot 2.3), through TLS; it can be stopped and started."""

import grp
import imaplib
import os
import pwd
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.postbox import Postbox
from tests.rig.mail_server import certificate
from tests.rig.unprivileged import unprivileged

PROGRAM = Path("/usr/sbin/dovecot")
PLUGIN = Path("/usr/lib/dovecot/imap")
PASSWORD = "inventé-pour-les-tests"
WITHIN = 20.0
"""Seconds, to start and to stop."""

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
protocols = imap
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/certificate.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
auth_failure_delay = 0
mail_fsync = never
mail_location = maildir:{folder}/mail/%u
{more}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
"""


class NoDovecotError(Exception):
    """There is no such server; the text says what to install."""


class Dovecot:
    """`more`: further lines of its configuration."""

    def __init__(self, folder: Path, *, more: str = "") -> None:
        self.folder = folder
        self.port = _free_port()
        self.certificate = certificate(folder)
        user, group = ("nobody", "nogroup") if os.geteuid() == 0 else _us()
        (folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=folder, user=user, group=group, port=self.port, password=PASSWORD, more=more
            ),
            "utf-8",
        )
        self._process: subprocess.Popen[bytes] | None = None

    def mailbox(self, user: str = "") -> "Mailbox":
        """An empty one."""
        return Mailbox(self, user or f"box-{uuid4().hex}")

    def start(self) -> None:
        """Return when it lets people in; at once where it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        command = [*unprivileged(self.folder, ended_by="TERM"), str(PROGRAM), "-F", "-c"]
        self._process = subprocess.Popen(
            [*command, str(self.folder / "dovecot.conf")], cwd=self.folder, start_new_session=True
        )
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with self.mailbox("first").visited():
                    return
            except (imaplib.IMAP4.error, OSError):
                time.sleep(0.02)
        log = self.folder / "log"
        raise RuntimeError(f"Dovecot does not start:\n{log.read_text() if log.exists() else ''}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """By SIGTERM it says BYE to whoever is there."""
        if self._process is not None:
            os.killpg(self._process.pid, how)
            self._process.wait(WITHIN)
            self._process = None


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of the server, and whoever else reads it."""

    server: Dovecot
    user: str

    @property
    def postbox(self) -> Postbox:
        return Postbox("localhost", self.server.port, tls=True, user=self.user, password=PASSWORD)

    @contextmanager
    def visited(self) -> Iterator[imaplib.IMAP4_SSL]:
        trusted = ssl.create_default_context(cafile=str(self.server.certificate))
        with imaplib.IMAP4_SSL("localhost", self.server.port, ssl_context=trusted, timeout=WITHIN) as client:
            client.authenticate("PLAIN", lambda _asked: f"\0{self.user}\0{PASSWORD}".encode())
            yield client

    def arrives(self, *mails: bytes, at: float | None = None) -> None:
        """`at`: seconds since 1970; else now."""
        date = imaplib.Time2Internaldate(at or time.time()).encode()
        added = b"".join(b" %s {%d+}\r\n%s" % (date, len(raw), raw) for raw in mails)  # RFC 3502
        with self.visited() as client:
            client.send(b"ADD APPEND INBOX" + added + b"\r\n")
            while not (said := client.readline()).startswith(b"ADD "):
                pass
        assert said.startswith(b"ADD OK"), said

    def marks(self) -> list[str]:
        """What is marked on each e-mail."""
        with self.visited() as client:
            client.select("INBOX", readonly=True)
            _said, found = client.fetch("1:*", "(FLAGS)")
        return [each.decode().partition("FLAGS ")[2] for each in found if isinstance(each, bytes)]

    def numbers_anew(self) -> None:
        """What is in the mailbox stays, and gets other numbers (UIDVALIDITY). While the server is stopped."""
        folder = self.server.folder / "mail" / self.user
        for file in folder.glob("dovecot.*"):
            file.unlink()
        uids = folder / "dovecot-uidlist"
        [validity] = re.findall(r"^3 V(\d+)", uids.read_text("ascii"))
        uids.write_text(f"3 V{int(validity) + 1} N1\n", "ascii")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _us() -> tuple[str, str]:
    return pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name


@contextmanager
def dovecot(*, more: str = "") -> Iterator[Dovecot]:
    """Raises NoDovecotError where it is not installed."""
    if not (PROGRAM.exists() and PLUGIN.exists()):
        raise NoDovecotError(
            "there is no IMAP server: install Dovecot 2.3 (Debian 12: apt-get install dovecot-imapd)."
        )
    version = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout
    if not version.startswith("2.3."):  # 2.4 gave most of its settings other names
        raise NoDovecotError(f"there is no Dovecot 2.3, but {version.strip()}.")
    with tempfile.TemporaryDirectory(prefix="cellule-imap-") as name:
        server = Dovecot(Path(name), more=more)
        try:
            server.start()
            yield server
        finally:
            server.stop(signal.SIGKILL)
