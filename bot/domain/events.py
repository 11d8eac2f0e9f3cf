"""What happened, as a closed union. Each becomes a journal line and, by `bot/reactions.py`, what goes out.

Every event knows who did it (`by`, None for Cellule itself) and when (`at`, UTC). Texts in an event are
sealed with the journal entry that carries it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.ids import PersonId, Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Outcome, Route, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What every event carries."""

    at: datetime
    by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisOpened(Happened):
    community: str
    category: str
    severity: int
    kind: Literal["crisis_opened"] = "crisis_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsCompleted(Happened):
    """`fields` names what was filled in, never with what."""

    fields: tuple[str, ...]
    kind: Literal["details_completed"] = "details_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStandingChanged(Happened):
    standing: Standing
    kind: Literal["message_standing_changed"] = "message_standing_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChanged(Happened):
    before: Level | None
    after: Level
    reason: str = ""
    kind: Literal["level_changed"] = "level_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringAsked(Happened):
    """One person wants a grave crisis judged less grave (`target`: a level or a severity).

    A second must agree.
    """

    target: str
    reason: str
    kind: Literal["lowering_asked"] = "lowering_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(Happened):
    before: int
    after: int
    reason: str = ""
    kind: Literal["severity_changed"] = "severity_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChanged(Happened):
    before: str
    after: str
    kind: Literal["category_changed"] = "category_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCreated(Happened):
    platform: Platform
    name: str
    kind: Literal["room_created"] = "room_created"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDelayed(Happened):
    """The room cannot be made for the moment; people are called without it. `code` is the platform's word."""

    platform: Platform
    code: str
    kind: Literal["room_delayed"] = "room_delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleInvited(Happened):
    platform: Platform
    people: tuple[PersonId, ...]
    kind: Literal["people_invited"] = "people_invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFailed(Happened):
    platform: Platform
    person: PersonId
    code: str
    kind: Literal["invitation_failed"] = "invitation_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Happened):
    """Something that had to go out did not. `what` is a card kind, `person` whom it was for, if anyone."""

    what: str
    code: str
    person: PersonId | None = None
    kind: Literal["delivery_failed"] = "delivery_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked(Happened):
    """Somebody is called into the cell. `instead_of` is the person whose silence or refusal led to it."""

    person: PersonId
    role: Role
    asked_as: AskedAs
    instead_of: PersonId | None = None
    kind: Literal["person_asked"] = "person_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAskedAgain(Happened):
    person: PersonId
    attempt: int
    kind: Literal["person_asked_again"] = "person_asked_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class PingSent(Happened):
    person: PersonId
    platform: Platform
    attempt: int
    kind: Literal["ping_sent"] = "ping_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp(Happened):
    person: PersonId
    kind: Literal["taken_up"] = "taken_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Happened):
    person: PersonId
    kind: Literal["declined"] = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainExhausted(Happened):
    """Nobody is left to call for this role."""

    role: Role
    kind: Literal["chain_exhausted"] = "chain_exhausted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDeclared(Happened):
    kind: Literal["emergency_declared"] = "emergency_declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOnPhone(Happened):
    until: datetime
    kind: Literal["emergency_on_phone"] = "emergency_on_phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyCalled(Happened):
    """A call for help was made. `called_at` is the hour given by the caller."""

    service: str
    called_at: datetime
    said: str
    reference: str
    kind: Literal["emergency_called"] = "emergency_called"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNotNeeded(Happened):
    reason: str
    kind: Literal["emergency_not_needed"] = "emergency_not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyUnrecorded(Happened):
    """Still no call recorded: the cell is reminded for the `attempt`-th time."""

    attempt: int
    kind: Literal["emergency_unrecorded"] = "emergency_unrecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProposed(Happened):
    draft: int
    fingerprint: str
    kind: Literal["draft_proposed"] = "draft_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRevised(Happened):
    draft: int
    revision: int
    fingerprint: str
    kind: Literal["draft_revised"] = "draft_revised"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftApproved(Happened):
    draft: int
    revision: int
    roles: tuple[Role, ...]
    complete: bool
    kind: Literal["draft_approved"] = "draft_approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRejected(Happened):
    draft: int
    revision: int
    roles: tuple[Role, ...]
    reason: str
    kind: Literal["draft_rejected"] = "draft_rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReopened(Happened):
    """The level has risen since the approvals: they are kept, and more are needed."""

    draft: int
    revision: int
    kind: Literal["draft_reopened"] = "draft_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOverdue(Happened):
    """A revision still waits; `step` 1 reminds those asked, 2 calls deputies, 3 the managers."""

    draft: int
    revision: int
    step: int
    kind: Literal["decision_overdue"] = "decision_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReleased(Happened):
    draft: int
    revision: int
    fingerprint: str
    kind: Literal["draft_released"] = "draft_released"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteUsed(Happened):
    """The released text went this way; `proof` is a link or a note."""

    draft: int
    route: Route
    proof: str
    first: bool
    kind: Literal["route_used"] = "route_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteExcused(Happened):
    draft: int
    route: Route
    reason: str
    kind: Literal["route_excused"] = "route_excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingOverdue(Happened):
    """An approved text waits for its release, or a released one for its sending."""

    draft: int
    attempt: int
    kind: Literal["sending_overdue"] = "sending_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisReplied(Happened):
    kind: Literal["crisis_replied"] = "crisis_replied"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDue(Happened):
    ordinal: int
    owner: PersonId | None
    kind: Literal["follow_up_due"] = "follow_up_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpOverdue(Happened):
    """Nobody has recorded this follow-up; `step` 1 reminds its owner, 2 tells the deputy, 3 the managers."""

    ordinal: int
    step: int
    kind: Literal["follow_up_overdue"] = "follow_up_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRecorded(Happened):
    ordinal: int
    outcome: Outcome
    note: str
    kind: Literal["follow_up_recorded"] = "follow_up_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPostponed(Happened):
    ordinal: int
    until: datetime
    kind: Literal["follow_up_postponed"] = "follow_up_postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStopAsked(Happened):
    """One person wants the follow-up to end; a second must agree."""

    reason: str
    kind: Literal["follow_up_stop_asked"] = "follow_up_stop_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStopped(Happened):
    reason: str
    kind: Literal["follow_up_stopped"] = "follow_up_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Happened):
    text: str
    kind: Literal["note_added"] = "note_added"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisClosed(Happened):
    reason: str
    kind: Literal["crisis_closed"] = "crisis_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomArchived(Happened):
    platform: Platform
    kind: Literal["room_archived"] = "room_archived"


Event = (
    CrisisOpened
    | DetailsCompleted
    | MessageStandingChanged
    | LevelChanged
    | LoweringAsked
    | SeverityChanged
    | CategoryChanged
    | RoomCreated
    | RoomDelayed
    | PeopleInvited
    | InvitationFailed
    | DeliveryFailed
    | PersonAsked
    | PersonAskedAgain
    | PingSent
    | TakenUp
    | Declined
    | ChainExhausted
    | EmergencyDeclared
    | EmergencyOnPhone
    | EmergencyCalled
    | EmergencyNotNeeded
    | EmergencyUnrecorded
    | DraftProposed
    | DraftRevised
    | DraftApproved
    | DraftRejected
    | DraftReopened
    | DecisionOverdue
    | DraftReleased
    | RouteUsed
    | RouteExcused
    | SendingOverdue
    | CrisisReplied
    | FollowUpDue
    | FollowUpOverdue
    | FollowUpRecorded
    | FollowUpPostponed
    | FollowUpStopAsked
    | FollowUpStopped
    | NoteAdded
    | ReminderSet
    | ReminderFired
    | ReminderDone
    | ReminderSnoozed
    | ReminderStopped
    | CrisisClosed
    | RoomArchived
)
