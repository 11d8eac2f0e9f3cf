"""The names by which things are known. Ids are opaque: they hold nothing about anyone."""

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
"""The key of a person in the plan file, for example `claire`."""

CrisisId = NewType("CrisisId", str)
"""Sixteen hexadecimal digits. A part of a crisis is named `<crisis>.<part>`, for example `….d1` for its first draft."""

RoomRef = NewType("RoomRef", str)
"""A room as its platform names it; only that platform's adapter reads it."""

MessageRef = NewType("MessageRef", str)
"""A posted card as its platform names it; only that platform's adapter reads it."""


class Platform(StrEnum):
    """Where people meet Cellule."""

    SLACK = "slack"
    WEB = "web"


def crisis_of(subject: str) -> CrisisId:
    """The crisis that a subject belongs to."""
    return CrisisId(subject.partition(".")[0])
