"""«Appel au secours de nuit», in the browser room: several people, each at a real browser."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.data import SAMPLE_PLAN
from tests.rig.browser import browser
from tests.rig.browser_person import AT_ONCE, PHONE, Cell, gathered
from tests.rig.night import FIRST, SECOND, THIRD, WORDS, at_three_in_the_morning
from tests.rig.slack.service import MovedClock
from tests.rig.web_service import free_port, serving

__all__ = ["browser"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEA, NOE, DENIS, CLAIRE, SALOME, HELENE = (
    "Léa Marchand",
    "Noé Girard",
    "Denis Roux",
    "Claire Moreau",
    "Salomé Lefort",
    "Hélène Faure",
)


async def test_it_plays_the_whole_night(browser: Browser, tmp_path: Path) -> None:
    clock, port, plan = at_three_in_the_morning(), free_port(), with_an_english_lawyer(tmp_path)
    async with gathered(browser, f"http://127.0.0.1:{port}") as cell:
        async with serving(tmp_path, clock, port=port, plan=plan):
            await opens_without_a_form(cell)
            await gathers_the_cell(cell)
            await calls_for_help(cell, clock)
            await writes_two_replies(cell)
        await expect(cell.people[LEA].page.get_by_text("Connexion perdue")).to_be_visible()
        async with serving(tmp_path, clock, port=port, plan=plan):
            await decides_after_a_restart(cell)
            await sends(cell)
            await watches(cell, clock)
            await reads_the_morning_page(cell, clock)
            await closes(cell)


def with_an_english_lawyer(folder: Path) -> Path:
    """The sample plan, but that Salomé reads English."""
    plan = folder / "plan.yaml"
    plan.write_text(
        SAMPLE_PLAN.read_text().replace("{name: Salomé Lefort,", "{name: Salomé Lefort, locale: en,")
    )
    return plan


async def opens_without_a_form(cell: Cell) -> None:
    """Each person's page tells them within two seconds, without being loaded anew."""
    lea = await cell.joins(LEA)
    noe = await cell.joins(NOE, viewport=PHONE, is_mobile=True, has_touch=True)
    await lea.types(f"urgence {WORDS}")
    await noe.sees("Votre rôle", at_once=True)
    await expect(noe.page.get_by_text(WORDS)).to_be_hidden()
    await lea.is_told("On appelle maintenant : Claire, Farid, Denis et Noé.")
    await lea.sees("La cellule est prête.", at_once=True)
    await lea.opens_the_room("Ouvrir la cellule")
    await lea.press("Lire le message", on=lea.brief)
    await lea.is_told(WORDS)
    await expect(lea.card("on a besoin de vous ici")).to_contain_text("Noé Girard")


async def gathers_the_cell(cell: Cell) -> None:
    """Claire declines: Denis is called in her place."""
    lea, noe = cell.people[LEA], cell.people[NOE]
    claire, denis = await cell.joins(CLAIRE), await cell.joins(DENIS)
    await claire.press("Je ne peux pas", on="Votre rôle")
    await denis.sees("porte-parole", at_once=True)
    await denis.press("J'arrive", on="porte-parole")
    await noe.press("J'arrive", on="Votre rôle")
    for who in ("Denis", "Noé"):
        await lea.sees_where_things_stand(f"{who} est là")
    for person in (noe, denis):
        await person.opens_the_room("Ouvrir la cellule")


async def calls_for_help(cell: Cell, clock: MovedClock) -> None:
    """Farid stays silent meanwhile: Salomé is called in his place."""
    lea, salome = cell.people[LEA], await cell.joins(SALOME, color_scheme="dark", locale="en-GB")
    await lea.press("Vie en danger", on=lea.brief)
    await lea.is_told("15")
    clock.ahead += timedelta(minutes=2)
    await lea.sees("AUCUN APPEL NOTÉ DEPUIS")
    await salome.press("I'm on it", on="You are called as: lawyer, in place of Farid.")
    await lea.sees_where_things_stand("Salomé est là")
    await lea.press("J'ai appelé", on=lea.brief)
    await lea.fills(
        "Noter l'appel",
        "15 · SAMU (urgence médicale)",
        said="Un membre parle de mourir demain.",
        reference="A-12",
    )
    await lea.is_told("L'appel est noté au journal.")
    await lea.sees_where_things_stand("Secours appelés")


async def writes_two_replies(cell: Cell) -> None:
    lea, noe = cell.people[LEA], cell.people[NOE]
    for reply in (FIRST, SECOND):
        await lea.press("Plus…", on=lea.brief)
        await lea.press("Écrire une réponse", on=lea.dialog)
        await lea.fills("Demander l'accord", "message privé", "e-mail", text=reply)
        await noe.sees(reply, at_once=True)
        if reply == FIRST:
            await lea.is_told("Posez tôt une question")
    await noe.press("Refuser…", on=FIRST)
    await noe.fills("Refuser", reason="Il manque une question.")
    await expect(lea.card(FIRST)).to_contain_text("Il manque une question.")
    await lea.press("Approuver la version 1", on=SECOND)
    await lea.is_told("vous")


async def decides_after_a_restart(cell: Cell) -> None:
    """The pages come back by themselves. Noé's other window did not, and shows a text that has changed."""
    lea, noe, denis, salome = (cell.people[name] for name in (LEA, NOE, DENIS, SALOME))
    for person in cell.people.values():
        await expect(person.page.locator("#offline")).to_be_hidden()
    stale = await cell.second_tab(noe)
    await denis.press("Approuver la version 1", on=SECOND)
    await expect(lea.card(SECOND)).to_contain_text("Accord obtenu, version 1.", timeout=AT_ONCE)
    await lea.press("Modifier…", on=SECOND)
    await lea.fills("Demander l'accord", text=THIRD)
    await salome.sees(THIRD, at_once=True)
    await stale.press("Approuver la version 1", on=SECOND)
    await stale.is_told("version 2")
    await stale.page.close()
    await expect(noe.card(THIRD)).to_contain_text("Changé")
    await salome.press("Approve revision 2", on=THIRD)
    await expect(lea.card(THIRD)).to_contain_text("Accord obtenu, version 2.")


async def sends(cell: Cell) -> None:
    lea, noe = cell.people[LEA], cell.people[NOE]
    for person in (noe, lea):
        await person.press("Envoyer…", on=THIRD)
        await expect(person.dialog).to_contain_text("Le texte ne pourra plus changer.")
        await person.press("Oui, envoyer", on=person.dialog)
        if person is noe:
            await noe.is_told("Léa")
    await expect(lea.card(THIRD)).to_contain_text("SHA-256")
    await lea.press("Message privé envoyé", on=THIRD)
    await lea.fills("Noter", note="envoyé depuis le compte de l'équipe")
    await lea.press("Envoyé par e-mail", on=THIRD)
    await lea.fills("Noter", note="depuis l'adresse d'aide")
    await expect(lea.page.get_by_text("réponse partie", exact=True)).to_be_visible()


async def watches(cell: Cell, clock: MovedClock) -> None:
    lea = cell.people[LEA]
    clock.ahead += timedelta(hours=3)
    await lea.press("Noter ce qu'il en est…", on="prend des nouvelles du membre")
    await lea.fills("Noter", "va mieux", note="a répondu")
    await lea.sees("va mieux")


async def reads_the_morning_page(cell: Cell, clock: MovedClock) -> None:
    helene = await cell.joins(HELENE)
    clock.ahead += timedelta(hours=2, minutes=20)
    await helene.sees("Bonjour Hélène")
    await expect(helene.card("Bonjour Hélène")).to_contain_text("PERSONNES D'ABORD")
    await helene.card("Bonjour Hélène").get_by_role("button", name="Ouvrir 20").click()
    await helene.is_told("Secours appelés")


async def closes(cell: Cell) -> None:
    """Only those whom the plan names may; the journal stays, without the member's words."""
    lea, noe, denis = cell.people[LEA], cell.people[NOE], cell.people[DENIS]
    await lea.types("clore tout est dit")
    await lea.is_told("responsable")
    await denis.press("Plus…", on=denis.brief)
    for _page in range(4):
        await denis.press("Plus…", on=denis.dialog)
    await denis.press("Clore la crise…", on=denis.dialog)
    await denis.fills("Clore la crise", reason="le membre est suivi")
    for person in (lea, noe):
        await person.sees_where_things_stand("La crise est close.")
    async with lea.page.expect_download() as downloading:
        await lea.page.get_by_role("link", name="Journal (fichier)").click()
    journal = await (await downloading.value).path()
    assert "le membre est suivi" in journal.read_text()
    assert WORDS not in journal.read_text()
