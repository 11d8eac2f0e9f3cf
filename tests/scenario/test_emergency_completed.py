"""Calling for help, to its end: the sheet on the phone, what came of the call, and whoever made it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.rig.either import CHATS, InChat, at, rig_at
from tests.rig.night import WORDS
from tests.rig.reading import direct
from tests.rig.service import Running

BRIEF = "Les mots du membre"
PHONE = "+33639980001"
HANDLE = "Marin-d'eau-douce"
RELIEF = "Comment allez-vous"


@asynccontextmanager
async def alarm(where: str, folder: Path) -> AsyncIterator[Running[Any]]:
    """Léa opens a crisis at night, and fills in who wrote."""
    async with rig_at(where, folder) as rig:
        lea = at(rig, "lea")
        await lea.types(f"urgence {WORDS}")
        await lea.asks_in_room("Compléter…")
        await lea.fills({"handle": HANDLE, "platform": "forum.example", "level": "D4", "country": "BE"})
        yield rig


@pytest.mark.parametrize("where", CHATS)
async def test_it_gives_the_caller_what_to_read_out_and_the_room_no_name(tmp_path: Path, where: str) -> None:
    async with alarm(where, tmp_path) as rig:
        lea = at(rig, "lea")
        await lea.finds(BRIEF)
        sheet = await lea.presses("Vie en danger")
        said = [sheet.index(part) for part in ("Belgique. Inconnu : ville", HANDLE, "danger de mort", PHONE)]
        assert said == sorted(said)
        assert "Inconnu : nom, lien et âge." in sheet
        in_the_room = await lea.finds("Quoi dire")
        assert PHONE not in in_the_room
        assert HANDLE not in in_the_room


@pytest.mark.parametrize("where", CHATS)
async def test_it_asks_what_came_of_the_call_until_somebody_says_it(tmp_path: Path, where: str) -> None:
    async with alarm(where, tmp_path) as rig:
        lea = at(rig, "lea")
        await calls(rig)
        await rig.later(minutes=61)
        asked = await lea.finds_directly("Léa les a appelés")
        assert "A-12" in asked
        assert "suite" in rig.notice(direct(rig, "lea", "Léa les a appelés"))
        await lea.asks("Suite de l'appel…")
        await lea.fills({"outcome": "found", "note": "chez sa sœur"})
        assert "retrouvé, pris en charge" in await lea.finds("APRÈS L'APPEL")
        assert "Suite : retrouvé, pris en charge" in await lea.reads_brief()
        await lea.types_in_room("journal")
        assert "Léa a noté la suite de l'appel, retrouvé, pris en charge : chez sa sœur" in await logged(lea)
        said = len(await lea.reads_directly())
        await rig.later(hours=5)
        assert not [one for one in (await lea.reads_directly())[said:] if "Léa les a appelés" in one]


@pytest.mark.parametrize("where", CHATS)
async def test_it_offers_relief_to_whoever_called_and_notes_no_answer(tmp_path: Path, where: str) -> None:
    async with alarm(where, tmp_path) as rig:
        lea = at(rig, "lea")
        await calls(rig)
        await rig.later(minutes=29)
        assert not [one for one in await lea.reads_directly() if RELIEF in one]
        await rig.later(minutes=2)
        offered = await lea.finds_directly(RELIEF)
        for part in ("Noé et Hélène", "3114", "un relais vous est proposé"):
            assert part in offered
        assert "Inès" in await lea.asks("Passer le relais…")
        assert not [one for one in await at(rig, "noe").reads_directly() if RELIEF in one]
        await lea.types_in_room("journal")
        assert "Léa a appelé les secours : un relais lui est proposé." in await logged(lea)


async def calls(rig: Running[Any]) -> None:
    lea = at(rig, "lea")
    await lea.finds(BRIEF)
    await lea.presses("Vie en danger")
    await lea.finds(BRIEF)
    await lea.asks("J'ai appelé")
    await lea.fills({"service": "15", "said": "Un membre parle de mourir.", "reference": "A-12"})


async def logged(who: InChat) -> str:
    return await who.finds("Dernières lignes")
