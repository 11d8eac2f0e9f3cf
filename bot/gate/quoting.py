"""The member's words come back to them alone, short, and without anybody else in them."""

import re
from collections.abc import Iterator

from bot import data
from bot.domain.states import Route
from bot.gate.candidate import Hit
from bot.gate.others import others_in
from bot.gate.reading import Reading, Span
from bot.gate.words import bare, words
from bot.texts import N_

_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,}")
"""A capital inside a sentence, which seldom begins anything but a name."""
_IN_PUBLIC = N_("Do not quote the member where others read.")
_NOT_QUOTED = N_("Quote a few of their own words, so that they see they were read.")
_LONG = N_("Shorten the quotation: {n} characters at most.")
_UNCLEAN = N_("Take names, numbers, addresses and insults out of the quotation.")


def findings(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    if candidate.public:
        for start, end in reading.quotes:
            yield Hit("R15", _IN_PUBLIC, start, end)
            yield Hit("R27", _IN_PUBLIC, start, end)
    if candidate.routes != {Route.PUBLIC_POST} and not reading.quotes and candidate.original:
        yield Hit("R27", _NOT_QUOTED)
    most = data.reply_rules().quotation
    for start, end in reading.quotes:
        if end - start > most:
            yield Hit("R16", _LONG, start, end, {"n": most})
        if _is_unclean(reading, (start, end)):
            yield Hit("R16", _UNCLEAN, start, end)


def _is_unclean(reading: Reading, quote: Span) -> bool:
    candidate = reading.candidate
    insult = data.phrases().signs["insult", candidate.language]
    quoted = words(candidate.text[slice(*quote)], candidate.language).plain
    inside = (place for place, _ in others_in(reading) if quote[0] <= place[0] < quote[1])
    named = (name for name in _NAME.findall(candidate.text[slice(*quote)]) if bare(name) not in _no_people())
    numbers = any(quote[0] <= number.start < quote[1] for number in reading.numbers)
    return numbers or insult.search(quoted) is not None or any(inside) or any(named)


def _no_people() -> frozenset[str]:
    return data.phrases().words["no_people"]
