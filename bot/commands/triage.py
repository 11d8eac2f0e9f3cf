"""`cellule triage`: messages in, proposals out, a JSON line each; for machines and for measuring."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.proposal import Proposal
from bot.texts import Translator, translator
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
        yield {"id": name, **_answer(triage.judge(text, translate=_in))}


def _in(language: str) -> Translator:
    return translator("en" if language == "en" else "fr")


def _answer(proposal: Proposal) -> dict[str, Any]:
    return {
        "category": proposal.category,
        "level": proposal.level,
        "language": proposal.language,
        "reasons": [
            {"start": each.start, "end": each.end, "term": each.term, "why": each.why}
            for each in proposal.reasons
        ],
    }
