"""Events and answers as JSON, by the type each of them names in `kind`."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.cards import Answer
from bot.domain.events import Event

EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
