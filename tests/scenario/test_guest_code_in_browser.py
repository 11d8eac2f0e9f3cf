"""A lawyer types the code from their mailbox, by keyboard alone, on a telephone and on a screen."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, expect

from bot.main import Service
from tests.rig.browser import browser
from tests.rig.browser_person import PHONE, SCREEN, BrowserPerson, Cell, gathered
from tests.rig.mail_server import PASSWORD, USER, MailServer, certificate, mail_server, server_context
from tests.rig.night import WORDS, at_three_in_the_morning
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import eventually
from tests.rig.web_service import free_port, serving
from tests.scenario.test_guest_code import CODE, other

__all__ = ["browser"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAYS = {
    "fr-FR": ("M'envoyer le code", "Code reçu par e-mail", "Ce n'est pas le code", "Entrer"),
    "en-GB": ("Send me the code", "Code from the e-mail", "This is not the code", "Come in"),
}
BRIEF = "À FAIRE MAINTENANT"


@pytest.fixture
def smtp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    file = certificate(tmp_path)
    with mail_server(tls=server_context(file)) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        monkeypatch.setenv("SMTP_URL", f"smtps://{USER}:{quote(PASSWORD)}@localhost:{server.port}")
        monkeypatch.setenv("MAIL_FROM", "Forum Exemple <aide@exemple.fr>")
        yield server


@asynccontextmanager
async def invited(
    browser: Browser, folder: Path, smtp: MailServer
) -> AsyncIterator[tuple[Cell, str, Service, MovedClock]]:
    """Léa has invited Yves; the address that stands in his mailbox."""
    port, clock = free_port(), at_three_in_the_morning()
    async with (
        gathered(browser, f"http://127.0.0.1:{port}") as cell,
        serving(folder, clock, port=port) as service,
    ):
        lea = await cell.joins("Léa Marchand")
        await lea.types(f"urgence {WORDS}")
        await lea.is_told("On appelle maintenant")
        await lea.opens_the_room("Ouvrir la cellule")
        await lea.types("invité juriste Yves Caron yves@cabinet.example")
        await expect(lea.dialog).to_contain_text("par e-mail")
        yield cell, await address_in(smtp), service, clock


async def address_in(smtp: MailServer) -> str:
    await eventually(lambda: smtp.taken)
    return next(line for line in smtp.taken[0].part("plain").splitlines() if line.startswith("http"))


async def code_in(smtp: MailServer, *, nth: int) -> str:
    await eventually(lambda: len(smtp.taken) > nth)
    return str(CODE.findall(smtp.taken[nth].part("plain"))[-1])


async def arrives(cell: Cell, locale: str, size: Mapping[str, int]) -> BrowserPerson:
    return await cell.sits_down("Yves Caron", viewport=size, locale=locale)


@pytest.mark.parametrize(("locale", "size"), [("fr-FR", PHONE), ("en-GB", SCREEN)])
async def test_it_lets_in_by_keyboard(
    browser: Browser, tmp_path: Path, smtp: MailServer, locale: str, size: dict[str, int]
) -> None:
    send, label, wrong, enter = SAYS[locale]
    async with invited(browser, tmp_path, smtp) as (cell, address, _service, _clock):
        yves = await arrives(cell, locale, size)
        await yves.page.goto(address)
        await expect(yves.page.get_by_role("button", name=send)).to_be_focused()
        await yves.page.keyboard.press("Enter")
        field = yves.page.get_by_label(label)
        await expect(field).to_be_focused()
        assert [await field.get_attribute(name) for name in ("inputmode", "autocomplete")] == [
            "numeric",
            "one-time-code",
        ]
        assert await fits(yves)
        code = await code_in(smtp, nth=1)
        await yves.page.keyboard.type(other(code))
        await yves.page.keyboard.press("Enter")
        await expect(yves.page.get_by_role("alert")).to_contain_text(wrong)
        await expect(field).to_be_focused()
        await expect(field).to_have_attribute("aria-invalid", "true")
        assert await fits(yves)
        await yves.page.keyboard.type(code)
        await yves.page.keyboard.press("Tab")
        await expect(yves.page.get_by_role("button", name=enter)).to_be_focused()
        async with yves.page.expect_response("**/fragments/**"):
            await yves.page.keyboard.press("Enter")
        await yves.sees(BRIEF)
        assert address.rpartition("/")[2] not in yves.page.url


async def test_it_knows_the_browser_again_after_the_visit(
    browser: Browser, tmp_path: Path, smtp: MailServer
) -> None:
    send, label, _wrong, enter = SAYS["fr-FR"]
    async with invited(browser, tmp_path, smtp) as (cell, address, _service, clock):
        yves = await arrives(cell, "fr-FR", PHONE)
        await yves.page.goto(address)
        await yves.page.get_by_role("button", name=send).click()
        await yves.page.get_by_label(label).fill(await code_in(smtp, nth=1))
        async with yves.page.expect_response("**/fragments/**"):
            await yves.page.get_by_role("button", name=enter, exact=True).click()
        clock.ahead += timedelta(hours=25)
        await yves.page.goto(address)
        async with yves.page.expect_response("**/fragments/**"):
            await yves.page.get_by_role("button", name=enter, exact=True).click()
        await yves.sees(BRIEF)
        assert len(smtp.taken) == 2


async def fits(person: BrowserPerson) -> bool:
    """Whether nothing is wider than the window, nor too small for a finger."""
    wide = await person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    controls = person.page.locator("button, input:not([type=hidden])")
    boxes = [await control.bounding_box() for control in await controls.all()]
    return bool(wide) and all(box is not None and box["height"] >= 44 for box in boxes)
