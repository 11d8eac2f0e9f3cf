"""Form or card → Teams dialog, and back. A dialog is the one place that whoever pressed reads alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.teams.buttons import MAX_LABEL, OURS, Where, encode, in_room, parse_action, submit
from adapters.teams.render import (
    Look,
    attached,
    content,
    elements,
    fitted,
    paragraph,
    run,
    text_sizes,
    whole,
)
from adapters.teams.texts import Json, as_typed_here, escape, fit, literal, plain, shown
from bot.cards import (
    Action,
    Actions,
    Block,
    Card,
    ChecksField,
    ChoiceField,
    Divider,
    Form,
    FormField,
    Style,
    TextField,
)
from bot.domain.ids import RoomRef
from bot.domain.wording import cut, storable

MAX_DIALOG = 80 * 1024
"""Bytes of a dialog's card. What Teams takes here stands nowhere; a message may have about 100 KB."""
MAX_PREFILLED = 24 * 1024
"""Bytes of a text that stands in a field already."""
MAX_TITLE = 64
MAX_OPTION = 200
MAX_SIDE_BY_SIDE = 10
"""More options go into a list to open."""
_FORM = "form"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came back: `values` by field name, an untouched field absent or empty.

    Without `values` a button of a card was pressed that a dialog shows.
    """

    action: Action
    room: RoomRef | None
    values: Mapping[str, str] | None


def form_task(
    form: Form,
    look: Look,
    *,
    room: RoomRef | None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    now: Sequence[Block] = (),
) -> Json:
    """Render a form as the answer to an invoke.

    A refused one comes again with what was `typed`, and why; below it, to read, how things stand `now`.
    """
    errors = errors or {}
    names = {field.name for field in form.fields}
    stray = [error for name, error in errors.items() if name not in names]
    carried = encode(form.action) | in_room(room) | {_FORM: True}
    inputs = [
        element
        for field in form.fields
        for element in _input(field, look, typed=(typed or {}).get(field.name), error=errors.get(field.name))
    ]
    sent = submit(form.submit, {OURS: carried}, style=Style.PRIMARY)
    below = [Divider(), *(block for block in now if not isinstance(block, Actions))]

    def drawn(most: int) -> Json:
        intro = elements(form.intro, look, where=Where(dialog=True), most=most)
        told = [_error(error) for error in stray]
        standing = elements(below, look, where=Where(dialog=True), most=most)
        body = [*told, *intro, *inputs, {"type": "ActionSet", "actions": [sent]}, *standing]
        return whole(body, fallback=plain(form.title, MAX_TITLE))

    return _task(form.title, fitted(drawn, text_sizes([*form.intro, *below]), MAX_DIALOG))


def card_task(card: Card, look: Look, *, room: RoomRef | None) -> Json:
    """Render a card as the answer to an invoke: a dialog without a form."""
    where = Where(dialog=True, room=room)
    return _task("Cellule", content(card, look, where=where, limit=MAX_DIALOG))


def submitted(data: object) -> Submitted:
    """Read what a dialog sent. Raises `ValueError` when it is none of ours."""
    action = parse_action(data)
    match data:
        case {"cellule": {"form": True} as carried, **typed}:
            values = {str(name): storable(value) for name, value in typed.items() if isinstance(value, str)}
            return Submitted(action, _room(carried), values)
        case {"cellule": carried}:
            return Submitted(action, _room(carried), None)
        case _:
            raise ValueError("not a dialog")


def _room(carried: Json) -> RoomRef | None:
    room = carried.get("room")
    return RoomRef(room) if isinstance(room, str) and room else None


def _task(title: str, card: Json) -> Json:
    value = {
        "title": literal(plain(title, MAX_TITLE)),
        "width": "medium",
        "height": "large",
        "card": attached(card),
    }
    return {"task": {"type": "continue", "value": value}}


def _input(field: FormField, look: Look, *, typed: str | None, error: str | None) -> list[Json]:
    """Render an input; above it why it was refused, below it what helps."""
    _ = look.translator
    match field:
        case TextField():
            element, note = _text_input(field, look, typed)
        case ChoiceField():
            wide = field.wide and len(field.options) <= MAX_SIDE_BY_SIDE
            value = field.value if typed is None else typed
            element, note = _choices(field, value, wide=wide, many=False), field.hint
        case ChecksField():
            wide = len(field.options) <= MAX_SIDE_BY_SIDE
            value = ",".join(field.values) if typed is None else typed
            element, note = _choices(field, value, wide=wide, many=True), field.hint
        case _:
            assert_never(field)
    note = shown(note)
    element |= {"id": field.name, "label": plain(field.label, MAX_LABEL * 4)}
    if field.required:
        element |= {"isRequired": True, "errorMessage": _("This is needed.")}
    hint = [paragraph([run(note, isSubtle=True, size="Small")], spacing="Small")] if note.strip() else []
    return [*([_error(error)] if error else []), element, *hint]


def _error(error: str) -> Json:
    return paragraph([run(f"⚠️ {as_typed_here(shown(error))}", weight="Bolder", color="Attention")])


def _text_input(field: TextField, look: Look, typed: str | None) -> tuple[Json, str]:
    """Render the input and its hint, which says so when what is prefilled had to be cut."""
    _ = look.translator
    element: Json = {"type": "Input.Text", "isMultiline": field.multiline, "maxLength": field.max_length}
    if typed is not None:
        return element | {"value": shown(typed)}, field.hint
    cleaned = shown(field.value)
    value = fit(cut(cleaned, field.max_length)[0], MAX_PREFILLED)
    if value == cleaned:
        return element | ({"value": value} if value else {}), field.hint
    note = _("The text has {total} characters; its beginning is shown here.", total=len(cleaned))
    return element | {"value": value}, f"{note} {field.hint}".strip()


def _choices(field: ChoiceField | ChecksField, value: str, *, wide: bool, many: bool) -> Json:
    """Side by side the labels are read as Markdown, in a list to open they are not."""
    return {
        "type": "Input.ChoiceSet",
        "style": "expanded" if wide else "compact",
        "isMultiSelect": many,
        "wrap": True,
        "value": value,
        "choices": [{"title": _option(label, wide=wide), "value": option} for option, label in field.options],
    }


def _option(label: str, *, wide: bool) -> str:
    words = plain(label, MAX_OPTION)
    return escape(words) if wide else literal(words)
