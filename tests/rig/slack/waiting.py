"""Waiting for what happens elsewhere, and reading what the calls to a platform cost."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Protocol


class Timed(Protocol):
    """A call to a platform's double, timed by `time.perf_counter()`."""

    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...


async def eventually(happened: Callable[[], object], *, within: float = 20.0) -> None:
    """Return as soon as `happened()` is true; fail after so many seconds."""
    deadline = time.monotonic() + within
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        await asyncio.sleep(0.005)


def call_levels(calls: Sequence[Timed]) -> int:
    """The longest chain of calls of which each began after the one before had ended."""
    chains: list[tuple[float, int]] = []
    for call in sorted(calls, key=lambda one: one.started):
        before = max((length for ended, length in chains if ended <= call.started), default=0)
        chains.append((call.ended, before + 1))
    return max((length for _, length in chains), default=0)
