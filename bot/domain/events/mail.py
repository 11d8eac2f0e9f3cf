"""E-mails to the member. No event holds an address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened, OfMember


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAsked(Happened):
    """Somebody sent a released text by e-mail; `mail` counts the e-mails of the crisis."""

    draft: int
    mail: int
    kind: Literal["mail_asked"] = "mail_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDelayed(Happened):
    """The mail server did not take it; it is tried again. `code` is its answer, or what broke."""

    draft: int
    mail: int
    code: str
    again_at: datetime
    kind: Literal["mail_delayed"] = "mail_delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRefused(Happened):
    """It did not go and is not tried again; `wrong_address`: the server knows no such mailbox."""

    draft: int
    mail: int
    code: str
    wrong_address: bool
    kind: Literal["mail_refused"] = "mail_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailUncertain(Happened):
    """It has perhaps gone: the line broke, or Cellule stopped, before the server's answer was known."""

    draft: int
    mail: int
    kind: Literal["mail_uncertain"] = "mail_uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWrote(OfMember):
    """The member wrote back, by e-mail, or elsewhere, as somebody noted (`by`).

    `nth` counts their messages in this crisis; `raw` is the whole e-mail.

    `by_address`: it answers nothing of ours, the address alone made it known. `other_address`: it answers one
    of ours, from an address that is none of theirs for all we know.
    """

    nth: int
    by_address: bool
    raw: str
    other_address: bool = False
    kind: Literal["member_wrote"] = "member_wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotGone(Happened):
    """Somebody looked: it did not go."""

    draft: int
    mail: int
    kind: Literal["mail_not_gone"] = "mail_not_gone"
