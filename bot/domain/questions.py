"""Questions that the public asks and nobody has answered yet: kept until somebody ticks them off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import PublicQuestionAnswered, PublicQuestionKept
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.domain.crisis import Crisis


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """What was asked in public; `answered_at` is None until somebody says that it has its answer."""

    number: int
    text: str
    kept_by: PersonId
    kept_at: datetime
    answered_by: PersonId | None = None
    answered_at: datetime | None = None


def keep(crisis: Crisis, text: str, *, by: PersonId, at: datetime) -> PublicQuestion:
    """Raises `crisis_closed`, `text_empty`."""
    crisis.check_not_closed()
    if not text.strip():
        raise Refused(Code.TEXT_EMPTY, field="text")
    new = PublicQuestion(len(crisis.questions) + 1, text.strip(), by, at)
    crisis.questions = (*crisis.questions, new)
    crisis.record(PublicQuestionKept(at=at, by=by, question=new.number, text=new.text))
    return new


def answered(crisis: Crisis, number: int, *, by: PersonId, at: datetime) -> None:
    """Tick one off. Raises `crisis_closed`, `absent`, `already_done`."""
    crisis.check_not_closed()
    old = next((each for each in crisis.questions if each.number == number), None)
    if old is None:
        raise Refused(Code.ABSENT)
    if old.answered_at is not None:
        raise Refused(Code.ALREADY_DONE)
    new = replace(old, answered_by=by, answered_at=at)
    crisis.questions = tuple(new if each is old else each for each in crisis.questions)
    crisis.record(PublicQuestionAnswered(at=at, by=by, question=number))


def unanswered(crisis: Crisis) -> tuple[PublicQuestion, ...]:
    """The oldest first."""
    return tuple(each for each in crisis.questions if each.answered_at is None)
