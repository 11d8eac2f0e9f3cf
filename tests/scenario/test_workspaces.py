"""A community has its own Microsoft tenant or Slack workspace: its room is there, and only its people are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.slack.checkup import slack_remarks
from bot.plan.loading import load_plan
from bot.remarks import Grade
from bot.texts import translator
from tests.rig.mixed import MixedRig, plan_for, served_on_both, tenant
from tests.rig.night import WORDS
from tests.rig.service import workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.teams.double import TeamsDouble

CLIENT = "0c11e470-0000-4000-8000-0000000000cc"
OTHER = "0000aaaa-0000-4000-8000-0000000000dd"
AT_THE_CLIENT = f"{{teams: {CLIENT}}}"


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with workspace() as double:
        yield double


@pytest.fixture
def teams() -> Iterator[TeamsDouble]:
    """The plan's people are of the client's tenant, which let the app in; in its own is one like Noé."""
    with tenant() as cloud:
        cloud.world.add_tenant(CLIENT)
        for account in cloud.world.accounts.values():
            account.tenant = CLIENT
        cloud.add_user("same", mail="noe@cellule.example")
        yield cloud


async def opens(rig: MixedRig) -> None:
    await rig.user("lea").command(f"/crisis urgence {WORDS}")
    await rig.settle()


async def test_it_makes_the_room_in_the_tenant_of_the_community(
    slack: SlackDouble, teams: TeamsDouble, tmp_path: Path
) -> None:
    clock = MovedClock()
    async with served_on_both(slack, teams, tmp_path, clock, workspaces=AT_THE_CLIENT) as rig:
        await opens(rig)
        assert rig.teams_room.tenant == CLIENT
        inside = {account.name for account in teams.world.members(rig.teams_room)}
        assert inside == {"Farid", "Claire", "Noe"}
        farid = rig.on_teams("farid")
        await farid.press("J'arrive", on=rig.direct_on_teams("farid", "juriste"))
        await rig.settle()
        rig.in_teams_room("farid", "Farid est là")
    async with served_on_both(slack, teams, tmp_path, clock, workspaces=AT_THE_CLIENT) as rig:
        await rig.on_teams("claire").press("J'arrive", on=rig.direct_on_teams("claire", "porte-parole"))
        await rig.settle()
        rig.in_teams_room("farid", "Claire est là")


async def test_it_comes_to_people_of_another_tenant_under_the_id_that_its_catalogue_gave_it(
    slack: SlackDouble, teams: TeamsDouble, tmp_path: Path
) -> None:
    """The setting's id is the one of the app's own tenant."""
    for name in ("farid", "claire"):
        teams.user(name).account.installed = False
    async with served_on_both(slack, teams, tmp_path, MovedClock(), workspaces=AT_THE_CLIENT) as rig:
        await opens(rig)
        assert rig.teams_room.bot_is_in
        for name in ("farid", "claire"):
            assert rig.on_teams(name).direct_messages()


async def test_it_believes_no_tenant_that_the_plan_does_not_name(
    slack: SlackDouble, teams: TeamsDouble, tmp_path: Path
) -> None:
    async with served_on_both(slack, teams, tmp_path, MovedClock(), workspaces=AT_THE_CLIENT) as rig:
        mallory = teams.add_user("mallory", mail="noe@cellule.example", tenant=OTHER)
        for who, status in ((mallory, 401), (rig.on_teams("noe"), 200)):
            reply = await who.types("crisis list")
            assert reply is not None
            assert reply.status == status


async def test_it_takes_nobody_of_another_tenant_for_ones_own(
    slack: SlackDouble, teams: TeamsDouble, tmp_path: Path
) -> None:
    """An administrator may write any address into their own directory."""
    async with served_on_both(slack, teams, tmp_path, MovedClock(), workspaces=AT_THE_CLIENT) as rig:
        await rig.on_teams("same").command("crisis urgent au secours")
        await rig.settle()
        with rig.service.application.store.read() as uow:
            assert list(uow.crises.of(["forum"])) == []


async def test_it_makes_no_room_in_another_workspace(
    slack: SlackDouble, teams: TeamsDouble, tmp_path: Path
) -> None:
    named = f"{{slack: T0CLIENT, teams: {CLIENT}}}"
    async with served_on_both(slack, teams, tmp_path, MovedClock(), workspaces=named) as rig:
        await opens(rig)
        assert slack.rooms == []
        rig.in_teams_room("farid", "À FAIRE MAINTENANT")


@pytest.mark.parametrize(("named", "wrong"), [("T0CLIENT", 1), ("T0CELLULE", 0)])
def test_it_says_beforehand_that_a_token_serves_one_workspace(
    slack: SlackDouble, teams: TeamsDouble, named: str, wrong: int
) -> None:
    plan = load_plan(plan_for(teams, workspaces=f"{{slack: {named}}}"), source="plan.yaml")
    remarks = slack_remarks(
        bot_token=slack.token, app_token="", api_url=slack.api_url, plan=plan, _=translator("en")
    )
    broken = [each.said for each in remarks if each.grade is Grade.BROKEN]
    assert len(broken) == wrong
    assert all("T0CLIENT" in said and "T0CELLULE" in said for said in broken)
