"""What the triage aid proposed, and what people made of it."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.levels import Level
from bot.domain.proposal import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageProposed(Happened):
    category: str
    level: Level
    language: str
    reasons: tuple[Reason, ...]
    kind: Literal["triage_proposed"] = "triage_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageDeclined(Happened):
    """Somebody wrote why the level that was proposed is not kept."""

    level: Level
    reason: str
    kind: Literal["triage_declined"] = "triage_declined"
