"""Whether a reply is a pasted template, or nearly what somebody else was sent."""

from collections.abc import Iterable, Iterator

from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.words import words
from bot.texts import N_

_PASTED = N_("Write this for this person: nearly the same text stands elsewhere.")
_RUN = 4
_TOO_LIKE = 0.6
"""So many of its runs of words, the member's words and the sentences with a number to call left out."""


def findings(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    calls = [number.start for number in reading.numbers]
    own = _runs(
        sentence.words
        for sentence in reading.sentences
        if not any(sentence.start <= place < sentence.end for place in calls)
    )
    for other in candidate.facts.sent_before:
        theirs = _runs([tuple(words(other, candidate.language).plain.split())])
        if own and len(own & theirs) >= _TOO_LIKE * len(own):
            yield Hit("R10", _PASTED)
            return


def _runs(parts: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {part[at : at + _RUN] for part in parts for at in range(len(part) - _RUN + 1)}
