"""What became of an e-mail that was handed over, or was to be."""

from datetime import datetime

from bot.domain import contacts, mailing
from bot.domain.crisis import Crisis
from bot.domain.mailing import Mailing
from bot.domain.states import MailStatus, Means
from bot.domain.subjects import draft_subject
from bot.ports import Ambiguous, Denied, Email, GatewayError, Gone
from bot.store import CardKind, Outgoing, UnitOfWork


def email_of(row: Outgoing, uow: UnitOfWork, *, now: datetime) -> Email | None:
    """What a row sends; None for what is not to go any more."""
    crisis, mail = _mail(row, uow)
    if not mailing.may_go(crisis, mail):
        return None
    return Email(
        to=mail.address,
        subject=mail.subject,
        text=crisis.draft(mail.draft).current.text,
        token=mail.token,
        locale=crisis.locale,
        at=now,
    )


def taken(uow: UnitOfWork, row: Outgoing, code: str, *, at: datetime) -> None:
    """The mail server has it."""
    crisis, mail = _mail(row, uow)
    mailing.went(crisis, mail, proof=f"SMTP {code}", by=mail.asked_by, at=at)


def held(uow: UnitOfWork, row: Outgoing, *, at: datetime) -> None:
    """It was not to go any more. One that an earlier try may have sent is asked about all the same."""
    crisis, mail = _mail(row, uow)
    if row.attempts > 1 and mail.status in {MailStatus.SENDING, MailStatus.STOPPED}:
        mailing.unsure(crisis, mail, at=at)
    mailing.hold(crisis, mailing.find(crisis, mail.number), at=at)
    uow.outbox.refresh(CardKind.DRAFT, draft_subject(crisis, mail.draft), at=at)


def not_taken(uow: UnitOfWork, row: Outgoing, error: GatewayError, *, at: datetime) -> datetime | None:
    """When it is tried again; None when it is not."""
    crisis, mail = _mail(row, uow)
    if isinstance(error, Ambiguous) and mail.status is MailStatus.STOPPED:
        mailing.unsure(crisis, mail, at=at)  # the way was excused while the server thought
    if mail.status is not MailStatus.SENDING:
        return None
    match error:
        case Ambiguous():
            mailing.unsure(crisis, mail, at=at)
        case Denied() | Gone():
            wrong = isinstance(error, Gone)
            mailing.refuse(crisis, mail, code=error.code, wrong_address=wrong, at=at)
            if wrong:
                mark_wrong(crisis, mail, code=error.code, at=at)
        case _:
            return mailing.put_off(crisis, mail, code=error.code, at=at)
    return None


def mark_wrong(crisis: Crisis, mail: Mailing, *, code: str, at: datetime) -> None:
    """Nothing more goes to an address that does not exist."""
    for contact in contacts.usable(crisis, Means.EMAIL, member=crisis.draft(mail.draft).member):
        if contact.value.casefold() == mail.address.casefold():
            contacts.mark_wrong(crisis, contact.number, reason=f"SMTP {code}", by=None, at=at)


def _mail(row: Outgoing, uow: UnitOfWork) -> tuple[Crisis, Mailing]:
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    if crisis is None:
        raise LookupError(row.crisis)
    return crisis, mailing.find(crisis, int(row.subject.rpartition(".m")[2]))
