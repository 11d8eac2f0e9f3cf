"""Lines of the log about what came after a call for help."""

from typing import assert_never

from bot.domain import events as e
from bot.views.after_call import OUTCOMES
from bot.views.teller import Teller

AfterCall = e.CallOutcomeAsked | e.CallOutcomeRecorded | e.SupportOffered


def after_call_line(event: AfterCall, teller: Teller) -> str:
    """What the emergency services said; that relief was offered, and nothing of the answer."""
    _ = teller._
    match event:
        case e.CallOutcomeAsked():
            return _("What came of the call is not known: it is asked ({n}).", n=event.attempt)
        case e.CallOutcomeRecorded():
            found = _(OUTCOMES[event.result])
            told = _(
                "{who} recorded the outcome of the call, {outcome}", who=teller.who(event), outcome=found
            )
            return teller.because(told, event.note)
        case e.SupportOffered():
            return _("{name}, who called for help, is offered relief.", name=teller.name(event.person))
        case _:
            assert_never(event)
