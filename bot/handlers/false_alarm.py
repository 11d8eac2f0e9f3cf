"""«It is a false alarm»: by the button, or `/crisis cancel`."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import false_alarm
from bot.domain.crisis import Crisis
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.request import Request, value
from bot.views.answers import second_person_card
from bot.views.false_alarm import false_alarm_form


def ask(request: Request, action: Action) -> Answer:
    """The form for the reason."""
    crisis = request.crisis(Verb.FALSE_ALARM, action.subject)
    crisis.check_not_closed()
    return Answer(form=false_alarm_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    return _say(request, request.crisis(Verb.FALSE_ALARM, action.subject), value(values, "reason"))


def command(request: Request, text: str) -> Answer:
    """`/crisis cancel a test of ours`; without a reason the form asks for it."""
    crisis = request.crisis_here(Verb.FALSE_ALARM)
    if not text:
        return ask(request, Action(Verb.FALSE_ALARM, crisis.id))
    return _say(request, crisis, text)


def _say(request: Request, crisis: Crisis, reason: str) -> Answer:
    done = false_alarm.say(
        crisis,
        level=request.guide.category(crisis).level_in_force(crisis.level),
        by=request.person,
        reason=clean(reason),
        at=request.now,
    )
    return Answer() if done else Answer(card=second_person_card(request._))
