"""`cellule triage`: messages in, proposals out, a JSON line each; for machines and for measuring."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot import countries
from bot.texts import Locale
from bot.triage.judging import Triage


def proposals(triage: Triage, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """An answer a line, in their order; for a line that cannot be read, its number and what is wrong."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            name, text = asked["id"], asked["text"]
        except (ValueError, KeyError, TypeError):
            yield {"line": number, "error": 'expected {"id": …, "text": "…", "country"?: "FR"}'}
            continue
        if not isinstance(text, str):
            yield {"line": number, "error": "text: expected a string"}
            continue
        country = asked.get("country")
        yield {"id": name, **_answer(triage, text, country if isinstance(country, str) else "")}


def _answer(triage: Triage, text: str, country: str) -> dict[str, Any]:
    """What it says is in French unless the text is English."""
    proposal, hint = triage.judge(text, country), countries.hint(text, country=country)
    locale: Locale = "en" if proposal.language == "en" else "fr"
    return {
        "category": proposal.category,
        "level": proposal.level,
        "language": proposal.language,
        "reasons": [
            {"start": each.start, "end": each.end, "term": each.term, "why": each.why.in_(locale)}
            for each in proposal.reasons
        ],
        "axes": list(proposal.axes),
        "country": hint
        and {"perhaps": hint.countries, "start": hint.start, "end": hint.end, "why": hint.why.in_(locale)},
    }
