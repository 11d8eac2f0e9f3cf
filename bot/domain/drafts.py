"""A reply in preparation: immutable numbered texts, and decisions that bind to exactly one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.approvals import missing
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    ApprovalsSuffice,
    ApprovalWithdrawn,
    DecisionOverdue,
    DraftApproved,
    DraftProposed,
    DraftRejected,
    DraftReopened,
    DraftRevised,
    FallbackHolds,
)
from bot.domain.ids import EVERYBODY, FIRST
from bot.domain.states import CrisisStatus, DraftStatus, Route, Verdict
from bot.domain.wording import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.approvals import ApprovalRule
    from bot.domain.crisis import Crisis
    from bot.domain.ids import MemberId, PersonId
    from bot.domain.overrides import Override
    from bot.domain.roster import Role


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable text (`wording.revision_text` has been applied).

    `fingerprint` is its SHA-256 in hexadecimal.
    """

    number: int
    text: str
    fingerprint: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's verdict on one revision, for every role they held when they gave it.

    A `private` reason is for the author and the communication lead alone; a wish not to answer also for
    those who must agree to it.
    """

    revision: int
    person: PersonId
    roles: tuple[Role, ...]
    verdict: Verdict
    at: datetime
    reason: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply in preparation. `routes` are the ways it shall reach its `member`, or `EVERYBODY` in public.

    `agreed_by`: who at the client had agreed to its text beforehand; it needed no approval.
    `promised_at`: a holding statement, and when it promises the next word. `overrides` are those of all
    revisions.
    """

    number: int
    status: DraftStatus
    routes: tuple[Route, ...]
    proposed_at: datetime
    revisions: tuple[Revision, ...]
    decisions: tuple[Decision, ...] = ()
    released_by: PersonId | None = None
    released_at: datetime | None = None
    agreed_by: PersonId | None = None
    promised_at: datetime | None = None
    overrides: tuple[Override, ...] = ()
    member: MemberId = FIRST

    @property
    def is_holding(self) -> bool:
        return self.promised_at is not None

    @property
    def is_first_message(self) -> bool:
        """Whether it is the word that a moderator sends alone, which is re-read the next morning."""
        return self.agreed_by is not None and not self.is_holding

    @property
    def current(self) -> Revision:
        """The only text that anybody may decide on."""
        return self.revisions[-1]

    @property
    def author(self) -> PersonId:
        """The last editor, who never decides."""
        return self.current.by

    @property
    def verdicts(self) -> tuple[Decision, ...]:
        """The decisions on the current revision."""
        return tuple(d for d in self.decisions if d.revision == self.current.number)

    @property
    def approved_roles(self) -> frozenset[Role]:
        """The roles for which the current revision is approved."""
        return frozenset(r for d in self.verdicts if d.verdict is Verdict.APPROVED for r in d.roles)

    @property
    def approved_before(self) -> tuple[PersonId, ...]:
        """Those who approved the revision before the current one: they are told what changed."""
        before = self.current.number - 1
        return tuple(
            d.person for d in self.decisions if d.revision == before and d.verdict is Verdict.APPROVED
        )


def unwritten(by: PersonId, at: datetime) -> Draft:
    """A reply that `by` is about to write: who could decide on it is known already."""
    return Draft(0, DraftStatus.IN_REVIEW, (), at, (Revision(1, "", "", by, at),))


def propose(
    crisis: Crisis,
    *,
    text: str,
    routes: Sequence[Route],
    by: PersonId,
    at: datetime,
    member: MemberId = FIRST,
) -> Draft:
    """A new draft in review. `text` has passed `wording.revision_text`.

    Raises `public_only` for a private way to everybody.
    """
    crisis.check_not_closed()
    if not routes:
        raise Refused(Code.REQUIRED, field="routes")
    if member == EVERYBODY and set(routes) != {Route.PUBLIC_POST}:
        raise Refused(Code.PUBLIC_ONLY, field="routes")
    first = Revision(1, text, fingerprint(text), by, at)
    number = len(crisis.drafts) + 1
    draft = Draft(number, DraftStatus.IN_REVIEW, tuple(routes), at, (first,), member=member)
    if crisis.status is CrisisStatus.NO_ANSWER:
        crisis.status = CrisisStatus.OPEN
    crisis.drafts = (*crisis.drafts, draft)
    crisis.record(DraftProposed(at=at, by=by, draft=number, fingerprint=first.fingerprint, member=member))
    return draft


def revise(crisis: Crisis, number: int, *, seen: int, text: str, by: PersonId, at: datetime) -> Draft:
    """A new revision over the one that the editor `seen`; every approval falls.

    Raises `stale_revision`, `unchanged`.
    """
    draft = crisis.draft(number)
    check_may_revise(crisis, draft, seen=seen)
    if text == draft.current.text:
        raise Refused(Code.UNCHANGED, field="text")
    revision = Revision(seen + 1, text, fingerprint(text), by, at)
    revisions = (*draft.revisions, revision)
    draft = replace(draft, status=DraftStatus.IN_REVIEW, revisions=revisions, agreed_by=None)
    put(crisis, draft)
    crisis.record(
        DraftRevised(at=at, by=by, draft=number, revision=revision.number, fingerprint=revision.fingerprint)
    )
    return draft


def approve(
    crisis: Crisis,
    number: int,
    *,
    seen: int,
    by: PersonId,
    roles: Sequence[Role],
    rule: ApprovalRule,
    at: datetime,
) -> Draft:
    """Approve exactly the text that was shown, for `roles`: those of the rule that the person holds here."""
    draft = check_may_decide(crisis, number, seen=seen, by=by, roles=roles)
    draft = _decide(draft, Decision(seen, by, tuple(roles), Verdict.APPROVED, at))
    complete = not missing(rule, draft.approved_roles)
    draft = replace(draft, status=DraftStatus.APPROVED if complete else DraftStatus.IN_REVIEW)
    put(crisis, draft)
    crisis.record(
        DraftApproved(at=at, by=by, draft=number, revision=seen, roles=tuple(roles), complete=complete)
    )
    return draft


def reject(
    crisis: Crisis,
    number: int,
    *,
    seen: int,
    by: PersonId,
    roles: Sequence[Role],
    reason: str,
    private: bool = False,
    at: datetime,
) -> Draft:
    """Refuse the text that was shown; it can be revised. Raises `reason_needed`."""
    draft = check_may_decide(crisis, number, seen=seen, by=by, roles=roles)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    draft = _decide(draft, Decision(seen, by, tuple(roles), Verdict.REJECTED, at, reason.strip(), private))
    draft = replace(draft, status=DraftStatus.REJECTED)
    put(crisis, draft)
    crisis.record(
        DraftRejected(
            at=at,
            by=by,
            draft=number,
            revision=seen,
            roles=tuple(roles),
            reason=reason.strip(),
            private=private,
        )
    )
    return draft


def withdraw(crisis: Crisis, number: int, *, seen: int, by: PersonId, at: datetime) -> None:
    """Take back one's approval: the text is in review again, and one may decide anew.

    Raises `crisis_closed`, `already_released`, `stale_revision`, `not_in_review`, `nothing_to_withdraw`.
    """
    crisis.check_not_closed()
    draft = crisis.draft(number)
    if draft.status is DraftStatus.RELEASED:
        raise Refused(Code.ALREADY_RELEASED)
    check_fresh(draft, seen)
    if draft.status not in {DraftStatus.IN_REVIEW, DraftStatus.APPROVED}:
        raise Refused(Code.NOT_IN_REVIEW)
    mine = next((d for d in draft.verdicts if d.person == by and d.verdict is Verdict.APPROVED), None)
    if mine is None:
        raise Refused(Code.NOTHING_TO_WITHDRAW)
    left = tuple(d for d in draft.decisions if d is not mine)
    put(crisis, replace(draft, status=DraftStatus.IN_REVIEW, decisions=left))
    crisis.record(ApprovalWithdrawn(at=at, by=by, draft=number, revision=seen))


def check_may_decide(crisis: Crisis, number: int, *, seen: int, by: PersonId, roles: Sequence[Role]) -> Draft:
    """Raises `crisis_closed`, `stale_revision`, `own_draft`, `already_decided`, `not_in_review`.

    `not_asked`.
    """
    crisis.check_not_closed()
    draft = crisis.draft(number)
    check_fresh(draft, seen)
    if by == draft.author:
        raise Refused(Code.OWN_DRAFT)
    if any(d.person == by for d in draft.verdicts):
        raise Refused(Code.ALREADY_DECIDED)
    if draft.status is not DraftStatus.IN_REVIEW:
        raise Refused(Code.NOT_IN_REVIEW)
    if not roles:
        raise Refused(Code.NOT_ASKED)
    return draft


def check_may_revise(crisis: Crisis, draft: Draft, *, seen: int) -> None:
    """Raises `crisis_closed`, `not_in_review`, `stale_revision`."""
    crisis.check_not_closed()
    if draft.status in {DraftStatus.RELEASED, DraftStatus.NO_ANSWER}:
        raise Refused(Code.NOT_IN_REVIEW)
    check_fresh(draft, seen)


def still_approved(draft: Draft, rule: ApprovalRule) -> bool:
    """Whether the approvals are enough for the rule of this moment: the level may have risen since."""
    enough = draft.agreed_by is not None or not missing(rule, draft.approved_roles)
    return draft.status is DraftStatus.APPROVED and enough


def reopen(crisis: Crisis, draft: Draft, *, at: datetime) -> None:
    """An approved draft whose rule has grown goes back into review, its approvals kept."""
    put(crisis, replace(draft, status=DraftStatus.IN_REVIEW))
    crisis.record(DraftReopened(at=at, draft=draft.number, revision=draft.current.number))


def fall_back(crisis: Crisis, number: int, *, roles: Sequence[Role], at: datetime) -> None:
    """Say that the approval of `roles` is enough from now on."""
    revision = crisis.draft(number).current.number
    crisis.record(FallbackHolds(at=at, draft=number, revision=revision, roles=tuple(roles)))


def settle(crisis: Crisis, number: int, *, rule: ApprovalRule, at: datetime) -> Draft:
    """Approve a text in review whose approvals are enough for the rule of this moment."""
    draft = crisis.draft(number)
    if draft.status is DraftStatus.IN_REVIEW and not missing(rule, draft.approved_roles):
        draft = replace(draft, status=DraftStatus.APPROVED)
        put(crisis, draft)
        crisis.record(ApprovalsSuffice(at=at, draft=number, revision=draft.current.number))
    return draft


def overdue(crisis: Crisis, number: int, *, step: int, at: datetime) -> None:
    """Say that a revision still waits."""
    revision = crisis.draft(number).current.number
    crisis.record(DecisionOverdue(at=at, draft=number, revision=revision, step=step))


def put(crisis: Crisis, draft: Draft) -> None:
    """Replace a draft of the crisis by its new state."""
    crisis.drafts = tuple(draft if d.number == draft.number else d for d in crisis.drafts)


def _decide(draft: Draft, decision: Decision) -> Draft:
    return replace(draft, decisions=(*draft.decisions, decision))


def check_fresh(draft: Draft, seen: int) -> None:
    """Raises `stale_revision`."""
    if seen != draft.current.number:
        raise Refused(Code.STALE_REVISION, seen=seen, current=draft.current.number)
