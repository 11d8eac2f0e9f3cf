"""«L'avocat extérieur au téléphone»: a lawyer without a seat decides on a telephone, by a guest's link."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.rig.browser import browser
from tests.rig.browser_person import PHONE, BrowserPerson, Cell, gathered
from tests.rig.lawyers_cell import CELLS, THE_LINK, Lea
from tests.rig.night import FIRST, SECOND, THIRD, WORDS
from tests.rig.web_service import free_port

__all__ = ["browser"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHY = "La deuxième phrase nous engage au-delà du contrat."
KEPT = "motif réservé à l'auteur·e et à la communication"
BRIEF = "À FAIRE MAINTENANT"


@pytest.mark.parametrize("where", CELLS)
async def test_it_plays_the_story_of_the_external_lawyer(
    browser: Browser, tmp_path: Path, where: str
) -> None:
    port = free_port()
    async with (
        gathered(browser, f"http://127.0.0.1:{port}") as cell,
        CELLS[where](cell, tmp_path, port) as lea,
    ):
        yves = await follows(cell, await lea.invites())
        await says_that_he_is_there(lea, yves)
        await reads(yves)
        await rejects_for_the_author_alone(lea, yves)
        await approves_and_withdraws(lea, yves)
        await approves_the_change(lea, yves)
        await is_out(lea, yves)


async def follows(cell: Cell, address: str) -> BrowserPerson:
    """One button; then a page whose address holds nothing of the link, and one crisis."""
    yves = await cell.comes_by_a_link(address, "Yves Caron", viewport=PHONE, is_mobile=True, has_touch=True)
    assert address.rpartition("/")[2] not in yves.page.url
    await expect(yves.page.get_by_label("Taper une commande")).to_have_count(0)
    await expect(yves.page.get_by_role("button", name="Ouvrir une crise")).to_have_count(0)
    assert await fits(yves)
    return yves


async def says_that_he_is_there(lea: Lea, yves: BrowserPerson) -> None:
    await yves.press("J'arrive", on=BRIEF)
    await lea.sees(BRIEF, "Yves est là")
    await lea.sees(THE_LINK, "Ouvert à")
    await expect(yves.card(BRIEF).get_by_role("button", name="J'arrive")).to_have_count(0)


async def reads(yves: BrowserPerson) -> None:
    await yves.press("Lire le message", on=BRIEF)
    await yves.is_told(WORDS)


async def rejects_for_the_author_alone(lea: Lea, yves: BrowserPerson) -> None:
    """The text comes by itself; nothing that a guest may not do is offered. Why stays between them."""
    await lea.writes(FIRST)
    await yves.sees(FIRST, at_once=True)
    assert await fits(yves)
    assert await offered(yves.card(FIRST)) == ["Approuver la version 1", "Refuser…", "Lire le message"]
    await yves.press("Refuser…", on=FIRST)
    await yves.fills("Refuser", "Seulement l'auteur·e et la communication", reason=WHY)
    await lea.sees(FIRST, KEPT)
    await lea.is_told(WHY)
    await lea.noe_sees(KEPT, but_not=WHY)


async def approves_and_withdraws(lea: Lea, yves: BrowserPerson) -> None:
    await lea.rewrites(FIRST, SECOND)
    await yves.sees(SECOND, at_once=True)
    await yves.press("Approuver la version 2", on=SECOND)
    await lea.sees(SECOND, "Accord obtenu, version 2.")
    await yves.press("Retirer mon accord", on=SECOND)
    await lea.sees("Yves a retiré son accord")


async def approves_the_change(lea: Lea, yves: BrowserPerson) -> None:
    await lea.rewrites(SECOND, THIRD)
    await yves.sees(THIRD, at_once=True)
    await expect(yves.card(THIRD)).to_contain_text("Changé")
    await yves.press("Approuver la version 3", on=THIRD)
    await lea.sees(THIRD, "Accord obtenu, version 3.")


async def is_out(lea: Lea, yves: BrowserPerson) -> None:
    """Léa revokes the link: what Yves does next is refused, and his page opens nothing."""
    await lea.revokes_the_link()
    await lea.sees("n'ouvre plus rien")
    await yves.page.reload()
    await expect(yves.page.get_by_text(BRIEF)).to_have_count(0)


async def offered(card: Locator) -> list[str]:
    return [label.strip() for label in await card.get_by_role("button").all_inner_texts()]


async def fits(person: BrowserPerson) -> bool:
    """Whether nothing is wider than the telephone."""
    return bool(await person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
