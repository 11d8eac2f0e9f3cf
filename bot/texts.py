"""The sentences people read, in French and English.

The English sentence is its own key (gettext's msgid); the French one stands in `bot/locale/fr/*.po`,
one file an area.
Placeholders are bare names, `{number}`; their values are put in as they are and never read as a pattern.
"""

import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Literal

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Locale = Literal["fr", "en"]

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a constant for extraction; it is translated where it is shown."""
    return sentence


class Translator:
    """Says a sentence in one language: `_("Crisis {number} is open", number=number)`.

    Get one from `translator`. A placeholder without a value raises `KeyError`.
    """

    def __init__(self, locale: Locale, catalogue: NullTranslations) -> None:
        self.locale: Locale = locale
        self._catalogue = catalogue

    def __call__(self, sentence: str, /, **params: str | int) -> str:
        """Translate a sentence; without a French text the English one is shown."""
        return _fill(self._catalogue.gettext(sentence), params)

    def n(self, singular: str, plural: str, n: int, /, **params: str | int) -> str:
        """Translate a sentence that counts; `{n}` is the count. In French zero is singular."""
        return _fill(self._catalogue.ngettext(singular, plural, n), {"n": n, **params})


def translator(locale: str) -> Translator:
    """Return the translator for a locale such as `fr`, `en-US` or `en_GB`; French for any other language."""
    return _translator("en" if locale[:2].lower() == "en" else "fr")


@cache
def _translator(locale: Locale) -> Translator:
    return Translator(locale, NullTranslations() if locale == "en" else _french())


def _french() -> GNUTranslations:
    folder = files("bot") / "locale" / "fr"
    sources = {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".po")
    }
    compiled = io.BytesIO()
    write_mo(compiled, merged(sources))
    compiled.seek(0)
    return GNUTranslations(compiled)


def merged(sources: Mapping[str, str]) -> Catalog:
    """Merge .po texts, given by file name, into one French catalogue with French spacing.

    Raises `ValueError` when two of them translate one sentence differently.
    """
    whole = Catalog(locale="fr")
    for name, source in sorted(sources.items()):
        for message in read_po(io.StringIO(source), locale="fr"):
            if not message.id:
                continue
            known = whole.get(message.id)
            string = _spaced(message.string or "")
            if known and known.string != string:
                raise ValueError(f"{name}: {message.id!r} is translated differently in another file")
            whole.add(message.id, string)
    return whole


def _spaced(translation: str | Iterable[str]) -> str | tuple[str, ...]:
    if isinstance(translation, str):
        return french_spacing(translation)
    return tuple(french_spacing(form) for form in translation)


def french_spacing(text: str) -> str:
    """Keep French punctuation on the line of its word, and a unit on the line of its number.

    A no-break space stands before `: »`, after `«` and between `3 min`, a narrow one before `; ! ?`.
    Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
    """
    text = re.sub(r" (?=[;!?])", "\u202f", text)
    return re.sub(r" (?=[:»])|(?<=«) |(?<=[\d}]) (?=(?:min|h)\b)", "\u00a0", text)


def _fill(text: str, params: Mapping[str, str | int]) -> str:
    return PLACEHOLDER.sub(lambda found: str(params[found[1]]), text)
