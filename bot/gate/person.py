"""That this person was read: thanks, their feeling, their name, a question, one way of saying you."""

import re
from collections.abc import Iterator

from bot import data
from bot.domain.levels import Level
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.words import bare
from bot.texts import N_

_NO_OPENING = N_("Begin with thanks, or say that we have read them.")
_NOBODY_MEANT = N_("Name what this person feels or wrote: this text could go to anybody.")
_NO_FEELING = N_("Say in your own words what they seem to feel.")
_NO_NAME = N_("Call them by their own name here: {member}.")
_TWO_FORMS = N_("Say “tu” or “vous”, not both.")
_NO_QUESTION = N_("Ask one calm, open question early on: how are they now?")

_WARMTH = frozenset({Level.D2, Level.D3})
"""Where thanks or a feeling are looked for: beyond, nothing but help is asked of a reply."""
_OPENING_WORDS = 45
_SHARED = 2
_STEM = 5
_GREETING = 90
"""First characters, in which a short part of a pseudonym is a name, and no other word."""
_TU = re.compile(r"(?<![\w’'])(?:tu|te|toi|tes|ton|ta)(?!\w)|(?<!\w)t['’](?=\w)", re.IGNORECASE)
_VOUS = re.compile(r"(?<![\w’'])(?<!rendez-)(?:vous|votre|vos)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def findings(reading: Reading) -> Iterator[Hit]:
    opening = reading.holds("opening")
    if opening is None or reading.draft.plain.count(" ", 0, opening.start()) > _OPENING_WORDS:
        yield Hit("R10", _NO_OPENING)
    elif not _is_about_them(reading):
        yield Hit("R10", _NOBODY_MEANT)
    elif reading.candidate.level in _WARMTH and not (reading.holds("thanks") or _names_a_feeling(reading)):
        yield Hit("R10", _NO_FEELING, only_warns=True)
    member = reading.candidate.member
    if member and not _calls(reading, member):
        yield Hit("R11", _NO_NAME, params={"member": member})
    yield from _two_forms(reading)
    text = reading.candidate.text
    if "?" not in text[: len(text) * 2 // 3]:
        yield Hit("R09", _NO_QUESTION)


def _is_about_them(reading: Reading) -> bool:
    if reading.quotes or reading.holds("feeling"):
        return True
    ours, theirs = (_stems(text.plain) for text in (reading.draft, reading.original))
    return len(ours & theirs) >= _SHARED


def _names_a_feeling(reading: Reading) -> bool:
    """In our own words: theirs come back to them without it, too."""
    feeling = data.phrases().signs["feeling", reading.candidate.language]
    return any(feeling.search(" ".join(sentence.words)) for sentence in reading.sentences)


def _stems(plain: str) -> set[str]:
    nothing = data.phrases().words["say_nothing"]
    return {word[:_STEM] for word in plain.split() if len(word) >= _STEM and word not in nothing}


def _calls(reading: Reading, member: str) -> bool:
    """By the whole pseudonym or a part of it, or by the name with which they signed."""
    text = bare(reading.candidate.text)
    if bare(member).removeprefix("@") in text:
        return True
    for part in _WORD.findall(bare(member)):
        where = text if len(part) >= _STEM else text[:_GREETING]
        if len(part) > 2 and re.search(rf"(?<!\w|_){part}", where):  # noqa: PLR2004  (initials name nobody)
            return True
    greeted = re.match(
        r"\W*\w+,?\s+(?:(?:M\.|Mme|Mr|Mrs|Ms|Madame|Monsieur)\s+)?([^\W\d_]+)", reading.candidate.text
    )
    return bool(greeted and greeted[1][0].isupper() and greeted[1] in reading.candidate.original)


def _two_forms(reading: Reading) -> Iterator[Hit]:
    """In French, outside of what is quoted."""
    if reading.candidate.language != "fr":
        return
    text = reading.candidate.text
    own = [
        [found for found in form.finditer(text) if not any(a <= found.start() < b for a, b in reading.quotes)]
        for form in (_TU, _VOUS)
    ]
    if all(own):
        rarer = min(own, key=len)[0]
        yield Hit("R11", _TWO_FORMS, *rarer.span(), only_warns=True)
