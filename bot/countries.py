"""From which country somebody perhaps writes: a hint, shown to people; nothing is set by it."""

import re
import unicodedata
from collections.abc import Iterator

from bot import data
from bot.domain.country_signs import Countries
from bot.domain.labels import in_both
from bot.domain.proposal import CountryHint
from bot.gate.numbers import Mention, mentions
from bot.texts import N_

PHONE = N_("telephone number with +{code}")
LINE = N_("the number {number} is named")
PLACE = N_("names “{word}”")
TURN = N_("writes “{word}”")
SITE = N_("the message stands on a {end} site")

FEW = 2
"""More countries than these in a hint help nobody."""
_SHORT = 3
"""So many digits, and a number is also a quantity; only the best known are taken."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LONGEST_CODE = 4
"""Digits of a calling code with that of its region."""


def hint(text: str, *, link: str = "", country: str = "") -> CountryHint | None:
    """What the text says, else the site of its `link`.

    `country` is what is known beforehand: among several that fit alike it is taken. None where nothing
    hints at one or two countries.
    """
    signs = [*_signs(text), *_of_site(link)]
    if not signs:
        return None
    first = signs[0]
    possible = first.countries
    for countries in ((country,) if country else (), *(sign.countries for sign in signs[1:])):
        possible = _in_both(possible, countries) or possible
    return CountryHint(possible, first.why, first.start, first.end) if len(possible) <= FEW else None


def _signs(text: str) -> Iterator[CountryHint]:
    """The surest first."""
    known = data.country_signs()
    for number in sorted(mentions(text), key=lambda number: not _is_international(text, number)):
        yield from _of_number(text, number)
    plain = _plain(text)
    for words, said in ((known.places, PLACE), (known.turns, TURN)):
        for found in _WORD.finditer(plain):
            if countries := words.get(found[0]):
                start, end = found.span()
                yield CountryHint(countries, in_both(said, word=text[start:end]), start, end)


def _of_number(text: str, number: Mention) -> Iterator[CountryHint]:
    known, written = data.country_signs(), text[number.start : number.end]
    if _is_international(text, number):
        for length in range(_LONGEST_CODE, 0, -1):
            if countries := known.codes.get(number.digits[:length]):
                why = in_both(PHONE, code=number.digits[:length])
                yield CountryHint(countries, why, number.start, number.end)
                return
    elif number.lines and (len(number.digits) > _SHORT or number.digits in known.short_numbers):
        lines = data.help_lines().lines
        countries = tuple(dict.fromkeys(line.country for line in lines if line.id in number.lines))
        yield CountryHint(countries, in_both(LINE, number=written), number.start, number.end)


def _is_international(text: str, number: Mention) -> bool:
    return text.startswith(("+", "00"), number.start)


def _of_site(link: str) -> Iterator[CountryHint]:
    host = link.partition("//")[2].partition("/")[0].partition(":")[0].lower()
    for end, countries in data.country_signs().sites.items():
        if host.endswith(end):
            yield CountryHint(countries, in_both(SITE, end=end), 0, 0)
            return


def _in_both(some: Countries, others: Countries) -> Countries:
    """The countries that stand in both; of a country and its region, the region."""
    pairs = ((a, b) for a in some for b in others)
    return tuple(dict.fromkeys(max(a, b, key=len) for a, b in pairs if a in b or b in a))


def _plain(text: str) -> str:
    """Small letters without accents, each where it stood."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)
