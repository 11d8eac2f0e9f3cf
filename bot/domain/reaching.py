"""Whether any way to the first member is known, and what was done where none is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain import contacts, mailing, members
from bot.domain.contacts import Contact
from bot.domain.errors import Code, Refused
from bot.domain.events import NoWayKnown, RecourseTaken
from bot.domain.ids import EVERYBODY, FIRST, MemberId, PersonId
from bot.domain.states import CrisisStatus, DispatchStatus, DraftStatus, MailStatus, Recourse, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.crisis import Crisis
    from bot.domain.drafts import Draft
    from bot.domain.sending import Dispatch

UNDER_WAY = frozenset({DispatchStatus.WAITING, DispatchStatus.SENDING, DispatchStatus.UNCERTAIN})
GIVEN_UP = frozenset({DispatchStatus.EXCUSED, DispatchStatus.REFUSED})


@dataclass(frozen=True, slots=True)
class Taken:
    """One recourse, with its proof or, where nothing is possible, the reason; `at` is when it was noted."""

    recourse: Recourse
    by: PersonId
    done_at: datetime
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Reaching:
    """`said_at`: when it was said last that no way is known; `stands`: it still is so."""

    said_at: datetime | None = None
    stands: bool = False
    taken: tuple[Taken, ...] = ()

    @property
    def no_way_since(self) -> datetime | None:
        """Since when no way is known; None while one is, or while nobody has looked yet."""
        return self.said_at if self.stands else None


NOT_ASKED = Reaching()


def keep(crisis: Crisis, *, at: datetime) -> None:
    """After whatever happened: say once that no way is known. A closed crisis stays as it was."""
    if crisis.status is CrisisStatus.CLOSED or crisis.reaching.stands is no_way(crisis):
        return
    crisis.reaching = replace(crisis.reaching, stands=not crisis.reaching.stands)
    if crisis.reaching.stands:
        crisis.reaching = replace(crisis.reaching, said_at=at)
        crisis.record(NoWayKnown(at=at))


def no_way(crisis: Crisis) -> bool:
    """Whether a member waits for an answer that can go nowhere.

    That is so once a released text has been given up on each of its ways, or the search ended with nothing
    before any word had gone.
    """
    who = crisis.member
    if who is None or crisis.status is not CrisisStatus.OPEN or crisis.silenced_at is not None:
        return False
    if who.watch_silent or members.is_excused(who) or members.is_answered(crisis, who) or known_ways(crisis):
        return False
    return _given_up(crisis) or (_nothing_found(crisis) and who.anchored_at is None)


def known_ways(crisis: Crisis) -> tuple[Route, ...]:
    """The ways on which a text may still reach the member: under way, opened by a contact, or used before."""
    under_way = {d.route for d in _theirs(crisis) if d.status in UNDER_WAY}
    opened = {route for route in contacts.routes(crisis) if _is_open(crisis, route)}
    return tuple(route for route in Route if route in {*under_way, *opened, *_used(crisis)})


def untried(crisis: Crisis, member: MemberId = FIRST) -> tuple[Contact, ...]:
    """A member's e-mail addresses that no e-mail was refused at, the surest first."""
    stopped = {"", mailing.STOPPED_BY_NEWS}
    refused = {
        mail.address.casefold()
        for mail in crisis.mailings
        if mail.status is MailStatus.REFUSED and mail.code not in stopped
    }
    known = contacts.for_route(crisis, Route.EMAIL, member)
    return tuple(contact for contact in known if contact.value.casefold() not in refused)


def to_send(crisis: Crisis) -> Draft | None:
    """The released text that the first member was to read."""
    theirs = (d for d in crisis.drafts if d.member == FIRST and not d.is_holding)
    released = (d for d in theirs if d.status is DraftStatus.RELEASED)
    return max(released, key=lambda draft: draft.number, default=None)


def taken_now(crisis: Crisis) -> tuple[Taken, ...]:
    """What was done since no way is known."""
    since = crisis.reaching.no_way_since
    return tuple(each for each in crisis.reaching.taken if since is not None and each.at >= since)


def take(
    crisis: Crisis, recourse: Recourse, *, note: str, done_at: datetime, by: PersonId, at: datetime
) -> None:
    """Note a recourse: it is no answer to the member.

    Raises `reason_needed`, `bad_value` for an hour still to come, `already_done`; that nothing is possible
    also where a way is known.
    """
    crisis.check_not_closed()
    if not note.strip():
        raise Refused(Code.REASON_NEEDED, field="note")
    if done_at > at:
        raise Refused(Code.BAD_VALUE, field="done_at")
    known = recourse is Recourse.NOTHING and not crisis.reaching.stands
    if known or any(each.recourse is recourse for each in taken_now(crisis)):
        raise Refused(Code.ALREADY_DONE)
    new = Taken(recourse, by, done_at, at, note.strip())
    crisis.reaching = replace(crisis.reaching, taken=(*crisis.reaching.taken, new))
    crisis.record(RecourseTaken(at=at, by=by, recourse=recourse, done_at=done_at, proof=note.strip()))


def _theirs(crisis: Crisis) -> Iterator[Dispatch]:
    """What was sent to the first member, or to everybody."""
    return (d for d in crisis.dispatches if crisis.draft(d.draft).member in {FIRST, EVERYBODY})


def _is_open(crisis: Crisis, route: Route) -> bool:
    """Whether a way that a contact leads was not given up since that was found."""
    if route is Route.EMAIL and not untried(crisis):
        return False
    since = contacts.known_since(crisis, route)
    excused = (d for d in _theirs(crisis) if d.route is route and d.status is DispatchStatus.EXCUSED)
    return not any(d.at is not None and d.at >= since for d in excused)


def _used(crisis: Crisis) -> set[Route]:
    """The ways that the last text on them went."""
    last = {dispatch.route: dispatch.status for dispatch in _theirs(crisis)}
    return {route for route, status in last.items() if status is DispatchStatus.USED}


def _given_up(crisis: Crisis) -> bool:
    """Whether a released text goes none of its ways."""
    ways: dict[int, set[DispatchStatus]] = {}
    for dispatch in _theirs(crisis):
        ways.setdefault(dispatch.draft, set()).add(dispatch.status)
    return any(states <= GIVEN_UP for states in ways.values())


def _nothing_found(crisis: Crisis) -> bool:
    search = crisis.contacts.search
    return search is not None and bool(search.reason) and not contacts.usable(crisis)
