"""«Fausse alerte»: who was woken may go back to sleep."""

from pathlib import Path

import pytest

from bot.cards import Action
from bot.domain.errors import Code, Refused
from bot.domain.states import CrisisStatus, ReminderStatus, RoomStatus
from bot.domain.verbs import Verb
from tests.rig.acts import act, press
from tests.rig.night import tomorrow_at
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.refused import night, refuses, the_crisis
from tests.rig.service import Rig, served, workspace

SLEEP = {"fr": "Vous pouvez vous rendormir.", "en": "You can go back to sleep."}
TWO = {"fr": "Une deuxième personne doit", "en": "A second person must"}


@pytest.mark.parametrize("locale", ["fr", "en"])
async def test_it_lets_everybody_sleep_once_two_have_said_so(tmp_path: Path, locale: str) -> None:
    async with night(tmp_path, locale) as rig:
        await rig.user("lea").command("/crisis annuler un essai de notre part")
        await aside(rig, "lea", TWO[locale])
        await rig.settle()
        assert the_crisis(rig).status is CrisisStatus.OPEN
        await press(rig, "denis", Verb.FALSE_ALARM, on=in_room(rig, "denis", "un essai de notre part"))
        await rig.user("denis").submit(await dialog(rig, "denis"), {"reason": "vu avec Léa"})
        await rig.settle()
        for who in ("claire", "farid", "denis", "noe"):
            assert SLEEP[locale] in text(rig, who, direct(rig, who, the_crisis(rig).number))
        await stays_silent(rig)


async def stays_silent(rig: Rig) -> None:
    """Nobody is called, reminded or asked to follow up; the room goes to rest a day later."""
    before = {who: len(rig.user(who).direct_messages()) for who in ("lea", "claire", "farid", "noe")}
    await rig.later(hours=2)
    assert {who: len(rig.user(who).direct_messages()) for who in before} == before
    await rig.later(hours=23)
    assert {room.status for room in the_crisis(rig).rooms} == {RoomStatus.ARCHIVED}


async def test_it_takes_one_person_where_no_life_seemed_in_danger(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"category": "question", "level": None})
        await rig.settle()
        await rig.user("lea").command("/crisis cancel une simple question")
        await rig.settle()
        closed = the_crisis(rig)
        assert (closed.status, closed.false_alarm) == (CrisisStatus.CLOSED, True)


async def test_it_stops_what_people_asked_to_be_reminded_of_and_the_call_for_help(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.user("lea").command("/crisis rappel dans 2h rappeler le client")
        await rig.user("lea").command("/crisis secours")
        for who in ("lea", "noe"):
            await rig.user(who).command("/crisis annuler paroles de chanson")
            await rig.settle()
        with rig.service.application.store.read() as uow:
            left = [r.kind for r in uow.reminders.of(the_crisis(rig).id) if waits(r.status)]
        assert left == ["archive"]


def waits(status: ReminderStatus) -> bool:
    return status in {ReminderStatus.PLANNED, ReminderStatus.DUE}


async def test_it_asks_one_person_twice_for_somebody_else(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        for _again in range(2):
            await rig.user("lea").command("/crisis annuler un essai")
            await rig.settle()
        assert the_crisis(rig).status is CrisisStatus.OPEN


async def test_it_refuses_a_false_alarm_of_a_crisis_that_is_over(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        for who in ("lea", "noe"):
            await rig.user(who).command("/crisis annuler un essai")
            await rig.settle()
        number = the_crisis(rig).number
        await refuses(
            rig,
            tmp_path,
            "lea",
            lambda: rig.user("lea").command("/crisis annuler", channel=rig.slack.rooms[-1].name),
            locale="fr",
            refused=Refused(Code.CRISIS_CLOSED, number=number),
        )


async def test_it_counts_false_alarms_on_the_morning_page(tmp_path: Path) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, tomorrow_at(3, 10)) as rig:
            await rig.user("lea").command("/crisis urgent je veux disparaître")
            for who in ("lea", "noe"):
                await rig.user(who).command("/crisis annuler paroles de chanson")
                await rig.settle()
            await rig.later(hours=6)
            page = text(rig, "helene", direct(rig, "helene", "CLOS DEPUIS HIER"))
            assert "CLOS DEPUIS HIER : 1 · fausse alerte : 1." in page
