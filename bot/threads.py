"""Where synchronous work runs: one writer on SQLite, first come first served.

Nobody who presses waits for what can wait: that goes behind.
Decision: `docs/adr/0013-short-writes-at-once.md`.
"""

import asyncio
import os
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from typing import ParamSpec, TypeVar

from bot.store import MAY_WAIT, Locked

P = ParamSpec("P")
R = TypeVar("R")

READERS = 4

PATIENCE = 0.1
"""Seconds that work which can wait lets presses go first; then it takes its turn among them."""

STEPS_BACK = 10
"""Of the 19 by which a thread may let others go first (`man 2 nice`)."""

SLOW = 0.05
SLOW_FOR = 1.0
"""A disk for which a short write waited longer is not waited for on the event loop for so long. Seconds."""


class Threads:
    """`writers` is 1 on SQLite, where a second writer would only wait for the first."""

    def __init__(self, *, writers: int) -> None:
        self._turns = asyncio.Lock() if writers == 1 else None
        self._writers = ThreadPoolExecutor(writers, "write")
        self._readers = ThreadPoolExecutor(READERS, "read")
        self._thinker = ThreadPoolExecutor(1, "think", initializer=_step_back)
        self._slow_until = 0.0
        self._presses: deque[float] = deque()
        self._pressing = 0
        self._calm = asyncio.Event()
        self._calm.set()

    async def press(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out what somebody asked, in one short unit of work."""
        self._presses.append(time.monotonic())
        self._pressing += 1
        self._calm.clear()
        try:
            return await self._short(work, *args, **kwargs)
        finally:
            self._pressing -= 1
            if not self._pressing:
                self._calm.set()

    async def write_behind(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same, for work that can wait a moment: when nobody presses, or when patience ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._calm.wait(), PATIENCE)
        return await self._short(work, *args, **kwargs)

    async def write(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that opens units of work for writing, and may take long."""
        async with self._turns or nullcontext():
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

    async def glance(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same, for one card that somebody waits for: on SQLite no reading ever waits."""
        if self._turns is None:
            return await self.read(work, *args, **kwargs)
        return work(*args, **kwargs)

    async def think(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that computes long and that nobody waits for; the processor is others' first."""
        return await _run(self._thinker, work, *args, **kwargs)

    async def read_in_parts(
        self, work: Callable[P, Generator[R, None, None]], *args: P.args, **kwargs: P.kwargs
    ) -> list[R]:
        """Run something that only reads and computes, letting whoever presses go between its parts."""
        if self._turns is None:
            return await self.read(lambda: list(work(*args, **kwargs)))
        found = []
        with closing(work(*args, **kwargs)) as parts:
            for part in parts:
                found.append(part)
                await asyncio.sleep(0)
        return found

    def stop(self) -> None:
        """Let what runs finish."""
        self._writers.shutdown()
        self._readers.shutdown()
        self._thinker.shutdown()

    async def _short(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """On the event loop itself, unless the database makes it wait."""
        if self._turns is None:
            return await self.write(work, *args, **kwargs)
        async with self._turns:
            with suppress(Locked):
                if time.monotonic() >= self._slow_until:
                    return self._at_once(work, *args, **kwargs)
            return await _run(self._writers, work, *args, **kwargs)

    def _at_once(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        began, computed = time.monotonic(), time.thread_time()
        before = MAY_WAIT.set(False)
        try:
            return work(*args, **kwargs)
        finally:
            MAY_WAIT.reset(before)
            ended = time.monotonic()
            if ended - began - (time.thread_time() - computed) > SLOW:
                self._slow_until = ended + SLOW_FOR


def _step_back() -> None:
    """On Linux a thread has a priority of its own: `man 7 sched`."""
    os.nice(STEPS_BACK)


async def _run(pool: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: work(*args, **kwargs))
