"""Learn how what must not be said sounds: `make wording`.

Learns from the sentences of `corpus/` and from those of replies whose rules are known, apart from the half
that is only measured. Writes `bot/data/wording.npz`, and into `figures.json` what it finds in sentences it
had not seen. Needs scikit-learn (the `triage` extra); the service does not.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.data import WORDING_WEIGHTS, reply_rules, starter_templates
from bot.domain.levels import Level
from bot.gate import level_in_force
from bot.gate.marks import BUCKETS, marks
from bot.gate.quoted import quotations
from bot.gate.sentences import Sentence, sentences
from bot.gate.weighing import LEARNED
from bot.gate.words import words
from tests.rig import reply_set

HERE = Path(__file__).parent
SETS = HERE.parent / "tests" / "sets"
FOLDS = 5
WARNED = {"R05": 0.01, "R06": 0.03, "R07": 0.01, "R17": 0.01, "R18": 0.01}
"""Of the good replies, that may get a warning by each rule."""
DOUBTED = 0.1
"""Of the good replies, in which a pattern alone would not stop the most suspicious sentence."""
MARGIN = 0.8
"""How far above all that good replies say a sentence must stand to stop a reply."""

Array = Any


class Row(NamedTuple):
    """A sentence. `reply`: the good reply that it stands in, if it does. `grave`: to somebody in distress."""

    sentence: Sentence
    language: str
    rule: str | None
    reply: str | None = None
    grave: bool = False


def main() -> None:
    rows = list({(row.language, row.sentence.words, row.reply): row for row in _rows()}.values())
    rarity = _rarity(rows)
    given = _given(rows, rarity)
    unseen = _unseen(rows, given)
    bars = [_bars(rule, rows, unseen[:, i]) for i, rule in enumerate(LEARNED)]
    learned = [_learned(rule, rows, given) for rule in LEARNED]
    weights = np.vstack([one.coef_[0] for one in learned])
    scale = np.abs(weights).max(1) / 127
    np.savez_compressed(
        WORDING_WEIGHTS,
        weights=np.round(weights / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.array([one.intercept_[0] for one in learned], np.float32),
        rarity=rarity.astype(np.float16),
        bars=np.array(bars, np.float32),
    )
    figures = _figures(rows, unseen, bars)
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


def _rows() -> Iterator[Row]:
    told: dict[tuple[str, ...], str | None] = {}
    for path in sorted((HERE / "corpus").glob("*.jsonl")):
        language = path.stem[:2]
        for line in path.read_text("utf-8").splitlines():
            given = json.loads(line)
            for sentence in _split(given["text"], "", language):
                told[sentence.words] = given["rule"]
                yield Row(sentence, language, given["rule"])
    for template in starter_templates():
        for sentence in _split(template.text, "", template.language):
            yield Row(sentence, template.language, None, template.id, bool(template.levels))
    for reply in _replies():
        good = not reply["expect"]
        level = level_in_force(reply["category"], reply["level"] and Level(reply["level"]))
        grave = level is not None and level >= Level.D1
        for sentence in _split(reply["draft"], reply["original"] or "", reply["language"]):
            if sentence.words not in told:
                yield Row(sentence, reply["language"], None, reply["id"] if good else None, grave)


def _replies() -> Iterator[dict[str, Any]]:
    for name in ("replies.jsonl", "replies_dev.jsonl"):
        for line in (SETS / name).read_text("utf-8").splitlines():
            reply = json.loads(line)
            if name != "replies.jsonl" or reply_set.half_of(reply["id"]) == "seen":
                yield reply


def _split(text: str, original: str, language: Any) -> Iterator[Sentence]:
    quotes = quotations(text, original) if original else ()
    for sentence in sentences(text, words(text, language), quotes):
        if sentence.words:
            yield sentence


def _rarity(rows: list[Row]) -> Array:
    met = np.zeros(BUCKETS)
    for row in rows:
        met[list(marks(row.sentence))] += 1
    return np.log((1 + len(rows)) / (1 + met)) + 1


def _given(rows: list[Row], rarity: Array) -> Array:
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        found = np.array(sorted(marks(row.sentence)))
        weighed = rarity[found]
        places += found.tolist()
        values += (weighed / np.linalg.norm(weighed)).tolist()
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(rows), BUCKETS), dtype=np.float32)


def _learned(rule: str, rows: list[Row], given: Array) -> Any:
    """What another rule forbids is no example of what may be said: it is left out."""
    kept = [i for i, row in enumerate(rows) if row.rule in {None, rule}]
    one = LogisticRegression(C=10, solver="liblinear", class_weight="balanced")
    return one.fit(given[kept], [rows[i].rule == rule for i in kept])


def _unseen(rows: list[Row], given: Array) -> Array:
    """What each sentence scores when it, and the reply that it stands in, were kept from learning."""
    folds = np.array([_fold(row) for row in rows])
    scores = np.zeros((len(rows), len(LEARNED)))
    for fold in range(FOLDS):
        kept = folds == fold
        others = [row for row, out in zip(rows, kept, strict=True) if not out]
        for i, rule in enumerate(LEARNED):
            scores[kept, i] = _learned(rule, others, given[~kept]).decision_function(given[kept])
    return scores


def _fold(row: Row) -> int:
    name = row.reply or " ".join(row.sentence.words)
    return sha256(name.encode()).digest()[0] % FOLDS


def _bars(rule: str, rows: list[Row], scores: Array) -> tuple[float, float, float]:
    """Doubt, warn, stop."""
    since = reply_rules().rules[rule].since
    best = sorted(_best(rows, scores, all_levels=since is None).values(), reverse=True)
    return best[int(len(best) * DOUBTED)], best[int(len(best) * WARNED[rule])], best[0] + MARGIN


def _best(rows: list[Row], scores: Array, *, all_levels: bool) -> dict[str, float]:
    """The highest score in each good reply to which the rule applies."""
    best: dict[str, float] = {}
    for row, score in zip(rows, scores, strict=True):
        if row.reply and (row.grave or all_levels):
            best[row.reply] = max(best.get(row.reply, -9.0), float(score))
    return best


def _figures(rows: list[Row], scores: Array, bars: list[tuple[float, float, float]]) -> dict[str, Any]:
    figures: dict[str, Any] = {"sentences": len(rows)}
    for i, rule in enumerate(LEARNED):
        theirs = scores[[row.rule == rule for row in rows], i]
        _, warn, stop = bars[i]
        figures[rule] = {
            "sentences": len(theirs),
            "found": round(float((theirs > warn).mean()), 3),
            "stopped": round(float((theirs > stop).mean()), 3),
            "bars": [round(bar, 2) for bar in bars[i]],
        }
    return figures


if __name__ == "__main__":
    main()
