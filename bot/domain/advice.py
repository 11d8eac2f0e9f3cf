"""What an expert is asked before a reply is written, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.cell import holders
from bot.domain.errors import Code, Refused
from bot.domain.events import AdviceAsked, AdviceGiven, AdviceOverdue

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.roster import Role


@dataclass(frozen=True, slots=True)
class Advice:
    """A question to whoever holds `role`; `given_at` is None until somebody has said something."""

    number: int
    role: Role
    question: str
    asked_by: PersonId
    asked_at: datetime
    said: str = ""
    given_by: PersonId | None = None
    given_at: datetime | None = None


def ask(crisis: Crisis, *, role: Role, question: str, by: PersonId, at: datetime) -> Advice:
    """Raises `crisis_closed`, `text_empty`."""
    crisis.check_not_closed()
    if not question.strip():
        raise Refused(Code.TEXT_EMPTY, field="text")
    new = Advice(len(crisis.advice) + 1, role, question.strip(), by, at)
    crisis.advice = (*crisis.advice, new)
    crisis.record(AdviceAsked(at=at, by=by, advice=new.number, role=role, question=new.question))
    return new


def give(crisis: Crisis, number: int, *, said: str, by: PersonId, at: datetime) -> None:
    """Answer the question. Raises what `check_may_give` does, and `text_empty`."""
    old = check_may_give(crisis, number, by=by)
    if not said.strip():
        raise Refused(Code.TEXT_EMPTY, field="text")
    new = replace(old, said=said.strip(), given_by=by, given_at=at)
    crisis.advice = tuple(new if each is old else each for each in crisis.advice)
    crisis.record(AdviceGiven(at=at, by=by, advice=number, role=old.role, said=new.said))


def check_may_give(crisis: Crisis, number: int, *, by: PersonId) -> Advice:
    """Raises `crisis_closed`, `absent`, `already_done`; `not_allowed` to whoever does not hold the role."""
    crisis.check_not_closed()
    advice = find(crisis, number)
    if all(a.person != by for a in holders(crisis, advice.role)):
        raise Refused(Code.NOT_ALLOWED)
    if advice.given_at is not None:
        raise Refused(Code.ALREADY_DONE)
    return advice


def find(crisis: Crisis, number: int) -> Advice:
    """Raises `absent`."""
    for advice in crisis.advice:
        if advice.number == number:
            return advice
    raise Refused(Code.ABSENT)


def awaited(crisis: Crisis, advice: Advice) -> tuple[PersonId, ...]:
    """Who can still answer: nobody asks themselves."""
    if advice.given_at is not None:
        return ()
    return tuple(a.person for a in holders(crisis, advice.role) if a.person != advice.asked_by)


def overdue(crisis: Crisis, number: int, *, step: int, at: datetime) -> None:
    """Say that a question still waits."""
    crisis.record(AdviceOverdue(at=at, advice=number, role=find(crisis, number).role, step=step))
