"""Drafts, decisions, the release, the sending."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened, OfMember
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProposed(OfMember):
    draft: int
    fingerprint: str
    kind: Literal["draft_proposed"] = "draft_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingPrepared(Happened):
    """A holding statement is written. `since_opening` is in seconds; it promises the next word at an hour.

    `agreed_by`: who at the client had agreed to the text; None: it is to be approved.
    """

    draft: int
    fingerprint: str
    since_opening: int
    promised_at: datetime
    agreed_by: PersonId | None = None
    kind: Literal["holding_prepared"] = "holding_prepared"


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
    private: bool = False
    kind: Literal["draft_rejected"] = "draft_rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOverridden(Happened):
    """Somebody let a text pass that these rules stop; `complete`: enough people have."""

    draft: int
    revision: int
    rules: tuple[str, ...]
    reason: str
    complete: bool
    kind: Literal["check_overridden"] = "check_overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWithdrawn(Happened):
    """Somebody took back their approval before the release: the text is in review again."""

    draft: int
    revision: int
    kind: Literal["approval_withdrawn"] = "approval_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReopened(Happened):
    """The level has risen since the approvals: they are kept, and more are needed."""

    draft: int
    revision: int
    kind: Literal["draft_reopened"] = "draft_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class FallbackHolds(Happened):
    """Half of the time to reply has passed: the approval of these roles is enough."""

    draft: int
    revision: int
    roles: tuple[Role, ...]
    kind: Literal["fallback_holds"] = "fallback_holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsSuffice(Happened):
    """Fewer approvals are needed than before: those that were given are enough."""

    draft: int
    revision: int
    kind: Literal["approvals_suffice"] = "approvals_suffice"


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
class RouteAdded(Happened):
    """A text that was released already goes this way, too: a contact was found since."""

    draft: int
    route: Route
    kind: Literal["route_added"] = "route_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteUsed(Happened):
    """The released text went this way; `proof` is a link or a note."""

    draft: int
    route: Route
    proof: str
    first: bool
    kind: Literal["route_used"] = "route_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSent(OfMember):
    """Somebody told the member that we read them, in their own words and without a draft."""

    route: Route
    sent_at: datetime
    kind: Literal["receipt_sent"] = "receipt_sent"


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
