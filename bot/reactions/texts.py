"""An event as the text of an outgoing row, for notices whose words no state holds."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.domain.events import Event

EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
"""An event as JSON, by the type that it names in `kind`; the journal is written with it, too."""


def as_text(event: Event) -> str:
    """JSON; it is sealed like everything that people wrote."""
    return EVENTS.dump_json(event).decode()


def from_text(text: str) -> Event:
    """The event that `as_text` wrote."""
    return EVENTS.validate_json(text)
