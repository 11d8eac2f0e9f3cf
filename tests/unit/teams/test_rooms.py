"""Rooms on Teams: of the kind that was asked for, else a thread, and it says so."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import pytest

from adapters.teams.gateway import TeamsGateway
from adapters.teams.links import room_url
from bot.cards import Card, RoomLink, Text
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.plan.loading import load_plan
from bot.ports import Ambiguous, Denied, DirectPlace, RoomPlace, Unreachable
from tests.rig.slack.service import PLAN, ScriptedCore
from tests.rig.teams.service import Kept, served
from tests.rig.teams.world import CATALOG_APP_ID, TENANT

LEA, DENIS = PersonId("lea"), PersonId("denis")
NAME = "crise-2026-014-fe"
CLIENT = "0c11e470-0000-4000-8000-0000000000cc"
Running = Callable[..., AbstractAsyncContextManager[TeamsGateway]]


@pytest.fixture
def team(teams):
    return teams.add_team("cells", members=["lea", "salome"], channels=("crises",))


@asynccontextmanager
async def _running(teams, team, kind: str, *, fixed: bool = True, **more) -> AsyncIterator[TeamsGateway]:
    channel = team.channels[1].id if fixed else ""
    where = {"room_kind": kind, "team": team.id, "channel": channel} | more
    async with served(teams, ScriptedCore(), **where) as adapter:
        yield adapter.gateway
        await teams.told()


@pytest.fixture
def running(teams, team) -> Running:
    """Serve an adapter that makes rooms of a kind."""
    return partial(_running, teams, team)


async def create(gateway, *, before=False, names=(NAME, f"{NAME}-2")):
    return await gateway.create_room(names=names, people=(LEA, DENIS), mark="c1.1", attempted_before=before)


async def says(gateway, room, words="words"):
    card = Card("Cellule", "FORUM", (Text(words),))
    await gateway.post(RoomPlace(Platform.TEAMS, room), card, mark="c1.2")


async def test_it_makes_a_chat_of_the_people_and_comes_in_itself(teams, running):
    async with running("group_chat") as gateway:
        made = await create(gateway)
        await says(gateway, made.room)
    chat = teams.conversation(made.room)
    assert (chat.kind, chat.name, len(chat.members), chat.bot_is_in) == ("groupChat", NAME, 2, True)
    assert (made.lesser, made.perhaps_twice) == ("", False)


@pytest.mark.parametrize("kind", ["group_chat", "channel"])
async def test_it_waits_until_a_new_room_is_seen_everywhere(teams, running, kind):
    teams.world.lag = 1
    async with running(kind) as gateway:
        made = await create(gateway)
        await says(gateway, made.room)
    assert [said.cards for said in teams.conversation(made.room).messages]


async def test_it_waits_for_a_channel_that_takes_its_time(teams, running):
    teams.world.channel_polls = 1
    async with running("channel") as gateway:
        made = await create(gateway)
    assert teams.conversation(made.room).name == NAME


async def test_it_gives_a_channel_the_next_name_and_none_that_teams_refuses(running):
    async with running("channel") as gateway:
        await create(gateway)
        assert (await create(gateway)).name == f"{NAME}-2"
        odd = await create(gateway, names=("a/b: «c» " + "x" * 60,))
    assert odd.name.startswith("a/b")


@pytest.mark.parametrize(
    ("kind", "consent"),
    [
        ("group_chat", "Chat.Create"),
        ("group_chat", "TeamsAppInstallation.ReadWriteSelfForChat.All"),
        ("channel", "Channel.Create.Group"),
    ],
)
async def test_it_begins_a_thread_when_a_consent_is_missing_and_names_it(teams, team, running, kind, consent):
    teams.permissions.discard(consent)
    async with running(kind) as gateway:
        made = await create(gateway)
        await says(gateway, made.room)
    assert made.lesser == consent
    title, said = team.channels[1].messages
    assert made.room == f"{team.channels[1].id};messageid={title.id}"
    assert said.root == title.id


async def test_it_begins_a_thread_when_nothing_says_the_apps_id(teams, running):
    teams.permissions.discard("AppCatalog.Read.All")
    async with running("group_chat", catalog_app="") as gateway:
        assert (await create(gateway)).lesser == "TEAMS_CATALOG_APP_ID"


async def test_it_begins_a_thread_when_the_app_is_in_no_catalogue(teams, running):
    teams.world.catalogs[TENANT] = ""
    async with running("group_chat", catalog_app="") as gateway:
        assert (await create(gateway)).lesser == "not_in_the_catalogue"


async def test_it_finds_the_apps_id_in_the_catalogue_by_itself(teams, running):
    teams.user("denis").account.installed = False
    async with running("group_chat", catalog_app="") as gateway:
        made = await create(gateway)
        await gateway.post(DirectPlace(Platform.TEAMS, DENIS), Card("s", "hello"), mark="c1.3")
    assert teams.conversation(made.room).bot_is_in
    assert len(teams.user("denis").direct_messages()) == 1


async def test_it_uses_the_id_of_the_settings_where_it_may_not_look(teams, running):
    teams.world.add_tenant(CLIENT)
    teams.world.catalogs[CLIENT] = CATALOG_APP_ID
    teams.world.refused[CLIENT] = {"AppCatalog.Read.All"}
    teams.user("lea").account.tenant = CLIENT
    async with running("group_chat") as gateway:
        made = await gateway.create_room(
            names=(NAME,), people=(LEA,), mark="c1.1", attempted_before=False, workspace=CLIENT
        )
    assert teams.conversation(made.room).bot_is_in
    assert teams.count("apps") == 0


async def test_it_is_content_with_somebody_who_is_in_the_chat_already(teams, running):
    """Graph answers 409; so it does after a lost answer."""
    async with running("group_chat") as gateway:
        made = await create(gateway)
        chat = teams.conversation(made.room)
        chat.members.remove(teams.user("denis").account.aad)
        teams.fail_next("add_to_chat", cut_after=True)
        with pytest.raises(Ambiguous):
            await gateway.invite(made.room, [DENIS])
        assert await gateway.invite(made.room, [LEA, DENIS]) == []
    assert len(chat.members) == 2
    assert [call.outcome for call in teams.calls if call.name == "add_to_chat"].count("Conflict") == 2


async def test_it_is_denied_a_room_when_there_is_no_channel_either(teams, running):
    """Then people are called one by one."""
    teams.permissions.discard("Chat.Create")
    async with running("group_chat", fixed=False) as gateway:
        with pytest.raises(Denied, match=r"Chat\.Create"):
            await create(gateway)


async def test_it_makes_a_second_chat_after_a_lost_answer_and_says_so(teams, running):
    async with running("group_chat") as gateway:
        teams.fail_next("create_chat", cut_after=True)
        with pytest.raises(Ambiguous):
            await create(gateway)
        made = await create(gateway, before=True)
        await says(gateway, made.room)
    first, second = [one for one in teams.rooms if one.kind == "groupChat"]
    assert made.perhaps_twice
    assert second.id == made.room
    assert first.messages == []


async def test_it_says_nothing_of_a_second_chat_when_nothing_was_done(teams, running):
    async with running("group_chat") as gateway:
        teams.fail_next("create_chat", status=503)
        with pytest.raises(Unreachable):
            await create(gateway)
        assert not (await create(gateway, before=True)).perhaps_twice


async def test_it_goes_on_with_the_chat_into_which_it_could_not_come_at_once(teams, running):
    """Even when it was killed in between."""
    async with running("group_chat", kept=(kept := Kept())) as gateway:
        teams.fail_next("install_in_chat", status=502)
        with pytest.raises(Unreachable):
            await create(gateway)
    async with running("group_chat", kept=kept) as gateway:
        made = await create(gateway, before=True)
    assert [one.id for one in teams.rooms if one.kind == "groupChat"] == [made.room]
    assert not made.perhaps_twice


async def test_it_lets_a_guest_in_as_a_guest(teams, running):
    teams.user("denis").account.is_guest = True
    async with running("group_chat") as gateway:
        made = await create(gateway)
        assert await gateway.invite(made.room, [LEA, DENIS]) == []
    assert len(teams.conversation(made.room).members) == 2


async def test_it_brings_into_a_channel_only_who_is_in_its_team(running):
    async with running("channel") as gateway:
        made = await create(gateway)
        problems = await gateway.invite(made.room, [LEA, DENIS])
    assert [(problem.person, problem.code) for problem in problems] == [(DENIS, "not_in_the_team")]


@pytest.mark.parametrize("kind", ["channel", "thread"])
async def test_it_takes_nobody_out_of_a_team(teams, running, kind):
    async with running(kind) as gateway:
        made = await create(gateway)
        with pytest.raises(Denied):
            await gateway.remove(made.room, [LEA])
    assert teams.user("lea").account in teams.world.members(teams.conversation(made.room))


async def test_it_takes_out_whom_the_plan_does_not_name_page_after_page(teams, running):
    async with running("group_chat") as gateway:
        made = await create(gateway)
        chat = teams.conversation(made.room)
        chat.members.append(teams.user("tom").account.aad)
        teams.world.page_size = 2
        await gateway.remove(made.room, [PersonId("gone")])
    assert {one.handle for one in teams.world.members(chat)} == {"lea", "denis"}


async def test_it_brings_the_app_to_somebody_who_lacks_it(teams, running):
    teams.user("lea").account.installed = False
    async with running("group_chat") as gateway:
        await gateway.post(DirectPlace(Platform.TEAMS, LEA), Card("s", "hello"), mark="c1.3")
    assert len(teams.user("lea").direct_messages()) == 1


@pytest.mark.parametrize("how", ["blocked", "no consent"])
async def test_it_is_denied_a_word_to_somebody_who_cannot_be_reached(teams, running, how):
    lea = teams.user("lea").account
    lea.blocks_the_bot, lea.installed = how == "blocked", how == "blocked"
    teams.permissions.discard("TeamsAppInstallation.ReadWriteSelfForUser.All")
    async with running("group_chat") as gateway:
        with pytest.raises(Denied):
            await gateway.post(DirectPlace(Platform.TEAMS, LEA), Card("s", "hello"), mark="c1.3")


async def test_it_shares_a_long_file_in_parts_and_whole(teams, running):
    text = "".join(f"{number:09}\n" for number in range(2_500))
    async with running("group_chat") as gateway:
        place = DirectPlace(Platform.TEAMS, LEA)
        await gateway.attach(place, name="journal.txt", content=text.encode(), comment="the log")
    lea = teams.user("lea")
    read = "".join(lea.reads(said) for said in lea.direct_messages())
    assert all(f"{number:09}" in read for number in range(2_500))


def test_it_leads_to_rooms_of_every_kind():
    rooms = ("19:a@thread.v2", "19:b@thread.tacv2", "19:b@thread.tacv2;messageid=17")
    plan = load_plan(PLAN, source="plan.yaml")
    links = [
        room_url(RoomLink("To the room", Platform.TEAMS, RoomRef(room)), tenant="t", plan=plan)
        for room in rooms
    ]
    assert links == [
        "https://teams.microsoft.com/l/chat/19%3Aa%40thread.v2/conversations?tenantId=t",
        "https://teams.microsoft.com/l/channel/19%3Ab%40thread.tacv2/To%20the%20room?tenantId=t",
        "https://teams.microsoft.com/l/message/19%3Ab%40thread.tacv2/17?tenantId=t",
    ]
