"""What a message seems to be, and the words that made it think so. It proposes; a person decides.

This is an organisational aid for trained people, not a diagnosis (`docs/triage.md`).
"""

from collections.abc import Callable, Iterator, Sequence

from bot.domain.levels import Level
from bot.domain.proposal import Proposal, Reason
from bot.texts import N_, Translator
from bot.triage.folding import fold
from bot.triage.language import language_of
from bot.triage.lexicon import Hit, Kind, Term, hits
from bot.triage.model import RISEN, Model, Scores

SIGNALS = ("distress", "third_party")
"""The categories in which a level speaks of somebody's distress."""
MEANT = N_("{meaning}; also: {also}")
WEIGHS = N_("this says most for it, taken by itself")
CLOSE = N_("close to: «{example}»")


class Triage:
    """The two layers together: the lexicon and the model."""

    def __init__(self, terms: Sequence[Term], model: Model) -> None:
        self._terms = terms
        self._model = model

    def judge(self, text: str, translate: Callable[[str], Translator]) -> Proposal:
        """Propose a category and a level. `translate` gives the language of the reasons."""
        folded = fold(text)
        found = hits(self._terms, folded)
        scores = self._model.scores(
            text,
            hint=max(
                (int(hit.term.level[1]) for hit in found if hit.term.level and hit.term.alone), default=0
            ),
            figurative=any(hit.term.kind is Kind.HYPERBOLE for hit in found),
        )
        level = _level(scores.levels)
        language = language_of(folded)
        reasons = (
            *_words(found, translate(language)),
            *self._sense(text, scores, level, translate(language)),
        )
        return Proposal(_category(scores, level), level, language, tuple(reasons))

    def _sense(self, text: str, scores: Scores, level: Level, _: Translator) -> Iterator[Reason]:
        """For what no single word gives away."""
        if level is Level.D0:
            return
        start, end = scores.clauses[0][1:] if scores.clauses else (0, len(text))
        yield Reason(start, end, text[start:end].strip(), _(WEIGHS))
        if scores.likest is not None:
            example = self._model.examples[scores.likest]
            yield Reason(start, end, text[start:end].strip(), _(CLOSE, example=example))


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


def _words(found: Sequence[Hit], _: Translator) -> Iterator[Reason]:
    behind = 0
    for hit in found:
        if hit.start < behind:
            continue
        behind = hit.end
        term = hit.term
        why = _(MEANT, meaning=term.meaning, also=term.also) if term.also else term.meaning
        yield Reason(hit.start, hit.end, term.name, why)
