"""Work that nobody waits for, yet is never lost sight of: opening a form, a word to the one who pressed."""

import asyncio
from collections.abc import Coroutine

import structlog

log = structlog.get_logger()


class Errands:
    """Runs coroutines beside the answer to a platform."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None], *, name: str) -> None:
        """Begin; a failure is logged under `name`, without its words."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._finished)

    async def stop(self, *, within: float) -> None:
        """Let what runs finish, then end the rest; `within` is in seconds."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            log.error("errand_failed", errand=task.get_name(), error=type(failure).__name__)
