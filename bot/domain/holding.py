"""A holding statement: a public word before everything is known, and the hour that it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.drafts import Draft, Revision
from bot.domain.events import HoldingPrepared
from bot.domain.ids import EVERYBODY
from bot.domain.states import DraftStatus, Route
from bot.domain.wording import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.templates import Agreement

_WAITING = frozenset({DraftStatus.IN_REVIEW, DraftStatus.APPROVED})


def prepare(
    crisis: Crisis,
    *,
    text: str,
    by: PersonId,
    at: datetime,
    promised_at: datetime,
    agreement: Agreement | None,
) -> Draft:
    """A draft for the public: in review, or approved by the client's `agreement` to its text.

    `text` has passed `revision_text`. Raises `crisis_closed`.
    """
    crisis.check_not_closed()
    draft = Draft(
        number=len(crisis.drafts) + 1,
        status=DraftStatus.APPROVED if agreement else DraftStatus.IN_REVIEW,
        routes=(Route.PUBLIC_POST,),
        proposed_at=at,
        revisions=(Revision(1, text, fingerprint(text), by, at),),
        agreed_by=agreement.by if agreement else None,
        promised_at=promised_at,
        member=EVERYBODY,
    )
    crisis.drafts = (*crisis.drafts, draft)
    crisis.record(
        HoldingPrepared(
            at=at,
            by=by,
            draft=draft.number,
            fingerprint=draft.current.fingerprint,
            since_opening=int((at - crisis.opened_at).total_seconds()),
            promised_at=promised_at,
            agreed_by=draft.agreed_by,
        )
    )
    return draft


def is_under_way(crisis: Crisis) -> bool:
    """Whether one waits for a decision or for its release."""
    return any(draft.is_holding and draft.status in _WAITING for draft in crisis.drafts)
