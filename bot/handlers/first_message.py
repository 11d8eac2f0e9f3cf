"""The first message: sent by a moderator alone, re-read the next morning."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import cell, first_message
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Route
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.handlers.drafts import chosen_routes
from bot.handlers.request import Request, draft_number, value
from bot.views.agreed_words import agreed_words
from bot.views.first_message import first_message_form


def ask(request: Request, action: Action) -> Answer:
    """The form that shows the whole text, who agreed to it, and until when."""
    crisis = request.crisis(Verb.FIRST_MESSAGE, action.subject)
    crisis.check_not_closed()
    return Answer(
        form=first_message_form(
            request.scene(crisis), agreed_words(request.scene(crisis)), routes=tuple(Route)
        )
    )


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Give the word to send exactly the text that was shown.

    Raises `first_message_changed`; `bad_value` for a way that the client has not agreed to.
    """
    crisis = request.crisis(Verb.FIRST_MESSAGE, action.subject)
    crisis.check_not_closed()
    words = {word.mark: word for word in agreed_words(request.scene(crisis))}
    shown = words.get(value(values, "message"))
    if shown is None:
        raise Refused(Code.FIRST_MESSAGE_CHANGED)
    routes = chosen_routes(values)
    if not set(routes) <= set(shown.routes):
        raise Refused(Code.BAD_VALUE, field="routes")
    first_message.release(
        crisis,
        text=shown.text,
        routes=routes,
        by=request.person,
        agreed_by=shown.agreed_by,
        until=shown.until,
        at=request.now,
    )
    return Answer()


def ask_rereading(guide: Guide, crisis: Crisis, reminder: Reminder, *, now: datetime) -> None:
    """The next morning. The distress referent reads it whatever the level: they are brought in if need be."""
    number = int(reminder.subject.rpartition(".d")[2])
    sender = crisis.draft(number).released_by
    referents = [p for p in guide.chain(crisis, Role.DISTRESS_REFERENT) if p != sender]
    if first_message.reread_by(crisis.draft(number)) is None:
        for person in [p for p in referents[:1] if p not in crisis.people]:
            cell.ask(crisis, person=person, role=Role.DISTRESS_REFERENT, asked_as=AskedAs.HOLDER, at=now)
    first_message.ask_rereading(crisis, number, at=now)


def reread(request: Request, action: Action) -> Answer:
    """«I have re-read it»."""
    crisis = request.crisis(Verb.REREAD, action.subject)
    first_message.reread(crisis, draft_number(action), by=request.person, at=request.now)
    return Answer()
