"""After a call for help: what came of it, and the relief offered to whoever made it."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import after_call
from bot.domain.cell import has_left
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.states import CallOutcome, News
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers import serious_news
from bot.handlers.request import Request, choice, value
from bot.views.after_call import outcome_form


def ask_outcome(request: Request, action: Action) -> Answer:
    """The form. Raises `already_done`."""
    crisis = request.crisis(Verb.CALL_OUTCOME, action.subject)
    if after_call.outcome_awaited(crisis) is None:
        raise Refused(Code.ALREADY_DONE)
    return Answer(form=outcome_form(request.scene(crisis)))


def submit_outcome(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Note what the emergency services say."""
    crisis = request.crisis(Verb.CALL_OUTCOME, action.subject)
    outcome, note = choice(CallOutcome, values, "outcome"), clean(value(values, "note"))
    after_call.record_outcome(crisis, outcome, note=note, by=request.person, at=request.now)
    if outcome is CallOutcome.SERIOUS_NEWS:
        serious_news.stop(request, crisis, News.OTHER, note=note)
    return Answer()


def offer_support(guide: Guide, crisis: Crisis, *, now: datetime) -> None:
    """To those of the plan: a guest has nobody to hand over to."""
    if crisis.emergency is not None:
        helpers = after_call.helpers(crisis.emergency)
        known = tuple(p for p in helpers if p in guide.plan.people and not has_left(crisis, p))
        after_call.offer_support(crisis, known, at=now)
