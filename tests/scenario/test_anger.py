"""«La colère d'un client, sans détresse», on Slack and on Teams: one approval, a public answer, commands."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.rig.either import CHATS, InChat, cloud, served_on
from tests.rig.night import tomorrow_at
from tests.rig.service import Running

At = Callable[[str], InChat]
POST = "Trois semaines sans réponse, et vous supprimez mes avis !"
REPLY = "Bonjour, vous avez raison : nous vous devons une réponse. Votre avis est en ligne. Inès"
PROOF = "https://forum.example/t/112#m9"
MESSAGES = {"slack": "https://exemple.slack.com/archives/", "teams": "https://teams.microsoft.com/l/message/"}
NEWS = "prend des nouvelles du membre"


@pytest.mark.parametrize("where", CHATS)
async def test_it_answers_an_angry_customer_in_public(tmp_path: Path, where: str) -> None:
    clock = tomorrow_at(10, 2)
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            at = partial(CHATS[where], rig)
            assert MESSAGES[where] in await opens_from_the_message(rig, at)
            await types_what_can_be_typed(rig, at)
            await approves_and_releases(at)
            await publishes(at)
            await closes(rig, at)
            await checks_after_three_days(rig, at)


async def opens_from_the_message(rig: Running[Any], at: At) -> str:
    """The form holds the message and its link; Inès has two communities, and says which."""
    ines = at("ines")
    prefilled = await ines.reports(POST)
    assert POST in prefilled
    await ines.fills({"first_choice": "Colère ou image", "community": "Forum Exemple"})
    brief = await ines.reads_brief()
    assert "gravité 2 sur 4" in brief
    assert "Plainte légitime" in brief
    assert POST in brief
    assert {"ines", "claire", "farid", "noe"} <= rig.members()
    assert "lea" not in rig.members()
    return prefilled


async def types_what_can_be_typed(rig: Running[Any], at: At) -> None:
    ines = at("ines")
    assert "gravité 2 sur 4" in await ines.asks_by("statut")
    assert "FORUM EXEMPLE · crise" in await ines.asks_by("liste")
    assert "au journal" in await ines.asks_by("note le client a rappelé")
    assert "Le rappel vous arrivera" in await ines.asks_by("rappel dans 2h rappeler le client")
    assert "Salomé" in await ines.asks_by("rôle juriste @salome")
    assert "crisis ouvrir" in await ines.asks_by("aide")
    await ines.types_in_room("journal")
    assert "le client a rappelé" in await ines.finds("Dernières lignes")
    assert rig.attached(journal_name(rig)) == 1
    await ines.types_in_room("gravité 3")
    assert "gravité 3 sur 4" in await ines.reads_brief()
    assert "juriste" in await at("salome").finds_directly("Votre rôle")


async def approves_and_releases(at: At) -> None:
    """One of the three roles that a complaint asks is enough, and the author does not count."""
    ines, noe = at("ines"), at("noe")
    await ines.asks_in_room("Écrire une réponse")
    await ines.fills({"text": REPLY, "routes": ["message public", "e-mail"]})
    assert "Un seul accord suffit." in await noe.finds_directly(REPLY)
    await noe.does("Approuver la version 1")
    assert "Accord obtenu, version 1." in await ines.finds(REPLY)
    await ines.does("Envoyer…")


async def publishes(at: At) -> None:
    """Published with its link as proof; nobody knows an address, and that is said."""
    ines = at("ines")
    await ines.finds(REPLY)
    await ines.asks("Publié")
    await ines.fills({"note": PROOF})
    assert "Une réponse n'est pas encore partie." in await at("claire").asks_by("clore répondu")
    await ines.finds(REPLY)
    await ines.asks("Une voie non utilisée…")
    await ines.fills({"route": "e-mail", "note": "aucune adresse connue"})
    sent = await ines.finds(REPLY)
    assert PROOF in sent
    assert "aucune adresse connue" in sent


async def closes(rig: Running[Any], at: At) -> None:
    """Two hours later Inès hears of her reminder, and nobody of a follow-up."""
    ines = at("ines")
    await rig.later(hours=2)
    await ines.finds_directly("rappeler le client")
    await ines.does("C'est fait")
    assert NEWS not in "".join(await ines.reads_directly())
    await at("claire").types_in_room("clore le client a sa réponse")
    await ines.finds("La crise est close.")


async def checks_after_three_days(rig: Running[Any], at: At) -> None:
    ines = at("ines")
    rig.clock.ahead += timedelta(days=2)
    await rig.settle()
    assert NEWS not in "".join(await ines.reads_directly())
    rig.clock.ahead += timedelta(days=1)
    await rig.settle()
    assert NEWS in "".join(await ines.reads_directly())


def journal_name(rig: Running[Any]) -> str:
    """`crise-2026-001-fe` has the journal `journal-2026-001.txt`."""
    _crise, year, serial, _code = rig.room_name.split("-")
    return f"journal-{year}-{serial}.txt"
