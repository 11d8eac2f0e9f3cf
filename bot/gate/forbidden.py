"""What must not be said, however it is said: secrecy, blame, minimising, diagnosis, advertising, doses."""

import re
from collections.abc import Iterator

from bot import data
from bot.domain.phrases import Wording
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.sentences import Sentence
from bot.gate.weighing import LEARNED, weights
from bot.texts import N_

_HOW = {
    "R04": N_("Leave out any number of a means, a dose or a height."),
    "R05": N_("Promise no secrecy: say that only those who help them read this."),
    "R06": N_("Leave this out: it can be heard as blame, threat, bargain or judgement."),
    "R07": N_(
        "Leave this out: it makes light of what they feel. Say that you have understood how hard it is."
    ),
    "R08": N_("Write “died by suicide” or “attempt”, without success or failure."),
    "R17": N_("No diagnosis, no legal opinion, no advice on treatment: name who can give them."),
    "R18": N_("Nothing to sell, no survey and no footer in a reply to somebody in distress."),
}
Scores = list[tuple[Sentence, dict[str, float]]]

_EVEN_QUOTED = frozenset({"R04"})
"""What must not come back to the member in their own words either."""
_TRACKING = re.compile(r"<img\b[^>]*>?|https?://\S*[?&](?:utm_|mc_eid|fbclid|gclid)\S*", re.IGNORECASE)


def findings(reading: Reading) -> Iterator[Hit]:
    learned = weights()
    scores = [(sentence, learned.scores(sentence)) for sentence in reading.sentences]
    for (rule, language), wording in data.phrases().forbidden.items():
        if language == reading.candidate.language:
            found = list(_patterns(reading, rule, wording, scores))
            yield from found
            if rule in LEARNED:
                yield from _heard(rule, scores, found, wording.excused)
    for tracked in _TRACKING.finditer(reading.candidate.text):
        yield Hit("R18", _HOW["R18"], *tracked.span())


def _patterns(reading: Reading, rule: str, wording: Wording, scores: Scores) -> Iterator[Hit]:
    said = reading.all if rule in _EVEN_QUOTED else reading.own
    ordinary = rule in _EVEN_QUOTED and not reading.candidate.in_distress
    for start, end in said(wording.found, wording.excused):
        unlikely = ordinary or _sounds_good(rule, scores, start)
        yield Hit(rule, _HOW[rule], start, end, only_warns=unlikely)
    if wording.doubtful and not ordinary:
        for start, end in said(wording.doubtful, wording.excused):
            yield Hit(rule, _HOW[rule], start, end, only_warns=True)


def _sounds_good(rule: str, scores: Scores, place: int) -> bool:
    """Whether the sentence there sounds like what good replies say."""
    return rule in LEARNED and any(
        score[rule] < weights().bars[rule].doubt
        for sentence, score in scores
        if sentence.start <= place < sentence.end
    )


def _heard(rule: str, scores: Scores, found: list[Hit], excused: re.Pattern[str] | None) -> Iterator[Hit]:
    """Sentences in which no pattern was found, and which sound like what the rule forbids."""
    bars = weights().bars[rule]
    for sentence, score in scores:
        known = any(sentence.start <= hit.start < sentence.end for hit in found)
        meant_well = excused is not None and excused.search(" ".join(sentence.words))
        if not known and score[rule] > (bars.stop if meant_well else bars.warn):
            sure = score[rule] > bars.stop and not meant_well
            yield Hit(rule, _HOW[rule], sentence.start, sentence.end, only_warns=not sure)
