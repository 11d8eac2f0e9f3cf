"""Somebody at a real browser: finds things by what they see and hear, a role and its name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from tests.rig.browser import faults_of

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
AT_ONCE = 2000
"""Milliseconds within which one person's act stands on another's open page."""


class BrowserPerson:
    """One person, one window. Cards are found by words of theirs, buttons and fields by their label."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog")
        self.brief = page.locator("#brief")

    async def comes_in(self, address: str, name: str) -> None:
        """Choose who to be; the personal page is then up to date and told of every change."""
        await self.page.goto(f"{address}/me")
        async with self.page.expect_response("**/fragments/**"):
            await self.page.get_by_role("button", name=name).click()

    def card(self, words: str) -> Locator:
        """The card of the page that says this; the test fails when there are several."""
        return self.page.get_by_role("article").filter(has_text=words)

    async def sees(self, words: str, *, at_once: bool = False) -> None:
        """Wait for a card that says this."""
        await expect(self.card(words)).to_be_visible(timeout=AT_ONCE if at_once else None)

    async def sees_where_things_stand(self, words: str) -> None:
        await expect(self.brief).to_contain_text(words)

    async def press(self, label: str, *, on: str | Locator) -> None:
        """Press a button of a card, named by its words, or of some part of the page."""
        where = self.card(on) if isinstance(on, str) else on
        await where.get_by_role("button", name=label, exact=True).click()

    async def opens_the_room(self, label: str) -> None:
        """Follow the link of the one card that leads there."""
        async with self.page.expect_response("**/fragments/**"):
            await self.page.get_by_role("link", name=label).first.click()
        await expect(self.brief).to_be_visible()

    async def is_told(self, words: str) -> None:
        """Read an answer, and close it."""
        await expect(self.dialog).to_contain_text(words)
        await self.dialog.get_by_role("button", name="Fermer").click()
        await expect(self.dialog).to_be_hidden()

    async def fills(self, send: str, *choices: str, **texts: str) -> None:
        """Fill the form in front of them; `texts` by field name, `choices` by label; then send it."""
        for choice in choices:
            await self.dialog.get_by_label(choice, exact=True).check()
        for name, text in texts.items():
            await self.dialog.locator(f"[name='field.{name}']").fill(text)
        button = self.dialog.get_by_role("button", name=send, exact=True)
        await button.click()
        await expect(button).to_be_hidden()

    async def types(self, command: str) -> None:
        """Type a command; what follows `/crisis`."""
        await self.page.get_by_label("Taper une commande").fill(command)
        await self.page.keyboard.press("Enter")


class Cell:
    """Several people, each in a browser of their own. `faults` are those of all their pages."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._watched: list[list[str]] = []
        self.people: dict[str, BrowserPerson] = {}

    @property
    def faults(self) -> list[str]:
        return [fault for faults in self._watched for fault in faults]

    async def joins(self, name: str, **habits: Any) -> BrowserPerson:
        """Somebody opens their browser and chooses who they are."""
        person = await self.sits_down(name, **habits)
        await person.comes_in(self._address, name)
        return person

    async def comes_by_a_link(self, address: str, name: str, **habits: Any) -> BrowserPerson:
        """Somebody follows a link that was handed to them."""
        person = await self.sits_down(name, **habits)
        await person.page.goto(address)
        async with person.page.expect_response("**/fragments/**"):
            await person.page.get_by_role("button").click()
        return person

    async def sits_down(self, name: str, **habits: Any) -> BrowserPerson:
        """Somebody opens a browser of their own."""
        context = await self._browser.new_context(**{"viewport": SCREEN, "locale": "fr-FR"} | habits)
        self._watched.append(faults_of(context))
        person = self.people[name] = BrowserPerson(await context.new_page())
        return person

    async def second_tab(self, person: BrowserPerson) -> BrowserPerson:
        """The same person, same page, which then hears of nothing: a telephone that sleeps in a pocket."""
        page = await person.page.context.new_page()
        await page.route("**/events", lambda route: route.abort())
        await page.route("**/fragments/**", lambda route: route.abort())
        await page.goto(person.page.url)
        return BrowserPerson(page)


@asynccontextmanager
async def gathered(browser: Browser, address: str) -> AsyncIterator[Cell]:
    """A cell at its browsers. No script may fail and no page break the content policy meanwhile."""
    cell = Cell(browser, address)
    yield cell
    for person in cell.people.values():
        await person.page.context.close()
    assert cell.faults == []
