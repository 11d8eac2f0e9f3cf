"""Asking an expert before a reply is written."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import advice, cell
from bot.domain.advice import Advice
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers.request import Request, choice, value
from bot.views.advice import advise_form, ask_form
from bot.views.answers import done_card
from bot.views.lines import names


def ask_question(request: Request, action: Action) -> Answer:
    """The form: whom, and what."""
    crisis = request.crisis(Verb.ASK, action.subject)
    crisis.check_not_closed()
    return Answer(form=ask_form(request.scene(crisis)))


def submit_question(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    crisis = request.crisis(Verb.ASK, action.subject)
    return ask(request, crisis, choice(Role, values, "role"), value(values, "text"))


def ask(request: Request, crisis: Crisis, role: Role, question: str) -> Answer:
    """Ask whoever holds the role; where nobody does, the plan's first is called.

    Raises `nobody_for_role` where the plan has nobody who could be.
    """
    asked = advice.ask(crisis, role=role, question=clean(question), by=request.person, at=request.now)
    if not advice.awaited(crisis, asked) and not call_next(request.guide, crisis, asked, now=request.now):
        raise Refused(Code.NOBODY_FOR_ROLE, field="role")
    scene = request.scene(crisis)
    told = request._(
        "Asked of {names}. The answer comes to you and into the room.",
        names=names(scene, advice.awaited(crisis, asked)),
    )
    return Answer(card=done_card(told, request._))


def ask_advice(request: Request, action: Action) -> Answer:
    """The form with the question."""
    crisis, number = _question(request, action)
    return Answer(
        form=advise_form(request.scene(crisis), advice.check_may_give(crisis, number, by=request.person))
    )


def submit_advice(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """What the expert says."""
    crisis, number = _question(request, action)
    advice.give(crisis, number, said=clean(value(values, "text")), by=request.person, at=request.now)
    return Answer()


def call_next(guide: Guide, crisis: Crisis, asked: Advice, *, now: datetime) -> bool:
    """Call the next of the plan who was never asked for the role; False when nobody is left."""
    called = {a.person for a in crisis.assignments if a.role is asked.role}
    chain = [p for p in guide.chain(crisis, asked.role) if p != asked.asked_by]
    if all(p in called for p in chain):
        return False
    return cell.ask_next(crisis, role=asked.role, chain=chain, at=now)


def _question(request: Request, action: Action) -> tuple[Crisis, int]:
    """The crisis, and which question: `….a2` is the second. Raises `absent`."""
    crisis = request.crisis(Verb.ADVISE, action.subject)
    part = action.subject.rpartition(".a")[2]
    if not part.isdecimal():
        raise Refused(Code.ABSENT)
    return crisis, int(part)
