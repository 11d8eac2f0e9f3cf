"""The gate: a reply is read against the rules of `reply_rules.json` before its approvers read it.

Pure: no storage, no network, no clock. `docs/gate.md` says what it can see and what it cannot.
"""

from collections.abc import Iterator

from bot import data
from bot.domain.categories import FirstChoice
from bot.domain.levels import Level
from bot.domain.reply_rules import Weight
from bot.gate import (
    alike,
    circumstances,
    door,
    forbidden,
    form,
    help,  # noqa: A004
    known,
    others,
    person,
    quoting,
    versions,
)
from bot.gate.candidate import Candidate, Facts, Finding, Hit
from bot.gate.reading import read
from bot.texts import N_

__all__ = ["Candidate", "Facts", "Finding", "check", "level_in_force"]

_GROUPS = (
    help, forbidden, person, door, quoting, others, form, circumstances, known, alike, versions
)  # fmt: skip
_LOWERED = N_(
    "At this level only secrecy, means and unknown numbers stop a reply: mend the rest if there is time."
)
_NO_DANGER_OF_THEIR_OWN = "threat"


def check(candidate: Candidate) -> tuple[Finding, ...]:
    """What the rules find: what stops the reply first, then in the order of the text."""
    reading = read(candidate)
    hits = [hit for group in _GROUPS for hit in group.findings(reading)]
    found = dict.fromkeys(_weighed(candidate, hits))
    return tuple(sorted(found, key=lambda each: (_ORDER[each.weight], each.start, each.rule)))


def level_in_force(category: str, level: Level | None) -> Level | None:
    """The level to check at: somebody in danger whom nobody has assessed is in distress at least."""
    kind = data.categories()[category]
    level = kind.level_in_force(level)
    if kind.id == "distress":
        return max(level or Level.D1, Level.D1)
    in_danger = kind.first_choice is FirstChoice.SOMEONE_IN_DANGER and kind.id != _NO_DANGER_OF_THEIR_OWN
    return Level.D1 if level is None and in_danger else level


_ORDER = {Weight.BLOCK: 0, Weight.WARN: 1, Weight.INFO: 2}


def _weighed(candidate: Candidate, hits: list[Hit]) -> Iterator[Finding]:
    rules = data.reply_rules().rules
    lowered = False
    for hit in hits:
        rule = rules[hit.rule]
        weight = rule.weight_at(candidate.level)
        if weight is None:
            continue
        lowered = lowered or (weight is Weight.WARN and rule.weight is Weight.BLOCK and not hit.only_warns)
        if hit.only_warns and weight is Weight.BLOCK:
            weight = Weight.WARN
        yield Finding(hit.rule, weight, hit.start, hit.end, hit.how, hit.params)
    if lowered and candidate.level is not None and candidate.level.is_grave:
        yield Finding("R00", Weight.INFO, 0, 0, _LOWERED, {})
