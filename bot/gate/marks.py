"""What a sentence is weighed by: its words, their beginnings and endings, and which stand together."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from bot.gate.sentences import Sentence

BUCKETS = 2**16
_STEM = 5
_ENDING = 3


def marks(sentence: Sentence) -> frozenset[int]:
    """The numbers of its marks. A number is shared by chance, seldom by two marks that matter."""
    return frozenset(_number(mark) for mark in _marks(sentence))


def _marks(sentence: Sentence) -> Iterator[str]:
    words = sentence.words
    yield from (f"word {word}" for word in words)
    yield from (f"end {word[-_ENDING:]}" for word in words if len(word) >= _STEM)
    stems = ["^", *("#" if word.isdigit() else word[:_STEM] for word in words), "?" if sentence.asks else "."]
    yield from (f"1 {stem}" for stem in stems)
    yield from (f"2 {a} {b}" for a, b in pairwise(stems))
    for a, b, c in zip(stems, stems[1:], stems[2:], strict=False):
        yield f"3 {a} {b} {c}"
        yield f"2 {a} _ {c}"
    if sentence.quotes:
        yield "quotes"


@lru_cache(maxsize=50_000)
def _number(mark: str) -> int:
    return crc32(mark.encode()) % BUCKETS
