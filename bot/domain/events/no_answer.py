"""Not answering at all: asked for, agreed to, decided, or given up."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.roster import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswerAsked(Happened):
    draft: int
    revision: int
    reason: str
    private: bool = False
    kind: Literal["no_answer_asked"] = "no_answer_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswerAgreed(Happened):
    draft: int
    revision: int
    roles: tuple[Role, ...]
    kind: Literal["no_answer_agreed"] = "no_answer_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswerDecided(Happened):
    """Everybody whose agreement is needed has agreed."""

    draft: int
    revision: int
    kind: Literal["no_answer_decided"] = "no_answer_decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWanted(Happened):
    """Somebody whose agreement was asked wants an answer all the same."""

    draft: int
    revision: int
    kind: Literal["answer_wanted"] = "answer_wanted"
