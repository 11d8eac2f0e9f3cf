"""A first word that the client agreed to beforehand: in distress a moderator sends it without approval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import drafts
from bot.domain.cell import assignments_of
from bot.domain.drafts import Decision, Draft, Revision
from bot.domain.errors import Code, Refused
from bot.domain.events import FirstMessageReleased, FirstMessageReread, RereadingAsked
from bot.domain.sending import Dispatch
from bot.domain.serious_news import check_may_write
from bot.domain.states import DraftStatus, Presence, Verdict
from bot.domain.wording import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.domain.approvals import ApprovalRule
    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.states import Route


def some_word_released(crisis: Crisis) -> bool:
    """Whether a word to the member has left already, or is to be sent."""
    return any(draft.status is DraftStatus.RELEASED for draft in crisis.drafts)


def release(
    crisis: Crisis,
    *,
    text: str,
    routes: Sequence[Route],
    by: PersonId,
    agreed_by: PersonId,
    until: date,
    at: datetime,
) -> Draft:
    """Give the word to send it: a draft that is released at once. `text` has passed `revision_text`."""
    check_may_write(crisis)
    if not routes:
        raise Refused(Code.REQUIRED, field="routes")
    draft = Draft(
        number=len(crisis.drafts) + 1,
        status=DraftStatus.RELEASED,
        routes=tuple(routes),
        proposed_at=at,
        revisions=(Revision(1, text, fingerprint(text), by, at),),
        released_by=by,
        released_at=at,
        agreed_by=agreed_by,
    )
    crisis.drafts = (*crisis.drafts, draft)
    crisis.dispatches += tuple(Dispatch(draft.number, route) for route in draft.routes)
    crisis.record(
        FirstMessageReleased(
            at=at,
            by=by,
            draft=draft.number,
            fingerprint=draft.current.fingerprint,
            agreed_by=agreed_by,
            until=until,
        )
    )
    return draft


def to_reread(crisis: Crisis) -> Draft | None:
    """The first message while nobody has re-read it."""
    return next((d for d in crisis.drafts if d.is_first_message and reread_by(d) is None), None)


def reread_by(draft: Draft) -> Decision | None:
    """Who re-read it first, and when."""
    return next((d for d in draft.decisions if d.verdict is Verdict.REREAD), None)


def rereaders(
    crisis: Crisis, draft: Draft, rule: ApprovalRule, *, referents: Sequence[PersonId]
) -> tuple[PersonId, ...]:
    """The distress referent, and those who would have approved a reply and could not be reached when it left.

    All who approve, when each of them was there; never the sender. `referents` are those of the community,
    in the order in which they are called.
    """
    referent = [person for person in referents if person != draft.released_by][:1]
    approvers = [a for a in crisis.assignments if a.role in rule.asked and a.person != draft.released_by]
    away = [
        a
        for a in approvers
        if a.presence is not Presence.TAKEN_UP
        or a.answered_at is None
        or draft.released_at is None
        or a.answered_at > draft.released_at
    ]
    return tuple(dict.fromkeys([*referent, *(a.person for a in away or approvers)]))


def ask_rereading(crisis: Crisis, number: int, *, at: datetime) -> None:
    """The next morning: say that it is to be read, unless somebody has done so."""
    if reread_by(crisis.draft(number)) is None:
        crisis.record(RereadingAsked(at=at, draft=number))


def reread(crisis: Crisis, number: int, *, by: PersonId, at: datetime) -> None:
    """«I have re-read it». Raises `not_in_review` for a reply, `own_draft`, `already_done`."""
    draft = crisis.draft(number)
    if not draft.is_first_message:
        raise Refused(Code.NOT_IN_REVIEW)
    if by == draft.released_by:
        raise Refused(Code.OWN_DRAFT)
    if any(d.person == by for d in draft.decisions):
        raise Refused(Code.ALREADY_DONE)
    roles = tuple(a.role for a in assignments_of(crisis, by))
    word = Decision(draft.current.number, by, roles, Verdict.REREAD, at)
    drafts.put(crisis, replace(draft, decisions=(*draft.decisions, word)))
    crisis.record(FirstMessageReread(at=at, by=by, draft=number))
