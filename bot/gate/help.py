"""Whom the member can call: a line that answers, the emergency number, and no number that nobody knows."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot import data
from bot.domain.helplines import ContactKind, HelpLine, Need, Openness
from bot.domain.hours import WeekHours
from bot.domain.states import Age, Route
from bot.gate.candidate import Candidate, Hit
from bot.gate.numbers import canonical
from bot.gate.reading import Reading
from bot.texts import N_

_HELPS = frozenset(Need) - {Need.EMERGENCY, Need.REPORT, Need.ADDICTION}
"""What somebody in distress is helped with; a line about alcohol alone is none for them."""
_FOR_THE_YOUNG = frozenset({Need.YOUTH, Need.CHILD})
_MANY = 2
_HOURS = re.compile(
    r"\b\d{1,2}\s?(?:h|heures?|am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}[:h]\d\d\b|24\s?/\s?7|24\s?h"
    r"|jour et nuit|day and night|round the clock|24 heures|24 hours|at any hour|à toute heure",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:ne|n|not|never|without|sans)\b")
_ALWAYS = WeekHours(days=frozenset(range(7)), start=0, end=24 * 60)

_NO_LINE = N_(
    "Give a help line of the member's country that answers now, in the language of the reply: {lines}."
)
_NO_OPEN_LINE = N_("No line answers now in this language: give the emergency number and findahelpline.com.")
_NO_EMERGENCY = N_("Say whom to call in danger: {numbers}.")
_UNKNOWN_NUMBER = N_("This number is in no list of help lines: take it out, or give one that Cellule shows.")
_NO_LINE_FOR_THE_YOUNG = N_("The member seems to be a minor: name a line for young people too: {lines}.")
_PARENTS = N_(
    "Nobody writes to a minor's parents before the data protection officer or the lawyer decides so."
)
_TOO_MANY_LINES = N_("Keep to two help lines and the emergency number: a frightened person reads no list.")


def findings(reading: Reading) -> Iterator[Hit]:
    named = _named(reading)
    yield from _line(reading, named)
    yield from _emergency(reading)
    yield from _unknown_numbers(reading)
    yield from _minor(reading, named)
    if reading.candidate.in_distress and _count_lines(reading) > _MANY:
        yield Hit("R19", _TOO_MANY_LINES)


def _count_lines(reading: Reading) -> int:
    """How many lines the text gives that are no emergency number; two numbers of one line count once."""
    urgent = {line.id for line in data.help_lines().lines if Need.EMERGENCY in line.needs}
    return len({number.lines for number in reading.numbers if number.lines and not number.lines & urgent})


def _named(reading: Reading) -> tuple[HelpLine, ...]:
    """The lines of the country that the text gives, by number, address or site; the directory too."""
    lines = data.help_lines()
    here = lines.of_country(reading.candidate.country)
    return tuple(line for line in (*here, lines.directory) if _gives(reading, line))


def _gives(reading: Reading, line: HelpLine) -> bool:
    if any(line.id in number.lines for number in reading.numbers):
        return True
    text = reading.candidate.text.casefold()
    addresses = (c.value for c in line.contacts if c.kind in {ContactKind.WEB, ContactKind.EMAIL})
    return any((urlsplit(each).netloc.removeprefix("www.") or each) in text for each in addresses)


def _line(reading: Reading, named: tuple[HelpLine, ...]) -> Iterator[Hit]:
    candidate, lines = reading.candidate, data.help_lines()
    here = lines.of_country(candidate.country)
    fitting = [
        line
        for line in here
        if _HELPS & line.needs and _speaks(line, candidate) and _answers(line, candidate)
    ]
    if any(line in fitting for line in named):
        return
    directory = lines.directory in named
    if (not fitting or candidate.country is None) and directory and _has_emergency(reading):
        return
    perhaps = any(
        line in here and not line.languages and _HELPS & line.needs and _answers(line, candidate)
        for line in named
    )
    if fitting:
        told = ", ".join(line.name.in_(candidate.language) for line in fitting[:_MANY])
        yield Hit("R01", _NO_LINE, params={"lines": told}, only_warns=perhaps)
    else:
        yield Hit("R01", _NO_OPEN_LINE, only_warns=perhaps)


def _speaks(line: HelpLine, candidate: Candidate) -> bool:
    """Whether we know that it does; of some lines nobody has noted the languages."""
    return candidate.language in line.languages


def _answers(line: HelpLine, candidate: Candidate) -> bool:
    """Now; a letter is read later: there the line is open at all hours, or the text prints them."""
    if line.review_due <= candidate.now.date():
        return False
    if Route.LETTER in candidate.routes:
        return bool(line.hours and _ALWAYS in line.hours) or _prints_hours(candidate.text)
    return line.openness(candidate.now) is Openness.OPEN


def _prints_hours(text: str) -> bool:
    return bool(_HOURS.search(text))


def _emergency(reading: Reading) -> Iterator[Hit]:
    if _has_emergency(reading):
        return
    lines = data.help_lines().emergency_numbers(reading.candidate.country)
    voice = dict.fromkeys(c.value for line in lines for c in line.contacts if c.kind is ContactKind.VOICE)
    yield Hit("R02", _NO_EMERGENCY, params={"numbers": ", ".join(voice)})


def _has_emergency(reading: Reading) -> bool:
    lines = data.help_lines().emergency_numbers(reading.candidate.country)
    return any(line.id in number.lines for line in lines for number in reading.numbers)


def _unknown_numbers(reading: Reading) -> Iterator[Hit]:
    ours = {canonical(number) for number in reading.candidate.facts.known_numbers}
    for number in reading.numbers:
        if not number.lines and number.digits not in ours:
            yield Hit("R21", _UNKNOWN_NUMBER, number.start, number.end)


def _minor(reading: Reading, named: tuple[HelpLine, ...]) -> Iterator[Hit]:
    candidate = reading.candidate
    if not _is_minor(reading):
        return
    parents = data.phrases().signs["parents", candidate.language]
    for found in parents.finditer(reading.draft.plain):
        if not _NOT.search(found[0]):
            yield Hit("R22", _PARENTS, *reading.draft.span(*found.span()))
    here = data.help_lines().of_country(candidate.country)
    theirs = [line for line in here if line.needs & _FOR_THE_YOUNG and _speaks(line, candidate)]
    if theirs and not any(line in theirs for line in named):
        told = ", ".join(line.name.in_(candidate.language) for line in theirs[: _MANY + 1])
        yield Hit("R22", _NO_LINE_FOR_THE_YOUNG, params={"lines": told})


def _is_minor(reading: Reading) -> bool:
    """Because somebody said so: the client, the kind of crisis, or the member in so many words."""
    facts = reading.candidate.facts
    told = facts.age in {Age.UNDER_15, Age.UNDER_18} or reading.candidate.category == "minor_danger"
    return told or (facts.age is Age.UNKNOWN and reading.original_holds("minor"))
