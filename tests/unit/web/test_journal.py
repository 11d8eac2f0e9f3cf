import httpx
import pytest

from tests.rig.web_board import FARID, LEA, WebRig
from tests.rig.web_person import WebPerson


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
