"""`cellule doctor` logs in at the mail servers, and sends nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.email.checkup import Box, mail_remarks
from bot.postbox import Sender
from bot.remarks import Grade
from bot.texts import translator
from tests.rig.imap_server import imap_server
from tests.rig.mail_server import certificate, mail_server, postbox, server_context

US = Sender("Forum Exemple", "aide", "exemple.fr")


def said(mail: Box, mailbox: Box) -> list[tuple[Grade, str]]:
    return [(remark.grade, remark.said) for remark in mail_remarks(mail, mailbox, translator("en"))]


def test_it_finds_both_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server() as smtp, imap_server(server_context(file)) as imap:
        found = said((postbox(smtp), US), (imap.postbox, US))
        assert [grade for grade, _said in found] == [Grade.GOOD, Grade.GOOD]
        assert not smtp.taken


def test_it_says_which_setting_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server() as smtp, imap_server(server_context(file)) as imap:
        wrong = (replace(postbox(smtp), password="autre"), US), (replace(imap.postbox, password="x"), US)
        [(first, sending), (second, fetching)] = said(*wrong)
        assert (first, second) == (Grade.BROKEN, Grade.BROKEN)
        assert "login_535" in sending
        assert "SMTP_URL" in sending
        assert "IMAP_URL" in fetching
        assert "autre" not in sending


def test_it_says_what_is_lost_without_a_mailbox() -> None:
    with mail_server() as smtp:
        assert [grade for grade, _said in said((postbox(smtp), US), None)] == [Grade.GOOD, Grade.WARNING]
    assert [grade for grade, _said in said(None, None)] == [Grade.GOOD]
