"""Ten thousand reminders that came due together, as after a long stop."""

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from benchmarks.figures import Figure
from benchmarks.seeding import LEA, in_process, open_crises, open_ids, relay_into
from benchmarks.workspace import workspace
from bot.domain.ids import CrisisId
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.main import Service
from bot.storage.tables import outgoing
from bot.store import CardKind

CRISES, EACH = 100, 100
ALL = CRISES * EACH


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack, in_process(slack, folder) as service:
        open_crises(service, CRISES)
        await relay_into(slack, service).drain()
        now = service.clock() + timedelta(minutes=1)
        _plan(service)
        start = time.perf_counter()
        claimed = 0
        while here := service.application.tick(now):
            claimed += here
        seconds = time.perf_counter() - start
        said = _said(service)
    return [
        Figure("Due reminders claimed and carried out", claimed / seconds, "a second", 1000, at_least=True),
        Figure(
            "Of 10,000 due reminders, said once",
            sum(n == 1 for n in said.values()),
            "reminders",
            ALL,
            at_least=True,
        ),
        Figure(
            "Of 10,000 due reminders, said more than once", sum(n > 1 for n in said.values()), "reminders", 0
        ),
    ]


def _plan(service: Service) -> None:
    now = service.clock()
    with service.application.store.write() as uow:
        for crisis in open_ids(service):
            uow.reminders.plan(
                [
                    Reminder(
                        ReminderKind.PERSONAL,
                        f"{crisis}.p{number}",
                        1,
                        now,
                        CrisisId(crisis),
                        LEA.person,
                        "Rappeler le service client",
                    )
                    for number in range(EACH)
                ]
            )
        uow.commit()


def _said(service: Service) -> Counter[str]:
    """How often each reminder was said to its owner."""
    said: Counter[str] = Counter()
    mine = (outgoing.c.kind == CardKind.REMINDER) & (outgoing.c.place_ref == LEA.person)
    with service.database.read() as connection:
        for row in connection.execute(select(outgoing.c.subject, outgoing.c.wanted).where(mine)):
            said[row.subject] += row.wanted
    return said
