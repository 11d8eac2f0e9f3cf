"""Lines of the log about e-mails and letters to the member, without an address."""

from typing import assert_never

from bot.domain import events as e
from bot.views import dates
from bot.views.mail_state import fault
from bot.views.teller import Teller

Mails = (
    e.LetterMade
    | e.MailAsked
    | e.MailDelayed
    | e.MailRefused
    | e.MailUncertain
    | e.MailNotGone
    | e.MemberWrote
)


def mail_line(event: Mails, teller: Teller) -> str:
    """How an e-mail or a letter fared; that it has gone stands in the line of the way used."""
    if isinstance(event, e.MemberWrote):
        return _wrote(event, teller)
    _, who, n = teller._, teller.who(event), event.draft
    match event:
        case e.LetterMade():
            return _(
                "{who} made the letter of reply {n}, dated {date}, and read the address (contact {contact}).",
                who=who,
                n=n,
                date=dates.date_of(event.day, _),
                contact=event.contact,
            )
        case e.MailAsked():
            return _("{who} sent reply {n} by e-mail: it is handed to the mail server.", who=who, n=n)
        case e.MailDelayed():
            return _(
                "The e-mail of reply {n} was not taken yet ({fault}): tried again on {when}.",
                n=n,
                fault=fault(event.code, _),
                when=teller.when(event.again_at),
            )
        case e.MailRefused(wrong_address=True):
            return _("The e-mail of reply {n} did not go: no mailbox under this address.", n=n)
        case e.MailRefused():
            return _("The e-mail of reply {n} did not go ({fault}).", n=n, fault=fault(event.code, _))
        case e.MailUncertain():
            return _("The e-mail of reply {n} has perhaps gone: somebody is asked to look.", n=n)
        case e.MailNotGone():
            return _("{who} looked: the e-mail of reply {n} has not gone.", who=who, n=n)
        case _:
            assert_never(event)


def _wrote(event: e.MemberWrote, teller: Teller) -> str:
    _ = teller._
    if event.by is not None:
        return _(
            "{who} took in what the member wrote back (message {n}).", who=teller.who(event), n=event.nth
        )
    if event.by_address:
        return _("The member wrote by e-mail, known by their address alone (message {n}).", n=event.nth)
    return _("The member wrote back by e-mail (message {n}).", n=event.nth)
