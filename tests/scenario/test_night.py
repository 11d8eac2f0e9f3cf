"""«Appel au secours de nuit», on Slack and on Teams: the whole way, through signed requests."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.rig.either import CHATS, InChat, cloud, served_on
from tests.rig.night import FIRST, SECOND, THIRD, WORDS, at_three_in_the_morning
from tests.rig.reading import in_room, text
from tests.rig.service import PEOPLE, Running

At = Callable[[str], InChat]
"""One of the people, where the night is told."""
NOW = "À FAIRE MAINTENANT"


@pytest.mark.parametrize("where", CHATS)
async def test_it_plays_the_whole_night(tmp_path: Path, where: str) -> None:
    clock = at_three_in_the_morning()
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            at = partial(CHATS[where], rig)
            await opens_without_a_form(rig, at)
            await calls_for_help(rig, at)
            await gathers_the_cell(at)
            await writes_two_replies(rig, at)
        async with served_on(chat, tmp_path, clock) as rig:
            at = partial(CHATS[where], rig)
            await decides_after_a_restart(rig, at)
            await sends(rig, at)
            await watches(rig, at)
            await reads_the_morning_page(rig, at)
            await closes(rig, at)
            keeps_words_off_the_devices(rig)


async def opens_without_a_form(rig: Running[Any], at: At) -> None:
    lea = at("lea")
    assert "On appelle maintenant : Claire, Farid, Denis et Noé." in await lea.types(f"urgence {WORDS}")
    assert rig.room_name.startswith("crise-")
    assert rig.room_name.endswith("-001-fe")
    assert {"lea", "claire", "farid", "denis", "noe"} <= rig.members()
    await lea.finds(NOW)
    assert WORDS in await lea.presses("Lire le message")
    assert WORDS not in await lea.reads_room()
    await lea.finds_directly("La cellule est prête.")
    for who in ("claire", "farid", "denis", "noe"):
        assert WORDS not in await at(who).finds_directly("Votre rôle")
        assert who in rig.called(in_room(rig, who, "on a besoin de vous ici"))


async def calls_for_help(rig: Running[Any], at: At) -> None:
    lea = at("lea")
    await lea.finds(NOW)
    assert "15" in await lea.presses("Vie en danger")
    await rig.later(minutes=2)
    await lea.finds_directly("AUCUN APPEL NOTÉ")
    await lea.finds(NOW)
    await lea.asks("J'ai appelé")
    await lea.fills({"service": "15", "said": "Un membre parle de mourir demain.", "reference": "A-12"})
    assert "15" in await lea.reads_brief()
    said = len(await lea.reads_directly())
    await rig.later(minutes=3)
    assert not [one for one in (await lea.reads_directly())[said:] if "AUCUN APPEL NOTÉ" in one]


async def gathers_the_cell(at: At) -> None:
    """By now Farid was silent for five minutes: Salomé is there in his place; Claire declines for Denis."""
    assert "juriste" in await at("salome").finds_directly("Votre rôle")
    claire, noe, denis = at("claire"), at("noe"), at("denis")
    await claire.finds_directly("Votre rôle")
    await claire.does("Je ne peux pas")
    await noe.finds_directly("Votre rôle")
    await noe.does("J'arrive")
    await denis.finds_directly("porte-parole")
    await denis.does("J'arrive")
    cell = await denis.reads_brief()
    assert "Denis est là" in cell
    assert "Noé est là" in cell


async def writes_two_replies(rig: Running[Any], at: At) -> None:
    lea, noe = at("lea"), at("noe")
    for reply in (FIRST, SECOND):
        await lea.asks_in_room("Écrire une réponse")
        await lea.fills({"text": reply, "routes": ["private_message", "email"]})
    await noe.finds_directly(FIRST)
    await noe.asks("Refuser…")
    await noe.fills({"reason": "Il manque une question."})
    assert "Il manque une question." in await lea.finds(FIRST)
    await lea.finds(SECOND)
    await is_refused(
        rig, lea, "lea", "Approuver la version 1", "Vous avez écrit ce texte : d'autres décident"
    )
    assert "Approuvé" not in await lea.finds(SECOND)


async def decides_after_a_restart(rig: Running[Any], at: At) -> None:
    lea, noe, denis = at("lea"), at("noe"), at("denis")
    await noe.finds_directly(SECOND)
    await lea.finds(SECOND)
    await lea.asks("Modifier…")
    await lea.sends({"text": THIRD})
    await is_refused(rig, noe, "noe", "Approuver la version 1", "Vous regardiez la version 1")
    assert "répondre ici" in await denis.finds(THIRD)
    await denis.finds_directly(THIRD)
    await denis.does("Approuver la version 2")


async def sends(rig: Running[Any], at: At) -> None:
    lea, noe = at("lea"), at("noe")
    assert "Léa" in await noe.finds(THIRD)
    await is_refused(rig, noe, "noe", "Envoyer…", "Quelqu'un d'autre donne le feu vert")
    await lea.finds(THIRD)
    await lea.does("Envoyer…")
    assert "SHA-256" in await lea.finds(THIRD)
    await lea.asks("Message privé envoyé")
    await lea.fills({"note": "envoyé depuis le compte de l'équipe"})
    await lea.finds(THIRD)
    await lea.asks("Envoyé par e-mail")
    await lea.fills({"note": "depuis l'adresse d'aide"})


async def watches(rig: Running[Any], at: At) -> None:
    lea = at("lea")
    await rig.later(hours=3)
    await lea.finds_directly("suivi")
    await lea.asks("Noter ce qu'il en est…")
    await lea.fills({"outcome": "better", "note": "a répondu"})
    assert "va mieux" in await lea.finds("suivi")


async def reads_the_morning_page(rig: Running[Any], at: At) -> None:
    await rig.later(hours=4)
    pages = [page for page in await at("helene").reads_directly() if "Bonjour Hélène" in page]
    assert len(pages) == 1
    assert "PERSONNES D'ABORD" in pages[0]


async def closes(rig: Running[Any], at: At) -> None:
    lea = at("lea")
    assert "responsable" in await lea.asks_by("clore tout est dit")
    await at("helene").orders("clore le membre est suivi")
    await lea.finds("La crise est close.")
    await rig.later(hours=18)
    await lea.finds_directly("suivi")


async def is_refused(rig: Running[Any], who: InChat, name: str, label: str, why: str) -> None:
    """Press in vain: who pressed reads why, and nobody else."""
    said = await who.presses(label)
    assert why in said
    sentence = next(line for line in said.splitlines() if why in line)
    assert not [other for other in PEOPLE if other != name and heard_by(rig, other, sentence)]


def heard_by(rig: Running[Any], who: str, sentence: str) -> bool:
    user = rig.user(who)
    seen = [*user.direct_messages(), *(user.sees_in(rig.room) if who in rig.members() else [])]
    return any(sentence in text(rig, who, message) for message in seen)


def keeps_words_off_the_devices(rig: Running[Any]) -> None:
    assert all(rig.user(who).notified() for who in ("lea", "noe", "denis", "helene"))
    for who in PEOPLE:
        for shown in rig.user(who).notified():
            assert not [words for words in (WORDS, FIRST, SECOND, THIRD) if words[:20] in shown]
