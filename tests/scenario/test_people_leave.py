"""Somebody leaves: a new plan cuts their access everywhere, and what they held goes on in other hands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.data import SAMPLE_PLAN
from bot.domain import cell
from bot.domain.events import PersonLeft
from bot.domain.roster import Role
from bot.domain.states import Presence
from bot.main import Service
from bot.settings import Settings
from tests.rig.either import CHATS, at, cloud, served_on
from tests.rig.migrated import migrated
from tests.rig.refused import the_crisis
from tests.rig.service import SECRET, Rig, Running
from tests.rig.slack.service import MovedClock
from tests.rig.web_person import WebPerson

GONE = ("  lea: {name: Léa Marchand, email: lea@", "  anne: {name: Anne Marchand, email: anne@")
NOT_IN_THE_FORUM = ("moderator: [ines, noe]", "moderator: [ines, noe, lea]")


@asynccontextmanager
async def changed(where: str, folder: Path, *, still_in_the_club: bool) -> AsyncIterator[Running[Any]]:
    """Léa opens a crisis of the forum and asks for a reminder; then a plan without her there is applied."""
    clock = MovedClock()
    with cloud(where) as chat:
        async with served_on(chat, folder, clock) as rig:
            await at(rig, "lea").types("urgence un membre va mal")
            await at(rig, "lea").types("rappel dans 2h relire le dossier")
        async with served_on(chat, folder, clock, plan=without_lea(folder, club=still_in_the_club)) as rig:
            yield rig


def without_lea(folder: Path, *, club: bool) -> Path:
    plan = folder / "plan.yaml"
    written = SAMPLE_PLAN.read_text("utf-8").replace("moderator: [lea, ines]", "moderator: [ines]")
    plan.write_text(written.replace(*(NOT_IN_THE_FORUM if club else GONE)), "utf-8")
    return plan


@pytest.mark.parametrize("where", CHATS)
@pytest.mark.parametrize("still_in_the_club", [True, False])
async def test_it_takes_them_out_and_calls_the_deputy(
    tmp_path: Path,
    where: str,
    still_in_the_club: bool,  # noqa: FBT001
) -> None:
    async with changed(where, tmp_path, still_in_the_club=still_in_the_club) as rig:
        rig.service.application.look_who_left(rig.clock())
        await rig.settle()
        assert "lea" not in rig.members()
        assert "ines" in rig.members()
        assert [a.person for a in cell.holders(the_crisis(rig), Role.MODERATOR)] == ["ines"]
        assert "lea" not in the_crisis(rig).people
        if isinstance(rig, Rig):  # Teams has told so already
            await rig.user("lea").is_out(rig.room)
        with rig.service.application.store.read() as uow:
            entries = uow.journal.of(the_crisis(rig).id)
        assert sum(isinstance(entry.event, PersonLeft) for entry in entries) == 1
        ines = at(rig, "ines")
        await ines.types_in_room("journal")
        await ines.finds("n'est plus dans le plan")
        await rig.later(hours=3)
        await ines.finds_directly("relire le dossier")


@pytest.mark.parametrize("where", CHATS)
async def test_it_cuts_their_access_at_once(tmp_path: Path, where: str) -> None:
    """Before anybody has compared the cells with the plan."""
    async with changed(where, tmp_path, still_in_the_club=True) as rig:
        assert "Il n'y a rien ici pour vous" in await at(rig, "lea").asks_by("statut")


@pytest.mark.parametrize("where", CHATS)
async def test_it_gives_up_an_offer_to_somebody_who_left(tmp_path: Path, where: str) -> None:
    clock = MovedClock()
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            await at(rig, "lea").types("urgence un membre va mal")
            await at(rig, "lea").types("relais @ines")
        plan = tmp_path / "plan.yaml"
        plan.write_text(SAMPLE_PLAN.read_text("utf-8").replace("ines", "anne"), "utf-8")
        async with served_on(chat, tmp_path, clock, plan=plan) as rig:
            rig.service.application.look_who_left(rig.clock())
            await rig.settle()
            (moderator,) = cell.holders(the_crisis(rig), Role.MODERATOR)
            assert (moderator.person, moderator.presence) == ("lea", Presence.TAKEN_UP)
            assert moderator.offered_to is None


async def test_it_ends_their_browser_session_and_the_links_they_hold(tmp_path: Path) -> None:
    clock = MovedClock()
    service = in_browser(tmp_path, clock, SAMPLE_PLAN)
    lea = WebPerson(service.app)
    await lea.choose("lea")
    await lea.command("urgence un membre va mal")
    await service.relay.drain()
    with service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum"])
    room = crisis.rooms[0].ref
    assert (await lea.open(f"/c/{room}")).response.status_code == 200
    assert crisis.number in (await lea.open("/")).text
    service.database.close()
    again = in_browser(tmp_path, clock, without_lea(tmp_path, club=True))
    still = WebPerson(again.app)
    still.client.cookies = lea.client.cookies
    assert (await still.open(f"/c/{room}")).response.status_code == 404
    assert crisis.number not in (await still.open("/")).text
    again.database.close()


def in_browser(folder: Path, clock: MovedClock, plan: Path) -> Service:
    settings = Settings(
        _env_file=None,
        database_url=migrated(folder),
        plan=plan,
        secret_key=SecretStr(SECRET),
        demo=True,
    )
    return Service(settings, clock=clock)
