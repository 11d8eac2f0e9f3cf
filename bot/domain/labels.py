"""Words that stand in the data files, where a client and its experts may change them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts import Locale, french_spacing, translator

_LOCALES: tuple[Locale, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """One wording in both languages."""

    fr: str
    en: str

    def in_(self, locale: Locale) -> str:
        return self.fr if locale == "fr" else self.en


def parse_label(entry: str | Mapping[str, str]) -> Label:
    """Read `{"fr": …, "en": …}`, or a proper name that is the same in both languages."""
    if isinstance(entry, str):
        return Label(fr=entry, en=entry)
    return Label(fr=french_spacing(entry["fr"]), en=entry["en"])


def in_both(sentence: str, **params: Label | str) -> Label:
    """One sentence of ours in both languages, its values each in its own."""
    fr, en = (
        translator(locale)(
            sentence, **{name: p if isinstance(p, str) else p.in_(locale) for name, p in params.items()}
        )
        for locale in _LOCALES
    )
    return Label(fr, en)
