"""Questions to experts before a reply is written."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.roster import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceAsked(Happened):
    advice: int
    role: Role
    question: str
    kind: Literal["advice_asked"] = "advice_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceGiven(Happened):
    advice: int
    role: Role
    said: str
    kind: Literal["advice_given"] = "advice_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceOverdue(Happened):
    """Nobody has answered; `step` 1 reminds those asked, 2 calls the deputy, 3 the managers."""

    advice: int
    role: Role
    step: int
    kind: Literal["advice_overdue"] = "advice_overdue"
