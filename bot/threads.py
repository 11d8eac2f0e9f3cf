"""Where synchronous work runs, off the event loop: one writer on SQLite, first come first served.

Nobody who presses waits for what can wait: that goes behind.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

READERS = 4

PATIENCE = 0.1
"""Seconds that work which can wait lets presses go first; then it takes its turn among them."""


class Threads:
    """`writers` is 1 on SQLite, where a second writer would only wait for the first."""

    def __init__(self, *, writers: int) -> None:
        self._writers = ThreadPoolExecutor(writers, "write")
        self._readers = ThreadPoolExecutor(READERS, "read")
        self._presses: deque[float] = deque()
        self._pressing = 0
        self._calm = asyncio.Event()
        self._calm.set()

    async def write(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that opens a unit of work for writing."""
        self._presses.append(time.monotonic())
        self._pressing += 1
        self._calm.clear()
        try:
            return await _run(self._writers, work, *args, **kwargs)
        finally:
            self._pressing -= 1
            if not self._pressing:
                self._calm.set()

    async def write_behind(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same, for work that can wait a moment: when nobody presses, or when patience ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), PATIENCE)
        return await _run(self._writers, work, *args, **kwargs)

    def presses_a_second(self) -> int:
        """How many came in the last second."""
        since = time.monotonic() - 1
        while self._presses and self._presses[0] < since:
            self._presses.popleft()
        return len(self._presses)

    async def read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that only reads."""
        return await _run(self._readers, work, *args, **kwargs)

    def stop(self) -> None:
        """Let what runs finish."""
        self._writers.shutdown()
        self._readers.shutdown()


async def _run(pool: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: work(*args, **kwargs))
