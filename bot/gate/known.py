"""What a text cannot tell: found only where somebody said that it is not so."""

from collections.abc import Iterator

from bot import data
from bot.domain.levels import Level
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.words import words
from bot.texts import N_, Locale

LANGUAGES: tuple[Locale, ...] = ("fr", "en")

_CALL = N_("Note the call for help, or why there is none: a reply does not stand for it.")
_NEXT_WORD = N_("Plan when somebody writes again.")
_REASONS = N_("The hidden message lacks its statement of reasons, in the wording for distress.")
_APPROVERS = N_("Ask those who approve at this level.")
_VERSIONS = N_("Give the same facts, numbers and dates on every route.")


def findings(reading: Reading) -> Iterator[Hit]:
    facts, level = reading.candidate.facts, reading.candidate.level
    urgent = level is not None and level >= Level.D2
    told = (
        ("R03", facts.call_settled, _CALL),
        ("R14", facts.next_word_planned, _NEXT_WORD),
        ("R20", facts.reasons_given, _REASONS),
        ("R23", facts.approvers_asked, _APPROVERS),
        ("R24", facts.versions_agree, _VERSIONS),
    )
    for rule, fact, how in told:
        if fact is False:
            yield Hit(rule, how, only_warns=rule == "R20" and (urgent or facts.reasons_guessed))


def gives_reasons(text: str) -> bool:
    """Whether it says that a message is hidden, and how to contest it, in one of our languages."""
    signs = data.phrases().signs
    for language in LANGUAGES:
        plain = words(text, language).plain
        if all(signs[name, language].search(plain) for name in ("hidden_by_us", "contest")):
            return True
    return False
