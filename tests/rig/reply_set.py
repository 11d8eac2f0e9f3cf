"""Replies written apart from the gate, each with the rules that it breaks: what the gate finds in them.

Half of the set («seen») may be looked at when patterns are written; the other («unseen») is only measured. A
third set («dev») was written by those who wrote the patterns.
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
OURS = FILE.with_name("replies_dev.jsonl")
HALVES = ("seen", "unseen")


@dataclass
class Measured:
    """What was planted and found; by rule, too. A reply of several defects counts when all are found.

    `stopped`: all its defects were found, and one of the findings stops it. `warned`: good replies that
    nothing stops, with a warning.
    """

    planted: int = 0
    found: int = 0
    stopped: int = 0
    good: int = 0
    blocked: int = 0
    warned: int = 0
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
    """Read the sets through the command's own way."""
    parts = {name: Measured() for name in (*HALVES, "dev")}
    for reply, expected, found in _checked(FILE):
        _count(parts[half_of(reply)], expected, found)
    for _reply, expected, found in _checked(OURS):
        _count(parts["dev"], expected, found)
    return parts


def _count(part: Measured, expected: set[str], found: list[dict[str, str]]) -> None:
    rules = {each["rule"] for each in found}
    severities = {each["severity"] for each in found}
    if not expected:
        part.good += 1
        part.blocked += "block" in severities
        part.warned += "warn" in severities and "block" not in severities
        return
    part.planted += 1
    part.found += expected <= rules
    part.stopped += expected <= rules and "block" in severities
    part.planted_by_rule.update(expected)
    part.found_by_rule.update(expected & rules)


def _checked(file: Path) -> Iterator[tuple[str, set[str], list[dict[str, str]]]]:
    lines = file.read_bytes().splitlines()
    for raw, checked in zip(lines, check_lines(lines, now=datetime.now(UTC)), strict=True):
        given, answer = json.loads(raw), json.loads(checked.text)
        yield given["id"], set(given["expect"]), answer["findings"]
