from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from adapters.web.board import StoreBoard
from bot.domain.ids import PersonId, Platform
from bot.interactions import Actor, SlashCommand
from bot.main import Service
from bot.settings import Settings
from tests.rig.service import SECRET
from tests.rig.slack.service import MovedClock
from tests.rig.web_board import FARID, LEA, WebRig
from tests.rig.web_person import WebPerson

WORDS = "je ne veux plus être là demain"


async def test_it_links_the_room_to_its_journal(lea: WebPerson, rig: WebRig) -> None:
    rig.board.open_room("r1", members=[LEA])
    page = await lea.open("/c/r1")
    assert "Journal (fichier)" in page.text
    assert 'href="/c/r1/journal.txt"' in page.html


async def test_it_sends_the_journal_as_a_file(lea: WebPerson, rig: WebRig) -> None:
    rig.board.open_room("r1", members=[LEA])
    file = await lea.client.get("/c/r1/journal.txt")
    assert file.status_code == 200
    assert file.headers["content-disposition"] == 'attachment; filename="journal-2026-014.txt"'
    assert file.headers["content-type"] == "text/plain; charset=utf-8"
    assert file.headers["cache-control"] == "no-store"
    assert file.text == "03:12 · Léa ouvre la crise.\n"


@pytest.mark.parametrize("room", ["r2", "nowhere"])
async def test_it_reads_the_same_whether_a_room_is_absent_or_not_theirs(
    lea: WebPerson, rig: WebRig, room: str
) -> None:
    rig.board.open_room("r2", members=[FARID])
    refused = await lea.client.get(f"/c/{room}/journal.txt")
    assert refused.status_code == 404
    assert "rien que vous puissiez voir" in refused.text


async def test_it_sends_nothing_to_somebody_who_has_not_come_in(rig: WebRig) -> None:
    rig.board.open_room("r1", members=[LEA])
    transport = httpx.ASGITransport(rig.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as nobody:
        assert (await nobody.get("/c/r1/journal.txt")).status_code == 401


async def test_it_writes_out_what_happened_without_the_words_of_the_member(tmp_path: Path) -> None:
    """The room's people alone read it: Hélène manages the community, and has no part in this crisis."""
    database = f"sqlite:///{tmp_path}/cellule.db"
    settings = Settings(_env_file=None, database_url=database, secret_key=SecretStr(SECRET), demo=True)
    service = Service(settings, clock=MovedClock())
    await service.handle(SlashCommand("k1", Actor(Platform.WEB, LEA), f"urgent {WORDS}"))
    await service.relay.drain()
    board = StoreBoard(service.application)
    (room,) = board.rooms(LEA)
    name, content = board.journal(LEA, room.room) or ("", b"")
    assert name == f"journal-{room.number}.txt"
    assert "Léa" in content.decode()
    assert WORDS not in content.decode()
    assert board.journal(PersonId("helene"), room.room) is None
    service.close()
