"""A released text on paper: made on a person's press, printed and posted by a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain import contacts, sending
from bot.domain.errors import Code, Refused
from bot.domain.events import Event, LetterMade
from bot.domain.ids import PersonId
from bot.domain.serious_news import check_may_write
from bot.domain.states import DispatchStatus, Route

if TYPE_CHECKING:
    from bot.domain.contacts import Contact
    from bot.domain.crisis import Crisis

OPEN_FOR = timedelta(hours=1)
"""How long whoever made a letter may look at it; later they make it again, which is noted again."""

DATED_AHEAD = 3
"""Days: what is written on a Friday night is perhaps posted on the Monday."""

POSTED_WITHIN = 14
"""Days after which a posting is remembered too badly to be recorded."""

_TRACKING = re.compile(r"[A-Z0-9]{8,20}")
"""La Poste's own have 13 characters; those of other services have fewer or more."""


def make(crisis: Crisis, number: int, *, contact: int, day: date, by: PersonId, at: datetime) -> None:
    """Note that somebody makes the letter. It is kept nowhere: text and address make the same one again.

    Raises what `check_to_make` does, and `contact_absent`.
    """
    way = check_to_make(crisis, number)
    address(crisis, number, contact)
    sending.put(crisis, replace(way, by=by, at=at))
    crisis.record(LetterMade(at=at, by=by, draft=number, contact=contact, day=day))


def check_to_make(crisis: Crisis, number: int) -> sending.Dispatch:
    """The way that waits for a letter.

    Raises `absent` for a text that is not released or takes another way, `already_done`, `silenced`,
    `crisis_closed`.
    """
    crisis.check_not_closed()
    check_may_write(crisis)
    way = sending.dispatch(crisis, number, Route.LETTER)
    if way.status is not DispatchStatus.WAITING:
        raise Refused(Code.ALREADY_DONE)
    return way


def addresses(crisis: Crisis, number: int) -> tuple[Contact, ...]:
    """Where a letter with this text can go, to the member it is for: the surest first."""
    return contacts.for_route(crisis, Route.LETTER, crisis.draft(number).member)


def address(crisis: Crisis, number: int, contact: int) -> Contact:
    """Where the letter goes. Raises `contact_absent` for what is no address, doubtful, or found wrong."""
    for each in addresses(crisis, number):
        if each.number == contact:
            return each
    raise Refused(Code.CONTACT_ABSENT)


def to_look_at(
    events: Iterable[Event], *, draft: int, contact: int, person: PersonId, now: datetime
) -> LetterMade:
    """The letter that a person may look at: the last they made, within `OPEN_FOR`. Raises `absent`."""
    made = [e for e in events if isinstance(e, LetterMade) and (e.draft, e.contact) == (draft, contact)]
    mine = [e for e in made if e.by == person and now - e.at < OPEN_FOR]
    if not mine:
        raise Refused(Code.ABSENT)
    return mine[-1]


def tracking_number(typed: str) -> str:
    """As the post writes it, without blanks; empty where there is none. Raises `bad_value`."""
    number = "".join(typed.split()).upper()
    if number and not _TRACKING.fullmatch(number):
        raise Refused(Code.BAD_VALUE, field="tracking")
    return number
