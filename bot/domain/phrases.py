"""Ways of saying that a reply must not hold, or must: read from `phrases.json`, matched against plain words.

Plain words are what `bot.gate.words` makes of a text: no accents, capitals or apostrophes; in French
«tu» and «vous» are one word. A pattern is a regular expression over them with signs of its own, which the
file explains.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.texts import Locale

_MEANINGS = {
    "... ": r"(?:\w+ ){0,5}",
    " ...": r"(?: \w+){0,5}",
    ".. ": r"(?:\w+ ){0,2}",
    " ..": r"(?: \w+){0,2}",
    "~": r"\w*",
    "_": r"\w+",
    "#": r"\d+",
    "(": "(?:",
}
_SIGN = re.compile(r"\{(?P<list>[a-z_]+)\}|\.{2,3} | \.{2,3}(?=$|\))|[~_#]|\((?!\?)")
_LANGUAGES: tuple[Locale, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """One forbidden idea in one language; what is found inside or just after an excuse counts as excused.

    `doubtful` may be meant otherwise: what it finds warns.
    """

    found: re.Pattern[str]
    doubtful: re.Pattern[str] | None
    excused: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """`forbidden` by rule and language, `signs` (what to look for, or to miss) by name and language.

    `words` are lists without accents, such as common first names.
    """

    forbidden: Mapping[tuple[str, Locale], Wording]
    signs: Mapping[tuple[str, Locale], re.Pattern[str]]
    words: Mapping[str, frozenset[str]]


def parse_phrases(text: str) -> Phrases:
    """Read `phrases.json`. Raises `ValueError`, `KeyError` or `re.error` when it is malformed."""
    data = json.loads(text)
    lists = data["lists"]
    return Phrases(
        forbidden=MappingProxyType(
            {
                (rule, locale): _wording(entry[locale], lists[locale])
                for rule, entry in data["forbidden"].items()
                for locale in _LANGUAGES
            }
        ),
        signs=MappingProxyType(
            {
                (name, locale): _any_of(entry[locale], lists[locale])
                for name, entry in data["signs"].items()
                for locale in _LANGUAGES
            }
        ),
        words=MappingProxyType({name: frozenset(listed.split()) for name, listed in data["words"].items()}),
    )


def _wording(entry: Mapping[str, Sequence[str]], lists: Mapping[str, Any]) -> Wording:
    doubtful, excused = (
        _any_of(entry[name], lists) if entry.get(name) else None for name in ("doubtful", "excused")
    )
    return Wording(_any_of(entry["found"], lists), doubtful, excused)


def _any_of(patterns: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    joined = "|".join(_expression(pattern, lists) for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


def _expression(pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    def meaning(sign: re.Match[str]) -> str:
        if sign["list"]:
            return f"(?:{'|'.join(_expression(each, lists) for each in lists[sign['list']])})"
        return _MEANINGS[sign[0]]

    return _SIGN.sub(meaning, pattern.strip())
