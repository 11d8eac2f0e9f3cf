"""The word to send, and how the reply reached the member."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.cards import Action, Answer
from bot.domain import cell, drafts, mailing, sending
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.letters import tracking_number
from bot.domain.past import parse_past
from bot.domain.states import DraftStatus, Route
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers import gate
from bot.handlers.drafts import fill_seats
from bot.handlers.request import Request, choice, draft_number, value
from bot.views import dates
from bot.views.answers import done_card
from bot.views.deadlines import receipt_form
from bot.views.draft_forms import choose_route_form, route_form
from bot.views.letter import days_back, posted_form
from bot.views.members import meant


def release(request: Request, action: Action) -> Answer:
    """Give the word. Approvals are counted, and the text is checked, again for the level of this moment."""
    crisis = request.crisis(Verb.RELEASE, action.subject)
    crisis.check_not_closed()
    rule = request.guide.rule(crisis, request.now)
    if rule.release not in cell.roles_of(crisis, request.person):
        raise Refused(Code.NOT_RELEASER)
    draft = crisis.draft(draft_number(action))
    if draft.status is DraftStatus.APPROVED and not drafts.still_approved(draft, rule):
        drafts.reopen(crisis, draft, at=request.now)
        fill_seats(request.guide, crisis, crisis.draft(draft.number), now=request.now)
        _ = request._
        sentence = _("The level has risen since: more approvals are needed, and they are being asked for.")
        return Answer(card=done_card(sentence, _))
    if draft.status is DraftStatus.APPROVED:
        gate.check_lets_pass(request, crisis, draft)
    sending.release(
        crisis, draft.number, seen=action.revision or 0, by=request.person, rule=rule, at=request.now
    )
    return Answer()


def ask_receipt(request: Request, action: Action) -> Answer:
    """The form for the first word that somebody wrote by themselves."""
    crisis = request.crisis(Verb.RECEIPT, action.subject)
    return Answer(form=receipt_form(request.scene(crisis)))


def submit_receipt(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The member knows that we read them; the hour is one of the writer's zone, now when none was typed."""
    crisis = request.crisis(Verb.RECEIPT, action.subject)
    typed, zone = value(values, "sent_at"), request.guide.zone_for(request.person)
    sent_at = parse_past(typed, now=request.now, zone=zone, field="sent_at") if typed else request.now
    sending.receipt(
        crisis,
        choice(Route, values, "route"),
        member=meant(request.scene(crisis), value(values, "member")),
        sent_at=sent_at,
        by=request.person,
        at=request.now,
    )
    return Answer()


def ask_route(request: Request, action: Action) -> Answer:
    """The form for the proof of one route; the route ends the subject, `….d1.email`."""
    crisis, number, route = route_of(request, action)
    scene, draft = request.scene(crisis), crisis.draft(number)
    return Answer(
        form=posted_form(scene, draft) if route is Route.LETTER else route_form(scene, draft, route)
    )


def submit_route(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The text went this way."""
    crisis, number, route = route_of(request, action)
    by_post = route is Route.LETTER
    proof = _posted(request, crisis, values) if by_post else clean(value(values, "note"))
    sending.use_route(crisis, number, route, by=request.person, proof=proof, at=request.now)
    return Answer()


def _posted(request: Request, crisis: Crisis, values: Mapping[str, str]) -> str:
    """«Posted on 30 November 2026, tracking number …», as somebody says. Raises `bad_value`."""
    _ = request._
    day = chosen_day(values, "posted_on", among=days_back(request.scene(crisis)))
    tracking = tracking_number(value(values, "tracking"))
    told = _("posted on {date}", date=dates.date_of(day, _))
    return _("{posted}, tracking number {number}", posted=told, number=tracking) if tracking else told


def chosen_day(values: Mapping[str, str], name: str, *, among: Iterable[date]) -> date:
    """A day of those that were offered. Raises `bad_value`."""
    chosen = value(values, name)
    for day in among:
        if day.isoformat() == chosen:
            return day
    raise Refused(Code.BAD_VALUE, field=name)


def add_route(request: Request, action: Action) -> Answer:
    """The released text goes the way that a contact has opened since, too."""
    crisis, number, route = route_of(request, action)
    sending.add_route(crisis, number, route, by=request.person, at=request.now)
    return Answer()


def ask_excuse(request: Request, action: Action) -> Answer:
    """The form that says why a route is not used."""
    crisis = request.crisis(Verb.EXCUSE_ROUTE, action.subject)
    return Answer(form=choose_route_form(request.scene(crisis), crisis.draft(draft_number(action))))


def submit_excuse(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The text does not go this way."""
    crisis, number = request.crisis(Verb.EXCUSE_ROUTE, action.subject), draft_number(action)
    route, reason = choice(Route, values, "route"), clean(value(values, "note"))
    sending.excuse_route(crisis, number, route, by=request.person, reason=reason, at=request.now)
    if route is Route.EMAIL:
        mailing.stop(crisis, number, at=request.now)
    return Answer()


def route_of(request: Request, action: Action) -> tuple[Crisis, int, Route]:
    """The way that an action is about: `….d1.email`. Raises `absent`."""
    crisis = request.crisis(action.verb, action.subject)
    draft, _dot, route = action.subject.rpartition(".")
    if route not in set(Route):
        raise Refused(Code.ABSENT)
    return crisis, draft_number(Action(action.verb, draft)), Route(route)
