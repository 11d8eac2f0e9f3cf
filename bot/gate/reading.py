"""A candidate read once for all rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot import data
from bot.domain.phrases import Wording
from bot.gate.candidate import Candidate
from bot.gate.numbers import Mention, mentions
from bot.gate.quoted import quotations
from bot.gate.words import Words, words

Span = tuple[int, int]

_NEAR = 30
"""Characters of plain words, about five words: so far an excuse reaches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidate, both texts as plain words, where it quotes the member, and the numbers to call."""

    candidate: Candidate
    draft: Words
    original: Words
    quotes: tuple[Span, ...]
    numbers: tuple[Mention, ...]

    def holds(self, sign: str) -> re.Match[str] | None:
        """The first place of a sign in the draft."""
        return data.phrases().signs[sign, self.candidate.language].search(self.draft.plain)

    def original_holds(self, sign: str) -> bool:
        """Whether the member wrote so, in either language."""
        signs = data.phrases().signs
        return any(signs[sign, language].search(self.original.plain) for language in ("fr", "en"))

    def own(self, wording: Wording) -> Iterator[Span]:
        """Where the draft says so in its own words: neither excused nor quoted from the member."""
        plain = self.draft.plain
        excuses = [each.span() for each in wording.excused.finditer(plain)] if wording.excused else []
        for found in wording.found.finditer(plain):
            first, _ = self.draft.sentence(*found.span())
            span = self.draft.span(*found.span())
            if f" {found[0]} " in f" {self.original.plain} ":
                continue
            if any(
                start < found.end() and max(first, found.start() - _NEAR) <= end for start, end in excuses
            ):
                continue
            if not any(start <= span[0] and span[1] <= end for start, end in self.quotes):
                yield span


def read(candidate: Candidate) -> Reading:
    draft, original = words(candidate.text, candidate.language), words(candidate.original, candidate.language)
    return Reading(
        candidate=candidate,
        draft=draft,
        original=original,
        quotes=quotations(candidate.text, candidate.original),
        numbers=mentions(candidate.text),
    )
