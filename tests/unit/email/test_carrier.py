"""E-mails handed to a real server on loopback, with TLS and authentication."""

import socket
from asyncio import wait_for
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.email.carrier import SmtpCarrier
from bot.ports import Ambiguous, Denied, Email, GatewayError, Gone, Unreachable
from bot.postbox import Sender
from tests.rig.busy import shared_threads_busy
from tests.rig.mail_server import (
    CUT,
    ELSEWHERE,
    MailServer,
    certificate,
    mail_server,
    postbox,
    server_context,
)

TEXT = "Bonjour,\n\nnous vous avons lu : c'est à vous que nous pensons.\n.\nÀ très vite, <Léa> & l'équipe\n"
MAIL = Email(
    to="tom@ailleurs.example",
    subject="Un mot de l'équipe du forum : ça compte, œuvre après œuvre",
    text=TEXT,
    token="0123456789abcdef01234567",
    locale="fr",
    at=datetime(2026, 3, 24, 3, 14, tzinfo=UTC),
)
SENDER = Sender("Forum Exemple, équipe", "aide", "exemple.fr")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as one:
        yield one


def carrier(server: MailServer) -> SmtpCarrier:
    return SmtpCarrier(postbox(server), SENDER)


async def fails(server: MailServer, mail: Email = MAIL) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        await carrier(server).send(mail)
    return caught.value


async def test_it_keeps_accents_in_subject_sender_and_text(server: MailServer) -> None:
    assert await carrier(server).send(MAIL) == "250"
    [taken] = server.taken
    assert taken.message["Subject"] == MAIL.subject
    assert str(taken.message["From"]) == '"Forum Exemple, équipe" <aide@exemple.fr>'
    assert taken.part("plain") == TEXT
    assert (taken.sender, taken.to) == ("aide@exemple.fr", [MAIL.to])
    assert taken.raw.isascii()


async def test_it_writes_the_same_as_html_with_nothing_of_it_taken_for_markup(server: MailServer) -> None:
    await carrier(server).send(MAIL)
    html = server.taken[0].part("html")
    assert "<p>Bonjour,</p>" in html
    assert "&lt;Léa&gt; &amp; l&#x27;équipe" in html
    assert "<p>nous vous avons lu : c&#x27;est à vous que nous pensons.<br>" in html
    assert not [sign for sign in ("http", "<img", "<Léa>") if sign in html]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (
            "https://cellule.test/r/a-b_c",
            '<a href="https://cellule.test/r/a-b_c">https://cellule.test/r/a-b_c</a>',
        ),
        ('https://x.test/?"><b>', '<a href="https://x.test/?&quot;&gt;&lt;b&gt;">'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("see https://cellule.test/", "<p>see https://cellule.test/</p>"),
    ],
)
async def test_it_makes_a_link_of_an_address_that_stands_alone(
    server: MailServer, line: str, written: str
) -> None:
    await carrier(server).send(replace(MAIL, text=f"Bonjour,\n\n{line}\n"))
    assert written in server.taken[0].part("html")
    assert "<b>" not in server.taken[0].part("html")


async def test_it_says_where_an_answer_goes_and_by_what_it_is_known(server: MailServer) -> None:
    await carrier(server).send(MAIL)
    message = server.taken[0].message
    assert message["Reply-To"] == f"aide+{MAIL.token}@exemple.fr"
    assert message["Message-ID"] == f"<{MAIL.token}@exemple.fr>"
    assert message["Date"] == "Tue, 24 Mar 2026 03:14:00 +0000"
    assert message["Auto-Submitted"] is None


@pytest.mark.parametrize("way", ["tls", "starttls"])
async def test_it_goes_through_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server(**{way: server_context(file)}) as server:
        box = replace(postbox(server, tls=way == "tls"), host=ELSEWHERE if way == "starttls" else "localhost")
        assert await SmtpCarrier(box, SENDER).send(MAIL) == "250"
        assert server.taken


async def test_it_tells_nothing_to_a_server_whose_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    with mail_server(tls=server_context(certificate(tmp_path))) as server:
        with pytest.raises(Unreachable) as caught:
            await SmtpCarrier(postbox(server, tls=True), SENDER).send(MAIL)
        assert caught.value.code == "tls"
        assert not server.visits


async def test_it_says_no_password_in_the_clear_beyond_this_machine(server: MailServer) -> None:
    """The server listens here, under a name that is not known to be this machine."""
    with pytest.raises(Unreachable) as caught:
        await SmtpCarrier(replace(postbox(server), host=ELSEWHERE), SENDER).send(MAIL)
    assert caught.value.code == "tls_not_offered"
    assert not server.taken


async def test_it_is_not_let_in_with_a_wrong_password(server: MailServer) -> None:
    with pytest.raises(Unreachable) as caught:
        await SmtpCarrier(replace(postbox(server), password="autre"), SENDER).send(MAIL)
    assert caught.value.code == "login_535"
    assert not server.taken


@pytest.mark.parametrize(
    ("command", "answer", "error", "code"),
    [
        ("RCPT", "550 5.1.1 No such user", Gone, "550"),
        ("RCPT", "550 No such user", Gone, "550"),
        ("RCPT", "550 5.7.1 Blocked, see our list", Denied, "550"),
        ("RCPT", "550 5.1.8 Your domain is not known", Denied, "550"),
        ("RCPT", "554 5.7.1 Relay access denied", Denied, "554"),
        ("RCPT", "451 4.7.1 Greylisted", Unreachable, "451"),
        ("MAIL", "421 4.3.2 Closing", Unreachable, "421"),
        ("MAIL", "550 5.7.1 Sender refused", Denied, "550"),
        ("DATA", "452 4.3.1 Full", Unreachable, "452"),
        ("DATA", "554 5.7.1 Looks like spam", Denied, "554"),
        ("RCPT", CUT, Unreachable, "no_connection"),
        ("DATA", CUT, Ambiguous, "cut"),
        ("AFTER", CUT, Ambiguous, "cut"),
        ("AFTER", "Hein ?", Ambiguous, "unclear"),
        ("AFTER", "354 Go on", Ambiguous, "unclear"),
        ("AFTER", "451 4.3.0 Later", Unreachable, "451"),
        ("AFTER", "554 5.7.1 Looks like spam", Denied, "554"),
    ],
)
async def test_it_tells_refused_from_later_from_perhaps(
    server: MailServer, command: str, answer: str, error: type[GatewayError], code: str
) -> None:
    server.says(command, answer)
    caught = await fails(server)
    assert (type(caught), caught.code) == (error, code)
    assert MAIL.to not in str(caught)


async def test_it_shares_its_threads_with_nobody(server: MailServer) -> None:
    with shared_threads_busy():
        assert await wait_for(carrier(server).send(MAIL), 5) == "250"


async def test_it_begins_nothing_more_once_closed(server: MailServer) -> None:
    closed = carrier(server)
    closed.close()
    with pytest.raises(RuntimeError):
        await closed.send(MAIL)
    assert not server.visits


async def test_it_finds_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        nobody = MailServer(port=free.getsockname()[1])
    assert (await fails(nobody)).code == "no_connection"


async def test_it_knows_a_domain_beyond_ascii_by_its_other_name(server: MailServer) -> None:
    await carrier(server).send(replace(MAIL, to="tom@été.example"))
    assert server.taken[0].to == ["tom@xn--t-9fab.example"]


async def test_it_does_not_try_letters_that_few_servers_take(server: MailServer) -> None:
    assert isinstance(await fails(server, replace(MAIL, to="zoé@ailleurs.example")), Denied)
    assert not server.visits


def test_it_only_logs_in_for_doctor(server: MailServer) -> None:
    carrier(server).log_in()
    assert server.visits
    assert not server.taken
