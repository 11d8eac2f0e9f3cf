"""The words and shapes of moments in French and English, as patterns over a text without accents or capitals.

Each pattern steps over the blanks before it and ends where a word ends.
"""

import re
import unicodedata
from datetime import time


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(rf"[\s,]*(?:{body})(?=\s|$|[,;!?)]|[.:](?:\s|$))")


def _names(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def folded(text: str) -> str:
    """The text without accents and capitals, each character at its place. Expects NFC."""
    plain = (unicodedata.normalize("NFD", character)[0].lower()[0] for character in text)
    return "".join(plain).replace("’", "'")


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, same in enumerate(names) for name in same.split()}


# Written out: Babel's names cost 6 MB of every start.
MONTHS = _numbered(
    "",
    "janvier janv january jan",
    "fevrier fevr february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept september sep",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
)
# French abbreviations of days are left out: «mar» is March in English, «mer» the sea.
WEEKDAYS = _numbered(
    "lundi monday mon",
    "mardi tuesday tue",
    "mercredi wednesday wed",
    "jeudi thursday thu",
    "vendredi friday fri",
    "samedi saturday sat",
    "dimanche sunday sun",
)

# -- delays

IN = _pattern("dans|in")
NUMBER_AHEAD = re.compile(r"[\s,]*(?=[0-9])")

_AMOUNT = "[0-9]{1,4}|une?|an?|one"
_MINUTES = "minutes?|mins?|mn|m"
_AND = r"(?:\s*,\s*|\s+(?:et|and)\s+|\s?)"
DELAY = _pattern(
    rf"(?=(?:{_AMOUNT})\s?[a-z])"
    rf"(?:(?P<weeks>{_AMOUNT})\s?(?:semaines?|sem|weeks?|w)(?![a-z]))?"
    rf"(?:{_AND}(?P<days>{_AMOUNT})\s?(?:jours?|j|days?|d)(?![a-z]))?"
    rf"(?:{_AND}(?P<hours>{_AMOUNT})(?P<gap>\s?)(?:heures?|hours?|hrs?|h)"
    rf"(?:(?P=gap)(?P<past>[0-5][0-9])(?!\s?(?:{_MINUTES})(?![a-z]))|(?P<half>\s(?:et demie?|and a half)))?"
    r"(?![a-z]))?"
    rf"(?:{_AND}(?P<minutes>{_AMOUNT})\s?(?:{_MINUTES})(?![a-z]))?"
)
PART_OF_HOUR = _pattern(
    "(?P<half>(?:une )?demi[- ]heure|half an hour)"
    "|(?P<quarter>un quart d'heure|a quarter of an hour)"
    "|(?P<three_quarters>trois quarts d'heure)"
)
PARTS_OF_HOUR = {"half": 30, "quarter": 15, "three_quarters": 45}
"""Minutes by the group of `PART_OF_HOUR` that matched."""


def amount(number: str | None) -> int:
    """The number of a delay's group: «une» and `an` are one, an absent group is zero."""
    if number is None:
        return 0
    return int(number) if number.isdigit() else 1


# -- hours of the day

NOON = 12
HOURS_IN_DAY = 24
LONGEST_LONE_DELAY = 6

_PARTS = "matin|morning|apres[- ]midi|afternoon|soir|evening|night"
# From and before which hour, by the word's first letter.
_PART_HOURS = {"m": (0, 12), "a": (12, 20), "s": (17, 24), "e": (17, 24), "n": (17, 24)}

HOUR = _pattern(
    r"(?P<at>(?:a|at|vers)\s+)?"
    r"(?:(?P<noon>midi|noon|midday)|(?P<midnight>minuit|midnight)|(?P<hour>[0-9]{1,2})(?:"
    r"(?P<gap>\s?)(?P<h>h|heures?)(?:(?P=gap)(?P<past>[0-5][0-9])(?:\s?mi?n)?)?"
    r"|:(?P<minute>[0-5][0-9])(?:\s?(?P<meridiem>[ap])\.?m\.?)?"
    r"|\s?(?P<only_meridiem>[ap])\.?m\.?))"
    r"(?:\s+et\s+(?P<fraction>demie?|quart))?"
    rf"(?:\s+(?:du|de l'|in the)\s*(?P<part>{_PARTS}))?"
)

AFTERWARDS = re.compile(r"[\s,;:.!?)]*")
# What would change the moment just read, in a way that is not understood.
GOES_ON = re.compile(
    r"\s*(?:et\s+(?:demie?|quart)\b|and a half\b|moins\s+(?:le|un|cinq|dix|vingt|[0-9])"
    r"|[0-5]?[0-9]\s?mi?n\b|(?:ou|or|et|and)\s+(?:a\s+|at\s+)?[0-9]{1,2}\s?(?:h|:|[ap]m)|[-–]\s*[0-9])"
)


def could_be_delay(hour: re.Match[str]) -> bool:
    """Whether a lone `2h` is rather a delay than an hour of the day: see `bot.domain.when`."""
    if not hour["h"] or hour["at"] or hour["part"]:
        return False
    return 1 <= int(hour["hour"]) <= LONGEST_LONE_DELAY or int(hour["hour"]) >= HOURS_IN_DAY


def hour_of_day(found: re.Match[str], *, day_part: str | None) -> time | None:
    """The hour that `HOUR` found, on a day or a part of one; midnight is 0:00. None when they contradict."""
    meridiem = found["meridiem"] or found["only_meridiem"]
    hour = NOON if found["noon"] else 0 if found["midnight"] else int(found["hour"])
    if meridiem:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if meridiem == "p" else 0)
    for part in (found["part"], day_part):
        if part and not found["midnight"]:
            low, high = _PART_HOURS[part[0]]
            if not (meridiem or low <= hour):
                hour += NOON
            if not low <= hour < high:
                return None
    minute = int(found["past"] or found["minute"] or 0)
    if found["fraction"]:
        if minute:
            return None
        minute = 15 if found["fraction"] == "quart" else 30
    return time(hour, minute) if hour < HOURS_IN_DAY else None


# -- days

NEAR_DAY = _pattern(
    "(?:(?P<after_tomorrow>apres[- ]demain|(?:the )?day after tomorrow)|(?P<tomorrow>demain|tomorrow)"
    rf"|aujourd'hui|today)(?:\s+(?P<part>{_PARTS}))?"
    rf"|(?:ce|cet|this)\s+(?P<part_of_today>{_PARTS})|to(?P<tonight>night)"
)
WEEKDAY = _pattern(
    rf"(?:(?:on|ce|this|le)\s+)?(?P<next>next\s+)?(?P<weekday>{_names(WEEKDAYS)})\.?(?P<prochain>\s+prochain)?"
    rf"(?:\s+(?P<part>{_PARTS}))?"
)

_THE = r"(?:(?:le|the|on the|on)\s+)"
_DAY = "(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?"
_MONTH = rf"(?P<month>{_names(MONTHS)})\.?"
_YEAR = r"(?:,?\s+(?P<year>20[0-9]{2}))?"
DATES = (
    _pattern("(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    _pattern(rf"{_THE}?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    _pattern(rf"{_THE}?{_MONTH}\s+{_DAY}{_YEAR}"),
)
SLASHED_DATE = _pattern(
    rf"{_THE}?(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})(?:/(?P<year>(?:20)?[0-9]{{2}}))?"
)

_NO_HOUR = r"(?!\s?(?:h|heures?|[ap]\.?m)(?![a-z]))"
DAY_OF_MONTH = _pattern(rf"{_THE}{_DAY}{_NO_HOUR}")
DAY_AFTER_WEEKDAY = _pattern(rf"{_THE}?{_DAY}{_NO_HOUR}")
