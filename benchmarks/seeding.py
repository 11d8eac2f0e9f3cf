"""Crises that stand already when a measurement begins.

The real handlers, cards and gateway make them; the calls go straight into the double, without HTTP or pace.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from adapters.slack.calls import Calls, Refusal
from adapters.slack.gateway import SlackGateway
from adapters.slack.identity import Identity
from adapters.slack.looks import Looks
from benchmarks.workspace import environment
from bot.cards import Action
from bot.domain.ids import PersonId, Platform
from bot.domain.verbs import Verb
from bot.errands import Errands
from bot.interactions import Actor, FormSubmission
from bot.main import Service, utc_now
from bot.ports import Clock
from bot.relay import Relay
from bot.settings import Settings
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.method import METHODS, understood
from tests.rig.slack.world import SlackError, World

LEA = Actor(Platform.SLACK, PersonId("lea"))
WORDS = "Votre service est une honte et tout le monde va le savoir. " * 6
REPLY = (
    "Bonjour, merci de nous avoir écrit. Vous êtes en colère, et nous regardons ce qui s'est passé : nous "
    "vous devons une réponse. Qu'attendez-vous de nous en premier ? Vous pouvez répondre à ce message : nous "
    "le lisons chaque jour. Nous revenons vers vous jeudi.\nLéa, modératrice, Forum Exemple"
)
"""A text that the gate lets pass."""


class DirectCalls:
    """Stands for `Calls`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(
        self, method: str, *, posts_to: str | None = None, **arguments: object
    ) -> dict[str, Any]:
        del posts_to
        called = METHODS[method]
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            return called.run(self._world, understood(called, given))
        except SlackError as refused:
            raise Refusal(refused.error, refused.extra) from refused


@contextmanager
def in_process(
    slack: SlackDouble, folder: Path, *, settings: Mapping[str, str] | None = None, clock: Clock = utc_now
) -> Iterator[Service]:
    """The service that `environment`, or `settings`, describe, in this process; nothing works by itself."""
    values = {name.lower(): value for name, value in (settings or environment(slack, folder)).items()}
    named = {name.removeprefix("cellule_"): value for name, value in values.items()}
    service = Service(Settings(_env_file=None, **named), clock=clock)
    try:
        yield service
    finally:
        service.threads.stop()
        service.database.close()


def relay_into(slack: SlackDouble, service: Service) -> Relay:
    calls = cast("Calls", DirectCalls(slack.world))
    plan = service.application.guide().plan
    identity = Identity(calls=calls, plan=lambda: plan, clock=utc_now, errands=Errands())
    looks = Looks(identity=identity, plan=lambda: plan, elsewhere=str)
    gateway = SlackGateway(calls=calls, identity=identity, looks=looks, clock=utc_now)
    return Relay(
        application=service.application,
        gateways={Platform.SLACK: gateway},
        threads=service.threads,
        recorded=lambda _places: None,
    )


def open_crises(service: Service, count: int, *, first: int = 0) -> None:
    for number in range(first, first + count):
        submit(service, f"open {number}", Action(Verb.OPEN), first_choice="anger_or_image", text=WORDS)


def open_ids(service: Service) -> Sequence[str]:
    """The crises, oldest first."""
    with service.application.store.read() as uow:
        return [crisis.id for crisis in uow.crises.of(["forum"])]


def submit(service: Service, key: str, action: Action, **values: str) -> None:
    """Send a form as Léa. Raises `RuntimeError` when it is refused."""
    answer = service.application.handle(FormSubmission(key, LEA, action, values))
    if answer.code or answer.errors:
        raise RuntimeError(answer.code, answer.errors)
