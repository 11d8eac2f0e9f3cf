"""Calling for help: the sheet, the call, the phone, or why none is needed."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import emergency
from bot.domain.errors import Code, Refused
from bot.domain.past import parse_past
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.request import Request, value
from bot.views.answers import done_card
from bot.views.emergency import called_form, emergency_sheet, not_needed_form


def declare(request: Request, action: Action) -> Answer:
    """«Life in danger»: whom to call, what to say, what to give the member; at once."""
    crisis = request.crisis(Verb.LIFE_IN_DANGER, action.subject)
    emergency.declare(crisis, by=request.person, at=request.now)
    return Answer(card=emergency_sheet(request.scene(crisis)))


def on_the_phone(request: Request, action: Action) -> Answer:
    """Silence for ten minutes."""
    crisis = request.crisis(Verb.ON_THE_PHONE, action.subject)
    emergency.hold_for_phone(crisis, by=request.person, at=request.now)
    return Answer()


def ask_called(request: Request, action: Action) -> Answer:
    """The form for a call."""
    crisis = request.crisis(Verb.I_CALLED, action.subject)
    return Answer(form=called_form(request.scene(crisis)))


def submit_called(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Note the call."""
    crisis = request.crisis(Verb.I_CALLED, action.subject)
    service = clean(value(values, "service_other") or value(values, "service"))
    if not service:
        raise Refused(Code.REQUIRED, field="service")
    emergency.record_call(
        crisis,
        by=request.person,
        service=service,
        called_at=_called_at(request, value(values, "called_at")),
        said=clean(value(values, "said")),
        reference=clean(value(values, "reference")),
        at=request.now,
    )
    _ = request._
    return Answer(card=done_card(_("The call is in the log. Thank you."), _))


def ask_not_needed(request: Request, action: Action) -> Answer:
    """The form for «no call is needed»."""
    crisis = request.crisis(Verb.CALL_NOT_NEEDED, action.subject)
    return Answer(form=not_needed_form(request.scene(crisis)))


def submit_not_needed(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Note why no call is needed."""
    crisis = request.crisis(Verb.CALL_NOT_NEEDED, action.subject)
    emergency.record_not_needed(
        crisis, by=request.person, reason=clean(value(values, "reason")), at=request.now
    )
    return Answer()


def _called_at(request: Request, text: str) -> datetime:
    """The hour of the call; now when nothing was typed."""
    if not text:
        return request.now
    zone = request.guide.zone_for(request.person)
    return parse_past(text, now=request.now, zone=zone, field="called_at")
