"""«Do not answer»: a legitimate end, which the director agrees to, and in distress the referent too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import drafts, members, sending
from bot.domain.cell import holders
from bot.domain.drafts import Decision
from bot.domain.errors import Code, Refused
from bot.domain.events import AnswerWanted, NoAnswerAgreed, NoAnswerAsked, NoAnswerDecided
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, DraftStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.drafts import Draft
    from bot.domain.ids import PersonId


def agreeing(level: Level | None) -> tuple[Role, ...]:
    """Whose agreement is needed. `level` is the one in force."""
    if level is not None and level >= Level.D2:
        return (Role.DIRECTOR, Role.DISTRESS_REFERENT)
    return (Role.DIRECTOR,)


def wishes(draft: Draft) -> tuple[Decision, ...]:
    """Who wants no answer to the current revision."""
    return tuple(d for d in draft.verdicts if d.verdict is Verdict.NO_ANSWER)


def first_wish(draft: Draft) -> Decision:
    """Who asked for it, and why."""
    return wishes(draft)[0]


def lacking(draft: Draft, roles: Sequence[Role]) -> tuple[Role, ...]:
    """Those of the agreeing `roles` that have not agreed."""
    agreed = {role for d in wishes(draft) for role in d.roles}
    return tuple(role for role in roles if role not in agreed)


def awaited(crisis: Crisis, draft: Draft, roles: Sequence[Role]) -> tuple[PersonId, ...]:
    """Those whose agreement is still missing."""
    people = (a.person for role in lacking(draft, roles) for a in holders(crisis, role))
    return tuple(dict.fromkeys(people))


def ask(
    crisis: Crisis,
    number: int,
    *,
    seen: int,
    by: PersonId,
    roles: Sequence[Role],
    reason: str,
    private: bool = False,
    at: datetime,
) -> None:
    """Ask not to answer at all, for `roles`: those of the decision and those of the agreement held by `by`.

    Raises what `drafts.check_may_decide` does, and `reason_needed`.
    """
    draft = drafts.check_may_decide(crisis, number, seen=seen, by=by, roles=roles)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    wish = Decision(seen, by, tuple(roles), Verdict.NO_ANSWER, at, reason.strip(), private)
    drafts.put(crisis, replace(draft, status=DraftStatus.NO_ANSWER_ASKED, decisions=(*draft.decisions, wish)))
    crisis.record(
        NoAnswerAsked(at=at, by=by, draft=number, revision=seen, reason=reason.strip(), private=private)
    )


def agree(
    crisis: Crisis, number: int, *, seen: int, by: PersonId, roles: Sequence[Role], at: datetime
) -> None:
    """Agree for `roles`; whoever had approved the text has changed their mind.

    Raises `crisis_closed`, `stale_revision`, `not_in_review`, `already_decided`, `not_asked`.
    """
    draft = _asked(crisis, number, seen)
    if not roles:
        raise Refused(Code.NOT_ASKED)
    if not set(roles) & set(lacking(draft, roles)):
        raise Refused(Code.ALREADY_DECIDED)
    mine = next((d for d in draft.verdicts if d.person == by), None)
    if mine is not None and mine.verdict is Verdict.NO_ANSWER:
        more = replace(mine, roles=tuple(dict.fromkeys((*mine.roles, *roles))))
        decisions = tuple(more if d is mine else d for d in draft.decisions)
    else:
        wish = Decision(seen, by, tuple(roles), Verdict.NO_ANSWER, at)
        decisions = (*(d for d in draft.decisions if d is not mine), wish)
    drafts.put(crisis, replace(draft, decisions=decisions))
    crisis.record(NoAnswerAgreed(at=at, by=by, draft=number, revision=seen, roles=tuple(roles)))


def settle(crisis: Crisis, number: int, *, roles: Sequence[Role], at: datetime) -> Draft:
    """Close the draft once all of the agreeing `roles` have agreed.

    Without another reply on its way or gone, nor another member who waits, the crisis ends without an answer;
    the follow-ups stay.
    """
    draft = crisis.draft(number)
    if draft.status is not DraftStatus.NO_ANSWER_ASKED or lacking(draft, roles):
        return draft
    draft = replace(draft, status=DraftStatus.NO_ANSWER)
    drafts.put(crisis, draft)
    crisis.record(NoAnswerDecided(at=at, draft=number, revision=draft.current.number))
    who = members.of_draft(crisis, draft) if members.several(crisis) else None
    if who is not None:
        members.put(crisis, replace(who, excused=first_wish(draft).reason))
        sending.reply_when_complete(crisis, at=at, by=wishes(draft)[-1].person)
    dead = all(d.status in members.DEAD for d in crisis.drafts)
    if crisis.status is CrisisStatus.OPEN and dead and not (who and members.to_answer(crisis)):
        crisis.status = CrisisStatus.NO_ANSWER
    return draft


def answer_after_all(crisis: Crisis, number: int, *, seen: int, by: PersonId, at: datetime) -> None:
    """The text is in review again; those who had wished no answer decide anew.

    Raises `crisis_closed`, `stale_revision`, `not_in_review`.
    """
    draft = _asked(crisis, number, seen)
    left = tuple(d for d in draft.decisions if d not in wishes(draft))
    drafts.put(crisis, replace(draft, status=DraftStatus.IN_REVIEW, decisions=left))
    crisis.record(AnswerWanted(at=at, by=by, draft=number, revision=seen))


def _asked(crisis: Crisis, number: int, seen: int) -> Draft:
    crisis.check_not_closed()
    draft = crisis.draft(number)
    drafts.check_fresh(draft, seen)
    if draft.status is not DraftStatus.NO_ANSWER_ASKED:
        raise Refused(Code.NOT_IN_REVIEW)
    return draft
