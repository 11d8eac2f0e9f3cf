"""Who is in the cell of one crisis, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.events import ChainExhausted, Declined, PersonAsked, PersonAskedAgain, TakenUp
from bot.domain.states import AskedAs, Presence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.roster import Role

COME_BY_THEMSELVES = frozenset({AskedAs.OPENER, AskedAs.JOINED})


@dataclass(frozen=True, slots=True)
class Assignment:
    """The role one person holds in one crisis. `instead_of` is whom a deputy stands in for.

    `offered_to` is whom they hand it over to, since `offered_at`; both stay once it is taken over.
    """

    person: PersonId
    role: Role
    asked_as: AskedAs
    asked_at: datetime
    presence: Presence = Presence.ASKED
    answered_at: datetime | None = None
    instead_of: PersonId | None = None
    offered_to: PersonId | None = None
    offered_at: datetime | None = None

    @property
    def held(self) -> bool:
        """Whether the part is still theirs: neither declined nor handed over."""
        return self.presence in {Presence.ASKED, Presence.TAKEN_UP}


def assignments_of(crisis: Crisis, person: PersonId) -> tuple[Assignment, ...]:
    """Every part that one person has; none for somebody who left the room."""
    return tuple(a for a in crisis.assignments if a.person == person and a.presence is not Presence.LEFT)


def has_left(crisis: Crisis, person: PersonId) -> bool:
    """Whether somebody is out of the room since they had a part: nothing but a new call brings them back."""
    return person not in crisis.people and any(a.person == person for a in crisis.assignments)


def roles_of(crisis: Crisis, person: PersonId) -> tuple[Role, ...]:
    """The roles that a person holds here and has neither declined nor handed over."""
    return tuple(a.role for a in assignments_of(crisis, person) if a.held)


def holders(crisis: Crisis, role: Role) -> tuple[Assignment, ...]:
    """Those who hold a role here and have neither declined nor handed it over."""
    return tuple(a for a in crisis.assignments if a.role is role and a.held)


def filled(crisis: Crisis, role: Role) -> bool:
    """Whether somebody who holds a role here has said that they come."""
    return any(a.presence is Presence.TAKEN_UP for a in holders(crisis, role))


def silent(crisis: Crisis, person: PersonId) -> bool:
    """Whether somebody was asked and has not answered."""
    mine = assignments_of(crisis, person)
    return bool(mine) and all(a.presence is Presence.ASKED for a in mine)


def unanswered(crisis: Crisis) -> frozenset[PersonId]:
    """Those who were asked for something and have not said whether they come."""
    return frozenset(a.person for a in crisis.assignments if a.presence is Presence.ASKED)


def not_in(crisis: Crisis) -> tuple[PersonId, ...]:
    """Those who were called and have not said that they come, in the order of the calls."""
    here = {a.person for a in crisis.assignments if a.presence is Presence.TAKEN_UP}
    called = (a.person for a in crisis.assignments if a.presence is not Presence.LEFT)
    return tuple(dict.fromkeys(person for person in called if person not in here))


def ask(
    crisis: Crisis,
    *,
    person: PersonId,
    role: Role,
    asked_as: AskedAs,
    at: datetime,
    by: PersonId | None = None,
    instead_of: PersonId | None = None,
) -> bool:
    """Give a person a role here; False when they hold it already.

    One who declined it before is asked anew.
    """
    mine = [a for a in crisis.assignments if a.person == person and a.role is role]
    if any(a.held for a in mine):
        return False
    comes = asked_as in COME_BY_THEMSELVES
    presence = Presence.TAKEN_UP if comes else Presence.ASKED
    new = Assignment(person, role, asked_as, at, presence, at if comes else None, instead_of)
    crisis.assignments = (*(a for a in crisis.assignments if a not in mine), new)
    _no_longer_exhausted(crisis, [role])
    crisis.record(
        PersonAsked(at=at, by=by, person=person, role=role, asked_as=asked_as, instead_of=instead_of)
    )
    return True


def ask_next(
    crisis: Crisis,
    *,
    role: Role,
    chain: Sequence[PersonId],
    at: datetime,
    instead_of: PersonId | None = None,
) -> bool:
    """Call the next of `chain` (the plan's order) who was never asked for this role.

    Say so, once, when nobody is left.
    """
    asked = {a.person for a in crisis.assignments if a.role is role}
    for person in chain:
        if person not in asked:
            return ask(
                crisis, person=person, role=role, asked_as=AskedAs.DEPUTY, at=at, instead_of=instead_of
            )
    if role not in crisis.exhausted:
        crisis.exhausted = (*crisis.exhausted, role)
        crisis.record(ChainExhausted(at=at, role=role))
    return False


def ask_again(crisis: Crisis, *, person: PersonId, attempt: int, at: datetime, listed: bool = False) -> None:
    """Note that somebody silent is called once more; `listed`: another crisis rings for them already."""
    crisis.record(PersonAskedAgain(at=at, person=person, attempt=attempt, listed=listed))


def take_up(crisis: Crisis, *, person: PersonId, at: datetime) -> bool:
    """«I'm on it», for every role the person was asked; False when they had said so before.

    Somebody who had declined and acts after all is back; a part handed over stays with whoever took it.
    """
    answers = {Presence.ASKED, Presence.DECLINED}
    waiting = [a for a in assignments_of(crisis, person) if a.presence in answers]
    if not waiting:
        return False
    crisis.assignments = tuple(
        replace(a, presence=Presence.TAKEN_UP, answered_at=at) if a in waiting else a
        for a in crisis.assignments
    )
    _no_longer_exhausted(crisis, [a.role for a in waiting])
    crisis.record(TakenUp(at=at, by=person, person=person))
    return True


def decline(crisis: Crisis, *, person: PersonId, at: datetime) -> tuple[Role, ...]:
    """«I can't»: the roles that are now without this person; empty when they had said so before."""
    mine = [a for a in assignments_of(crisis, person) if a.held]
    if not mine:
        return ()
    crisis.assignments = tuple(
        replace(a, presence=Presence.DECLINED, answered_at=at) if a in mine else a for a in crisis.assignments
    )
    crisis.record(Declined(at=at, by=person, person=person))
    return tuple(a.role for a in mine)


def _no_longer_exhausted(crisis: Crisis, roles: Sequence[Role]) -> None:
    crisis.exhausted = tuple(role for role in crisis.exhausted if role not in roles)
