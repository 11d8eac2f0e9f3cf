"""Lines of the log about messages that stop, and begin again."""

from typing import assert_never

from bot.domain import events as e
from bot.views.serious_news import NEWS
from bot.views.teller import Teller

Silence = e.SeriousNews | e.MessagesResumed


def silence_line(event: Silence, teller: Teller) -> str:
    """Who stopped every message, and who lifted it."""
    _, who = teller._, teller.who(event)
    match event:
        case e.SeriousNews():
            told = _(
                "{who} noted serious news ({news}): every message stops", who=who, news=_(NEWS[event.news])
            )
            return teller.because(told, event.note)
        case e.MessagesResumed():
            return teller.because(_("{who} let messages to the member go again", who=who), event.reason)
        case _:
            assert_never(event)
