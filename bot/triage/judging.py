"""What a message seems to be, and the words that made it think so. It proposes; a person decides.

This is an organisational aid for trained people, not a diagnosis (`docs/triage.md`).
"""

from collections.abc import Callable, Iterator, Sequence

from bot.domain.axes import Axis
from bot.domain.labels import Label, in_both
from bot.domain.levels import Level
from bot.domain.proposal import Proposal, Reason
from bot.texts import N_
from bot.triage.folding import fold
from bot.triage.language import language_of
from bot.triage.lexicon import Hit, Kind, Term, hits
from bot.triage.model import RISEN, Model, Scores

SIGNALS = ("distress", "third_party")
"""The categories in which a level speaks of somebody's distress."""
MEANT = N_("{meaning}; also: {also}")
ELSEWHERE = N_("{also}; in other countries: {meaning}")
SPELT_OUT = N_("{term}: {meaning}")
WEIGHS = N_("this says most for it, taken by itself")
CLOSE = N_("close to: «{example}»")


class Triage:
    """The two layers together: the lexicon, as it is at that moment, and the model."""

    def __init__(self, terms: Callable[[], Sequence[Term]], model: Model) -> None:
        self._terms = terms
        self._model = model

    def judge(self, text: str, country: str = "") -> Proposal:
        """Propose a category and a level. `country` is the member's, empty where nobody knows it."""
        folded = fold(text)
        found = hits(self._terms(), folded)
        scores = self._model.scores(
            text,
            hint=max(
                (int(hit.term.level[1]) for hit in found if hit.term.level and hit.term.alone), default=0
            ),
            figurative=any(hit.term.kind is Kind.HYPERBOLE for hit in found),
        )
        level = _level(scores.levels)
        category = _category(scores, level)
        return Proposal(
            category,
            level,
            language_of(folded),
            reasons=(*_words(found, country.partition("-")[0]), *self._sense(text, scores, level)),
            axes=tuple(axis for axis in Axis if axis in _axes(found, category)),
        )

    def _sense(self, text: str, scores: Scores, level: Level) -> Iterator[Reason]:
        """For what no single word gives away."""
        if level is Level.D0:
            return
        start, end = scores.clauses[0][1:] if scores.clauses else (0, len(text))
        yield Reason(start, end, text[start:end].strip(), in_both(WEIGHS))
        if scores.likest is not None:
            example = self._model.examples[scores.likest]
            yield Reason(start, end, text[start:end].strip(), in_both(CLOSE, example=example))


def _level(scores: Sequence[float]) -> Level:
    """The gravest that is reached without a gap, from D2 on: an alarm; D1 by itself."""
    reached = Level.D1 if scores[0] > 0 else Level.D0
    for level, score in zip(RISEN[1:], scores[1:], strict=True):
        if score <= 0:
            break
        reached = level
    return reached


def _category(scores: Scores, level: Level) -> str:
    """The likeliest that fits the level: distress is never D0, and a complaint never D2."""
    may_be = {
        name: score
        for name, score in scores.categories.items()
        if (name in SIGNALS) is (level >= Level.D2) or (level is Level.D1) or name not in (*SIGNALS, *_PLAIN)
    }
    return max(may_be, key=lambda name: may_be[name])


_PLAIN = ("question", "complaint", "critique", "praise", "troll", "rager", "spam", "press", "misinformation")


def _axes(found: Sequence[Hit], category: str) -> set[Axis]:
    """By the words, and by the kind of situation."""
    return {_AXIS[hit.term.kind] for hit in found if hit.term.kind in _AXIS} | {
        axis for axis in Axis if axis.value == category
    }


_AXIS = {
    Kind.INCITEMENT: Axis.INCITEMENT,
    Kind.THIRD_PARTY: Axis.THIRD_PARTY,
    Kind.ABUSE: Axis.ABUSE,
    Kind.EATING: Axis.EATING,
}


def _words(found: Sequence[Hit], country: str) -> Iterator[Reason]:
    behind = 0
    for hit in found:
        if hit.start < behind:
            continue
        behind = hit.end
        yield Reason(hit.start, hit.end, hit.term.name, _meant(hit.term, country))


def _meant(term: Term, country: str) -> Label:
    """An abbreviation is spelt out; what it means in the member's country stands first."""
    said = term.meaning
    if term.also:
        elsewhere = country and term.countries and country not in term.countries
        said = in_both(ELSEWHERE if elsewhere else MEANT, meaning=term.meaning, also=term.also)
    return in_both(SPELT_OUT, term=term.name, meaning=said) if term.kind in _SPELT_OUT else said


_SPELT_OUT = {Kind.ABBREVIATION, Kind.CODED}
