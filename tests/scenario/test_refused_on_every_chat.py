"""What is refused is refused on every chat: nothing changes, and who pressed reads why."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Code, Refused
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.dump import changed, dump
from tests.rig.either import CHATS, InChat
from tests.rig.reading import plain
from tests.rig.refused import REPLY, SECOND, WORDS, night_at, released_by, the_crisis
from tests.rig.service import Running

pytestmark = pytest.mark.parametrize("where", CHATS)
APPROVE = "Approuver la version 1"


class Night:
    """A crisis that Léa opened, and whose people somebody is there."""

    def __init__(self, rig: Running[Any], where: str, folder: Path) -> None:
        self.rig = rig
        self.at = partial(CHATS[where], rig)
        self._folder = folder

    async def refuses(self, doing: Awaitable[str], refused: Refused) -> str:
        before = dump(self._folder)
        said = await doing
        assert changed(before, dump(self._folder)) == []
        assert plain(sentence(refused, translator("fr"))) in said
        return said


@asynccontextmanager
async def night(where: str, folder: Path) -> AsyncIterator[Night]:
    async with night_at(where, folder) as rig:
        yield Night(rig, where, folder)


async def proposes(who: InChat) -> None:
    await who.asks_in_room("Écrire une réponse")
    await who.fills({"text": REPLY, "routes": ["private_message", "email"]})


async def test_it_refuses_the_text_of_an_old_revision(tmp_path: Path, where: str) -> None:
    async with night(where, tmp_path) as told:
        lea, noe = told.at("lea"), told.at("noe")
        await proposes(lea)
        await noe.finds_directly(REPLY)
        noe.pockets()
        await lea.finds(REPLY)
        await lea.asks("Modifier…")
        await lea.fills({"text": SECOND})
        await told.refuses(noe.presses(APPROVE), Refused(Code.STALE_REVISION, seen=1, current=2))
        assert SECOND in await noe.finds_directly(SECOND)


async def test_it_refuses_a_second_decision(tmp_path: Path, where: str) -> None:
    async with night(where, tmp_path) as told:
        screen, phone = told.at("noe"), told.at("noe")
        await proposes(told.at("lea"))
        for noe in (screen, phone):
            await noe.finds_directly(REPLY)
        phone.pockets()
        await screen.does(APPROVE)
        await told.refuses(phone.presses(APPROVE), Refused(Code.ALREADY_DECIDED))


async def test_it_refuses_acts_in_a_closed_crisis(tmp_path: Path, where: str) -> None:
    async with night(where, tmp_path) as told:
        noe, claire = told.at("noe"), told.at("claire")
        await noe.finds_directly("Votre rôle")
        noe.pockets()
        number = the_crisis(told.rig).number
        await claire.types_in_room("clore fin")
        await told.refuses(noe.presses("J'arrive"), Refused(Code.CRISIS_CLOSED, number=number))


async def test_it_refuses_to_close_while_a_reply_waits(tmp_path: Path, where: str) -> None:
    async with night(where, tmp_path) as told:
        await released_by(told.at("lea"), told.at("noe"))
        await told.refuses(told.at("claire").asks_by("clore fin"), Refused(Code.DISPATCH_WAITS))


async def test_it_does_nothing_for_somebody_whom_the_plan_does_not_name(tmp_path: Path, where: str) -> None:
    async with night(where, tmp_path) as told:
        tom, number = told.at("tom"), the_crisis(told.rig).number
        assert "Ce que vous pouvez écrire" in await tom.types("aide")  # from now on it is known where he is
        for command in ("statut", "liste", "journal", f"gravité 1 {number}"):
            said = await told.refuses(tom.types(command), Refused(Code.STRANGER))
            assert number not in said
            assert WORDS not in said
