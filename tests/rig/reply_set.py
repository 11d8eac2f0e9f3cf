"""Replies written apart from the gate, each with the rules that it breaks: what the gate finds in them.

Half of the set («seen») may be looked at when patterns are written; the other («unseen») is only measured.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.check import check_lines

FILE = Path(__file__).parent.parent / "sets" / "replies.jsonl"
HALVES = ("seen", "unseen")


@dataclass
class Measured:
    """What was planted and found; by rule, too. A reply of several defects counts when all are found."""

    planted: int = 0
    found: int = 0
    good: int = 0
    blocked: int = 0
    planted_by_rule: Counter[str] = field(default_factory=Counter)
    found_by_rule: Counter[str] = field(default_factory=Counter)

    @property
    def found_share(self) -> float:
        return self.found / self.planted

    @property
    def blocked_share(self) -> float:
        return self.blocked / self.good


def half_of(reply: str) -> str:
    """Which half a reply is in, by its id."""
    return HALVES[hashlib.sha256(reply.encode()).digest()[0] % 2]


def measured() -> dict[str, Measured]:
    """Read the whole set through the command's own way."""
    halves = {name: Measured() for name in HALVES}
    for reply, expected, found in _checked():
        half = halves[half_of(reply)]
        rules = {each["rule"] for each in found}
        if not expected:
            half.good += 1
            half.blocked += any(each["severity"] == "block" for each in found)
            continue
        half.planted += 1
        half.found += expected <= rules
        half.planted_by_rule.update(expected)
        half.found_by_rule.update(expected & rules)
    return halves


def _checked() -> Iterator[tuple[str, set[str], list[dict[str, str]]]]:
    lines = FILE.read_bytes().splitlines()
    for raw, checked in zip(lines, check_lines(lines, now=datetime.now(UTC)), strict=True):
        given, answer = json.loads(raw), json.loads(checked.text)
        yield given["id"], set(given["expect"]), answer["findings"]
