"""The names by which things are known. Ids are opaque: they hold nothing about anyone."""

import re
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
"""The key of a person in the plan file, for example `claire`."""

CrisisId = NewType("CrisisId", str)
"""Sixteen hexadecimal digits.

A part of a crisis is named `<crisis>.<part>`, for example `….d1` for its first draft.
"""

RoomRef = NewType("RoomRef", str)
"""A room as its platform names it; only that platform's adapter reads it."""

MessageRef = NewType("MessageRef", str)
"""A posted card as its platform names it; only that platform's adapter reads it."""


class Platform(StrEnum):
    """Where people meet Cellule."""

    SLACK = "slack"
    TEAMS = "teams"
    WEB = "web"


_SUBJECT = re.compile(r"([0-9a-f]{16})(\.[0-9a-z_]{1,16})*")
"""The numbers of a part stay within what a database counts."""


def crisis_of(subject: str) -> CrisisId | None:
    """The crisis that a subject belongs to; None for what no button of ours can have held."""
    found = _SUBJECT.fullmatch(subject)
    return CrisisId(found[1]) if found else None
