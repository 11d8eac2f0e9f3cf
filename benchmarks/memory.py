"""What the service holds while nothing happens."""

import asyncio
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.serving import served
from benchmarks.workspace import workspace

TRIAGE = 120
"""MB that the triage aid may add."""


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack:
        with served(slack, folder):
            pass  # the first start makes the schema
        with served(slack, folder) as service:
            await asyncio.sleep(5)
            resident = service.resident
    with_aid = "Resident memory after 5 s, Slack, browser room and triage aid on"
    return [Figure(with_aid, resident, "MB", 100 + TRIAGE)]
