"""Lines of the log about questions to experts."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.roster import role_name
from bot.views.teller import Teller

Questions = e.AdviceAsked | e.AdviceGiven | e.AdviceOverdue


def advice_line(event: Questions, teller: Teller) -> str:
    """Asked, answered, or still waiting."""
    _, who, role = teller._, teller.who(event), role_name(event.role, teller._)
    match event:
        case e.AdviceAsked():
            return teller.because(_("{who} asked an expert ({role})", who=who, role=role), event.question)
        case e.AdviceGiven():
            return teller.because(_("{who} answered as an expert ({role})", who=who, role=role), event.said)
        case e.AdviceOverdue():
            return _("Question {n} to an expert ({role}) still waits.", n=event.advice, role=role)
        case _:
            assert_never(event)
