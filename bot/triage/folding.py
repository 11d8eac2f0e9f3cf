"""A message as it is compared: small letters without accents, whatever it was disguised with.

The order matters: look-alike letters first, then digits for letters, then spacing and repeats.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_ALIKE = str.maketrans(
    "аеорсухіјѕԁοαεικντυρвмнтгөɑɡıłøđ‘’ʼ`´“”«»…",
    "aeopcyxijsdoaeikvtupbmhtroagilod'''''\"\"\"\".",
)
"""Cyrillic, Greek and other letters that are read as Latin ones. Source: Unicode TS 39, confusables."""

_FOR_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
_WORD = re.compile(r"[^\s.,;:?\"()]+")
_LETTERS = re.compile(r"[a-z].*[a-z]")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z]([ .\-_*·])[a-z](?:\1[a-z]){2,}(?![a-z0-9])")
_REPEATED = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """`at[i]` is where the letter `text[i]` stood in the message."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where this part stood in the message: its first letter, and behind its last."""
        return self.at[start], self.at[end - 1] + 1


def fold(message: str) -> Folded:
    """Take the disguises off."""
    letters = [(plain, place) for place, letter in enumerate(message) for plain in _plain(letter)]
    folded = Folded("".join(plain for plain, _ in letters), tuple(place for _, place in letters))
    folded = Folded(_WORD.sub(lambda word: _with_letters(word.group()), folded.text), folded.at)
    apart = (range(run.start() + 1, run.end(), 2) for run in _SPACED.finditer(folded.text))
    folded = _without(folded, apart)
    again = (range(run.start() + 1, run.end()) for run in _REPEATED.finditer(folded.text))
    return _without(folded, again)


@cache
def _plain(letter: str) -> str:
    """One character without case, accent or disguise; nothing for what is not seen."""
    small = unicodedata.normalize("NFKD", letter.lower().translate(_ALIKE))
    apart = small.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Me", "Cf"}).translate(_ALIKE)


def _with_letters(word: str) -> str:
    """Signs that stand for a letter are letters, as in «m0urir» and «su1c1d3»; «covid19» stays."""
    if "://" in word or not _LETTERS.search(word):
        return word
    last = len(word) - 1
    inner = {i for i in range(1, last) if word[i] in _FOR_LETTERS and _joined(word[i - 1], word[i + 1])}
    if inner and word[last] in _FOR_LETTERS and word[last] != "!":
        inner.add(last)
    return "".join(_FOR_LETTERS[c] if i in inner else c for i, c in enumerate(word))


def _joined(before: str, after: str) -> bool:
    return before.isalpha() and after.isalpha()


def _without(folded: Folded, ranges: Iterable[range]) -> Folded:
    dropped = {place for each in ranges for place in each}
    kept = [i for i in range(len(folded.text)) if i not in dropped]
    return Folded("".join(folded.text[i] for i in kept), tuple(folded.at[i] for i in kept))
