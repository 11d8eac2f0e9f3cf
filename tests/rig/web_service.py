"""The whole service for real browsers: the demonstration, its worker running, a clock to move."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.data import SAMPLE_PLAN
from bot.main import Service
from bot.settings import Settings
from tests.rig.browser import served
from tests.rig.migrated import migrated
from tests.rig.plans import read_plan
from tests.rig.service import SECRET
from tests.rig.slack.service import MovedClock


def free_port() -> int:
    """A port that nobody listens on: a service that starts again keeps its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@asynccontextmanager
async def serving(
    folder: Path, clock: MovedClock, *, port: int, plan: Path = SAMPLE_PLAN
) -> AsyncIterator[Service]:
    """Serve on the running event loop. Afterwards a new service on the same folder goes on."""
    settings = Settings(
        _env_file=None,
        database_url=migrated(folder),
        plan=plan,
        secret_key=SecretStr(SECRET),
        port=port,
        demo=True,
    )
    service = Service(settings, clock=clock, read_plan=read_plan)
    async with service.running(), served(service.app, port=port):
        try:
            yield service
        finally:
            service.web.hub.close()  # the streams of open pages would hold the stop up
