"""Takes a picture of every card and form of the gallery, as the browser room draws them: `make pictures`.

The pictures lie on sheets, several a sheet. What can be measured is measured, and said: what is wider than
its place, what is too small for a thumb.
"""

import asyncio
import sys
from base64 import b64encode
from html import escape
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, ViewportSize

from adapters.web.ports import PersonSummary, ShownCard
from adapters.web.render import Screen
from adapters.web.session import new_session
from adapters.web.visitor import Visitor
from bot.cards import Card, Form
from bot.domain.ids import Platform
from bot.ports import DirectPlace
from bot.texts import translator
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES  # which fills the gallery
from tests.rig import scenes
from tests.rig.browser import chromium, served
from tests.rig.web_board import LEA, NIGHT, web_rig

SHEETS = {390: (4, 12), 1280: (2, 8)}
"""By width of the window: how many columns a sheet has, and how many pictures."""

MEASURE = """() => [...document.querySelectorAll("#shown *")].flatMap((e) => {
  const { width, height } = e.getBoundingClientRect();
  const small = e.matches("button, a:not(.text a), select, textarea, .choice") && height < 44;
  if (small) return ["too small: " + e.textContent];
  return e.scrollWidth > Math.ceil(width) + 1 && width > 1 ? ["too wide: " + e.textContent] : [];
})"""


async def take_all(folder: Path) -> None:
    async with chromium() as browser, served(web_rig().app) as address:
        for locale, width in product(LOCALES, SHEETS):
            pictures = await _take(browser, address, locale, width)
            columns, many = SHEETS[width]
            names = sorted(pictures)
            for first in range(0, len(names), many):
                file = folder / f"{locale}-{width}-{first // many + 1:02}.png"
                await _lay_out(
                    browser, {name: pictures[name] for name in names[first:][:many]}, columns, file
                )


async def _take(browser: Browser, address: str, locale: str, width: int) -> dict[str, bytes]:
    size = ViewportSize(width=width, height=2400)
    page = await browser.new_page(viewport=size)
    await page.goto(f"{address}/me")  # for its stylesheet
    taken = {}
    for name, view in GALLERY.items():
        html = drawn(view(locale), locale)
        await page.evaluate(
            "(html) => { document.body.className = 'live'; document.body.innerHTML = html }", html
        )
        taken[name] = await page.locator("#shown").screenshot()
        for fault in await page.evaluate(MEASURE):
            sys.stderr.write(f"{name} ({locale}, {width}): {' '.join(fault.split())[:90]}\n")
    await page.close()
    return taken


def drawn(shown: Card | Form, locale: str) -> str:
    """Draw a card where the room has it, a form where it opens."""
    if isinstance(shown, Form):
        form = Screen().draw(
            "form.html", visitor(locale), form=shown, card_id="form", errors={}, typed={}, room=""
        )
        return f'<dialog id="answer" open><div id="shown"><div id="answer-body">{form}</div></div></dialog>'
    card = ShownCard("shown", shown, NIGHT, DirectPlace(Platform.WEB, LEA))
    html = Screen().draw("card.html", visitor(locale), shown=card, lang=locale, room="")
    return f'<main class="home"><i></i><section class="mine"><div id="shown">{html}</div></section></main>'


def visitor(locale: str) -> Visitor:
    people = [PersonSummary(person.id, person.name, "") for person in scenes.guide().plan.people.values()]
    return Visitor(
        session=new_session(LEA),
        is_new=False,
        form_token="",
        person=people[0],
        people=people,
        may_choose=False,
        say=translator(locale),
        zone=ZoneInfo("Europe/Paris"),
        now=NIGHT,
    )


async def _lay_out(browser: Browser, pictures: dict[str, bytes], columns: int, file: Path) -> None:
    figures = "".join(
        f'<figure style="margin:0 0 14px;break-inside:avoid">{escape(name)}<br>'
        f'<img style="width:100%" src="data:image/png;base64,{b64encode(png).decode()}"></figure>'
        for name, png in pictures.items()
    )
    page = await browser.new_page(viewport=ViewportSize(width=1560, height=100))
    await page.set_content(
        f'<!doctype html><body style="margin:8px;font:11px sans-serif;columns:{columns}">{figures}'
    )
    await page.screenshot(path=file, full_page=True)
    await page.close()


if __name__ == "__main__":
    output = Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(output))
