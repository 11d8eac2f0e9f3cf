"""Answers as JSON, by the type each of their parts names in `kind`; proposals of the triage aid."""

from pydantic import TypeAdapter

from bot.cards import Answer
from bot.domain.proposal import Proposal

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
PROPOSALS: TypeAdapter[Proposal] = TypeAdapter(Proposal)
