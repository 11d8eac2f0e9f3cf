"""Every card and form by name; each view takes the language."""

from collections.abc import Callable

from bot.cards import Card, Form

View = Callable[[str], Card | Form]
GALLERY: dict[str, View] = {}


def shown(view: View) -> View:
    """Put a view into the gallery under its function's name."""
    GALLERY[view.__name__] = view
    return view
