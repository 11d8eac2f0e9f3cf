"""As JSON: answers, each part by the type that it names in `kind`; proposals, contacts, public questions."""

from pydantic import TypeAdapter

from bot.cards import Answer
from bot.domain.contacts import Contacts
from bot.domain.proposal import Proposal
from bot.domain.questions import PublicQuestion

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
PROPOSALS: TypeAdapter[Proposal] = TypeAdapter(Proposal)
QUESTIONS: TypeAdapter[tuple[PublicQuestion, ...]] = TypeAdapter(tuple[PublicQuestion, ...])
CONTACTS: TypeAdapter[Contacts] = TypeAdapter(Contacts)
