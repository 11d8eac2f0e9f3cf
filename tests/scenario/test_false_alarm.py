"""«Fausse alerte»: who was woken may go back to sleep."""

from pathlib import Path
from typing import Any

import pytest

from bot.cards import Action
from bot.domain.errors import Code, Refused
from bot.domain.states import CrisisStatus, ReminderKind, ReminderStatus, RoomStatus
from bot.domain.verbs import Verb
from tests.rig.acts import act, press
from tests.rig.either import CHATS, at, cloud, served_on
from tests.rig.night import tomorrow_at
from tests.rig.reading import dialog, direct, in_room, text
from tests.rig.refused import night_at, refuses, the_crisis
from tests.rig.service import Running

SLEEP = {"fr": "Vous pouvez vous rendormir.", "en": "You can go back to sleep."}
TWO = {"fr": "Une deuxième personne doit", "en": "A second person must"}


@pytest.mark.parametrize(("where", "locale"), [("slack", "fr"), ("teams", "en")])
async def test_it_lets_everybody_sleep_once_two_have_said_so(tmp_path: Path, where: str, locale: str) -> None:
    async with night_at(where, tmp_path, locale) as rig:
        assert TWO[locale] in await at(rig, "lea").types("annuler un essai de notre part")
        assert the_crisis(rig).status is CrisisStatus.OPEN
        await press(rig, "denis", Verb.FALSE_ALARM, on=in_room(rig, "denis", "un essai de notre part"))
        await rig.user("denis").submit(await dialog(rig, "denis"), {"reason": "vu avec Léa"})
        await rig.settle()
        for who in ("claire", "farid", "denis", "noe"):
            assert SLEEP[locale] in text(rig, who, direct(rig, who, the_crisis(rig).number))
        await stays_silent(rig)


async def stays_silent(rig: Running[Any]) -> None:
    """Nobody is called, reminded or asked to follow up; the room goes to rest a day later."""
    before = {who: len(rig.user(who).direct_messages()) for who in ("lea", "claire", "farid", "noe")}
    await rig.later(hours=2)
    assert {who: len(rig.user(who).direct_messages()) for who in before} == before
    await rig.later(hours=23)
    assert {room.status for room in the_crisis(rig).rooms} == {RoomStatus.ARCHIVED}


@pytest.mark.parametrize("where", CHATS)
async def test_it_takes_one_person_where_no_life_seemed_in_danger(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"category": "question", "level": None})
        await rig.settle()
        await at(rig, "lea").orders("cancel une simple question")
        closed = the_crisis(rig)
        assert (closed.status, closed.false_alarm) == (CrisisStatus.CLOSED, True)


@pytest.mark.parametrize("where", CHATS)
async def test_it_stops_what_people_asked_to_be_reminded_of_and_the_call_for_help(
    tmp_path: Path, where: str
) -> None:
    async with night_at(where, tmp_path) as rig:
        await at(rig, "lea").orders("rappel dans 2h rappeler le client")
        await at(rig, "lea").orders("secours")
        for who in ("lea", "noe"):
            await at(rig, who).orders("annuler paroles de chanson")
        with rig.service.application.store.read() as uow:
            left = {r.kind for r in uow.reminders.of(the_crisis(rig).id) if waits(r.status)}
        assert left <= {ReminderKind.ARCHIVE, ReminderKind.RELIEF}


def waits(status: ReminderStatus) -> bool:
    return status in {ReminderStatus.PLANNED, ReminderStatus.DUE}


@pytest.mark.parametrize("where", CHATS)
async def test_it_asks_one_person_twice_for_somebody_else(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        for _again in range(2):
            await at(rig, "lea").orders("annuler un essai")
        assert the_crisis(rig).status is CrisisStatus.OPEN


@pytest.mark.parametrize("where", CHATS)
async def test_it_refuses_a_false_alarm_of_a_crisis_that_is_over(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        for who in ("lea", "noe"):
            await at(rig, who).orders("annuler un essai")
        number = the_crisis(rig).number
        await refuses(
            rig,
            tmp_path,
            "lea",
            lambda: at(rig, "lea").asks_by("annuler"),
            locale="fr",
            refused=Refused(Code.CRISIS_CLOSED, number=number),
        )


@pytest.mark.parametrize("where", CHATS)
async def test_it_counts_false_alarms_on_the_morning_page(tmp_path: Path, where: str) -> None:
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, tomorrow_at(3, 10)) as rig:
            await at(rig, "lea").orders("urgent je veux disparaître")
            for who in ("lea", "noe"):
                await at(rig, who).orders("annuler paroles de chanson")
            await rig.later(hours=6)
            page = text(rig, "helene", direct(rig, "helene", "CLOS DEPUIS HIER"))
            assert "CLOS DEPUIS HIER : 1 · fausse alerte : 1." in page
