"""`cellule tick`: what is due up to a time, done at once, whatever the clock on the wall says."""

import asyncio
from datetime import datetime

from bot.main import Service
from bot.settings import Settings


def tick_until(settings: Settings, moment: datetime, *, deliver: bool) -> int:
    """Claim what is due up to a moment until nothing new is due; the number of rows. `deliver` sends what follows."""
    return asyncio.run(_tick(Service(settings), moment, deliver=deliver))


async def _tick(service: Service, moment: datetime, *, deliver: bool) -> int:
    service.application.prepare(moment)
    done = 0
    while claimed := service.application.tick(moment):
        done += claimed
    if deliver:
        await service.deliver()
    return done
