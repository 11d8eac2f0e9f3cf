"""The clock's hand: asks once a second what is due. It holds no state; the due rows are the schedule."""

from collections.abc import Callable
from time import thread_time

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.application import BATCH, Application
from bot.handlers.triage import Judged
from bot.store import Conflict
from bot.threads import Threads

log = structlog.get_logger(__name__)

EVERY = 1
LOOK_EVERY = 30
PREPARE_EVERY = 3600
"""Seconds."""


class Ticker:
    """APScheduler only ticks: it keeps nothing, so nothing is lost with it.

    `fired` is told how many due rows were carried out, `judged` the processor seconds of a message's reading.
    """

    def __init__(
        self,
        *,
        application: Application,
        threads: Threads,
        fired: Callable[[int], None],
        judged: Callable[[float], None],
    ) -> None:
        self._application = application
        self._threads = threads
        self._fired = fired
        self._judged = judged
        self._scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1})

    async def start(self) -> None:
        """Prepare, then tick."""
        await self._prepare()
        await self._look_who_left()
        self._scheduler.add_job(self._tick, "interval", seconds=EVERY)
        self._scheduler.add_job(self._judge, "interval", seconds=EVERY)
        self._scheduler.add_job(self._look_who_left, "interval", seconds=LOOK_EVERY)
        self._scheduler.add_job(self._prepare, "interval", seconds=PREPARE_EVERY)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        application = self._application
        try:
            done = BATCH
            while done == BATCH:
                done = await self._threads.write(application.tick, application.clock())
                self._fired(done)
        except Conflict:
            log.info("tick_lost_a_race")

    async def _judge(self) -> None:
        """Beside the tick: no reminder waits for a text that is read."""
        application = self._application
        try:
            while judged := await self._threads.think(self._timed):
                await self._threads.write(application.propose, judged, application.clock())
        except Conflict:
            log.info("judgement_lost_a_race")

    def _timed(self) -> Judged | None:
        began = thread_time()
        found = self._application.judge_next()
        if found:
            self._judged(thread_time() - began)
        return found

    async def _look_who_left(self) -> None:
        application = self._application
        try:
            await self._threads.write(application.look_who_left, application.clock())
        except Conflict:
            log.info("look_lost_a_race")

    async def _prepare(self) -> None:
        await self._threads.write(self._application.prepare, self._application.clock())
