"""Buttons. A press brings back what its button carried: a verb, an opaque id, a revision; no authority.

A message's button is an `Action.Execute`; Teams opens dialogs for an `Action.Submit` alone (`task/fetch`).
In a dialog a button is an `Action.Submit` as well: it comes back as `task/submit`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.teams.texts import Json, literal, plain, shown
from bot.cards import MAX_BUTTONS, Action, Button, Confirm, PageLink, Pressable, RoomLink, Style
from bot.domain.ids import RoomRef
from bot.domain.verbs import ASKS, TELLS, Verb

OURS = "cellule"
"""The key of what a button carries, beside which Teams lays what was typed."""
CARD = "application/vnd.microsoft.card.adaptive"
MAX_LABEL = 100
MAX_QUESTION = 400
WIDTH = 36
"""Letters that stand beside one another on a telephone, of which the edges of each button take some."""
EDGES = 5
MANY = 10**9
"""No text has so many revisions, and no database counts much further."""

_STYLES = {Style.PLAIN: "default", Style.PRIMARY: "positive", Style.DANGER: "destructive"}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a button stands: in a message, or in a dialog that was opened from a room."""

    dialog: bool = False
    room: RoomRef | None = None


def encode(action: Action) -> Json:
    """Write an action into an object of JSON."""
    revision = {} if action.revision is None else {"r": action.revision}
    return {"v": action.verb.value, "s": action.subject, **revision}


def parse_action(data: object) -> Action:
    """Read what a button of ours carried. Raises `ValueError` for anything else, an unknown verb among it."""
    match data:
        case {"cellule": {"v": str(verb), "s": str(subject), **rest}}:
            return Action(Verb(verb), subject, _revision(rest.get("r")))
        case _:
            raise ValueError("not an action")


def _revision(value: object) -> int | None:
    match value:
        case None:
            return None
        case bool():
            raise ValueError("not a revision")
        case int(revision) if 0 <= revision < MANY:
            return revision
        case _:
            raise ValueError("not a revision")


def rows(buttons: Sequence[Pressable], *, where: Where, room_url: Callable[[RoomLink], str]) -> list[Json]:
    """Render rows of at most five that stay whole on a telephone: what is too wide there is not seen."""
    sets: list[Json] = []
    taken = 0
    for button in buttons:
        action = _element(button, where, room_url)
        width = len(action["title"]) + EDGES
        if not sets or taken + width > WIDTH or len(sets[-1]["actions"]) == MAX_BUTTONS:
            sets.append({"type": "ActionSet", "actions": [], **({"spacing": "Small"} if sets else {})})
            taken = 0
        taken += width
        sets[-1]["actions"].append(action)
    return sets


def submit(label: str, data: Json, *, style: Style = Style.PLAIN) -> Json:
    """Render a button that sends what was typed with its data."""
    return {
        "type": "Action.Submit",
        "title": literal(plain(label, MAX_LABEL)),
        "style": _STYLES[style],
        "data": data,
    }


def _element(button: Pressable, where: Where, room_url: Callable[[RoomLink], str]) -> Json:
    match button:
        case RoomLink():
            return _way_out(button.label, room_url(button))
        case PageLink():
            return _way_out(button.label, button.url)
        case Button():
            if button.confirm is not None:
                return _asked_first(button, button.confirm, where)
            return _press(button.label, button, where)
        case _:
            assert_never(button)


def _way_out(label: str, url: str) -> Json:
    return {"type": "Action.OpenUrl", "title": literal(plain(label, MAX_LABEL)), "url": url}


def _asked_first(button: Button, confirm: Confirm, where: Where) -> Json:
    """Teams asks nothing back by itself: the button unfolds the question, a second press answers it."""
    return {
        "type": "Action.ShowCard",
        "title": literal(plain(button.label, MAX_LABEL)),
        "style": _STYLES[button.style],
        "card": {
            "type": "AdaptiveCard",
            "body": [
                _paragraph(confirm.title, weight="Bolder"),
                _paragraph(confirm.text),
            ],
            "actions": [_press(confirm.yes, button, where)],
        },
    }


def _paragraph(text: str, **style: str) -> Json:
    run = {"type": "TextRun", "text": literal(plain(shown(text), MAX_QUESTION)), **style}
    return {"type": "RichTextBlock", "inlines": [run]}


def _press(label: str, button: Button, where: Where) -> Json:
    carried = encode(button.action)
    if where.dialog:
        return submit(label, {OURS: carried | in_room(where.room)}, style=button.style)
    sent = submit(label, {OURS: carried}, style=button.style)
    verb = button.action.verb
    if verb in ASKS | TELLS:
        return sent | {"data": {"msteams": {"type": "task/fetch"}, OURS: carried}}
    plain_sent = {key: value for key, value in sent.items() if key != "style"}
    return sent | {"type": "Action.Execute", "verb": verb.value, "fallback": plain_sent}


def in_room(room: RoomRef | None) -> Json:
    """Say from which room a dialog was opened."""
    return {"room": room} if room else {}
