"""The rules that a reply is checked against, read from `reply_rules.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.levels import Level
from bot.domain.states import Route


class Weight(StrEnum):
    """What a finding does: it stops the reply, it warns, or it only tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """One rule: its weight from the level `since` on (None: always), and `elsewhere` (None: not applied).

    `always`: it blocks at D4 and D5 too, where the others only warn (R00).
    """

    id: str
    weight: Weight
    since: Level | None
    elsewhere: Weight | None
    always: bool

    def weight_at(self, level: Level | None) -> Weight | None:
        """Return what a finding of this rule weighs at a level; None where the rule does not apply."""
        applies = self.since is None or (level is not None and level >= self.since)
        weight = self.weight if applies else self.elsewhere
        grave = level is not None and level.is_grave
        return Weight.WARN if weight is Weight.BLOCK and grave and not self.always else weight


@dataclass(frozen=True, slots=True)
class ReplyRules:
    """The rules by id; `lengths` is the most characters that a route takes, `words` how many a reply has."""

    rules: Mapping[str, ReplyRule]
    lengths: Mapping[Route, int]
    words: tuple[int, int]
    quotation: int


def parse_reply_rules(text: str) -> ReplyRules:
    """Read `reply_rules.json`. Raises `ValueError` or `KeyError` when it is malformed."""
    data = json.loads(text)
    least, most = data["words"]
    return ReplyRules(
        rules=MappingProxyType({entry["id"]: _rule(entry) for entry in data["rules"]}),
        lengths=MappingProxyType({route: data["lengths"][route] for route in Route}),
        words=(least, most),
        quotation=data["quotation"],
    )


def _rule(entry: Mapping[str, Any]) -> ReplyRule:
    since, elsewhere = entry["since"], entry.get("elsewhere")
    return ReplyRule(
        id=entry["id"],
        weight=Weight(entry["weight"]),
        since=None if since is None else Level(since),
        elsewhere=None if elsewhere is None else Weight(elsewhere),
        always=entry.get("always", False),
    )
