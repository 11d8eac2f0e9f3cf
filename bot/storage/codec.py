"""As JSON: answers, by the type that each part names in `kind`; proposals, contacts, questions, overrides."""

from pydantic import TypeAdapter

from bot.cards import Answer
from bot.domain.contacts import Contacts
from bot.domain.overrides import Override
from bot.domain.proposal import Proposal
from bot.domain.questions import PublicQuestion

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
PROPOSALS: TypeAdapter[Proposal] = TypeAdapter(Proposal)
QUESTIONS: TypeAdapter[tuple[PublicQuestion, ...]] = TypeAdapter(tuple[PublicQuestion, ...])
CONTACTS: TypeAdapter[Contacts] = TypeAdapter(Contacts)
OVERRIDES: TypeAdapter[tuple[Override, ...]] = TypeAdapter(tuple[Override, ...])
