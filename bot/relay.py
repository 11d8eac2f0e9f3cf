"""The outbox worker: claim, render, send, record. Nothing else calls a gateway.

What went out and what is claimed next share one transaction, so that a chain of calls costs little more
than the calls.
"""

import asyncio
import contextlib
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.application import TRIES, Application
from bot.carrying import Job, Outcome, carry, hand_over, job_for
from bot.domain.ids import Platform
from bot.logs import cause
from bot.ports import Ambiguous, Carrier, ChatGateway, Email, RateLimited
from bot.recording import record
from bot.store import Conflict, Locked, Outgoing, Task
from bot.threads import Threads

T = TypeVar("T")

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=4)
"""A killed process's calls are taken over after this long; calls under way renew their lease each second."""

POLL = 1.0
"""Seconds after which rows of other processes, and those put off, are looked for."""

RENEW_EVERY = timedelta(seconds=1)

IN_FLIGHT = 64
"""Calls under way at once."""

FEW = 10
A_PRESS = 0.005
LONGEST = 0.5
"""The more presses a second, the more the next turn gathers: beyond `FEW` it waits so many seconds for each.

It waits no longer than `LONGEST`.
"""

A_TURN = 16
"""Calls recorded and begun in one transaction: presses wait for it."""


class Relay:
    """`recorded` is told what was carried, after it was written down. `carrier` sends e-mails."""

    def __init__(
        self,
        *,
        application: Application,
        gateways: Mapping[Platform, ChatGateway],
        threads: Threads,
        recorded: Callable[[Sequence[Outcome]], None],
        carrier: Carrier[Email] | None = None,
    ) -> None:
        self._application = application
        self._gateways = gateways
        self._threads = threads
        self._recorded = recorded
        self._carrier = carrier
        self._under_way: dict[asyncio.Task[Outcome], Job] = {}
        self._nothing_said: Sequence[Outcome] = ()
        self._renewed = datetime.min.replace(tzinfo=UTC)
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
            except Exception as error:  # noqa: BLE001  (whatever it was, the next turn may do)
                crises = sorted({job.row.crisis for job in self._under_way.values() if job.row.crisis})
                log.error("relay_turn_failed", crises=crises, **cause(error))  # noqa: TRY400  (no words)
                await asyncio.sleep(POLL)
            await asyncio.sleep(min(A_PRESS * max(self._threads.presses_a_second() - FEW, 0), LONGEST))
            if len(self._under_way) < IN_FLIGHT:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL)

    async def drain(self) -> None:
        """Send what can be sent now, and return when nothing is left to do at this moment."""
        self._loop = asyncio.get_running_loop()
        while await self._turn() or self._under_way or self._nothing_said:
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _turn(self) -> int:
        """Record what is done and start what is due; the number of calls started.

        That there was nothing to say is recorded with what is done next: it is worth no transaction.
        """
        self._wake.clear()
        done = [task for task in self._under_way if task.done()][:A_TURN]
        outcomes = [*self._nothing_said, *(self._outcome(task) for task in done)]
        rows = await self._threads.write_behind(self._recorded_and_claimed, outcomes)
        for task in done:
            del self._under_way[task]
        self._recorded(outcomes)
        self._look_again(outcomes, rows)
        jobs = await self._threads.read_in_parts(self._rendered, rows) if rows else []
        self._nothing_said = [Outcome(job) for job in jobs if job.says_nothing]
        started = [job for job in jobs if not job.says_nothing]
        for job in started:
            task = asyncio.create_task(self._call(job))
            task.add_done_callback(lambda _task: self._wake.set())
            self._under_way[task] = job
            await asyncio.sleep(0)  # one after the other: a press comes between
        return len(started)

    async def _call(self, job: Job) -> Outcome:
        if job.row.task is Task.MAIL:
            return await hand_over(job, self._carrier)
        return await carry(job, self._gateways[job.row.platform])

    def _look_again(self, outcomes: Sequence[Outcome], rows: Sequence[Outgoing]) -> None:
        """See that the next turn comes as soon as there is something to do."""
        if A_TURN in {len(outcomes), len(rows)}:
            self._wake.set()
        for outcome in outcomes:
            if isinstance(outcome.error, RateLimited):
                asyncio.get_running_loop().call_later(outcome.error.retry_after, self._wake.set)

    def _exchange(self, outcomes: Sequence[Outcome], *, claims: bool = True) -> Sequence[Outgoing]:
        """One transaction: outcomes in, claimed rows out."""
        application = self._application
        now = application.clock()
        with application.store.write() as uow:
            for outcome in outcomes:
                record(uow, outcome, now=now)
            application.settle(uow, now=now)
            if now - self._renewed >= RENEW_EVERY:
                uow.outbox.renew([j.row.id for j in self._under_way.values()], lease_until=now + LEASE)
                self._renewed = now
            free = IN_FLIGHT - len(self._under_way) + len(outcomes) if claims else 0
            rows = uow.outbox.claim(now=now, lease_until=now + LEASE, limit=min(free, A_TURN))
            uow.commit()
        return rows

    def _recorded_and_claimed(self, outcomes: Sequence[Outcome]) -> Sequence[Outgoing]:
        """All at once, again after a lost race.

        An outcome that cannot be written holds no other up: its row is claimed again.
        """
        for _ in range(TRIES - 1):
            with contextlib.suppress(Conflict):
                return self._in_one_or_in_parts(outcomes)
        return self._in_one_or_in_parts(outcomes)

    def _in_one_or_in_parts(self, outcomes: Sequence[Outcome]) -> Sequence[Outgoing]:
        rows = _attempt("turn_in_parts", None, lambda: self._exchange(outcomes))
        if rows is not None:
            return rows
        for outcome in outcomes:
            _attempt("not_recorded", outcome.job.row, partial(self._exchange, [outcome], claims=False))
        return self._exchange([])

    def _rendered(self, rows: Sequence[Outgoing]) -> Generator[Job, None, None]:
        """The cards of this moment, one by one: nobody who presses waits for them all."""
        application = self._application
        now = application.clock()
        with application.store.read() as uow:
            draw = partial(job_for, uow=uow, guide=application.guide(), now=now)
            for row in rows:
                job = _attempt("card_not_rendered", row, partial(draw, row))
                if job is not None:
                    yield job

    def _outcome(self, task: asyncio.Task[Outcome]) -> Outcome:
        """What became of a call. One that broke on our side was perhaps made: it is tried again."""
        row = self._under_way[task].row
        broken = task.exception()
        if broken is not None:
            log.error("call_broke", crisis=row.crisis, task=row.task, **cause(broken))
            return Outcome(self._under_way[task], error=Ambiguous("fault"))
        outcome = task.result()
        if outcome.error is not None and not isinstance(outcome.error, RateLimited):
            code, tries = outcome.error.code, row.attempts
            log.warning("not_carried", crisis=row.crisis, task=row.task, code=code, tries=tries)
        return outcome


def _attempt(failed: str, row: Outgoing | None, work: Callable[[], T]) -> T | None:
    """None when it failed: said in the log, and tried again after the row's lease.

    Raises `Conflict` and `Locked`.
    """
    try:
        return work()
    except (Conflict, Locked):
        raise
    except Exception as error:  # noqa: BLE001  (whatever one row does, it holds no other up)
        about = {"crisis": row.crisis, "card": row.kind} if row else {}
        log.error(failed, **about, **cause(error))  # noqa: TRY400  (no words)
        return None
