"""Whether the texts of all routes give the same numbers, dates and amounts."""

import re
from collections.abc import Iterator

from bot.gate.candidate import Hit
from bot.gate.numbers import mentions
from bot.gate.reading import Reading
from bot.texts import N_

_NOT_THERE = N_(
    "The text of another route does not say this: give the same numbers, dates and amounts on every route."
)
_NOT_HERE = N_(
    "The text of another route says more: give the same numbers, dates and amounts on every route."
)

_MONTH = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_FACT = re.compile(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:of )?(?:{_MONTH})\b|\b(?:{_MONTH}) \d{{1,2}}\b"
    r"|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|[£$€] ?\d[\d.,]*|\b\d[\d.,]* ?(?:€|£|\$|euros?\b|pounds\b|dollars\b)|\b\d{4,}\b",
    re.IGNORECASE,
)
_Facts = dict[str, tuple[int, int]]


def findings(reading: Reading) -> Iterator[Hit]:
    ours = _facts(reading.candidate.text)
    for version in reading.candidate.facts.versions:
        theirs = _facts(version)
        for fact, (start, end) in ours.items():
            if fact not in theirs:
                yield Hit("R24", _NOT_THERE, start, end)
        if theirs.keys() - ours.keys():
            yield Hit("R24", _NOT_HERE)


def _facts(text: str) -> _Facts:
    """What must be the same elsewhere, and where a text says so first."""
    found: _Facts = {}
    for number in mentions(text):
        found.setdefault(number.digits, (number.start, number.end))
    called = list(found.values())
    for fact in _FACT.finditer(text):
        if not any(start <= fact.start() < end for start, end in called):
            found.setdefault(re.sub(r"[\s.,]", "", fact[0].casefold()), fact.span())
    return found
