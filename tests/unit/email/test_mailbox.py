"""E-mails fetched from a mailbox on loopback, through TLS; and read, whatever they are."""

from asyncio import wait_for
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.email.arriving import arrived
from adapters.email.mailbox import LARGEST, ImapMailbox
from bot.ports import Unreachable
from bot.postbox import Sender
from tests.rig.answers import TOM, answer, bounce
from tests.rig.busy import shared_threads_busy
from tests.rig.imap_server import Mails, imap_server
from tests.rig.mail_server import certificate, server_context

US = Sender("Forum Exemple", "aide", "exemple.fr")
TOKEN = "0123456789abcdef01234567"


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mails]:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with imap_server(server_context(file)) as one:
        yield one


async def test_it_begins_with_what_comes_after_it_was_set_up(mails: Mails) -> None:
    mails.arrives(answer("D'avant."))
    cursor, found = await ImapMailbox(mails.postbox, US).since(None)
    assert (cursor, found) == ("7:1", ())


async def test_it_brings_each_new_one_in_its_order(mails: Mails) -> None:
    box = ImapMailbox(mails.postbox, US)
    cursor, _none = await box.since(None)
    mails.arrives(answer("Un, déjà.", token=TOKEN))
    mails.arrives(answer("Deux."))
    cursor, found = await box.since(cursor)
    assert [mail.text for mail in found] == ["Un, déjà.", "Deux."]
    assert found[0].tokens == (TOKEN,)
    assert cursor == "7:2"
    assert await box.since(cursor) == ("7:2", [])


async def test_it_shares_its_thread_with_nobody(mails: Mails) -> None:
    with shared_threads_busy():
        assert await wait_for(ImapMailbox(mails.postbox, US).since("7:0"), 5) == ("7:0", [])


async def test_it_changes_nothing_in_the_mailbox(mails: Mails) -> None:
    mails.arrives(answer("Un."))
    await ImapMailbox(mails.postbox, US).since("7:0")
    assert [said.split()[0] for said in mails.said if "SELECT" in said or "STORE" in said] == []
    assert "EXAMINE INBOX" in mails.said


async def test_it_begins_anew_where_the_server_has_numbered_anew(mails: Mails) -> None:
    mails.arrives(answer("D'avant."))
    mails.validity = 8
    assert await ImapMailbox(mails.postbox, US).since("7:44") == ("8:1", ())


async def test_it_fetches_the_beginning_of_a_large_one(mails: Mails) -> None:
    mails.arrives(answer("Voici.\n" + "x" * 70 * 20_000))
    _cursor, [found] = await ImapMailbox(mails.postbox, US).since("7:0")
    assert found.text.startswith("Voici.")
    assert len(found.raw) == LARGEST


@pytest.mark.parametrize(("refused", "code"), [("UID FETCH", "fetch"), ("UID SEARCH", "search")])
async def test_it_loses_nothing_to_a_server_that_refuses_for_a_while(
    mails: Mails, refused: str, code: str
) -> None:
    mails.arrives(answer("Un."))
    box = ImapMailbox(mails.postbox, US)
    mails.refused = refused
    with pytest.raises(Unreachable) as caught:
        await box.since("7:0")
    assert caught.value.code == code
    mails.refused = "nothing"
    _cursor, [found] = await box.since("7:0")
    assert found.text == "Un."


async def test_it_says_when_it_is_not_let_in(mails: Mails) -> None:
    with pytest.raises(Unreachable) as caught:
        await ImapMailbox(replace(mails.postbox, password="autre"), US).since(None)
    assert caught.value.code == "imap"


async def test_it_tells_no_password_to_a_server_that_nobody_vouches_for(
    mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable) as caught:
        await ImapMailbox(mails.postbox, US).since(None)
    assert caught.value.code == "tls"
    assert not mails.said


def test_it_reads_html_without_what_it_quotes() -> None:
    page = "<style>p{}</style><p>Merci &amp; à bientôt.</p><blockquote><p>Bonjour</p></blockquote>"
    assert arrived(answer("", html=page), US).text == "Merci & à bientôt."


def test_it_reads_on_after_a_mark_that_no_browser_knows() -> None:
    page = "<p>Merci.</p><![foo bar]><p>À bientôt.</p>"
    assert arrived(answer("", html=page), US).text == "Merci.\n\nÀ bientôt."


FROM_TOM = f"From: Tom <{TOM}>\r\nIn-Reply-To: <{TOKEN}@exemple.fr>\r\n".encode()
NO_END = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: multipart/related\r\n\r\nMerci.\r\n--b--\r\n"
)


def nested(levels: int) -> bytes:
    kind = "Content-Type: multipart/mixed; boundary=b{}\r\n\r\n"
    return (
        kind.format(0) + "".join(f"--b{level}\r\n" + kind.format(level + 1) for level in range(levels))
    ).encode()


@pytest.mark.parametrize("rest", [NO_END, b"Date: Tue, 24 Nov %s 04:00:00 +0100\r\n\r\nMerci." % (b"9" * 30)])
def test_it_knows_whose_an_e_mail_is_that_breaks_the_rules(rest: bytes) -> None:
    found = arrived(FROM_TOM + rest, US)
    assert (found.sender, found.tokens, found.written_at) == (TOM, (TOKEN,), None)


def test_it_survives_an_e_mail_in_an_e_mail_without_end() -> None:
    assert arrived(FROM_TOM + nested(2_000), US).text == ""


def test_it_reads_a_report_of_what_could_not_be_delivered() -> None:
    found = arrived(bounce(TOKEN), US)
    assert (found.bounced, found.status) == (TOKEN, "5.1.1")
    assert arrived(bounce(TOKEN, action="delayed"), US).bounced == ""


@given(st.binary() | st.text().map(str.encode))
def test_it_fails_at_no_bytes(raw: bytes) -> None:
    assert arrived(raw, US).raw == raw.decode("latin-1")


HEADER = st.sampled_from(
    ["From", "To", "Date", "Content-Type", "In-Reply-To", "Auto-Submitted", "References"]
)


@given(
    st.lists(st.tuples(HEADER, st.text(st.characters(codec="latin-1"), max_size=60)), max_size=6), st.binary()
)
def test_it_fails_at_no_headers(headers: list[tuple[str, str]], body: bytes) -> None:
    head = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers)
    arrived(head + b"\r\n" + body, US)
