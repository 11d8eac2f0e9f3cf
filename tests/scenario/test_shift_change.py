"""Three crises at once when the night's moderator goes home: one is no crisis, one is opened twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain import cell
from bot.domain.crisis import Crisis
from bot.domain.ids import Platform
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus
from bot.main import Service
from bot.settings import Settings
from tests.rig.either import CHATS, EITHER, rig_at
from tests.rig.migrated import migrated
from tests.rig.service import SECRET, Rig, Running, workspace
from tests.rig.slack.service import MovedClock
from tests.rig.teams_service import TeamsRig
from tests.rig.web_person import Page, WebPerson

PLATFORMS = {"slack": Platform.SLACK, "teams": Platform.TEAMS, "browser": Platform.WEB}
LINK = "https://forum.example/t/88#m412"


@pytest.mark.parametrize("where", EITHER)
async def test_it_passes_a_night_of_three_crises_to_the_day(tmp_path: Path, where: str) -> None:
    async with rig_of(where, tmp_path) as rig:
        lea, ines, salome = (EITHER[where](rig, name) for name in ("lea", "ines", "salome"))
        for values in ({"link": LINK}, {"text": "un membre parle de partir"}, {"text": "des paroles"}):
            await lea.form("ouvrir")
            await lea.submits({"first_choice": "someone_in_danger", **values})
        first, second, third = crises(rig)

        await ines.form("ouvrir")
        opened = {"first_choice": "someone_in_danger", "community": "forum", "link": LINK}
        assert f"Déjà ouverte : {first.number}, par Léa" in await ines.submits(opened)
        assert len(crises(rig)) == 3

        for who in ("lea", "noe"):
            await types(rig, where, who, "annuler paroles de chanson", third)
        assert [c.number for c in crises(rig)] == [first.number, second.number]

        await types(rig, where, "lea", "rappel dans 3h rappeler le client", second)
        await types(rig, where, "lea", "relais @ines", second)
        assert [moderators(c) for c in crises(rig)] == [["lea"], ["lea"]]
        offer = await offered(rig, where)
        assert first.number in offer
        assert second.number in offer
        assert third.number not in offer
        await takes_over(rig, where)
        assert [moderators(c) for c in crises(rig)] == [["ines"], ["ines"]]

        typed = (await directly(rig, where, "lea")).count("rappeler le client")
        rig.clock.ahead += timedelta(hours=3, minutes=1)
        await rig.settle()
        assert "rappeler le client" in await directly(rig, where, "ines")
        assert (await directly(rig, where, "lea")).count("rappeler le client") == typed
        assert second.number in await salome.types("liste")


@asynccontextmanager
async def rig_of(where: str, folder: Path) -> AsyncIterator[Running[Any]]:
    """On a chat, or where there is none."""
    if where in CHATS:
        async with rig_at(where, folder) as rig:
            yield rig
        return
    clock = MovedClock()
    settings = Settings(
        _env_file=None,
        database_url=migrated(folder),
        secret_key=SecretStr(SECRET),
        demo=True,
    )
    service = Service(settings, clock=clock)
    with workspace() as slack:
        yield Rig(service, slack, clock)
    service.threads.stop()
    service.database.close()


def crises(rig: Running[Any]) -> list[Crisis]:
    """Those that are open, oldest first."""
    with rig.service.application.store.read() as uow:
        return [c for c in uow.crises.of(["forum"]) if c.status is not CrisisStatus.CLOSED]


def moderators(crisis: Crisis) -> list[str]:
    return [a.person for a in cell.holders(crisis, Role.MODERATOR)]


async def types(rig: Running[Any], where: str, who: str, typed: str, crisis: Crisis) -> None:
    """In the room of one crisis."""
    room = crisis_now(rig, crisis).room_on(PLATFORMS[where])
    assert room is not None
    if isinstance(rig, TeamsRig):
        assert room.ref is not None
        await rig.user(who).command(f"crisis {typed}", where=room.ref)
    elif isinstance(rig, Rig) and where == "slack":
        await rig.user(who).command(f"/crisis {typed}", channel=room.name)
    else:
        person = await at_home(rig, who)
        await person.open(f"/c/{room.ref}")
        await person.command(typed)
    await rig.settle()


def crisis_now(rig: Running[Any], crisis: Crisis) -> Crisis:
    return next(c for c in crises(rig) if c.id == crisis.id)


async def at_home(rig: Running[Any], who: str) -> WebPerson:
    person = WebPerson(rig.service.app)
    await person.choose(who)
    return person


async def offered(rig: Running[Any], where: str) -> str:
    if where in CHATS:
        return await CHATS[where](rig, "ines").finds_directly("Relais de Léa à Inès")
    return await directly(rig, where, "ines")


async def takes_over(rig: Running[Any], where: str) -> None:
    if where in CHATS:
        ines = CHATS[where](rig, "ines")
        await ines.finds_directly("Relais de Léa à Inès")
        await ines.does("Je prends le relais")
    else:
        await (await at_home(rig, "ines")).press("Je prends le relais")
    await rig.settle()


async def directly(rig: Running[Any], where: str, who: str) -> str:
    """Everything that was said to one person alone."""
    if where in CHATS:
        return "\n".join(await CHATS[where](rig, who).reads_directly())
    return plain((await at_home(rig, who)).page)


def plain(page: Page) -> str:
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")
