"""«La colère d'un client, sans détresse», on Slack: one approval, a public answer, and what can be typed."""

from datetime import timedelta
from pathlib import Path

from tests.rig.night import tomorrow_at
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.service import Rig, served, workspace

POST = "Trois semaines sans réponse, et vous supprimez mes avis !"
REPLY = "Bonjour, vous avez raison : nous vous devons une réponse. Votre avis est en ligne. Inès"
PROOF = "https://forum.example/t/112#m9"


async def test_it_answers_an_angry_customer_in_public(tmp_path: Path) -> None:
    clock = tomorrow_at(10, 2)
    with workspace() as slack:
        async with served(slack, tmp_path, clock) as rig:
            await opens_from_the_message(rig)
            await types_what_can_be_typed(rig)
            await approves_and_releases(rig)
            await publishes(rig)
            await closes(rig)
            await checks_after_three_days(rig)


async def opens_from_the_message(rig: Rig) -> None:
    """The form holds the message and its link; Inès has two communities, and says which."""
    ines = rig.user("ines")
    rig.slack.add_channel("avis", members=["UINES", "UTOM"])
    await ines.message_action("Ouvrir une crise", rig.slack.someone_writes("UTOM", "avis", POST))
    form = await dialog(rig, "ines")
    prefilled = str(form.content["blocks"])
    assert POST in prefilled
    assert "https://exemple.slack.com/archives/" in prefilled
    await ines.submit(form, {"first_choice": "Colère ou image", "community": "Forum Exemple"})
    await rig.settle()
    brief = text(rig, "ines", in_room(rig, "ines", "À FAIRE MAINTENANT"))
    assert "gravité 2 sur 4" in brief
    assert "Plainte légitime" in brief
    assert POST in brief
    assert {"UINES", "UCLAIRE", "UFARID", "UNOE"} <= set(rig.slack.rooms[-1].members)
    assert "ULEA" not in rig.slack.rooms[-1].members


async def types_what_can_be_typed(rig: Rig) -> None:
    await typed(rig, "statut", "gravité 2 sur 4")
    await typed(rig, "liste", "FORUM EXEMPLE · crise")
    await typed(rig, "note le client a rappelé", "au journal")
    await typed(rig, "rappel dans 2h rappeler le client", "Le rappel vous arrivera")
    await typed(rig, "rôle juriste @salome", "Salomé")
    await typed(rig, "aide", "/crisis ouvrir")
    await typed(rig, "journal")
    log = in_room(rig, "ines", "Dernières lignes")
    assert "le client a rappelé" in text(rig, "ines", log)
    assert [file["name"] for m in rig.slack.rooms[-1].messages for file in m.files] == [journal_name(rig)]
    await typed(rig, "gravité 3")
    assert "gravité 3 sur 4" in text(rig, "ines", in_room(rig, "ines", "À FAIRE MAINTENANT"))
    assert "juriste" in text(rig, "salome", direct(rig, "salome", "Votre rôle"))


async def approves_and_releases(rig: Rig) -> None:
    """One of the three roles that a complaint asks is enough, and the author does not count."""
    ines, noe = rig.user("ines"), rig.user("noe")
    await ines.press("Écrire une réponse", on=in_room(rig, "ines", "À FAIRE MAINTENANT"))
    form = await dialog(rig, "ines")
    await ines.submit(form, {"text": REPLY, "routes": ["message public", "e-mail"]})
    await rig.settle()
    asked = direct(rig, "noe", REPLY)
    assert "Un seul accord suffit." in text(rig, "noe", asked)
    await noe.press("Approuver la version 1", on=asked)
    await rig.settle()
    approved = in_room(rig, "ines", REPLY)
    assert "Accord obtenu, version 1." in text(rig, "ines", approved)
    await ines.press("Envoyer…", on=approved)
    await rig.settle()


async def publishes(rig: Rig) -> None:
    """Published with its link as proof; nobody knows an address, and that is said."""
    ines = rig.user("ines")
    released = in_room(rig, "ines", REPLY)
    await ines.press("Publié", on=released)
    await ines.submit(await dialog(rig, "ines"), {"note": PROOF})
    await rig.settle()
    await rig.user("claire").command("/crisis clore répondu", channel=rig.slack.rooms[-1].name)
    await aside(rig, "claire", "Une réponse n'est pas encore partie.")
    await ines.press("Une voie non utilisée…", on=in_room(rig, "ines", REPLY))
    await ines.submit(await dialog(rig, "ines"), {"route": "e-mail", "note": "aucune adresse connue"})
    await rig.settle()
    sent = text(rig, "ines", in_room(rig, "ines", REPLY))
    assert PROOF in sent
    assert "aucune adresse connue" in sent


async def closes(rig: Rig) -> None:
    """Two hours later Inès hears of her reminder, and nobody of a follow-up."""
    await rig.later(hours=2)
    reminder = direct(rig, "ines", "rappeler le client")
    await rig.user("ines").press("C'est fait", on=reminder)
    assert not said_to(rig, "ines", "prend des nouvelles du membre")
    await rig.user("claire").command("/crisis clore le client a sa réponse", channel=rig.slack.rooms[-1].name)
    await rig.settle()
    in_room(rig, "ines", "La crise est close.")


async def checks_after_three_days(rig: Rig) -> None:
    rig.clock.ahead += timedelta(days=2)
    await rig.settle()
    assert not said_to(rig, "ines", "prend des nouvelles du membre")
    rig.clock.ahead += timedelta(days=1)
    await rig.settle()
    assert said_to(rig, "ines", "prend des nouvelles du membre")


async def typed(rig: Rig, command: str, words: str = "") -> None:
    """Inès types a command in the room, and reads the answer."""
    await rig.user("ines").command(f"/crisis {command}", channel=rig.slack.rooms[-1].name)
    if words:
        await aside(rig, "ines", words)
    await rig.settle()


def said_to(rig: Rig, who: str, words: str) -> bool:
    return any(words in text(rig, who, message) for message in rig.user(who).direct_messages())


def journal_name(rig: Rig) -> str:
    """`crise-2026-001-fe` has the journal `journal-2026-001.txt`."""
    _crise, year, serial, _code = rig.slack.rooms[-1].name.split("-")
    return f"journal-{year}-{serial}.txt"
