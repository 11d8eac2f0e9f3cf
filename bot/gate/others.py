"""Personal data of anybody but the member: names, handles, addresses, accounts. The signature is ours."""

import re
from collections.abc import Iterator

from bot import data
from bot.data.files import derived
from bot.domain.helplines import ContactKind
from bot.domain.likeness import normal_handle
from bot.gate.candidate import Hit
from bot.gate.reading import Reading, Span
from bot.gate.signature import signature
from bot.gate.words import bare, words
from bot.texts import N_

_NAME = N_("Take this name out: it is somebody else's.")
_HANDLE = N_("Take this handle out: it is somebody else's.")
_EMAIL = N_("Take this address out, unless it is the one where they write back.")
_PLACE = N_("Take this address out.")
_ACCOUNT = N_("Take this account or file number out.")
_PHONE = N_("Take this number out: it is somebody's own.")

_PROPER = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_CIVIL = re.compile(
    rf"(?<!\w)(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Docteur|Doctor|Maître"
    rf"|Me|Prof\.?|Professeur|Professor|Sir)\s+(?:[A-Z]\.\s*)?({_PROPER}(?:\s+{_PROPER})?)"
)
_NAMED = re.compile(rf"{_PROPER}(?:\s+(?:de\s|du\s|van\s|von\s)?(?:{_PROPER}|[A-Z]\.))?")
_AT_HANDLE = re.compile(r"(?<![\w.@])@([\w.-]*\w)")
_PSEUDO = re.compile(
    r"(?i:pseudo\w*|utilisat(?:eur|rice)|user(?:name)?|u/|handle|compte|account|membre|member|joueu(?:r|se)|player)\s+"
    r"(?:de\s|of\s|named\s|nommée?\s|called\s)?[«\"“]?\s?(\w*(?:\w_\w|[a-zA-Z]\d)\w*)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PRIVATE_MAIL = re.compile(
    r"@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|orange|wanadoo|free|sfr|laposte|gmx|proton(?:mail)?"
    r"|bluewin|skynet|videotron|bell|btinternet|sky|eircom|pt|msn|numericable|bbox|neuf)\.",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|[A-D])?,?\s+(?:(?:rue|avenue|av\.|boulevard|bd|chemin|allée|allées|place|impasse|route|quai"
    r"|cours|square|passage|sentier|résidence|rang|chaussée)"
    r"(?:\s(?:de|du|des|la|le|les))*\s(?:[dl]['’])?[\w-]+"
    rf"|(?:{_PROPER}\s+){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Crescent|Terrace|Way|Place|Gardens"
    r"|Boulevard|Blvd|Row|Grove|Hill|Park)\b)"
)
_BANK = re.compile(
    r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"
    r"|\b(?:\d{4}[ -]){3}\d{4}\b"
)
_FILE = re.compile(
    r"(?<!votre )(?<!your )(?:compte|account|client|customer|contrat|contract|carte|card|sécu\w*"
    r"|assuré|insurance|adhérent|membership|IBAN|PIN|NHS|SSN|NIR)"
    r"\s*(?:de|du|of|is|est|:|n°|nº|number|no\.?|client|bancaire|#)*\s*((?:[A-Z]{0,4}-?)?\d[\d\s-]{4,}\d)",
    re.IGNORECASE,
)
_INTRODUCES_US = re.compile(
    r"(?:je suis|je m['’]appelle|c['’]est|moi,?|ici|i['’]m|i am|my name is|this is|it['’]s|here is|équipe"
    r"|team|de la part d[e'’]|signé|from|je me présente,?"
    r"|\b(?:our|notre|nos)\s(?:[\w’'-]+\s){1,5}(?:is|est|s['’]appelle))\s*$",
    re.IGNORECASE,
)
_OURS_BEFORE = re.compile(r"\b(?:notre|nos|our|mon|ma|my)\s(?:[\w’'-]+,?\s){1,4}$", re.IGNORECASE)
_OURS_AFTER = re.compile(
    r"\s?[,(–-]?\s?(?:est\s|is\s|qui est\s|who is\s)?(?:notre|our|chez nous|(?:from|at)\s(?:our|the)"
    r"|d(?:e|u|es)\s(?:notre|nos|la|l['’]équipe|service|support)"
    r"|responsable|juriste|modérat|délégué|direct|porte-parole|spokes|head\sof|lawyer|officer|manager|moderator|community|customer"
    r"|référent|chargée?|service|relation|lead\b)",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"^(?:33|0)[67]\d{8}$|^(?:44|0)7\d{9}$|^(?:32|0)4\d{8}$|^(?:41|0)7[5-9]\d{7}$|^(?:353|0)8[35679]\d{7}$"
)
_BEFORE = 48

Found = tuple[Span, str, bool]
"""Where, how to mend it, and whether it is sure that nobody of ours is meant."""


def findings(reading: Reading) -> Iterator[Hit]:
    for (start, end), how, sure in dict.fromkeys(others_in(reading)):
        yield Hit("R29", how, start, end, only_warns=not sure)


def others_in(reading: Reading) -> Iterator[Found]:
    """Where somebody else can be recognised, and the sentence that says how to mend it."""
    text = reading.candidate.text
    signed = signature(text)
    for span, how in (*_names(reading), *_handles(reading), *_emails(reading), *_accounts(reading)):
        if not signed[0] <= span[0] < signed[1]:
            yield span, how, how is not _NAME or not _of_ours(text, span, text[slice(*signed)])
    for street in _STREET.finditer(text):
        if not _is_ours(reading, street.start()):
            yield street.span(), _PLACE, True
    for number in reading.numbers:
        if not number.lines and (_MOBILE.match(number.digits) or _of_somebody(reading, number.start)):
            yield (number.start, number.end), _PHONE, True


def _of_ours(text: str, span: Span, signed: str) -> bool:
    """Whether it seems to be somebody who works here, whom a reply may name."""
    start, end = span
    return (
        text[start:end] in signed
        or _OURS_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None
        or _OURS_AFTER.match(text, end) is not None
    )


def _names(reading: Reading) -> Iterator[tuple[Span, str]]:
    text = reading.candidate.text
    body = text.find("\n") if _greets(reading, text) else 0
    for civil in _CIVIL.finditer(text, body):
        if not is_theirs(reading, civil[1]):
            yield civil.span(), _NAME
    for found in _NAMED.finditer(text, body):
        if not is_theirs(reading, found[0]) and _is_a_person(reading, found):
            yield found.span(), _NAME


def _greets(reading: Reading, text: str) -> bool:
    """Whether the first line greets the member by the name with which they signed."""
    names = re.findall(_PROPER, text.partition("\n")[0])
    return any(name in reading.candidate.original for name in names)


def _is_a_person(reading: Reading, found: re.Match[str]) -> bool:
    """A family name after a first name; or a name that a relation introduces, or that says something."""
    text, first = reading.candidate.text, found[0].split()[0]
    if any(part in _institutions() for part in bare(found[0]).split()):
        return False
    if any(start <= found.start() < end for start, end in reading.quotes):
        return " " in found[0] or _is_first_name(first)
    before, after = (
        text[max(0, found.start() - _BEFORE) : found.start()],
        text[found.end() : found.end() + _BEFORE],
    )
    if _INTRODUCES_US.search(before):
        return False
    common = _is_first_name(first)
    if not common and _starts_sentence(text, found.start()):
        return False
    if common and " " in found[0]:
        return True
    language = reading.candidate.language
    signs = data.phrases().signs
    related = _ends_with(signs["relation", language], words(before, language).plain)
    if related and first[0].isupper() and not before.rstrip().endswith((".", "!", "?", ":")):
        return True
    said = signs["said_by", language].match(words(after, language).plain)
    return common and said is not None and bare(first) not in data.phrases().words["also_words"]


def _is_first_name(word: str) -> bool:
    return bare(word).capitalize() in data.phrases().words["first_names"]


def _ends_with(sign: re.Pattern[str], plain: str) -> bool:
    return any(found.end() == len(plain) for found in sign.finditer(plain))


def _starts_sentence(text: str, place: int) -> bool:
    return not text[:place].strip() or text[:place].rstrip()[-1] in ".!?\n:"


def _of_somebody(reading: Reading, place: int) -> bool:
    """Whether a relation of the member's is named shortly before."""
    language = reading.candidate.language
    sentence = re.split(r"[.!?\n]", reading.candidate.text[max(0, place - _BEFORE) : place])[-1]
    before = words(sentence, language).plain
    return data.phrases().signs["relation", language].search(before) is not None


def _handles(reading: Reading) -> Iterator[tuple[Span, str]]:
    text = reading.candidate.text
    for found in (*_AT_HANDLE.finditer(text), *_PSEUDO.finditer(text)):
        if not is_theirs(reading, found[1]) and not _is_ours(reading, found.start()):
            yield found.span(), _HANDLE


def _emails(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Where nobody knows the community's addresses: a private one, or one that is said to be somebody's."""
    known = {each.casefold() for each in reading.candidate.facts.addresses} | _help_addresses()
    for found in _MAIL.finditer(reading.candidate.text):
        told = _of_somebody(reading, found.start()) and not _is_ours(reading, found.start())
        theirs = _PRIVATE_MAIL.search(found[0]) is not None or told
        if found[0].casefold() not in known and theirs:
            yield found.span(), _EMAIL


def _is_ours(reading: Reading, place: int) -> bool:
    """Whether an invitation to write back leads there."""
    language = reading.candidate.language
    before = re.split(r"[.!?\n]", reading.candidate.text[max(0, place - 3 * _BEFORE) : place])[-1]
    plain = f"{words(before, language).plain} {'ici' if language == 'fr' else 'here'}"
    return data.phrases().signs["write_back", language].search(plain) is not None


def _accounts(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Bank accounts that the member did not give; numbers of files and contracts that are somebody's."""
    theirs = re.sub(r"\D", "", reading.candidate.original)
    for found in _BANK.finditer(reading.candidate.text):
        if re.sub(r"\D", "", found[0]) not in theirs:
            yield found.span(), _ACCOUNT
    for found in _FILE.finditer(reading.candidate.text):
        if _of_somebody(reading, found.start()):
            yield found.span(), _ACCOUNT


def is_theirs(reading: Reading, name: str) -> bool:
    member = normal_handle(reading.candidate.member)
    return bool(member) and (normal_handle(name) in member or member in normal_handle(name))


@derived
def _institutions() -> frozenset[str]:
    """Words of the names of help lines, and some of days, months and places that begin with a capital."""
    lines = data.help_lines().lines
    names = " ".join(f"{line.name.fr} {line.name.en}" for line in lines)
    return frozenset(re.findall(r"\w{3,}", bare(names))) | data.phrases().words["no_people"]


@derived
def _help_addresses() -> frozenset[str]:
    contacts = (contact for line in data.help_lines().lines for contact in line.contacts)
    return frozenset(each.value.casefold() for each in contacts if each.kind is ContactKind.EMAIL)
