"""How the member can be reached, and the search for it. Where it may be looked for stands in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.cell import holders
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    ContactFound,
    ContactSearchAsked,
    ContactSearchEnded,
    ContactSearchOverdue,
    ContactSearchStopped,
    ContactsShown,
    ContactWrong,
)
from bot.domain.ids import FIRST, MemberId, PersonId
from bot.domain.roster import Role
from bot.domain.states import Confidence, Means, Route, Source

if TYPE_CHECKING:
    from bot.domain.crisis import Crisis

REMIND, DEPUTY, MANAGERS = 1, 2, 3
"""Steps of a search that nobody ends."""

ROUTES = {Means.EMAIL: Route.EMAIL, Means.ADDRESS: Route.LETTER}
"""The ways that a contact opens; a telephone and another account are for people."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to a member; `value` has the form of `contact_values.normal`.

    `wrong_at` is None while it may be used; `wrong_by` is None where a bounce said that it is wrong.
    """

    number: int
    means: Means
    value: str
    source: Source
    confidence: Confidence
    found_by: PersonId
    found_at: datetime
    wrong_by: PersonId | None = None
    wrong_at: datetime | None = None
    wrong_why: str = ""
    member: MemberId = FIRST


@dataclass(frozen=True, slots=True)
class Search:
    """Whoever holds `role` looks for contacts until `ended_at`; `step` is the last that was said.

    `stopped`: the level fell; it begins anew when that rises. `reason` says why nothing was found.
    """

    number: int
    role: Role
    asked_at: datetime
    step: int = 0
    ended_by: PersonId | None = None
    ended_at: datetime | None = None
    stopped: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """The members' contacts in the order in which they were found; the last search, for the first's."""

    found: tuple[Contact, ...] = ()
    search: Search | None = None


NO_CONTACTS = Contacts()


def usable(crisis: Crisis, means: Means | None = None, *, member: MemberId = FIRST) -> tuple[Contact, ...]:
    """A member's not known to be wrong, by one means or by all: the surest first, then the newest."""
    theirs = (c for c in crisis.contacts.found if c.member == member)
    right = [c for c in theirs if c.wrong_at is None and means in {None, c.means}]
    return tuple(sorted(right, key=lambda c: (list(Confidence).index(c.confidence), -c.number)))


def routes(crisis: Crisis, member: MemberId = FIRST) -> tuple[Route, ...]:
    """The ways that the contacts open; a doubtful one opens none: a stranger would read the reply."""
    return tuple(route for route in Route if for_route(crisis, route, member))


def for_route(crisis: Crisis, route: Route, member: MemberId = FIRST) -> tuple[Contact, ...]:
    """Where a text can go by this way: the surest first."""
    right = (c for c in usable(crisis, member=member) if ROUTES.get(c.means) is route)
    return tuple(c for c in right if c.confidence is not Confidence.DOUBTFUL)


def known_since(crisis: Crisis, route: Route, member: MemberId = FIRST) -> datetime:
    """When the first of those was found; there is one."""
    return min(c.found_at for c in for_route(crisis, route, member))


def find(crisis: Crisis, number: int) -> Contact:
    """Raises `absent`."""
    for contact in crisis.contacts.found:
        if contact.number == number:
            return contact
    raise Refused(Code.ABSENT)


def add(
    crisis: Crisis,
    *,
    means: Means,
    value: str,
    source: Source,
    confidence: Confidence,
    by: PersonId,
    at: datetime,
    member: MemberId = FIRST,
) -> Contact:
    """Keep a contact; a closed crisis takes one, too: follow-ups go on. Raises `contact_known`."""
    if any(c.value.casefold() == value.casefold() for c in usable(crisis, means, member=member)):
        raise Refused(Code.CONTACT_KNOWN, field="value")
    number = len(crisis.contacts.found) + 1
    contact = Contact(number, means, value, source, confidence, by, at, member=member)
    crisis.contacts = replace(crisis.contacts, found=(*crisis.contacts.found, contact))
    crisis.record(
        ContactFound(
            at=at,
            by=by,
            contact=number,
            means=means,
            source=source,
            confidence=confidence,
            member=member,
        )
    )
    return contact


def mark_wrong(crisis: Crisis, number: int, *, reason: str, by: PersonId | None, at: datetime) -> None:
    """Nothing goes there any more; `by` is None for a bounce.

    Raises `absent`, `already_done`, `reason_needed`.
    """
    old = find(crisis, number)
    if old.wrong_at is not None:
        raise Refused(Code.ALREADY_DONE)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    new = replace(old, wrong_by=by, wrong_at=at, wrong_why=reason.strip())
    found = tuple(new if c is old else c for c in crisis.contacts.found)
    crisis.contacts = replace(crisis.contacts, found=found)
    crisis.record(
        ContactWrong(at=at, by=by, contact=number, means=old.means, reason=reason.strip(), member=old.member)
    )


def show(crisis: Crisis, contacts: Sequence[Contact], *, by: PersonId, at: datetime) -> None:
    """Note that somebody reads these. Raises `contact_absent` where there are none."""
    if not contacts:
        raise Refused(Code.CONTACT_ABSENT)
    numbers = tuple(sorted(c.number for c in contacts))
    crisis.record(ContactsShown(at=at, by=by, contacts=numbers, member=contacts[0].member))


def under_way(crisis: Crisis) -> Search | None:
    """The search that nobody has ended yet."""
    search = crisis.contacts.search
    return search if search is not None and search.ended_at is None else None


def to_search(crisis: Crisis) -> bool:
    """Whether a search shall begin, where it is grave enough: there was none, it was stopped meanwhile.

    Or all that it had found is wrong.
    """
    search = crisis.contacts.search
    if search is None or search.stopped:
        return True
    return search.ended_at is not None and not search.reason and not usable(crisis)


def searcher(crisis: Crisis) -> PersonId | None:
    """Who looks: whoever holds the role first; once its time has passed, whoever was called for it last."""
    search = under_way(crisis)
    here = [a.person for a in holders(crisis, search.role)] if search else []
    if search is None or not here:
        return None
    return here[-1] if search.step >= DEPUTY else here[0]


def ask_search(crisis: Crisis, *, role: Role, at: datetime) -> None:
    """Give the search to a role."""
    before = crisis.contacts.search
    search = Search(before.number + 1 if before else 1, role, at)
    crisis.contacts = replace(crisis.contacts, search=search)
    crisis.record(ContactSearchAsked(at=at, search=search.number, role=role))


def stop_search(crisis: Crisis, *, at: datetime) -> None:
    """It is not so grave any more; nothing is recorded where nobody looks."""
    if search := under_way(crisis):
        crisis.contacts = replace(crisis.contacts, search=replace(search, ended_at=at, stopped=True))
        crisis.record(ContactSearchStopped(at=at, search=search.number))


def end_search(crisis: Crisis, *, reason: str, by: PersonId, at: datetime) -> None:
    """All that could be found is there, or nothing was.

    Raises `already_done`; `reason_needed` where nothing was found.
    """
    search, found = under_way(crisis), len(usable(crisis))
    if search is None:
        raise Refused(Code.ALREADY_DONE)
    if not found and not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    ended = replace(search, ended_by=by, ended_at=at, reason="" if found else reason.strip())
    crisis.contacts = replace(crisis.contacts, search=ended)
    crisis.record(ContactSearchEnded(at=at, by=by, search=search.number, found=found, reason=reason.strip()))


def overdue(crisis: Crisis, *, step: int, at: datetime) -> None:
    """Say that the search still goes on; nothing is recorded where nobody looks."""
    if search := under_way(crisis):
        crisis.contacts = replace(crisis.contacts, search=replace(search, step=step))
        crisis.record(ContactSearchOverdue(at=at, search=search.number, step=step))
