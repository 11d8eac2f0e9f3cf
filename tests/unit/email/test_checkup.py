"""`cellule doctor` logs in at the mail servers, and sends nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.email.checkup import Box, Dkim, mail_remarks
from bot.postbox import Sender
from bot.remarks import Grade
from bot.texts import translator
from tests.rig.dovecot import Mailbox
from tests.rig.imap_server import imap_server
from tests.rig.mail_server import certificate, dkim_key, mail_server, postbox, server_context

US = Sender("Forum Exemple", "aide", "exemple.fr")


def said(mail: Box, mailbox: Box, dkim: Dkim = None) -> list[tuple[Grade, str]]:
    return [(remark.grade, remark.said) for remark in mail_remarks(mail, mailbox, dkim, translator("en"))]


def test_it_finds_both_in_order(mailbox: Mailbox) -> None:
    with mail_server() as smtp:
        [(first, _sending), (second, fetching)] = said((postbox(smtp), US), (mailbox.postbox, US))
        assert (first, second) == (Grade.GOOD, Grade.GOOD)
        assert "at once" in fetching
        assert not smtp.taken


def test_it_says_that_the_server_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with imap_server(server_context(file)) as imap:
        [_none, (grade, fetching)] = said(None, (imap.postbox, US))
    assert grade is Grade.GOOD
    assert "once a minute" in fetching


def test_it_says_which_setting_is_wrong(mailbox: Mailbox) -> None:
    with mail_server() as smtp:
        wrong = (replace(postbox(smtp), password="autre"), US), (replace(mailbox.postbox, password="x"), US)
        [(first, sending), (second, fetching)] = said(*wrong)
        assert (first, second) == (Grade.BROKEN, Grade.BROKEN)
        assert "login_535" in sending
        assert "SMTP_URL" in sending
        assert "(login): look at host, port, user and password of IMAP_URL" in fetching
        assert "autre" not in sending


def test_it_says_what_is_lost_without_a_mailbox() -> None:
    with mail_server() as smtp:
        assert [grade for grade, _said in said((postbox(smtp), US), None)] == [Grade.GOOD, Grade.WARNING]
    assert [grade for grade, _said in said(None, None)] == [Grade.GOOD]


def test_it_says_what_must_stand_in_the_dns(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    with mail_server() as smtp:
        file = dkim_key(tmp_path, key)
        _server, (grade, signing), _mailbox = said((postbox(smtp), US), None, (file, "cellule", "exemple.fr"))
    assert grade is Grade.GOOD
    assert "cellule._domainkey.exemple.fr must hold v=DKIM1; k=ed25519; p=" in signing


def test_it_says_that_the_key_is_not_there(tmp_path: Path) -> None:
    with mail_server() as smtp:
        gone = (tmp_path / "nowhere.pem", "cellule", "exemple.fr")
        _server, (grade, signing), _mailbox = said((postbox(smtp), US), None, gone)
    assert grade is Grade.BROKEN
    assert "DKIM_KEY" in signing
    assert "nowhere.pem" in signing
