"""Teams, put together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from adapters.teams.answers import Answers, Redraw
from adapters.teams.book import Book
from adapters.teams.calls import http_client
from adapters.teams.catalog import Catalog
from adapters.teams.connector import Connector
from adapters.teams.departures import Departures, Parts
from adapters.teams.gateway import TeamsGateway
from adapters.teams.graph import Graph
from adapters.teams.guard import Guard, Rejected
from adapters.teams.identity import Identity
from adapters.teams.keys import SigningKeys
from adapters.teams.listeners import Again, Listeners
from adapters.teams.looks import Looks
from adapters.teams.pace import Pace
from adapters.teams.rooms import Teams
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from bot.cards import RoomLink
from bot.domain.ids import Platform
from bot.errands import Errands
from bot.plan.model import Plan
from bot.ports import AddressBook, Clock, Handle

log = structlog.get_logger()

MESSAGES_PATH = "/api/messages"
STOP_WITHIN = 3.0
"""Seconds that a word to somebody is given when the service stops."""
_AGAIN = 503


@dataclass(frozen=True, slots=True)
class TeamsAdapter:
    """Teams as the service uses it: its way in, its way out; between `start` and `stop`."""

    routes: list[Route]
    gateway: TeamsGateway
    identity: Identity
    connector: Connector
    keys: SigningKeys
    errands: Errands
    http: httpx.AsyncClient

    async def start(self) -> None:
        """Fetch keys and a token, and look the plan's people up, which nobody waits for."""
        self.errands.start(self.keys.warm_up(), name="fetch keys")
        self.errands.start(self.connector.warm_up(), name="fetch a token")
        self.meet_people()

    def meet_people(self) -> None:
        """Look up whom the plan names, beside everything else."""
        self.errands.start(self.identity.warm_up(), name="look people up")

    async def stop(self) -> None:
        await self.errands.stop(within=STOP_WITHIN)
        await self.http.aclose()


def teams_app(
    *,
    settings: TeamsSettings,
    plan: Callable[[], Plan],
    handle: Handle,
    redraw: Redraw,
    kept: AddressBook,
    parts: Parts,
    elsewhere: Callable[[RoomLink], str],
    clock: Clock,
) -> TeamsAdapter:
    """Wire Teams to the core.

    `elsewhere`: the address of another platform's room; `plan`: the plan in force; `redraw`: what a message
    shows now; `kept`: what must be found again after a restart; `parts`: who has one, by room.
    """
    http, errands = http_client(), Errands()
    tokens = Tokens(
        http=http,
        login_url=settings.login_url,
        app_id=settings.app_id,
        password=settings.password,
        clock=clock,
    )
    keys = SigningKeys(http=http, metadata_url=settings.openid_metadata_url, clock=clock)
    hosts = frozenset(settings.hosts)

    def tenants() -> frozenset[str]:
        named = plan().workspaces(Platform.TEAMS)
        return frozenset({settings.tenant, *(tenant for tenant in named if tenant)})

    guard = Guard(app_id=settings.app_id, keys=keys, hosts=hosts, tenants=tenants, clock=clock)
    pace = Pace(lambda: clock().timestamp())
    connector = Connector(http=http, tokens=tokens, tenant=settings.tenant, hosts=hosts, pace=pace)
    graph = Graph(http=http, tokens=tokens, url=settings.graph_url, tenant=settings.tenant)
    book = Book(kept=kept, tenant=settings.tenant, first_service_url=settings.first_service_url)
    identity = Identity(
        connector=connector,
        graph=graph,
        plan=plan,
        tenant=settings.tenant,
        tenants=tenants,
        clock=clock,
        errands=errands,
    )
    looks = Looks(identity=identity, plan=plan, elsewhere=elsewhere, tenant=settings.tenant)
    catalog = Catalog(graph, settings)
    gateway = TeamsGateway(Teams(settings, graph, connector, identity, looks, book, catalog))
    answers = Answers(gateway=gateway, connector=connector, looks=looks, redraw=redraw, errands=errands)
    departures = Departures(identity=identity, connector=connector, gateway=gateway, book=book, parts=parts)
    listeners = Listeners(
        identity=identity,
        looks=looks,
        answers=answers,
        book=book,
        departures=departures,
        handle=handle,
        fixed_channel=settings.channel,
    )
    routes = [Route(MESSAGES_PATH, _endpoint(guard, listeners), methods=["POST"])]
    return TeamsAdapter(routes, gateway, identity, connector, keys, errands, http)


def _endpoint(guard: Guard, listeners: Listeners) -> Callable[[Request], Awaitable[Response]]:
    async def messages(request: Request) -> Response:
        try:
            activity = await guard.content(request.stream(), request.headers)
        except Rejected as rejected:
            return PlainTextResponse(rejected.why, rejected.status)
        try:
            body = await listeners.hear(activity)
        except Rejected as rejected:
            return PlainTextResponse(rejected.why, rejected.status)
        except Again:
            body = listeners.failed(activity)
            return Response(status_code=_AGAIN) if body is None else JSONResponse(body)
        except Exception as failure:  # noqa: BLE001  (the edge: nobody is answered by a stack trace)
            # No traceback: its last line may hold somebody's words.
            log.error("teams_activity_failed", error=type(failure).__name__)  # noqa: TRY400
            body = listeners.failed(activity)
        return Response(status_code=200) if body is None else JSONResponse(body)

    return messages
