"""Where no line of a letter ends. A blank that stands in a text becomes one that does not break.

None is added, none taken away, no other sign changes: what was approved and released, and what its SHA-256
covers, is the text as it is stored; only the letter on paper is set so. French wants a thin blank before
`; ! ?` and a whole one before `:` and within « » (Lexique des règles typographiques en usage à l'Imprimerie
nationale, «Ponctuation»).
"""

import re

from bot.texts import Locale

NO_BREAK, THIN, MAY_BREAK = "\u00a0", "\u202f", "\u200b"

_NUMBER = re.compile(r"(?<=\d) (?=\d)")
"""Within a number: `31 14`, `01 45 39 40 00`."""

_BEFORE_HIGH = re.compile(r" (?=[;!?])")
_BEFORE_OTHERS = re.compile(r" (?=[:»])")
_AFTER_OPENING = re.compile(r"(?<=«) ")


_TOO_LONG = re.compile(r"[^ \n]{40}(?=[^ \n])")
"""Forty of the widest letters fill a line: what goes on, such as an address of the web, ends on the next."""


def unbroken(text: str, locale: Locale) -> str:
    text = _NUMBER.sub(NO_BREAK, text)
    if locale == "fr":
        text = _BEFORE_HIGH.sub(THIN, text)
        text = _AFTER_OPENING.sub(NO_BREAK, _BEFORE_OTHERS.sub(NO_BREAK, text))
    return text


def broken(text: str) -> str:
    """Let what is longer than a line go on below: it would leave the sheet."""
    return _TOO_LONG.sub(lambda found: found[0] + MAY_BREAK, text)
