"""«Appel au secours de nuit», on Slack: the whole way, through signed requests."""

from pathlib import Path

from bot.domain.verbs import Verb
from tests.rig.acts import press_behind_more
from tests.rig.night import FIRST, SECOND, THIRD, WORDS, at_three_in_the_morning
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.service import Rig, served, workspace


async def test_it_plays_the_whole_night(tmp_path: Path) -> None:
    clock = at_three_in_the_morning()
    with workspace() as slack:
        async with served(slack, tmp_path, clock) as rig:
            await opens_without_a_form(rig)
            await calls_for_help(rig)
            await gathers_the_cell(rig)
            await writes_two_replies(rig)
        async with served(slack, tmp_path, clock) as rig:
            await decides_after_a_restart(rig)
            await sends(rig)
            await watches(rig)
            await reads_the_morning_page(rig)
            await closes(rig)


async def opens_without_a_form(rig: Rig) -> None:
    lea = rig.user("lea")
    await lea.command(f"/crisis urgence {WORDS}")
    await aside(rig, "lea", "On appelle maintenant : Claire, Farid, Denis et Noé.")
    await rig.settle()
    (room,) = rig.slack.rooms
    assert room.name.startswith("crise-")
    assert room.name.endswith("-001-fe")
    assert {"ULEA", "UCLAIRE", "UFARID", "UDENIS", "UNOE"} <= set(room.members)
    await lea.press("Lire le message", on=in_room(rig, "lea", "À FAIRE MAINTENANT"))
    await aside(rig, "lea", WORDS)
    direct(rig, "lea", "La cellule est prête.")
    for who in ("claire", "farid", "denis", "noe"):
        ping = direct(rig, who, "Votre rôle")
        assert WORDS not in text(rig, who, ping)
        assert f"@{who}" in text(rig, who, in_room(rig, who, "on a besoin de vous ici"))


async def calls_for_help(rig: Rig) -> None:
    lea = rig.user("lea")
    await lea.press("Vie en danger", on=in_room(rig, "lea", "À FAIRE MAINTENANT"))
    await aside(rig, "lea", "15")
    await rig.later(minutes=2)
    direct(rig, "lea", "AUCUN APPEL NOTÉ")
    await lea.press("J'ai appelé", on=in_room(rig, "lea", "À FAIRE MAINTENANT"))
    form = await dialog(rig, "lea")
    await lea.submit(
        form, {"service": "15", "said": "Un membre parle de mourir demain.", "reference": "A-12"}
    )
    await rig.settle()
    assert "15" in text(rig, "lea", in_room(rig, "lea", "À FAIRE MAINTENANT"))
    said = len(lea.direct_messages())
    await rig.later(minutes=3)
    assert not [m for m in lea.direct_messages()[said:] if "AUCUN APPEL NOTÉ" in text(rig, "lea", m)]


async def gathers_the_cell(rig: Rig) -> None:
    """By now Farid was silent for five minutes: Salomé is there in his place; Claire declines for Denis."""
    assert "juriste" in text(rig, "salome", direct(rig, "salome", "Votre rôle"))
    await rig.user("claire").press("Je ne peux pas", on=direct(rig, "claire", "Votre rôle"))
    await rig.user("noe").press("J'arrive", on=direct(rig, "noe", "Votre rôle"))
    await rig.settle()
    denis = rig.user("denis")
    assert "porte-parole" in text(rig, "denis", direct(rig, "denis", "porte-parole"))
    await denis.press("J'arrive", on=direct(rig, "denis", "porte-parole"))
    await rig.settle()
    cell = text(rig, "denis", in_room(rig, "denis", "À FAIRE MAINTENANT"))
    assert "Denis est là" in cell
    assert "Noé est là" in cell


async def writes_two_replies(rig: Rig) -> None:
    lea, noe = rig.user("lea"), rig.user("noe")
    for reply in (FIRST, SECOND):
        await press_behind_more(rig, "lea", Verb.DRAFT)
        await lea.submit(await dialog(rig, "lea"), {"text": reply, "routes": ["private_message", "email"]})
        await rig.settle()
    shown = direct(rig, "noe", FIRST)
    await noe.press("Refuser…", on=shown)
    await noe.submit(await dialog(rig, "noe"), {"reason": "Il manque une question."})
    await rig.settle()
    assert "Il manque une question." in text(rig, "lea", in_room(rig, "lea", FIRST))
    own = await lea.press("Approuver la version 1", on=in_room(rig, "lea", SECOND))
    assert own.status == 200
    await aside(rig, "lea", "vous")
    assert "Approuvé" not in text(rig, "lea", in_room(rig, "lea", SECOND))


async def decides_after_a_restart(rig: Rig) -> None:
    lea, noe, denis = rig.user("lea"), rig.user("noe"), rig.user("denis")
    stale = direct(rig, "noe", SECOND)
    await lea.press("Modifier…", on=in_room(rig, "lea", SECOND))
    await lea.submit(await dialog(rig, "lea"), {"text": THIRD})
    await noe.press("Approuver la version 1", on=stale)
    await aside(rig, "noe", "version 2")
    await rig.settle()
    current = in_room(rig, "denis", THIRD)
    assert "répondre ici" in text(rig, "denis", current)
    await denis.press("Approuver la version 2", on=direct(rig, "denis", THIRD))
    await rig.settle()


async def sends(rig: Rig) -> None:
    lea, noe = rig.user("lea"), rig.user("noe")
    approved = in_room(rig, "lea", THIRD)
    await noe.press("Envoyer…", on=approved)
    await aside(rig, "noe", "Léa")
    await lea.press("Envoyer…", on=in_room(rig, "lea", THIRD))
    await rig.settle()
    released = in_room(rig, "lea", THIRD)
    assert "SHA-256" in text(rig, "lea", released)
    await lea.press("Message privé envoyé", on=released)
    await lea.submit(await dialog(rig, "lea"), {"note": "envoyé depuis le compte de l'équipe"})
    await lea.press("Envoyé par e-mail", on=released)
    await lea.submit(await dialog(rig, "lea"), {"note": "depuis l'adresse d'aide"})
    await rig.settle()


async def watches(rig: Rig) -> None:
    lea = rig.user("lea")
    await rig.later(hours=3)
    card = direct(rig, "lea", "suivi")
    await lea.press("Noter ce qu'il en est…", on=card)
    await lea.submit(await dialog(rig, "lea"), {"outcome": "better", "note": "a répondu"})
    await rig.settle()
    assert "va mieux" in text(rig, "lea", in_room(rig, "lea", "suivi"))


async def reads_the_morning_page(rig: Rig) -> None:
    await rig.later(hours=4)
    helene = rig.user("helene")
    pages = [m for m in helene.direct_messages() if "Bonjour Hélène" in text(rig, "helene", m)]
    assert len(pages) == 1
    assert "PERSONNES D'ABORD" in text(rig, "helene", pages[0])


async def closes(rig: Rig) -> None:
    helene = rig.user("helene")
    await rig.user("lea").command("/crisis clore tout est dit", channel=rig.slack.rooms[-1].name)
    await aside(rig, "lea", "responsable")
    await helene.command("/crisis clore le membre est suivi")
    await rig.settle()
    in_room(rig, "lea", "La crise est close.")
    await rig.later(hours=18)
    assert "suivi" in text(rig, "lea", direct(rig, "lea", "suivi"))
