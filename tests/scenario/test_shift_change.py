"""Three crises at once when the night's moderator goes home: one is no crisis, one is opened twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.domain import cell
from bot.domain.crisis import Crisis
from bot.domain.ids import Platform
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus
from bot.main import Service
from bot.settings import Settings
from tests.rig.either import EITHER
from tests.rig.migrated import migrated
from tests.rig.reading import direct, text
from tests.rig.service import SECRET, Rig, slack_rig, workspace
from tests.rig.slack.service import MovedClock
from tests.rig.web_person import Page, WebPerson

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

        rig.clock.ahead += timedelta(hours=3, minutes=1)
        await rig.settle()
        assert "rappeler le client" in await directly(rig, where, "ines")
        assert "rappeler le client" not in await directly(rig, where, "lea")
        assert second.number in await salome.types("liste")


@asynccontextmanager
async def rig_of(where: str, folder: Path) -> AsyncIterator[Rig]:
    """On Slack, or where there is no Slack."""
    if where == "slack":
        async with slack_rig(folder) as rig:
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


def crises(rig: Rig) -> list[Crisis]:
    """Those that are open, oldest first."""
    with rig.service.application.store.read() as uow:
        return [c for c in uow.crises.of(["forum"]) if c.status is not CrisisStatus.CLOSED]


def moderators(crisis: Crisis) -> list[str]:
    return [a.person for a in cell.holders(crisis, Role.MODERATOR)]


async def types(rig: Rig, where: str, who: str, typed: str, crisis: Crisis) -> None:
    """In the room of one crisis."""
    if where == "slack":
        room = crisis_now(rig, crisis).room_on(Platform.SLACK)
        assert room is not None
        await rig.user(who).command(f"/crisis {typed}", channel=room.name)
    else:
        room = crisis_now(rig, crisis).room_on(Platform.WEB)
        assert room is not None
        person = await at_home(rig, who)
        await person.open(f"/c/{room.ref}")
        await person.command(typed)
    await rig.settle()


def crisis_now(rig: Rig, crisis: Crisis) -> Crisis:
    return next(c for c in crises(rig) if c.id == crisis.id)


async def at_home(rig: Rig, who: str) -> WebPerson:
    person = WebPerson(rig.service.app)
    await person.choose(who)
    return person


async def offered(rig: Rig, where: str) -> str:
    if where == "slack":
        return text(rig, "ines", direct(rig, "ines", "Relais de Léa à Inès"))
    return await directly(rig, where, "ines")


async def takes_over(rig: Rig, where: str) -> None:
    if where == "slack":
        await rig.user("ines").press("Je prends le relais", on=direct(rig, "ines", "Relais de Léa à Inès"))
    else:
        await (await at_home(rig, "ines")).press("Je prends le relais")
    await rig.settle()


async def directly(rig: Rig, where: str, who: str) -> str:
    """Everything that was said to one person alone."""
    if where == "slack":
        return "\n".join(text(rig, who, message) for message in rig.user(who).direct_messages())
    return plain((await at_home(rig, who)).page)


def plain(page: Page) -> str:
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")
