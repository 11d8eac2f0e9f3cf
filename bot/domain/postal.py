"""Postal addresses by the rules of La Poste (standard AFNOR XP Z 10-011, January 2013).

At most six lines of 38 characters, a seventh for the country of an address abroad; no punctuation; the last
line of an address in France is the postcode and the town in capitals, without accent, hyphen or apostrophe.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale

from bot.domain.errors import Code, Refused

MIN_LINES, MAX_LINES = 2, 6
LINE_LENGTH = 38

_TOWN = re.compile(r"\d{5} [A-Z0-9][A-Z0-9 ]*")
_JOINING = re.compile("[-'’]")
"""They belong to names, and stand in every line but that of the town."""


def postal_address(typed: str) -> str:
    """One line a line feed, blanks put right and the last line in capitals.

    Raises `address_lines`, `address_line_long`, `address_marks`, `address_end`.
    """
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    abroad = bool(lines) and _capitals(lines[-1]) in _countries()
    if abroad and _capitals(lines[-1]) == "FRANCE":
        lines, abroad = lines[:-1], False
    if not MIN_LINES <= len(lines) <= MAX_LINES + abroad:
        raise Refused(Code.ADDRESS_LINES, field="value", limit=MAX_LINES)
    lines[-1] = _capitals(lines[-1])
    _check(lines)
    if not abroad and not _TOWN.fullmatch(lines[-1]):
        raise Refused(Code.ADDRESS_END, field="value")
    return "\n".join(lines)


def town_of(address: str) -> str:
    """The town of an address in France; abroad, the country."""
    last = address.rpartition("\n")[2]
    return last[len("34000 ") :] if _TOWN.fullmatch(last) else last


def _check(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE_LENGTH:
            raise Refused(
                Code.ADDRESS_LINE_LONG, field="value", line=number, length=len(line), limit=LINE_LENGTH
            )
        marks = [sign for sign in _JOINING.sub("", line) if unicodedata.category(sign).startswith("P")]
        if marks:
            raise Refused(Code.ADDRESS_MARKS, field="value", line=number, mark=marks[0])


def _capitals(line: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", line) if not unicodedata.combining(c))
    return " ".join(_JOINING.sub(" ", bare).upper().split())


@cache
def _countries() -> frozenset[str]:
    """Their names in both languages, as they end an address."""
    names = (pair for locale in ("fr", "en") for pair in Locale.parse(locale).territories.items())
    return frozenset(_capitals(name) for code, name in names if re.fullmatch("[A-Z]{2}", code))
