"""Form → Slack dialog, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from adapters.slack.buttons import encode, parse_action
from adapters.slack.render import Look, card_blocks, rich
from adapters.slack.texts import Json, fit, plain, shown, units
from bot.cards import Action, Card, ChecksField, ChoiceField, Form, FormField, TextField
from bot.domain.ids import RoomRef
from bot.domain.wording import storable

FORM = "form"
"""Every form's `callback_id`: what it asks for stands in its `private_metadata`."""
SHOWN = "shown"
"""The `callback_id` of a dialog that only shows a card."""

MAX_TITLE = 24
MAX_LABEL = 2000
MAX_TYPED = 3000
MAX_OPTION = 75
MAX_SIDE_BY_SIDE = 10
"""Radio buttons and check boxes; more options go into a list to open."""
MAX_OPTIONS = 100
_VALUE = "value"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came back: `values` by field name, an untouched field as an empty text."""

    action: Action
    room: RoomRef | None
    values: Mapping[str, str]


def form_view(form: Form, look: Look, *, room: RoomRef | None, nonce: str) -> Json:
    """Render a form. `nonce` is new each time: Slack keeps what was typed in a block whose id it knows."""
    intro = rich(form.intro, look)
    blocks = [{"type": "rich_text", "block_id": f"{nonce}.intro", "elements": intro}] if intro else []
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": _about(room, form.action),
        "title": plain(form.title, MAX_TITLE),
        "submit": plain(form.submit, MAX_TITLE),
        "close": plain(form.cancel, MAX_TITLE),
        "blocks": [*blocks, *(_input(field, look, nonce) for field in form.fields)],
    }


def card_view(card: Card, look: Look, *, room: RoomRef | None, nonce: str) -> Json:
    """Render a card as a dialog without a form."""
    _ = look.translator
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "private_metadata": _about(room),
        "title": plain("Cellule", MAX_TITLE),
        "close": plain(_("Close"), MAX_TITLE),
        "blocks": card_blocks(card, look, nonce=nonce),
    }


def submitted(view: Json) -> Submitted:
    """Read a dialog that was sent. Raises `ValueError` when it is none of ours."""
    states = view["state"]["values"]
    values = {
        _name(block["block_id"]): _typed(block, states.get(block["block_id"], {}))
        for block in view["blocks"]
        if block["type"] == "input"
    }
    about = json.loads(view["private_metadata"] or "{}")
    return Submitted(parse_action(about.get("action", "null")), room_of(view), values)


def nothing_typed(view: Json) -> bool:
    """Whether every text of a dialog is still empty."""
    states = view["state"]["values"].values()
    return not any(state.get(_VALUE, {}).get("value") for state in states)


def room_of(view: Json) -> RoomRef | None:
    """Return the room from which a dialog was opened."""
    room = json.loads(view["private_metadata"] or "{}").get("room")
    return RoomRef(room) if room else None


def marked(view: Json, errors: Mapping[str, str]) -> dict[str, str]:
    """Put errors under their fields' blocks; one for a field that the form lacks goes under the first."""
    blocks = {
        _name(block["block_id"]): block["block_id"] for block in view["blocks"] if block["type"] == "input"
    }
    first = next(iter(blocks.values()), None)
    placed = {blocks.get(name, first): error for name, error in errors.items()}
    return {block_id: error for block_id, error in placed.items() if block_id is not None}


def _about(room: RoomRef | None, action: Action | None = None) -> str:
    about = {"room": room, "action": encode(action) if action else None}
    return json.dumps({key: value for key, value in about.items() if value})


def _name(block_id: str) -> str:
    return block_id.rpartition("#")[0]


def _typed(block: Json, states: Json) -> str:
    state = states.get(_VALUE, {})
    if "selected_options" in state:
        checked = {option["value"] for option in state["selected_options"]}
        options = [option["value"] for option in block["element"]["options"]]
        return ",".join(value for value in options if value in checked)
    option = state.get("selected_option") or {}
    return storable(state.get("value") or option.get("value") or "")


def _input(field: FormField, look: Look, nonce: str) -> Json:
    match field:
        case TextField():
            element, hint = _text_input(field, look)
        case ChoiceField():
            element, hint = _choice(field), field.hint
        case ChecksField():
            element, hint = _checks(field), field.hint
        case _:
            assert_never(field)
    block = {
        "type": "input",
        "block_id": f"{field.name}#{nonce}",
        "label": plain(field.label, MAX_LABEL),
        "optional": not field.required,
        "element": {"action_id": _VALUE, **element},
    }
    if isinstance(field, ChoiceField) and field.fills:
        block["dispatch_action"] = True
    return block | ({"hint": plain(hint, MAX_LABEL)} if hint else {})


def _text_input(field: TextField, look: Look) -> tuple[Json, str]:
    """Render the input and its hint, which says so when what is prefilled had to be cut."""
    _ = look.translator
    most = min(field.max_length, MAX_TYPED)
    element: Json = {"type": "plain_text_input", "multiline": field.multiline, "max_length": most}
    whole = shown(field.value)
    if not whole:
        return element, field.hint
    prefilled = element | {"initial_value": fit(whole, most)}
    if units(whole) <= most:
        return prefilled, field.hint
    note = _("The text has {total} characters; Slack shows its beginning here.", total=len(whole))
    return prefilled, f"{note} {field.hint}".strip()


def _options(field: ChoiceField | ChecksField) -> list[Json]:
    return [
        {"text": plain(label, MAX_OPTION), "value": value} for value, label in field.options[:MAX_OPTIONS]
    ]


def _checks(field: ChecksField) -> Json:
    options = _options(field)
    few = len(options) <= MAX_SIDE_BY_SIDE
    element: Json = {"type": "checkboxes" if few else "multi_static_select", "options": options}
    chosen = [option for option in options if option["value"] in field.values]
    return element | ({"initial_options": chosen} if chosen else {})


def _choice(field: ChoiceField) -> Json:
    options = _options(field)
    wide = field.wide and len(options) <= MAX_SIDE_BY_SIDE
    element: Json = {"type": "radio_buttons" if wide else "static_select", "options": options}
    chosen = next((option for option in options if option["value"] == field.value), None)
    return element | ({"initial_option": chosen} if chosen else {})
