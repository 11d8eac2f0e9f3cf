"""The small model learned from examples: weights on runs of letters and words, and likeness to the examples.

`triage/train.py` learns it; `docs/triage.md` is its card.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.levels import Level
from bot.triage.folding import fold
from bot.triage.grams import grams

Vector = NDArray[np.float32]

RISEN = (Level.D1, Level.D2, Level.D3, Level.D4, Level.D5)
"""A score stands for each: how much speaks for this level or a graver one."""


class Embedder(Protocol):
    """Sentence embeddings: one vector a text, of length 384."""

    def query(self, text: str) -> "NDArray[Any]": ...


@dataclass(frozen=True, slots=True)
class Scores:
    """`levels` beside `RISEN`, positive where one is reached; `categories` by id, the likelier the higher.

    `likest` is the number of the example that is most like the message.
    """

    levels: tuple[float, ...]
    categories: dict[str, float]
    likest: int | None


class Model:
    """Weights as they were learned. Reading takes about 10 ms; `embedder` is None where there is none."""

    def __init__(self, weights: Path, embedder: Embedder | None) -> None:
        with np.load(weights) as file:
            self._of = {name: file[name] for name in file.files}
        self._embedder = embedder
        self._rarity = self._of["rarity"].astype(np.float32)
        self._scale = self._of["gram_scale"]
        self._categories: list[str] = json.loads(self._of["categories"].tobytes())
        self.examples: Sequence[str] = json.loads(self._of["examples"].tobytes())

    def scores(self, text: str, *, hint: int, figurative: bool) -> Scores:
        """Judge a message. `hint` is the level, 1 to 5, of its gravest term that counts alone."""
        whole, parts = self._grams(text), max(self._clause_scores(text), default=-9.0)
        given = [float(hint), float(figurative), parts]
        n = len(RISEN)
        if self._embedder is None:
            levels = self._of["alone"] @ np.array([*whole[:n], *given, 1.0], np.float32)
            return Scores(tuple(map(float, levels)), self._named(whole[n:]), None)
        vector = self._embedded(self._embedder, text)
        near = self._kernel(vector)
        seen = near @ self._of["support"].astype(np.float32).T + self._of["support_bias"]
        levels = self._of["both"] @ np.array([*whole[:n], *seen, *given, 1.0], np.float32)
        kinds = whole[n:] + vector @ self._of["kinds"].T.astype(np.float32) + self._of["kinds_bias"]
        return Scores(tuple(map(float, levels)), self._named(kinds), int(near.argmax()))

    def clauses(self, text: str) -> list[tuple[float, int, int]]:
        """What each clause says for distress by itself, the most telling first, with its place."""
        return sorted(((self._grams(text[a:b])[1].item(), a, b) for a, b in clauses(text)), reverse=True)

    def _clause_scores(self, text: str) -> list[float]:
        return [score for score, _, _ in self.clauses(text)]

    def _grams(self, text: str) -> Vector:
        counted = grams(fold(text).text)
        places = np.fromiter(counted.keys(), np.int64, len(counted))
        values = (1 + np.log(np.fromiter(counted.values(), np.float32, len(counted)))) * self._rarity[places]
        values /= np.linalg.norm(values) or 1.0
        weighed = self._of["grams"][:, places].astype(np.float32) @ values * self._scale
        found: Vector = (weighed + self._of["gram_bias"]).astype(np.float32)
        return found

    def _embedded(self, embedder: Embedder, text: str) -> Vector:
        plain = np.asarray(embedder.query(text), np.float32)
        apart: Vector = (plain - self._of["mean"]) / self._of["spread"]
        return apart

    def _kernel(self, vector: Vector) -> Vector:
        """How like it each example is: 1 for the same, towards 0 for another."""
        known = self._of["known"]
        dot = known.astype(np.float32) @ vector * self._of["known_scale"]
        apart = self._of["known_norm"] + float(vector @ vector) - 2 * dot
        found: Vector = np.exp(-float(self._of["gamma"]) * np.maximum(apart, 0))
        return found

    def _named(self, scores: Vector) -> dict[str, float]:
        return dict(zip(self._categories, map(float, scores), strict=True))


def clauses(text: str) -> list[tuple[int, int]]:
    """Where its clauses stand, so long as there are several of three words or more."""
    found, start = [], 0
    for place, letter in enumerate(text):
        if letter in ".!?\n;…":
            found.append((start, place + 1))
            start = place + 1
    found.append((start, len(text)))
    return [(a, b) for a, b in found if len(text[a:b].split()) >= 3]  # noqa: PLR2004
