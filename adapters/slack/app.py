"""Slack, put together."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.slack.answers import Answers
from adapters.slack.calls import Calls
from adapters.slack.gateway import SlackGateway
from adapters.slack.guard import Guard, Rejected
from adapters.slack.identity import Identity
from adapters.slack.listeners import Listeners
from adapters.slack.looks import Looks
from adapters.slack.manifest import ADD_TO_JOURNAL, COMMAND, EVENTS_PATH, OPEN_CRISIS
from adapters.slack.pace import Pace
from adapters.slack.socket import Socket
from adapters.slack.texts import Json
from bot.cards import RoomLink
from bot.errands import Errands
from bot.plan.model import Plan
from bot.ports import Clock, Handle

log = structlog.get_logger()

Listener = Callable[[Json], Awaitable[BoltResponse]]
STOP_WITHIN = 3.0
"""Seconds that a form being opened is given when the service stops."""


@dataclass(frozen=True, slots=True)
class SlackAdapter:
    """Slack as the service uses it: its way in, its way out; between `start` and `stop`.

    `socket` is there in Socket Mode, `routes` are there without it.
    """

    routes: list[Route]
    gateway: SlackGateway
    calls: Calls
    identity: Identity
    errands: Errands
    socket: Socket | None

    async def start(self) -> None:
        """Open the connections; look the plan's people up, which nobody waits for."""
        await self.calls.start()
        if self.socket is not None:
            await self.socket.start()
        self.meet_people()

    def meet_people(self) -> None:
        """Look up whom the plan names, beside everything else."""
        self.errands.start(self.identity.warm_up(), name="look people up")

    async def stop(self) -> None:
        if self.socket is not None:
            await self.socket.stop()
        await self.errands.stop(within=STOP_WITHIN)
        await self.calls.stop()


def slack_app(
    *,
    bot_token: str,
    signing_secret: str,
    app_token: str,
    api_url: str,
    plan: Callable[[], Plan],
    handle: Handle,
    elsewhere: Callable[[RoomLink], str],
    clock: Clock,
) -> SlackAdapter:
    """Wire Slack to the core. `elsewhere`: the address of another platform's room; `plan`: the plan in force.

    With an `app_token` Slack is heard by Socket Mode alone: nothing listens for its requests.
    """
    calls = Calls(token=bot_token, api_url=api_url, pace=Pace(lambda: clock().timestamp()))
    errands = Errands()
    identity = Identity(calls=calls, plan=plan, clock=clock, errands=errands)
    looks = Looks(identity=identity, plan=plan, elsewhere=elsewhere)
    answers = Answers(calls=calls, errands=errands)
    listeners = Listeners(identity=identity, looks=looks, answers=answers, handle=handle)
    gateway = SlackGateway(calls=calls, identity=identity, looks=looks, clock=clock)
    bolt = _bolt(listeners, bot_token=bot_token, api_url=api_url)
    if app_token:
        socket = Socket(app_token=app_token, api_url=api_url, bolt=bolt, clock=clock)
        return SlackAdapter([], gateway, calls, identity, errands, socket)
    guard = Guard(signing_secret=signing_secret, clock=clock)
    routes = [Route(EVENTS_PATH, _endpoint(guard, bolt), methods=["POST"])]
    return SlackAdapter(routes, gateway, calls, identity, errands, None)


def commands(listeners: Listeners) -> Mapping[str, Listener]:
    """Return the slash commands; the manifest names them all."""
    return {COMMAND: listeners.command}


def shortcuts(listeners: Listeners) -> Mapping[str, Listener]:
    """Return the message actions; the manifest names them all."""
    return {OPEN_CRISIS: listeners.open_crisis, ADD_TO_JOURNAL: listeners.add_to_journal}


def events(listeners: Listeners) -> Mapping[str, Listener]:
    """Return what Slack tells by itself; the manifest subscribes to it all."""
    return {"message": listeners.message, "member_left_channel": listeners.left}


def _bolt(listeners: Listeners, *, bot_token: str, api_url: str) -> AsyncApp:
    """Build Bolt's dispatcher. The guard has verified the signature; authorising asks nobody."""
    quiet = logging.getLogger("adapters.slack.bolt")
    quiet.setLevel(logging.ERROR)  # its warnings are advice to programmers

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=bot_token)

    bolt = AsyncApp(
        name="cellule",
        logger=quiet,
        client=AsyncWebClient(base_url=api_url, logger=quiet),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
    )
    for name, listener in commands(listeners).items():
        bolt.command(name)(listener)
    for callback, listener in shortcuts(listeners).items():
        bolt.message_shortcut(callback)(listener)
    anything = re.compile("")
    bolt.block_action(anything)(listeners.button)
    bolt.view_submission(anything)(listeners.form)
    for event, listener in events(listeners).items():
        bolt.event(event)(listener)
    bolt.error(listeners.fault)
    return bolt


def _endpoint(guard: Guard, bolt: AsyncApp) -> Callable[[Request], Awaitable[Response]]:
    async def events(request: Request) -> Response:
        try:
            content = await guard.content(request.stream(), request.headers)
            # As if from a socket: Bolt's own reading of a form loses a command with the word «payload» in it.
            answer = await bolt.async_dispatch(AsyncBoltRequest(body=content, mode="socket_mode"))
        except Rejected as rejected:
            return PlainTextResponse(rejected.why, rejected.status)
        except Exception as failure:  # noqa: BLE001  (the edge: signed, yet of a shape that Bolt cannot read)
            # No traceback: its last line may hold somebody's words.
            log.error("slack_request_unreadable", error=type(failure).__name__)  # noqa: TRY400
            return PlainTextResponse("unreadable", 400)
        return to_starlette_response(answer)

    return events
