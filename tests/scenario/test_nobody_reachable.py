"""«La nuit où personne n'est joignable»: the chain is exhausted, the first message leaves, it is re-read."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.rig.browser import browser
from tests.rig.browser_person import Cell, gathered
from tests.rig.either import CHATS, InChat, cloud, served_on
from tests.rig.night import WORDS, at_three_in_the_morning
from tests.rig.reading import direct, in_room
from tests.rig.service import Running
from tests.rig.slack.service import MovedClock
from tests.rig.web_service import free_port, serving

__all__ = ["browser"]

At = Callable[[str], InChat]
AGREED = "Vous n'avez pas à porter cela seul"
BRIEF = "Les mots du membre"
REREAD = "Relisez-le maintenant"
SILENT = ("claire", "farid", "denis", "noe", "salome", "helene")


@pytest.mark.parametrize("where", CHATS)
async def test_it_gets_a_word_to_the_member_all_the_same(tmp_path: Path, where: str) -> None:
    clock = at_three_in_the_morning()
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            at = partial(CHATS[where], rig)
            await calls_everybody_in_vain(rig, at)
            await sends_the_first_message(rig, at)
        async with served_on(chat, tmp_path, clock) as rig:
            at = partial(CHATS[where], rig)
            await reads_it_again_in_the_morning(rig, at)
            await finds_it_in_the_log(at)


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


async def calls_everybody_in_vain(rig: Running[Any], at: At) -> None:
    lea = at("lea")
    await lea.types(f"urgence {WORDS}")
    await lea.finds(BRIEF)
    await lea.presses("Vie en danger")
    await lea.finds(BRIEF)
    await lea.asks("J'ai appelé")
    await lea.fills({"service": "15", "said": "Un membre parle de mourir."})
    await rig.later(minutes=9)
    for who in SILENT:
        await at(who).finds_directly("Votre rôle" if who != "helene" else "responsable")
    said = await lea.finds(BRIEF)
    assert "Plus personne à appeler" in said
    assert "À FAIRE MAINTENANT : Léa envoie le premier message" in said
    assert "premier message" in await lea.finds("Plus personne à appeler (rôle : juriste)")


async def sends_the_first_message(rig: Running[Any], at: At) -> None:
    """By Léa alone: whoever is no moderator may not, not even a manager."""
    lea, helene = at("lea"), at("helene")
    await helene.finds(BRIEF)
    assert "Votre rôle ne le permet pas" in await helene.presses("Envoyer le premier message")
    await lea.finds(BRIEF)
    shown = await lea.asks("Envoyer le premier message")
    assert AGREED in shown
    assert "Claire a donné son accord à ce texte pour Forum Exemple, jusqu'au 30 juin 2027." in shown
    await lea.fills({"message": "Français", "routes": ["message privé"]})
    assert "SHA-256" in await lea.finds(AGREED)
    await lea.finds_directly(AGREED)
    await lea.finds(AGREED)
    await lea.asks("Message privé envoyé")
    await lea.fills({"note": "envoyé depuis le compte de l'équipe"})
    said = await lea.finds(BRIEF)
    assert "Premier mot au membre" in said
    assert "crise ouverte" in rig.notice(in_room(rig, "lea", BRIEF))
    assert "Envoyer le premier message" not in said


async def reads_it_again_in_the_morning(rig: Running[Any], at: At) -> None:
    """At half past eight, to those whose approval a reply would have needed, and on the managers' page."""
    await rig.later(hours=4)
    assert not [m for m in rig.user("noe").direct_messages() if "relire" in rig.notice(m)]
    await rig.later(hours=1, minutes=20)
    for who in ("farid", "denis", "noe", "salome"):
        assert AGREED in await at(who).finds_directly(REREAD)
        assert "relire" in rig.notice(direct(rig, who, REREAD))
    page = await at("helene").finds_directly("PERSONNES D'ABORD")
    assert "Premier message parti sans accord" in page
    assert AGREED not in page
    noe = at("noe")
    await noe.finds_directly(REREAD)
    await noe.does("Je l'ai relu")
    assert "Noé a relu le premier message" in await at("salome").finds_directly("Noé a relu")
    rig.clock.ahead += timedelta(days=1)
    await rig.settle()
    assert "Premier message" not in await at("helene").finds_directly("PERSONNES D'ABORD")


async def finds_it_in_the_log(at: At) -> None:
    await at("noe").types_in_room("journal")
    assert "Noé a relu le premier message." in await at("noe").finds("Dernières lignes")


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
    await lea.fills("Oui, envoyer", "Français", "message privé")
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
