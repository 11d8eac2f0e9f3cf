"""The Teams adapter served against the double, with a core that a test scripts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from adapters.teams.app import TeamsAdapter, teams_app
from adapters.teams.departures import Parts
from adapters.teams.settings import TeamsSettings
from bot.cards import Card, RoomLink
from bot.domain.ids import MessageRef, PersonId, RoomRef
from bot.plan.loading import load_plan
from bot.ports import Place
from tests.rig.slack.service import PLAN, MovedClock, ScriptedCore
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.world import APP_ID, CATALOG_APP_ID, SECRET, TENANT

TEAMS_PLAN = PLAN.replace("slack: U01LEA", 'teams: "{lea}"').replace("rooms: [slack]", "rooms: [teams]")


class Kept:
    """An `AddressBook` in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        return self.values.get(name)

    async def save(self, name: str, value: str) -> None:
        self.values[name] = value


class Redrawn:
    """What messages show now: nothing until a test says so."""

    def __init__(self) -> None:
        self.cards: dict[tuple[Place, MessageRef], Card] = {}

    async def __call__(self, place: Place, message: MessageRef) -> Card | None:
        return self.cards.get((place, message))


def people(teams: TeamsDouble) -> TeamsDouble:
    """Let the plan's people but Noé join, and two whom the plan does not name."""
    teams.add_user("lea", "Léa Martin", mail="lea@exemple.example")
    teams.add_user("denis", "Denis Roux", mail="denis@exemple.example", locale="en-US")
    teams.add_user("salome", "Salomé Petit", mail="salome@exemple.example")
    teams.add_user("tom", "Tom Un", mail="tom@exemple.example")
    teams.add_user("else", "Denis Roux", mail="denis.roux@ailleurs.example", is_guest=True)
    return teams


def settings_for(teams: TeamsDouble, **changed: Any) -> TeamsSettings:
    """Settings that name the double's addresses."""
    base = teams.world.base_url
    settings = TeamsSettings(
        app_id=APP_ID,
        password=SECRET,
        tenant=TENANT,
        openid_metadata_url=f"{base}/v1/.well-known/openidconfiguration",
        login_url=f"{base}/login/",
        graph_url=f"{teams.world.graph_url}/",
        hosts=(urlsplit(base).netloc,),
        room_kind="group_chat",
        catalog_app=CATALOG_APP_ID,
        team="",
        channel="",
    )
    return replace(settings, **changed)


async def nobody() -> dict[RoomRef, list[PersonId]]:
    return {}


def elsewhere(link: RoomLink) -> str:
    return f"https://cellule.test/c/{link.room}"


@asynccontextmanager
async def served(
    teams: TeamsDouble,
    core: ScriptedCore,
    *,
    clock: Callable[[], datetime] | None = None,
    kept: Kept | None = None,
    redrawn: Redrawn | None = None,
    parts: Parts = nobody,
    **changed: Any,
) -> AsyncIterator[TeamsAdapter]:
    """Start the adapter, and let the double deliver to it."""
    plan = load_plan(TEAMS_PLAN.replace("{lea}", teams.user("lea").account.aad), source="plan.yaml")
    adapter = teams_app(
        settings=settings_for(teams, **changed),
        plan=lambda: plan,
        handle=core.handle,
        redraw=redrawn or Redrawn(),
        kept=kept or Kept(),
        parts=parts,
        elsewhere=elsewhere,
        clock=clock or MovedClock(),
    )
    teams.app = Starlette(routes=adapter.routes)
    await adapter.start()
    try:
        yield adapter
    finally:
        await adapter.stop()
