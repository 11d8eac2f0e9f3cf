"""After a call for help: what came of it, and the relief offered."""

from bot.domain import after_call as rules
from bot.domain.states import CallOutcome
from bot.views import after_call, emergency
from tests.golden.gallery import shown
from tests.rig import scenes as s


def asked(attempt=1):
    crisis = s.called()
    for _attempt in range(attempt):
        rules.ask_outcome(crisis, at=s.at("04:14"))
    return crisis


def recorded(outcome):
    crisis = asked()
    rules.record_outcome(crisis, outcome, note="", by=s.LEA, at=s.at("04:20"))
    return crisis


@shown
def call_outcome(locale):
    return after_call.outcome_card(s.scene(asked(), "04:14", locale=locale, reader=s.LEA))


@shown
def call_outcome_found(locale):
    return after_call.outcome_card(s.scene(recorded(CallOutcome.FOUND), "04:20", locale=locale))


@shown
def call_outcome_to_be_asked_again(locale):
    return after_call.outcome_card(s.scene(recorded(CallOutcome.CALL_BACK), "04:20", locale=locale))


@shown
def call_outcome_form(locale):
    return after_call.outcome_form(s.scene(asked(), "04:14", locale=locale, reader=s.LEA))


@shown
def emergency_recorded_and_found(locale):
    return emergency.emergency_card(s.scene(recorded(CallOutcome.FOUND), "04:20", locale=locale))


@shown
def support(locale):
    return after_call.support_card(s.scene(s.called(), "03:47", locale=locale, reader=s.LEA))
