"""Due rows: the schedule itself. The ticker only asks which of them are due."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CrisisId, PersonId
from bot.domain.states import ReminderKind, ReminderStatus

ROUND = 10
"""Each time that somebody is asked has steps of its own: their ordinals begin at the next ten."""


def step_of(ordinal: int) -> int:
    """How far a silence is: 0 the call itself, 1 called again, 2 the deputy, 3 the managers."""
    return ordinal % ROUND


@dataclass(frozen=True, slots=True)
class Reminder:
    """One due row, unique by (kind, subject, ordinal).

    `subject` is an id (a crisis or a part of it; a person for a digest); `ordinal` counts the steps of one
    subject. `since` is when a delay of the plan began that ends at `due_at`: the hour follows the plan;
    None for other hours. `text` is sealed: what a person wrote, the outcome of a follow-up that is done.
    `crisis` is None for a digest and for an alert, whose id is its subject.
    """

    kind: ReminderKind
    subject: str
    ordinal: int
    due_at: datetime
    crisis: CrisisId | None = None
    owner: PersonId | None = None
    text: str = ""
    status: ReminderStatus = ReminderStatus.PLANNED
    fired_at: datetime | None = None
    since: datetime | None = None
