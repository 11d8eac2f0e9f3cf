"""Being away, coming back before; the telephone numbers of those who have not come."""

import re

from bot.cards import Action, Answer
from bot.domain import cell
from bot.domain.events import TelephonesRead
from bot.domain.verbs import Verb
from bot.domain.when import WhenUnclear, parse_when
from bot.handlers.drafts import settle_or_call
from bot.handlers.request import Request
from bot.plan.unknown import ids_of
from bot.views.answers import done_card
from bot.views.duty import away_card, telephones_card

UNTIL = re.compile(r"(?:until|till|jusqu['’](?:à|a|aux?|en)|jusque)\s+", re.IGNORECASE)


def away(request: Request, text: str) -> Answer:
    """`/crisis away until tomorrow 9am`; without a time it shows until when one is away.

    Raises `when_unclear`, `when_past`, `when_too_far`.
    """
    zone, absences = request.guide.zone_for(request.person), request.uow.absences
    if text:
        wanted = UNTIL.sub("", text, count=1)
        until = parse_when(wanted, now=request.now, zone=zone, locale=request._.locale)
        absences.save(request.person, until=until)
        _call_deputies(request)
    elif (said := absences.at(request.now).get(request.person)) is not None:
        until = said
    else:
        raise WhenUnclear
    return Answer(card=away_card(until, zone=zone, _=request._))


def _call_deputies(request: Request) -> None:
    """Whoever is away decides nothing: what waits for them goes to a deputy."""
    for crisis in request.uow.crises.of(ids_of(request.guide.plan, request.person)):
        for draft in crisis.drafts if request.person in crisis.people else ():
            settle_or_call(request.guide, crisis, draft.number, now=request.now)


def back(request: Request, _action: Action) -> Answer:
    """«I'm back», before the time that was said."""
    request.uow.absences.end(request.person)
    _ = request._
    return Answer(card=done_card(_("You are back: you are called again as the plan says."), _))


def telephones(request: Request, action: Action) -> Answer:
    """The numbers of those who were called and are not in; the journal says who read whose."""
    crisis = request.crisis(Verb.TELEPHONES, action.subject)
    people = request.guide.plan.people
    missing = [people[person] for person in cell.not_in(crisis) if person in people]
    read = tuple(person.id for person in missing if person.phone)
    if read:
        crisis.record(TelephonesRead(at=request.now, by=request.person, people=read))
    return Answer(card=telephones_card(request.scene(crisis), missing), secret=True)
