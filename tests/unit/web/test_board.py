"""The board of the whole service: what the browser room reads from storage."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.web.board import StoreBoard
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.interactions import Actor, SlashCommand
from bot.main import Service
from bot.settings import Settings
from tests.rig.migrated import migrated
from tests.rig.service import SECRET
from tests.rig.slack.service import MovedClock
from tests.rig.web_board import FARID, LEA

WORDS = "je ne veux plus être là demain"


class Night:
    """A service of which a test moves the clock; a crisis that Léa has just opened."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovedClock()
        database = migrated(folder)
        settings = Settings(_env_file=None, database_url=database, secret_key=SecretStr(SECRET), demo=True)
        self.service = Service(settings, clock=self.clock)
        self.board = StoreBoard(self.service.application)

    async def opens(self) -> RoomRef:
        await self.service.handle(SlashCommand("k1", Actor(Platform.WEB, LEA), f"urgent {WORDS}"))
        await self.service.relay.drain()
        (room,) = self.board.rooms(LEA)
        return room.room

    async def later(self, *, minutes: int) -> None:
        self.clock.ahead += timedelta(minutes=minutes)
        self.service.application.tick(self.clock())
        await self.service.relay.drain()


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    opened = Night(tmp_path)
    yield opened
    opened.service.close()


async def test_it_writes_out_the_journal_without_the_words_of_the_member(night: Night) -> None:
    room = await night.opens()
    name, content = night.board.journal(LEA, room) or ("", b"")
    assert name == f"journal-{night.board.rooms(LEA)[0].number}.txt"
    assert "Léa" in content.decode()
    assert WORDS not in content.decode()


async def test_it_keeps_the_journal_from_whoever_has_no_part_in_the_crisis(night: Night) -> None:
    """Hélène manages the community, and nobody has called her."""
    room = await night.opens()
    assert night.board.journal(PersonId("helene"), room) is None
    assert night.board.journal(LEA, RoomRef("nowhere")) is None


async def test_it_shows_the_newest_of_what_was_said_again(night: Night) -> None:
    await night.opens()
    assert [card.card.title.split()[-1] for card in night.board.direct(FARID)] == ["1"]
    await night.later(minutes=1)
    assert [card.card.title.split()[-1] for card in night.board.direct(FARID)] == ["2"]
