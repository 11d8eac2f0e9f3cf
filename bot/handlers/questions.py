"""Keeping the public's questions, and ticking off those that have their answer."""

import re
from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import questions
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.request import Request, value
from bot.views.answers import done_card
from bot.views.questions import questions_form


def ask(request: Request, action: Action) -> Answer:
    """The form: those without an answer, and room for one more."""
    crisis = request.crisis(Verb.QUESTIONS, action.subject)
    crisis.check_not_closed()
    return Answer(form=questions_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Tick off what is answered, keep what is new. Raises `text_empty` where nothing was said."""
    crisis = request.crisis(Verb.QUESTIONS, action.subject)
    ticked = [number for number in value(values, "answered").split(",") if number]
    if any(not re.fullmatch("[0-9]{1,9}", number) for number in ticked):
        raise Refused(Code.BAD_VALUE, field="answered")
    for number in ticked:
        questions.answered(crisis, int(number), by=request.person, at=request.now)
    text = clean(value(values, "text"))
    if text or not ticked:
        questions.keep(crisis, text, by=request.person, at=request.now)
    return Answer()


def keep(request: Request, crisis: Crisis, text: str) -> Answer:
    """`/crisis note ? TEXT`."""
    questions.keep(crisis, clean(text), by=request.person, at=request.now)
    _ = request._
    left = len(questions.unanswered(crisis))
    told = _.n(
        "Kept: {n} public question waits for an answer.",
        "Kept: {n} public questions wait for an answer.",
        left,
    )
    return Answer(card=done_card(told, _))
