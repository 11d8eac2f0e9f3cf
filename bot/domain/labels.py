"""Words that stand in the data files, where a client and its experts may change them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts import Locale, french_spacing


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
