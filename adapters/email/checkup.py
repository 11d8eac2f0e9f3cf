"""What the mail servers say of the settings, for `cellule doctor`. Nothing is sent."""

from collections.abc import Iterator

from adapters.email.carrier import SmtpCarrier
from adapters.email.mailbox import ImapMailbox
from bot.ports import GatewayError
from bot.postbox import Postbox, Sender
from bot.remarks import Remark, broken, good, warning
from bot.texts import Translator

Box = tuple[Postbox, Sender] | None


def mail_remarks(mail: Box, mailbox: Box, _: Translator) -> Iterator[Remark]:
    """Log in where mail is handed over, and where it is fetched."""
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
    if mailbox is not None and (fault := _fault(ImapMailbox(*mailbox))):
        yield broken(
            _(
                "The mailbox does not open ({fault}): look at host, port, user and password of IMAP_URL "
                "(docs/mail.md).",
                fault=fault,
            )
        )
    elif mailbox is not None:
        yield good(_("Mailbox: it opens. What members answer is fetched once a minute."))
    elif mail is not None:
        yield warning(
            _("IMAP_URL is not set: what members answer, and bounces, only those see who read the mailbox.")
        )


def _fault(server: SmtpCarrier | ImapMailbox) -> str:
    try:
        server.log_in()
    except GatewayError as error:
        return error.code
    return ""
