"""«La nuit où personne n'est joignable»: the chain is exhausted, the first message leaves, it is re-read."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.rig.browser import browser
from tests.rig.browser_person import Cell, gathered
from tests.rig.night import WORDS, at_three_in_the_morning
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.service import Rig, served, workspace
from tests.rig.slack.service import MovedClock
from tests.rig.slack.world import Message
from tests.rig.web_service import free_port, serving

__all__ = ["browser"]

AGREED = "Vous n'avez pas à porter cela seul"
SILENT = ("claire", "farid", "denis", "noe", "salome", "helene")


async def test_it_gets_a_word_to_the_member_all_the_same_on_slack(tmp_path: Path) -> None:
    clock = at_three_in_the_morning()
    with workspace() as slack:
        async with served(slack, tmp_path, clock) as rig:
            await calls_everybody_in_vain(rig)
            await sends_the_first_message(rig)
        async with served(slack, tmp_path, clock) as rig:
            await reads_it_again_in_the_morning(rig)
            await finds_it_in_the_log(rig)


@pytest.mark.asyncio(loop_scope="session")
async def test_it_gets_a_word_to_the_member_all_the_same_in_the_browser(
    browser: Browser, tmp_path: Path
) -> None:
    clock, port = at_three_in_the_morning(), free_port()
    async with gathered(browser, f"http://127.0.0.1:{port}") as cell:
        async with serving(tmp_path, clock, port=port):
            await waits_in_vain_at_the_browser(cell, clock)
            await sends_from_the_browser(cell)
        async with serving(tmp_path, clock, port=port):
            await reads_it_in_the_browser(cell, clock)


async def calls_everybody_in_vain(rig: Rig) -> None:
    lea = rig.user("lea")
    await lea.command(f"/crisis urgence {WORDS}")
    await rig.settle()
    await lea.press("Vie en danger", on=brief(rig))
    await rig.settle()
    await lea.press("J'ai appelé", on=brief(rig))
    await lea.submit(await dialog(rig, "lea"), {"service": "15", "said": "Un membre parle de mourir."})
    await rig.later(minutes=9)
    for who in SILENT:
        direct(rig, who, "Votre rôle" if who != "helene" else "responsable")
    said = text(rig, "lea", brief(rig))
    assert "Plus personne à appeler" in said
    assert "À FAIRE MAINTENANT : Léa envoie le premier message" in said
    assert "premier message" in text(
        rig, "lea", in_room(rig, "lea", "Plus personne à appeler (rôle : juriste)")
    )


async def sends_the_first_message(rig: Rig) -> None:
    """By Léa alone: whoever is no moderator may not, not even a manager."""
    lea, helene = rig.user("lea"), rig.user("helene")
    await helene.press("Envoyer le premier message", on=brief(rig))
    await aside(rig, "helene", "Votre rôle ne le permet pas")
    await lea.press("Envoyer le premier message", on=brief(rig))
    form = await dialog(rig, "lea")
    shown = str(form.content["blocks"])
    assert AGREED in shown
    assert "Claire a donné son accord à ce texte pour Forum Exemple, jusqu'au 30 juin 2027." in shown
    await lea.submit(form, {"message": "français", "routes": ["message privé"]})
    await rig.settle()
    released = in_room(rig, "lea", AGREED)
    assert "SHA-256" in text(rig, "lea", released)
    assert AGREED in text(rig, "lea", direct(rig, "lea", AGREED))
    await lea.press("Message privé envoyé", on=released)
    await lea.submit(await dialog(rig, "lea"), {"note": "envoyé depuis le compte de l'équipe"})
    await rig.settle()
    said = text(rig, "lea", brief(rig))
    assert "Premier mot au membre" in said
    assert "crise ouverte" in brief(rig).text
    assert "Envoyer le premier message" not in said


async def reads_it_again_in_the_morning(rig: Rig) -> None:
    """At half past eight, to those whose approval a reply would have needed, and on the managers' page."""
    await rig.later(hours=4)
    assert not [m for m in rig.user("noe").direct_messages() if "relire" in m.text]
    await rig.later(hours=1, minutes=20)
    for who in ("farid", "denis", "noe", "salome"):
        card = direct(rig, who, "Relisez-le maintenant")
        assert "relire" in card.text
        assert AGREED in text(rig, who, card)
    page = direct(rig, "helene", "PERSONNES D'ABORD")
    assert "Premier message parti sans accord" in text(rig, "helene", page)
    assert AGREED not in text(rig, "helene", page)
    await rig.user("noe").press("Je l'ai relu", on=direct(rig, "noe", "Relisez-le maintenant"))
    await rig.settle()
    assert "Noé a relu le premier message" in text(rig, "salome", direct(rig, "salome", "Noé a relu"))
    rig.clock.ahead += timedelta(days=1)
    await rig.settle()
    page = direct(rig, "helene", "PERSONNES D'ABORD")
    assert "Premier message" not in text(rig, "helene", page)


async def finds_it_in_the_log(rig: Rig) -> None:
    await rig.user("noe").command("/crisis journal", channel=rig.slack.rooms[-1].name)
    await rig.settle()
    said = text(rig, "noe", in_room(rig, "noe", "Dernières lignes"))
    assert "Noé a relu le premier message." in said


def brief(rig: Rig) -> Message:
    return in_room(rig, "lea", "Les mots du membre")


async def waits_in_vain_at_the_browser(cell: Cell, clock: MovedClock) -> None:
    """The holders' silence calls the deputies, and theirs leaves nobody."""
    lea = await cell.joins("Léa Marchand")
    await lea.types(f"urgence {WORDS}")
    await lea.is_told("On appelle maintenant")
    await lea.opens_the_room("Ouvrir la cellule")
    await lea.press("Vie en danger", on=lea.brief)
    await lea.is_told("15")
    await lea.press("J'ai appelé", on=lea.brief)
    await lea.fills("Noter l'appel", "15 · SAMU (urgence médicale)", said="Un membre parle de mourir.")
    await lea.is_told("L'appel est noté au journal.")
    clock.ahead += timedelta(minutes=2)
    await lea.sees_where_things_stand("Salomé, sans réponse")
    clock.ahead += timedelta(minutes=2)
    await lea.sees("Plus personne à appeler (rôle : juriste)")
    await lea.sees_where_things_stand("Léa envoie le premier message")


async def sends_from_the_browser(cell: Cell) -> None:
    lea = cell.people["Léa Marchand"]
    await lea.press("Envoyer le premier message", on=lea.brief)
    await expect(lea.dialog).to_contain_text("Claire a donné son accord à ce texte pour Forum Exemple")
    await expect(lea.dialog).to_contain_text(AGREED)
    await lea.fills("Oui, envoyer", "français", "message privé")
    await lea.press("Message privé envoyé", on="SHA-256")
    await lea.fills("Noter", note="envoyé depuis le compte de l'équipe")
    await lea.sees_where_things_stand("Premier mot au membre")
    await expect(lea.page.get_by_text("crise ouverte").first).to_be_visible()


async def reads_it_in_the_browser(cell: Cell, clock: MovedClock) -> None:
    noe = await cell.joins("Noé Girard")
    clock.ahead += timedelta(hours=5, minutes=30)
    await noe.sees("Relisez-le maintenant")
    await noe.press("Je l'ai relu", on="Relisez-le maintenant")
    await noe.sees("Noé a relu le premier message")
