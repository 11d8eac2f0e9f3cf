"""The names by which things are known. Ids are opaque: they hold nothing about anyone."""

import re
from enum import StrEnum
from typing import NewType, TypeAlias

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


MemberId: TypeAlias = str
"""A member within their crisis: `m1` came first. It says nothing about anyone."""

FIRST: MemberId = "m1"
"""Whom a crisis with one member is about."""

EVERYBODY: MemberId = ""
"""For whom a reply is that names nobody; of whom a message is that has no author among the members."""


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
