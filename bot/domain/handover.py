"""Handing one's parts over: offered first, and theirs until the other has said «I take over»."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import emergency
from bot.domain.cell import Assignment, assignments_of
from bot.domain.events import HandoverAccepted, HandoverEnded, HandoverOffered, HandoverUnanswered, PersonLeft
from bot.domain.states import AskedAs, Presence

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId, Platform
    from bot.domain.roster import Role


def offered(crisis: Crisis, *, giver: PersonId | None = None) -> tuple[Assignment, ...]:
    """The parts that wait for somebody to take them over, of one giver or of all."""
    return tuple(
        a for a in crisis.assignments if a.held and a.offered_to is not None and giver in {None, a.person}
    )


def asked(crisis: Crisis) -> frozenset[PersonId]:
    """To whom something is offered."""
    return frozenset(a.offered_to for a in offered(crisis) if a.offered_to is not None)


def offer(crisis: Crisis, *, giver: PersonId, taker: PersonId, roles: Collection[Role], at: datetime) -> None:
    """Offer these of one's parts to somebody. An earlier offer of one's own falls."""
    end(crisis, giver=giver, by=giver, at=at)
    parts = [a for a in assignments_of(crisis, giver) if a.held and a.role in roles]
    crisis.assignments = tuple(
        replace(a, offered_to=taker, offered_at=at) if a in parts else a for a in crisis.assignments
    )
    crisis.record(
        HandoverOffered(at=at, by=giver, giver=giver, taker=taker, roles=tuple(a.role for a in parts))
    )


def accept(crisis: Crisis, *, giver: PersonId, taker: PersonId, at: datetime) -> None:
    """Move what was offered. Whoever holds the same role already goes on in both names."""
    parts = [a for a in offered(crisis, giver=giver) if a.offered_to == taker]
    roles = tuple(a.role for a in parts)
    kept = tuple(
        replace(a, presence=Presence.HANDED_OVER, answered_at=at) if a in parts else a
        for a in crisis.assignments
        if a.person != taker or a.role not in roles
    )
    taken = (
        Assignment(taker, role, AskedAs.TAKES_OVER, at, Presence.TAKEN_UP, at, instead_of=giver)
        for role in roles
    )
    crisis.assignments = (*kept, *taken)
    emergency.pass_on(crisis, giver, taker)
    crisis.record(
        HandoverAccepted(at=at, by=taker, giver=giver, taker=taker, roles=roles, offered=moment(parts[0]))
    )


def end(crisis: Crisis, *, giver: PersonId, by: PersonId | None, at: datetime) -> None:
    """Take an offer back, or say no to it; nothing happens where there is none."""
    parts = offered(crisis, giver=giver)
    crisis.assignments = tuple(
        replace(a, offered_to=None, offered_at=None) if a in parts else a for a in crisis.assignments
    )
    for taker, since in {a.offered_to: moment(a) for a in parts}.items():
        if taker is not None:
            crisis.record(HandoverEnded(at=at, by=by, giver=giver, taker=taker, offered=since))


def leave(
    crisis: Crisis, *, person: PersonId, at: datetime, room: Platform | None = None
) -> tuple[Role, ...]:
    """Somebody has left: what they held is the roles returned, and what was offered to them is kept.

    `room`: they are out of the room there, and still in the plan; they are not called again by themselves.
    """
    for part in offered(crisis):
        if person in {part.person, part.offered_to}:
            end(crisis, giver=part.person, by=None, at=at)
    parts = assignments_of(crisis, person)
    roles = tuple(a.role for a in parts if a.held)
    others = tuple(a for a in crisis.assignments if a not in parts)
    gone = tuple(replace(a, presence=Presence.LEFT, answered_at=at) for a in parts)
    crisis.assignments = others if room is None else (*others, *gone)
    if parts:
        crisis.record(PersonLeft(at=at, person=person, roles=roles, room=room))
    return roles


def still_waits(crisis: Crisis, *, giver: PersonId, since: int, step: int, at: datetime) -> None:
    """Say that nobody has answered the offer made at `since`; nothing where there is none any more."""
    takers = {a.offered_to for a in offered(crisis, giver=giver) if moment(a) == since}
    for taker in takers:
        if taker is not None:
            crisis.record(
                HandoverUnanswered(at=at, giver=giver, taker=taker, offered=since, step=step),
            )


def moment(part: Assignment) -> int:
    """When a part was offered: microseconds since 1970."""
    return int(part.offered_at.timestamp() * 1_000_000) if part.offered_at else 0
