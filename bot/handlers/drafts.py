"""Writing a reply, deciding on it, changing it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import cell, drafts, review
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs, DraftStatus, Rejecting, Route
from bot.domain.verbs import Verb
from bot.domain.wording import clean, revision_text
from bot.guide import Guide
from bot.handlers import no_answer
from bot.handlers.request import Request, choice, draft_number, value
from bot.views.draft_forms import draft_form, reject_form, revise_form


def ask_draft(request: Request, action: Action) -> Answer:
    """The form, which says who will be asked."""
    crisis = request.crisis(Verb.DRAFT, action.subject)
    crisis.check_not_closed()
    draft = drafts.unwritten(request.person, request.now)
    rule = request.guide.rule(crisis, request.now)
    empty = review.unfillable(crisis, draft, rule, lambda role: request.guide.chain(crisis, role))
    asked = _would_be_asked(request, crisis)
    return Answer(form=draft_form(request.scene(crisis), asked=asked, empty=empty, routes=tuple(Route)))


def submit_draft(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A first revision, and whoever must decide on it is called."""
    crisis = request.crisis(Verb.DRAFT, action.subject)
    draft = drafts.propose(
        crisis,
        text=_text(values),
        routes=chosen_routes(values),
        by=request.person,
        at=request.now,
    )
    fill_seats(request.guide, crisis, draft, now=request.now)
    return Answer()


def approve(request: Request, action: Action) -> Answer:
    """«Approve revision n»."""
    crisis = request.crisis(Verb.APPROVE, action.subject)
    roles = _deciding_roles(request, crisis, draft_number(action))
    _take_seats(request, crisis, roles)
    draft = drafts.approve(
        crisis,
        draft_number(action),
        seen=action.revision or 0,
        by=request.person,
        roles=roles,
        rule=request.guide.rule(crisis, request.now),
        at=request.now,
    )
    if draft.status is DraftStatus.IN_REVIEW:
        fill_seats(request.guide, crisis, draft, now=request.now)
    return Answer()


def ask_reject(request: Request, action: Action) -> Answer:
    """The form for the reason; what is already settled is said before anybody types."""
    crisis = request.crisis(Verb.REJECT, action.subject)
    draft = crisis.draft(draft_number(action))
    roles = _deciding_roles(request, crisis, draft.number)
    drafts.check_may_decide(crisis, draft.number, seen=action.revision or 0, by=request.person, roles=roles)
    return Answer(form=reject_form(request.scene(crisis), draft))


def submit_reject(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Refuse the text, with a reason: to be corrected, or because no answer at all would be better."""
    crisis = request.crisis(Verb.REJECT, action.subject)
    roles = _deciding_roles(request, crisis, draft_number(action))
    _take_seats(request, crisis, roles)
    reason, private = clean(value(values, "reason")), value(values, "private") == "yes"
    if value(values, "then") and choice(Rejecting, values, "then") is Rejecting.NO_ANSWER:
        return no_answer.ask(request, crisis, action, deciding=roles, reason=reason, private=private)
    drafts.reject(
        crisis,
        draft_number(action),
        seen=action.revision or 0,
        by=request.person,
        roles=roles,
        reason=reason,
        private=private,
        at=request.now,
    )
    return Answer()


def withdraw(request: Request, action: Action) -> Answer:
    """«Withdraw my approval»: nothing is sent before somebody decides anew."""
    crisis = request.crisis(Verb.WITHDRAW, action.subject)
    number = draft_number(action)
    drafts.withdraw(crisis, number, seen=action.revision or 0, by=request.person, at=request.now)
    fill_seats(request.guide, crisis, crisis.draft(number), now=request.now)
    return Answer()


def ask_revise(request: Request, action: Action) -> Answer:
    """The form with the current text, if it is still the one that was shown."""
    crisis = request.crisis(Verb.REVISE, action.subject)
    draft = crisis.draft(draft_number(action))
    drafts.check_may_revise(crisis, draft, seen=action.revision or 0)
    return Answer(form=revise_form(request.scene(crisis), draft))


def submit_revise(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A new revision: every approval falls."""
    crisis = request.crisis(Verb.REVISE, action.subject)
    draft = drafts.revise(
        crisis,
        draft_number(action),
        seen=action.revision or 0,
        text=_text(values),
        by=request.person,
        at=request.now,
    )
    fill_seats(request.guide, crisis, draft, now=request.now)
    return Answer()


def settle_or_call(guide: Guide, crisis: Crisis, number: int, *, now: datetime) -> None:
    """The rule or the cell is another than before.

    A text is approved by it, or whoever is missing is called: to decide, or to agree.
    """
    no_answer.settle_or_call(guide, crisis, number, now=now)
    draft = drafts.settle(crisis, number, rule=guide.rule(crisis, now), at=now)
    if draft.status is DraftStatus.IN_REVIEW:
        fill_seats(guide, crisis, draft, now=now)


def fill_seats(guide: Guide, crisis: Crisis, draft: Draft, *, now: datetime) -> None:
    """Call a deputy for each missing role that nobody who was asked can give: the author, or all away."""
    away = guide.away(now)
    for role in review.without_seat(crisis, draft, guide.rule(crisis, now), away=away):
        asked = {a.person for a in crisis.assignments if a.role is role}
        passed_over = {draft.author, *(away if cell.holders(crisis, role) else ())}
        chain = [p for p in guide.chain(crisis, role) if p not in passed_over]
        if any(p not in asked for p in chain):
            instead_of = draft.author if draft.author in asked else None
            cell.ask_next(crisis, role=role, chain=chain, at=now, instead_of=instead_of)


def _deciding_roles(request: Request, crisis: Crisis, number: int) -> tuple[Role, ...]:
    """The roles for which this person's decision counts: their own, and those whose holders cannot decide.

    Raises `deputy_too_early` for a deputy whose time has not come yet.
    """
    guide, rule, draft = request.guide, request.guide.rule(crisis, request.now), crisis.draft(number)
    own = review.deciding_roles(crisis, request.person, rule)
    roles = tuple(r for r in rule.asked if r in own or guide.stands_in(crisis, draft, r, request.person))
    if not roles and request.community_roles(crisis) & set(rule.asked):
        raise Refused(Code.DEPUTY_TOO_EARLY)
    return roles


def _take_seats(request: Request, crisis: Crisis, roles: Iterable[Role]) -> None:
    """A deputy who decides in somebody's place holds the role from then on."""
    for role in roles:
        here = cell.holders(crisis, role)
        cell.ask(
            crisis,
            person=request.person,
            role=role,
            asked_as=AskedAs.JOINED,
            at=request.now,
            instead_of=here[-1].person if here else None,
        )


def _would_be_asked(request: Request, crisis: Crisis) -> list[PersonId]:
    """Whom a text of this person would be shown to for a decision."""
    rule = request.guide.rule(crisis, request.now)
    people: list[PersonId] = []
    for role in rule.asked:
        here = [a.person for a in cell.holders(crisis, role) if a.person != request.person]
        chain = [p for p in request.guide.chain(crisis, role) if p != request.person]
        people += here or chain[:1]
    return list(dict.fromkeys(people))


def _text(values: Mapping[str, str]) -> str:
    try:
        return revision_text(values.get("text") or "")
    except Refused as refused:
        raise Refused(refused.code, field="text", **refused.params) from None


def chosen_routes(values: Mapping[str, str]) -> list[Route]:
    """The ways that a form's checks name. Raises `bad_value`."""
    names = [name for name in value(values, "routes").split(",") if name]
    try:
        return [Route(name) for name in names]
    except ValueError:
        raise Refused(Code.BAD_VALUE, field="routes") from None
