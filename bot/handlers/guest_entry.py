"""A guest in front of the page: what their link asks of them, the code, and coming in."""

from datetime import datetime

from bot.domain import guest_codes, guests
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.guest_codes import GuestCode, Typed
from bot.domain.guests import Guest
from bot.handlers import guest_mail
from bot.store import UnitOfWork


def found(uow: UnitOfWork, token: str) -> tuple[Crisis, Guest] | None:
    """Whose link it is, whether or not it still opens anything; None for what is no guest's."""
    link = guests.hash_of(token)
    crisis = uow.crises.with_guest(link)
    guest = next((g for g in crisis.guests if g.token_hash == link), None) if crisis else None
    return (crisis, guest) if crisis and guest else None


def send_code(uow: UnitOfWork, token: str, *, code: str, mail_token: str, now: datetime) -> None:
    """A new code goes to the known address, in an e-mail of this name. Raises `absent`, `too_many_codes`."""
    crisis, guest = _admitted(uow, token, now)
    made = GuestCode(
        link=guests.hash_of(token),
        hash=guest_codes.hash_of(code, token),
        made_at=now,
        mail_token=mail_token,
    )
    guest_codes.add(crisis, guest, made)
    guest_mail.send_code(uow, crisis, guest, code, mail_token=mail_token, at=now)


def enter(uow: UnitOfWork, token: str, *, known: bool, now: datetime) -> bool:
    """Come in without a code: where none is asked, or by a browser that is `known` to this link."""
    whose = found(uow, token)
    if whose is None or (whose[1].with_code and not known):
        return False
    return guests.enter(whose[0], guests.hash_of(token), at=now) is not None


def enter_with(uow: UnitOfWork, token: str, typed: str, *, now: datetime) -> Typed:
    """Come in by a code. Raises `absent`."""
    crisis, guest = _admitted(uow, token, now)
    tried = guest_codes.try_code(crisis, guest, typed, token, at=now)
    if tried is Typed.RIGHT:
        guests.enter(crisis, guests.hash_of(token), at=now)
    return tried


def _admitted(uow: UnitOfWork, token: str, now: datetime) -> tuple[Crisis, Guest]:
    whose = found(uow, token)
    if whose is None or not guests.works(*whose, now=now):
        raise Refused(Code.ABSENT)
    return whose
