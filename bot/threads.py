"""Where synchronous work runs, off the event loop: one writer on SQLite, first come first served.

And readers beside it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

READERS = 4


class Threads:
    """`writers` is 1 on SQLite, where a second writer would only wait for the first."""

    def __init__(self, *, writers: int) -> None:
        self._writers = ThreadPoolExecutor(writers, "write")
        self._readers = ThreadPoolExecutor(READERS, "read")

    async def write(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that opens a unit of work for writing."""
        return await _run(self._writers, work, *args, **kwargs)

    async def read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that only reads."""
        return await _run(self._readers, work, *args, **kwargs)

    def stop(self) -> None:
        """Let what runs finish."""
        self._writers.shutdown()
        self._readers.shutdown()


async def _run(pool: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: work(*args, **kwargs))
