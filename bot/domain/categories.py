"""Kinds of crisis: how grave, how fast a word is due, who approves the reply, who sends it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.approvals import ApprovalRule
from bot.domain.labels import Label, parse_label
from bot.domain.levels import Level, severity_of
from bot.domain.roster import Role
from bot.texts import N_, Translator

DEFAULT = "default"
"""The key of a plan's approvals that stands for every category without a key of its own."""


class FirstChoice(StrEnum):
    """What a moderator can tell at a glance; the category comes later."""

    SOMEONE_IN_DANGER = "someone_in_danger"
    ANGER_OR_IMAGE = "anger_or_image"
    LEAK_OR_THREAT = "leak_or_threat"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class FirstGuess:
    """What a crisis counts as until somebody completes it."""

    category: str
    severity: int


FIRST_GUESSES: Mapping[FirstChoice, FirstGuess] = MappingProxyType(
    {
        # Not assessed yet: the gravest until somebody says otherwise.
        FirstChoice.SOMEONE_IN_DANGER: FirstGuess(category="distress", severity=4),
        FirstChoice.ANGER_OR_IMAGE: FirstGuess(category="complaint", severity=2),
        FirstChoice.LEAK_OR_THREAT: FirstGuess(category="leak", severity=3),
        # Graver than a question is: nobody has understood it yet.
        FirstChoice.NOT_SURE: FirstGuess(category="question", severity=3),
    }
)

_FIRST_CHOICE_NAMES = {
    FirstChoice.SOMEONE_IN_DANGER: N_("Someone in danger"),
    FirstChoice.ANGER_OR_IMAGE: N_("Anger or image"),
    FirstChoice.LEAK_OR_THREAT: N_("Leak or threat"),
    FirstChoice.NOT_SURE: N_("Not sure"),
}


def first_choice_name(choice: FirstChoice, _: Translator) -> str:
    return _(_FIRST_CHOICE_NAMES[choice])


class KeepOnline(StrEnum):
    """Whether the member's message stays where others read it."""

    YES = "yes"
    NO = "no"
    BY_LAWYER = "by_lawyer"


class MemberText(StrEnum):
    """Whether the cell sees the member's words at once, or asks for them and is journalled."""

    SHOWN = "shown"
    ON_DEMAND = "on_demand"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a crisis asks of us. `receipt` and `reply` run from the moment it was seen; None: none is due."""

    severity: int
    receipt: timedelta | None
    reply: timedelta | None
    approvals: ApprovalRule


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of crisis. Its terms are one, or one a level; `at` picks them."""

    id: str
    label: Label
    first_choice: FirstChoice
    keep_online: KeepOnline
    first_action: Label
    member_text: MemberText
    terms: Terms | Mapping[Level, Terms]

    def level_in_force(self, level: Level | None) -> Level | None:
        """Return the level to act on: D4 for a distress that nobody has assessed yet."""
        return Level.D4 if level is None and isinstance(self.terms, Mapping) else level

    def at(self, level: Level | None) -> Terms:
        """Return the terms at a level. A distress at D0 keeps those of D1: somebody thought it was one."""
        if isinstance(self.terms, Terms):
            return self.terms
        return self.terms[max(level or Level.D4, Level.D1)]


def approval_rule_for(
    category: Category, level: Level | None, plan_approvals: Mapping[str, ApprovalRule]
) -> ApprovalRule:
    """Return the plan's rule for the category, else the plan's default, else the category's own."""
    return plan_approvals.get(category.id) or plan_approvals.get(DEFAULT) or category.at(level).approvals


def parse_categories(text: str) -> Mapping[str, Category]:
    """Read `categories.json`, by id. Raises `ValueError` or `KeyError` when it is malformed."""
    return MappingProxyType({entry["id"]: _category(entry) for entry in json.loads(text)["categories"]})


def _category(entry: Mapping[str, Any]) -> Category:
    return Category(
        id=entry["id"],
        label=parse_label(entry["label"]),
        first_choice=FirstChoice(entry["first_choice"]),
        keep_online=KeepOnline(entry["keep_online"]),
        first_action=parse_label(entry["first_action"]),
        member_text=MemberText(entry["member_text"]),
        terms=_by_level(entry["by_level"]) if "by_level" in entry else _terms(entry, entry["severity"]),
    )


def _by_level(entries: Mapping[str, Mapping[str, Any]]) -> Mapping[Level, Terms]:
    """Read the terms of D1 to D5; there the severity follows the level."""
    return MappingProxyType(
        {
            level: _terms(entries[level], severity)
            for level in Level
            if (severity := severity_of(level)) is not None
        }
    )


def _terms(entry: Mapping[str, Any], severity: int) -> Terms:
    return Terms(
        severity=severity,
        receipt=_minutes(entry["receipt_minutes"]),
        reply=_minutes(entry["reply_minutes"]),
        approvals=_approvals(entry),
    )


def _minutes(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def _approvals(entry: Mapping[str, Any]) -> ApprovalRule:
    rule = entry["approvals"]
    relaxed = rule.get("after_half_the_delay")
    return ApprovalRule(
        roles=tuple(Role(role) for role in rule.get("roles", ())),
        any_of=tuple(Role(role) for role in rule.get("any", {}).get("of", ())),
        count=rule.get("any", {}).get("count", 0),
        release=Role(rule["release"]),
        after_half_the_delay=None if relaxed is None else tuple(Role(role) for role in relaxed["roles"]),
    )
