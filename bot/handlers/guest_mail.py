"""E-mails to guests: their link and their codes, and what became of them.

What an e-mail says secretly lies, sealed, in its row of the outbox until the row is done with.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from bot.domain import guest_codes, guests
from bot.domain.crisis import Crisis
from bot.domain.guest_codes import GuestCode
from bot.domain.guests import Guest
from bot.domain.ids import Platform
from bot.domain.states import MailStatus
from bot.domain.subjects import guest_subject
from bot.guide import Guide
from bot.handlers.mail import TOKEN_LENGTH
from bot.plan.model import Person
from bot.ports import Ambiguous, DirectPlace, Email, GatewayError
from bot.store import CardKind, Outgoing, Task, UnitOfWork
from bot.views.guest_mail import code_mail, link_mail
from bot.views.scene import Scene

GUEST_MAILS = frozenset({CardKind.GUEST_LINK_MAIL, CardKind.GUEST_CODE_MAIL})


def mail_token(secret: str) -> str:
    """A name for an e-mail that tells nothing of what it holds."""
    return sha256(f"mail:{secret}".encode()).hexdigest()[:TOKEN_LENGTH]


def send_link(uow: UnitOfWork, crisis: Crisis, guest: Guest, address: str, *, at: datetime) -> None:
    """By the outbox; `address` holds the secret."""
    row = _row(crisis, guest, CardKind.GUEST_LINK_MAIL, at)
    uow.outbox.put([replace(row, ordinal=_ordinal(guest.mail_token), text=address)])


def send_code(
    uow: UnitOfWork, crisis: Crisis, guest: Guest, code: str, *, mail_token: str, at: datetime
) -> None:
    row = _row(crisis, guest, CardKind.GUEST_CODE_MAIL, at)
    uow.outbox.put([replace(row, ordinal=_ordinal(mail_token), text=code)])


def _row(crisis: Crisis, guest: Guest, kind: CardKind, at: datetime) -> Outgoing:
    subject = guest_subject(crisis, guest.person)
    return Outgoing(
        id=0,
        task=Task.MAIL,
        kind=kind,
        platform=Platform.WEB,
        subject=subject,
        crisis=crisis.id,
        place=DirectPlace(Platform.WEB, guest.person),
        lane=f"{kind}:{subject}",
        at=at,
    )


def guest_email(row: Outgoing, uow: UnitOfWork, guide: Guide, *, now: datetime) -> Email | None:
    """What a row says; None once the link opens nothing any more, or another code was sent."""
    found = _current(row, uow)
    if found is None or not guests.works(*found, now=now):
        return None
    crisis, guest = found
    to = guide.with_guests(crisis).plan.people.get(guest.person)
    if to is None or not to.email:
        return None
    scene = _scene(crisis, uow, guide.with_guests(crisis), to, now)
    if row.kind is CardKind.GUEST_LINK_MAIL:
        subject, text = link_mail(scene, guest, address=row.text)
        token = guest.mail_token or ""
    else:
        code = _code(crisis, guest, row)
        if code is None or now >= code.made_at + guest_codes.LASTS:
            return None
        subject, text = code_mail(scene, guest, code=row.text)
        token = code.mail_token
    return Email(to=to.email, subject=subject, text=text, token=token, locale=scene._.locale, at=now)


def _scene(crisis: Crisis, uow: UnitOfWork, guide: Guide, to: Person, now: datetime) -> Scene:
    """As the guest sees it, in their language and zone."""
    return Scene(
        crisis=crisis,
        guide=guide,
        planned=partial(uow.reminders.of, crisis.id),
        now=now,
        _=guide.translator_for(to.id),
        zone=to.timezone,
        platform=Platform.WEB,
        reader=to.id,
    )


def taken(uow: UnitOfWork, row: Outgoing, *, at: datetime) -> None:
    """The mail server has it."""
    found = _current(row, uow)
    if found is not None and row.kind is CardKind.GUEST_LINK_MAIL:
        guests.sent(*found, at=at)


def not_taken(uow: UnitOfWork, row: Outgoing, error: GatewayError, *, lasting: bool, at: datetime) -> None:
    """`lasting`: it is not tried again by itself."""
    found = _current(row, uow)
    if found is None:
        return
    status = MailStatus.REFUSED if lasting else MailStatus.SENDING
    if isinstance(error, Ambiguous):
        status = MailStatus.UNCERTAIN
    of_code = row.kind is CardKind.GUEST_CODE_MAIL
    guests.mail_failed(*found, status, code=error.code, of_code=of_code, at=at)


def bounced(crisis: Crisis, token: str, *, code: str, at: datetime) -> None:
    """It came back after the server had taken it."""
    links = {c.link for c in crisis.guest_codes if c.mail_token == token}
    for guest in crisis.guests:
        if guest.token_hash in links or guest.mail_token == token:
            of_code = guest.mail_token != token
            guests.mail_failed(crisis, guest, MailStatus.REFUSED, code=code, of_code=of_code, at=at)


def _current(row: Outgoing, uow: UnitOfWork) -> tuple[Crisis, Guest] | None:
    """The crisis and the guest of a row; None where another link, or another code, came since."""
    crisis = uow.crises.get(row.crisis) if row.crisis else None
    if crisis is None or not isinstance(row.place, DirectPlace):
        return None
    guest = guests.guest_of(crisis, row.place.person)
    if guest is None:
        return None
    if row.kind is CardKind.GUEST_CODE_MAIL:
        return (crisis, guest) if _code(crisis, guest, row) else None
    return (crisis, guest) if _ordinal(guest.mail_token) == row.ordinal else None


def _code(crisis: Crisis, guest: Guest, row: Outgoing) -> GuestCode | None:
    code = guest_codes.newest(crisis, guest.token_hash or "")
    return code if code is not None and _ordinal(code.mail_token) == row.ordinal else None


def _ordinal(mail_token: str | None) -> int:
    """One of its own for each e-mail, within 63 bits."""
    return int((mail_token or "0")[:15], 16)
