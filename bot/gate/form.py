"""Its form: nothing left to fill in, as long as it should be, plain text."""

import re
from collections.abc import Iterator

from bot import data
from bot.gate.candidate import Candidate, Hit
from bot.gate.reading import Reading
from bot.texts import N_

_PLACEHOLDER = N_("Fill this in, or take it out.")
_TOO_LONG = N_("Shorten it: it has {length} characters, and {limit} at most fit there.")
_MARKUP = N_("Write plain text: these signs would be shown as they are.")
_SHORT = N_("Write a little more: a reply in distress has {least} to {most} words, this one has {n}.")
_WORDY = N_("Write less: a reply in distress has {least} to {most} words, this one has {n}.")

_UNFILLED = re.compile(
    r"\{\{?[^{}\n]{0,60}\}?\}"
    r"|\[(?!…|\.\.\.)[^\[\]\n]{1,60}\](?!\()"
    r"|<<[^<>\n/]{1,40}>>"
    r"|<(?![/!]?(?:b|i|u|p|a|br|div|span|strong|em|img|table|ul|li|h\d)\b)[^<>\n@]{2,40}>"
    r"|%\(?\w+\)?s\b|\$\{?[A-Z_]{3,}\}?"
    r"|(?<!\w)[Xx]{2,}(?!\w)|(?<!\w)[Xx]{1,2}[/h:][Xx]{1,2}"
    r"|(?<!\w)(?:JJ|DD|MM)/(?:MM|DD|JJ)|(?<!\w)(?:HH|hh)\s?[:h]\s?(?:MM|mm)"
    r"|\bnull\b|\bundefined\b|@@|#[A-Z_]+#|\*[A-Z_ ]{3,}\*|\((?i:lien|link|url|à préciser|tbc)\)"
    r"|(?i:\b(?:bonjour|bonsoir|salut|hi|hello|dear)) (?:,|Prénom|Pseudo|Nom\b|Name\b|User)"
    r"|_{3,}|\?{3,}|…{3,}|\.{5,}"
    r"|(?i:\blorem\b|\btodo\b|\btbd\b|\bfixme\b|\bto be completed|\bfill in here|\binsert \w+ here)"
    r"|(?i:(?<!\w)(?:[àa] compléter|à remplir|à définir|insérer ici))"
    r"|(?<!\w)(?:PR[EÉ]NOM|PSEUDO|NOM|DATE|HEURE|NUM[EÉ]RO|SIGNATURE|MARQUE)(?!\w)"
    r"|(?<!\w)(?:FIRST_?NAME|USERNAME|NAME|TIME|NUMBER|BRAND)(?!\w)"
    r"|(?i:(?<!\w)(?:tu|te|toi|ton|ta|tes)/(?:vous|votre|vos)(?!\w))"
    r"|(?i:(?<!\w)(?:lun|mar|mercre|jeu|vendre|same)di/\w+|(?<!\w)\w+day/\w+day)"
    r"|(?i:(?<!\w)(?:bonjour|bonsoir|salut|hi|hello|dear|madame|monsieur|mme|mr|he|she|they|him|her)/\w+)"
    r"|(?<!\w)[A-Z]{2,}_[A-Z_]{2,}(?!\w)|%[A-Za-z_]{3,}%|«\s*(?i:prénom|pseudo|nom|date|heure)\s*»|(?i:\bcher/chère)"
    r"|\((?i:add|insert|fill|put|choose|pick|delete|ajoute[rz]?|insérer|complète[rz]?|compléter|personnalise[rz]?|mettre|précise[rz]?"
    r"|choisi[rs]|supprime[rz]?|à (?:adapter|préciser|choisir|voir|remplir))\b[^)\n]{0,60}\)"
    r"|\((?i:prénom|pseudo|nom(?: du membre)?|date|heure|name|first name|username|time|numéro)\)"
)
_MARKED_UP = re.compile(
    r"\*\*[^*\n]+\*\*|__[^_\n]+__|</?(?:b|i|u|p|a|br|div|span|strong|em|h\d|ul|li|img|table)\b[^>]*>|\[[^\]\n]+\]\([^)\n]+\)"
    r"|^#{1,6} \S|^```|&(?:nbsp|amp|lt|gt|eacute|egrave);|\[/?(?:b|i|u|url|quote|color|size)(?:=[^\]]*)?\]",
    re.MULTILINE,
)


def findings(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    markup = [found.span() for found in _MARKED_UP.finditer(candidate.text)]
    for found in _UNFILLED.finditer(candidate.text):
        if not any(start <= found.start() < end for start, end in markup):
            yield Hit("R28", _PLACEHOLDER, *found.span())
    for start, end in markup:
        yield Hit("R30", _MARKUP, start, end)
    limit = _limit(candidate)
    if len(candidate.text) > limit:
        params: dict[str, str | int] = {"length": len(candidate.text), "limit": limit}
        yield Hit("R30", _TOO_LONG, limit, len(candidate.text), params)
    if candidate.in_distress:
        yield from _word_count(candidate)


def _limit(candidate: Candidate) -> int:
    lengths = data.reply_rules().lengths
    return candidate.max_length or min(lengths[route] for route in candidate.routes)


def _word_count(candidate: Candidate) -> Iterator[Hit]:
    least, most = data.reply_rules().words
    n = len(re.findall(r"\w[\w'’-]*", candidate.text))
    if not least <= n <= most:
        yield Hit("R19", _SHORT if n < least else _WORDY, params={"n": n, "least": least, "most": most})
