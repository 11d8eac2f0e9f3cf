"""What a level of distress does not say, and what needs acts of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.labels import Label, parse_label


class Axis(StrEnum):
    """Beside the level."""

    INCITEMENT = "incitement"
    THIRD_PARTY = "third_party"
    ABUSE = "abuse"
    EATING = "eating"


@dataclass(frozen=True, slots=True)
class AxisFacts:
    """What it is called, and what to do about it."""

    label: Label
    to_do: Label


def parse_axes(text: str) -> Mapping[Axis, AxisFacts]:
    """Read `triage.json`. Raises `ValueError` or `KeyError` when it is malformed or an axis is missing."""
    entries = {entry["id"]: entry for entry in json.loads(text)["axes"]}
    return MappingProxyType(
        {
            axis: AxisFacts(parse_label(entries[axis]["label"]), parse_label(entries[axis]["to_do"]))
            for axis in Axis
        }
    )
