"""The member's words come back to them alone, short, and without anybody else in them."""

import re
from collections.abc import Iterator

from bot import data
from bot.data.files import derived
from bot.domain.states import Route
from bot.gate.candidate import Hit
from bot.gate.echoes import echoes
from bot.gate.others import is_theirs, others_in
from bot.gate.quoted import can_be_quoted
from bot.gate.reading import Reading, Span
from bot.gate.words import bare, words
from bot.texts import N_

_NAME = re.compile(r"(?<=[a-zà-ÿ,;'’] )[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,}|(?<=\w['’])[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,}")
"""A capital inside a sentence, which seldom begins anything but a name."""
_TITLED = re.compile(
    r"\b(?:mr|mrs|ms|mme|mlle|monsieur|docteur|dr|coach|prof)\.?\s(?!le|la|de|du|qui|que|the|who)[a-zà-ÿ]{3,}"
)
_TELLING = re.compile(r"[A-ZÀ-Þ@\d]")
"""Without one of these a quotation holds nothing that names somebody as a reply does."""
_MARKS = ("«", "“", '"', "‘")
_LOWER = re.compile(r"(?<![\w'’])(?:[dlDL]['’])?([A-Za-zÀ-ÿ]{3,})(?!\w)")
_IN_PUBLIC = N_("Do not quote the member where others read.")
_ECHOED = N_("Say it in other words where others read: these are nearly the member's.")
_NOT_QUOTED = N_("Quote a few of their own words, so that they see they were read.")
_LONG = N_("Shorten the quotation: {n} characters at most.")
_SOMEBODY = N_("Take this name out if it is somebody else's.")
_UNCLEAN = N_("Take names, numbers, addresses and insults out of the quotation.")


def findings(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    if candidate.public:
        for start, end in reading.quotes:
            marked = candidate.text[:start].rstrip().endswith(_MARKS)
            sure = candidate.in_distress or marked
            yield Hit("R15", _IN_PUBLIC, start, end, only_warns=not sure)
            yield Hit("R27", _IN_PUBLIC, start, end)
        if candidate.in_distress:
            yield from _echoed(reading)
    private = candidate.routes != {Route.PUBLIC_POST}
    if private and not reading.quotes and can_be_quoted(candidate.original):
        yield Hit("R27", _NOT_QUOTED)
    most = data.reply_rules().quotation
    if sum(end - start for start, end in reading.quotes) > most:
        yield Hit("R16", _LONG, *max(reading.quotes, key=lambda quote: quote[1] - quote[0]), {"n": most})
    told = any(_TELLING.search(candidate.text, *quote) for quote in reading.quotes)
    others = [place for place, *_ in others_in(reading)] if told else []
    for start, end in reading.quotes:
        named = list(_named(reading, (start, end)))
        if named or _is_unclean(reading, (start, end), others):
            yield Hit("R16", _UNCLEAN, start, end)
        for place in named:
            yield Hit("R29", _SOMEBODY, *place, only_warns=True)


def _echoed(reading: Reading) -> Iterator[Hit]:
    for start, end in echoes(reading.candidate.text, reading.candidate.original):
        if not any(a < end and start < b for a, b in reading.quotes):
            yield Hit("R15", _ECHOED, start, end, only_warns=True)


def _is_unclean(reading: Reading, quote: Span, others: list[Span]) -> bool:
    candidate = reading.candidate
    insult = data.phrases().signs["insult", candidate.language]
    quoted = words(candidate.text[slice(*quote)], candidate.language).plain
    inside = (place for place in others if quote[0] <= place[0] < quote[1])
    numbers = any(quote[0] <= number.start < quote[1] for number in reading.numbers)
    means = data.phrases().forbidden["R04", candidate.language]
    told = (each for each in (means.found, means.doubtful) if each and each.search(quoted))
    return numbers or any(told) or insult.search(quoted) is not None or any(inside)


def _named(reading: Reading, quote: Span) -> Iterator[Span]:
    """Where a quotation seems to name somebody: few members write names with a capital."""
    text = reading.candidate.text
    for found in _NAME.finditer(text, *quote):
        if not is_theirs(reading, found[0]) and bare(found[0]) not in data.phrases().words["no_people"]:
            yield found.span()
    for found in _TITLED.finditer(text, *quote):
        yield found.span()
    theirs = set(_NAME.findall(reading.candidate.original))
    for found in _LOWER.finditer(text, *quote):
        known = bare(found[1]) in _low_names() or found[1] in theirs
        if known and not is_theirs(reading, found[1]):
            yield found.span(1)


@derived
def _low_names() -> frozenset[str]:
    """First names that are no other word, without their capital."""
    listed = data.phrases().words
    return frozenset(bare(name) for name in listed["first_names"]) - listed["also_words"]
