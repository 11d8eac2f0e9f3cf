"""What repeats the member's words so nearly that others recognise them, without being a quotation."""

import re
from collections.abc import Iterator

from bot import data
from bot.gate.quoted import Span
from bot.gate.words import bare

_RUN = 3
_LEAST = 4
_STEM = 5
_WORD = re.compile(r"[^\W\d_]+")


def echoes(text: str, original: str) -> Iterator[Span]:
    """Where three telling words follow one another as in the original, whatever stands between them."""
    ours, theirs = list(_telling(text)), [stem for stem, _ in _telling(original)]
    runs = {tuple(theirs[at : at + _RUN]) for at in range(len(theirs) - _RUN + 1)}
    for at in range(len(ours) - _RUN + 1):
        if tuple(stem for stem, _ in ours[at : at + _RUN]) in runs:
            yield ours[at][1][0], ours[at + _RUN - 1][1][1]


def _telling(text: str) -> Iterator[tuple[str, Span]]:
    """The beginnings of its words that say something, and where they stand."""
    light = data.phrases().words["say_nothing"]
    for found in _WORD.finditer(text):
        word = bare(found[0])
        if len(word) >= _LEAST and word not in light:
            yield word[:_STEM], found.span()
