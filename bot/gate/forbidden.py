"""What must not be said, however it is said: secrecy, blame, minimising, diagnosis, advertising, doses."""

import re
from collections.abc import Iterator

from bot import data
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
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
_TRACKING = re.compile(r"<img\b[^>]*>?|https?://\S*[?&](?:utm_|mc_eid|fbclid|gclid)\S*", re.IGNORECASE)


def findings(reading: Reading) -> Iterator[Hit]:
    for (rule, language), wording in data.phrases().forbidden.items():
        if language == reading.candidate.language:
            for start, end in reading.own(wording):
                yield Hit(rule, _HOW[rule], start, end)
    for tracked in _TRACKING.finditer(reading.candidate.text):
        yield Hit("R18", _HOW["R18"], *tracked.span())
