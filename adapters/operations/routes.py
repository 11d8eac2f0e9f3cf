"""For those who run Cellule: is it alive, can it work, how much does it do. Nothing here names anyone."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.ports import Clock
from bot.store import Store

TOO_OLD = timedelta(minutes=2)
"""A due row or an undelivered one older than this says that ticker or relay stand still."""


def operations_routes(
    *, store: Store, clock: Clock, registry: CollectorRegistry, connections: Callable[[], Mapping[str, bool]]
) -> list[Route]:
    """`/healthz`, `/readyz`, `/metrics`. `connections` names what must be up, and whether it is."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        now = clock()
        try:
            ages = await asyncio.to_thread(_ages, store, now)
        except SQLAlchemyError:
            return JSONResponse({"ready": False, "database": False}, status_code=503)
        up = connections()
        ready = all(age <= TOO_OLD.total_seconds() for age in ages.values()) and all(up.values())
        said = {"ready": ready, "database": True, **up, **ages}
        return JSONResponse(said, status_code=200 if ready else 503)

    async def metrics(_request: Request) -> Response:
        text = await asyncio.to_thread(generate_latest, registry)  # it asks the database
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    endpoints: dict[str, Callable[..., object]] = {"healthz": healthz, "readyz": readyz, "metrics": metrics}
    return [Route(f"/{name}", endpoint) for name, endpoint in endpoints.items()]


def _ages(store: Store, now: datetime) -> dict[str, float]:
    """How long the oldest due row and the oldest undelivered row have waited, in seconds."""
    with store.read() as uow:
        due, undelivered = uow.reminders.oldest_due(now), uow.outbox.oldest_undelivered()
    return {
        "oldest_due_row_seconds": _age(due, now),
        "oldest_undelivered_row_seconds": _age(undelivered, now),
    }


def _age(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
