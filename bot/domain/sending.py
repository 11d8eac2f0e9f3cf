"""From an approved text to the member: the word to send, and every known route used or excused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain import contacts, drafts, members
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    CrisisReplied,
    DraftReleased,
    ReceiptSent,
    RouteAdded,
    RouteExcused,
    RouteUsed,
    SendingOverdue,
)
from bot.domain.ids import EVERYBODY, FIRST
from bot.domain.serious_news import check_may_write
from bot.domain.states import CrisisStatus, DispatchStatus, DraftStatus, Route

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.approvals import ApprovalRule
    from bot.domain.crisis import Crisis
    from bot.domain.drafts import Draft
    from bot.domain.ids import MemberId, PersonId


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One released reply on one route, with its proof or the reason why the route is not used."""

    draft: int
    route: Route
    status: DispatchStatus = DispatchStatus.WAITING
    by: PersonId | None = None
    at: datetime | None = None
    note: str = ""


SETTLED = (DispatchStatus.USED, DispatchStatus.EXCUSED)


def release(
    crisis: Crisis, number: int, *, seen: int, by: PersonId, rule: ApprovalRule, at: datetime
) -> Draft:
    """Give the word to send the approved text.

    Raises `stale_revision`, `already_done`, `not_approved`; `own_crisis` where the member is looked after in
    another crisis since.
    """
    crisis.check_not_closed()
    check_may_write(crisis)
    draft = crisis.draft(number)
    if draft.status is DraftStatus.RELEASED:
        raise Refused(Code.ALREADY_DONE)
    if seen != draft.current.number:
        raise Refused(Code.STALE_REVISION, seen=seen, current=draft.current.number)
    if not drafts.still_approved(draft, rule):
        raise Refused(Code.NOT_APPROVED)
    who = members.of_draft(crisis, draft)
    if who is not None and who.own_crisis:
        raise Refused(Code.OWN_CRISIS, number=who.own_crisis)
    draft = replace(draft, status=DraftStatus.RELEASED, released_by=by, released_at=at)
    drafts.put(crisis, draft)
    crisis.dispatches += tuple(Dispatch(number, route) for route in draft.routes)
    crisis.record(
        DraftReleased(at=at, by=by, draft=number, revision=seen, fingerprint=draft.current.fingerprint)
    )
    return draft


def ways_to_add(crisis: Crisis, number: int) -> tuple[Route, ...]:
    """The ways that contacts open and that a released text does not take.

    One that was excused or used before any contact that is right now was found is open again.
    """
    taken = {d.route: d for d in crisis.dispatches if d.draft == number}
    member = crisis.draft(number).member
    opened = {r: contacts.known_since(crisis, r, member) for r in contacts.routes(crisis, member)}
    return tuple(
        route for route, since in opened.items() if route not in taken or _settled_before(taken[route], since)
    )


def _settled_before(dispatch: Dispatch, since: datetime) -> bool:
    return dispatch.status in SETTLED and dispatch.at is not None and since > dispatch.at


def add_route(crisis: Crisis, number: int, route: Route, *, by: PersonId, at: datetime) -> None:
    """A released text goes this way, too.

    Raises `silenced` after serious news, `not_approved`, `already_done`, `contact_absent`.
    """
    crisis.check_not_closed()
    check_may_write(crisis)
    if crisis.draft(number).status is not DraftStatus.RELEASED:
        raise Refused(Code.NOT_APPROVED)
    if route not in ways_to_add(crisis, number):
        taken = any((d.draft, d.route) == (number, route) for d in crisis.dispatches)
        raise Refused(Code.ALREADY_DONE if taken else Code.CONTACT_ABSENT)
    _add(crisis, number, route, by=by, at=at)


def use_route(crisis: Crisis, number: int, route: Route, *, by: PersonId, proof: str, at: datetime) -> None:
    """Record that the text went this way; `proof` is a link or a note. Raises `reason_needed` without one.

    A private message needs no contact: one that nobody had planned, or that was given up, counts too.
    """
    if not proof.strip():
        raise Refused(Code.REASON_NEEDED, field="note")
    if route is Route.PRIVATE_MESSAGE and may_write_privately(crisis, number):
        _add(crisis, number, Route.PRIVATE_MESSAGE, by=by, at=at)
    concerned = members.addressees(crisis, crisis.draft(number))
    first = any(who.anchored_at is None for who in concerned)
    _settle(crisis, number, route, status=DispatchStatus.USED, by=by, note=proof, at=at)
    crisis.record(RouteUsed(at=at, by=by, draft=number, route=route, proof=proof.strip(), first=first))
    for who in concerned:
        members.anchor(crisis, who, at)
    reply_when_complete(crisis, at=at, by=by)


def may_write_privately(crisis: Crisis, number: int) -> bool:
    """Whether a released text may still go by the platform's private message, though no way of it waits."""
    draft = crisis.draft(number)
    released = draft.status is DraftStatus.RELEASED and draft.member != EVERYBODY
    mine = (d for d in crisis.dispatches if (d.draft, d.route) == (number, Route.PRIVATE_MESSAGE))
    may = crisis.status is not CrisisStatus.CLOSED and crisis.silenced_at is None
    return released and may and all(d.status is DispatchStatus.EXCUSED for d in mine)


def receipt(
    crisis: Crisis,
    route: Route,
    *,
    member: MemberId = FIRST,
    sent_at: datetime,
    by: PersonId,
    at: datetime,
) -> None:
    """Record the first word that somebody wrote to a member by themselves.

    Raises `absent`, `already_done` once a word has gone, `bad_value` for an hour still to come.
    """
    crisis.check_not_closed()
    who = members.find(crisis, member)
    if who.anchored_at is not None:
        raise Refused(Code.ALREADY_DONE)
    if sent_at > at:
        raise Refused(Code.BAD_VALUE, field="sent_at")
    members.anchor(crisis, who, sent_at)
    crisis.record(ReceiptSent(at=at, by=by, route=route, sent_at=sent_at, member=member))


def excuse_route(
    crisis: Crisis, number: int, route: Route, *, by: PersonId, reason: str, at: datetime
) -> None:
    """Record why the text does not go this way. Raises `reason_needed`."""
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="note")
    _settle(crisis, number, route, status=DispatchStatus.EXCUSED, by=by, note=reason, at=at)
    crisis.record(RouteExcused(at=at, by=by, draft=number, route=route, reason=reason.strip()))
    reply_when_complete(crisis, at=at, by=by)


def waiting(crisis: Crisis) -> tuple[Dispatch, ...]:
    """What is released and, for all we know, has not gone yet."""
    return tuple(d for d in crisis.dispatches if d.status not in SETTLED)


def by_hand(crisis: Crisis) -> tuple[Dispatch, ...]:
    """What waits for people: an e-mail on its way goes by itself."""
    return tuple(d for d in waiting(crisis) if d.status is not DispatchStatus.SENDING)


def overdue(crisis: Crisis, number: int, *, attempt: int, at: datetime) -> None:
    """Say that an approved text waits for its release, or a released one for its sending."""
    crisis.record(SendingOverdue(at=at, draft=number, attempt=attempt))


def dispatch(crisis: Crisis, number: int, route: Route) -> Dispatch:
    """One text on one way. Raises `absent`."""
    for each in crisis.dispatches:
        if (each.draft, each.route) == (number, route):
            return each
    raise Refused(Code.ABSENT)


def put(crisis: Crisis, new: Dispatch) -> None:
    """Take it in the place of the one before."""
    old = dispatch(crisis, new.draft, new.route)
    crisis.dispatches = tuple(new if d is old else d for d in crisis.dispatches)


def _add(crisis: Crisis, number: int, route: Route, *, by: PersonId, at: datetime) -> None:
    others = tuple(d for d in crisis.dispatches if (d.draft, d.route) != (number, route))
    crisis.dispatches = (*others, Dispatch(number, route))
    if crisis.status is CrisisStatus.REPLIED:
        crisis.status = CrisisStatus.OPEN
    crisis.record(RouteAdded(at=at, by=by, draft=number, route=route))


def _settle(
    crisis: Crisis,
    number: int,
    route: Route,
    *,
    status: DispatchStatus,
    by: PersonId,
    note: str,
    at: datetime,
) -> None:
    current = dispatch(crisis, number, route)
    under_way = current.status in {DispatchStatus.SENDING, DispatchStatus.UNCERTAIN}
    if current.status in SETTLED or (under_way and status is DispatchStatus.USED):
        raise Refused(Code.ALREADY_DONE)
    put(crisis, replace(current, status=status, by=by, at=at, note=note.strip()))


def reply_when_complete(crisis: Crisis, *, at: datetime, by: PersonId) -> None:
    """Replied: nothing released waits, and nobody who wrote is left without an answer or a reason why."""
    done = members.some_reply_sent(crisis) and not waiting(crisis) and not members.to_answer(crisis)
    if crisis.status is CrisisStatus.OPEN and done:
        crisis.status = CrisisStatus.REPLIED
        crisis.record(CrisisReplied(at=at, by=by))
