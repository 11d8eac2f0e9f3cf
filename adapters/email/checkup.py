"""What the mail servers say of the settings, for `cellule doctor`. Nothing is sent."""

from collections.abc import Iterator
from pathlib import Path

from adapters.email.carrier import SmtpCarrier
from adapters.email.dkim import load_signer
from adapters.email.mailbox import ImapMailbox
from bot.ports import GatewayError
from bot.postbox import Postbox, Sender
from bot.remarks import Remark, broken, good, warning
from bot.settings import SettingsError
from bot.texts import Translator

Box = tuple[Postbox, Sender] | None
Dkim = tuple[Path, str, str] | None
"""The file of the key, its selector and its domain."""


def mail_remarks(mail: Box, mailbox: Box, dkim: Dkim, _: Translator) -> Iterator[Remark]:
    """Log in where mail is handed over, and where it is fetched; look at the key that signs."""
    if mail is None:
        yield good(_("No mail server is set: replies are copied, sent by people, and noted."))
    elif fault := _fault(SmtpCarrier(*mail)):
        yield broken(
            _(
                "The mail server does not take Cellule ({fault}): look at host, port, user and password of "
                "SMTP_URL (docs/mail.md).",
                fault=fault,
            )
        )
    else:
        yield good(_("Mail server: it lets Cellule in."))
    if dkim is not None:
        yield from _dkim_remarks(dkim, _)
    if mailbox is not None:
        yield _mailbox_remark(ImapMailbox(*mailbox), _)
    elif mail is not None:
        yield warning(
            _("IMAP_URL is not set: what members answer, and bounces, only those see who read the mailbox.")
        )


def _dkim_remarks(dkim: tuple[Path, str, str], _: Translator) -> Iterator[Remark]:
    try:
        name, value = load_signer(*dkim).record
    except SettingsError as error:
        yield from map(broken, error.sentences(_))
    else:
        yield good(
            _(
                "E-mails are signed (DKIM). Receivers look for the key in the DNS: a TXT record {name} must "
                "hold {value}",
                name=name,
                value=value,
            )
        )


def _mailbox_remark(mailbox: ImapMailbox, _: Translator) -> Remark:
    try:
        tells = mailbox.log_in()
    except GatewayError as error:
        return broken(
            _(
                "The mailbox does not open ({fault}): look at host, port, user and password of IMAP_URL "
                "(docs/mail.md).",
                fault=error.code,
            )
        )
    if tells:
        return good(_("Mailbox: it opens, and says at once when members answer."))
    return good(
        _("Mailbox: it opens. Its server does not say when members answer (IDLE): it is asked once a minute.")
    )


def _fault(server: SmtpCarrier) -> str:
    try:
        server.log_in()
    except GatewayError as error:
        return error.code
    return ""
