"""Calling for help, to its end: the sheet on the phone, what came of the call, and whoever made it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.rig.either import CHATS, at, rig_at
from tests.rig.night import WORDS
from tests.rig.service import Running

BRIEF = "Les mots du membre"
PHONE = "+33639980001"
HANDLE = "Marin-d'eau-douce"


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
