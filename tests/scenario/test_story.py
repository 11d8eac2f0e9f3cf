"""A member who says goodbye: from their post to the third day, on Slack, on Teams and at a browser."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.commands.serve import installed_triage
from bot.domain.events import FollowUpRecorded
from bot.domain.states import Outcome, ReminderKind, ReminderStatus
from bot.triage.terms import Terms
from tests.rig.answers import TOM, answer, bounce
from tests.rig.either import AROUND, EITHER, InChat, Somebody, cloud, served_on
from tests.rig.good_reply import good_reply
from tests.rig.imap_server import ASCII_PASSWORD, Mails, imap_server
from tests.rig.mail_server import PASSWORD, USER, MailServer, certificate, mail_server, server_context
from tests.rig.night import at_three_in_the_morning
from tests.rig.service import PEOPLE, Running

POST = (
    "J'ai donné mon chat à la voisine et rangé l'appartement. Merci à tous ceux qui m'ont lu ici, vous avez "
    "été ma seule famille. Ce soir je veux mourir, c'est décidé, je ne souffrirai plus. Adieu."
)
HANDLE = "Marin-d'eau-douce"
SAID = "vous avez été ma seule famille"
OTHER = "tom@autre.example"
ADDRESS = "Tom Durand\n12 rue des Tilleuls\n34000 Montpellier"
BACK = "Merci de m'avoir écrit. Je suis chez ma sœur, je ne sais pas encore."
MENDED = (
    good_reply(SAID)
    .replace("Bonjour,", f"Bonjour {HANDLE},")
    .replace("ici, à ce message", "ici, ou à aide@forum.example")
)
OPEN_DOOR = "Vous pouvez me répondre ici, ou à aide@forum.example : je le lis chaque jour de 9 h à 21 h. "
SLEEPS = "0 800 235 236"
CLOSED = MENDED.replace("3114", SLEEPS).replace(OPEN_DOOR, "")
PRIVATE, MAIL, LETTER = "message privé", "e-mail", "lettre"


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[MailServer, Mails]]:
    file = certificate(tmp_path)
    with mail_server(tls=server_context(file)) as smtp, imap_server(server_context(file)) as imap:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        monkeypatch.setenv("SMTP_URL", f"smtps://{USER}:{quote(PASSWORD)}@localhost:{smtp.port}")
        monkeypatch.setenv("IMAP_URL", f"imaps://{USER}:{ASCII_PASSWORD}@localhost:{imap.port}")
        monkeypatch.setenv("MAIL_FROM", "Forum Exemple <aide@exemple.fr>")
        yield smtp, imap


@pytest.mark.parametrize("where", EITHER)
async def test_it_keeps_watch_over_a_member(
    tmp_path: Path, servers: tuple[MailServer, Mails], caplog: pytest.LogCaptureFixture, where: str
) -> None:
    aid = installed_triage(Terms())
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, at_three_in_the_morning()) as rig:
            smtp, imap = servers
            rig.service.application.judge = aid
            lea, noe = EITHER[where](rig, "lea"), AROUND[where](rig, "noe")
            await fetches(rig)
            await opens(rig, lea)
            await calls(lea)
            await sends_the_first_message(lea)
            await finds_contacts(lea)
            await writes_what_the_gate_stops(lea)
            await is_approved(noe)
            await goes_by_every_way(lea, smtp)
            await comes_back(rig, lea, smtp, imap)
            await is_watched(rig, lea, Outcome.NO_ANSWER)
            await is_answered(rig, lea, imap, str(smtp.taken[-1].message["Reply-To"]))
            for _hours in (2, 24, 72):
                await is_watched(rig, EITHER[where](rig, "lea"), Outcome.BETTER)  # a visit lasts a night
            keeps_the_member_off_the_devices(rig)
            assert found(rig) == [Outcome.NO_ANSWER, *[Outcome.BETTER] * 3]
    assert not [
        w for w in (HANDLE, TOM, OTHER, "Tilleuls", SAID, "mourir", "chez ma sœur") if w in caplog.text
    ]


async def judged(rig: Running[Any]) -> None:
    """Let the triage aid read what waits for it."""
    await rig.settle()
    application = rig.service.application
    while found := application.judge_next():
        application.propose(found, rig.clock())
    await rig.settle()


async def opens(rig: Running[Any], lea: Somebody) -> None:
    await lea.types(f"urgence {POST}")
    await judged(rig)
    brief = await lea.reads_brief()
    assert "proposé (repère, pas un diagnostic)" in brief
    why = await lea.hears_in_room("Voir pourquoi…")
    assert "je veux mourir" in why
    await lea.asks_in_room("Compléter…")
    await lea.fills({"handle": HANDLE, "platform": "forum.example", "country": "FR", "level": "D4"})


async def calls(lea: Somebody) -> None:
    assert "15" in await lea.hears_in_room("Vie en danger")
    await lea.asks_in_room("J'ai appelé")
    await lea.fills({"service": "15", "said": "Un membre dit vouloir mourir ce soir.", "reference": "A-12"})
    assert "Secours appelés" in await lea.reads_brief()


async def sends_the_first_message(lea: Somebody) -> None:
    await lea.asks_in_room("Envoyer le premier message")
    await lea.fills({"routes": ["private_message"]})
    await lea.asks_in_room("Message privé envoyé")
    await lea.fills({"note": "depuis le compte de l'équipe"})


async def finds_contacts(lea: Somebody) -> None:
    for means, value in (("email", TOM), ("address", ADDRESS)):
        await lea.hears_in_room("Coordonnées…")
        await lea.presses("Ajouter une coordonnée…")
        typed: Mapping[str, str | list[str]] = {
            "means": means,
            "value": value,
            "source": "client_file",
            "confidence": "sure",
        }
        assert "Gardée" in await lea.submits(typed)


async def writes_what_the_gate_stops(lea: Somebody) -> None:
    """Of a prepared reply Léa writes the rest; she names a line that sleeps, and shuts the door."""
    await lea.asks_in_room("Écrire une réponse")
    routes = ["private_message", "email", "letter"]
    assert "Reste à écrire" in await lea.submits({"start": "distress-d4-vous", "text": "", "routes": routes})
    told = await lea.submits({"text": CLOSED, "routes": routes})
    assert "ligne d'aide du pays du membre qui répond maintenant" in told
    assert "Invitez la personne à répondre" in told
    await lea.asks_in_room("Modifier…")
    await lea.fills({"text": MENDED})


async def is_approved(noe: InChat) -> None:
    card = await noe.finds_directly(SAID)
    assert "BLOQUE" not in card
    await noe.does("Approuver la version 2")


async def goes_by_every_way(lea: Somebody, smtp: MailServer) -> None:
    await lea.presses_in_room("Envoyer…")
    await lea.asks_in_room("Message privé envoyé")
    await lea.fills({"note": "depuis le compte de l'équipe"})
    await lea.asks_in_room("Envoyer l'e-mail…")
    await lea.fills({"heading": "Un mot de Forum Exemple"})
    [taken] = smtp.taken
    assert (taken.to, SAID in taken.part("plain")) == ([TOM], True)
    await lea.asks_in_room("Faire la lettre…")
    assert "Elle n'est ouverte qu'à vous" in await lea.submits({})
    await lea.asks_in_room("Lettre postée")
    await lea.fills({"tracking": "1A 234 567 8901 2"})
    assert "1A23456789012" in await lea.reads_room()


async def fetches(rig: Running[Any]) -> None:
    assert rig.service.fetcher is not None
    await rig.service.fetcher.look()
    await judged(rig)


async def comes_back(rig: Running[Any], lea: Somebody, smtp: MailServer, imap: Mails) -> None:
    """Nobody has this mailbox: the room offers the next way, and the e-mail goes to another address."""
    imap.arrives(bounce(str(smtp.taken[0].message["Message-ID"])[1:25]))
    await fetches(rig)
    assert "aucune boîte ne répond à cette adresse" in await lea.reads_room()
    await lea.asks_in_room("Envoyer l'e-mail…")
    await lea.fills({"value": OTHER, "heading": "Un mot de Forum Exemple"})
    assert [taken.to for taken in smtp.taken] == [[TOM], [OTHER]]


async def is_answered(rig: Running[Any], lea: Somebody, imap: Mails, to: str) -> None:
    """The follow-ups count anew from what the member wrote."""
    await rig.later(hours=5)
    imap.arrives(answer(BACK, sender=OTHER, to=to))
    await fetches(rig)
    now = rig.clock()
    assert [round((at - now) / timedelta(hours=1)) for at in planned(rig)][:3] == [2, 24, 72]
    assert "Le membre a répondu par e-mail" in await lea.reads_room()
    assert BACK in await lea.hears_in_room("Lire le message")


def planned(rig: Running[Any]) -> list[datetime]:
    """The follow-ups to come."""
    with rig.service.application.store.read() as uow:
        [crisis] = uow.crises.of(["forum"])
        kept = uow.reminders.of(crisis.id)
    return [
        each.due_at
        for each in kept
        if (each.kind, each.status) == (ReminderKind.FOLLOW_UP, ReminderStatus.PLANNED)
    ]


async def is_watched(rig: Running[Any], lea: Somebody, outcome: str) -> None:
    """The next follow-up comes at its hour, and somebody says how the member is."""
    await rig.later(seconds=(planned(rig)[0] - rig.clock()).total_seconds() + 1)
    await lea.asks_in_room("Noter ce qu'il en est…")
    await lea.fills({"outcome": outcome, "note": "noté par Léa"})


def found(rig: Running[Any]) -> list[Outcome]:
    """What each follow-up found."""
    with rig.service.application.store.read() as uow:
        [crisis] = uow.crises.of(["forum"])
        told = [entry.event for entry in uow.journal.of(crisis.id)]
    return [event.outcome for event in told if isinstance(event, FollowUpRecorded)]


def keeps_the_member_off_the_devices(rig: Running[Any]) -> None:
    """Nothing of what they wrote, of who they are and of what was written to them is in a notification."""
    shown = "\n".join(words for who in PEOPLE for words in rig.user(who).notified())
    assert "2026" in shown
    assert not [w for w in (HANDLE, TOM, OTHER, "Tilleuls", SAID, "mourir", "chez ma sœur") if w in shown]
