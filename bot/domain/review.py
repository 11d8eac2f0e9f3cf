"""Whose decision on a draft is asked, given and missing; and where nobody is left to give it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.approvals import ApprovalRule, missing
from bot.domain.cell import holders
from bot.domain.crisis import Crisis
from bot.domain.drafts import Decision, Draft
from bot.domain.ids import PersonId
from bot.domain.roster import Role

Chain = Callable[[Role], Sequence[PersonId]]
"""Who can hold a role, in the plan's order."""

Absent = Callable[[Role, PersonId], bool]
"""Whether somebody who holds a role is away, or off duty for it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person whose decision is asked for a role; `decision` is theirs on the current revision."""

    role: Role
    person: PersonId
    decision: Decision | None


def seats(crisis: Crisis, draft: Draft, rule: ApprovalRule) -> tuple[Seat, ...]:
    """Everybody who may decide, by role; the author has no seat."""
    given = {d.person: d for d in draft.verdicts}
    return tuple(
        Seat(role, a.person, given.get(a.person))
        for role in rule.asked
        for a in holders(crisis, role)
        if a.person != draft.author
    )


def awaited(crisis: Crisis, draft: Draft, rule: ApprovalRule) -> tuple[PersonId, ...]:
    """Those who have not decided and whose approval would still bring the draft forward."""
    lacking = missing(rule, draft.approved_roles)
    useful = {*lacking.roles, *lacking.any_of}
    people = (s.person for s in seats(crisis, draft, rule) if s.decision is None and s.role in useful)
    return tuple(dict.fromkeys(people))


def without_seat(
    crisis: Crisis, draft: Draft, rule: ApprovalRule, *, absent: Absent = lambda _role, _person: False
) -> tuple[Role, ...]:
    """Roles still missing that nobody who was asked can fill: the next in the plan's order must be called.

    Of several that would do, nobody is called while enough of the others can still decide.
    """
    here = (s for s in seats(crisis, draft, rule) if not absent(s.role, s.person))
    waiting = {s.role for s in here if s.decision is None}
    lacking = missing(rule, draft.approved_roles)
    empty = tuple(role for role in lacking.roles if role not in waiting)
    if sum(role in waiting for role in lacking.any_of) < lacking.count:
        empty += tuple(role for role in lacking.any_of if role not in waiting)
    return empty


def holders_cannot_decide(crisis: Crisis, draft: Draft, role: Role, *, absent: Absent) -> bool:
    """Whether everybody who holds a role here wrote the text or is absent."""
    here = (a.person for a in holders(crisis, role))
    return all(each == draft.author or absent(role, each) for each in here)


def unfillable(crisis: Crisis, draft: Draft, rule: ApprovalRule, chain: Chain) -> tuple[Role, ...]:
    """Roles that block the draft because nobody at all can fill them; a manager may name somebody."""
    lacking = missing(rule, draft.approved_roles)
    empty = {role for role in without_seat(crisis, draft, rule) if not _callable(crisis, draft, role, chain)}
    blocking = tuple(role for role in lacking.roles if role in empty)
    open_choices = [role for role in lacking.any_of if role not in empty]
    if len(open_choices) < lacking.count:
        blocking += tuple(role for role in lacking.any_of if role in empty)
    return blocking


def _callable(crisis: Crisis, draft: Draft, role: Role, chain: Chain) -> list[PersonId]:
    """Those of the plan who were never asked for a role here and did not write the text."""
    asked = {a.person for a in crisis.assignments if a.role is role}
    return [person for person in chain(role) if person not in asked and person != draft.author]
