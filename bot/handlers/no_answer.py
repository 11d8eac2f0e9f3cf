"""«Do not answer»: asked in the form of a rejection, agreed to or not by a button."""

from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import cell, no_answer
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.roster import Role
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.handlers import gate, seats
from bot.handlers.request import Request, draft_number


def ask(
    request: Request,
    crisis: Crisis,
    action: Action,
    *,
    deciding: tuple[Role, ...],
    reason: str,
    private: bool,
) -> Answer:
    """Those who must agree are called, unless the one who asks is all of them."""
    number = draft_number(action)
    agreeing = _agreeing_roles(request, crisis, number) if deciding else ()
    seats.take(request, crisis, agreeing)
    no_answer.ask(
        crisis,
        number,
        seen=action.revision or 0,
        by=request.person,
        roles=tuple(dict.fromkeys((*deciding, *agreeing))),
        reason=reason,
        private=private,
        at=request.now,
    )
    settle_or_call(request.guide, crisis, number, now=request.now)
    return Answer()


def agree(request: Request, action: Action) -> Answer:
    """«Do not answer: I agree»."""
    crisis = request.crisis(Verb.NO_ANSWER, action.subject)
    number = draft_number(action)
    roles = _agreeing_roles(request, crisis, number)
    if not roles:
        seats.check_not_too_early(request, crisis, request.guide.agreeing(crisis))
    seats.take(request, crisis, roles)
    no_answer.agree(
        crisis,
        number,
        seen=action.revision or 0,
        by=request.person,
        roles=roles,
        at=request.now,
    )
    settle_or_call(request.guide, crisis, number, now=request.now)
    return Answer()


def answer_after_all(request: Request, action: Action) -> Answer:
    """«Answer all the same», from whoever must agree and from whoever had asked for no answer."""
    crisis = request.crisis(Verb.ANSWER_AFTER_ALL, action.subject)
    number = draft_number(action)
    asked = {d.person for d in no_answer.wishes(crisis.draft(number))}
    if request.person not in asked:
        roles = _agreeing_roles(request, crisis, number)
        if not roles:
            raise Refused(Code.NOT_ASKED)
        seats.take(request, crisis, roles)
    no_answer.answer_after_all(crisis, number, seen=action.revision or 0, by=request.person, at=request.now)
    gate.settle(request.guide, crisis, number, now=request.now)
    return Answer()


def settle_or_call(guide: Guide, crisis: Crisis, number: int, *, now: datetime) -> None:
    """Not to answer is decided, or somebody is called for each role that must still agree and cannot."""
    roles = guide.agreeing(crisis)
    draft = no_answer.settle(crisis, number, roles=roles, at=now)
    if draft.status is not DraftStatus.NO_ANSWER_ASKED:
        return
    for role in no_answer.lacking(draft, roles):
        if not cell.holders(crisis, role):
            cell.ask_next(crisis, role=role, chain=guide.chain(crisis, role), at=now)
        elif guide.cannot_decide(crisis, draft, role):
            seats.call_deputies(guide, crisis, draft, [role], now=now)


def _agreeing_roles(request: Request, crisis: Crisis, number: int) -> tuple[Role, ...]:
    return seats.roles_for(request, crisis, crisis.draft(number), request.guide.agreeing(crisis))
