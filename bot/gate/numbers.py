"""Telephone numbers in a text: which digits are meant to be called, and whose they are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot import data
from bot.data.files import derived
from bot.domain.helplines import ContactKind, HelpLine

_CODES = {
    "FR": "33", "BE": "32", "CH": "41", "LU": "352", "MC": "377", "CA": "1", "US": "1", "GB": "44",
    "IE": "353", "DE": "49", "AT": "43", "ES": "34", "IT": "39", "NL": "31", "CI": "225", "SN": "221",
    "MA": "212", "DZ": "213", "TN": "216", "BF": "226",
}  # fmt: skip
"""Calling codes of the countries with lines of more than six digits (ITU-T E.164)."""

_DIGITS = re.compile(r"(?<![\w@.,#])(?:\+|00)?\(?\d(?:[\s.\-()\u2010\u2011]{0,2}\d){1,14}(?![\w@])")
_NO_NUMBER = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[:hH]\d\d\b"
    r"|\b(?:24|7)\s?[hHjJ]?\s?(?:/|sur)\s?(?:24|7)\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:\d{4}[ -]?){3}\d{4}\b"
    r"|(?:n°|nº|#|\b(?:r[ée]f\w*|dossier|commande|compte|facture|invoice|virement|colis|contrat|ticket|order|account|case|reference|client)\b)"
    r"[\s:]*(?:n°|nº|number|no\.?)?\s*\d[\d\s-]*"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,}(?:\s?[A-Z0-9]{1,3})?\b"
)
_UNIT_AFTER = re.compile(
    r"\s?(?:h\b|heures?(?!\ssur)|hours?(?!\sa\s)|min|minutes|jours?(?!\s(?:et|sur|comme|ou))|days?(?!\s(?:and|or|a\s))|ans?\b|years?|semaines?|weeks?|mois|months?|%|€|euros?|\$|£"
    r"|pounds|(?:janv(?:ier)?|f[ée]vr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre|ember)?|oct(?:obre|ober)?"
    r"|nov(?:embre|ember)?|d[ée]c(?:embre|ember)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|am|pm)\b|a\.m|p\.m|st\b|nd\b|rd\b|th\b|personnes?|people|fois|times|messages?|mots|words|km|kg|mg|rue\b|avenue|bis\b)",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(?:appel\w*|compos\w+|joi\w+|contact\w*|num[ée]ro\w*|lignes?|t[ée]l\w*|sms|texto\w*|call\w*|dial\w*|ring\w*"
    r"|text\w*|phone\w*|number\w*|helpline|hotline|lifeline|reach\w*|line|urgences?|secours|samu|pompiers|police"
    r"|emergenc\w*|ambulance|danger|faites|written|tape[rz]?|décroch\w*|répond(?:ent)?\sau|écoute(?:nt)?\sau)\W+(?:[^\W\d]+\W+){0,4}$",
    re.IGNORECASE,
)
_CALLED_AFTER = re.compile(
    r"\W{1,3}(?:[^\W\d]+\W{1,2}){0,3}(?:samu|pompiers|police|secours|urgences?|emergenc\w*|ambulance|ligne|line"
    r"|écoute\w*|répond\w*|décroche\w*|joignable|answers?|picks?|listens?|takes?)\b",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"[\s,;/()]*(?:ou|or|et|and|puis|then|sinon|otherwise)?[\s(]*(?:le|au|on|à|the|a)?[\s(]*", re.IGNORECASE
)
_BEFORE = 60
_LONG, _NATIONAL = 9, 8
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number to call, with its digits alone; `lines` are the ids of the help lines that have it."""

    digits: str
    start: int
    end: int
    lines: frozenset[str]


def mentions(text: str) -> tuple[Mention, ...]:
    """The numbers that a text gives to call; dates, hours, amounts and addresses are none."""
    masked = _NO_NUMBER.sub(lambda found: " " * len(found[0]), text)
    masked = masked.replace("(0)", "   ")
    found: list[Mention] = []
    for start, end in _candidates(masked):
        number = _mention(masked, start, end)
        chained = bool(found) and bool(_CHAIN.fullmatch(masked, found[-1].end, start))
        if _is_called(masked, number, chained=chained):
            found.append(number)
    return tuple(found)


def canonical(number: str) -> str:
    """Digits alone, without the sign or the zeros that begin an international number."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return digits[2:] if digits.startswith("00") and len(digits) > _LONG else digits


@derived
def known_numbers() -> Mapping[str, frozenset[str]]:
    """Every way to dial a help line that may be shown, and the ids of the lines that have it."""
    known: dict[str, set[str]] = {}
    for line in data.help_lines().lines:
        for digits in _dialled(line):
            known.setdefault(digits, set()).add(line.id)
    return MappingProxyType({digits: frozenset(ids) for digits, ids in known.items()})


def _dialled(line: HelpLine) -> Iterator[str]:
    code = _CODES.get(line.country.partition("-")[0], "")
    for contact in line.contacts:
        if contact.kind not in {ContactKind.VOICE, ContactKind.SMS}:
            continue
        digits = canonical(contact.value)
        yield digits
        if len(digits) >= _NATIONAL and code:
            yield code + digits.removeprefix("0") if code != "1" else digits.removeprefix("1")
            yield code + digits


def _candidates(masked: str) -> Iterator[tuple[int, int]]:
    """Runs of digits; a known number at their head stands alone («3114 7 jours sur 7»)."""
    position = 0
    while found := _DIGITS.search(masked, position):
        start, end = found.span()
        groups = [start + each.end() for each in re.finditer(r"\d+", found[0])]
        if canonical(found[0]) not in known_numbers():
            end = next((g for g in reversed(groups) if canonical(masked[start:g]) in known_numbers()), end)
        yield start, end
        position = end


def _mention(masked: str, start: int, end: int) -> Mention:
    digits = canonical(masked[start:end])
    return Mention(digits, start, end, known_numbers().get(digits, frozenset()))


def _is_called(masked: str, number: Mention, *, chained: bool) -> bool:
    written = masked[number.start : number.end]
    if len(number.digits) >= _LONG - 1:
        grouped = len(re.findall(r"\d+", written)) > 2  # noqa: PLR2004  (a file number has two groups at most)
        return (
            bool(number.lines) or written.startswith(("+", "0", "(0")) or grouped or _called(masked, number)
        )
    if _UNIT_AFTER.match(masked, number.end):
        return False
    if number.lines:
        return len(number.digits) > 2 or chained or _called(masked, number)  # noqa: PLR2004  (15, 17, 18 are also days)
    likely = len(number.digits) > 2 and int(number.digits) not in _YEARS  # noqa: PLR2004
    return likely and (chained or _called(masked, number))


def _called(masked: str, number: Mention) -> bool:
    before = masked[max(0, number.start - _BEFORE) : number.start]
    return bool(_CALLING.search(re.split(r"[.!?\n]", before)[-1]) or _CALLED_AFTER.match(masked, number.end))
