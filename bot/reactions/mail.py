"""E-mails to the member: what leaves, and who is told when it does not arrive."""

from bot.domain.events import MailAsked, MailRefused, MailUncertain
from bot.domain.ids import Platform
from bot.domain.mailing import find
from bot.domain.subjects import draft_subject, mail_subject
from bot.reactions.effects import After, Effect, Refresh, Send
from bot.reactions.texts import as_text
from bot.store import CardKind, Outgoing, Task


def asked(event: MailAsked, after: After) -> list[Effect]:
    """One row, once: what is tried again is the same."""
    subject = mail_subject(after.crisis, event.mail)
    row = Outgoing(
        id=0,
        task=Task.MAIL,
        platform=Platform.WEB,
        subject=subject,
        crisis=after.crisis.id,
        lane=f"mail:{subject}",
        at=after.now,
    )
    return [Send(row), *changed(after, event.draft)]


def changed(after: After, draft: int) -> list[Effect]:
    """The card of the text says how far its e-mail is; so do notices about it."""
    mails = [m.number for m in after.crisis.mailings if m.draft == draft]
    notices = [Refresh(CardKind.NEWS, mail_subject(after.crisis, number)) for number in mails]
    return [Refresh(CardKind.DRAFT, draft_subject(after.crisis, draft)), *notices]


def needs_somebody(event: MailRefused | MailUncertain, after: After) -> list[Effect]:
    """The rooms are told, and whoever had sent it."""
    subject, text = mail_subject(after.crisis, event.mail), as_text(event)
    sender = find(after.crisis, event.mail).asked_by
    return [
        *changed(after, event.draft),
        *after.everywhere(CardKind.NEWS, subject, text=text),
        *after.to([sender], CardKind.NEWS, subject, text=text),
    ]
