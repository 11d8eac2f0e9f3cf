"""What came of a call for help, and what is offered to whoever made it."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId
from bot.domain.states import CallOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutcomeAsked(Happened):
    """Nobody knows yet what came of the call: asked for the `attempt`-th time."""

    attempt: int
    kind: Literal["call_outcome_asked"] = "call_outcome_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutcomeRecorded(Happened):
    result: CallOutcome
    note: str
    kind: Literal["call_outcome_recorded"] = "call_outcome_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportOffered(Happened):
    """Somebody who called for help is told who can relieve them; what they do with it is noted nowhere."""

    person: PersonId
    kind: Literal["support_offered"] = "support_offered"
