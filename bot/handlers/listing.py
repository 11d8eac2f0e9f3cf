"""Everything open that a person has a part in, what waits for them first."""

from bot.cards import Answer
from bot.handlers.request import Request
from bot.views.answers import ListEntry, list_card
from bot.views.waiting import waits


def command(request: Request, _text: str) -> Answer:
    """`/crisis list`."""
    entries = [
        ListEntry(request.scene(crisis), bool(waits(request.guide, crisis, request.person, now=request.now)))
        for crisis in request.open_crises()
        if request.person in crisis.people
    ]
    return Answer(card=list_card(entries, request._))
