"""Buttons. A press brings back what its button carried: a verb, an opaque id, a revision; no authority."""

import json
from collections.abc import Callable, Sequence
from typing import assert_never

from adapters.slack.texts import Json, plain
from bot.cards import Action, Button, Confirm, PageLink, Pressable, RoomLink, Style
from bot.domain.verbs import Verb

MAX_LABEL = 75
MAX_IN_A_ROW = 25
"""Slack's limit; a card has at most five."""
MANY = 10**9
"""No text has so many revisions, and no database counts much further."""


def encode(action: Action) -> str:
    """Write an action into a button's `value` (2,000 characters at most) or a form's `private_metadata`."""
    return json.dumps([action.verb, action.subject, action.revision], separators=(",", ":"))


def parse_action(value: str) -> Action:
    """Read what `encode` wrote. Raises `ValueError` for anything else, an unknown verb among it."""
    match json.loads(value):
        case [str(verb), str(subject), None]:
            return Action(Verb(verb), subject)
        case [str(verb), str(subject), int(revision)] if 0 <= revision < MANY:
            return Action(Verb(verb), subject, revision)
        case _:
            raise ValueError("not an action")


def row(buttons: Sequence[Pressable], *, room_url: Callable[[RoomLink], str]) -> list[Json]:
    """Render the elements of an `actions` block; `action_id` is unique within it."""
    return [_element(button, place, room_url) for place, button in enumerate(buttons[:MAX_IN_A_ROW])]


def _element(button: Pressable, place: int, room_url: Callable[[RoomLink], str]) -> Json:
    element: Json = {"type": "button", "text": plain(button.label, MAX_LABEL)}
    match button:
        case RoomLink():
            return element | {"action_id": f"link.{place}", "url": room_url(button)}
        case PageLink():
            return element | {"action_id": f"link.{place}", "url": button.url}
        case Button():
            element |= {"action_id": f"{button.action.verb}.{place}", "value": encode(button.action)}
            if button.style is not Style.PLAIN:
                element["style"] = button.style.value
            if button.confirm is not None:
                element["confirm"] = _confirm(button.confirm, danger=button.style is Style.DANGER)
            return element
        case _:
            assert_never(button)


def _confirm(confirm: Confirm, *, danger: bool) -> Json:
    return {
        "title": plain(confirm.title, 100),
        "text": plain(confirm.text, 300),
        "confirm": plain(confirm.yes, 30),
        "deny": plain(confirm.no, 30),
        "style": "danger" if danger else "primary",
    }
