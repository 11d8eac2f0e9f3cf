"""«L'avocat extérieur au téléphone»: a lawyer without a seat decides on a telephone, by a guest's link."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.rig.browser import browser
from tests.rig.browser_person import AT_ONCE, PHONE, BrowserPerson, Cell, gathered
from tests.rig.night import FIRST, SECOND, THIRD, WORDS, at_three_in_the_morning
from tests.rig.web_service import free_port, serving

__all__ = ["browser"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEA = "Léa Marchand"
THE_LINK = "a un lien vers cette seule crise"
WHY = "La deuxième phrase nous engage au-delà du contrat."
KEPT = "motif réservé à l'auteur·e et à la communication"
BRIEF = "À FAIRE MAINTENANT"


async def test_it_plays_the_story_of_the_external_lawyer(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    async with (
        gathered(browser, f"http://127.0.0.1:{port}") as cell,
        serving(tmp_path, at_three_in_the_morning(), port=port),
    ):
        lea = await cell.joins(LEA)
        address = await invites(lea)
        yves = await follows(cell, address)
        await says_that_he_is_there(lea, yves)
        await reads(yves)
        await rejects_for_the_author_alone(lea, yves, await cell.joins("Noé Girard"))
        await approves_and_withdraws(lea, yves)
        await approves_the_change(lea, yves)
        await is_out(lea, yves)


async def invites(lea: BrowserPerson) -> str:
    """Léa opens, invites, and is shown the link this once."""
    await lea.types(f"urgence {WORDS}")
    await lea.is_told("On appelle maintenant")
    await lea.opens_the_room("Ouvrir la cellule")
    await lea.types("invité juriste Yves Caron yves@cabinet.example")
    await expect(lea.dialog).to_contain_text("il n'est montré que cette fois")
    address = await lea.dialog.locator("blockquote").inner_text()
    await lea.dialog.get_by_role("button", name="Fermer").click()
    return address.strip().splitlines()[-1]


async def follows(cell: Cell, address: str) -> BrowserPerson:
    """One button; then a page whose address holds nothing of the link, and one crisis."""
    yves = await cell.comes_by_a_link(address, "Yves Caron", viewport=PHONE, is_mobile=True, has_touch=True)
    assert address.rpartition("/")[2] not in yves.page.url
    await expect(yves.page.get_by_label("Taper une commande")).to_have_count(0)
    await expect(yves.page.get_by_role("button", name="Ouvrir une crise")).to_have_count(0)
    assert await fits(yves)
    return yves


async def says_that_he_is_there(lea: BrowserPerson, yves: BrowserPerson) -> None:
    await yves.press("J'arrive", on=BRIEF)
    await lea.sees_where_things_stand("Yves est là")
    await expect(lea.card(THE_LINK)).to_contain_text("Ouvert à")
    await expect(yves.card(BRIEF).get_by_role("button", name="J'arrive")).to_have_count(0)


async def reads(yves: BrowserPerson) -> None:
    await yves.press("Lire le message", on=BRIEF)
    await yves.is_told(WORDS)


async def rejects_for_the_author_alone(lea: BrowserPerson, yves: BrowserPerson, noe: BrowserPerson) -> None:
    """The text comes by itself; nothing that a guest may not do is offered. Why stays between them."""
    await lea.press("Plus…", on=lea.brief)
    await lea.press("Écrire une réponse", on=lea.dialog)
    await lea.fills("Demander l'accord", "message privé", text=FIRST)
    await yves.sees(FIRST, at_once=True)
    assert await fits(yves)
    assert await offered(yves.card(FIRST)) == ["Approuver la version 1", "Refuser…", "Lire le message"]
    await yves.press("Refuser…", on=FIRST)
    await yves.fills("Refuser", "Seulement l'auteur·e et la communication", reason=WHY)
    await expect(lea.card(FIRST).filter(has_text=KEPT)).to_be_visible()
    hers = BrowserPerson(await lea.page.context.new_page())
    await hers.page.goto(lea.page.url.partition("/c/")[0])
    await hers.sees(WHY)
    await hers.page.close()
    await noe.opens_the_room("Ouvrir la cellule")
    await expect(noe.card(KEPT).first).to_be_visible()
    await expect(noe.page.get_by_text(WHY)).to_have_count(0)


async def approves_and_withdraws(lea: BrowserPerson, yves: BrowserPerson) -> None:
    await lea.press("Modifier…", on=lea.card(FIRST).filter(has_text=KEPT))
    await lea.fills("Demander l'accord", text=SECOND)
    await yves.sees(SECOND, at_once=True)
    await yves.press("Approuver la version 2", on=SECOND)
    await expect(lea.card(SECOND)).to_contain_text("Accord obtenu, version 2.", timeout=AT_ONCE)
    await yves.press("Retirer mon accord", on=SECOND)
    await lea.sees("Yves a retiré son accord", at_once=True)


async def approves_the_change(lea: BrowserPerson, yves: BrowserPerson) -> None:
    await lea.press("Modifier…", on=SECOND)
    await lea.fills("Demander l'accord", text=THIRD)
    await yves.sees(THIRD, at_once=True)
    await expect(yves.card(THIRD)).to_contain_text("Changé")
    await yves.press("Approuver la version 3", on=THIRD)
    await expect(lea.card(THIRD)).to_contain_text("Accord obtenu, version 3.", timeout=AT_ONCE)


async def is_out(lea: BrowserPerson, yves: BrowserPerson) -> None:
    """Léa revokes the link: what Yves does next is refused, and his page opens nothing."""
    await lea.press("Révoquer le lien", on=THE_LINK)
    await lea.press("Oui, révoquer", on=lea.dialog)
    await lea.sees("n'ouvre plus rien", at_once=True)
    await yves.page.reload()
    await expect(yves.page.get_by_text(BRIEF)).to_have_count(0)


async def offered(card: Locator) -> list[str]:
    return [label.strip() for label in await card.get_by_role("button").all_inner_texts()]


async def fits(person: BrowserPerson) -> bool:
    """Whether nothing is wider than the telephone."""
    return bool(await person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
