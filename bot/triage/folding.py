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

_FOR_LETTERS = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    "$": "s",
    "!": "i",
    "¢": "c",
    "€": "e",
    "£": "l",
}
_AT_THE_END = frozenset("!€£")
"""They end a word as what they are."""
_AT_THE_START = frozenset("$€£")
_COUNTED = re.compile(
    r"[0-9]+(h|e|er|eme|an|ans|m|km|cm|mm|kg|g|l|ml|min|mn|sec|s|j|x|d|st|nd|rd|th|k|p|go|mo|gb|mb|v|w)[0-9]*"
)
"""A number with what it counts: «12h30», «16ans», «3e»."""
_SEVERAL = 3
"""So many words with digits in them, and all is written that way: digits at their edges are letters, too."""
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
    everywhere = sum(map(_is_mixed, _WORD.findall(folded.text))) >= _SEVERAL
    read = _WORD.sub(lambda word: _with_letters(word.group(), everywhere=everywhere), folded.text)
    folded = Folded(read, folded.at)
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


def undisguised(message: str) -> str:
    """What stands for the message where its sense is asked for: itself, unless letters were disguised."""
    seen = "".join(shown for letter in message for shown in _plain(letter))
    folded = fold(message).text
    return message if folded == seen else folded


def _is_mixed(word: str) -> bool:
    """Whether it holds letters, and signs that stand for some."""
    bare = word.rstrip("!")
    signs = sum(c in _FOR_LETTERS for c in bare)
    letters = sum(c.isalpha() for c in bare)
    return 0 < signs <= letters and not _COUNTED.fullmatch(bare)


def _with_letters(word: str, *, everywhere: bool) -> str:
    """Signs that stand for a letter are letters, as in «m0urir» and «su1c1d3»; «covid19» stays."""
    if "://" in word or not (_LETTERS.search(word) or everywhere) or not _is_mixed(word):
        return word
    read = "".join(c if c == "!" else _FOR_LETTERS.get(c, c) for c in word)
    if everywhere and read.rstrip("!").isalpha():
        return read[:-1] + word[-1] if word[-1] in _AT_THE_END else read
    last = len(word) - 1
    inner = {i for i in range(1, last) if word[i] in _FOR_LETTERS and (read[i - 1] + read[i + 1]).isalpha()}
    if inner and word[0] in _AT_THE_START:
        inner.add(0)
    if inner and word[last] in _FOR_LETTERS and word[last] not in _AT_THE_END:
        inner.add(last)
    return "".join(_FOR_LETTERS[c] if i in inner else c for i, c in enumerate(word))


def _without(folded: Folded, ranges: Iterable[range]) -> Folded:
    dropped = {place for each in ranges for place in each}
    kept = [i for i in range(len(folded.text)) if i not in dropped]
    return Folded("".join(folded.text[i] for i in kept), tuple(folded.at[i] for i in kept))
