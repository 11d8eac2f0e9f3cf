"""Words and turns of phrase that mean something by themselves, and what they mean.

They are marked for the reader and weigh in the judgement; none decides alone.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.labels import Label, parse_label
from bot.domain.levels import Level
from bot.triage.folding import Folded


class Kind(StrEnum):
    """What a term tells of."""

    SUICIDE = "suicide"
    DISTRESS = "distress"
    FAREWELL = "farewell"
    PLAN = "plan"
    PLAN_TIME = "plan_time"
    ATTEMPT = "attempt"
    ABBREVIATION = "abbrev"
    CODED = "coded"
    SELF_HARM = "self_harm"
    INCITEMENT = "incitement"
    EATING = "ed"
    ABUSE = "abuse"
    THIRD_PARTY = "third_party"
    NEGATION = "negation"
    HYPERBOLE = "hyperbole"


@dataclass(frozen=True, slots=True)
class Term:
    """`level` is what it hints at; `also` what else it may mean. `alone`: it needs no company to count.

    `countries` are those in which it has this meaning; empty: in all.
    """

    name: str
    kind: Kind
    meaning: Label
    also: Label | None
    level: Level | None
    alone: bool
    countries: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at its place in the message."""

    term: Term
    start: int
    end: int


def parse_lexicon(text: str) -> Sequence[Term]:
    """Read a lexicon file. Raises `ValueError` or `KeyError` when it is malformed."""
    return [_term(entry) for entry in json.loads(text)["terms"]]


def hits(terms: Sequence[Term], folded: Folded) -> Sequence[Hit]:
    """Every term that the message holds, in the order of the text."""
    found = [
        Hit(term, *folded.span(match.start(), match.end()))
        for term in terms
        for match in term.pattern.finditer(folded.text)
        if match.end() > match.start()
    ]
    return sorted(found, key=lambda hit: (hit.start, -hit.end))


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        name=entry["term"],
        kind=Kind(entry["kind"]),
        meaning=parse_label(entry["meaning"]),
        also=parse_label(entry["also"]) if entry["also"] else None,
        level=Level(entry["level"]) if entry["level"] else None,
        alone=bool(entry["alone"]),
        countries=tuple(entry.get("countries", ())),
        pattern=re.compile(entry["pattern"], re.DOTALL),
    )
