"""The composition root: settings in, one ASGI application with its worker out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot import checking, data, logs
from bot.addresses import KeptAddresses
from bot.application import Application
from bot.cards import Answer, Card, RoomLink
from bot.carrying import Outcome
from bot.data.files import DataError
from bot.domain.ids import MessageRef, Platform
from bot.fetching import Fetcher
from bot.guide import Guide
from bot.handlers.held import WATCHED_FOR
from bot.handlers.triage import Judge
from bot.interactions import Interaction
from bot.plan.loading import load_plan_file
from bot.plan.model import Plan
from bot.plan.problems import CommunitiesMissing, PlanError
from bot.plan.unknown import OR
from bot.ports import Carrier, ChatGateway, Clock, Email, Paper, Place
from bot.relay import Relay
from bot.remarks import Remark
from bot.settings import Settings, secret
from bot.storage import schema
from bot.storage.engine import Database, open_database
from bot.storage.seal import Keyring, check_key
from bot.storage.sql import SqlStore
from bot.store import Store
from bot.texts import Translator
from bot.threads import Threads
from bot.ticker import Ticker
from bot.triage.terms import Terms

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from adapters.operations.metrics import Metrics
    from adapters.slack.app import SlackAdapter
    from adapters.teams.app import TeamsAdapter
    from adapters.web.app import WebAdapter

PG_WRITERS = 8

LISTENS_WITHIN = 1
"""Seconds after which what the gate knows and the triage aid are loaded: the service answers first."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Service:
    """Everything wired. `app` is served; `relay` and `ticker` work beside it while it runs.

    `triage` loads the triage aid, in a thread of its own once the service runs; without it there is none.
    `read_plan` reads the plan file, at the start and at each reload.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        triage: Callable[[Terms], Judge | None] = lambda _terms: None,
        read_plan: Callable[[Path], Plan] = load_plan_file,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self._triage = triage
        self._terms = Terms(settings.triage_terms)
        self._read_plan = read_plan
        self._guide = self._guide_of_file()
        self.database = ready_database(settings)
        self.metrics = self._metrics()
        self._mail = ExitStack()
        self.threads = Threads(writers=1 if self.database.is_sqlite else PG_WRITERS)
        self.application = Application(
            store=SqlStore(self.database, Keyring(settings.secret_keys)),
            guide=lambda: self._guide,
            clock=clock,
            committed=lambda: self.relay.wake(),  # noqa: PLW0108  (made further down)
            base_url=settings.public_url,
        )
        self._check_communities(self.plan)
        self.web = self._web()
        self.slack = self._slack() if settings.slack_enabled else None
        self.teams = self._teams() if settings.teams_enabled else None
        gateways: dict[Platform, ChatGateway] = {Platform.WEB: self.web.gateway}
        if self.slack is not None:
            gateways[Platform.SLACK] = self.slack.gateway
        if self.teams is not None:
            gateways[Platform.TEAMS] = self.teams.gateway
        self.relay = Relay(
            application=self.application,
            gateways=gateways,
            threads=self.threads,
            recorded=self._recorded,
            carrier=self._carrier(),
        )
        self.ticker = Ticker(
            application=self.application,
            threads=self.threads,
            fired=self.metrics.fired,
            judged=self.metrics.judged,
        )
        self.fetcher = self._fetcher()
        self.app = self._app()

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self._guide.plan

    async def reload(self) -> None:
        """Take the plan file over as it is now. What was assigned stays; deputies and times follow.

        Raises `PlanError`: then the plan in force stays.
        """
        guide = await self.threads.read(self._guide_of_file)
        await self.threads.read(self._check_communities, guide.plan)
        self._guide = guide
        await self.threads.write(self.application.follow_plan, self.clock())
        await self.threads.write(self.application.prepare, self.clock())
        for platform in self._beyond():
            platform.meet_people()

    async def reload_facts(self) -> Sequence[DataError | PlanError]:
        """Take the files of facts over as they are now; return what is wrong: what was read before stays."""
        broken = [*await self.threads.read(data.read_anew), *await self.threads.read(self._terms.read_anew)]
        self._guide = self._guide_of(self.plan)
        return broken

    async def handle(self, interaction: Interaction) -> Answer:
        """The way in for every adapter: answered when it is written."""
        began = perf_counter()
        answer = await self.threads.press(self.application.handle, interaction)
        self.metrics.handled(interaction, answer, seconds=perf_counter() - began)
        logs.handled(interaction, answer)
        return answer

    def close(self) -> None:
        """Let go of threads and database."""
        self._mail.close()
        self.threads.stop()
        self.database.close()

    async def deliver(self) -> None:
        """Send what waits, without serving: for the command line."""
        async with AsyncExitStack() as stack:
            await self._started(stack)
            await self.relay.drain()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The worker, as long as this is open."""
        async with AsyncExitStack() as stack:
            stack.callback(self.close)
            await self._started(stack)
            await self.threads.write(self.application.follow_plan, self.clock())
            relay = asyncio.create_task(self.relay.run())
            stack.push_async_callback(_cancelled, relay)
            await self.ticker.start()
            stack.callback(self.ticker.stop)
            if self.fetcher is not None:
                fetching = asyncio.create_task(self.fetcher.run())
                stack.push_async_callback(_cancelled, fetching)
            loading = asyncio.create_task(self._load_aids())
            stack.push_async_callback(_cancelled, loading)
            yield

    async def _load_aids(self) -> None:
        await asyncio.sleep(LISTENS_WITHIN)
        await asyncio.to_thread(checking.read_up)
        self.application.judge = await asyncio.to_thread(self._triage, self._terms)

    def _beyond(self) -> "list[SlackAdapter | TeamsAdapter]":
        """The platforms beyond the network that are on."""
        return [platform for platform in (self.slack, self.teams) if platform is not None]

    async def _started(self, stack: AsyncExitStack) -> None:
        """Start them, to be stopped with the stack."""
        for platform in self._beyond():
            await platform.start()
            stack.push_async_callback(platform.stop)

    def _guide_of_file(self) -> Guide:
        return self._guide_of(self._read_plan(self.settings.plan))

    def _guide_of(self, plan: Plan) -> Guide:
        from adapters.letter.paper import installed

        platforms, mail = enabled_platforms(self.settings), self.settings.mail is not None
        return guide_of(plan, platforms, mail=mail, letters=installed())()

    def _check_communities(self, plan: Plan) -> None:
        """Raise `CommunitiesMissing` when a crisis still needs a community that the plan does not name."""
        if gone := missing_communities(self.application.store, plan, now=self.clock()):
            raise CommunitiesMissing(str(self.settings.plan), gone)

    def _carrier(self) -> Carrier[Email] | None:
        from adapters.email.carrier import SmtpCarrier
        from adapters.email.dkim import load_signer

        settings = self.settings
        if settings.mail is None:
            return None
        signer = load_signer(*settings.dkim) if settings.dkim else None
        carrier = SmtpCarrier(*settings.mail, signer)
        self._mail.callback(carrier.close)
        return carrier

    def _fetcher(self) -> Fetcher | None:
        from adapters.email.mailbox import ImapMailbox

        if self.settings.mailbox is None:
            return None
        mailbox = ImapMailbox(*self.settings.mailbox)
        self._mail.callback(mailbox.close)
        kept = KeptAddresses(store=self.application.store, threads=self.threads, platform=Platform.WEB)
        return Fetcher(application=self.application, mailbox=mailbox, kept=kept, threads=self.threads)

    def _web(self) -> "WebAdapter":
        from adapters.web.app import WebAdapter, WebSettings
        from adapters.web.board import StoreBoard

        settings = WebSettings(
            base_url=self.settings.public_url,
            signing_key=self.settings.secret_keys[0],
            demo=self.settings.demo_allowed,
        )
        return WebAdapter(
            board=StoreBoard(self.application),
            handle=self.handle,
            clock=self.clock,
            settings=settings,
            paper=self._paper(),
        )

    def _paper(self) -> Paper | None:
        from adapters.letter.paper import TypstPaper, installed

        return TypstPaper(self.threads.think) if installed() else None

    def _slack(self) -> "SlackAdapter":
        from adapters.slack.app import slack_app

        settings = self.settings
        return slack_app(
            bot_token=secret(settings.slack_bot_token),
            signing_secret=secret(settings.slack_signing_secret),
            app_token=secret(settings.slack_app_token),
            api_url=settings.slack_api_url,
            plan=lambda: self.plan,
            handle=self.handle,
            elsewhere=self._room_address,
            clock=self.clock,
        )

    def _teams(self) -> "TeamsAdapter":
        from adapters.teams.app import teams_app
        from adapters.teams.settings import settings_of

        return teams_app(
            settings=settings_of(self.settings),
            plan=lambda: self.plan,
            handle=self.handle,
            redraw=self._shown_now,
            kept=KeptAddresses(store=self.application.store, threads=self.threads, platform=Platform.TEAMS),
            parts=partial(self.threads.read, self.application.parts, Platform.TEAMS),
            elsewhere=self._room_address,
            clock=self.clock,
        )

    async def _shown_now(self, place: Place, message: MessageRef) -> Card | None:
        return await self.threads.glance(self.application.shown_now, place, message)

    def _room_address(self, link: RoomLink) -> str:
        """Where a room is opened from another platform."""
        if link.platform is Platform.TEAMS:
            from adapters.teams.links import room_url

            return room_url(link, tenant=self.settings.microsoft_app_tenant_id or "", plan=self.plan)
        return f"{self.settings.public_url}/c/{link.room}"

    def _metrics(self) -> "Metrics":
        from prometheus_client import CollectorRegistry

        from adapters.operations.metrics import Metrics

        return Metrics(CollectorRegistry())

    def _app(self) -> "Starlette":
        from starlette.applications import Starlette

        from adapters.operations.metrics import StoreGauges
        from adapters.operations.routes import operations_routes

        store = self.application.store
        registry = self.metrics.registry
        registry.register(StoreGauges(store, lambda: self.plan.communities))
        operations = operations_routes(
            store=store, clock=self.clock, registry=registry, connections=self._connections
        )
        beyond = [route for platform in self._beyond() for route in platform.routes]
        return Starlette(
            routes=[*operations, *beyond, *self.web.routes],
            middleware=[self.web.guard],
            lifespan=lambda _app: self.running(),
        )

    def _connections(self) -> dict[str, bool]:
        """What must be up besides the database, and whether it is."""
        socket = self.slack.socket if self.slack else None
        return {} if socket is None else {"slack_socket": socket.works}

    def _recorded(self, outcomes: Sequence[Outcome]) -> None:
        self.metrics.carried(outcomes)
        for outcome in outcomes:
            place = outcome.job.row.place
            if place is not None and place.platform is Platform.WEB:
                self.web.hub.changed(place, outcome.message)


def ready_database(settings: Settings) -> Database:
    """Open the database, its schema up to date and its key the right one.

    Raises `SchemaOutdated` and `WrongKey`, each with a sentence.
    """
    database = open_database(settings.database_url)
    with ExitStack() as unless_ready:
        unless_ready.callback(database.close)
        schema.ensure(database)
        with database.write() as connection:
            check_key(connection, Keyring(settings.secret_keys))
        unless_ready.pop_all()
    return database


def missing_communities(store: Store, plan: Plan, *, now: datetime) -> set[str]:
    """The communities that a crisis still needs and that the plan no longer names."""
    with store.read() as uow:
        needed = uow.crises.communities(closed_since=now - WATCHED_FOR)
    return {each for community in needed for each in community.split(OR)} - set(plan.communities)


def slack_remarks(settings: Settings, plan: Plan | None, _: Translator) -> Iterator[Remark]:
    """What Slack says of the installation."""
    from adapters.slack.checkup import slack_remarks

    return slack_remarks(
        bot_token=secret(settings.slack_bot_token),
        app_token=secret(settings.slack_app_token),
        api_url=settings.slack_api_url,
        plan=plan,
        _=_,
    )


def teams_remarks(settings: Settings, plan: Plan | None, _: Translator) -> Iterator[Remark]:
    """What Microsoft says of the installation."""
    from adapters.teams.checkup import teams_remarks
    from adapters.teams.settings import settings_of

    return teams_remarks(settings_of(settings), plan, _)


def mail_remarks(settings: Settings, _: Translator) -> Iterator[Remark]:
    """What the mail servers say of the settings."""
    from adapters.email.checkup import mail_remarks

    return mail_remarks(settings.mail, settings.mailbox, settings.dkim, _)


def guide_of(
    plan: Plan, platforms: tuple[Platform, ...], *, mail: bool = False, letters: bool = False
) -> Callable[[], Guide]:
    """The guide of a plan with the facts that ship with Cellule."""
    guide = Guide(
        plan=plan,
        categories=data.categories(),
        levels=data.levels(),
        help_lines=data.help_lines(),
        schedule=data.follow_up_schedule(),
        platforms=platforms,
        mail=mail,
        letters=letters,
    )
    return lambda: guide


def enabled_platforms(settings: Settings) -> tuple[Platform, ...]:
    """Those whose adapter is on."""
    beyond = {Platform.SLACK: settings.slack_enabled, Platform.TEAMS: settings.teams_enabled}
    return (*(platform for platform, enabled in beyond.items() if enabled), Platform.WEB)


async def _cancelled(task: "asyncio.Task[None]") -> None:
    """Before Python 3.12 `wait_for` may lose a cancellation (bpo-37658): it is said again."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.1)
    with suppress(asyncio.CancelledError):
        await task
