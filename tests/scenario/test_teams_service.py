"""The whole service on Teams: opened there, answered there, found again after a restart."""

import pytest

from bot.cards import Action
from bot.domain.ids import PersonId, Platform
from bot.domain.verbs import Verb
from bot.interactions import Actor, FormSubmission
from tests.rig.service import PEOPLE
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import eventually
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.person import TeamsUser
from tests.rig.teams.world import BOT, Conversation
from tests.rig.teams_service import TeamsRig, served_on_teams, tenant

WORDS = "il parle de mourir"


@pytest.fixture
def teams():
    with tenant() as cloud:
        yield cloud


async def opened(rig: TeamsRig, teams: TeamsDouble) -> Conversation:
    """Léa says that somebody is in danger; her room."""
    await teams.user("lea").command(f"crisis urgent {WORDS}")
    await rig.settle()
    await eventually(lambda: teams.rooms and teams.rooms[0].bot_is_in)
    (room,) = teams.rooms
    return room


def called(teams: TeamsDouble) -> TeamsUser:
    """Somebody else who was called."""
    return next(user for name in PEOPLE if (user := teams.user(name)).direct_messages() and name != "lea")


async def test_it_opens_a_chat_of_those_who_are_called(teams, tmp_path):
    async with served_on_teams(teams, tmp_path, MovedClock()) as rig:
        room = await opened(rig, teams)
        who = called(teams)
    assert room.kind == "groupChat"
    assert who.account in teams.world.members(room)
    assert teams.user("lea").sees_in(room.id)
    assert not [text for text in who.notified() if "mourir" in text]


async def test_it_answers_a_press_with_the_fresh_card_at_once(teams, tmp_path):
    async with served_on_teams(teams, tmp_path, MovedClock()) as rig:
        await opened(rig, teams)
        who = called(teams)
        await who.press("J'arrive", on=who.direct_messages()[-1])
        assert "J'arrive" not in who.buttons(who.direct_messages()[-1])


async def test_it_finds_people_and_rooms_again_after_a_restart(teams, tmp_path):
    clock = MovedClock()
    async with served_on_teams(teams, tmp_path, clock) as rig:
        await opened(rig, teams)
    who = called(teams)
    begun = teams.count("create_conversation")
    async with served_on_teams(teams, tmp_path, clock) as rig:
        await who.press("J'arrive", on=who.direct_messages()[-1])
        await rig.later(minutes=1)
        await who.command("crisis list")
        await rig.settle()
    assert teams.count("create_conversation") == begun
    assert "J'arrive" not in [button for said in who.direct_messages() for button in who.buttons(said)]


async def test_it_answers_a_press_on_an_old_card_with_the_fresh_one_after_a_restart(teams, tmp_path):
    clock = MovedClock()
    async with served_on_teams(teams, tmp_path, clock) as rig:
        room = await opened(rig, teams)
    who = called(teams)
    ping = who.direct_messages()[-1]
    brief = next(said for said in who.sees_in(room.id) if "J'arrive" in who.buttons(said))
    async with served_on_teams(teams, tmp_path, clock):
        await who.press("J'arrive", on=ping)
        assert "J'arrive" not in who.buttons(ping)
        await who.press("J'arrive", on=brief)
    assert who.account.aad in brief.personal
    assert who.toasts() == []


async def test_it_says_in_the_room_and_to_the_opener_that_others_may_read_it(teams, tmp_path):
    teams.permissions.discard("Chat.Create")
    team = teams.add_team("cells", members=list(PEOPLE), channels=("crises",))
    channel = team.channels[1].id
    async with served_on_teams(teams, tmp_path, MovedClock(), teams_channel_id=channel) as rig:
        lea = teams.user("lea")
        await lea.command(f"crisis urgent {WORDS}")
        await rig.settle()
    places = (lea.sees_in("crises"), lea.direct_messages())
    for said in places:
        assert any("n'est pas privée" in lea.reads(one) and "Chat.Create" in lea.reads(one) for one in said)


async def test_it_keeps_the_members_words_out_of_a_room_that_others_may_read(teams, tmp_path):
    """The category would show them: they stand behind a button here, one entry of the journal a reading."""
    teams.permissions.discard("Chat.Create")
    team = teams.add_team("cells", members=list(PEOPLE), channels=("crises",))
    channel = team.channels[1].id
    async with served_on_teams(teams, tmp_path, MovedClock(), teams_channel_id=channel) as rig:
        submit(rig, "anger_or_image", text="votre colis est une honte")
        await rig.settle()
    said = [teams.user("lea").reads(one) for one in teams.user("lea").sees_in("crises")]
    assert any("Lire le message" in one for one in said)
    assert not any("une honte" in one for one in said)


def submit(rig: TeamsRig, first_choice: str, *, text: str) -> None:
    """Léa's form, filled."""
    values = {"first_choice": first_choice, "text": text}
    lea = Actor(Platform.TEAMS, PersonId("lea"))
    answer = rig.service.application.handle(FormSubmission("form", lea, Action(Verb.OPEN), values))
    assert answer.code is None, answer


async def test_it_calls_people_one_by_one_when_no_room_can_be_made(teams, tmp_path):
    teams.permissions.discard("Chat.Create")
    async with served_on_teams(teams, tmp_path, MovedClock()) as rig:
        await teams.user("lea").command(f"crisis urgent {WORDS}")
        await rig.settle(patience=1)
        assert called(teams).direct_messages()
    assert teams.rooms == []


async def test_it_takes_no_words_of_a_member_in_a_shared_channel(teams, tmp_path):
    team = teams.add_team("clients", members=list(PEOPLE), channels=("support",))
    channel, lea = team.channels[1], teams.user("lea")
    async with served_on_teams(teams, tmp_path, MovedClock()) as rig:
        await lea.command(f"crisis urgent {WORDS}", where=channel.id)
        await eventually(lambda: len(channel.messages) == 2)
        await rig.settle()
        assert teams.rooms == [*team.channels]
        await lea.press("Ouvrir le formulaire", on=channel.messages[-1])
        form = lea.open_dialog()
        assert WORDS not in lea.reads(form)
        await lea.submit(form, {"first_choice": "someone_in_danger", "text": WORDS})
        await rig.settle()
    assert len(teams.rooms) == len(team.channels) + 1
    ours = [one for one in channel.messages if one.sender == BOT]
    assert ours
    assert not [one for one in ours if WORDS in lea.reads(one)]
