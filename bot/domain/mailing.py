"""A released text on its way by e-mail: sent by a person's press, never twice by a machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain import members, sending
from bot.domain.errors import Code, Refused
from bot.domain.events import MailAsked, MailDelayed, MailNotGone, MailRefused, MailUncertain
from bot.domain.serious_news import check_may_write
from bot.domain.states import CrisisStatus, DispatchStatus, MailStatus, Route

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId

SUBJECT_LIMIT = 120
"""Characters: what a telephone shows of a subject is far shorter."""

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30))
"""Between two tries that a server put off; the last is repeated. RFC 5321, 4.5.4.1, asks for 30 minutes.

A first try after one minute passes most greylists early, and someone waits for this text.
"""

PATIENCE = timedelta(hours=6)
"""After so long it counts as refused: somebody chooses another way. RFC 5321 would wait for days."""

WRONG_ADDRESS = "5.1."
"""Statuses of an address that is wrong or moved (RFC 3463, 3.2)."""

STOPPED_BY_NEWS = "serious_news"
"""In the place of a server's code: it was on its way when every message was stopped."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """One e-mail to the member. `token` stands in its Message-ID and its Reply-To.

    `tries` counts those that certainly sent nothing; `at` is the hour of the last word on it.
    """

    number: int
    draft: int
    address: str
    subject: str
    token: str
    asked_by: PersonId
    asked_at: datetime
    status: MailStatus = MailStatus.SENDING
    tries: int = 0
    at: datetime | None = None
    again_at: datetime | None = None
    code: str = ""


def ask(
    crisis: Crisis, number: int, *, address: str, subject: str, token: str, by: PersonId, at: datetime
) -> Mailing:
    """Somebody sends a released text. Raises `absent`, `already_done` (gone, or under way)."""
    crisis.check_not_closed()
    check_may_write(crisis)
    dispatch = sending.dispatch(crisis, number, Route.EMAIL)
    if dispatch.status not in {DispatchStatus.WAITING, DispatchStatus.REFUSED}:
        raise Refused(Code.ALREADY_DONE)
    mailing = Mailing(len(crisis.mailings) + 1, number, address, subject, token, by, at)
    crisis.mailings += (mailing,)
    sending.put(crisis, replace(dispatch, status=DispatchStatus.SENDING, by=by, at=at, note=""))
    crisis.record(MailAsked(at=at, by=by, draft=number, mail=mailing.number))
    return mailing


def find(crisis: Crisis, number: int) -> Mailing:
    """Raises `absent`."""
    for mailing in crisis.mailings:
        if mailing.number == number:
            return mailing
    raise Refused(Code.ABSENT)


def last_of(crisis: Crisis, draft: int) -> Mailing | None:
    """The newest e-mail of a text."""
    return next((m for m in reversed(crisis.mailings) if m.draft == draft), None)


def may_go(crisis: Crisis, mailing: Mailing) -> bool:
    """Whether it is still to be sent at this moment."""
    held = crisis.status is CrisisStatus.CLOSED or crisis.silenced_at is not None
    return mailing.status is MailStatus.SENDING and not held


def went(crisis: Crisis, mailing: Mailing, *, proof: str, by: PersonId, at: datetime) -> None:
    """The server took it, or somebody saw that it has gone."""
    if mailing.status in {MailStatus.SENT, MailStatus.REFUSED}:
        return
    _put(crisis, replace(mailing, status=MailStatus.SENT, at=at, again_at=None))
    dispatch = sending.dispatch(crisis, mailing.draft, Route.EMAIL)
    sending.put(crisis, replace(dispatch, status=DispatchStatus.WAITING))
    sending.use_route(crisis, mailing.draft, Route.EMAIL, by=by, proof=proof, at=at)


def put_off(crisis: Crisis, mailing: Mailing, *, code: str, at: datetime) -> datetime | None:
    """Nothing was done: when it is tried again, None once it has waited too long."""
    again_at = at + DELAYS[min(mailing.tries, len(DELAYS) - 1)]
    if again_at > mailing.asked_at + PATIENCE:
        refuse(crisis, mailing, code=code, at=at)
        return None
    _put(crisis, replace(mailing, tries=mailing.tries + 1, at=at, again_at=again_at, code=code))
    crisis.record(MailDelayed(at=at, draft=mailing.draft, mail=mailing.number, code=code, again_at=again_at))
    return again_at


def refuse(crisis: Crisis, mailing: Mailing, *, code: str, at: datetime, wrong_address: bool = False) -> None:
    """It did not go: another address, or another way, is for a person to choose."""
    _stand(crisis, mailing, MailStatus.REFUSED, DispatchStatus.REFUSED, code=code, at=at)
    crisis.record(
        MailRefused(at=at, draft=mailing.draft, mail=mailing.number, code=code, wrong_address=wrong_address)
    )


def bounce(crisis: Crisis, mailing: Mailing, *, code: str, at: datetime) -> None:
    """It came back, after the server had taken it: the reply has not reached the member."""
    dispatch = sending.dispatch(crisis, mailing.draft, Route.EMAIL)
    if mailing.status is MailStatus.REFUSED or last_of(crisis, mailing.draft) != mailing:
        return
    if dispatch.status is DispatchStatus.USED and crisis.status is CrisisStatus.REPLIED:
        crisis.status = CrisisStatus.OPEN
    for who in members.addressees(crisis, crisis.draft(mailing.draft)):
        if dispatch.status is DispatchStatus.USED and who.anchored_at == dispatch.at:
            members.put(crisis, replace(who, anchored_at=None))  # no word of ours has reached them
    refuse(crisis, mailing, code=code, wrong_address=code.startswith(WRONG_ADDRESS), at=at)


def unsure(crisis: Crisis, mailing: Mailing, *, at: datetime) -> None:
    """Nobody knows whether it has gone: it is asked, not sent again."""
    _stand(crisis, mailing, MailStatus.UNCERTAIN, DispatchStatus.UNCERTAIN, code="", at=at)
    crisis.record(MailUncertain(at=at, draft=mailing.draft, mail=mailing.number))


def not_gone(crisis: Crisis, mailing: Mailing, *, by: PersonId, at: datetime) -> None:
    """Somebody saw that it did not go: it may be sent anew."""
    _stand(crisis, mailing, MailStatus.REFUSED, DispatchStatus.REFUSED, code="", at=at)
    crisis.record(MailNotGone(at=at, by=by, draft=mailing.draft, mail=mailing.number))


def to_judge(crisis: Crisis, number: int) -> Mailing:
    """The e-mail that somebody says the truth about. Raises `absent`, `already_done`."""
    mailing = find(crisis, number)
    if mailing.status is not MailStatus.UNCERTAIN:
        raise Refused(Code.ALREADY_DONE)
    return mailing


def hold(crisis: Crisis, mailing: Mailing, *, at: datetime) -> None:
    """Closed, or silent after serious news: it is not tried again by itself, somebody may send it anew."""
    if mailing.status is MailStatus.SENDING:
        _stand(crisis, mailing, MailStatus.STOPPED, DispatchStatus.REFUSED, code="", at=at)


def stop(crisis: Crisis, draft: int, *, at: datetime) -> None:
    """The text does not go this way after all: what waits for its next try is not tried again."""
    mailing = last_of(crisis, draft)
    if mailing is not None and mailing.status is MailStatus.SENDING:
        _put(crisis, replace(mailing, status=MailStatus.STOPPED, at=at, again_at=None))


def _stand(
    crisis: Crisis,
    mailing: Mailing,
    status: MailStatus,
    dispatch: DispatchStatus,
    *,
    code: str,
    at: datetime,
) -> None:
    if _is_of(crisis, mailing):
        old = sending.dispatch(crisis, mailing.draft, Route.EMAIL)
        sending.put(crisis, replace(old, status=dispatch, at=at))
    _put(crisis, replace(mailing, status=status, at=at, again_at=None, code=code))


def _is_of(crisis: Crisis, mailing: Mailing) -> bool:
    """Whether the way waits for this e-mail, or was used by it.

    One that was excused or opened again meanwhile does not: what is heard of an old one would send another.
    """
    way = sending.dispatch(crisis, mailing.draft, Route.EMAIL)
    waits = way.status in {DispatchStatus.SENDING, DispatchStatus.UNCERTAIN}
    used = way.status is DispatchStatus.USED and mailing.status is MailStatus.SENT
    return last_of(crisis, mailing.draft) == mailing and (waits or used)


def _put(crisis: Crisis, new: Mailing) -> None:
    crisis.mailings = tuple(new if m.number == new.number else m for m in crisis.mailings)
