"""Takes pictures of the browser room, to be looked at: `python -m tests.rig.gallery OUTDIR`."""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.rig.browser import chromium, served
from tests.rig.web_board import web_rig
from tests.rig.web_samples import ROOM, furnish

SIZES = {"1280": (1280, 900), "390": (390, 844), "1680": (1680, 1000)}
SCHEMES = ("light", "dark")
LOCALES = ("fr", "en")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for locale in LOCALES:
            rig = web_rig()
            furnish(rig, locale=locale)
            with served(rig.app) as address:
                for (size, viewport), scheme in product(SIZES.items(), SCHEMES):
                    take(browser, address, viewport, scheme, folder, f"{locale}-{size}-{scheme}")


def take(
    browser: Browser, address: str, viewport: tuple[int, int], scheme: str, folder: Path, name: str
) -> None:
    """Go through the room as Léa would, one picture a step."""
    width, height = viewport
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=width < 600,
    )
    page = context.new_page()

    def shoot(step: str) -> None:
        page.wait_for_load_state("load")
        page.screenshot(path=folder / f"{step}-{name}.png")

    page.goto(address)
    shoot("1-choose")
    page.locator(".person").first.click()
    shoot("2-home")
    page.goto(f"{address}/c/{ROOM}")
    shoot("3-room")
    scroll(page)
    shoot("4-room-scrolled")
    page.locator(".urgent .danger").click()
    page.locator("#answer[open]").wait_for()
    shoot("5-emergency")
    page.keyboard.press("Escape")
    page.locator(".urgent button").last.click()
    page.locator("#dialog-form").wait_for()
    shoot("6-form")
    page.keyboard.press("Escape")
    page.locator("#card-s3 .actions .primary").click()
    page.locator("#confirm[open]").wait_for()
    shoot("7-confirm")
    context.close()


def scroll(page: Page) -> None:
    page.evaluate("window.scrollTo(0, 900)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
