"""Follow-ups on the member, and reminders that people set."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened, OfMember
from bot.domain.ids import PersonId
from bot.domain.states import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDue(OfMember):
    ordinal: int
    owner: PersonId | None
    kind: Literal["follow_up_due"] = "follow_up_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpOverdue(OfMember):
    """Nobody has recorded this follow-up; `step` 1 reminds its owner, 2 tells the deputy, 3 the managers."""

    ordinal: int
    step: int
    kind: Literal["follow_up_overdue"] = "follow_up_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRecorded(OfMember):
    ordinal: int
    outcome: Outcome
    note: str
    kind: Literal["follow_up_recorded"] = "follow_up_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPostponed(OfMember):
    ordinal: int
    until: datetime
    kind: Literal["follow_up_postponed"] = "follow_up_postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStopAsked(OfMember):
    """One person wants the follow-up to end; a second must agree."""

    reason: str
    kind: Literal["follow_up_stop_asked"] = "follow_up_stop_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStopped(OfMember):
    reason: str
    kind: Literal["follow_up_stopped"] = "follow_up_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingStopped(OfMember):
    """The member asked us to write no more; we still look how they are."""

    reason: str
    kind: Literal["writing_stopped"] = "writing_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSilent(OfMember):
    """So many follow-ups in a row found nobody: no further one comes by itself."""

    times: int
    kind: Literal["member_silent"] = "member_silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSet(Happened):
    reminder: str
    due_at: datetime
    text: str
    kind: Literal["reminder_set"] = "reminder_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFired(Happened):
    reminder: str
    ordinal: int
    owner: PersonId
    kind: Literal["reminder_fired"] = "reminder_fired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDone(Happened):
    reminder: str
    kind: Literal["reminder_done"] = "reminder_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSnoozed(Happened):
    reminder: str
    ordinal: int
    until: datetime
    kind: Literal["reminder_snoozed"] = "reminder_snoozed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStopped(Happened):
    reminder: str
    kind: Literal["reminder_stopped"] = "reminder_stopped"
