"""Lines of the log about the member's message and what the triage aid makes of it, never with its words."""

from typing import assert_never

from bot.domain import events as e
from bot.views.deadlines import DEADLINES
from bot.views.message import STANDINGS
from bot.views.teller import Teller

Message = (
    e.MessageStandingChanged
    | e.MessageStillOnline
    | e.MessageRead
    | e.DeadlineNear
    | e.TriageProposed
    | e.TriageDeclined
)


def message_line(event: Message, teller: Teller) -> str:
    """Where it stands, who read it, what was proposed."""
    _, who = teller._, teller.who(event)
    match event:
        case e.MessageStandingChanged():
            standing = _(STANDINGS[event.standing])
            return _("{who} noted of the member's message: {standing}.", who=who, standing=standing)
        case e.MessageStillOnline():
            return _("The message should be hidden, and nobody has noted that it is.")
        case e.DeadlineNear(late=True):
            return _(
                "Late: {what}, due on {when}.",
                what=_(DEADLINES[event.deadline]),
                when=teller.when(event.due_at),
            )
        case e.DeadlineNear():
            return _(
                "Soon: {what}, due on {when}.",
                what=_(DEADLINES[event.deadline]),
                when=teller.when(event.due_at),
            )
        case e.MessageRead():
            return _("{who} read the member's message.", who=who)
        case e.TriageProposed():
            category = teller.category(event.category)
            return _("The triage aid proposed: {category}, {level}.", category=category, level=event.level)
        case e.TriageDeclined():
            told = _("{who} did not keep {level}, which the triage aid proposed", who=who, level=event.level)
            return teller.because(told, event.reason)
        case _:
            assert_never(event)
