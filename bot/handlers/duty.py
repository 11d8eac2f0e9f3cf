"""Being away: until when, and coming back before."""

import re

from bot.cards import Action, Answer
from bot.domain.when import WhenUnclear, parse_when
from bot.handlers.request import Request
from bot.views.answers import done_card
from bot.views.duty import away_card

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
    elif (said := absences.at(request.now).get(request.person)) is not None:
        until = said
    else:
        raise WhenUnclear
    return Answer(card=away_card(until, zone=zone, _=request._))


def back(request: Request, _action: Action) -> Answer:
    """«I'm back», before the time that was said."""
    request.uow.absences.end(request.person)
    _ = request._
    return Answer(card=done_card(_("You are back: you are called again as the plan says."), _))
