"""Answers as JSON, by the type each of their parts names in `kind`."""

from pydantic import TypeAdapter

from bot.cards import Answer

ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
