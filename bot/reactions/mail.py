"""E-mails to the member: what leaves, and who is told when it does not arrive."""

from dataclasses import replace

from bot.domain.cell import holders
from bot.domain.events import MailAsked, MailRefused, MailUncertain, MemberWrote
from bot.domain.ids import Platform
from bot.domain.mailing import find
from bot.domain.roster import Role
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.subjects import draft_subject, mail_subject, member_subject
from bot.reactions import clocks, reply, triage, watching
from bot.reactions.effects import After, Effect, Refresh, Send, moment
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


def wrote(event: MemberWrote, after: After) -> list[Effect]:
    """The rooms and the moderators read it at once; it is judged, and the checks count from it."""
    crisis = after.crisis
    moderators = [a.person for a in holders(crisis, Role.MODERATOR)] or [crisis.opened_by]
    referents = [a.person for a in holders(crisis, Role.DISTRESS_REFERENT)]
    asked_by = [mailing.asked_by for mailing in crisis.mailings[-1:]]
    concerned = [*moderators, *referents, *asked_by]
    readers = [p for p in concerned if p in crisis.people]
    subject, ordinal = f"{crisis.id}.n.{event.kind}", moment(event)
    text = as_text(replace(event, raw=""))
    theirs = f"{member_subject(crisis, event.member)}.t{event.nth}"
    return [
        *after.everywhere(CardKind.NEWS, subject, ordinal=ordinal, text=text),
        *after.to(readers, CardKind.NEWS, subject, ordinal=ordinal, text=text),
        Refresh(CardKind.BRIEF, crisis.id),
        *triage.judge_words(after, theirs, crisis.messages[event.nth - 1].text),
        *watching.schedule(after),
        *clocks.judged(after),
    ]


def needs_somebody(event: MailRefused | MailUncertain, after: After) -> list[Effect]:
    """The rooms are told, and whoever had sent it."""
    subject, text = mail_subject(after.crisis, event.mail), as_text(event)
    sender = find(after.crisis, event.mail).asked_by
    return [
        *changed(after, event.draft),
        *after.everywhere(CardKind.NEWS, subject, text=text),
        *after.to([sender], CardKind.NEWS, subject, text=text),
        *_reminded(after, event.draft),
        *clocks.judged(after),
    ]


def _reminded(after: After, draft: int) -> list[Effect]:
    """A text that came back is to be sent anew: nobody is reminded of it any more."""
    subject = draft_subject(after.crisis, draft)
    planned = any(
        (r.kind, r.subject, r.status) == (ReminderKind.SENDING, subject, ReminderStatus.PLANNED)
        for r in after.reminders()
    )
    return [] if planned else reply.route_added(after, draft)
