"""As JSON: answers, by the type each of their parts names in `kind`; proposals; the public's questions."""

from pydantic import TypeAdapter

from bot.cards import Answer
from bot.domain.proposal import Proposal
from bot.domain.questions import PublicQuestion

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
PROPOSALS: TypeAdapter[Proposal] = TypeAdapter(Proposal)
QUESTIONS: TypeAdapter[tuple[PublicQuestion, ...]] = TypeAdapter(tuple[PublicQuestion, ...])
