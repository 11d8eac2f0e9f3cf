"""An angry post grows into a wave: a word that holds in a minute, then an apology and a solution to each."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.crisis import Crisis
from bot.domain.events import HoldingPrepared
from bot.domain.states import CrisisStatus
from tests.rig.either import AROUND, EITHER, InChat, Somebody, cloud, served_on
from tests.rig.night import tomorrow_at
from tests.rig.service import PEOPLE, Running

POST = "Trois semaines sans réponse, et vous supprimez mes avis !"
TOO = "Pareil pour moi : trois semaines, et rien."
TIRED = "Moi aussi. De toute façon je n'en peux plus de tout, je veux mourir."
LOUTRE, MARIN = "Loutre", "Marin-d'eau-douce"
PROOF = "https://forum.example/t/112#m9"
MINUTE = 60


@pytest.mark.parametrize("where", EITHER)
async def test_it_answers_a_wave_one_by_one(tmp_path: Path, where: str) -> None:
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, tomorrow_at(10, 2)) as rig:
            ines, noe = EITHER[where](rig, "ines"), AROUND[where](rig, "noe")
            await ines.form(f"ouvrir {POST}")
            await ines.submits({"first_choice": "anger_or_image", "community": "forum"})
            await holds(rig, ines, noe)
            await grows(rig, ines)
            for member in ("m1", "m2"):
                await answers(ines, noe, member)
            await gives_a_member_in_distress_a_crisis_of_their_own(rig, ines)
            assert the_wave(rig).status is CrisisStatus.REPLIED
            shown = "\n".join(words for who in PEOPLE for words in rig.user(who).notified())
            assert not [words for words in (POST, TOO, TIRED, LOUTRE, MARIN) if words in shown]


def the_wave(rig: Running[Any]) -> Crisis:
    with rig.service.application.store.read() as uow:
        return uow.crises.of(["forum"])[0]


async def holds(rig: Running[Any], ines: Somebody, noe: InChat) -> None:
    await ines.presses_in_room("Message d'attente")
    assert "Prochain point ici à 11 h" in (await noe.finds_directly("message d'attente")).replace("\xa0", " ")
    await noe.does("Approuver la version 1")
    await ines.presses_in_room("Envoyer…")
    await ines.asks_in_room("Publié")
    await ines.fills({"note": PROOF})
    with rig.service.application.store.read() as uow:
        told = [entry.event for entry in uow.journal.of(the_wave(rig).id)]
    [held] = [event for event in told if isinstance(event, HoldingPrepared)]
    assert held.since_opening < MINUTE


async def grows(rig: Running[Any], ines: Somebody) -> None:
    await ines.form(f"ajouter {TOO}")
    assert "membre 2" in await ines.submits({"member": "another", "handle": LOUTRE})
    assert "2 membres, 2 messages" in await ines.reads_brief()
    assert the_wave(rig).messages[-1].text == TOO


async def gives_a_member_in_distress_a_crisis_of_their_own(rig: Running[Any], ines: Somebody) -> None:
    await ines.form(f"ajouter {TIRED}")
    await ines.submits({"member": "another", "handle": MARIN, "level": "D3"})
    with rig.service.application.store.read() as uow:
        wave, own = uow.crises.of(["forum"])
    assert (wave.level, own.member and own.member.handle) == (None, MARIN)
    assert f"Va avec {wave.number}" in (await ines.reads_brief()).replace(" : ", " ")


async def answers(ines: Somebody, noe: InChat, member: str) -> None:
    """An apology, and what is done for this member alone."""
    text = f"Bonjour, vous avez raison : nous vous devons une réponse. Dossier {member} réglé ce matin. Inès"
    await ines.asks_in_room("Écrire une réponse")
    await ines.fills({"text": text, "routes": ["private_message"], "member": member})
    await noe.finds_directly(f"Dossier {member}")
    await noe.does("Approuver la version 1")
    await ines.presses_in_room("Envoyer…")
    await ines.asks_in_room("Message privé envoyé")
    await ines.fills({"note": "depuis le compte de l'équipe"})
