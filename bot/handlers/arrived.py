"""An e-mail came in: whose it is, and what becomes of it."""

from datetime import datetime

import structlog

from bot.domain import mailing
from bot.domain.alerts import MAILTO, WITHHELD, Alert
from bot.domain.contact_values import masked_email
from bot.domain.crisis import Crisis
from bot.domain.ids import FIRST, MemberId
from bot.domain.states import MailStatus, Means
from bot.domain.wording import storable
from bot.domain.writing_back import write_back
from bot.guide import Guide
from bot.handlers import alerts, guest_mail
from bot.handlers.held import WATCHED_FOR
from bot.handlers.mail_delivery import mark_wrong
from bot.handlers.own_crisis import where_kept
from bot.ports import Arrived
from bot.store import UnitOfWork

log = structlog.get_logger(__name__)

NO_STATUS = "5.0.0"
"""Of a bounce that gives none."""


def receive(uow: UnitOfWork, guide: Guide, mail: Arrived, *, now: datetime) -> None:
    """A failed delivery, the member's answer, or something for the moderators; no machine is answered."""
    if mail.bounced:
        _bounced(uow, mail, now)
        return
    if mail.automatic:
        log.info("automatic_mail_passed_over")
        return
    crisis = next((c for token in mail.tokens if (c := uow.crises.with_mail(token))), None)
    known = crisis or _by_address(uow, mail.sender, now)
    if known is None:
        _alert(uow, guide, mail, now)
        return
    theirs, member = where_kept(uow, known, _whose(known, mail))
    write_back(
        theirs,
        text=storable(mail.text),
        raw=mail.raw,
        by_address=crisis is None,
        other_address=mail.sender not in _addresses(known),
        member=member,
        written_at=mail.written_at,
        at=now,
    )


def _bounced(uow: UnitOfWork, mail: Arrived, now: datetime) -> None:
    crisis = uow.crises.with_mail(mail.bounced)
    if crisis is None:
        _bounced_from_guest(uow, mail, now)
        return
    sent = next(m for m in crisis.mailings if m.token == mail.bounced)
    if sent.status is MailStatus.REFUSED:
        return
    code = mail.status or NO_STATUS
    mailing.bounce(crisis, sent, code=code, at=now)
    if code.startswith(mailing.WRONG_ADDRESS):
        mark_wrong(crisis, sent, code=code, at=now)


def _bounced_from_guest(uow: UnitOfWork, mail: Arrived, now: datetime) -> None:
    crisis = uow.crises.with_guest_mail(mail.bounced)
    if crisis is None:
        log.info("bounce_of_nothing_known")
        return
    guest_mail.bounced(crisis, mail.bounced, code=mail.status or NO_STATUS, at=now)


def _by_address(uow: UnitOfWork, sender: str, now: datetime) -> Crisis | None:
    """The newest crisis whose member has this address."""
    since = now - WATCHED_FOR
    crises = uow.crises.of(uow.crises.communities(closed_since=since), closed_since=since)
    return next((c for c in reversed(crises) if sender and sender in _addresses(c)), None)


def _whose(crisis: Crisis, mail: Arrived) -> MemberId:
    """Whom the e-mail that it answers was for; else whose address it is."""
    answered = [crisis.draft(sent.draft).member for sent in crisis.mailings if sent.token in mail.tokens]
    return (answered or [_addresses(crisis).get(mail.sender, FIRST)])[0]


def _addresses(crisis: Crisis) -> dict[str, MemberId]:
    """Every address that is a member's, for all we know."""
    sent = {mail.address.casefold(): crisis.draft(mail.draft).member for mail in crisis.mailings}
    right = (c for c in crisis.contacts.found if c.means is Means.EMAIL and c.wrong_at is None)
    return sent | {contact.value.casefold(): contact.member for contact in right}


def _alert(uow: UnitOfWork, guide: Guide, mail: Arrived, now: datetime) -> None:
    """Nobody's: those who moderate read it, and decide."""
    account = WITHHELD if mail.withheld else f"{MAILTO}{mail.sender}"
    lately = uow.alerts.raised_since(now - alerts.COUNTED_FOR)
    if sum(alert.account == account for alert in lately) >= alerts.MOST:
        log.warning("too_many_mails_of_one_address")  # they stay in the mailbox
        return
    alert = Alert(
        id=mail.key.removeprefix("mail:")[:16],
        community="",
        raised_by=masked_email(mail.sender) if mail.sender.rpartition("@")[0] else "",
        text=storable(mail.text),
        link="",
        raised_at=now,
        account=account,
    )
    alerts.put(uow, guide, alert, now=now)
