"""The small model learned from examples: weights on runs of letters and words, and on what a message means.

`triage/train.py` learns it; `docs/triage.md` is its card.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.levels import Level
from bot.triage.folding import fold, undisguised
from bot.triage.grams import grams

Vector = NDArray[np.float32]

Clause = tuple[float, int, int]
"""A score, and where it stands: its first letter, and behind its last."""

WORDS_OF_A_CLAUSE = 3
LONG = 200
"""Letters of a message that are embedded: about 20 ms."""
NO_CLAUSE = -9.0
"""What the most telling clause says where there is none."""
ALARM = 1
"""Where the score of D2, from which on it is an alarm, stands in `RISEN`."""

RISEN = (Level.D1, Level.D2, Level.D3, Level.D4, Level.D5)
"""A score stands for each: how much speaks for this level or a graver one."""


class Embedder(Protocol):
    """Sentence embeddings: one vector a text, of length 384."""

    def query(self, text: str) -> "NDArray[Any]": ...


@dataclass(frozen=True, slots=True)
class Scores:
    """`levels` beside `RISEN`, positive where one is reached; `categories` by id, the likelier the higher.

    `clauses` are what each says for distress by itself, the most telling first; `likest` is the number of the
    example of distress that is most like the message.
    """

    levels: tuple[float, ...]
    categories: dict[str, float]
    clauses: list[Clause]
    likest: int | None


class Model:
    """Weights as they were learned. `embedder` is None where there is none."""

    def __init__(self, weights: Path, embedder: Embedder | None) -> None:
        with np.load(weights) as file:
            self._of = {name: file[name] for name in file.files}
        for name in ("rarity", "known", "basis", "lines", "kinds"):
            self._of[name] = self._of[name].astype(np.float32)
        self._embedder = embedder
        self._categories: list[str] = json.loads(self._of["categories"].tobytes())
        self.examples: Sequence[str] = json.loads(self._of["examples"].tobytes())

    def scores(self, text: str, *, hint: int, figurative: bool) -> Scores:
        """Judge a message. `hint` is the level, 1 to 5, of its gravest term that counts alone."""
        whole, parts = self._grams(text), self._clauses(text)
        given = [float(hint), float(figurative), parts[0][0] if parts else NO_CLAUSE]
        n = len(RISEN)
        if self._embedder is None:
            levels = self._of["alone"] @ np.array([*whole[:n], *given, 1.0], np.float32)
            return Scores(tuple(map(float, levels)), self._named(whole[n:]), parts, None)
        vector = self._embedded(self._embedder, telling(text, parts))
        seen = self._of["lines"] @ vector + self._of["lines_bias"]
        levels = self._of["both"] @ np.array([*whole[:n], *seen, *given, 1.0], np.float32)
        kinds = whole[n:] + self._of["kinds"] @ vector + self._of["kinds_bias"]
        likeness = self._of["known"] @ (self._of["basis"] @ vector)
        return Scores(tuple(map(float, levels)), self._named(kinds), parts, int(likeness.argmax()))

    def _clauses(self, text: str) -> list[Clause]:
        return sorted(((self._grams(text[a:b])[ALARM].item(), a, b) for a, b in clauses(text)), reverse=True)

    def _grams(self, text: str) -> Vector:
        counted = grams(fold(text).text)
        places = np.fromiter(counted.keys(), np.int64, len(counted))
        values = 1 + np.log(np.fromiter(counted.values(), np.float32, len(counted)))
        values *= self._of["rarity"][places]
        values /= np.linalg.norm(values) or 1.0
        weighed = self._of["grams"][:, places].astype(np.float32) @ values * self._of["gram_scale"]
        found: Vector = (weighed + self._of["gram_bias"]).astype(np.float32)
        return found

    def _embedded(self, embedder: Embedder, text: str) -> Vector:
        plain = np.asarray(embedder.query(text), np.float32)
        apart: Vector = (plain - self._of["mean"]) / self._of["spread"]
        return apart

    def _named(self, scores: Vector) -> dict[str, float]:
        return dict(zip(self._categories, map(float, scores), strict=True))


def clauses(text: str) -> list[tuple[int, int]]:
    """Where its clauses of three words or more stand."""
    ends = [place + 1 for place, letter in enumerate(text) if letter in ".!?\n;…"]
    edges = pairwise([0, *ends, len(text)])
    return [(a, b) for a, b in edges if len(text[a:b].split()) >= WORDS_OF_A_CLAUSE]


def telling(text: str, parts: Sequence[Clause]) -> str:
    """What is embedded: of a long message its most telling clauses, for it takes as long as the text is."""
    if len(text) <= LONG:
        return undisguised(text)
    chosen: list[tuple[int, int]] = []
    left = LONG
    for _score, start, end in parts:
        if left > 0:
            chosen.append((start, min(end, start + left)))
            left -= end - start
    return undisguised(" ".join(text[a:b].strip() for a, b in sorted(chosen)) or text[:LONG])
