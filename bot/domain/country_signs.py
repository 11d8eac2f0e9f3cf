"""What hints at the country somebody writes from, as `triage/countries.json` lists it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Countries = tuple[str, ...]
"""ISO 3166 codes, with a region where need be: `CA-QC`."""


@dataclass(frozen=True, slots=True)
class CountrySigns:
    """Countries by calling code, by place, by turn of phrase and by the end of a site's name.

    `short_numbers` are those of three digits that are taken for what they are.
    """

    codes: Mapping[str, Countries]
    short_numbers: frozenset[str]
    places: Mapping[str, Countries]
    turns: Mapping[str, Countries]
    sites: Mapping[str, Countries]


def parse_country_signs(text: str) -> CountrySigns:
    """Raises `ValueError` or `KeyError` when it is malformed."""
    signs = json.loads(text)
    return CountrySigns(
        codes=MappingProxyType(
            {code: tuple(countries) for code, countries in signs["calling_codes"].items()}
        ),
        short_numbers=frozenset(signs["short_numbers"]),
        places=_by_word(signs["places"]),
        turns=_by_word(signs["turns"]),
        sites=MappingProxyType({end: (country,) for end, country in signs["sites"].items()}),
    )


def _by_word(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Countries]:
    return MappingProxyType(
        {word: tuple(entry["countries"]) for entry in entries for word in entry["words"].split()}
    )
