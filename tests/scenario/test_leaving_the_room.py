"""Somebody leaves the room by hand, or is taken out of it: out everywhere, and a way back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cards import Action
from bot.domain import cell
from bot.domain.errors import Code
from bot.domain.events import PersonAskedAgain, PersonLeft
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.reminders import step_of
from bot.domain.roster import Role
from bot.domain.states import Presence
from bot.domain.verbs import Verb
from bot.interactions import Actor, Departure
from tests.rig.acts import act
from tests.rig.core import Core, fresh_key
from tests.rig.either import CHATS, AtABrowser
from tests.rig.reading import aside, text
from tests.rig.refused import REPLY, WORDS, closes, night, night_at, the_crisis
from tests.rig.service import Rig, Running
from tests.rig.slack.service import MovedClock
from tests.rig.teams_service import TeamsRig, served_on_teams, tenant


def departures(rig: Running[Any]) -> list[str]:
    with rig.service.application.store.read() as uow:
        return [e.event.person for e in uow.journal.of(the_crisis(rig).id) if isinstance(e.event, PersonLeft)]


async def leaves(rig: Rig, who: str) -> None:
    await rig.user(who).leaves(rig.slack.rooms[-1].name)
    await rig.settle()


@pytest.mark.parametrize("where", CHATS)
async def test_it_cuts_their_access_everywhere_and_calls_the_deputy(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, at_the_browser = CHATS[where](rig, "lea"), AtABrowser(rig, "lea")
        assert "À FAIRE MAINTENANT" in await at_the_browser.reads_room()
        await lea.finds("À FAIRE MAINTENANT")
        await lea.leaves()
        crisis = the_crisis(rig)
        assert "lea" not in crisis.people
        assert [a.person for a in cell.holders(crisis, Role.MODERATOR)] == ["ines"]
        assert "À FAIRE MAINTENANT" not in await at_the_browser.reads_room()
        assert "Il n'y a rien ici pour vous" in await lea.types("statut")


@asynccontextmanager
async def in_a_team(folder: Path, kind: str = "channel") -> AsyncIterator[TeamsRig]:
    """Léa opens a crisis whose room stands in a team; Denis is not in that team."""
    with tenant() as teams:
        team = teams.add_team("cellules", members=["lea", "noe", "farid", "claire"], channels=("crises",))
        teams.add_team("bowling", members=["farid", "tom"], channels=("strikes",))
        where: dict[str, Any] = {"teams_team_id": team.id, "teams_channel_id": team.channels[1].id}
        async with served_on_teams(teams, folder, MovedClock(), teams_room_kind=kind, **where) as rig:
            await rig.user("lea").command("crisis urgent au secours")
            await rig.settle()
            yield rig


@pytest.mark.parametrize("kind", ["channel", "thread"])
async def test_it_cuts_the_access_of_whoever_is_taken_out_of_the_team(tmp_path: Path, kind: str) -> None:
    """Teams then names the team, and the person by an id of its own."""
    async with in_a_team(tmp_path, kind) as rig:
        await rig.teams.takes_out("farid", of="crises", by="claire")
        await rig.settle()
        people = the_crisis(rig).people
        assert "farid" not in people
        assert {"lea", "noe", "claire", "denis"} <= people
        assert departures(rig) == ["farid"]
        await CHATS["teams"](rig, "farid").finds_directly("Vous n'êtes plus dans le salon")


async def test_it_leaves_whoever_is_taken_out_of_another_team(tmp_path: Path) -> None:
    async with in_a_team(tmp_path) as rig:
        await rig.teams.takes_out("farid", of="strikes", by="tom")
        await rig.settle()
        assert departures(rig) == []


async def test_it_asks_again_who_left_when_teams_could_not_say_it(tmp_path: Path) -> None:
    async with in_a_team(tmp_path) as rig:
        rig.teams.fail_next("member", status=503)
        assert (await rig.teams.takes_out("farid", of="crises", by="claire")).status == 503
        assert (await rig.teams.repeats()).status == 200
        assert departures(rig) == ["farid"]


async def test_it_does_not_show_them_the_words_any_more(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await leaves(rig, "lea")
        await act(rig, "lea", Action(Verb.READ_MESSAGE, the_crisis(rig).id))
        await aside(rig, "lea", "Il n'y a rien ici pour vous")
        assert not [e for e in rig.user("lea").ephemerals() if WORDS in text(rig, "lea", e)]


@pytest.mark.parametrize("where", CHATS)
async def test_it_hands_what_waited_for_them_to_the_deputy(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
        await lea.asks_in_room("Écrire une réponse")
        await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})
        await noe.leaves()
        assert [a.person for a in cell.holders(the_crisis(rig), Role.DISTRESS_REFERENT)] == ["salome"]
        assert REPLY in await CHATS[where](rig, "salome").finds_directly(REPLY)
        assert REPLY not in "".join(await noe.reads_directly())


@pytest.mark.parametrize("where", CHATS)
async def test_it_says_so_to_the_room_and_to_the_one_who_left(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
        await lea.leaves()
        assert "On appelle à sa place : Inès." in await noe.finds("Léa n'est plus dans le salon")
        assert "Léa est hors de la cellule" in await noe.reads_brief()
        own = await lea.finds_directly("Vous n'êtes plus dans le salon")
        assert "Demandez qu'on vous désigne à nouveau" in own
        await noe.types_in_room("journal")
        await noe.finds("Léa n'est plus dans le salon (départ ou retrait) : hors de la cellule.")


@pytest.mark.parametrize("where", CHATS)
async def test_it_brings_them_back_when_the_cell_names_them_again(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = CHATS[where](rig, "lea")
        await lea.leaves()
        rung = len(await lea.reads_directly())
        rig.clock.ahead += timedelta(minutes=1)
        await CHATS[where](rig, "noe").types_in_room("rôle modération @lea")
        assert "lea" in rig.members()
        assert len(await lea.reads_directly()) > rung
        await lea.finds_directly("Votre rôle")
        await lea.does("J'arrive")
        assert [a.person for a in cell.holders(the_crisis(rig), Role.MODERATOR)] == ["ines", "lea"]
        assert "À FAIRE MAINTENANT" in await AtABrowser(rig, "lea").reads_room()


async def test_it_does_not_call_them_again_by_itself(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await leaves(rig, "noe")
        rung = len(rig.user("noe").direct_messages())
        await rig.later(minutes=40)
        assert "noe" not in the_crisis(rig).people
        assert len(rig.user("noe").direct_messages()) == rung


def test_it_waits_anew_for_somebody_who_was_named_again() -> None:
    """Called again, then the deputy, then the managers: what was done before they left does not count."""
    core = Core()
    crisis = core.opens("lea")
    room = core.crisis(crisis).rooms[0].ref
    assert room is not None
    for minutes in (1, 1, 2):
        core.later(minutes=minutes)
    core.ask(departure("farid", room, core))
    core.later(minutes=1)
    assert core.command("lea", "role lawyer @farid", room=room).code is None
    core.deliver()
    assert Role.LAWYER not in core.crisis(crisis).exhausted
    called, rung = called_again(core, crisis, "farid"), len(core.chat.read_by("farid"))
    for minutes in (1, 1, 2):
        core.later(minutes=minutes)
    assert called_again(core, crisis, "farid")[len(called) :] == [REMINDED, DEPUTY, MANAGERS]
    assert len(core.chat.read_by("farid")) == rung + 3
    assert Role.LAWYER in core.crisis(crisis).exhausted


async def test_it_leaves_a_closed_crisis_as_it_is(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await closes(rig)
        await leaves(rig, "lea")
        assert "lea" in the_crisis(rig).people


async def test_it_takes_one_word_of_each_departure(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        lea, room = rig.user("lea"), rig.slack.rooms[-1].name
        await lea.leaves(room)
        await lea.repeat()
        await lea.is_out(room)
        await rig.settle()
        assert departures(rig) == ["lea"]


async def test_it_hears_of_somebody_whom_it_does_not_know_and_does_nothing(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        room = rig.slack.rooms[-1]
        room.members.append("UTOM")
        await leaves(rig, "tom")
        assert departures(rig) == []


@pytest.mark.parametrize("late", [True, False])
def test_it_takes_a_late_word_of_a_departure_for_what_it_is(late: bool) -> None:  # noqa: FBT001
    """Slack tells of it for minutes: they may be back by then."""
    core = Core()
    crisis = core.opens("lea")
    room = core.crisis(crisis).rooms[0].ref
    assert room is not None
    left_at = core.now
    core.ask(departure("lea", room, core))
    core.later(minutes=1)
    assert core.command("noe", "role moderator @lea", room=room).code is None
    core.later(minutes=1)
    core.ask(departure("lea", room, core, at=left_at if late else core.now))
    parts = [a.presence for a in core.crisis(crisis).assignments if a.person == "lea"]
    assert parts == [Presence.ASKED if late else Presence.LEFT]


def test_it_lets_nobody_come_back_by_themselves() -> None:
    core = Core()
    crisis = core.opens("lea")
    room = core.crisis(crisis).rooms[0].ref
    assert room is not None
    core.ask(departure("lea", room, core))
    assert core.press("lea", Verb.JOIN, crisis).code == Code.LEFT_THE_ROOM
    assert core.press("lea", Verb.LIFE_IN_DANGER, crisis).code is None


REMINDED, DEPUTY, MANAGERS = 1, 2, 3


def called_again(core: Core, crisis: CrisisId, who: str) -> list[int]:
    """The steps of somebody's silence that were taken, in order."""
    with core.store.read() as uow:
        events = [entry.event for entry in uow.journal.of(crisis)]
    return [step_of(e.attempt) for e in events if isinstance(e, PersonAskedAgain) and e.person == who]


def departure(who: str, room: RoomRef, core: Core, *, at: datetime | None = None) -> Departure:
    return Departure(fresh_key(), Actor(Platform.SLACK, PersonId(who)), room, at or core.now)
