"""Writing a reply, deciding on it, changing it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from bot.cards import Action, Answer, Form
from bot.domain import cell, drafts, review
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.ids import EVERYBODY, PersonId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus, Rejecting, Route
from bot.domain.templates import holes_left
from bot.domain.verbs import Verb
from bot.domain.wording import clean, revision_text
from bot.guide import Guide
from bot.handlers import gate, no_answer, seats
from bot.handlers.request import Request, choice, draft_number, value
from bot.views.draft_forms import copied_form, draft_form, reject_form, revise_form, started_form
from bot.views.members import meant
from bot.views.prepared import all_holes, handle_of
from bot.views.scene import Scene
from bot.views.start_from import COPY, offered, to_copy


def ask_draft(request: Request, action: Action) -> Answer:
    """The form, which says who will be asked."""
    crisis = request.crisis(Verb.DRAFT, action.subject)
    return Answer(form=writing(request, crisis, action.subject))


def writing(request: Request, crisis: Crisis, subject: str) -> Form:
    """An empty reply, to the member whom the subject names. Raises `absent`, `crisis_closed`."""
    crisis.check_not_closed()
    scene = request.about(crisis, subject)
    draft = drafts.unwritten(request.person, request.now)
    rule = request.guide.rule(crisis, request.now)
    empty = review.unfillable(crisis, draft, rule, lambda role: request.guide.chain(crisis, role))
    return draft_form(
        scene,
        asked=_would_be_asked(request, crisis),
        empty=empty,
        routes=ways(crisis),
        templates=offered(scene),
    )


def ways(crisis: Crisis) -> tuple[Route, ...]:
    """How a text can go: in public alone where there is no member."""
    return tuple(Route) if crisis.members else (Route.PUBLIC_POST,)


def submit_draft(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A first revision, and whoever must decide on it is called; its author reads what the gate finds.

    Without a text, the prepared reply that was chosen: the form again, filled.
    """
    crisis = request.crisis(Verb.DRAFT, action.subject)
    scene = _to_whom(request, crisis, action, values)
    if value(values, "start") and not value(values, "text"):
        return _started(scene, values)
    draft = drafts.propose(
        crisis,
        text=_text(scene, values),
        routes=chosen_routes(values),
        member=scene.who,
        by=request.person,
        at=request.now,
    )
    fill_seats(request.guide, crisis, draft, now=request.now)
    return gate.told(request, crisis, draft)


def approve(request: Request, action: Action) -> Answer:
    """«Approve revision n», unless the gate stops it."""
    crisis = request.crisis(Verb.APPROVE, action.subject)
    number, seen = draft_number(action), action.revision or 0
    roles = _deciding_roles(request, crisis, number)
    seats.take(request, crisis, roles)
    draft = drafts.check_may_decide(crisis, number, seen=seen, by=request.person, roles=roles)
    gate.check_lets_pass(request, crisis, draft)
    draft = drafts.approve(
        crisis,
        number,
        seen=seen,
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
    seats.take(request, crisis, roles)
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
        text=_text(request.scene(crisis).about(crisis.draft(draft_number(action)).member), values),
        by=request.person,
        at=request.now,
    )
    fill_seats(request.guide, crisis, draft, now=request.now)
    return gate.told(request, crisis, draft)


def settle_or_call(guide: Guide, crisis: Crisis, number: int, *, now: datetime) -> None:
    """The rule or the cell is another than before.

    A text is approved by it, or whoever is missing is called: to decide, or to agree.
    """
    no_answer.settle_or_call(guide, crisis, number, now=now)
    draft = gate.settle(guide, crisis, number, now=now)
    if draft.status is DraftStatus.IN_REVIEW:
        fill_seats(guide, crisis, draft, now=now)


def fill_seats(guide: Guide, crisis: Crisis, draft: Draft, *, now: datetime) -> None:
    """Call a deputy for each missing role that nobody who was asked can give: the author, or all absent."""
    absent = partial(guide.absent, crisis)
    roles = review.without_seat(crisis, draft, guide.rule(crisis, now), absent=absent)
    seats.call_deputies(guide, crisis, draft, roles, now=now)


def _deciding_roles(request: Request, crisis: Crisis, number: int) -> tuple[Role, ...]:
    asked = request.guide.rule(crisis, request.now).asked
    roles = seats.roles_for(request, crisis, crisis.draft(number), asked)
    if not roles:
        seats.check_not_too_early(request, crisis, asked)
    return roles


def _would_be_asked(request: Request, crisis: Crisis) -> list[PersonId]:
    """Whom a text of this person would be shown to for a decision."""
    rule = request.guide.rule(crisis, request.now)
    people: list[PersonId] = []
    for role in rule.asked:
        here = [a.person for a in cell.holders(crisis, role) if a.person != request.person]
        chain = [p for p in request.guide.chain(crisis, role) if p != request.person]
        people += here or chain[:1]
    return list(dict.fromkeys(people))


def _to_whom(request: Request, crisis: Crisis, action: Action, values: Mapping[str, str]) -> Scene:
    """The crisis, about the member whom the text is for. Raises `bad_value` for one who is not there."""
    scene = request.about(crisis, action.subject)
    who = meant(scene, value(values, "member"))
    if who != EVERYBODY and all(each.id != who for each in crisis.members):
        raise Refused(Code.BAD_VALUE, field="member")
    return scene.about(who)


def _started(scene: Scene, values: Mapping[str, str]) -> Answer:
    """The form with the text of a prepared reply, or of another member's.

    Raises `bad_value` for one that is not offered here.
    """
    scene.crisis.check_not_closed()
    start = value(values, "start")
    for draft in to_copy(scene):
        if start == f"{COPY}{draft.number}":
            return Answer(form=copied_form(scene, draft, ways=ways(scene.crisis)))
    chosen = next((t for t in offered(scene) if t.id == start), None)
    if chosen is None:
        raise Refused(Code.BAD_VALUE, field="start")
    ticked = chosen_routes(values)
    routes = tuple(route for route in chosen.routes if route in ticked) or chosen.routes[:1]
    return Answer(form=started_form(scene, chosen, routes, ways=ways(scene.crisis)))


def _text(scene: Scene, values: Mapping[str, str]) -> str:
    """What was typed, once nothing of a prepared reply is left to fill in. Raises `unfilled`."""
    try:
        text = revision_text(values.get("text") or "")
    except Refused as refused:
        raise Refused(refused.code, field="text", **refused.params) from None
    left = holes_left(text, all_holes(), handle_of(scene))
    if left:
        raise Refused(Code.UNFILLED, field="text", holes=", ".join(left))
    return text


def chosen_routes(values: Mapping[str, str]) -> list[Route]:
    """The ways that a form's checks name. Raises `bad_value`."""
    names = [name for name in value(values, "routes").split(",") if name]
    try:
        return [Route(name) for name in names]
    except ValueError:
        raise Refused(Code.BAD_VALUE, field="routes") from None
