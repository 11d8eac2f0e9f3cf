"""What is new in an e-mail: its text without the history that mail programs put below or between."""

import re

_ATTRIBUTION = re.compile(
    r"^[>\s]*(le\b.{4,250}\ba écrit\s*:|on\b.{4,250}\bwrote\s*:)\s*$", re.IGNORECASE | re.DOTALL
)
"""Gmail, Apple Mail, Thunderbird and Yahoo, in French and English; it may be wrapped over several lines."""

_BEGINS = re.compile(r"^[>\s]*(le|on)\b", re.IGNORECASE)
_WRAPPED = 4
"""Lines over which an attribution is wrapped at most."""

_FORWARDED = re.compile(
    r"^[>\s]*("
    r"[-_]{2,}\s*(message d.origine|original message|(message|mail) original|forwarded message)\s*[-_]{2,}"
    r"|_{20,}|> ?message du \d.*|message du \d{1,2}/\d{1,2}/\d{2,4}.*)\s*$",
    re.IGNORECASE,
)
"""Outlook's and La Poste's lines, and Orange's «> Message du 24/11/26 03:14»."""

_FROM = re.compile(r"^[>\s*]*(de|from)\s*:.*\S", re.IGNORECASE)
_SENT_FIRST = re.compile(r"^[>\s*]*(envoyé|sent)\s*:", re.IGNORECASE)
_SENT = re.compile(r"^[>\s*]*(envoyé|sent|date|à|to|objet|subject)\s*:", re.IGNORECASE)


def new_text(text: str) -> str:
    """All but the quoted history. Where nothing would be left the whole text is: no word is lost."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        length = _attribution(lines, at)
        if _cuts(lines, at) or (length and not _quoted_below(lines, at + length)):
            break
        if length:
            at += length
            continue
        if not lines[at].lstrip().startswith(">"):
            kept.append(lines[at])
        at += 1
    found = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return found or text.strip()


def _attribution(lines: list[str], at: int) -> int:
    """How many lines «Le … a écrit :» takes here; 0 where there is none."""
    if not _BEGINS.match(lines[at]):
        return 0
    for length in range(1, _WRAPPED + 1):
        if _ATTRIBUTION.match(" ".join(line.strip() for line in lines[at : at + length])):
            return length
    return 0


def _quoted_below(lines: list[str], at: int) -> bool:
    """Whether the history that follows is marked line by line: something new may stand after it."""
    below = next((line for line in lines[at:] if line.strip()), "")
    return below.lstrip().startswith(">")


def _cuts(lines: list[str], at: int) -> bool:
    """Whether all that follows is history."""
    if _FORWARDED.match(lines[at]):
        return True
    below = next((line for line in lines[at + 1 : at + 4] if line.strip()), "")
    if _SENT_FIRST.match(lines[at]):
        return bool(_FROM.match(below))
    return bool(_FROM.match(lines[at]) and _SENT.match(below))
