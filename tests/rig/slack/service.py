"""The Slack adapter served against the double, with a core that a test scripts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette

from adapters.slack.app import SlackAdapter, slack_app
from adapters.slack.manifest import manifest
from bot.cards import Answer, RoomLink
from bot.interactions import Interaction
from bot.plan.loading import load_plan
from bot.texts import translator
from tests.rig.slack.double import SlackDouble

PLAN = """
version: 1
people:
  lea: {name: Léa Martin, slack: U01LEA, email: lea@exemple.example}
  denis: {name: Denis Roux, email: denis@exemple.example, locale: en}
  salome: {name: Salomé Petit, email: salome@exemple.example}
  noe: {name: Noé Faure, email: noe@exemple.example}
  yves: {name: Yves Caron, email: yves@cabinet.example, external: true}
communities:
  forum:
    name: Forum Exemple
    code: fe
    country: FR
    rooms: [slack]
    roles:
      spokesperson: [denis]
      lawyer: [yves, salome]
      communication_lead: [denis]
      moderator: [lea]
      manager: [salome]
      distress_referent: [noe]
"""


class ScriptedCore:
    """Answers as a test says, and remembers what it was asked. `fails` is raised instead."""

    def __init__(self) -> None:
        self.asked: list[Interaction] = []
        self.answers: list[Answer] = []
        self.fails: Exception | None = None

    async def handle(self, interaction: Interaction) -> Answer:
        self.asked.append(interaction)
        if self.fails is not None:
            raise self.fails
        return self.answers.pop(0) if self.answers else Answer()


class MovedClock:
    """The real hour, moved as a test asks: Slack's signatures carry the real one."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def double(*, least: bool = False) -> SlackDouble:
    """A workspace with our app, the plan's people but Noé, and two whom the plan does not name."""
    slack = SlackDouble(manifest=manifest(base_url="https://cellule.test", least=least, _=translator("en")))
    slack.add_user("U01LEA", "lea", email="lea@exemple.example")
    slack.add_user("U02DENIS", "denis", email="denis@exemple.example", locale="en-US")
    slack.add_user("U03SALOME", "salome", email="salome@exemple.example")
    slack.add_user("U08TOM", "tom", email="tom@exemple.example")
    slack.add_user("U09ELSE", "else", email="denis@exemple.example", team_id="T0OTHER", is_stranger=True)
    return slack


def elsewhere(link: RoomLink) -> str:
    return f"https://cellule.test/c/{link.room}"


@asynccontextmanager
async def served(
    slack: SlackDouble,
    core: ScriptedCore,
    *,
    clock: Callable[[], datetime] | None = None,
    api_url: str | None = None,
) -> AsyncIterator[SlackAdapter]:
    """Start the adapter, and let the double deliver to it."""
    plan = load_plan(PLAN, source="plan.yaml")
    adapter = slack_app(
        bot_token=slack.token,
        signing_secret=slack.signing_secret,
        app_token="",
        api_url=api_url or slack.api_url,
        plan=lambda: plan,
        handle=core.handle,
        elsewhere=elsewhere,
        clock=clock or MovedClock(),
    )
    slack.app = Starlette(routes=adapter.routes)
    await adapter.start()
    try:
        yield adapter
    finally:
        await adapter.stop()
