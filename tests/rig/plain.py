"""Cards and forms as plain text, so that people can read a snapshot and see what a change does to it."""

from typing import assert_never

from bot.cards import (
    Action,
    Actions,
    Block,
    Card,
    ChecksField,
    ChoiceField,
    Divider,
    Fields,
    Form,
    FormField,
    Mention,
    PageLink,
    Pressable,
    Quote,
    RoomLink,
    Style,
    Text,
    TextField,
    Tone,
)

MARKS = {Tone.NORMAL: "", Tone.STRONG: "** ", Tone.MUTED: "~ ", Tone.ALERT: "!! "}
STYLES = {Style.PLAIN: "", Style.PRIMARY: " (primary)", Style.DANGER: " (danger)"}


def plain(shown: Card | Form) -> str:
    return plain_card(shown) if isinstance(shown, Card) else plain_form(shown)


def plain_card(card: Card) -> str:
    head = [f"({card.summary})", f"{MARKS[card.tone]}{card.title}"]
    return "\n".join([*head, *(_block(block) for block in card.blocks)]) + "\n"


def plain_form(form: Form) -> str:
    head = f"FORM {form.title}  → {_action(form.action)}"
    last = f"[{form.submit}] [{form.cancel}]"
    return "\n".join([head, *(_block(b) for b in form.intro), *(_field(f) for f in form.fields), last]) + "\n"


def _block(block: Block) -> str:
    match block:
        case Text():
            return f"{MARKS[block.tone]}{block.text}"
        case Quote():
            said = "\n".join(f"  | {line}" for line in block.text.split("\n"))
            return f"{block.label}:\n{said}" if block.label else said
        case Fields():
            return "\n".join(f"- {label}: {value}".replace("\n", "\n    ") for label, value in block.pairs)
        case Mention():
            return f"{' '.join(f'@{person}' for person in block.people)} {block.text}"
        case Actions():
            return "\n".join(_button(button) for button in block.buttons)
        case Divider():
            return "---"
        case _:
            assert_never(block)


def _button(button: Pressable) -> str:
    if isinstance(button, RoomLink):
        return f"[{button.label}]  → {button.platform} {button.room}"
    if isinstance(button, PageLink):
        return f"[{button.label}]  → {button.url}"
    pressed = f"[{button.label}]{STYLES[button.style]}  → {_action(button.action)}"
    if button.confirm is None:
        return pressed
    asked = button.confirm
    return f"{pressed}\n    ? {asked.title} {asked.text} [{asked.yes}] [{asked.no}]"


def _action(action: Action) -> str:
    revision = f" r{action.revision}" if action.revision is not None else ""
    return f"{action.verb} {action.subject}{revision}".rstrip()


def _field(field: FormField) -> str:
    needed = "*" if field.required else ""
    head = f"- {field.label}{needed} ({field.name})"
    hint = f"\n    ~ {field.hint}" if field.hint else ""
    match field:
        case TextField():
            return f"{head}: {field.value}{hint}"
        case ChoiceField():
            return f"{head}: {_options(field.options, (field.value,))}{hint}"
        case ChecksField():
            return f"{head}: {_options(field.options, field.values)}{hint}"
        case _:
            assert_never(field)


def _options(options: tuple[tuple[str, str], ...], chosen: tuple[str, ...]) -> str:
    return "".join(f"\n    ({'x' if value in chosen else ' '}) {label}" for value, label in options)
