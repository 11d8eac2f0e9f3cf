"""How much danger a member seems to be in: a mark to work by, never a diagnosis."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.labels import Label, parse_label


class Level(StrEnum):
    """D0, no signal, to D5, an act under way or done. Levels compare by gravity."""

    D0 = "D0"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"

    @property
    def is_grave(self) -> bool:
        """Whether somebody must call for help now."""
        return self >= Level.D4


_SEVERITIES = {Level.D0: None, Level.D1: 2, Level.D2: 2, Level.D3: 3, Level.D4: 4, Level.D5: 4}


def severity_of(level: Level) -> int | None:
    """Return the severity, 1 to 4, that a level gives a crisis; None at D0, which says nothing of it."""
    return _SEVERITIES[level]


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """What a level is called, and the signs that it stands for."""

    level: Level
    label: Label
    signs: Label


def parse_levels(text: str) -> Mapping[Level, LevelFacts]:
    """Read `triage.json`. Raises `ValueError` or `KeyError` when it is malformed or a level is missing."""
    entries = {entry["id"]: entry for entry in json.loads(text)["levels"]}
    return MappingProxyType(
        {
            level: LevelFacts(
                level=level,
                label=parse_label(entries[level]["label"]),
                signs=parse_label(entries[level]["signs"]),
            )
            for level in Level
        }
    )
