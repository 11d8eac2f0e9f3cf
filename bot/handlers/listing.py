"""Everything open that a person has a part in, what waits for them first."""

from bot.cards import Answer
from bot.handlers.request import Request
from bot.handlers.waiting import waits_for
from bot.views.answers import ListEntry, list_card


def command(request: Request, _text: str) -> Answer:
    """`/crisis list`."""
    entries = [
        ListEntry(request.scene(crisis), waits_for(request.guide, crisis, request.person, now=request.now))
        for crisis in request.open_crises()
        if request.person in crisis.people
    ]
    return Answer(card=list_card(entries, request._))
