"""The page of a letter, on a board in memory."""

from collections.abc import Sequence

import httpx
import pytest

from adapters.letter.paper import pdf_of, pictures_of
from adapters.web.ports import GuestPass, PersonSummary
from bot.domain.ids import CrisisId
from bot.ports import Letter
from tests.rig.letters import LETTER, saying
from tests.rig.web_board import FARID, LEA, WebRig, web_rig
from tests.rig.web_person import WebPerson

SUBJECT = f"{'a' * 16}.d1.c1"


class HerePaper:
    """A `Paper` that draws where it is asked."""

    async def pdf(self, letter: Letter) -> bytes:
        return pdf_of(letter)

    async def pictures(self, letter: Letter) -> Sequence[bytes]:
        return pictures_of(letter)


@pytest.fixture
def rig() -> WebRig:
    rig = web_rig(paper=HerePaper())
    rig.board.letters[LEA, SUBJECT] = LETTER
    return rig


async def test_it_shows_each_page_and_leads_to_the_file(lea: WebPerson) -> None:
    page = await lea.open(f"/letters/{SUBJECT}")
    assert page.html.count("data:image/png;base64,") == 1
    assert "Page 1 sur 1 de la lettre" in page.html
    assert f'href="/letters/{SUBJECT}/pdf"' in page.html
    assert page.response.headers["cache-control"] == "no-store"
    assert "Tilleuls" not in page.html
    file = await lea.client.get(f"/letters/{SUBJECT}/pdf")
    assert file.content == pdf_of(LETTER)
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="lettre-2026-014.pdf"'
    assert file.headers["cache-control"] == "no-store"


async def test_it_is_for_no_guest(rig: WebRig) -> None:
    rig.board.passes["guest"] = GuestPass(
        PersonSummary(LEA, "Léa", ""), CrisisId("a" * 16), "fr", "Europe/Paris"
    )
    guest = WebPerson(rig.app)
    await guest.enter("guest")
    assert (await guest.client.get(f"/letters/{SUBJECT}")).status_code == 404


@pytest.mark.parametrize("path", [f"/letters/{SUBJECT}", f"/letters/{SUBJECT}/pdf"])
async def test_it_is_for_nobody_else(rig: WebRig, path: str) -> None:
    farid = WebPerson(rig.app)
    await farid.choose(FARID)
    refused = await farid.client.get(path)
    assert refused.status_code == 404
    assert "pas de lettre ici pour vous" in refused.text
    transport = httpx.ASGITransport(rig.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as nobody:
        assert (await nobody.get(path)).status_code == 401


async def test_it_names_the_sign_that_cannot_be_printed(lea: WebPerson, rig: WebRig) -> None:
    rig.board.letters[LEA, SUBJECT] = saying("Courage 💛")
    page = await lea.open(f"/letters/{SUBJECT}")
    assert page.response.status_code == 422
    assert "il manque à sa police le signe 💛" in page.text
    file = await lea.client.get(f"/letters/{SUBJECT}/pdf")
    assert file.status_code == 422
    assert "Courage" not in file.text


async def test_it_has_no_letter_where_none_can_be_set() -> None:
    rig = web_rig()
    rig.board.letters[LEA, SUBJECT] = LETTER
    lea = WebPerson(rig.app)
    await lea.choose("lea")
    assert (await lea.client.get(f"/letters/{SUBJECT}")).status_code == 404


async def test_it_leads_from_a_personal_link_to_the_letter_and_nowhere_else(rig: WebRig) -> None:
    rig.board.tokens = {"one": LEA, "two": LEA}
    lea = WebPerson(rig.app)
    page = await lea.enter(f"one/{SUBJECT}")
    assert page.response.url.path == f"/letters/{SUBJECT}"
    assert "data:image/png" in page.html
    for path in ("/r/two/https://evil.example", "/r/two//evil.example", "/r/two/a/b"):
        assert (await lea.client.get(path)).status_code == 404
