"""Handing over at the end of a shift: asked, taken over, or kept."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import cell, handover
from bot.domain.cell import Assignment
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.handlers import reminding
from bot.handlers.held import held_by
from bot.handlers.request import Request, value
from bot.views.answers import done_card
from bot.views.handover import handover_form


def ask(request: Request, _action: Action) -> Answer:
    """The form with those who can hold at least one of one's parts."""
    people = request.guide.plan.people.values()
    able = [(p.id, p.name) for p in people if p.id != request.person and _passing(request, p.id)]
    if not able:
        raise Refused(Code.NOTHING_TO_HAND_OVER)
    return Answer(form=handover_form(able, request._))


def submit(request: Request, _action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    return offer(request, PersonId(value(values, "person")))


def offer(request: Request, taker: PersonId) -> Answer:
    """Ask somebody to take over whatever the plan lets them hold.

    Raises `nothing_to_hand_over`, `person_unknown`, `cannot_take_over`.
    """
    if taker == request.person or taker not in request.guide.plan.people:
        raise Refused(Code.PERSON_UNKNOWN, field="person")
    if not held_by(request.uow, request.guide, request.person, now=request.now):
        raise Refused(Code.NOTHING_TO_HAND_OVER)
    passing = _passing(request, taker)
    name, _ = request.guide.name(taker), request._
    if not passing:
        raise Refused(Code.CANNOT_TAKE_OVER, field="person", name=name)
    for crisis, roles in passing:
        handover.offer(crisis, giver=request.person, taker=taker, roles=roles, at=request.now)
    return Answer(card=done_card(_("{name} is asked to take over. The answer reaches you.", name=name), _))


def take_over(request: Request, action: Action) -> Answer:
    """«I take over»: every part of the same offer, and the giver's own reminders, pass."""
    asked = _offered(request, Verb.TAKE_OVER, action)
    if asked.offered_to != request.person:
        raise Refused(Code.ALREADY_DONE)
    for crisis in _of_one_offer(request, asked):
        handover.accept(crisis, giver=asked.person, taker=request.person, at=request.now)
        reminding.pass_on(request.uow, crisis, asked.person, request.person)
    return Answer()


def keep(request: Request, action: Action) -> Answer:
    """The taker cannot, or the giver goes on after all."""
    asked = _offered(request, Verb.KEEP, action)
    for crisis in _of_one_offer(request, asked):
        handover.end(crisis, giver=asked.person, by=request.person, at=request.now)
    return Answer()


def _passing(request: Request, taker: PersonId) -> list[tuple[Crisis, frozenset[Role]]]:
    """The roles, crisis by crisis, that the plan lets this person take from the one who asks."""
    giver = request.person
    crises = held_by(request.uow, request.guide, giver, now=request.now)
    able = ((c, frozenset(request.guide.community(c).roles_of(taker))) for c in crises)
    return [(c, both) for c, roles in able if (both := roles.intersection(cell.roles_of(c, giver)))]


def _offered(request: Request, verb: Verb, action: Action) -> Assignment:
    """A part that this person offers or is offered, in the crisis of the button. Raises `already_done`."""
    crisis = request.crisis(verb, action.subject)
    for part in handover.offered(crisis):
        if request.person in {part.person, part.offered_to}:
            return part
    raise Refused(Code.ALREADY_DONE)


def _of_one_offer(request: Request, asked: Assignment) -> list[Crisis]:
    crises = held_by(request.uow, request.guide, asked.person, now=request.now)
    offer = (asked.offered_to, asked.offered_at)
    return [
        crisis
        for crisis in crises
        if any((a.offered_to, a.offered_at) == offer for a in handover.offered(crisis, giver=asked.person))
    ]
