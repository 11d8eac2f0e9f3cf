"""An event as the text of an outgoing row, for notices whose words no state holds."""

from pydantic import TypeAdapter

from bot.domain.events import Event

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def as_text(event: Event) -> str:
    """JSON; it is sealed like everything that people wrote."""
    return _EVENT.dump_json(event).decode()


def from_text(text: str) -> Event:
    """The event that `as_text` wrote."""
    return _EVENT.validate_json(text)
