"""The one-time code at the first use of a guest's link: what reaches the known address, typed on the page."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import GuestCodeAsked, GuestCodeSpent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.guests import Guest

DIGITS = 6
LASTS = timedelta(minutes=10)
TRIES = 5
AT_MOST = 3
WITHIN = timedelta(hours=1)
"""So many codes for one link in so long: fifteen guesses an hour at a million."""


@dataclass(frozen=True, slots=True)
class GuestCode:
    """One code that was sent for one link. `link` is the link's hash; `mail_token` that of the e-mail.

    `hash` is keyed with the link's secret, which is kept nowhere: six digits alone are guessed at once.
    """

    link: str
    hash: str
    made_at: datetime
    mail_token: str
    tries: int = 0


class Typed(StrEnum):
    """What became of a typed code; after `spent` a new one must be asked for."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"


def code_of(below: Callable[[int], int]) -> str:
    """Six digits; `below` draws a number that nobody can guess."""
    return f"{below(10**DIGITS):0{DIGITS}}"


def hash_of(code: str, token: str) -> str:
    """What is kept of a code, by the secret of the link that it was asked with."""
    return hmac.new(token.encode(), code.encode(), sha256).hexdigest()


def newest(crisis: Crisis, link: str) -> GuestCode | None:
    """The only code that counts for a link: the one sent last."""
    return next((code for code in reversed(crisis.guest_codes) if code.link == link), None)


def add(crisis: Crisis, guest: Guest, code: GuestCode) -> None:
    """A new code is asked for; the one before it counts no more. Raises `too_many_codes`."""
    recent = tuple(c for c in crisis.guest_codes if c.made_at > code.made_at - WITHIN)
    if sum(c.link == code.link for c in recent) >= AT_MOST:
        raise Refused(Code.TOO_MANY_CODES)
    crisis.guest_codes = (*recent, code)
    crisis.record(GuestCodeAsked(at=code.made_at, by=guest.person, person=guest.person))


def try_code(crisis: Crisis, guest: Guest, typed: str, token: str, *, at: datetime) -> Typed:
    """Count the try; a right code works once."""
    code = newest(crisis, guest.token_hash or "")
    if code is None or code.tries >= TRIES or at >= code.made_at + LASTS:
        return Typed.SPENT
    if hmac.compare_digest(code.hash, hash_of(typed, token)):
        _put(crisis, code, replace(code, tries=TRIES))
        return Typed.RIGHT
    tried = replace(code, tries=code.tries + 1)
    _put(crisis, code, tried)
    if tried.tries < TRIES:
        return Typed.WRONG
    crisis.record(GuestCodeSpent(at=at, person=guest.person))
    return Typed.SPENT


def _put(crisis: Crisis, old: GuestCode, new: GuestCode) -> None:
    crisis.guest_codes = tuple(new if code is old else code for code in crisis.guest_codes)
