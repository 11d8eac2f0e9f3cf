"""Everything open that a person has a part in, what waits for them first."""

from bot.cards import Answer
from bot.handlers.request import Request
from bot.views.listing import list_card


def command(request: Request, _text: str) -> Answer:
    """`/crisis list`."""
    scenes = [request.scene(c) for c in request.open_crises() if request.person in c.people]
    return Answer(card=list_card(scenes, request._))
