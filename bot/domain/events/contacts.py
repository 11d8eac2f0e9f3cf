"""How the member can be reached: looked for, found, read, wrong. No event holds the contact itself."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened, OfMember
from bot.domain.roster import Role
from bot.domain.states import Confidence, Means, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSearchAsked(Happened):
    """Whoever holds `role` looks for the member's contacts; `search` counts from 1."""

    search: int
    role: Role
    kind: Literal["contact_search_asked"] = "contact_search_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSearchOverdue(Happened):
    """`step` 1 reminds whoever looks, 2 passes it to the deputy, 3 tells the managers."""

    search: int
    step: int
    kind: Literal["contact_search_overdue"] = "contact_search_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSearchEnded(Happened):
    """`found`: how many contacts there are now; `reason` says why there is none, or why the search ends."""

    search: int
    found: int
    reason: str
    kind: Literal["contact_search_ended"] = "contact_search_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSearchStopped(Happened):
    """It is no longer so grave that contacts are looked for."""

    search: int
    kind: Literal["contact_search_stopped"] = "contact_search_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFound(OfMember):
    contact: int
    means: Means
    source: Source
    confidence: Confidence
    kind: Literal["contact_found"] = "contact_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsShown(OfMember):
    """Somebody asked for these contacts and was shown them whole."""

    contacts: tuple[int, ...]
    kind: Literal["contacts_shown"] = "contacts_shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWrong(OfMember):
    """It leads to nobody, or to somebody else: a letter came back, an e-mail bounced."""

    contact: int
    means: Means
    reason: str
    kind: Literal["contact_wrong"] = "contact_wrong"
