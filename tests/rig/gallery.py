"""Takes pictures of the browser room, to be looked at: `python -m tests.rig.gallery OUTDIR`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.async_api import Page, ViewportSize

from tests.rig.browser import chromium, served
from tests.rig.web_board import web_rig
from tests.rig.web_cards import ROOM
from tests.rig.web_samples import furnish

SIZES = {390: 844, 1280: 900, 1680: 1000}
"""Widths and heights, in CSS pixels: a telephone, a laptop, a desk."""

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = ("fr", "en")

Shoot = Callable[[str], Awaitable[None]]


async def take_all(folder: Path) -> None:
    for locale in LOCALES:
        rig = web_rig()
        furnish(rig, locale=locale)
        async with chromium() as browser, served(rig.app) as address:
            for (width, height), scheme in product(SIZES.items(), SCHEMES):
                size = ViewportSize(width=width, height=height)
                page = await browser.new_page(viewport=size, color_scheme=scheme, base_url=address)
                await go_through(page, partial(shoot, page, folder, f"{locale}-{width}-{scheme}"))
                await page.close()


async def shoot(page: Page, folder: Path, name: str, step: str) -> None:
    await page.screenshot(path=folder / f"{step}-{name}.png")


async def go_through(page: Page, shoot: Shoot) -> None:
    """Go through the room as Léa would, one picture a step."""
    await page.goto("/")
    await shoot("1-choose")
    await page.locator(".person").first.click()
    await page.locator(".home").wait_for()
    await shoot("2-home")
    await page.goto(f"/c/{ROOM}")
    await shoot("3-room")
    await page.evaluate("window.scrollTo(0, 1100)")
    await shoot("4-room-scrolled")
    await page.locator(".urgent .danger").click()
    await page.locator("#answer[open]").wait_for()
    await shoot("5-emergency")
    await page.keyboard.press("Escape")
    await page.locator(".urgent button").last.click()
    await page.locator("#dialog-form").wait_for()
    await shoot("6-form")
    await page.keyboard.press("Escape")
    await page.locator("#card-s3 .actions .primary").click()
    await page.locator("#confirm[open]").wait_for()
    await shoot("7-confirm")


if __name__ == "__main__":
    output = Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(output))
