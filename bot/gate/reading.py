"""A candidate read once for all rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot import data
from bot.gate.candidate import Candidate
from bot.gate.numbers import Mention, mentions
from bot.gate.quoted import quotations
from bot.gate.sentences import Sentence, sentences
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
    sentences: tuple[Sentence, ...]

    def holds(self, sign: str) -> re.Match[str] | None:
        """The first place of a sign in the draft."""
        return data.phrases().signs[sign, self.candidate.language].search(self.draft.plain)

    def original_holds(self, sign: str) -> bool:
        """Whether the member wrote so, in either language."""
        signs = data.phrases().signs
        return any(signs[sign, language].search(self.original.plain) for language in ("fr", "en"))

    def own(self, pattern: re.Pattern[str], excused: re.Pattern[str] | None) -> Iterator[Span]:
        """Where the draft says so in its own words: neither excused nor quoted from the member."""
        for found in self._said(pattern, excused):
            span = self.draft.span(*found.span())
            theirs = f" {found[0]} " in f" {self.original.plain} "
            if not theirs and not any(start <= span[0] and span[1] <= end for start, end in self.quotes):
                yield span

    def all(self, pattern: re.Pattern[str], excused: re.Pattern[str] | None) -> Iterator[Span]:
        """Where the draft says so, quotations included."""
        for found in self._said(pattern, excused):
            yield self.draft.span(*found.span())

    def _said(self, pattern: re.Pattern[str], excused: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
        plain = self.draft.plain
        excuses = [each.span() for each in excused.finditer(plain)] if excused else []
        for found in pattern.finditer(plain):
            first, _ = self.draft.sentence(*found.span())
            near = max(first, found.start() - _NEAR)
            if not any(start < found.end() and near <= end for start, end in excuses):
                yield found


def read(candidate: Candidate) -> Reading:
    draft, original = words(candidate.text, candidate.language), words(candidate.original, candidate.language)
    quotes = quotations(candidate.text, candidate.original)
    return Reading(
        candidate=candidate,
        draft=draft,
        original=original,
        quotes=quotes,
        numbers=mentions(candidate.text),
        sentences=tuple(sentences(candidate.text, draft, quotes)),
    )
