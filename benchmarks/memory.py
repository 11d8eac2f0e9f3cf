"""What the service holds while nothing happens."""

import asyncio
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.serving import served
from benchmarks.workspace import workspace


async def measure(folder: Path) -> list[Figure]:
    with workspace() as slack:
        with served(slack, folder):
            pass  # the first start makes the schema
        with served(slack, folder) as service:
            await asyncio.sleep(5)
            resident = service.resident
    return [Figure("Resident memory after 5 s, Slack and browser room on", resident, "MB", 100)]
