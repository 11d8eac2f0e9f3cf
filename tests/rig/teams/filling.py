"""What a client sends for the fields of a card, and what it does not let a person send."""

from collections.abc import Mapping
from typing import Any

from tests.rig.teams.reading import Pressable, inputs
from tests.rig.teams.world import Json

Filled = str | bool | list[str] | None


class NotThereError(AssertionError):
    """The person looks for something that their screen does not show."""


def filled_in(pressed: Pressable, filled: Mapping[str, Filled]) -> Json:
    """The action's own data, and over it the fields of its card and of the cards around it."""
    left = dict(filled)
    data = dict(pressed.action.get("data") or {})
    if pressed.action.get("associatedInputs") != "none":
        for field in (one for card in pressed.cards for one in inputs(card)):
            names = [field.get("label"), field.get("title"), field["id"]]
            given = next((left.pop(name) for name in names if name in left), None)
            value = _value(field, given)
            if field.get("isRequired") and not value:
                raise NotThereError(f"Teams asks to fill in {names[0]!r}: {field.get('errorMessage')}")
            if value is not None:
                data[field["id"]] = value
    if left:
        raise NotThereError(f"no field {sorted(left)} in the card")
    return data


def _value(field: Json, given: Filled) -> str | None:
    kind = field["type"]
    if kind == "Input.Toggle":
        on, off = field.get("valueOn", "true"), field.get("valueOff", "false")
        if given is None:
            return str(field.get("value", off))
        return str(on if given else off)
    if kind == "Input.ChoiceSet":
        return _chosen(field, given)
    if isinstance(given, list | bool):
        raise NotThereError("one text is typed here")
    value = str(field.get("value", "")) if given is None else given
    if kind == "Input.Text" and len(value) > field.get("maxLength", len(value)):
        raise NotThereError("Teams takes no more characters here")
    return value


def _chosen(field: Json, given: Filled) -> str | None:
    if given is None:
        return field.get("value")
    if isinstance(given, bool) or (isinstance(given, list) and not field.get("isMultiSelect")):
        raise NotThereError("only one can be chosen here")
    return ",".join(_choice(field, one) for one in ([given] if isinstance(given, str) else given))


def _choice(field: Json, name: str) -> str:
    choices: list[Any] = field.get("choices", [])
    for choice in choices:
        if name in (choice["title"], choice["value"]):
            return str(choice["value"])
    raise NotThereError(f"no choice {name!r} among {[choice['title'] for choice in choices]}")
