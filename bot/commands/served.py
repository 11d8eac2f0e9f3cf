"""Which process serves at a port: its id in a file that stays locked as long as the process lives."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import VAR


@contextmanager
def reachable(port: int) -> Iterator[None]:
    """Let `reload_plan` find this process as long as this is open."""
    path = _file(port)
    path.parent.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the service listens to it, it must not end it
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def reload_plan(port: int) -> bool:
    """Tell the service at this port to read its plan anew; False when none runs from this folder."""
    path = _file(port)
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            os.kill(int(file.read()), signal.SIGHUP)
            return True
        return False


def _file(port: int) -> Path:
    return VAR / f"serving-{port}.pid"
