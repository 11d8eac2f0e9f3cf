"""Text as an Adaptive Card takes it: cleaned, measured, never read as markup.

Text runs know no Markdown (Adaptive Cards, «Text features»): whatever people wrote stands in one. Text blocks
do, and only they call people by name.
"""

import json
import re
from typing import Any

from bot.domain import wording
from bot.domain.wording import for_display, storable

Json = dict[str, Any]
"""An object of Teams's: a card, an element, an action, an activity."""

_COMMAND = re.compile(r"(?<!\S)/crisis\b")
_TYPED_HERE = "@Cellule crisis"
_WORD_JOINER = "\u2060"
# `{{DATE(…)}}` is a function in every kind of text; `<at>` calls people wherever Teams looks for it.
_ALIVE = re.compile(r"\{(?=\{)|<(?=/?at\b)", re.IGNORECASE)
_MARKUP = re.compile(r"[\\`*_\[\]<>&~]")
_AT_THE_START = re.compile(r"^\s*(?:(\d+)(?=[.)])|(?=[-+#=]))", re.MULTILINE)


def shown(text: str) -> str:
    """Clean a text for a card: no direction control, no NUL, no half of a surrogate pair."""
    return for_display(storable(text))


def as_typed_here(text: str) -> str:
    """Write the cell's command as Teams takes it: a bot there has no slash commands."""
    return _COMMAND.sub(_TYPED_HERE, text)


def literal(text: str) -> str:
    """Make a cleaned text safe in a text run, to the eye unchanged."""
    return _ALIVE.sub(rf"\g<0>{_WORD_JOINER}", text)


def escape(text: str) -> str:
    """Make a cleaned text safe in a text block, which reads Markdown. Each line becomes a paragraph."""
    escaped = _MARKUP.sub(r"\\\g<0>", literal(text))
    return _AT_THE_START.sub(r"\g<1>\\", escaped).replace("\n", "\n\n")


def size(text: str) -> int:
    """Count the bytes that a cleaned text takes in a card."""
    return weight(literal(text)) - 2


def weight(content: object) -> int:
    """Count the bytes of something as it is sent: JSON in UTF-8."""
    return len(json.dumps(content, ensure_ascii=False).encode())


def fit(text: str, limit: int) -> str:
    """Cut a cleaned text to so many bytes, its `…` included."""
    return wording.fit(text, limit, size)


def plain(text: str, limit: int) -> str:
    """One line for a button or a title. Teams refuses an empty one: a dash stands there instead."""
    return fit(" ".join(shown(text).split()) or "—", limit)
