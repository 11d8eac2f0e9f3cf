"""`cellule serve`: the service on its address, until it is stopped."""

import asyncio
import gc
import signal
import socket
import sys
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType

import structlog
import typer
import uvicorn

from bot import logs
from bot.commands.served import reachable
from bot.commands.stopped import Stopped
from bot.handlers.triage import Judge
from bot.main import Service
from bot.plan.problems import PlanError
from bot.settings import Settings
from bot.storage.serving import serving
from bot.texts import N_, Translator
from bot.triage.terms import Terms

log = structlog.get_logger(__name__)

STOP_WITHIN = 5
"""Seconds that requests under way are given."""

COLLECT_EVERY = 20_000
"""Allocations between two searches for garbage; Python's own 700 make a whole search fall into presses."""

SWITCH_EVERY = 0.0005
"""Seconds after which a thread that computes lets another go on.

Python's own 5 ms are what a press would wait at each of its statements while a card is drawn beside it.
"""

STAYS = "what was read before stays in force"

_NO_ADDRESS = N_(
    "Cellule cannot listen at {host}, port {port}: {reason}. Stop what listens there, or set HOST and PORT."
)


def serve(settings: Settings, _: Translator) -> None:
    """Serve until a signal says stop. Raises `Stopped`, and what `Service` raises."""
    with closing(_listening(settings)) as listener:
        service = Service(settings, triage=installed_triage)
        server = _Server(
            service,
            uvicorn.Config(
                service.app,
                log_config=None,
                access_log=False,
                server_header=False,
                loop="asyncio",  # uvloop takes 2 MB more, and answers no sooner here
                proxy_headers=False,
                timeout_graceful_shutdown=STOP_WITHIN,
            ),
        )
        _make_even()
        typer.echo(_where_to_look(settings, _), err=True)
        logs.set_up()
        with serving(service.database), reachable(settings.port), suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        if not server.started:
            sys.exit(1)  # the log says why


def installed_triage(terms: Terms) -> Judge | None:
    """The triage aid as it is installed; None, and a line in the log, where it cannot be read."""
    try:
        from bot.triage.loading import load  # noqa: PLC0415  (half a second and 100 MB)

        return load(terms).judge
    except (ImportError, OSError, ValueError, KeyError) as error:
        log.warning("triage_not_loaded", reason=type(error).__name__)
        return None


class _Server(uvicorn.Server):
    """Says good-bye to the open pages first, whose streams would hold the stop up.

    SIGHUP reads the plan anew, and the files of facts.
    """

    def __init__(self, service: Service, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._service = service
        self._reloads: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._begin_reload)
        await super().startup(sockets)

    def _begin_reload(self) -> None:
        task = asyncio.create_task(self._reload())
        self._reloads.add(task)
        task.add_done_callback(self._reloads.discard)

    async def _reload(self) -> None:
        """Say where a wrong file is wrong by line and code: the values of a plan name people."""
        for broken in await self._service.reload_facts():
            log.error("file_refused", file=Path(broken.source).name, problems=broken.codes, instead=STAYS)
        try:
            await self._service.reload()
        except PlanError as error:
            log.error("plan_refused", problems=error.codes)  # noqa: TRY400  (the codes say all)
        else:
            log.info("plan_reloaded", communities=len(self._service.plan.communities))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._service.web.hub.close()
        super().handle_exit(sig, frame)


def _make_even() -> None:
    """Threads take turns sooner, and what stays is not searched for garbage: no press meets a pause."""
    sys.setswitchinterval(SWITCH_EVERY)
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY, 20, 100)


def _listening(settings: Settings) -> socket.socket:
    """Take the address first: a service that cannot be reached must not touch the database."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = str(error.strerror)
        raise Stopped(_NO_ADDRESS, host=host, port=str(port), reason=reason) from error


def _where_to_look(settings: Settings, _: Translator) -> str:
    if settings.demo_allowed:
        return _(
            "Cellule: open {url} and choose who you are. This is a demonstration.", url=settings.public_url
        )
    way_in = _("A person of the plan comes in by a link: cellule link PERSON")
    if settings.slack_enabled:
        way_in = _("On Slack, type /crisis help.") + " " + way_in
    return f"Cellule: {settings.public_url}\n{way_in}"
