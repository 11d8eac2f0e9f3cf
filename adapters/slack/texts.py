"""Text as Slack takes it: cleaned, cut to its limits, never read as markup.

Slack's limits are counted here in UTF-16 units, the strictest reading of its «characters».
"""

from typing import Any

from bot.domain import wording
from bot.domain.wording import for_display, storable

Json = dict[str, Any]
"""An object of Slack's: a block, an element, a view, a payload."""


def shown(text: str) -> str:
    """Clean a text for a card: no direction control, no NUL, no half of a surrogate pair."""
    return for_display(storable(text))


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def fit(text: str, limit: int) -> str:
    """Cut a text to so many UTF-16 units, its `…` included."""
    return wording.fit(text, limit, units)


def plain(text: str, limit: int) -> Json:
    """Build a `plain_text` object. Slack refuses an empty one: a dash stands there instead."""
    return {"type": "plain_text", "text": fit(shown(text).strip() or "—", limit), "emoji": False}


def escape(text: str) -> str:
    """Make a text safe where Slack reads markup (Slack, «Escaping text»)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
