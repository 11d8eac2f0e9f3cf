"""Violence at home, and eating: what else must be thought of."""

import re
from collections.abc import Iterator

from bot import data
from bot.domain.states import Route
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.words import words
from bot.texts import N_

_NO_LETTER = N_("Send no letter to a home that may be shared with whoever hurts them.")
_LOUD_SUBJECT = N_("Write a subject line that gives nothing away.")
_UNSAFE = N_("Say how to read this safely: on a device that nobody else checks, and to erase it.")
_NO_FIGURES = N_("Leave out weight, calories and the body's measures.")

_SUBJECT = re.compile(r"^\W*(?:objet|sujet|subject|re)\s*:(.*)$", re.IGNORECASE | re.MULTILINE)


def findings(reading: Reading) -> Iterator[Hit]:
    if reading.original_holds("violence"):
        yield from _violence(reading)
    eating = reading.original_holds("eating")
    if eating or reading.candidate.in_distress:
        counting = data.phrases().signs["counting" if eating else "body_figures", reading.candidate.language]
        for found in counting.finditer(reading.draft.plain):
            yield Hit("R26", _NO_FIGURES, *reading.draft.span(*found.span()), only_warns=not eating)


def _violence(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    if Route.LETTER in candidate.routes:
        yield Hit("R25", _NO_LETTER)
    loud = data.phrases().signs["loud_subject", candidate.language]
    for subject in _SUBJECT.finditer(candidate.text):
        if loud.search(words(subject[1], candidate.language).plain):
            yield Hit("R25", _LOUD_SUBJECT, *subject.span(1))
    if reading.holds("safe_reading") is None:
        yield Hit("R25", _UNSAFE)
