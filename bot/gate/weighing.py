"""How much a sentence sounds like what a rule forbids: learned from sentences in `wording/corpus`.

`wording/train.py` learns the weights; `docs/gate.md` says how well they do.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.data import WORDING_WEIGHTS
from bot.gate.marks import marks
from bot.gate.sentences import Sentence

LEARNED = ("R05", "R06", "R07", "R17", "R18")


@dataclass(frozen=True, slots=True)
class Bars:
    """What a score must pass.

    Below `doubt` a pattern in the sentence only warns. Above `warn` and `stop` it needs no pattern.
    """

    doubt: float
    warn: float
    stop: float


class Weights:
    """A row of weights a rule of `LEARNED`, one weight a mark."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as stored:
            self._weights: NDArray[np.float32] = stored["weights"].astype(np.float32)
            self._weights *= stored["scale"][:, None]
            self._bias: NDArray[np.float32] = stored["bias"]
            self._rarity: NDArray[np.float32] = stored["rarity"].astype(np.float32)
            self.bars = {
                rule: Bars(*map(float, row)) for rule, row in zip(LEARNED, stored["bars"], strict=True)
            }

    def scores(self, sentence: Sentence) -> dict[str, float]:
        places = np.fromiter(marks(sentence), np.int64)
        values = self._rarity[places]
        values /= np.linalg.norm(values)
        found: Any = self._weights[:, places] @ values + self._bias
        return dict(zip(LEARNED, found.tolist(), strict=True))


@cache
def weights() -> Weights:
    """What was learned, read once."""
    return Weights(WORDING_WEIGHTS)
