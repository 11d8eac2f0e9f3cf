"""What a card or a form offers, as a test asks for it."""

from bot.cards import Actions, Button, Card, ChecksField, Form, Pressable, Quote, RoomLink, TextField
from bot.domain.verbs import Verb


def buttons(card: Card) -> list[Button]:
    return [b for b in _row(card) if isinstance(b, Button)]


def verbs(card: Card) -> list[Verb]:
    return [button.action.verb for button in buttons(card)]


def links(card: Card) -> list[RoomLink]:
    return [b for b in _row(card) if isinstance(b, RoomLink)]


def quotes(card: Card) -> list[str]:
    return [block.text for block in card.blocks if isinstance(block, Quote)]


def filled(form: Form) -> dict[str, str]:
    """What each field holds before anybody types; checks are joined by commas."""
    return {f.name: ",".join(f.values) if isinstance(f, ChecksField) else f.value for f in form.fields}


def options(form: Form, name: str) -> list[str]:
    field = next(f for f in form.fields if f.name == name)
    assert not isinstance(field, TextField)
    return [value for value, _ in field.options]


def _row(card: Card) -> list[Pressable]:
    return [b for block in card.blocks if isinstance(block, Actions) for b in block.buttons]
