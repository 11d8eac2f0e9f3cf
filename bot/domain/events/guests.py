"""Links that let somebody without a seat into one crisis."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import MailStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkMade(Happened):
    """An earlier link of the same person ended with this. Else than `by_mail` it is handed on by hand."""

    person: PersonId
    role: Role
    until: datetime
    by_mail: bool = False
    kind: Literal["guest_link_made"] = "guest_link_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkOpened(Happened):
    """For the first time."""

    person: PersonId
    kind: Literal["guest_link_opened"] = "guest_link_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkRevoked(Happened):
    person: PersonId
    kind: Literal["guest_link_revoked"] = "guest_link_revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLinkSent(Happened):
    """The mail server has it."""

    person: PersonId
    kind: Literal["guest_link_sent"] = "guest_link_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestMailFailed(Happened):
    """An e-mail with a link, or a code, was refused, has perhaps gone, or (`sending`) does not go for now.

    `code` is the server's word.
    """

    person: PersonId
    status: MailStatus
    code: str
    of_code: bool = False
    kind: Literal["guest_mail_failed"] = "guest_mail_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestCodeAsked(Happened):
    person: PersonId
    kind: Literal["guest_code_asked"] = "guest_code_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestCodeSpent(Happened):
    """Too many wrong ones were typed: whoever holds the link does not read the mailbox."""

    person: PersonId
    kind: Literal["guest_code_spent"] = "guest_code_spent"
