"""E-mails fetched from a mailbox on loopback, through TLS; and read, whatever they are."""

import time
from asyncio import wait_for
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.email.arriving import arrived
from adapters.email.mailbox import AT_ONCE, LARGEST
from bot.ports import Unreachable
from tests.rig.answers import TOM, answer, bounce
from tests.rig.busy import shared_threads_busy
from tests.rig.dovecot import Mailbox
from tests.rig.imap_server import Mails, imap_server
from tests.rig.mail_server import certificate, server_context
from tests.unit.email.conftest import US, Opens

TOKEN = "0123456789abcdef01234567"


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mails]:
    """A server that refuses what a test says."""
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with imap_server(server_context(file)) as told:
        yield told


async def test_it_begins_with_what_comes_after_it_was_set_up(mailbox: Mailbox, opens: Opens) -> None:
    mailbox.arrives(*[answer(f"D'avant, {n}.") for n in range(500)])
    box = opens(mailbox.postbox)
    cursor, none = await wait_for(box.since(None), 5)
    assert none == []
    mailbox.arrives(answer("Un."))
    _cursor, [found] = await wait_for(box.since(cursor), 5)
    assert found.text == "Un."


async def test_it_brings_each_new_one_in_its_order(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(answer("Un, déjà.", token=TOKEN), answer("Deux."))
    cursor, found = await box.since(cursor)
    assert [mail.text for mail in found] == ["Un, déjà.", "Deux."]
    assert found[0].tokens == (TOKEN,)
    assert await box.since(cursor) == (cursor, [])
    assert (await opens(mailbox.postbox).since(cursor))[1] == []


async def test_it_takes_all_of_what_comes_at_once(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(*[answer(f"Le {n}.") for n in range(AT_ONCE + 1)])
    cursor, found = await box.since(cursor)
    assert len(found) == AT_ONCE
    await wait_for(box.news(), 1)
    assert [mail.text for mail in (await box.since(cursor))[1]] == [f"Le {AT_ONCE}."]


async def test_it_shares_its_thread_with_nobody(mailbox: Mailbox, opens: Opens) -> None:
    with shared_threads_busy():
        assert (await wait_for(opens(mailbox.postbox).since(None), 5))[1] == []


async def test_it_changes_nothing_in_the_mailbox(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(answer("Un."), answer("Deux."))
    before = mailbox.marks()
    assert len((await box.since(cursor))[1]) == 2
    assert mailbox.marks() == before
    assert "Seen" not in str(before)
    assert "Recent" in str(before)


async def test_it_goes_on_where_the_server_has_numbered_anew(mailbox: Mailbox, opens: Opens) -> None:
    now = time.time()
    mailbox.arrives(*[answer(f"D'avant, {n}.") for n in range(3)], at=now - 3600)
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(answer("Un."), at=now - 60)
    cursor, _one = await box.since(cursor)
    mailbox.arrives(answer("Deux."), at=now)
    mailbox.server.stop()
    mailbox.numbers_anew()
    mailbox.server.start()
    with pytest.raises(Unreachable):
        await box.since(cursor)
    cursor, found = await box.since(cursor)
    assert [mail.text for mail in found] == ["Un.", "Deux."]  # the first is known by its words
    assert await box.since(cursor) == (cursor, [])


async def test_it_fetches_the_beginning_of_a_large_one(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(answer("Voici.\n" + "x" * 70 * 20_000))
    _cursor, [found] = await box.since(cursor)
    assert found.text.startswith("Voici.")
    assert len(found.raw) == LARGEST


async def test_it_says_when_it_is_not_let_in(mailbox: Mailbox, opens: Opens) -> None:
    with pytest.raises(Unreachable) as caught:
        await opens(replace(mailbox.postbox, password="autre")).since(None)
    assert caught.value.code == "login"


async def test_it_tells_no_password_to_a_server_that_nobody_vouches_for(
    mailbox: Mailbox, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable) as caught:
        await opens(mailbox.postbox).since(None)
    assert caught.value.code == "tls"


@pytest.mark.parametrize(("refused", "code"), [("UID FETCH", "fetch"), ("UID SEARCH", "search")])
async def test_it_loses_nothing_to_a_server_that_refuses_for_a_while(
    mails: Mails, opens: Opens, refused: str, code: str
) -> None:
    box = opens(mails.postbox)
    cursor, _none = await box.since(None)
    mails.arrives(answer("Un."))
    mails.refused = refused
    with pytest.raises(Unreachable) as caught:
        await box.since(cursor)
    assert caught.value.code == code
    mails.refused = "nothing"
    _cursor, [found] = await box.since(cursor)
    assert found.text == "Un."


async def test_it_reads_on_after_one_that_the_server_does_not_give_out(mails: Mails, opens: Opens) -> None:
    box = opens(mails.postbox)
    cursor, _none = await box.since(None)
    mails.arrives(answer("Un."))
    mails.refused = r"UID FETCH 1 \(INTERNALDATE BODY"
    after, [withheld] = await box.since(cursor)
    assert (withheld.withheld, withheld.text, withheld.raw) == (True, "", "")
    assert await box.since(cursor) == (after, [withheld])
    mails.arrives(answer("Deux."))
    assert [mail.text for mail in (await box.since(cursor))[1]] == ["", "Deux."]
    assert [mail.text for mail in (await box.since(after))[1]] == ["Deux."]


async def test_it_blames_a_server_that_gives_out_none_of_several(mails: Mails, opens: Opens) -> None:
    box = opens(mails.postbox)
    cursor, _none = await box.since(None)
    mails.arrives(answer("Un."))
    mails.arrives(answer("Deux."))
    mails.refused = r"UID FETCH \d+ \(INTERNALDATE BODY"
    with pytest.raises(Unreachable):
        await box.since(cursor)


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
