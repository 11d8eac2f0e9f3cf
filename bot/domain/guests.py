"""Guests: people without a seat on the platforms, let into one crisis by a link to a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import (
    GuestLinkMade,
    GuestLinkOpened,
    GuestLinkRevoked,
    GuestLinkSent,
    GuestMailFailed,
)
from bot.domain.states import CrisisStatus, MailStatus, Presence

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.roster import Role

LASTS = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Guest:
    """One guest and the link that is theirs now; `token_hash` is None once it is revoked.

    `name` and `email` are empty for a person of the plan. `mail` is where the e-mail with the link stands,
    None for one handed on by hand; `refused` stays until another is sent. `mail_token`: what its Message-ID
    bears. `with_code`: a browser that is not known yet asks for a one-time code.
    """

    person: PersonId
    role: Role
    made_by: PersonId
    expires_at: datetime
    token_hash: str | None
    name: str = ""
    email: str = ""
    opened_at: datetime | None = None
    mail: MailStatus | None = None
    mail_token: str | None = None
    with_code: bool = False


def hash_of(token: str) -> str:
    """What is kept of a link's secret: its SHA-256, in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def guest_of(crisis: Crisis, person: PersonId) -> Guest | None:
    """What is known of somebody as a guest here."""
    return next((guest for guest in crisis.guests if guest.person == person), None)


def is_invited(crisis: Crisis, person: PersonId) -> bool:
    """Whether somebody is here as a guest whom the plan does not name."""
    return any(guest.person == person and guest.name for guest in crisis.guests)


def works(crisis: Crisis, guest: Guest, *, now: datetime) -> bool:
    """Whether a guest's link still opens the crisis: not once it is closed, nor when the role is gone."""
    holds = any(a.person == guest.person and a.role is guest.role for a in crisis.assignments)
    live = guest.token_hash is not None and now < guest.expires_at
    return live and holds and crisis.status is not CrisisStatus.CLOSED


def admitted(crisis: Crisis, token_hash: str, *, now: datetime) -> Guest | None:
    """Whom a link lets in."""
    return next((g for g in crisis.guests if g.token_hash == token_hash and works(crisis, g, now=now)), None)


def give_link(crisis: Crisis, guest: Guest, *, by: PersonId | None, at: datetime) -> None:
    """From now on this is the guest's only link. A role given with an earlier one ends with it."""
    earlier = guest_of(crisis, guest.person)
    if earlier is not None and earlier.role is not guest.role:
        crisis.assignments = tuple(
            a for a in crisis.assignments if (a.person, a.role) != (earlier.person, earlier.role)
        )
    crisis.guests = (*(g for g in crisis.guests if g is not earlier), guest)
    crisis.record(
        GuestLinkMade(
            at=at,
            by=by,
            person=guest.person,
            role=guest.role,
            until=guest.expires_at,
            by_mail=guest.mail is MailStatus.SENDING,
        )
    )


def sent(crisis: Crisis, guest: Guest, *, at: datetime) -> None:
    """The mail server has the link."""
    _replace(crisis, guest, replace(guest, mail=MailStatus.SENT))
    crisis.record(GuestLinkSent(at=at, person=guest.person))


def mail_failed(
    crisis: Crisis, guest: Guest, status: MailStatus, *, code: str, of_code: bool, at: datetime
) -> None:
    """An e-mail to the guest was refused or came back, has perhaps gone, or does not go for now."""
    if guest.mail is MailStatus.REFUSED:
        return
    if not of_code or status is MailStatus.REFUSED:
        _replace(crisis, guest, replace(guest, mail=status))
    crisis.record(GuestMailFailed(at=at, person=guest.person, status=status, code=code, of_code=of_code))


def enter(crisis: Crisis, token_hash: str, *, at: datetime) -> Guest | None:
    """Somebody comes in by a link; the first time is noted."""
    guest = admitted(crisis, token_hash, now=at)
    if guest is not None and guest.opened_at is None:
        _replace(crisis, guest, replace(guest, opened_at=at))
        crisis.record(GuestLinkOpened(at=at, by=guest.person, person=guest.person))
    return guest


def revoke(crisis: Crisis, person: PersonId, *, by: PersonId, at: datetime) -> tuple[Role, ...]:
    """End a link at once; the roles that are now without this person. Raises `already_done`."""
    guest = guest_of(crisis, person)
    if guest is None or guest.token_hash is None:
        raise Refused(Code.ALREADY_DONE)
    _replace(crisis, guest, replace(guest, token_hash=None))
    left = tuple(a for a in crisis.assignments if a.person == person and a.held)
    crisis.assignments = tuple(
        replace(a, presence=Presence.DECLINED, answered_at=at) if a in left else a for a in crisis.assignments
    )
    crisis.record(GuestLinkRevoked(at=at, by=by, person=person))
    return tuple(a.role for a in left)


def _replace(crisis: Crisis, old: Guest, new: Guest) -> None:
    crisis.guests = tuple(new if guest is old else guest for guest in crisis.guests)
