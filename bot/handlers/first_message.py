"""The first message: sent by a moderator alone, re-read the next morning."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import first_message
from bot.domain.errors import Code, Refused
from bot.domain.states import Route
from bot.domain.verbs import Verb
from bot.domain.wording import fingerprint, revision_text
from bot.handlers.drafts import chosen_routes
from bot.handlers.request import Request, draft_number, value
from bot.views.first_message import first_message_form


def ask(request: Request, action: Action) -> Answer:
    """The form that shows the whole text, who agreed to it, and until when."""
    crisis = request.crisis(Verb.FIRST_MESSAGE, action.subject)
    crisis.check_not_closed()
    message = request.guide.first_message(crisis, now=request.now)
    return Answer(form=first_message_form(request.scene(crisis), message, routes=tuple(Route)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Give the word to send exactly the text that was shown. Raises `first_message_changed`."""
    crisis = request.crisis(Verb.FIRST_MESSAGE, action.subject)
    crisis.check_not_closed()
    message = request.guide.first_message(crisis, now=request.now)
    texts = {fingerprint(text): text for text in map(revision_text, message.texts.values())}
    shown = value(values, "message")
    if shown not in texts:
        raise Refused(Code.FIRST_MESSAGE_CHANGED)
    first_message.release(
        crisis,
        text=texts[shown],
        routes=chosen_routes(values),
        by=request.person,
        agreed_by=message.agreed_by,
        until=message.until,
        at=request.now,
    )
    return Answer()


def reread(request: Request, action: Action) -> Answer:
    """«I have re-read it»."""
    crisis = request.crisis(Verb.REREAD, action.subject)
    first_message.reread(crisis, draft_number(action), by=request.person, at=request.now)
    return Answer()
