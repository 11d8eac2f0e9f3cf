"""Léa goes home while a crisis goes on: Inès takes over, and everything that was Léa's reaches her."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain import cell
from bot.domain.roster import Role
from tests.rig.either import CHATS, cloud, served_on
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.refused import night, the_crisis
from tests.rig.service import Rig, Running
from tests.rig.slack.service import MovedClock

ASKED = "Léa vous demande de prendre le relais"
WAITS = "On demande à Inès de prendre le relais"


@pytest.mark.parametrize("where", CHATS)
async def test_it_passes_everything_once_it_is_taken_over_even_after_a_restart(
    tmp_path: Path, where: str
) -> None:
    clock = MovedClock()
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            lea, ines = CHATS[where](rig, "lea"), CHATS[where](rig, "ines")
            await lea.types("urgence un membre va mal")
            await lea.types("secours")
            await lea.types("rappel dans 3h relire le dossier")
            assert WAITS in await lea.types("relais @ines")
            assert "AUCUN APPEL NOTÉ" in await ines.finds_directly(ASKED)
            assert holders(rig) == ["lea"]
        async with served_on(chat, tmp_path, clock) as rig:
            lea, ines = CHATS[where](rig, "lea"), CHATS[where](rig, "ines")
            await ines.finds_directly(ASKED)
            await ines.does("Je prends le relais")
            assert holders(rig) == ["ines"]
            assert "Inès a pris le relais" in await lea.finds_directly("Relais de Léa à Inès")
            await ines.finds("Léa a passé le relais")
            await ines.types_in_room("journal")
            await ines.finds("Inès a pris le relais de Léa comme : modération")
            typed = "".join(await lea.reads_directly()).count("relire le dossier")
            await rig.later(hours=4)
            await ines.finds_directly("relire le dossier")
            assert "".join(await lea.reads_directly()).count("relire le dossier") == typed


async def test_it_calls_both_until_the_answer(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.user("lea").command("/crisis rappel dans 1h relire le dossier")
        await hands_over(rig, "Inès")
        await rig.later(minutes=20)
        before = len(asked(rig))
        await rig.later(minutes=41)
        assert said_to(rig, "lea", "relire le dossier")
        assert len(asked(rig)) == before + 1
        assert holders(rig) == ["lea"]


async def test_it_tells_the_manager_when_the_other_stays_silent(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await hands_over(rig, "Inès")
        await rig.later(minutes=6)
        assert len(asked(rig)) == 2
        assert len([m for m in rig.user("lea").direct_messages() if WAITS in text(rig, "lea", m)]) == 2
        assert not said_to(rig, "helene", "Inès n'a pas répondu")
        await rig.later(minutes=10)
        told = text(rig, "helene", direct(rig, "helene", "Inès n'a pas répondu"))
        assert the_crisis(rig).number in told
        await rig.user("lea").command("/crisis journal", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        in_room(rig, "lea", "Inès n'a pas répondu : le relais de Léa attend.")
        await rig.user("ines").press("Je prends le relais", on=direct(rig, "ines", ASKED))
        await rig.settle()
        assert "Inès a pris le relais" in text(rig, "helene", direct(rig, "helene", "Relais de Léa à Inès"))


async def test_it_tells_nobody_once_the_answer_is_there(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await hands_over(rig, "Inès")
        await rig.user("ines").press("Je ne peux pas", on=direct(rig, "ines", ASKED))
        await rig.later(minutes=31)
        assert not said_to(rig, "helene", "Relais de Léa à Inès")


async def test_it_leaves_everything_with_the_one_who_asked_when_the_other_cannot(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await hands_over(rig, "Inès")
        message = direct(rig, "ines", ASKED)
        await rig.user("ines").press("Je ne peux pas", on=message)
        await rig.settle()
        assert holders(rig) == ["lea"]
        assert "tout reste à Léa" in text(rig, "lea", direct(rig, "lea", "Relais de Léa à Inès"))
        assert "ines" not in the_crisis(rig).people


async def test_it_gives_no_part_that_the_plan_does_not_allow(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.user("lea").command("/crisis relais @noe")
        await aside(rig, "lea", "Noé n'a aucun de vos rôles")
        await rig.settle()
        assert not said_to(rig, "noe", "vous demande de prendre le relais")


async def test_it_offers_relief_after_four_hours_of_distress_in_a_row(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        for _half_hour in range(9):
            await rig.later(minutes=30)
            await rig.user("lea").command("/crisis note je suis là", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        offered = direct(rig, "lea", "Voulez-vous passer le relais ?")
        await rig.user("lea").press("Passer le relais…", on=offered)
        await rig.user("lea").submit(await dialog(rig, "lea"), {"person": "Inès Benali"})
        await rig.settle()
        assert asked(rig)


async def test_it_offers_no_relief_to_somebody_who_rests(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.later(hours=9)
        assert not said_to(rig, "lea", "Voulez-vous passer le relais ?")


async def hands_over(rig: Rig, name: str) -> None:
    """By the list and its form."""
    lea = rig.user("lea")
    await lea.command("/crisis liste")
    await aside(rig, "lea", "Vos crises")
    await lea.press("Passer le relais…", on=lea.ephemerals()[-1])
    full = {"Inès": "Inès Benali"}[name]
    await lea.submit(await dialog(rig, "lea"), {"person": full})
    await rig.settle()


def holders(rig: Running[Any]) -> list[str]:
    return [a.person for a in cell.holders(the_crisis(rig), Role.MODERATOR)]


def asked(rig: Rig) -> list[str]:
    told = (text(rig, "ines", message) for message in rig.user("ines").direct_messages())
    return [said for said in told if ASKED in said]


def said_to(rig: Rig, who: str, words: str) -> bool:
    return any(words in text(rig, who, message) for message in rig.user(who).direct_messages())
