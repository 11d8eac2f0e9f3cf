"""Carrying on a command once its crisis was chosen."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import Action, Answer, Form, Quote
from bot.domain.errors import Code, Refused
from bot.domain.verbs import Verb
from bot.domain.wording import storable
from bot.handlers import commands
from bot.handlers.request import Request, value


def ask(request: Request, action: Action) -> Answer:
    """The form once more."""
    return Answer(form=_kept(request, action))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """What was typed, in the chosen crisis."""
    typed = next(block.text for block in _kept(request, action).intro if isinstance(block, Quote))
    chosen = value(values, "crisis")
    if not chosen:
        raise Refused(Code.REQUIRED, field="crisis")
    return commands.run(replace(request, chosen=chosen), typed)


def _kept(request: Request, action: Action) -> Form:
    """The form as it was first shown: it holds the whole command. Raises `stranger`, `absent`."""
    _known = request.person
    earlier = request.uow.inbox.answer_to(storable(action.subject)) if action.subject else None
    if earlier is None or earlier.form is None or earlier.form.action.verb is not Verb.CHOOSE:
        raise Refused(Code.ABSENT)
    return earlier.form
