"""What people are shown, in words that no platform owns.

All text is plain: nothing in it is markup, and each renderer escapes it. `summary` is what a notification may
show, so it never holds a member's name or words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.verbs import Verb

MAX_BUTTONS = 5
"""At three in the morning nobody reads a sixth button."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks for.

    `subject` is an opaque id, `revision` the one that the person was looking at.
    """

    verb: Verb
    subject: str = ""
    revision: int | None = None


class Tone(StrEnum):
    """How loud a text speaks."""

    NORMAL = "normal"
    STRONG = "strong"
    MUTED = "muted"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; line feeds are kept.

    `numbers` stand in it, and its reader can call them: a renderer that draws links may let a tap do it.
    """

    text: str
    tone: Tone = Tone.NORMAL
    numbers: tuple[str, ...] = ()
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, whole and untrusted. A renderer that must cut says so and gives the length."""

    text: str
    label: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Fields:
    """Pairs of a label and its value, in order."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class Mention:
    """Calls these people by name so that their platform notifies them; `text` follows their names."""

    people: tuple[PersonId, ...]
    text: str
    kind: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class Confirm:
    """Asked once more before the press counts."""

    title: str
    text: str
    yes: str
    no: str


class Style(StrEnum):
    """How a button looks."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Asks for an action when pressed."""

    label: str
    action: Action
    style: Style = Style.PLAIN
    confirm: Confirm | None = None
    kind: Literal["button"] = "button"


@dataclass(frozen=True, slots=True)
class RoomLink:
    """Leads to a room; it asks for nothing."""

    label: str
    platform: Platform
    room: RoomRef
    kind: Literal["room_link"] = "room_link"


@dataclass(frozen=True, slots=True)
class PageLink:
    """Leads to a page of the browser room. `url` is whole, and may hold the secret of a personal link."""

    label: str
    url: str
    kind: Literal["page_link"] = "page_link"


Pressable = Button | RoomLink | PageLink


@dataclass(frozen=True, slots=True)
class Actions:
    """A row of at most five."""

    buttons: tuple[Pressable, ...]
    kind: Literal["actions"] = "actions"


@dataclass(frozen=True, slots=True)
class Divider:
    """A pause between two parts."""

    kind: Literal["divider"] = "divider"


Block = Text | Quote | Fields | Mention | Actions | Divider


@dataclass(frozen=True, slots=True)
class Card:
    """A message. `summary` is neutral (it is the notification); `title` is the first line."""

    summary: str
    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.NORMAL


@dataclass(frozen=True, slots=True)
class TextField:
    """A text to type. `max_length` counts characters; Slack's own ceiling is 3,000."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = False
    multiline: bool = False
    max_length: int = 3000
    kind: Literal["text_field"] = "text_field"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of several; `options` are pairs of a value and its label.

    `wide` shows them all at once (radio buttons). `fills`: what is chosen brings the next form, as the
    submission does; at once where the platform tells of a choice, as long as nothing is typed.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    required: bool = False
    wide: bool = False
    fills: bool = False
    kind: Literal["choice_field"] = "choice_field"


@dataclass(frozen=True, slots=True)
class ChecksField:
    """Any number of several.

    It is submitted as the chosen values joined by commas, in the order of `options`.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    values: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    kind: Literal["checks_field"] = "checks_field"


FormField = TextField | ChoiceField | ChecksField


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog.

    Its submission comes back with the same `action`. `title` has at most 24 characters (Slack).
    """

    action: Action
    title: str
    submit: str
    cancel: str
    fields: tuple[FormField, ...]
    intro: tuple[Text | Quote | Fields, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown at once, to the one who asked alone. `errors` marks fields of a refused form.

    `code` is set when the interaction was refused. An empty answer means «done, see the room». A `secret`
    one is shown this once and kept nowhere: a repeat gets an empty answer. `kept` is what they had typed, for
    the press that may follow; it is shown to nobody.
    """

    card: Card | None = None
    form: Form | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    secret: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)
