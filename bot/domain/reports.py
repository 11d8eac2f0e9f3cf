"""Authorities that take reports of what a member wrote, and which crises call for one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.labels import Label, parse_label
from bot.domain.levels import Level
from bot.domain.states import Recourse


@dataclass(frozen=True, slots=True)
class Report:
    """`line` is the help line that holds its address and the day of its review; `call_first` are numbers."""

    recourse: Recourse
    line: str
    country: str
    categories: frozenset[str]
    levels: frozenset[Level]
    call_first: tuple[str, ...]
    told: Label

    def is_called_for(self, *, country: str, category: str, level: Level | None) -> bool:
        here = country.partition("-")[0] == self.country
        return here and (category in self.categories or level in self.levels)


def parse_reports(text: str) -> tuple[Report, ...]:
    """Read `reports.json`. Raises `ValueError` or `KeyError` when it is malformed."""
    return tuple(_report(entry) for entry in json.loads(text)["reports"])


def _report(entry: Mapping[str, Any]) -> Report:
    return Report(
        recourse=Recourse(entry["recourse"]),
        line=entry["line"],
        country=entry["country"],
        categories=frozenset(entry["categories"]),
        levels=frozenset(Level(level) for level in entry["levels"]),
        call_first=tuple(entry["call_first"]),
        told=parse_label(entry["told"]),
    )
