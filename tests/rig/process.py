"""`cellule serve` as a process of its own, to be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.data import SAMPLE_PLAN
from tests.rig.loopback import Faults
from tests.rig.migrated import migrated
from tests.rig.service import SECRET
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.faults import Fault
from tests.rig.slack.waiting import eventually

ROOT = Path(__file__).parents[2]
CELLULE = [sys.executable, "-c", "from bot.cli import main; main()"]
STARTED_WITHIN = 20.0


class Killer(Faults[Fault]):
    """Kills the process when its `countdown`-th call from now on arrives; `done`: Slack carries it out."""

    def __init__(self) -> None:
        super().__init__()
        self.process: Process | None = None
        self.countdown = 0
        self.done = False

    def take(self, method: str) -> Fault | None:
        self.countdown -= 1
        if self.countdown or self.process is None:
            return super().take(method)
        self.process.kill()
        return None if self.done else Fault(cut_before=True)


class Process:
    """One run after the other on the same folder and port."""

    def __init__(self, folder: Path, slack: SlackDouble, *, plan: Path = SAMPLE_PLAN) -> None:
        self._folder = folder
        self._plan = plan
        self._slack = slack
        self._port = free_port()
        self._running: subprocess.Popen[bytes] | None = None
        slack.app = self.url

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    async def start(self) -> None:
        """Return when it answers."""
        self._running = self._spawned()
        await eventually(self._answers, within=STARTED_WITHIN)

    def kill(self) -> None:
        """As the kernel does when memory is short: no last word."""
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()

    def log(self) -> str:
        return (self._folder / "log.txt").read_text()

    def _spawned(self) -> subprocess.Popen[bytes]:
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [*CELLULE, "serve"], cwd=self._folder, env=self._environment(), stderr=log, stdout=log
            )

    def _answers(self) -> bool:
        if not self.alive:
            raise AssertionError(self.log())
        if not is_open(self._port):
            return False
        try:  # `verify`: reading this machine's certificates takes longer than asking
            answer = httpx.get(f"{self.url}/healthz", timeout=1, verify=False)
        except httpx.TransportError:
            return False
        return answer.status_code == httpx.codes.OK

    def types(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command in the same folder, with the same settings."""
        return subprocess.run(
            [*CELLULE, *arguments],
            cwd=self._folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": migrated(self._folder),
            "CELLULE_PLAN": str(self._plan),
            "CELLULE_SECRET_KEY": SECRET,
            "PORT": str(self._port),
            "SLACK_BOT_TOKEN": self._slack.token,
            "SLACK_SIGNING_SECRET": self._slack.signing_secret,
            "SLACK_API_URL": self._slack.api_url,
        }


@contextmanager
def killable(
    folder: Path, slack: SlackDouble, *, plan: Path = SAMPLE_PLAN
) -> Iterator[tuple[Process, Killer]]:
    """A process, not started, and what kills it when one of its calls arrives."""
    process, killer = Process(folder, slack, plan=plan), Killer()
    killer.process = process
    slack._server.faults = killer  # noqa: SLF001  (the double's own faults, with one more)
    try:
        yield process, killer
    finally:
        process.kill()


def is_open(port: int) -> bool:
    """Asked before a page is: a client of HTTP costs as much as it takes from the start that it awaits."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
