"""Lines of the log about a member to whom no way is known."""

from typing import assert_never

from bot.domain import events as e
from bot.views.reaching import RECOURSES
from bot.views.teller import Teller

Unreached = e.NoWayKnown | e.RecourseTaken


def reaching_line(event: Unreached, teller: Teller) -> str:
    """What was done instead of an answer, with its proof."""
    _ = teller._
    match event:
        case e.NoWayKnown():
            return _("No way to the member is known.")
        case e.RecourseTaken():
            what, when = _(RECOURSES[event.recourse]), teller.when(event.done_at)
            told = _("{who}: {what}, on {when}", who=teller.who(event), what=what, when=when)
            return teller.because(told, event.proof)
        case _:
            assert_never(event)
