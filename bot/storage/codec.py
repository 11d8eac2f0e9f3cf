"""As JSON: answers, by the type that each part names in `kind`; parts of a crisis that fill one column."""

from pydantic import TypeAdapter

from bot.cards import Answer
from bot.domain.contacts import Contacts
from bot.domain.overrides import Override
from bot.domain.proposal import Proposal
from bot.domain.questions import PublicQuestion
from bot.domain.reaching import Reaching

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
PROPOSALS: TypeAdapter[Proposal] = TypeAdapter(Proposal)
QUESTIONS: TypeAdapter[tuple[PublicQuestion, ...]] = TypeAdapter(tuple[PublicQuestion, ...])
CONTACTS: TypeAdapter[Contacts] = TypeAdapter(Contacts)
REACHING: TypeAdapter[Reaching] = TypeAdapter(Reaching)
OVERRIDES: TypeAdapter[tuple[Override, ...]] = TypeAdapter(tuple[Override, ...])
