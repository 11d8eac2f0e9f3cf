"""`cellule tick`: what is due up to a time, done at once, whatever the clock on the wall says."""

import asyncio
from contextlib import closing
from datetime import datetime

from bot.commands.stopped import Stopped
from bot.main import Service
from bot.settings import Settings
from bot.storage.serving import is_served
from bot.store import Conflict
from bot.texts import N_

_AHEAD = N_(
    "A service works on this database, and {moment} is still to come: its reminders would be said before "
    "their hour. Stop it first; for a demonstration, set CELLULE_DEMO=1."
)


def tick_until(settings: Settings, moment: datetime, *, deliver: bool) -> int:
    """Carry out what is due up to a moment until nothing new is due; the number of due rows.

    What happens then bears that moment; leases, delays between tries and the hour of writing keep to the
    real clock. `deliver` also sends what follows. Raises `Stopped` for a moment to come while a service is
    at work, unless in demonstration.
    """
    with closing(Service(settings)) as service:
        if moment > service.clock() and not settings.demo and is_served(service.database):
            raise Stopped(_AHEAD, moment=moment.isoformat())
        return asyncio.run(_tick(service, moment, deliver=deliver))


async def _tick(service: Service, moment: datetime, *, deliver: bool) -> int:
    service.application.prepare(service.clock())
    done = _carry_out(service, moment)
    while deliver:
        await service.deliver()
        more = _carry_out(service, moment)  # what was sent may have set new hours
        if not more:
            break
        done += more
    return done


def _carry_out(service: Service, moment: datetime) -> int:
    done = 0
    while claimed := _claim(service, moment):
        done += claimed
    return done


def _claim(service: Service, moment: datetime) -> int:
    """One transaction, run again when a press came in between."""
    while True:
        try:
            return service.application.tick(moment)
        except Conflict:
            continue
