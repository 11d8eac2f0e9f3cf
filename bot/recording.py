"""What the relay writes down after each call, and when it tries again."""

import random
from datetime import datetime, timedelta

from bot.carrying import Outcome
from bot.handlers import delivery, guest_mail, mail_delivery
from bot.ports import Ambiguous, Denied, GatewayError, Gone, RateLimited
from bot.store import CardKind, Outgoing, Task, UnitOfWork

FIRST_DELAY = timedelta(milliseconds=500)
LONGEST_DELAY = timedelta(minutes=1)
DENIED_DELAY = timedelta(minutes=5)
PATIENCE = 6
"""Tries, half a minute, after which a platform counts as lost; it is still tried."""

LASTING = 20
LASTING_WAIT = timedelta(minutes=15)
"""Tries, about a quarter of an hour, after which the room and the opener are told; it is still tried.

Sooner, a card on the platform that fails would arrive when the fault is over.
"""

LIST_REST = timedelta(seconds=5)
"""Between two drawings of somebody's list: each reads every crisis that may want something of them."""

ROOM_PATIENCE = 2
ROOM_WAIT = timedelta(seconds=3)
"""People are called without a room when it fails this often, or would take this much longer."""


def record(uow: UnitOfWork, outcome: Outcome, *, now: datetime) -> None:
    """Write down one outcome."""
    if outcome.job.row.task is Task.MAIL and outcome.job.row.kind is None:
        _mailed(uow, outcome, now)
        return
    if outcome.job.row.kind in guest_mail.GUEST_MAILS:
        _mailed_to_guest(uow, outcome, now)
        return
    if outcome.error is not None:
        _failed(uow, outcome.job.row, outcome.error, now)
        return
    row = outcome.job.row
    match row.task:
        case Task.CREATE_ROOM if outcome.created is not None:
            delivery.room_created(uow, row, outcome.created, at=now)
        case Task.RENAME if outcome.created is not None:
            delivery.room_renamed(uow, row, outcome.created)
        case Task.INVITE:
            delivery.invited(uow, row, outcome.job.people, outcome.not_invited, at=now)
        case Task.ARCHIVE:
            delivery.archived(uow, row, at=now)
        case Task.CARD if outcome.message is not None:
            delivery.card_shown(uow, row, at=now)
        case _:
            pass
    if row.attempts > 1 and not outcome.job.says_nothing:
        delivery.arrived_at_last(uow, row, at=now)
    rests_until = now + LIST_REST if row.kind is CardKind.WAITING else None
    uow.outbox.delivered(row.id, shown=row.wanted, message=outcome.message, rests_until=rests_until)


def _mailed(uow: UnitOfWork, outcome: Outcome, now: datetime) -> None:
    """A try that sent nothing is not counted: the next one is a first try again."""
    row, again = outcome.job.row, None
    if outcome.error is not None:
        again = mail_delivery.not_taken(uow, row, outcome.error, at=now)
    elif outcome.taken:
        mail_delivery.taken(uow, row, outcome.taken, at=now)
    else:
        mail_delivery.held(uow, row, at=now)
    if again is not None:
        uow.outbox.postpone(row.id, not_before=again)
    else:
        uow.outbox.delivered(row.id, shown=row.wanted, message=None)


def _mailed_to_guest(uow: UnitOfWork, outcome: Outcome, now: datetime) -> None:
    """What the e-mail says secretly ends with its row. The cell is told what does not arrive, or not soon."""
    row, error = outcome.job.row, outcome.error
    if error is None:
        if outcome.taken:
            guest_mail.taken(uow, row, at=now)
        uow.outbox.delivered(row.id, shown=row.wanted, message=None)
        uow.outbox.forget(row.id)
        return
    lasting = isinstance(error, Denied | Gone) or _perhaps_gone_twice(row, error)
    if lasting or row.attempts == PATIENCE:
        guest_mail.not_taken(uow, row, error, lasting=lasting, at=now)
    if lasting:
        uow.outbox.fail(row.id)
        uow.outbox.forget(row.id)
    else:
        uow.outbox.retry(row.id, not_before=now + _delay(row, error))


def _failed(uow: UnitOfWork, row: Outgoing, error: GatewayError, now: datetime) -> None:
    if row.task is Task.CREATE_ROOM and _room_takes_long(row, error):
        delivery.room_delayed(uow, row, error.code, at=now)
    refused = isinstance(error, Denied | Gone) and row.task is not Task.CREATE_ROOM
    if refused or _perhaps_gone_twice(row, error):
        uow.outbox.fail(row.id)
        delivery.failed(uow, row, error.code, lasting=True, at=now)
        return
    if isinstance(error, RateLimited):
        again = now + timedelta(seconds=error.retry_after)
        if _waits_long(row, now, again):
            delivery.failed(uow, row, error.code, lasting=True, at=now)
        uow.outbox.postpone(row.id, not_before=again)
        return
    if row.attempts == PATIENCE and isinstance(error, Denied):
        delivery.failed(uow, row, error.code, lasting=True, at=now)
    elif row.attempts == PATIENCE:
        delivery.unreached(uow, row, error.code, at=now)
    elif row.attempts == LASTING and not isinstance(error, Denied):
        delivery.failed(uow, row, error.code, lasting=True, at=now)
    uow.outbox.retry(row.id, not_before=now + _delay(row, error))


def _perhaps_gone_twice(row: Outgoing, error: GatewayError) -> bool:
    """A notice is sent once more where it has perhaps gone: somebody may have read it each time."""
    return row.task is Task.MAIL and isinstance(error, Ambiguous) and row.attempts > 1


def _room_takes_long(row: Outgoing, error: GatewayError) -> bool:
    if isinstance(error, RateLimited):
        return error.retry_after > ROOM_WAIT.total_seconds()
    return isinstance(error, Denied) or row.attempts >= ROOM_PATIENCE


def _waits_long(row: Outgoing, now: datetime, again: datetime) -> bool:
    """Whether this postponement makes the wait a lasting one: limits count no tries, and it is told once.

    `row.at` says nothing about how long an edit waits.
    """
    return not row.shown and now <= row.at + LASTING_WAIT < again


def _delay(row: Outgoing, error: GatewayError) -> timedelta:
    """Doubled at each try, with jitter so that a recovering platform is not met by all at once."""
    if isinstance(error, Denied):
        return DENIED_DELAY
    doubled: timedelta = FIRST_DELAY * 2 ** min(row.attempts - 1, 10)
    return timedelta(seconds=min(doubled, LONGEST_DELAY).total_seconds() * random.uniform(0.8, 1.2))  # noqa: S311  (no secret hangs on it)
