"""Public questions: kept, and answered."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicQuestionKept(Happened):
    question: int
    text: str
    kind: Literal["public_question_kept"] = "public_question_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicQuestionAnswered(Happened):
    question: int
    kind: Literal["public_question_answered"] = "public_question_answered"
