"""A reply by e-mail and the member's answer, through the service: real servers for both, Slack and Teams."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.email.dkim import load_signer
from tests.rig import dovecot
from tests.rig.answers import TOM, answer, bounce
from tests.rig.dovecot import Mailbox
from tests.rig.either import CHATS, InChat, cloud, served_on
from tests.rig.mail_server import (
    CUT,
    PASSWORD,
    MailServer,
    dkim_key,
    mail_server,
    mail_settings,
    server_context,
)
from tests.rig.night import tomorrow_at
from tests.rig.service import Running

At = Callable[[str], InChat]

POST = "Trois semaines sans réponse, et vous supprimez mes avis !"
REPLY = "Bonjour, vous avez raison : nous vous devons une réponse, à très vite. Inès"
BACK = "Merci, j'attends votre solution."
WROTE_BACK = "Le membre a répondu par e-mail"


@pytest.fixture
def smtp(tmp_path: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Where the service sends and fetches, as its settings say; the certificate is the mailbox's."""
    with mail_server(tls=server_context(mailbox.server.certificate)) as server:
        mail_settings(monkeypatch, server, mailbox.postbox)
        monkeypatch.setenv("DKIM_KEY", str(dkim_key(tmp_path, Ed25519PrivateKey.generate())))
        monkeypatch.setenv("DKIM_SELECTOR", "cellule")
        yield server


@asynccontextmanager
async def watched(folder: Path, where: str) -> AsyncIterator[Running[Any]]:
    """The service with its mailbox watched, as while it runs."""
    with cloud(where) as chat:
        async with served_on(chat, folder, tomorrow_at(10, 2)) as rig:
            fetcher = rig.service.fetcher
            assert fetcher is not None
            await fetcher.look()
            watching = asyncio.create_task(fetcher.run())
            try:
                yield rig
            finally:
                watching.cancel()
                with suppress(asyncio.CancelledError):
                    await watching


@pytest.mark.parametrize("where", CHATS)
async def test_it_sends_by_e_mail_and_brings_the_answer_back(
    tmp_path: Path, smtp: MailServer, mailbox: Mailbox, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    async with watched(tmp_path, where) as rig:
        at = partial(CHATS[where], rig)
        await has_a_reply_approved(at)
        assert "SMTP 250" in await sends(at)
        [taken] = smtp.taken
        assert taken.part("plain").strip() == REPLY
        assert (taken.to, taken.message["Subject"]) == ([TOM], "Une réponse, enfin")
        assert signed(tmp_path, taken.raw)
        mailbox.arrives(answer(BACK, to=str(taken.message["Reply-To"])))
        assert BACK in await comes(rig, at, WROTE_BACK)
        mailbox.arrives(bounce(str(taken.message["Message-ID"])[1:25]))
        await comes(rig, at, "aucune boîte")
        shown = "".join(word for who in ("ines", "noe") for word in rig.user(who).notified())
        assert not [words for words in (BACK, TOM, "Une réponse, enfin") if words in shown]
        assert "Seen" not in str(mailbox.marks())
    assert not [
        words for words in (BACK, TOM, "tom.durand", PASSWORD, dovecot.PASSWORD) if words in caplog.text
    ]


async def test_it_knows_each_answer_and_takes_it_once_whatever_the_connection_does(
    tmp_path: Path, smtp: MailServer, mailbox: Mailbox
) -> None:
    """By the e-mail that it answers, then by the address alone; the server is away in between."""
    async with watched(tmp_path, "slack") as rig:
        at = partial(CHATS["slack"], rig)
        await has_a_reply_approved(at)
        await sends(at)
        token = str(smtp.taken[0].message["Message-ID"])[1:25]
        mailbox.arrives(answer("Par le fil.", sender="autre@ailleurs.example", token=token))
        assert "n'est pas celle du membre" in await comes(rig, at, "Par le fil.")
        await asyncio.to_thread(mailbox.server.stop)
        mailbox.server.start()  # in this thread: the server ends with the one that began it (setpriv)
        mailbox.arrives(answer("Par l'adresse."))
        assert "seule l'adresse indique" in await comes(rig, at, "Par l'adresse.")
        assert (await at("ines").reads_room()).count(WROTE_BACK) == 2


async def test_it_waits_where_the_server_puts_it_off_and_sends_it_once(
    tmp_path: Path, smtp: MailServer
) -> None:
    smtp.says("RCPT", "450 4.7.1 Greylisted")
    async with watched(tmp_path, "slack") as rig:
        at = partial(CHATS["slack"], rig)
        await has_a_reply_approved(at)
        assert "pas encore pris" in await sends(at)
        assert not smtp.taken
        await rig.later(minutes=2)
        assert "SMTP 250" in await at("ines").finds(REPLY)
        await rig.later(minutes=30)
        assert len(smtp.taken) == 1


async def test_it_asks_people_where_the_connection_broke_after_the_text(
    tmp_path: Path, smtp: MailServer
) -> None:
    smtp.says("AFTER", CUT)
    async with watched(tmp_path, "slack") as rig:
        at = partial(CHATS["slack"], rig)
        await has_a_reply_approved(at)
        assert "peut-être parti" in await sends(at)
        await rig.later(minutes=30)
        assert len(smtp.taken) == 1
        ines = at("ines")
        await ines.finds(REPLY)
        await ines.does("L'e-mail est parti")
        assert "peut-être parti" not in await ines.finds(REPLY)
        assert len(smtp.taken) == 1


async def comes(rig: Running[Any], at: At, words: str) -> str:
    """What stands in the room with these words, by itself and within seconds."""
    deadline = monotonic() + 20
    while True:
        await rig.settle()
        try:
            return await at("ines").finds(words)
        except AssertionError:
            if monotonic() > deadline:
                raise


def signed(folder: Path, raw: bytes) -> bool:
    name, value = load_signer(folder / "dkim.pem", "cellule", "exemple.fr").record
    known = {f"{name}.".encode(): value.encode()}
    return bool(dkim.verify(raw, dnsfunc=lambda asked, timeout=5: known.get(asked)))  # noqa: ARG005


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


async def sends(at: At) -> str:
    """Press, and read what the card of the reply says then."""
    ines = at("ines")
    await ines.finds(REPLY)
    assert REPLY in await ines.asks("Envoyer l'e-mail…")
    await ines.fills({"value": TOM, "heading": "Une réponse, enfin"})
    return await ines.finds(REPLY)
