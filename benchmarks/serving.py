"""`cellule serve` in a process of its own, and what it costs."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.workspace import environment
from tests.rig.slack.double import SlackDouble

READY_WITHIN = 20
AT_REST = 0.3
WATCHED = 6
"""Seconds of processor time at most, in so many: messages wait 5 s for a triage aid not loaded yet."""
AT_REST_WITHIN = 60
WARM_AFTER = 1.5
"""Seconds after which the plan's people have been looked up."""


class Served:
    """A running service."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._proc = Path(f"/proc/{process.pid}")
        self.base_url = f"http://127.0.0.1:{port}"

    @property
    def resident(self) -> float:
        """Memory in use, in MB."""
        status = (self._proc / "status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, of all threads."""
        threads = (self._proc / "task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    @property
    def triage_cpu(self) -> float:
        """Seconds of processor time in which the triage aid has read messages so far."""
        told = httpx.get(f"{self.base_url}/metrics").text.partition("cellule_triage_cpu_seconds_sum ")[2]
        return float(told.split()[0])


@contextmanager
def served(
    slack: SlackDouble, folder: Path, *, settings: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Start the service in an empty environment, or with `settings` alone, and stop it in the end."""
    port = _free_port()
    as_shipped = {"PYTHONOPTIMIZE": "2"}  # by the Dockerfile and `make run`
    own = as_shipped | {"PORT": str(port), "PATH": os.environ["PATH"]}
    told = {**(settings or environment(slack, folder)), **own}
    command = [str(Path(sys.executable).parent / "cellule"), "serve"]
    with (
        (folder / "serve.log").open("wb") as said,
        subprocess.Popen(command, cwd=folder, env=told, stdout=said, stderr=said) as process,
    ):
        try:
            service = Served(process, port)
            _wait_for(service.base_url, folder / "serve.log")
            slack.app = service.base_url
            yield service
        finally:
            process.terminate()


async def at_rest(service: Served) -> None:
    """Wait until it has done what it found at its start: the triage aid reads each message not judged yet."""
    deadline = time.monotonic() + AT_REST_WITHIN
    used = AT_REST + 1
    while used > AT_REST and time.monotonic() < deadline:
        before = service.cpu
        await asyncio.sleep(WATCHED)
        used = service.cpu - before


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(base_url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while True:
        try:
            httpx.get(f"{base_url}/healthz").raise_for_status()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise TimeoutError(log.read_text()) from None
            time.sleep(0.05)
        else:
            time.sleep(WARM_AFTER)
            return
