"""The outbox worker: claim, render, send, record. Nothing else calls a gateway.

What went out and what is claimed next share one transaction, so that a chain of calls costs little more
than the calls.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.application import Application
from bot.carrying import Job, Outcome, carry, job_for
from bot.domain.ids import Platform
from bot.ports import ChatGateway, Place
from bot.recording import record
from bot.threads import Threads

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=5)
"""A killed process's calls are taken over after this long; calls under way renew their lease each second."""

POLL = 1.0
"""Seconds after which rows of other processes, and those put off, are looked for."""

IN_FLIGHT = 64
"""Calls under way at once."""


class Relay:
    """`recorded` is told the places whose cards changed, after they were recorded."""

    def __init__(
        self,
        *,
        application: Application,
        gateways: Mapping[Platform, ChatGateway],
        threads: Threads,
        recorded: Callable[[Collection[Place]], None],
    ) -> None:
        self._application = application
        self._gateways = gateways
        self._threads = threads
        self._recorded = recorded
        self._under_way: dict[asyncio.Task[Outcome], Job] = {}
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """There may be something to send. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Work until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            try:
                await self._turn()
            except Exception:
                log.exception("relay_turn_failed")
                await asyncio.sleep(POLL)
            if len(self._under_way) < IN_FLIGHT:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL)

    async def drain(self) -> None:
        """Send what can be sent now, and return when nothing is left to do at this moment."""
        self._loop = asyncio.get_running_loop()
        while await self._turn() or self._under_way:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _turn(self) -> int:
        """Record what is done and start what is due; the number of calls started."""
        self._wake.clear()
        done = [task for task in self._under_way if task.done()]
        outcomes = [task.result() for task in done]
        jobs = await self._threads.write(self._exchange, outcomes)
        for task in done:
            del self._under_way[task]
        places = {o.job.row.place for o in outcomes if o.job.row.place is not None}
        self._recorded(places)
        for job in jobs:
            task = asyncio.create_task(carry(job, self._gateways[job.row.platform]))
            task.add_done_callback(lambda _task: self._wake.set())
            self._under_way[task] = job
        return len(jobs)

    def _exchange(self, outcomes: Sequence[Outcome]) -> list[Job]:
        """One transaction: outcomes in, claimed rows out. Then render them."""
        application = self._application
        now = application.clock()
        with application.store.write() as uow:
            for outcome in outcomes:
                record(uow, outcome, now=now)
            application.settle(uow, now=now)
            under_way = [job.row.id for job in self._under_way.values()]
            uow.outbox.renew(under_way, lease_until=now + LEASE)
            free = IN_FLIGHT - len(under_way) + len(outcomes)
            rows = uow.outbox.claim(now=now, lease_until=now + LEASE, limit=free)
            uow.commit()
        with application.store.read() as uow:
            return [job_for(row, uow, application.guide(), now=now) for row in rows]
