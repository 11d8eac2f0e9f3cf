"""Lines of the log about the public's questions."""

from typing import assert_never

from bot.domain import events as e
from bot.views.teller import Teller

PublicQuestions = e.PublicQuestionKept | e.PublicQuestionAnswered


def question_line(event: PublicQuestions, teller: Teller) -> str:
    """Kept, or ticked off."""
    _, who = teller._, teller.who(event)
    match event:
        case e.PublicQuestionKept():
            return teller.because(_("{who} kept public question {n}", who=who, n=event.question), event.text)
        case e.PublicQuestionAnswered():
            return _("{who} noted that public question {n} has its answer.", who=who, n=event.question)
        case _:
            assert_never(event)
