"""A folded text as counts of hashed runs of letters and words, which a linear model weighs."""

import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

BUCKETS = 2**17
RUNS = range(2, 6)
"""Letters in a run, inside a word with its borders."""
WORDS = range(1, 4)

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")


def grams(folded: str) -> Counter[int]:
    """How often each bucket is met. Buckets are shared by chance, and seldom by two that matter."""
    return Counter(crc32(gram.encode()) % BUCKETS for gram in _grams(_TOKEN.findall(folded)))


def _grams(tokens: list[str]) -> Iterator[str]:
    for word in tokens:
        edged = f" {word} "
        for size in RUNS:
            yield from (edged[i : i + size] for i in range(len(edged) - size + 1))
    for size in WORDS:
        yield from ("=" + " ".join(tokens[i : i + size]) for i in range(len(tokens) - size + 1))
