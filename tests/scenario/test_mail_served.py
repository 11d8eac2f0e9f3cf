"""A reply by e-mail and the member's answer, through the service: real servers, Slack and Teams."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.rig.answers import TOM, answer, bounce
from tests.rig.either import CHATS, InChat, cloud, served_on
from tests.rig.imap_server import ASCII_PASSWORD, Mails, imap_server
from tests.rig.mail_server import (
    PASSWORD,
    USER,
    MailServer,
    certificate,
    mail_server,
    server_context,
)
from tests.rig.night import tomorrow_at
from tests.rig.service import Running

At = Callable[[str], InChat]

POST = "Trois semaines sans réponse, et vous supprimez mes avis !"
REPLY = "Bonjour, vous avez raison : nous vous devons une réponse, à très vite. Inès"
BACK = "Merci, j'attends votre solution."


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[MailServer, Mails]]:
    """Where the service sends and fetches, as its settings say."""
    file = certificate(tmp_path)
    with mail_server(tls=server_context(file)) as smtp, imap_server(server_context(file)) as imap:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        monkeypatch.setenv("SMTP_URL", f"smtps://{USER}:{quote(PASSWORD)}@localhost:{smtp.port}")
        monkeypatch.setenv("IMAP_URL", f"imaps://{USER}:{ASCII_PASSWORD}@localhost:{imap.port}")
        monkeypatch.setenv("MAIL_FROM", "Forum Exemple <aide@exemple.fr>")
        yield smtp, imap


@pytest.mark.parametrize("where", CHATS)
async def test_it_sends_by_e_mail_and_brings_the_answer_back(
    tmp_path: Path, servers: tuple[MailServer, Mails], caplog: pytest.LogCaptureFixture, where: str
) -> None:
    smtp, imap = servers
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, tomorrow_at(10, 2)) as rig:
            at = partial(CHATS[where], rig)
            await fetches(rig)
            await has_a_reply_approved(at)
            await sends(at)
            [taken] = smtp.taken
            assert taken.part("plain").strip() == REPLY
            assert (taken.to, taken.message["Subject"]) == ([TOM], "Une réponse, enfin")
            imap.arrives(answer(BACK, to=str(taken.message["Reply-To"])))
            await fetches(rig)
            assert BACK in await at("ines").finds("Le membre a répondu par e-mail")
            imap.arrives(bounce(str(taken.message["Message-ID"])[1:25]))
            await fetches(rig)
            assert "aucune boîte" in await at("ines").finds("Réponse 1")
            shown = "".join(word for who in ("ines", "noe") for word in rig.user(who).notified())
            assert not [words for words in (BACK, TOM, "Une réponse, enfin") if words in shown]
    assert not [words for words in (BACK, TOM, "tom.durand", PASSWORD) if words in caplog.text]


async def fetches(rig: Running[Any]) -> None:
    assert rig.service.fetcher is not None
    await rig.service.fetcher.look()
    await rig.settle()


async def has_a_reply_approved(at: At) -> None:
    ines, noe = at("ines"), at("noe")
    await ines.reports(POST)
    await ines.fills({"first_choice": "Colère ou image", "community": "Forum Exemple"})
    await ines.asks_in_room("Écrire une réponse")
    await ines.fills({"text": REPLY, "routes": ["e-mail"]})
    await noe.finds_directly(REPLY)
    await noe.does("Approuver la version 1")
    await ines.finds(REPLY)
    await ines.does("Envoyer…")


async def sends(at: At) -> None:
    ines = at("ines")
    await ines.finds(REPLY)
    assert REPLY in await ines.asks("Envoyer l'e-mail…")
    await ines.fills({"value": TOM, "heading": "Une réponse, enfin"})
    assert "SMTP 250" in await ines.finds(REPLY)
