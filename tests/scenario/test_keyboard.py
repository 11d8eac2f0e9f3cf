"""A crisis opened, and help asked for, without a mouse."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.rig.browser import browser
from tests.rig.browser_person import gathered
from tests.rig.night import WORDS, at_three_in_the_morning
from tests.rig.web_service import free_port, serving

__all__ = ["browser"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_TABS = 30


async def test_it_opens_a_crisis_and_calls_for_help_by_key(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    async with (
        gathered(browser, f"http://127.0.0.1:{port}") as cell,
        serving(tmp_path, at_three_in_the_morning(), port=port),
    ):
        page = (await cell.joins("Léa Marchand")).page
        await press(page, "Ouvrir une crise")
        form = page.get_by_role("dialog", name="Ouvrir une crise")
        await expect(form.get_by_label("Quelqu'un en danger")).to_be_focused()
        await page.keyboard.press("Space")
        await tab_to(page, "Le message, copié")
        await page.keyboard.type(WORDS)
        await press(page, "Ouvrir maintenant")
        await expect(page.get_by_role("dialog")).to_contain_text("On appelle maintenant")
        await press(page, "Vie en danger")
        await expect(page.get_by_role("dialog")).to_contain_text("15")
        await press(page, "Je suis au téléphone")
        await expect(page.get_by_role("dialog")).to_be_hidden()


async def press(page: Page, label: str) -> None:
    await tab_to(page, label)
    await page.keyboard.press("Enter")


async def tab_to(page: Page, label: str) -> None:
    """Go from one thing to the next until the one with this name has the focus."""
    names = "el => [el.textContent, ...[...(el.labels ?? [])].map(label => label.textContent)].join(' ')"
    for _tab in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if label in await page.evaluate(f"({names})(document.activeElement)"):
            return
    raise AssertionError(f"no key leads to {label!r}")
